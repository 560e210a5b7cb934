/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/roster-cells.c */
#include "plan/roster-cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
numbers_may_have_dashes_blanks_and_quotes (void **state)
{
  assert_true (jk_roster_cell_is_number ("2101050340101012"));
  assert_true (jk_roster_cell_is_number (" 2101-0503 ４０１Ｘ　(1)"));
  assert_true (jk_roster_cell_is_number ("=\"2101\""));
  assert_true (jk_roster_cell_is_number ("'2101"));
  assert_false (jk_roster_cell_is_number (""));
  assert_false (jk_roster_cell_is_number ("--"));
  assert_false (jk_roster_cell_is_number ("21号"));
  assert_false (jk_roster_cell_is_number ("21;22"));
}

static void
a_shortened_number_is_recognised (void **state)
{
  assert_true (jk_roster_cell_is_scientific ("2.10105E+15"));
  assert_true (jk_roster_cell_is_scientific (" 1E+17 "));
  assert_false (jk_roster_cell_is_scientific ("2101050340101012"));
  assert_false (jk_roster_cell_is_scientific ("E12345678"));
}

static void
names_have_letters_and_no_control_characters (void **state)
{
  g_autofree char *longest = g_strnfill (256, 'a');
  g_autofree char *longer = g_strnfill (257, 'a');

  assert_true (jk_roster_cell_is_name ("阿依努尔·示例"));
  assert_true (jk_roster_cell_is_name (longest));
  assert_false (jk_roster_cell_is_name (longer));
  assert_false (jk_roster_cell_is_name (""));
  assert_false (jk_roster_cell_is_name ("a\x01"
                                        "b"));
}

static void
places_fit_into_file_names (void **state)
{
  assert_true (jk_roster_cell_is_place ("01"));
  assert_true (jk_roster_cell_is_place ("一号机房"));
  assert_true (jk_roster_cell_is_place ("A-12_b"));
  assert_false (jk_roster_cell_is_place (""));
  assert_false (jk_roster_cell_is_place ("../01"));
  assert_false (jk_roster_cell_is_place ("0 1"));
  assert_false (jk_roster_cell_is_place ("110108190001010019"));
}

static void
sex_has_its_words (void **state)
{
  char sex = '?';

  assert_true (jk_roster_cell_parse_sex (" 男 ", &sex));
  assert_int_equal (sex, 'M');
  assert_true (jk_roster_cell_parse_sex ("Female", &sex));
  assert_int_equal (sex, 'F');
  assert_true (jk_roster_cell_parse_sex ("", &sex));
  assert_int_equal (sex, 0);
  sex = '?';
  assert_false (jk_roster_cell_parse_sex ("未知", &sex));
  assert_int_equal (sex, '?');
}

static void
days_have_many_forms (void **state)
{
  assert_int_equal (jk_roster_cell_parse_day ("19900102"), 19900102);
  assert_int_equal (jk_roster_cell_parse_day ("1990-01-02"), 19900102);
  assert_int_equal (jk_roster_cell_parse_day ("1990/1/2"), 19900102);
  assert_int_equal (jk_roster_cell_parse_day ("1990年1月2日"), 19900102);
  assert_int_equal (jk_roster_cell_parse_day ("１９９０．１．２"), 19900102);
  assert_int_equal (jk_roster_cell_parse_day ("2021/4/11 23:59"), 20210411);
  assert_int_equal (jk_roster_cell_parse_day ("1990-13-02"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("1990-01-258"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("1990-257-02"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("11990-01-02"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("19900230"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("44297"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("1990-01"), 0);
  assert_int_equal (jk_roster_cell_parse_day ("soon"), 0);
  assert_int_equal (jk_roster_cell_parse_day (""), 0);
}

static void
years_are_full_years (void **state)
{
  static const struct {
    const char *text;
    guint years;
  } good[] = {
    { "3", 3 },         { "０３", 3 },   { "3.9", 3 },       { "3年", 3 }, { "3 年 11 个月", 3 },
    { "10年以上", 10 }, { "1 year", 1 }, { "12 Years", 12 }, { "0", 0 },   { " 6年多 ", 6 },
  };
  static const char *const bad[] = { "", "三年", "-1", "100", "3月", "年", "3 to 4", "2018" };
  guint years = 77;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    if (jk_roster_cell_parse_years (bad[i], &years))
      fail_msg ("%s", bad[i]);
  }
  assert_int_equal (years, 77);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    assert_true (jk_roster_cell_parse_years (good[i].text, &years));
    assert_int_equal (years, good[i].years);
  }
}

static void
extra_time_is_minutes (void **state)
{
  static const struct {
    const char *text;
    guint minutes;
  } good[] = {
    { "", 0 },        { "  ", 0 },         { "无", 0 },      { "0", 0 },     { "030", 30 },
    { "30分钟", 30 }, { " ３０ 分 ", 30 }, { "45 min", 45 }, { "180", 180 },
  };
  static const char *const bad[] = { "181", "-5",   "30.5", "一小时", "30 小时",
                                     "有",  "0030", "1E2",  "分" };
  guint16 minutes = 7;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_false (jk_roster_cell_parse_minutes (bad[i], &minutes));
  assert_int_equal (minutes, 7);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    assert_true (jk_roster_cell_parse_minutes (good[i].text, &minutes));
    assert_int_equal (minutes, good[i].minutes);
  }
}

static void
what_could_be_an_id_number_is_not_quoted (void **state)
{
  g_autofree char *path = jk_roster_cell_dup_quote ("4-(9)");
  g_autofree char *id = jk_roster_cell_dup_quote ("110108190001010019");
  g_autofree char *wide = jk_roster_cell_dup_quote ("１１０１０８");
  g_autofree char *text = jk_roster_cell_dup_quote ("a text that is longer than is worth quoting");

  assert_string_equal (path, "“4-(9)”");
  assert_string_equal (id, "with 18 characters");
  assert_string_equal (wide, "with 6 characters");
  assert_string_equal (text, "with 43 characters");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_may_have_dashes_blanks_and_quotes),
    cmocka_unit_test (a_shortened_number_is_recognised),
    cmocka_unit_test (names_have_letters_and_no_control_characters),
    cmocka_unit_test (places_fit_into_file_names),
    cmocka_unit_test (sex_has_its_words),
    cmocka_unit_test (days_have_many_forms),
    cmocka_unit_test (years_are_full_years),
    cmocka_unit_test (extra_time_is_minutes),
    cmocka_unit_test (what_could_be_an_id_number_is_not_quoted),
  };
  return cmocka_run_group_tests_name ("roster-cells", tests, NULL, NULL);
}
