/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/survey.c: figures of a known source, and each rule on both sides of its limits. */
#include "bank/survey.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Every section, element and cell needs no more than this. */
static const char gift[] =
    "// [id:s1] [tag:point:A-1] [tag:difficulty:1]\n来电接入的第一步是（ ）。{=导航 ~排队 "
    "~应答}\n\n"
    "// [id:s2] [tag:point:A-1] [tag:difficulty:2]\n工单要写明（ ）。{~甲 ~乙 ~丙 ~丁 =戊}\n\n"
    "// [id:m1] [tag:point:A-1] [tag:difficulty:2]\n属于外呼的有（ ）。{~%50%回访 ~%50%营销 "
    "~报修}\n\n"
    "// [id:m2] [tag:point:B-1] [tag:difficulty:5]\n保密的范围包括（ ）。"
    "{~%20%一 ~%20%二 ~%20%三 ~%20%四 ~%20%五}\n\n"
    "// [id:j1] [tag:point:B-1] [tag:difficulty:3]\n首问负责。{T}\n\n"
    "// [id:j2] [tag:point:A-1] [tag:difficulty:3]\n可以争辩。{F}\n";

static void
the_figures_are_those_of_the_source (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, gift);
  g_autoptr (JkSurvey) survey = jk_survey_new (source);
  static const guint grades[][JK_DIFFICULTY_MAX] = { { 1, 1, 0, 0, 0 },
                                                     { 0, 1, 0, 0, 1 },
                                                     { 0, 0, 2, 0, 0 } };
  static const guint rights[] = { 1, 0, 0, 1 };

  assert_int_equal (survey->n_sections, 2);
  assert_int_equal (survey->n_elements, 3);
  assert_int_equal (survey->n_items, 6);
  assert_memory_equal (survey->sections[0].n, ((guint[]){ 2, 1, 1 }), sizeof (JkSurveyCell));
  assert_memory_equal (survey->sections[1].n, ((guint[]){ 0, 1, 1 }), sizeof (JkSurveyCell));
  assert_memory_equal (survey->n_of_type, ((guint[]){ 2, 2, 2 }), sizeof survey->n_of_type);
  assert_memory_equal (survey->grades, grades, sizeof grades);
  assert_memory_equal (survey->rights, rights, sizeof rights);
  assert_int_equal (survey->keys[0], 1);
  assert_int_equal (survey->keys[4], 1);
  assert_int_equal (survey->n_true, 1);
  assert_int_equal (survey->importance[0] + survey->importance[1] + survey->importance[2], 3);
  assert_int_equal (survey->element_least, 0);
  assert_int_equal (survey->element_most, 4);
}

/* What a survey of these figures reports. */
static JkReport *
report_of (JkSurvey *survey)
{
  JkReport *report = jk_report_new ();

  jk_survey_report (survey, "bank.ini", report);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  return report;
}

static void
coverage_asks_for_200_elements_of_4_items (void **state)
{
  static const struct {
    guint n_elements;
    guint n_items;
    const char *found; /* NULL: nothing */
  } cases[] = {
    { 200, 800, NULL },
    { 199, 2000, "coverage: 199 elements and 2000 items" },
    { 200, 799, "coverage: 200 elements and 799 items" },
    { 72, 270, "coverage: 72 elements and 270 items" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkSurvey survey = { .n_elements = cases[i].n_elements, .n_items = cases[i].n_items };
    g_autoptr (JkReport) report = report_of (&survey);
    assert_int_equal (jk_report_get_n (report), cases[i].found != NULL);
    if (cases[i].found != NULL)
      assert_string_equal (jk_report_get (report, 0)->found, cases[i].found);
  }
}

static void
right_options_are_spread_evenly_from_100_singles (void **state)
{
  static const struct {
    guint keys[4];
    gboolean is_noticed;
  } cases[] = { { { 22, 28, 25, 25 }, FALSE },   { { 21, 28, 26, 25 }, TRUE },
                { { 22, 29, 25, 24 }, TRUE },    { { 99, 0, 0, 0 }, FALSE },
                { { 100, 0, 0, 0 }, TRUE },      { { 25, 25, 28, 22 }, FALSE },
                { { 250, 250, 281, 219 }, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkSurvey survey = { .n_elements = 200, .n_items = 1000 };
    for (guint n = 0; n < 4; n++) {
      survey.keys[n] = cases[i].keys[n];
      survey.n_of_type[JK_ITEM_SINGLE - 1] += cases[i].keys[n];
    }
    g_autoptr (JkReport) report = report_of (&survey);
    assert_int_equal (jk_report_get_n (report), cases[i].is_noticed);
  }
}

static void
half_of_40_judgements_and_more_are_true (void **state)
{
  static const struct {
    guint n;
    guint n_true;
    gboolean is_noticed;
  } cases[] = {
    { 39, 39, FALSE }, { 40, 18, FALSE }, { 40, 17, TRUE }, { 40, 22, FALSE }, { 40, 23, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkSurvey survey = { .n_elements = 200, .n_items = 1000, .n_true = cases[i].n_true };
    survey.n_of_type[JK_ITEM_JUDGE - 1] = cases[i].n;
    g_autoptr (JkReport) report = report_of (&survey);
    assert_int_equal (jk_report_get_n (report), cases[i].is_noticed);
  }
}

#define TAGS "[tag:point:A-1] [tag:difficulty:1]\n"

static void
stems_that_are_alike_are_noticed_unless_they_are_enemies (void **state)
{
  static const char *const enemies[] = { "", "// [tag:enemy:x]\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (enemies); i++) {
    g_autoptr (Fixture) fixture = fixture_new ();
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *text =
        g_strdup_printf ("%s// [id:a] " TAGS "某时段来电共200个，接起180个，接通率是多少。{T}\n\n"
                         "// [id:b] " TAGS "话后处理在挂机以后。{T}\n\n"
                         "%s// [id:c] " TAGS "某时段来电共300个，接起180个，接通率是多少。{F}\n",
                         enemies[i],
                         enemies[i]);
    g_autoptr (JkSource) source = fixture_load_source (fixture, text);
    assert_int_equal (jk_survey_report_like (source, "bank.ini", report), i == 0);
    assert_int_equal (jk_report_get_n (report), i == 0);
    if (i > 0)
      continue;
    const JkFinding *finding = jk_report_get (report, 0);
    assert_int_equal (finding->kind, JK_FINDING_NOTICE);
    assert_non_null (strstr (finding->found, "text of c, 90 % like that of a at line 1 of "));
    assert_string_equal (finding->place, "line 7");
  }
}

static void
of_very_many_like_stems_the_first_are_named (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint n = 0; n < 30; n++)
    g_string_append_printf (text, "// [id:q%u] " TAGS "下列说法正确的是第%u句。{T}\n\n", n, n);
  g_autoptr (JkSource) source = fixture_load_source (fixture, text->str);
  assert_int_equal (jk_survey_report_like (source, "bank.ini", report), 100);
  assert_int_equal (jk_report_get_n (report), 101);
  assert_non_null (strstr (jk_report_get (report, 100)->found, "more than 100 pairs"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_figures_are_those_of_the_source),
    cmocka_unit_test (coverage_asks_for_200_elements_of_4_items),
    cmocka_unit_test (right_options_are_spread_evenly_from_100_singles),
    cmocka_unit_test (half_of_40_judgements_and_more_are_true),
    cmocka_unit_test (stems_that_are_alike_are_noticed_unless_they_are_enemies),
    cmocka_unit_test (of_very_many_like_stems_the_first_are_named),
  };
  return cmocka_run_group_tests_name ("bank/survey", tests, NULL, NULL);
}
