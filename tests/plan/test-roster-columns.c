/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/roster-columns.c */
#include "plan/roster-columns.h"
#include "plan/shipped.h"

static gboolean
find (const char *text, JkReport *report, JkRosterColumns *columns)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JkCsv) csv = jk_csv_parse ("r.csv", bytes, report);
  assert_non_null (csv);
  return jk_roster_columns_find (csv, report, columns);
}

static void
headings_are_chinese_abbreviated_or_english (void **state)
{
  static const char *const tables[] = {
    "准考证号,姓名,性别,出生日期,证件类型,证件号码,考场号,座位号,申报条件,延时,本职业工作年限,"
    "原证书号,报名日期\n",
    "zkzh,xm,xb,csrq,zjlx,zjhm,kch,zwh,path,ys,gznx,yzsh,bmrq\n",
    "admission,name,sex,birth,id_type,id_number,hall,seat,path,extra_min,work_years,certificate,"
    "registered\n",
    "Admission, NAME ,Sex,Birth,ID-Type,ID Number,Hall,Seat,Path,Extra Min,Years,Certificate "
    "Number,Registration Date\n",
    "准考证号码,姓名,性别,出生日期,证件类型,身份证号,考场,机位号,申报条件,延时,本职业工作年限,"
    "原证书号,报名日期\n",
    "ｚｋｚｈ,ｘｍ,ｘｂ,ｃｓｒｑ,ｚｊｌｘ,ｓｆｚｈ,ｋｃｈ,ｚｗｈ,ｐａｔｈ,加时分钟,"
    "工作年限（必填）,*原证书编号,报名时间：\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    JkRosterColumns columns;
    assert_true (find (tables[i], report, &columns));
    assert_int_equal (jk_report_get_n (report), 0);
    for (gint c = 0; c < JK_N_COLUMNS; c++)
      assert_int_equal (columns.at[c], c);
  }
}

static void
every_missing_column_is_named (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkRosterColumns columns;

  assert_false (find ("性别,考场号\n", report, &columns));
  g_autofree char *text = jk_report_dup_text (report);
  assert_int_equal (jk_report_get_n_faults (report), 4);
  assert_non_null (strstr (text, "r.csv: row 1: found no column “准考证号”"));
  assert_non_null (strstr (text, "姓名"));
  assert_non_null (strstr (text, "证件号码"));
  assert_non_null (strstr (text, "座位号"));
}

static void
two_columns_of_one_meaning_are_refused (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkRosterColumns columns;

  assert_false (find ("准考证号,姓名,证件号码,身份证号,座位号\n", report, &columns));
  check_one_fault (report, "“证件号码” and “身份证号”", "one column");
}

static void
an_unknown_column_is_a_notice (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkRosterColumns columns;

  assert_true (find ("准考证号,姓名,证件号码,座位号,血型\n", report, &columns));
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_non_null (strstr (jk_report_get (report, 0)->found, "血型"));
}

static void
columns_no_session_needs_are_known_and_passed_over (void **state)
{
  static const char *const tables[] = {
    "准考证号,姓名,证件号码,座位号,民族,*文化程度,*手机号码,*考生来源,工作单位,*通讯地址,邮箱,"
    "原职业（工种）,理论,实操,综合,外语,*考生证照,批次号,报名号\n",
    "zkzh,xm,zjhm,zwh,mz,whcd,sjhm,ksly,gzdw,txdz,yx,yzy,ll,sc,zh,wy,zp,pch,bmh\n",
    "admission,name,id_number,seat,ethnicity,education,mobile,source,employer,address,e-mail,"
    "previous occupation,theory,practical,review,foreign "
    "language,photo,batch,registration_number\n",
    "准考证号,姓名,证件号码,座位号,理论（新考/补考）,手机号(必填),联系电话,学历,文化程度\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    JkRosterColumns columns;
    assert_true (find (tables[i], report, &columns));
    g_autofree char *text = jk_report_dup_text (report);
    assert_string_equal (text, "");
    for (gint c = 0; c < JK_N_COLUMNS; c++)
      assert_true (columns.at[c] < 4);
  }
}

static void
a_roster_is_known_by_any_heading (void **state)
{
  static const struct {
    const char *text;
    gboolean is_known;
  } tables[] = {
    { "x,姓名\n", TRUE },
    { "民族\n", TRUE },
    { "科目,教师\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GBytes) bytes = g_bytes_new_static (tables[i].text, strlen (tables[i].text));
    g_autoptr (JkCsv) csv = jk_csv_parse ("r.csv", bytes, report);
    assert_int_equal (jk_roster_columns_is_any_known (csv), tables[i].is_known);
  }
}

static void
cells_come_by_column (void **state)
{
  static const char table[] = "座位号,准考证号,姓名,证件号码\n05,A,B,C\n";
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (table, strlen (table));
  g_autoptr (JkCsv) csv = jk_csv_parse ("r.csv", bytes, report);
  JkRosterColumns columns;

  assert_true (jk_roster_columns_find (csv, report, &columns));
  assert_string_equal (jk_roster_columns_get_cell (&columns, csv, 0, JK_COLUMN_SEAT), "05");
  assert_string_equal (jk_roster_columns_get_cell (&columns, csv, 0, JK_COLUMN_ADMISSION), "A");
  assert_null (jk_roster_columns_get_cell (&columns, csv, 0, JK_COLUMN_HALL));
}

static void
every_column_has_a_name (void **state)
{
  for (guint c = 0; c < JK_N_COLUMNS; c++)
    assert_string_not_equal (jk_roster_column_get_name ((JkRosterColumn) c), "");
  assert_string_equal (jk_roster_column_get_name (JK_COLUMN_HALL), "考场号");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (headings_are_chinese_abbreviated_or_english),
    cmocka_unit_test (every_missing_column_is_named),
    cmocka_unit_test (two_columns_of_one_meaning_are_refused),
    cmocka_unit_test (an_unknown_column_is_a_notice),
    cmocka_unit_test (columns_no_session_needs_are_known_and_passed_over),
    cmocka_unit_test (a_roster_is_known_by_any_heading),
    cmocka_unit_test (cells_come_by_column),
    cmocka_unit_test (every_column_has_a_name),
  };
  return cmocka_run_group_tests_name ("roster-columns", tests, NULL, NULL);
}
