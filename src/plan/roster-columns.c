/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-columns.c: headings in Chinese, in the abbreviations of exam files, and in English.
 */
#include "plan/roster-columns.h"

#include <string.h>

typedef struct {
  const char *name;
  JkRosterColumn column;
} Heading;

#define UNUSED JK_N_COLUMNS /* known, and no business of a session */

/* In plain form (see plain_heading). The first of a column is the one messages use. */
static const Heading headings[] = {
  { "准考证号", JK_COLUMN_ADMISSION },
  { "zkzh", JK_COLUMN_ADMISSION },
  { "准考证号码", JK_COLUMN_ADMISSION },
  { "准考证", JK_COLUMN_ADMISSION },
  { "考号", JK_COLUMN_ADMISSION },
  { "admission", JK_COLUMN_ADMISSION },
  { "admissionnumber", JK_COLUMN_ADMISSION },
  { "姓名", JK_COLUMN_NAME },
  { "xm", JK_COLUMN_NAME },
  { "考生姓名", JK_COLUMN_NAME },
  { "name", JK_COLUMN_NAME },
  { "性别", JK_COLUMN_SEX },
  { "xb", JK_COLUMN_SEX },
  { "sex", JK_COLUMN_SEX },
  { "gender", JK_COLUMN_SEX },
  { "出生日期", JK_COLUMN_BIRTH },
  { "csrq", JK_COLUMN_BIRTH },
  { "出生年月日", JK_COLUMN_BIRTH },
  { "birth", JK_COLUMN_BIRTH },
  { "birthday", JK_COLUMN_BIRTH },
  { "证件类型", JK_COLUMN_ID_KIND },
  { "zjlx", JK_COLUMN_ID_KIND },
  { "证件种类", JK_COLUMN_ID_KIND },
  { "idtype", JK_COLUMN_ID_KIND },
  { "证件号码", JK_COLUMN_ID_NUMBER },
  { "证件号", JK_COLUMN_ID_NUMBER },
  { "身份证号", JK_COLUMN_ID_NUMBER },
  { "身份证号码", JK_COLUMN_ID_NUMBER },
  { "zjhm", JK_COLUMN_ID_NUMBER },
  { "sfzh", JK_COLUMN_ID_NUMBER },
  { "idnumber", JK_COLUMN_ID_NUMBER },
  { "考场号", JK_COLUMN_HALL },
  { "考场", JK_COLUMN_HALL },
  { "kch", JK_COLUMN_HALL },
  { "机房", JK_COLUMN_HALL },
  { "hall", JK_COLUMN_HALL },
  { "座位号", JK_COLUMN_SEAT },
  { "机位号", JK_COLUMN_SEAT },
  { "座号", JK_COLUMN_SEAT },
  { "机号", JK_COLUMN_SEAT },
  { "zwh", JK_COLUMN_SEAT },
  { "seat", JK_COLUMN_SEAT },
  { "申报条件", JK_COLUMN_PATH },
  { "考生申报条件", JK_COLUMN_PATH },
  { "sbtj", JK_COLUMN_PATH },
  { "path", JK_COLUMN_PATH },
  { "延时", JK_COLUMN_EXTRA },
  { "加时", JK_COLUMN_EXTRA },
  { "延时分钟", JK_COLUMN_EXTRA },
  { "加时分钟", JK_COLUMN_EXTRA },
  { "ys", JK_COLUMN_EXTRA },
  { "extra", JK_COLUMN_EXTRA },
  { "extramin", JK_COLUMN_EXTRA },
  { "本职业工作年限", JK_COLUMN_YEARS },
  { "工作年限", JK_COLUMN_YEARS },
  { "gznx", JK_COLUMN_YEARS },
  { "years", JK_COLUMN_YEARS },
  { "workyears", JK_COLUMN_YEARS },
  { "原证书号", JK_COLUMN_CERTIFICATE },
  { "原证书编号", JK_COLUMN_CERTIFICATE },
  { "原证书号码", JK_COLUMN_CERTIFICATE },
  { "yzsh", JK_COLUMN_CERTIFICATE },
  { "certificate", JK_COLUMN_CERTIFICATE },
  { "certificatenumber", JK_COLUMN_CERTIFICATE },
  { "报名日期", JK_COLUMN_REGISTERED },
  { "报名时间", JK_COLUMN_REGISTERED },
  { "bmrq", JK_COLUMN_REGISTERED },
  { "registered", JK_COLUMN_REGISTERED },
  { "registrationdate", JK_COLUMN_REGISTERED },
  { "民族", UNUSED },
  { "mz", UNUSED },
  { "ethnicity", UNUSED },
  { "文化程度", UNUSED },
  { "学历", UNUSED },
  { "whcd", UNUSED },
  { "xl", UNUSED },
  { "education", UNUSED },
  { "手机号码", UNUSED },
  { "手机号", UNUSED },
  { "手机", UNUSED },
  { "联系电话", UNUSED },
  { "电话", UNUSED },
  { "sjhm", UNUSED },
  { "sjh", UNUSED },
  { "lxdh", UNUSED },
  { "mobile", UNUSED },
  { "phone", UNUSED },
  { "考生来源", UNUSED },
  { "ksly", UNUSED },
  { "source", UNUSED },
  { "工作单位", UNUSED },
  { "单位", UNUSED },
  { "gzdw", UNUSED },
  { "employer", UNUSED },
  { "通讯地址", UNUSED },
  { "通信地址", UNUSED },
  { "联系地址", UNUSED },
  { "txdz", UNUSED },
  { "address", UNUSED },
  { "邮箱", UNUSED },
  { "电子邮箱", UNUSED },
  { "电子邮件", UNUSED },
  { "yx", UNUSED },
  { "dzyx", UNUSED },
  { "email", UNUSED },
  { "原职业工种", UNUSED },
  { "原职业", UNUSED },
  { "原工种", UNUSED },
  { "yzy", UNUSED },
  { "yzygz", UNUSED },
  { "previousoccupation", UNUSED },
  { "理论", UNUSED },
  { "理论新考补考", UNUSED },
  { "理论考试类型", UNUSED },
  { "ll", UNUSED },
  { "theory", UNUSED },
  { "实操", UNUSED },
  { "实操新考补考", UNUSED },
  { "实操考试类型", UNUSED },
  { "sc", UNUSED },
  { "practical", UNUSED },
  { "综合", UNUSED },
  { "综合新考补考", UNUSED },
  { "综合考试类型", UNUSED },
  { "zh", UNUSED },
  { "review", UNUSED },
  { "外语", UNUSED },
  { "外语新考补考", UNUSED },
  { "外语考试类型", UNUSED },
  { "wy", UNUSED },
  { "foreignlanguage", UNUSED },
  { "新考补考", UNUSED },
  { "考试类型", UNUSED },
  { "kslx", UNUSED },
  { "examtype", UNUSED },
  { "考生证照", UNUSED },
  { "证照", UNUSED },
  { "照片", UNUSED },
  { "证件照", UNUSED },
  { "zp", UNUSED },
  { "kszz", UNUSED },
  { "photo", UNUSED },
  { "批次号", UNUSED },
  { "批次", UNUSED },
  { "pch", UNUSED },
  { "batch", UNUSED },
  { "报名号", UNUSED },
  { "bmh", UNUSED },
  { "registrationnumber", UNUSED },
  { "序号", UNUSED },
  { "xh", UNUSED },
  { "no", UNUSED },
  { "备注", UNUSED },
  { "bz", UNUSED },
  { "remarks", UNUSED },
};

/* Small letters without blanks and signs, and without the word that marks a column of a form as
 * needed or not; NFKC was done by JkCsv. */
static char *
plain_heading (const char *heading)
{
  static const char *const marks[] = { "必填", "选填" };
  char *plain = g_ascii_strdown (heading, -1);
  char *end = plain;

  for (const char *at = plain; *at != '\0'; at++) {
    if (!g_ascii_isspace (*at) && !g_ascii_ispunct (*at))
      *end++ = *at;
  }
  *end = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (g_str_has_suffix (plain, marks[i]))
      plain[strlen (plain) - strlen (marks[i])] = '\0';
  }
  return plain;
}

/* -1 when the heading is not known. */
static gint
find_column (const char *heading)
{
  g_autofree char *plain = plain_heading (heading);
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++) {
    if (g_str_equal (plain, headings[i].name))
      return (gint) headings[i].column;
  }
  return -1;
}

/* FALSE when the column was there before. */
static gboolean
take_heading (JkRosterColumns *self, const JkCsv *csv, guint at, JkReport *report)
{
  const char *heading = jk_csv_get_heading (csv, at);
  gint column = find_column (heading);

  if (column < 0) {
    g_autofree char *found = g_strdup_printf ("the column “%s”", heading);
    jk_report_add (report,
                   JK_FINDING_NOTICE,
                   jk_csv_get_file (csv),
                   "row 1",
                   found,
                   "the headings of a roster",
                   "it is not used");
    return TRUE;
  }
  if (column == UNUSED)
    return TRUE;
  if (self->at[column] >= 0) {
    jk_report_fault_at_row (report,
                            jk_csv_get_file (csv),
                            1,
                            "one column for one thing",
                            "delete one of the columns",
                            "the columns “%s” and “%s”, which mean the same",
                            jk_csv_get_heading (csv, (guint) self->at[column]),
                            heading);
    return FALSE;
  }
  self->at[column] = (gint) at;
  return TRUE;
}

gboolean
jk_roster_columns_find (const JkCsv *csv, JkReport *report, JkRosterColumns *out_columns)
{
  static const JkRosterColumn needed[] = {
    JK_COLUMN_ADMISSION,
    JK_COLUMN_NAME,
    JK_COLUMN_ID_NUMBER,
    JK_COLUMN_SEAT,
  };
  g_return_val_if_fail (csv != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);
  g_return_val_if_fail (out_columns != NULL, FALSE);

  JkRosterColumns self;
  gboolean is_good = TRUE;
  for (guint i = 0; i < JK_N_COLUMNS; i++)
    self.at[i] = -1;
  for (guint i = 0; i < jk_csv_get_n_columns (csv); i++) {
    if (!take_heading (&self, csv, i, report))
      is_good = FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    if (self.at[needed[i]] >= 0)
      continue;
    jk_report_fault_at_row (report,
                            jk_csv_get_file (csv),
                            1,
                            "a heading row with 准考证号, 姓名, 证件号码 and 座位号",
                            "add the column or correct its heading",
                            "no column “%s”",
                            jk_roster_column_get_name (needed[i]));
    is_good = FALSE;
  }
  if (is_good)
    *out_columns = self;
  return is_good;
}

gboolean
jk_roster_columns_is_any_known (const JkCsv *csv)
{
  g_return_val_if_fail (csv != NULL, FALSE);

  for (guint i = 0; i < jk_csv_get_n_columns (csv); i++) {
    if (find_column (jk_csv_get_heading (csv, i)) >= 0)
      return TRUE;
  }
  return FALSE;
}

const char *
jk_roster_columns_get_cell (const JkRosterColumns *self,
                            const JkCsv *csv,
                            guint row,
                            JkRosterColumn column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (csv != NULL, NULL);
  g_return_val_if_fail (column < JK_N_COLUMNS, NULL);

  return self->at[column] < 0 ? NULL : jk_csv_get_cell (csv, row, (guint) self->at[column]);
}

const char *
jk_roster_column_get_name (JkRosterColumn column)
{
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++) {
    if (headings[i].column == column)
      return headings[i].name;
  }
  g_return_val_if_reached ("");
}
