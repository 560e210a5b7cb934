/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-table.h: a roster of the plan that ships, for the tests of its parts. Its people are
 * born in 1900, so nobody lives who has their numbers, and their age is a notice of its own. */
#pragma once

#include "plan/roster.h"
#include "plan/shipped.h"

#define HEADING "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n"
#define GOOD "2101050340101012,安知行,男,居民身份证,110108190001010019,01,01,4-(1)\n"
#define TODAY 20210424

static inline JkPlan *
load_plan (void)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  return jk_plan_parse (PLAN_FILE, text, report);
}

static inline JkRoster *
parse_bytes (const char *text, gsize size, guint level, guint deadline, JkReport *report)
{
  g_autoptr (JkPlan) plan = load_plan ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  assert_non_null (plan);
  return jk_roster_parse ("r.csv", bytes, plan, level, TODAY, deadline, report);
}

/* A roster of level 4 without a deadline. */
static inline JkRoster *
parse (const char *text, JkReport *report)
{
  return parse_bytes (text, strlen (text), 4, 0, report);
}

/* No message may hold any of the ID numbers of these tests. */
static inline void
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
