/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/roster-row.c */
#include "plan/roster-table.h"

static void
full_width_forms_are_forgiven (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (
      HEADING "２１０１－０５０３,欧阳　清欢,女,身份证,11010819000101006ｘ,０１,０２,4－（１）\n",
      report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  const JkRosterRow *row = jk_roster_get (roster, 0);
  assert_string_equal (row->admission, "21010503");
  assert_string_equal (row->name, "欧阳 清欢");
  assert_string_equal (row->id_number, "11010819000101006X");
  assert_string_equal (row->hall, "01");
  assert_string_equal (row->seat, "02");
  assert_string_equal (row->path, "4-(1)");
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
  assert_int_equal (jk_report_get_n_faults (report), 0);
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
  assert_int_equal (jk_report_get_n (report), 4);
  assert_string_equal (jk_report_get (report, 1)->place, "row 2");
  assert_non_null (strstr (jk_report_get (report, 1)->found, "sex"));
  assert_non_null (strstr (jk_report_get (report, 2)->found, "birth"));
  assert_int_equal (jk_roster_get (roster, 0)->sex, 'F');
  check_no_id_number (report);
}

static void
numbers_of_other_documents_may_meet (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse ("zkzh,xm,zjlx,zjhm,kch,zwh\n"
                                       "A00001,a,护照,12345678,01,1\n"
                                       "A00002,b,台胞证,12345678,01,2\n"
                                       "A00003,c,军官证,南字第0012345号,01,3\n"
                                       "A00004,d,军官证,北字第0012345号,01,4\n"
                                       "A00005,e,军官证,北字第 0012345 号,01,5\n"
                                       "A00006,f,军官证,北字第0012345号,01,6\n",
                                       report);

  assert_int_equal (jk_roster_get_n (roster), 5);
  assert_string_equal (jk_roster_get (roster, 2)->id_number, "0012345");
  check_one_fault (report, "row 7: found the same ID number as in row 5", "each only once");
}

static void
cards_of_all_kinds_share_their_numbers (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse ("zkzh,xm,zjlx,zjhm,kch,zwh\n"
                                       "A00001,a,身份证,810000199408230021,01,1\n"
                                       "A00002,b,港澳台居民居住证,810000199408230021,01,2\n",
                                       report);

  assert_int_equal (jk_roster_get_n (roster), 1);
  check_one_fault (report, "row 3: found the same ID number as in row 2", "each only once");
}

static void
ages_are_questioned_once_for_all (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse ("zkzh,xm,zjhm,kch,zwh,path\n"
                                       "A00001,a,810000199408230021,01,1,4-(1)\n"
                                       "A00002,b,110108190001010019,01,2,4-(1)\n"
                                       "A00003,c,110108190002170049,01,3,4-(1)\n"
                                       "A00004,d,110108200504250010,01,4,4-(1)\n",
                                       report);
  g_autofree char *text = jk_report_dup_text (report);

  assert_int_equal (jk_roster_get_n (roster), 4);
  assert_string_equal (text,
                       "r.csv: row 5: found the first of 1 candidates younger than 16; expected "
                       "16 to 70 years on the day of the exam; ask whether that is right.\n"
                       "r.csv: row 3: found the first of 2 candidates older than 70; expected "
                       "16 to 70 years on the day of the exam; ask whether that is right.\n");
}

static void
an_unknown_place_is_a_notice (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster =
      parse ("zkzh,xm,zjhm,kch,zwh,path\nA00001,a,990108199408230026,01,1,4-(1)\n"
             "A00002,b,100108199408230020,01,2,4-(1)\n",
             report);
  g_autofree char *text = jk_report_dup_text (report);

  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_roster_get_n (roster), 2);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_non_null (strstr (text, "row 3: found an ID number whose first two digits"));
  assert_null (strstr (text, "199408"));
}

static void
a_row_is_judged_by_path_and_deadline (void **state)
{
  static const char text[] =
      "准考证号,姓名,证件类型,证件号码,考场号,座位号,申报条件,本职业工作年限,原证书号,报名日期\n"
      "A00001,a,护照,X0000001,01,1,3-(3),4,1401001002400123,2021-10-10\n"
      "A00002,b,护照,X0000002,01,2,3-(3),3,1401001002500123,2021-10-11\n"
      "A00003,c,护照,X0000003,01,3,4-(1),0,,2021-10-12\n";
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse_bytes (text, strlen (text), 3, 20211010, report);
  g_autofree char *said = jk_report_dup_text (report);

  assert_int_equal (jk_roster_get_n (roster), 1);
  assert_int_equal (jk_report_get_n_faults (report), 4);
  assert_int_equal (jk_report_get_n (report), 5);
  assert_non_null (strstr (said, "row 3: found the years of work “3”; expected at least 4"));
  assert_non_null (strstr (said, "row 3: found a certificate number of level 5"));
  assert_non_null (strstr (said, "row 3: found a registration on 2021-10-11"));
  assert_non_null (strstr (said, "row 4: found the eligibility path “4-(1)”"));
  assert_non_null (strstr (said, "row 4: found a registration on 2021-10-12"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (full_width_forms_are_forgiven),
    cmocka_unit_test (every_bad_cell_is_a_fault_of_its_row),
    cmocka_unit_test (extra_time_is_read_or_refused),
    cmocka_unit_test (duplicates_name_the_first_row),
    cmocka_unit_test (the_same_seat_in_another_hall_is_fine),
    cmocka_unit_test (sex_and_birth_that_contradict_are_notices),
    cmocka_unit_test (numbers_of_other_documents_may_meet),
    cmocka_unit_test (cards_of_all_kinds_share_their_numbers),
    cmocka_unit_test (ages_are_questioned_once_for_all),
    cmocka_unit_test (an_unknown_place_is_a_notice),
    cmocka_unit_test (a_row_is_judged_by_path_and_deadline),
  };
  return cmocka_run_group_tests_name ("roster-row", tests, NULL, NULL);
}
