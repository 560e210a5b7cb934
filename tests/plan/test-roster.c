/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/roster.c */
#include "plan/roster-table.h"

#include "base/encoding.h"

static void
the_shipped_roster_has_no_fault (void **state)
{
  g_autofree char *text = shipped_text ("data/demo/roster.csv");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (text, report);

  assert_non_null (roster);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_string_equal (jk_report_get (report, 0)->found,
                       "the first of 28 candidates older than 70");
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
  assert_int_equal (jk_report_get_n (report), 3);
  assert_string_equal (jk_report_get (report, 0)->found, "no column “考场号”");
  assert_string_equal (jk_report_get (report, 1)->found, "no column “申报条件”");
  assert_string_equal (jk_roster_get (roster, 0)->hall, "01");
  assert_int_equal (jk_roster_get (roster, 0)->id_kind, JK_ID_RESIDENT);
  assert_int_equal (jk_roster_get (roster, 0)->sex, 'M'); /* from the number */
}

static void
without_a_plan_any_path_stands (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (HEADING GOOD, strlen (HEADING GOOD));
  g_autoptr (JkRoster) roster = jk_roster_parse ("r.csv", bytes, NULL, 0, TODAY, 0, report);

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

/* Two rosters with the same people, however they were saved. */
static void
check_same (const JkRoster *one, const JkRoster *two)
{
  assert_non_null (one);
  assert_non_null (two);
  assert_int_equal (jk_roster_get_n (one), jk_roster_get_n (two));
  for (guint i = 0; i < jk_roster_get_n (one); i++) {
    const JkRosterRow *a = jk_roster_get (one, i);
    const JkRosterRow *b = jk_roster_get (two, i);
    assert_string_equal (a->admission, b->admission);
    assert_string_equal (a->name, b->name);
    assert_string_equal (a->id_number, b->id_number);
    assert_string_equal (a->hall, b->hall);
    assert_string_equal (a->seat, b->seat);
    assert_string_equal (a->path, b->path);
    assert_int_equal (a->id_kind, b->id_kind);
    assert_int_equal (a->sex, b->sex);
    assert_int_equal (a->extra_min, b->extra_min);
    assert_int_equal (a->row_number, b->row_number);
  }
}

/* The roster of a text in another encoding; the report has this many faults. */
static JkRoster *
parse_as (const char *text, const char *encoding, JkReport *report)
{
  gsize size;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &size, NULL);
  assert_non_null (bytes);
  return parse_bytes (bytes, size, 4, 0, report);
}

static void
gb18030_gives_the_same_roster_and_says_so (void **state)
{
  g_autofree char *text = shipped_text ("data/demo/roster.csv");
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  g_autoptr (JkReport) one = jk_report_new ();
  g_autoptr (JkReport) two = jk_report_new ();
  g_autoptr (JkReport) three = jk_report_new ();
  g_autoptr (JkRoster) plain = parse (text, one);
  g_autoptr (JkRoster) with_mark = parse (marked, two);
  g_autoptr (JkRoster) encoded = parse_as (text, "GB18030", three);

  check_same (plain, with_mark);
  check_same (plain, encoded);
  assert_int_equal (jk_report_get_n (one), jk_report_get_n (two));
  assert_int_equal (jk_report_get_n (one) + 1, jk_report_get_n (three));
  assert_int_equal (jk_report_get_n_faults (three), 0);
  const JkFinding *finding = jk_report_get (three, jk_report_get_n (three) - 1);
  assert_string_equal (finding->place, "row 2");
  assert_string_equal (finding->found, "text in GB18030, with the name “安知行”");
}

/* Names of common, rare and very rare letters, also of letters that GB18030 has in four bytes. */
static void
append_name (GString *text, GRand *chance)
{
  static const struct {
    guint32 from, to;
  } ranges[] = {
    { 0x4e00, 0x9fa5 },
    { 0x4e00, 0x9fa5 },
    { 0x3400, 0x4db5 },
    { 0x20000, 0x2a6d6 },
  };
  for (gint n = g_rand_int_range (chance, 2, 5); n > 0; n--) {
    guint range = (guint) g_rand_int_range (chance, 0, n == 1 ? 4 : 2);
    g_string_append_unichar (text,
                             (gunichar) g_rand_int_range (chance,
                                                          (gint32) ranges[range].from,
                                                          (gint32) ranges[range].to + 1));
  }
}

static void
twins_in_both_encodings_are_identical (void **state)
{
  static const char *const headings[] = {
    "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件,延时\n",
    "zkzh,xm,xb,zjlx,zjhm,kch,zwh,path,ys\n",
  };
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);

  for (guint round = 0; round < 200; round++) {
    g_autoptr (GString) text = g_string_new (headings[round % 2]);
    for (gint n = 0; n < g_rand_int_range (chance, 1, 20); n++) {
      g_string_append_printf (text, "A%05d,", n);
      append_name (text, chance);
      g_string_append_printf (text,
                              ",%s,护照,X%07d,01,%d,4-（%d）,%s\n",
                              n % 2 == 0 ? "男" : "女",
                              n,
                              n,
                              n % 3 + 1,
                              n % 4 == 0 ? "30分钟" : "");
    }
    g_autoptr (JkReport) one = jk_report_new ();
    g_autoptr (JkReport) two = jk_report_new ();
    g_autoptr (JkRoster) plain = parse (text->str, one);
    g_autoptr (JkRoster) encoded = parse_as (text->str, "GB18030", two);
    assert_int_equal (jk_report_get_n (one), 0);
    assert_int_equal (jk_report_get_n_faults (two), 0);
    check_same (plain, encoded);
  }
}

static void
what_is_no_roster_in_either_encoding_is_refused (void **state)
{
  g_autofree char *text = shipped_text ("data/demo/roster.csv");
  g_autofree char *big5_text =
      g_strdup ("准考證號,姓名,性別,證件號碼,座位號\nA00001,張三豐,男,X1,1\n");
  g_autoptr (JkReport) one = jk_report_new ();
  g_autoptr (JkReport) two = jk_report_new ();
  g_autoptr (JkReport) three = jk_report_new ();

  assert_null (parse_as (text, "UTF-16", one));
  check_one_fault (one, "UTF-16", "save it as UTF-8");
  assert_null (parse_as (big5_text, "BIG5", two));
  assert_int_equal (jk_report_get_n_faults (two), 1);
  g_autofree char *said = jk_report_dup_text (two);
  assert_non_null (strstr (said, "UTF-8"));
  text[strlen (text) / 2] = '\xff';
  assert_null (parse (text, three));
  check_one_fault (three, "line 16", "no UTF-8 text has there");
}

static void
a_table_of_other_things_in_gb18030_is_refused_once (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (parse_as ("科目,教师\n语文,张三\n", "GB18030", report));
  check_one_fault (report, "no heading of a roster", "save it as UTF-8");
}

/* All of domain.md section 4.11, and what a session does not need of it. */
static void
columns_that_are_not_needed_leave_no_trace (void **state)
{
  static const char full[] =
      "*姓名,*证件类型,*身份证号,性别,民族,*文化程度,*手机号码,*考生申报条件,*考生来源,工作单位,*"
      "通讯地址,"
      "本职业工作年限,邮箱,原证书号,原职业（工种）,理论,实操,综合,外语,*考生证照,准考证号,考场号,"
      "座位号\n"
      "安知行,居民身份证,110108190001010019,男,汉族,大专,13800000000,4-(1),社会考生,某公司,某路 1 "
      "号,"
      "2,a@example.com,1401001002400123,话务员,新考,补考,新考,新考,x.jpg,2101050340101012,01,01\n";
  g_autoptr (JkReport) one = jk_report_new ();
  g_autoptr (JkReport) two = jk_report_new ();
  g_autoptr (JkRoster) roster = parse (full, one);
  g_autoptr (JkRoster) plain = parse (HEADING GOOD, two);

  assert_int_equal (jk_report_get_n (one), 1); /* the age */
  check_same (roster, plain);
}

/* No truncation and no single changed byte of a roster in either encoding harms, and each either
 * gives rows that are valid or a report that says why not. */
static void
hostile_rosters_never_harm (void **state)
{
  static const char text[] =
      "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件,延时,本职业工作年限,报名日期\n"
      "A00001,安知行,男,护照,X0000001,01,01,4-(1),30,1,2021-04-11\n"
      "A00002,𠮷娉,女,护照,X0000002,01,02,4-(3),,2年,2021/4/1\n";
  gsize size;
  g_autofree char *encoded = g_convert (text, -1, "GB18030", "UTF-8", NULL, &size, NULL);
  g_autoptr (JkPlan) plan = load_plan ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (2);

  for (guint round = 0; round < 4000; round++) {
    gboolean is_encoded = round % 2 == 0;
    gsize all = is_encoded ? size : strlen (text);
    g_autofree guint8 *copy = g_memdup2 (is_encoded ? encoded : text, all);
    gsize length = round % 3 == 0 ? (gsize) g_rand_int_range (chance, 0, (gint32) all) : all;
    for (gint n = g_rand_int_range (chance, 0, 4); n > 0 && length > 0; n--)
      copy[g_rand_int_range (chance, 0, (gint32) length)] = (guint8) g_rand_int (chance);
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GBytes) bytes = g_bytes_new (copy, length);
    g_autoptr (JkRoster) roster =
        jk_roster_parse ("r.csv", bytes, plan, 4, TODAY, 20210411, report);
    if (roster == NULL)
      assert_true (jk_report_get_n_faults (report) > 0);
    for (guint i = 0; roster != NULL && i < jk_roster_get_n (roster); i++) {
      const JkRosterRow *row = jk_roster_get (roster, i);
      assert_true (g_utf8_validate (row->name, -1, NULL));
      assert_true (*row->id_number != '\0' && row->extra_min <= 180);
      assert_true (*row->path == '\0' || jk_plan_find_path (plan, row->path) != NULL);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_shipped_roster_has_no_fault),
    cmocka_unit_test (halls_are_sorted_and_each_there_once),
    cmocka_unit_test (a_missing_hall_column_means_hall_01),
    cmocka_unit_test (without_a_plan_any_path_stands),
    cmocka_unit_test (a_table_without_a_usable_row_is_no_roster),
    cmocka_unit_test (too_many_halls_are_a_fault),
    cmocka_unit_test (gb18030_gives_the_same_roster_and_says_so),
    cmocka_unit_test (twins_in_both_encodings_are_identical),
    cmocka_unit_test (what_is_no_roster_in_either_encoding_is_refused),
    cmocka_unit_test (a_table_of_other_things_in_gb18030_is_refused_once),
    cmocka_unit_test (columns_that_are_not_needed_leave_no_trace),
    cmocka_unit_test (hostile_rosters_never_harm),
  };
  return cmocka_run_group_tests_name ("roster", tests, NULL, NULL);
}
