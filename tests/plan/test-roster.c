/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/roster.c */
#include "plan/roster.h"
#include "plan/shipped.h"

#define HEADING "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n"
#define GOOD "2101050340101012,安知行,男,居民身份证,110108190001010019,01,01,4-(1)\n"
#define TODAY 20210424

static JkPlan *
load_plan (void)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  return jk_plan_parse (PLAN_FILE, text, report);
}

static JkRoster *
parse (const char *text, JkReport *report)
{
  g_autoptr (JkPlan) plan = load_plan ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  assert_non_null (plan);
  return jk_roster_parse ("r.csv", bytes, plan, 4, TODAY, report);
}

/* No message may hold any of the ID numbers of these tests. */
static void
check_no_id_number (const JkReport *report)
{
  static const char *const secrets[] = { "1101081900", "110105194912", "X0000017", "H0000002" };
  g_autofree char *text = jk_report_dup_text (report);
  g_autofree char *json = jk_report_dup_json (report);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    assert_null (strstr (text, secrets[i]));
    assert_null (strstr (json, secrets[i]));
  }
}

static void
the_shipped_roster_has_no_fault (void **state)
{
  g_autofree char *text = shipped_text ("data/demo/roster.csv");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (text, report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_roster_get_n (roster), 30);
  const JkRosterRow *row = jk_roster_get (roster, 16);
  assert_string_equal (row->admission, "2101050340101178");
  assert_string_equal (row->name, "ANNA EXAMPLE");
  assert_string_equal (row->id_number, "X0000017");
  assert_string_equal (row->hall, "01");
  assert_string_equal (row->seat, "17");
  assert_string_equal (row->path, "4-(3)");
  assert_int_equal (row->id_kind, JK_ID_PASSPORT);
  assert_int_equal (row->sex, 'F');
  assert_int_equal (row->row_number, 18);
}

static void
full_width_forms_are_forgiven (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (
      HEADING "２１０１－０５０３,欧阳　清欢,女,身份证,11010819000101006ｘ,０１,０２,4－（１）\n",
      report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n (report), 0);
  const JkRosterRow *row = jk_roster_get (roster, 0);
  assert_string_equal (row->admission, "21010503");
  assert_string_equal (row->name, "欧阳 清欢");
  assert_string_equal (row->id_number, "11010819000101006X");
  assert_string_equal (row->hall, "01");
  assert_string_equal (row->seat, "02");
  assert_string_equal (row->path, "4-(1)");
}

static void
halls_are_sorted_and_each_there_once (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (
      "zkzh,xm,zjlx,zjhm,kch,zwh\n"
      "A00001,a,护照,X0000001,02,1\nA00002,b,护照,X0000002,01,1\nA00003,c,护照,X0000003,02,2\n",
      report);

  assert_non_null (roster);
  const char *const *halls = jk_roster_get_halls (roster);
  assert_string_equal (halls[0], "01");
  assert_string_equal (halls[1], "02");
  assert_null (halls[2]);
  assert_string_equal (jk_roster_get (roster, 0)->path, "");
}

static void
a_missing_hall_column_means_hall_01 (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster =
      parse ("admission,name,id_number,seat\nA00001,a,110108190001010019,1\n", report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_non_null (strstr (jk_report_get (report, 0)->found, "考场号"));
  assert_string_equal (jk_roster_get (roster, 0)->hall, "01");
  assert_int_equal (jk_roster_get (roster, 0)->id_kind, JK_ID_RESIDENT);
  assert_int_equal (jk_roster_get (roster, 0)->sex, 'M'); /* from the number */
}

static void
every_bad_cell_is_a_fault_of_its_row (void **state)
{
  static const char *const rows[][3] = {
    { ",a,男,,110108190001010019,01,1,4-(1)", "no admission number", "6 to 24" },
    { "A1234,a,男,,110108190001010019,01,1,4-(1)", "the admission number “A1234”", "6 to 24" },
    { "1234567890123456789012345,a,男,,110108190001010019,01,1,4-(1)", "with 25", "6 to 24" },
    { "准A12345,a,男,,110108190001010019,01,1,4-(1)", "the admission number with 7", "6 to 24" },
    { "2.10105E+15,a,男,,110108190001010019,01,1,4-(1)", "a spreadsheet shortened", "digits" },
    { "A12345,,男,,110108190001010019,01,1,4-(1)", "no name", "256 bytes" },
    { "A12345,a\x01,男,,110108190001010019,01,1,4-(1)", "control characters", "256 bytes" },
    { "A12345,a,它,,110108190001010019,01,1,4-(1)", "word for the sex", "男 or 女" },
    { "A12345,a,男,学生证,110108190001010019,01,1,4-(1)", "unknown kind", "护照" },
    { "A12345,a,男,,,01,1,4-(1)", "cannot be right", "the number of an identity document" },
    { "A12345,a,男,,110108190001010018,01,1,4-(1)", "cannot be right", "check character" },
    { "A12345,a,男,,11010819000101001,01,1,4-(1)", "cannot be right", "18 on a resident" },
    { "A12345,a,男,,110108190001011,01,1,4-(1)", "cannot be right", "first generation" },
    { "A12345,a,男,,11010819000101001号9,01,1,4-(1)", "cannot be right", "only the digits" },
    { "A12345,a,男,,1.10108E+17,01,1,4-(1)", "a spreadsheet shortened", "digits" },
    { "A12345,a,男,,110108190001010019,,1,4-(1)", "考场号 “”", "1 to 16" },
    { "A12345,a,男,,110108190001010019,../,1,4-(1)", "考场号 “../”", "1 to 16" },
    { "A12345,a,男,,110108190001010019,01,,4-(1)", "座位号 “”", "1 to 16" },
    { "A12345,a,男,,110108190001010019,01,110108190001010019,4-(1)", "座位号 with 18", "1 to 16" },
    { "A12345,a,男,,110108190001010019,01,1,", "eligibility path “”", "a path of level 4" },
    { "A12345,a,男,,110108190001010019,01,1,3-(1)", "path “3-(1)”", "a path of level 4" },
    { "A12345,a,男,,110108190001010019,01,1,4-(9)", "path “4-(9)”", "a path of level 4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strconcat (HEADING GOOD, rows[i][0], "\n", NULL);
    /* Another number, so that only the change is a fault. */
    g_autofree char *other = changed (text, "110108190001010019", "110108190003150031");
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkRoster) roster = parse (other, report);

    assert_non_null (roster);
    assert_int_equal (jk_roster_get_n (roster), 1);
    check_one_fault (report, rows[i][1], rows[i][2]);
    assert_string_equal (jk_report_get (report, 0)->place, "row 3");
    check_no_id_number (report);
  }
}

static void
extra_time_is_read_or_refused (void **state)
{
  static const char text[] = "zkzh,xm,zjlx,zjhm,zwh,kch,延时\n"
                             "A00001,a,护照,X0000001,1,01,30分钟\n"
                             "A00002,b,护照,X0000002,2,01,\n"
                             "A00003,c,护照,X0000003,3,01,181\n"
                             "A00004,d,护照,X0000004,4,01,110108190001010019\n";
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (text, report);

  assert_int_equal (jk_roster_get_n (roster), 2);
  assert_int_equal (jk_roster_get (roster, 0)->extra_min, 30);
  assert_int_equal (jk_roster_get (roster, 1)->extra_min, 0);
  assert_int_equal (jk_report_get_n_faults (report), 2);
  g_autofree char *said = jk_report_dup_text (report);
  assert_non_null (strstr (said, "row 4: found the extra time “181”; expected minutes from 0"));
  assert_non_null (strstr (said, "row 5: found the extra time with 18 characters"));
  check_no_id_number (report);
}

static void
duplicates_name_the_first_row (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster =
      parse (HEADING GOOD "2101-0503-4010-1012,b,男,,11010819000101001９,０１,01,4-(1)\n", report);

  assert_non_null (roster);
  assert_int_equal (jk_roster_get_n (roster), 1);
  assert_int_equal (jk_report_get_n_faults (report), 3);
  g_autofree char *text = jk_report_dup_text (report);
  assert_non_null (strstr (text, "row 3: found the same admission number as in row 2"));
  assert_non_null (strstr (text, "row 3: found the same ID number as in row 2"));
  assert_non_null (strstr (text, "row 3: found the same seat as in row 2"));
  check_no_id_number (report);
}

static void
the_same_seat_in_another_hall_is_fine (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster =
      parse (HEADING GOOD "A12345,b,男,护照,X0000017,02,01,4-(1)\n", report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n (report), 0);
}

static void
sex_and_birth_that_contradict_are_notices (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse ("zkzh,xm,xb,csrq,zjhm,kch,zwh\n"
                                       "A00001,a,女,1900-01-02,110108190001010019,01,1\n"
                                       "A00002,b,男,1900/3/15,110108190003150031,01,2\n",
                                       report);

  assert_non_null (roster);
  assert_int_equal (jk_roster_get_n (roster), 2);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 2);
  assert_string_equal (jk_report_get (report, 0)->place, "row 2");
  assert_non_null (strstr (jk_report_get (report, 0)->found, "sex"));
  assert_non_null (strstr (jk_report_get (report, 1)->found, "birth"));
  assert_int_equal (jk_roster_get (roster, 0)->sex, 'F');
  check_no_id_number (report);
}

static void
without_a_plan_any_path_stands (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (HEADING GOOD, strlen (HEADING GOOD));
  g_autoptr (JkRoster) roster = jk_roster_parse ("r.csv", bytes, NULL, 0, TODAY, report);

  assert_non_null (roster);
  assert_string_equal (jk_roster_get (roster, 0)->path, "4-(1)");
}

static void
a_table_without_a_usable_row_is_no_roster (void **state)
{
  g_autoptr (JkReport) one = jk_report_new ();
  g_autoptr (JkReport) two = jk_report_new ();
  g_autoptr (JkReport) three = jk_report_new ();
  g_autoptr (JkReport) four = jk_report_new ();

  assert_null (parse (HEADING, one));
  check_one_fault (one, "no candidate", "a row for each candidate");
  assert_null (parse (HEADING ",,,,,,01,\n", two));
  assert_int_equal (jk_report_get_n_faults (two), 5);
  assert_null (parse ("姓名\nx\n", three));
  assert_int_equal (jk_report_get_n_faults (three), 3);
  assert_null (parse ("", four));
  assert_int_equal (jk_report_get_n_faults (four), 1);
  jk_roster_free (NULL);
}

static void
too_many_halls_are_a_fault (void **state)
{
  g_autoptr (GString) text = g_string_new ("zkzh,xm,zjlx,zjhm,kch,zwh\n");
  g_autoptr (JkReport) report = jk_report_new ();

  for (guint i = 0; i < 501; i++)
    g_string_append_printf (text, "A%05u,a,护照,Y%07u,%u,1\n", i, i, i);
  g_autoptr (JkRoster) roster = parse (text->str, report);
  assert_non_null (roster);
  check_one_fault (report, "more than 500 halls", "fewer halls");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_shipped_roster_has_no_fault),
    cmocka_unit_test (full_width_forms_are_forgiven),
    cmocka_unit_test (halls_are_sorted_and_each_there_once),
    cmocka_unit_test (a_missing_hall_column_means_hall_01),
    cmocka_unit_test (every_bad_cell_is_a_fault_of_its_row),
    cmocka_unit_test (extra_time_is_read_or_refused),
    cmocka_unit_test (duplicates_name_the_first_row),
    cmocka_unit_test (the_same_seat_in_another_hall_is_fine),
    cmocka_unit_test (sex_and_birth_that_contradict_are_notices),
    cmocka_unit_test (without_a_plan_any_path_stands),
    cmocka_unit_test (a_table_without_a_usable_row_is_no_roster),
    cmocka_unit_test (too_many_halls_are_a_fault),
  };
  return cmocka_run_group_tests_name ("roster", tests, NULL, NULL);
}
