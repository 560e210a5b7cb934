/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster.h: the candidates of a session as the office lists them (考生名册).
 *
 * A CSV with the headings of domain.md section 4.11, Chinese or the field abbreviations or English:
 * 准考证号/zkzh/admission, 姓名/xm/name, 性别/xb/sex, 证件类型/zjlx/id_type,
 * 证件号码/身份证号/zjhm/sfzh/ id_number, 考场号/kch/hall, 座位号/zwh/seat, 申报条件/path,
 * 延时/ys/extra_min (minutes). Holds ID
 * numbers in plain memory, wiped when freed; no message ever quotes one. */
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
 * and level when plan is not NULL; sex or birth that contradict the ID number are notices. today as
 * YYYYMMDD. Everything found goes to report; NULL only when no row can be used at all. Use it for
 * building only when report has no fault. */
JkRoster *jk_roster_parse (const char *file,
                           GBytes *bytes,
                           const JkPlan *plan,
                           guint level,
                           guint today,
                           JkReport *report);
void jk_roster_free (JkRoster *self);
guint jk_roster_get_n (const JkRoster *self);
const JkRosterRow *jk_roster_get (const JkRoster *self, guint n);

/* The names of the halls, sorted, each once; zero-terminated; lent. */
const char *const *jk_roster_get_halls (const JkRoster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRoster, jk_roster_free)
