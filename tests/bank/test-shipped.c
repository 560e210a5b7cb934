/* SPDX-License-Identifier: Apache-2.0 */
/* The banks in question-banks/, as the build lays them out: what is promised of them. */
#include "bank/survey.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  const char *section;
  guint n_elements;
  guint n[JK_ITEM_TYPES]; /* single, multiple, judge: three times the paper of the blueprint */
} Cell;

static const Cell cells_3[] = {
  { "A-A", 4, { 9, 0, 6 } },   { "A-B-A", 3, { 6, 3, 3 } }, { "A-B-B", 3, { 6, 0, 3 } },
  { "A-B-C", 3, { 6, 0, 3 } }, { "A-B-D", 3, { 6, 3, 0 } }, { "A-B-E", 2, { 3, 0, 3 } },
  { "A-B-F", 3, { 6, 0, 3 } }, { "B-A", 9, { 21, 9, 6 } },  { "B-B", 8, { 18, 6, 6 } },
  { "B-C", 10, { 21, 9, 9 } }, { "B-D", 8, { 18, 6, 6 } },  { "B-E", 6, { 12, 6, 6 } },
  { "B-F", 7, { 18, 3, 6 } },
};

static const Cell cells_4[] = {
  { "A-A", 4, { 9, 0, 6 } },    { "A-B-A", 5, { 12, 0, 6 } }, { "A-B-B", 3, { 6, 3, 3 } },
  { "A-B-C", 4, { 12, 0, 3 } }, { "A-B-D", 3, { 9, 0, 3 } },  { "A-B-E", 2, { 3, 0, 3 } },
  { "A-B-F", 3, { 6, 0, 3 } },  { "B-A", 13, { 33, 9, 9 } },  { "B-B", 12, { 33, 6, 9 } },
  { "B-C", 8, { 18, 6, 6 } },   { "B-D", 9, { 24, 3, 6 } },   { "B-E", 6, { 15, 3, 3 } },
};

static const struct {
  const char *name;
  const Cell *cells;
  guint n_cells, n_elements, n_items, n_pictures;
  guint difficulty[JK_DIFFICULTY_MAX]; /* per cent */
} banks[] = {
  { "call-centre-3", cells_3, G_N_ELEMENTS (cells_3), 69, 255, 4, { 10, 25, 40, 20, 5 } },
  { "call-centre-4", cells_4, G_N_ELEMENTS (cells_4), 72, 270, 3, { 10, 30, 40, 15, 5 } },
};

static char *
find_bank (guint n)
{
  return g_build_filename (g_getenv ("JIKAO_BUILD_ROOT"),
                           "question-banks",
                           banks[n].name,
                           "bank.ini",
                           NULL);
}

static JkSource *
load_bank (guint n, JkReport *report)
{
  g_autofree char *path = find_bank (n);
  JkSource *source = jk_source_load (jk_storage_system (), path, report);

  fixture_assert_faults (report, 0, "");
  assert_int_equal (jk_report_get_n (report), 0);
  return source;
}

static void
assert_near (guint n, guint of, guint percent, guint points)
{
  gint distance = (gint) (100 * n) - (gint) (percent * of);

  assert_true ((guint) ABS (distance) <= points * of);
}

static void
each_cell_holds_three_papers (void **state)
{
  for (guint n = 0; n < G_N_ELEMENTS (banks); n++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = load_bank (n, report);
    g_autoptr (JkSurvey) survey = jk_survey_new (source);
    g_autofree guint *n_elements = g_new0 (guint, banks[n].n_cells);

    assert_int_equal (survey->n_items, banks[n].n_items);
    assert_int_equal (survey->n_elements, banks[n].n_elements);
    assert_int_equal (survey->n_sections, banks[n].n_cells);
    for (guint i = 0; i < survey->n_elements; i++)
      n_elements[jk_source_get_element (source, i)->section]++;
    for (guint i = 0; i < survey->n_sections; i++) {
      const Cell *cell = &banks[n].cells[i];
      assert_string_equal (jk_source_get_section (source, i)->code, cell->section);
      assert_int_equal (n_elements[i], cell->n_elements);
      assert_memory_equal (survey->sections[i].n, cell->n, sizeof cell->n);
    }
    assert_true (survey->element_least >= 3);
    assert_true (survey->element_most <= 4);
  }
}

static void
the_mix_is_that_of_the_plan (void **state)
{
  static const guint rights[] = { 40, 45, 15, 0 };

  for (guint n = 0; n < G_N_ELEMENTS (banks); n++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = load_bank (n, report);
    g_autoptr (JkSurvey) survey = jk_survey_new (source);

    for (guint i = 0; i < JK_DIFFICULTY_MAX; i++) {
      guint n_of_grade = 0;
      for (guint type = 0; type < JK_ITEM_TYPES; type++)
        n_of_grade += survey->grades[type][i];
      assert_near (n_of_grade, survey->n_items, banks[n].difficulty[i], 3);
    }
    for (guint i = 0; i < 4; i++)
      assert_near (survey->keys[i], survey->n_of_type[JK_ITEM_SINGLE - 1], 25, 3);
    for (guint i = 0; i < JK_SURVEY_RIGHTS; i++)
      assert_near (survey->rights[i], survey->n_of_type[JK_ITEM_MULTIPLE - 1], rights[i], 5);
    assert_near (survey->n_true, survey->n_of_type[JK_ITEM_JUDGE - 1], 50, 5);
  }
}

static void
nothing_but_the_coverage_is_noticed (void **state)
{
  for (guint n = 0; n < G_N_ELEMENTS (banks); n++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = load_bank (n, report);
    g_autoptr (JkSurvey) survey = jk_survey_new (source);

    jk_survey_report (survey, banks[n].name, report);
    assert_int_equal (jk_survey_report_like (source, banks[n].name, report), 0);
    assert_int_equal (jk_report_get_n (report), 1);
    assert_non_null (strstr (jk_report_get (report, 0)->found, "coverage"));
  }
}

static void
each_item_has_a_rationale_and_some_have_a_picture (void **state)
{
  for (guint n = 0; n < G_N_ELEMENTS (banks); n++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = load_bank (n, report);
    guint n_pictures = 0;

    for (guint32 i = 0; i < jk_source_get_n_items (source); i++) {
      const JkItem *item = jk_source_get_item (source, i);
      assert_non_null (item->rationale);
      n_pictures += jk_source_get_item_picture (source, i) != NULL ? 1 : 0;
    }
    assert_int_equal (n_pictures, banks[n].n_pictures);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_cell_holds_three_papers),
    cmocka_unit_test (the_mix_is_that_of_the_plan),
    cmocka_unit_test (nothing_but_the_coverage_is_noticed),
    cmocka_unit_test (each_item_has_a_rationale_and_some_have_a_picture),
  };
  return cmocka_run_group_tests_name ("bank/shipped", tests, NULL, NULL);
}
