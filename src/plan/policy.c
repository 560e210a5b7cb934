/* SPDX-License-Identifier: Apache-2.0 */
/* plan/policy.c: reads the rules of a session; each must be written down, and none but
 * screen-reader has a default. */
#include "plan/policy.h"
#include "base/ini.h"
#include "base/number.h"

#include <string.h>

#define MINUTES_MAX 1440
#define SECONDS_MAX 86400
#define WINDOW_MAX (30 * MINUTES_MAX)
#define ZONE_MAX (14 * 60)

static const char group[] = "policy";

static guint
read_number (JkIni *ini, const char *key, gint64 min, gint64 max)
{
  return (guint) jk_ini_get_integer (ini, group, key, min, max);
}

static void
read_warnings (JkIni *ini, JkPolicy *policy)
{
  static const char key[] = "warn-at-min";
  static const char expected[] =
      "one to eight numbers of minutes, each smaller than the one before";
  g_auto (GStrv) list = jk_ini_dup_list (ini, group, key);
  guint n = g_strv_length (list);

  if (n > G_N_ELEMENTS (policy->warn_at_min)) {
    jk_ini_fault (ini, group, key, expected, "%u numbers", n);
    return;
  }
  for (guint i = 0; i < n; i++) {
    gint64 minutes = 0;
    if (!jk_number_parse (list[i], 1, MINUTES_MAX, &minutes)) {
      jk_ini_fault (ini, group, key, expected, "“%s”", list[i]);
      return;
    }
    if (i > 0 && minutes >= policy->warn_at_min[i - 1]) {
      jk_ini_fault (ini, group, key, expected, "“%s” after “%s”", list[i], list[i - 1]);
      return;
    }
    policy->warn_at_min[i] = (guint) minutes;
  }
  policy->n_warn = n;
}

static void
check_order (JkIni *ini, const char *small_key, guint small, const char *large_key, guint large)
{
  if (small > large)
    jk_ini_fault (ini,
                  group,
                  small_key,
                  "rules that do not contradict each other",
                  "%s = %u, more than %s = %u",
                  small_key,
                  small,
                  large_key,
                  large);
}

static void
check_rules (JkIni *ini, const JkPolicy *policy)
{
  check_order (ini,
               "latest-entry-min",
               policy->latest_entry_min,
               "absent-after-min",
               policy->absent_after_min);
  check_order (ini,
               "gap-each-max-s",
               policy->gap_each_max_s,
               "gaps-total-max-s",
               policy->gaps_total_max_s);
  check_order (ini,
               "login-wait-s",
               policy->login_wait_s,
               "login-wait-max-s",
               policy->login_wait_max_s);
  check_order (ini, "absent-after-min", policy->absent_after_min, "window-min", policy->window_min);
  check_order (ini, "login-opens-min", policy->login_opens_min, "window-min", policy->window_min);
}

static gboolean
read_flag (JkIni *ini, const char *key)
{
  if (!jk_ini_has (ini, group, key))
    jk_ini_fault (ini, group, key, "true or false", "no key “%s” in the group [%s]", key, group);
  return jk_ini_get_boolean (ini, group, key, FALSE);
}

static JkEnd
read_end (JkIni *ini)
{
  static const char key[] = "end";
  g_autofree char *end = jk_ini_dup_text (ini, group, key);

  if (g_str_equal (end, "common"))
    return JK_END_COMMON;
  if (*end != '\0' && !g_str_equal (end, "own"))
    jk_ini_fault (ini, group, key, "own or common", "end = %s", end);
  return JK_END_OWN;
}

gboolean
jk_policy_parse (const char *file, const char *text, JkReport *report, JkPolicy *out_policy)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);
  g_return_val_if_fail (out_policy != NULL, FALSE);

  guint n_faults = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  if (ini == NULL)
    return FALSE;

  JkPolicy policy = {
    .latest_entry_min = read_number (ini, "latest-entry-min", 0, MINUTES_MAX),
    .absent_after_min = read_number (ini, "absent-after-min", 0, MINUTES_MAX),
    .earliest_hand_in_min = read_number (ini, "earliest-hand-in-min", 0, MINUTES_MAX),
    .last_minutes_need_consent = read_number (ini, "last-minutes-need-consent", 0, MINUTES_MAX),
    .gap_each_max_s = read_number (ini, "gap-each-max-s", 0, SECONDS_MAX),
    .gaps_total_max_s = read_number (ini, "gaps-total-max-s", 0, SECONDS_MAX),
    .restarts_max = read_number (ini, "restarts-max", 0, 100),
    .pass_percent = read_number (ini, "pass-mark", 1, 100),
    .reading_s = read_number (ini, "reading-s", 0, 3600),
    .login_tries = read_number (ini, "login-tries", 1, 100),
    .login_wait_s = read_number (ini, "login-wait-s", 0, SECONDS_MAX),
    .login_wait_max_s = read_number (ini, "login-wait-max-s", 0, SECONDS_MAX),
    .show_score = read_flag (ini, "show-score"),
    .end = read_end (ini),
    .login_opens_min = read_number (ini, "login-opens-min", 0, MINUTES_MAX),
    .window_min = read_number (ini, "window-min", 0, WINDOW_MAX),
    .zone_min = (gint) jk_ini_get_integer (ini, group, "zone-min", -ZONE_MAX, ZONE_MAX),
    .late_shortens = read_flag (ini, "late-shortens"),
    .extension_max_min = read_number (ini, "extension-max-min", 0, MINUTES_MAX),
    .credit_max_min = read_number (ini, "credit-max-min", 0, MINUTES_MAX),
    .copy_age_max_s = read_number (ini, "copy-age-max-s", 0, SECONDS_MAX),
    .screen_reader = jk_ini_get_boolean (ini, group, "screen-reader", FALSE),
  };
  g_autofree char *name = jk_ini_dup_optional_text (ini, group, "name");
  read_warnings (ini, &policy);
  check_rules (ini, &policy);
  jk_ini_finish (ini);
  if (jk_report_get_n_faults (report) != n_faults)
    return FALSE;
  *out_policy = policy;
  return TRUE;
}
