/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/gift.c */
#include "bank/gift.h"

#include "fixture.h"

#include "base/limits.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *
vector_path (const char *name)
{
  return g_build_filename (g_getenv ("JIKAO_SOURCE_ROOT"), "tests", "vectors", "gift", name, NULL);
}

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

static GPtrArray *
parse_vector (const char *name, JkReport *report)
{
  g_autofree char *path = vector_path (name);
  return parse_file (path, report);
}

static const struct {
  const char *name;
  const char *found;
} faults[] = {
  { "description.gift", "a description" },
  { "essay.gift", "an essay question" },
  { "essay-with-feedback.gift", "an essay question" },
  { "numerical.gift", "a numerical question" },
  { "matching.gift", "a matching question" },
  { "short-answer.gift", "a short answer question" },
  { "lower-case-true.gift", "a short answer question" },
  { "several-answers.gift", "a missing-word question with several answers" },
  { "stray-closing-brace.gift", "a missing-word question with several answers" },
  { "open-without-close.gift", "a { without its }" },
  { "close-without-open.gift", "a } without its {" },
  { "close-before-open.gift", "a } without its {" },
  { "empty-option.gift", "option 2 is empty" },
  { "equals-before-tilde.gift", "is empty" },
  { "weight-with-two-minus.gift", "several minus signs in option 1" },
  { "html-stem.gift", "text marked [html]" },
  { "markdown-option.gift", "text marked [html] or [markdown]" },
  { "html-feedback.gift", "text marked [html]" },
  { "html-general-feedback.gift", "text marked [html]" },
  { "nine-options.gift", "9 options" },
  { "tag-without-end.gift", "a [ without its ]" },
  { "tag-without-value.gift", "point \"\"" },
  { "id-without-value.gift", "a tag without a value" },
  { "id-twice.gift", "id \"q2\"" },
  { "point-twice.gift", "point \"A-2\"" },
  { "difficulty-six.gift", "difficulty \"6\"" },
  { "difficulty-word.gift", "difficulty \"hard\"" },
  { "difficulty-twice.gift", "difficulty \"3\"" },
  { "pinned-unknown.gift", "pinned \"none of these\"" },
  { "pinned-twice.gift", "pinned \"b\"" },
  { "pinned-judge.gift", "pinned \"T\"" },
  { "question-below-category.gift", "a question directly below $CATEGORY:" },
};

static void
each_vector_has_its_one_fault_and_no_item (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GPtrArray) items = parse_vector (faults[i].name, report);
    guint n = strcmp (faults[i].name, "equals-before-tilde.gift") == 0 ? 2 : 1;
    fixture_assert_faults (report, n, faults[i].found);
    assert_int_equal (items->len, 0);
    assert_true (g_str_has_prefix (jk_report_get (report, 0)->place, "line "));
    assert_true (strlen (jk_report_get (report, 0)->advice) > 10);
  }
}

static void
every_vector_on_disk_is_in_the_table (void **state)
{
  g_autofree char *path = vector_path ("");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  assert_non_null (folder);
  while (g_dir_read_name (folder) != NULL)
    n++;
  assert_int_equal (n, G_N_ELEMENTS (faults) + 1);
}

static void
every_feature_is_read_as_moodle_reads_it (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items = parse_vector ("every-feature.gift", report);
  fixture_assert_faults (report, 0, "");
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (items->len, 4);

  const JkItem *one = g_ptr_array_index (items, 0);
  assert_string_equal (one->id, "f1");
  assert_string_equal (one->element, "A-1");
  assert_string_equal (one->enemy, "twins");
  assert_string_equal (one->picture, "dot.png");
  assert_string_equal (one->stem, "Which of {a, b} is\nthe first\\? 100% \\ =");
  assert_string_equal (one->rationale, "It stands \n first.");
  assert_int_equal (one->difficulty, 2);
  assert_int_equal (one->type, JK_ITEM_SINGLE);
  assert_int_equal (one->line, 3);
  assert_int_equal (one->options->len, 4);
  const JkOption *alpha = g_ptr_array_index (one->options, 0);
  const JkOption *none = g_ptr_array_index (one->options, 2);
  const JkOption *all = g_ptr_array_index (one->options, 3);
  assert_string_equal (alpha->text, "Alpha ~ first");
  assert_string_equal (alpha->feedback, "It is #1.");
  assert_int_equal (none->pinned, 1);
  assert_string_equal (all->text, "All [these]");
  assert_int_equal (all->pinned, 2);

  const JkItem *two = g_ptr_array_index (items, 1);
  assert_string_equal (two->stem, "Vowels are _____ and more.");
  assert_int_equal (two->type, JK_ITEM_MULTIPLE);
  assert_string_equal (two->rationale, "yes");

  const JkItem *three = g_ptr_array_index (items, 2);
  assert_string_equal (three->stem, "42 is the answer. _____\";");
  assert_int_equal (three->type, JK_ITEM_JUDGE);
  assert_false (three->judge_true);
  assert_string_equal (three->rationale, "last");

  const JkItem *four = g_ptr_array_index (items, 3);
  assert_string_equal (four->stem, "呼叫中心的英文缩写是（　）。");
}

static void
titles_and_categories_are_skipped (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items = jk_gift_parse ("x.gift",
                                               "$CATEGORY: a/b\n// comment\n\n"
                                               "::no end: Which?{T}\n\n"
                                               "::A title::\n\nB {F}\n\n"
                                               "0\n{=a ~b}",
                                               report);

  fixture_assert_faults (report, 1, "a description");
  assert_int_equal (items->len, 3);
  assert_string_equal (((JkItem *) g_ptr_array_index (items, 0))->stem, "no end: Which?");
  assert_string_equal (((JkItem *) g_ptr_array_index (items, 1))->stem, "B");
  assert_string_equal (((JkItem *) g_ptr_array_index (items, 2))->stem, "0");
}

static void
a_comment_above_a_blank_line_is_noticed (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items =
      jk_gift_parse ("x.gift", "// [id:a]\n\n// [tag:new:x] [tag:word]\nB {T}\n", report);

  assert_int_equal (items->len, 1);
  assert_null (((JkItem *) g_ptr_array_index (items, 0))->id);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 3);
  assert_string_equal (jk_report_get (report, 0)->place, "line 1");
  assert_string_equal (jk_report_get (report, 1)->found, "unknown tag \"new\"");
  assert_string_equal (jk_report_get (report, 2)->found, "unknown tag \"word\"");
}

static void
all_faults_of_a_file_come_in_one_run (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items =
      jk_gift_parse ("x.gift",
                     "A {}\n\nB {=x ~ ~}\n\n// [id:a] [id:b] [tag:difficulty:9] [tag:\nC {T}\n\n"
                     "D {=x ~y}\n",
                     report);

  assert_int_equal (items->len, 1);
  assert_int_equal (jk_report_get_n_faults (report), 6);
  assert_true (fixture_found (report, "an essay question"));
  assert_true (fixture_found (report, "option 2 is empty"));
  assert_true (fixture_found (report, "a [ without its ]"));
  assert_true (fixture_found (report, "id \"b\""));
  assert_true (fixture_found (report, "difficulty \"9\""));
}

static void
a_line_that_is_too_long_is_refused (void **state)
{
  g_autofree char *letters = g_strnfill (JK_LINE_BYTES_MAX - 8, 'a');
  g_autofree char *fits = g_strdup_printf ("%s{T}\n", letters);
  g_autofree char *too_long = g_strdup_printf ("B\n%sxxxxxxxxx\n{T}\n\nC {T}", letters);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) one = jk_gift_parse ("x.gift", fits, report);
  g_autoptr (GPtrArray) two = jk_gift_parse ("x.gift", too_long, report);

  assert_int_equal (one->len, 1);
  assert_int_equal (two->len, 1);
  fixture_assert_faults (report, 1, "a line of 65537 bytes");
  assert_string_equal (jk_report_get (report, 0)->place, "line 2");
}

static void
every_truncation_is_survived (void **state)
{
  g_autofree char *path = vector_path ("every-feature.gift");
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize n = 0; n <= size; n++) {
    g_autoptr (GBytes) bytes = g_bytes_new (data, n);
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GPtrArray) items = parse_bytes (bytes, report);
    assert_true (items->len <= 4);
  }
}

static void
random_changes_are_survived (void **state)
{
  static const char signs[] = "{}~=#%\\:/[]\n$T-> 0.";
  g_autofree char *path = vector_path ("every-feature.gift");
  g_autoptr (GRand) rand = g_rand_new_with_seed (20210424);
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (guint n = 0; n < 4000; n++) {
    g_autofree char *copy = g_memdup2 (data, size);
    guint n_changes = (guint) g_rand_int_range (rand, 1, 12);
    for (guint i = 0; i < n_changes; i++) {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) size);
      if (g_rand_boolean (rand))
        copy[at] = signs[g_rand_int_range (rand, 0, sizeof signs - 1)];
      else
        copy[at] ^= (char) (1 << g_rand_int_range (rand, 0, 8));
    }
    g_autoptr (GBytes) bytes = g_bytes_new (copy, size);
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GPtrArray) items = parse_bytes (bytes, report);
    for (guint i = 0; i < items->len; i++) {
      const JkItem *item = g_ptr_array_index (items, i);
      assert_non_null (item->stem);
      assert_true (item->options->len <= JK_OPTIONS_MAX);
    }
  }
}

/* A block of 2 MiB of lines full of one sign must neither fail nor take more than linear time. */
static void
hostile_blocks_are_read_in_linear_time (void **state)
{
  static const char *const units[] = {
    "~a",         "=",     "{",        "}",      "\\",      "####", "=a->b",
    "// [tag:a]", "[id:x", "::",       "%",      "~%-",     "{}",   "[tag:pinned:a]",
    "\\\\",       "a\n\n", "{=a ~b} ", "{}\n\n", "{T}\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (i % 2 == 0 ? "// " : "Stem {");
    g_autoptr (JkReport) report = jk_report_new ();
    gsize line = 0;
    while (text->len < 2 * 1024 * 1024) {
      g_string_append (text, units[i]);
      line += strlen (units[i]);
      if (line > 60000) {
        g_string_append (text, i % 3 == 0 ? "\n// " : "\n");
        line = 0;
      }
    }
    gint64 start_us = g_get_monotonic_time ();
    g_autoptr (GPtrArray) items = jk_gift_parse ("x.gift", text->str, report);
    assert_non_null (items);
    assert_true (g_get_monotonic_time () - start_us < 60 * G_USEC_PER_SEC);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_vector_has_its_one_fault_and_no_item),
    cmocka_unit_test (every_vector_on_disk_is_in_the_table),
    cmocka_unit_test (every_feature_is_read_as_moodle_reads_it),
    cmocka_unit_test (titles_and_categories_are_skipped),
    cmocka_unit_test (a_comment_above_a_blank_line_is_noticed),
    cmocka_unit_test (all_faults_of_a_file_come_in_one_run),
    cmocka_unit_test (a_line_that_is_too_long_is_refused),
    cmocka_unit_test (every_truncation_is_survived),
    cmocka_unit_test (random_changes_are_survived),
    cmocka_unit_test (hostile_blocks_are_read_in_linear_time),
  };
  return cmocka_run_group_tests_name ("bank/gift", tests, NULL, NULL);
}
