/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/gift.c against the files of others, which are not part of the project: skipped
 * without JIKAO_CORPORA. A program of its own, because cmocka's word for a skipped point is a
 * failed one to meson. */
#include "bank/gift.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* The items of a file as a source reads it; a file that is no UTF-8 is a fault. */
static GPtrArray *
parse_bytes (GBytes *bytes, JkReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jk_text_from_bytes ("x.gift", bytes, &error);

  if (text != NULL)
    return jk_gift_parse ("x.gift", text, report);
  jk_report_add_error (report, "x.gift", error);
  return g_ptr_array_new ();
}

static GPtrArray *
parse_file (const char *path, JkReport *report)
{
  char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  return parse_bytes (bytes, report);
}

typedef struct {
  const char *path; /* below gift/ of the corpora */
  /* Accepted */
  guint n_single;
  guint n_multiple;
  guint n_judge;
  /* Refused */
  guint n_essay;
  guint n_description;
  guint n_numerical;
  guint n_matching;
  guint n_short;
  guint n_several;
  guint n_formatted;
  guint n_empty; /* questions with an empty option */
} Corpus;

#define MOODLE "UndefineDDDD23+agpu-main/question/format/gift/"
#define TSUGI "tsugiproject+tsugi/tool/gift/"
#define TSUGI_DATA TSUGI "tests/data/valid/"

/* Counted by reading the files. Singles include those with a second, partly right option, which
 * bank/check.c refuses. */
static const Corpus corpora[] = {
  { MOODLE "examples.txt", 16, 2, 5, 0, 0, 8, 3, 9 },
  { MOODLE "tests/fixtures/questions.gift.txt", 0, 0, 3, 1, 0, 1, 1, 1, 0, 2 },
  { MOODLE "tests/fixtures/questions_in_category.gift.txt", 0, 0, 0, 0, 0, 0, 1, 1, 0, 2 },
  { TSUGI "trouble.txt", 3, 0, 0, 0, 0, 0, 0, 1 },
  { TSUGI_DATA "00-CSS.txt", 19, .n_empty = 1 },
  { TSUGI_DATA "00-HTML.txt", 16, .n_short = 2, .n_formatted = 1 },
  { TSUGI_DATA "00-Mini-Django-Essay.txt", .n_essay = 8, .n_description = 2 },
  { TSUGI_DATA "00-Mini-Django.txt", 10 },
  { TSUGI_DATA "00-Shell.txt", 16 },
  { TSUGI_DATA "01-Request-Response.txt", 20 },
  { TSUGI_DATA "04-SQL.txt", 20 },
  { TSUGI_DATA "05-MVC.txt", 20 },
  { TSUGI_DATA "06-Python-Assignments.txt", 20 },
  { TSUGI_DATA "06-Python-Objects.txt", 20 },
  { TSUGI_DATA "06-Views-Templates.txt", 16, .n_several = 4 },
  { TSUGI_DATA "07-Views-Generic.txt", 20 },
  { TSUGI_DATA "08-BigPicture.txt", 20 },
  { TSUGI_DATA "09-Cookies-Sessions.txt", 20 },
  { TSUGI_DATA "chatgpt-torture.txt", 9, 0, 2, 1, 0, 4, 3, 3, 1, 0, 2 },
  { TSUGI_DATA "example_matching.gift", .n_matching = 2 },
  { TSUGI_DATA "example_multiple_choice.gift", 4, .n_empty = 1 },
  { TSUGI_DATA "example_numerical.gift", .n_numerical = 5 },
  { TSUGI_DATA "example_true_false.gift", .n_judge = 4 },
};

static guint
count_items (GPtrArray *items, JkItemType type)
{
  guint n = 0;
  for (guint i = 0; i < items->len; i++)
    n += ((JkItem *) g_ptr_array_index (items, i))->type == type;
  return n;
}

/* Places, not findings: a question with two empty options is one. */
static guint
count_places (const JkReport *report, const char *text)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < jk_report_get_n (report); i++) {
    const JkFinding *finding = jk_report_get (report, i);
    if (finding->kind == JK_FINDING_FAULT && strstr (finding->found, text) != NULL)
      g_hash_table_add (places, (gpointer) finding->place);
  }
  return g_hash_table_size (places);
}

static void
check_corpus (const Corpus *corpus, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "gift", corpus->path, NULL);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items = parse_file (path, report);

  assert_int_equal (count_items (items, JK_ITEM_SINGLE), corpus->n_single);
  assert_int_equal (count_items (items, JK_ITEM_MULTIPLE), corpus->n_multiple);
  assert_int_equal (count_items (items, JK_ITEM_JUDGE), corpus->n_judge);
  assert_int_equal (count_places (report, "an essay"), corpus->n_essay);
  assert_int_equal (count_places (report, "a description"), corpus->n_description);
  assert_int_equal (count_places (report, "a numerical"), corpus->n_numerical);
  assert_int_equal (count_places (report, "a matching"), corpus->n_matching);
  assert_int_equal (count_places (report, "a short answer"), corpus->n_short);
  assert_int_equal (count_places (report, "several answers"), corpus->n_several);
  assert_int_equal (count_places (report, "text marked"), corpus->n_formatted);
  assert_int_equal (count_places (report, "is empty"), corpus->n_empty);
  assert_int_equal (count_places (report, ""),
                    corpus->n_essay + corpus->n_description + corpus->n_numerical +
                        corpus->n_matching + corpus->n_short + corpus->n_several +
                        corpus->n_formatted + corpus->n_empty);
}

static void
files_of_others_are_read_as_moodle_reads_them (void **state)
{
  const char *folder = g_getenv ("JIKAO_CORPORA");

  for (gsize i = 0; i < G_N_ELEMENTS (corpora); i++)
    check_corpus (&corpora[i], folder);
}

static void
a_windows_1252_file_is_refused (void **state)
{
  const char *folder = g_getenv ("JIKAO_CORPORA");

  g_autofree char *path =
      g_build_filename (folder,
                        "gift",
                        MOODLE "tests/fixtures/questions_encoding_windows-1252.gift.txt",
                        NULL);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items = parse_file (path, report);
  assert_int_equal (items->len, 0);
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (files_of_others_are_read_as_moodle_reads_them),
    cmocka_unit_test (a_windows_1252_file_is_refused),
  };

  if (g_getenv ("JIKAO_CORPORA") == NULL) {
    printf ("1..0 # SKIP JIKAO_CORPORA is not set\n");
    return 0;
  }
  return cmocka_run_group_tests_name ("bank/corpora", tests, NULL, NULL);
}
