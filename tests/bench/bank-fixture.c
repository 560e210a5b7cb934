/* SPDX-License-Identifier: Apache-2.0 */
/* bank-fixture.c: the office's part of bench-bank. */
#include "bank-fixture.h"

#include "crypto/derive.h"
#include "paper/draw.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#define SECTIONS 10
#define ITEMS_PER_FILE 10000

void
bank_fixture_must (gboolean done, const GError *error)
{
  if (done)
    return;
  fprintf (stderr, "bench-bank: %s\n", error != NULL ? error->message : "failed");
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

  bank_fixture_must (g_file_set_contents (path, text->str, (gssize) text->len, &error), error);
}

static JkSource *
make_source (const BankFixture *self)
{
  g_autoptr (GString) ini = g_string_new ("[bank]\nname=bench\noccupation=4-04-05-03\nlevel=4\n"
                                          "source=bench\nnotice=bench\nsources=");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path = g_build_filename (self->folder, "bank.ini", NULL);
  guint n_elements = CLAMP (self->n_items / SECTIONS / 4, 3, 40);

  for (guint32 first = 0; first < self->n_items; first += ITEMS_PER_FILE) {
    g_autofree char *name = g_strdup_printf ("part-%u.gift", first / ITEMS_PER_FILE);

    g_string_truncate (text, 0);
    for (guint32 n = first; n < MIN (first + ITEMS_PER_FILE, self->n_items); n++)
      append_item (text, n, n_elements);
    put (self->folder, name, text);
    g_string_append_printf (ini, "%s;", name);
  }
  g_string_append (ini, "\n[sections]\n");
  for (guint section = 0; section < SECTIONS; section++)
    g_string_append_printf (ini, "S%u=section %u\n", section, section);
  g_string_append (ini, "[elements]\n");
  for (guint n = 0; n < SECTIONS * n_elements; n++)
    g_string_append_printf (ini, "S%u-%03u=element;X\n", n / n_elements, n % n_elements);
  put (self->folder, "bank.ini", ini);

  JkSource *source = jk_source_load (jk_storage_system (), path, report);
  if (jk_report_get_n_faults (report) > 0) {
    g_autofree char *faults = jk_report_dup_text (report);
    fprintf (stderr, "%.2000s", faults);
    exit (1);
  }
  return source;
}

static void
make_blueprint (BankFixture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JkReport) report = jk_report_new ();

  g_string_append_printf (
      text,
      "[blueprint]\nname=bench\nlevel=4\ntotal=%u\n[points]\nsingle=1\nmultiple=1\n"
      "judge=1\n[marking]\nmultiple=all-or-nothing\n"
      "[difficulty]\n1=20\n2=20\n3=20\n4=20\n5=20\n[cells]\n",
      self->paper_items);
  for (guint section = 0; section < SECTIONS; section++)
    g_string_append_printf (text, "S%u=%u/0/0\n", section, self->paper_items / SECTIONS);
  self->blueprint = jk_blueprint_parse ("bench", text->str, report);
  if (self->blueprint == NULL) {
    g_autofree char *faults = jk_report_dup_text (report);
    fprintf (stderr, "%s", faults);
    exit (1);
  }
}

/* The office's part: bank, the session's bank, and the record of one candidate. */
static void
make_bank (BankFixture *self)
{
  g_autofree char *bank_path = g_build_filename (self->folder, "office.jkbank", NULL);
  g_autofree char *keys_path = g_build_filename (self->folder, "office.jkkeys", NULL);
  g_autoptr (JkSource) source = make_source (self);
  g_autoptr (JkSecret) library_key = NULL;
  g_autoptr (JkSecret) centre_key = NULL;
  g_autoptr (JkBank) library = NULL;
  g_autoptr (GError) error = NULL;
  const JkWorld *world = jk_world_system ();
  JkSealPublic centre;
  JkDigest digest;

  self->path = g_build_filename (self->folder, "session.jkbank", NULL);
  self->sign = jk_sign_key_new (world->random, "bench", 0, self->public_key);
  centre_key = jk_seal_key_new (world->random, "bench", 1, &centre);
  self->paper_key = jk_secret_new_random (world->random, "bench", 2, JK_KEY_BYTES);
  self->bank_key = jk_secret_new_random (world->random, "bench", 3, JK_KEY_BYTES);
  self->record_key = jk_secret_new_random (world->random, "bench", 4, JK_KEY_BYTES);
  bank_fixture_must (jk_bank_build (source,
                                    world,
                                    self->sign,
                                    &centre,
                                    1,
                                    "1",
                                    bank_path,
                                    keys_path,
                                    &library_key,
                                    &error),
                     error);
  library = jk_bank_open (world->storage, bank_path, self->public_key, &error);
  bank_fixture_must (library != NULL && jk_bank_unlock (library, library_key, &error), error);
  bank_fixture_must (jk_bank_reseal (library,
                                     library_key,
                                     self->id,
                                     self->paper_key,
                                     self->bank_key,
                                     world,
                                     self->sign,
                                     self->path,
                                     &digest,
                                     &error),
                     error);
}

static void
make_record (BankFixture *self)
{
  const JkWorld *world = jk_world_system ();
  const JkPerson person = { .admission = "2101050340101011",
                            .name = "bench",
                            .masked_id = "1",
                            .seat = "01",
                            .path = "" };
  g_autoptr (JkSecret) seed = jk_secret_new_random (world->random, "bench", 5, JK_KEY_BYTES);
  g_autoptr (JkSecret) item_keys = jk_secret_new ((gsize) self->paper_items * JK_KEY_BYTES);
  g_autoptr (JkPaperKeys) keys = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkPool) pool = NULL;
  g_autoptr (GBytes) closed = NULL;
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  bank = jk_bank_open (world->storage, self->path, self->public_key, &error);
  bank_fixture_must (bank != NULL && jk_bank_unlock (bank, self->paper_key, &error), error);
  pool = jk_pool_new (self->blueprint, bank, &error);
  bank_fixture_must (pool != NULL, error);
  self->paper = jk_draw (pool, seed, NULL, &error);
  bank_fixture_must (self->paper != NULL, error);
  for (guint n = 0; n < self->paper_items; n++)
    jk_bank_derive_item_key (self->bank_key,
                             jk_paper_get_item (self->paper, n)->item,
                             jk_secret_get_mutable (item_keys) + (gsize) n * JK_KEY_BYTES);
  jk_paper_get_digest (self->paper, &digest);
  keys = jk_paper_keys_new (seed, &digest, item_keys);
  gsize size = jk_record_measure (&person, 1, self->paper_items);
  closed = jk_record_close (&person,
                            keys,
                            self->record_key,
                            self->paper_key,
                            self->id,
                            size,
                            world->random,
                            0);
  self->record = jk_record_open (g_bytes_get_data (closed, NULL), size, self->record_key, self->id);
  bank_fixture_must (self->record != NULL, NULL);
}

static int
remove_entry (const char *path, const struct stat *status, int kind, struct FTW *where)
{
  return remove (path);
}

void
bank_fixture_clear (BankFixture *self)
{
  nftw (self->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (self->folder);
  g_free (self->path);
  jk_secret_free (self->sign);
  jk_secret_free (self->paper_key);
  jk_secret_free (self->bank_key);
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
  jk_blueprint_free (self->blueprint);
  jk_paper_free (self->paper);
}

void
bank_fixture_init (BankFixture *self, const char *here, guint32 n_items, guint paper_items)
{
  *self = (BankFixture){ .n_items = n_items, .paper_items = paper_items };
  self->folder = g_build_filename (here, "bench-bank-XXXXXX", NULL);
  bank_fixture_must (g_mkdtemp (self->folder) != NULL, NULL);
  make_bank (self);
  make_blueprint (self);
  make_record (self);
}
