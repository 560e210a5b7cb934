/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster.h: the candidates of a session as the office lists them (考生名册).
 *
 * A CSV in UTF-8 or GB18030 with the headings of domain.md section 4.11 in Chinese, in field
 * abbreviations or in English; blanks, width, case, signs and 必填 in a heading count for nothing:
 *
 * needed    准考证号/zkzh/admission, 姓名/xm/name, 证件号码/身份证号/zjhm/sfzh/id_number,
 *           座位号/zwh/seat
 * used      性别/xb/sex, 出生日期/csrq/birth, 证件类型/zjlx/id_type, 考场号/kch/hall,
 *           申报条件/sbtj/path, 延时/ys/extra_min (minutes)
 * checked   本职业工作年限/gznx/work_years, 原证书号/yzsh/certificate, 报名日期/bmrq/registered:
 *           against plan and deadline, then forgotten
 * left out  民族, 文化程度, 手机号码, 考生来源, 工作单位, 通讯地址, 邮箱, 原职业(工种), 理论, 实操,
 *           综合, 外语 (新考/补考), 考生证照 and the like: not looked at, so never carried further
 *
 * Holds ID numbers in plain memory, wiped when freed; no message ever quotes one. */
#pragma once

#include "base/id-number.h"
#include "plan/plan.h"

typedef struct {
  /* Owned by the roster */
  const char *admission; /* canonical, 6 to 24 of [0-9A-Z], unique */
  const char *name;
  const char *id_number; /* canonical */
  const char *hall;      /* unique with seat */
  const char *seat;
  const char *path; /* "" when the column is missing */
  /* Plain */
  JkIdKind id_kind;
  char sex;          /* 'M', 'F', or 0 when unknown */
  guint16 extra_min; /* extra time granted; 0 to JK_EXTRA_MINUTES_MAX */
  guint row_number;  /* as a spreadsheet shows it */
} JkRosterRow;

typedef struct _JkRoster JkRoster;

/* Reads and checks every row: numbers, duplicates (admission, ID, seat), eligibility path of plan
 * and level when plan is not NULL, registration until deadline (0: none applies); sex, birth, age
 * or place of birth that are worth a question are notices (see plan/eligibility.h for more). today
 * and deadline as YYYYMMDD. GB18030 is read too, with a notice that shows a name. Everything found
 * goes to report; NULL only when no row can be used at all. Use it for building only when report
 * has no fault. */
JkRoster *jk_roster_parse (const char *file,
                           GBytes *bytes,
                           const JkPlan *plan,
                           guint level,
                           guint today,
                           guint deadline,
                           JkReport *report);
void jk_roster_free (JkRoster *self);
guint jk_roster_get_n (const JkRoster *self);
const JkRosterRow *jk_roster_get (const JkRoster *self, guint n);

/* The names of the halls, sorted, each once; zero-terminated; lent. */
const char *const *jk_roster_get_halls (const JkRoster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRoster, jk_roster_free)
