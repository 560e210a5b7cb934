/* SPDX-License-Identifier: Apache-2.0 */
/* print/printed.h: what stands on the paper, as pdftotext (poppler-utils) reads it. Without that
 * program a test is skipped. */
#pragma once

#include "session/roll.h"
#include "support/exam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* The pages of a PDF as text, blanks as they are laid out; the caller frees. Each page ends with
 * its own foot, the last one too. */
static inline char **
read_pages (GBytes *pdf, const GError *error)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *text = NULL;
  int status;

  if (error != NULL)
    fail_msg ("%s", error->message);
  assert_non_null (pdf);
  if (program == NULL)
    fail_msg ("pdftotext is not here; ./run installs it (Debian's poppler-utils)");
  g_autofree char *path = jk_test_folder_put (folder, "form.pdf", pdf);
  const char *const arguments[] = { program, "-layout", path, "-", NULL };
  assert_true (g_spawn_sync (NULL,
                             (char **) arguments,
                             NULL,
                             G_SPAWN_DEFAULT,
                             NULL,
                             NULL,
                             &text,
                             NULL,
                             &status,
                             NULL));
  assert_int_equal (status, 0);
  char **pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages);
  assert_true (n > 1);
  g_clear_pointer (&pages[n - 1], g_free); /* behind the last form feed there is nothing */
  return pages;
}

/* Without blanks and line ends, so that a text that was wrapped is whole again. */
static inline char *
dup_dense (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  }
  return g_string_free (out, FALSE);
}

static inline guint
count_in (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + strlen (what), what))
    n++;
  return n;
}

static inline guint
count_on_pages (char *const *pages, const char *what)
{
  guint n = 0;

  for (guint i = 0; pages[i] != NULL; i++)
    n += count_in (pages[i], what);
  return n;
}

/* A roll of these people, whose numbers are their places. The caller frees. */
static inline JkRoll *
make_roll (JkPerson *people, guint n)
{
  const guint8 id[JK_BANK_ID_BYTES] = { 1 };
  g_autoptr (JkSecret) roll_key = jk_secret_new (JK_KEY_BYTES);
  g_autoptr (JkSecret) record_keys = jk_secret_new (n * JK_KEY_BYTES);
  JkTestRandom *random = jk_test_random_new (1);
  g_autoptr (GError) error = NULL;

  memset (jk_secret_get_mutable (roll_key), 1, JK_KEY_BYTES);
  memset (jk_secret_get_mutable (record_keys), 2, n * JK_KEY_BYTES);
  for (guint i = 0; i < n; i++)
    people[i].index = i;
  g_autoptr (GBytes) bytes =
      jk_roll_close (people, n, record_keys, roll_key, id, jk_test_random_get (random), 0);
  JkRoll *roll = jk_roll_open (g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes),
                               roll_key,
                               id,
                               "test",
                               &error);
  assert_null (error);
  jk_test_random_free (random);
  return roll;
}

/* A roll of n people: name 考生0 and on, seat 1 and on, the last of them first; then two spare
 * records. The caller frees. */
static inline JkRoll *
make_long_roll (guint n)
{
  g_autofree JkPerson *people = g_new0 (JkPerson, n + 2);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n + 2; i++) {
    people[i] = (JkPerson){ .admission = "", .name = "", .masked_id = "", .seat = "", .path = "" };
    people[i].spare = i >= n;
    if (i >= n)
      continue;
    people[i].admission = g_strdup_printf ("21010503402%05u", i);
    people[i].name = g_strdup_printf ("考生%u号", i);
    people[i].masked_id = g_strdup_printf ("110108********%04u", i);
    people[i].seat = g_strdup_printf ("%u", n - i);
    people[i].sex = i % 2 == 0 ? 'M' : 'F';
    g_ptr_array_add (texts, (gpointer) people[i].admission);
    g_ptr_array_add (texts, (gpointer) people[i].name);
    g_ptr_array_add (texts, (gpointer) people[i].masked_id);
    g_ptr_array_add (texts, (gpointer) people[i].seat);
  }
  return make_roll (people, n + 2);
}

/* The roll of an exam's first hall; the caller frees. */
static inline JkRoll *
open_roll (const JkTestExam *exam)
{
  return jk_session_open_roll (jk_test_exam_get_session (exam, 0),
                               jk_test_exam_get_centre (exam),
                               NULL);
}

/* Names that want to be something else: 60 letters, lines, markup, another direction, pictures. */
#define HOSTILE_LONG "AbcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGH"
#define HOSTILE_LINES "张\n三\r\n\tA\342\200\251B"
#define HOSTILE_MARKUP "<b>李</b>&amp;"
#define HOSTILE_TURNED "\342\200\256TURNED"
#define HOSTILE_RIGHT "שלום"
#define HOSTILE_PICTURE "王😀"

/* Seven people of these names and an ordinary one, seats 1 to 7. The caller frees. */
static inline JkRoll *
make_hostile_roll (void)
{
  static const char *const names[] = { HOSTILE_LONG,   HOSTILE_LINES, HOSTILE_MARKUP,
                                       HOSTILE_TURNED, HOSTILE_RIGHT, HOSTILE_PICTURE,
                                       "末位考生" };
  static const char *const seats[] = { "1", "2", "3", "4", "5", "6", "7" };
  JkPerson people[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    people[i] = (JkPerson){ "2101050340101012", names[i], "1101**0019", seats[i], "", .sex = 'F' };
  return make_roll (people, G_N_ELEMENTS (names));
}

/* What of them stands on paper, once each. */
static inline void
check_hostile (char *const *pages)
{
  g_autofree char *all = g_strjoinv ("", (char **) pages);
  g_autofree char *dense = dup_dense (all);

  assert_int_equal (count_in (dense, "张三AB"), 1);
  assert_int_equal (count_in (dense, "<b>李</b>&amp;"), 1);
  assert_int_equal (count_in (dense, "TURNED"), 1);
  assert_int_equal (count_in (dense, "王"), 1);
  assert_int_equal (count_in (dense, "末位考生"), 1);
}
