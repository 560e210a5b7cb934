/* SPDX-License-Identifier: Apache-2.0 */
/* bench-source.c: see the header. */
#include "bench-source.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#define SECTIONS 10
#define ITEMS_PER_FILE 10000

void
bench_must (gboolean done, const GError *error)
{
  if (done)
    return;
  fprintf (stderr,
           "%s: %s\n",
           program_invocation_short_name,
           error != NULL ? error->message : "failed");
  exit (1);
}

/* About 600 bytes of Chinese a blob, as the measured banks of limits.md have. */
static void
append_item (GString *text, guint32 number, guint n_elements)
{
  static const char filling[] =
      "客户来电咨询业务办理流程时，座席人员应当按照规范核对客户身份并准确记录诉求内容";

  g_string_append_printf (text,
                          "// [id:item-%u] [tag:point:S%u-%03u] [tag:difficulty:%u]\n"
                          "第%u题：%s。%s，正确的做法是（　　）。{\n",
                          number,
                          number % SECTIONS,
                          number / SECTIONS % n_elements,
                          number % 5 + 1,
                          number,
                          filling,
                          filling);
  for (guint option = 0; option < 4; option++)
    g_string_append_printf (text,
                            "%c做法%u：核对身份后按知识库的标准口径答复并登记工单内容\n",
                            option == number % 4 ? '=' : '~',
                            option);
  g_string_append (text, "####依据服务规范。\n}\n\n");
}

static void
put (const char *folder, const char *name, const GString *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  bench_must (g_file_set_contents (path, text->str, (gssize) text->len, &error), error);
}

JkSource *
bench_source_make (const char *folder, guint32 n_items)
{
  g_autoptr (GString) ini = g_string_new ("[bank]\nname=bench\noccupation=4-04-05-03\nlevel=4\n"
                                          "source=bench\nnotice=bench\nsources=");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path = g_build_filename (folder, "bank.ini", NULL);
  guint n_elements = CLAMP (n_items / SECTIONS / 4, 3, 40);

  for (guint32 first = 0; first < n_items; first += ITEMS_PER_FILE) {
    g_autofree char *name = g_strdup_printf ("part-%u.gift", first / ITEMS_PER_FILE);

    g_string_truncate (text, 0);
    for (guint32 n = first; n < MIN (first + ITEMS_PER_FILE, n_items); n++)
      append_item (text, n, n_elements);
    put (folder, name, text);
    g_string_append_printf (ini, "%s;", name);
  }
  g_string_append (ini, "\n[sections]\n");
  for (guint section = 0; section < SECTIONS; section++)
    g_string_append_printf (ini, "S%u=section %u\n", section, section);
  g_string_append (ini, "[elements]\n");
  for (guint n = 0; n < SECTIONS * n_elements; n++)
    g_string_append_printf (ini, "S%u-%03u=element;X\n", n / n_elements, n % n_elements);
  put (folder, "bank.ini", ini);

  JkSource *source = jk_source_load (jk_storage_system (), path, report);
  if (jk_report_get_n_faults (report) > 0) {
    g_autofree char *faults = jk_report_dup_text (report);
    fprintf (stderr, "%.2000s", faults);
    exit (1);
  }
  return source;
}

char *
bench_source_dup_blueprint (guint paper_items)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text,
      "[blueprint]\nname=bench\nlevel=4\ntotal=%u\n[points]\nsingle=1\nmultiple=1\n"
      "judge=1\n[marking]\nmultiple=all-or-nothing\n"
      "[difficulty]\n1=20\n2=20\n3=20\n4=20\n5=20\n[cells]\n",
      paper_items);
  for (guint section = 0; section < SECTIONS; section++)
    g_string_append_printf (text, "S%u=%u/0/0\n", section, paper_items / SECTIONS);
  return g_string_free (text, FALSE);
}

static int
remove_entry (const char *path, const struct stat *status, int kind, struct FTW *where)
{
  return remove (path);
}

void
bench_remove_folder (const char *folder)
{
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
