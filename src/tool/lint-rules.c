/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-rules.c: each rule of the policy against the length of the exam and the others. */
#include "tool/lint-rules.h"

#define S_PER_MIN 60u
#define MS_PER_S 1000
#define EARLIEST_HOUR 6
#define LATEST_HOUR 22
#define ADVICE "correct the policy and build the session again"

static void add (const JkLintRules *self,
                 JkReport *report,
                 JkFindingKind kind,
                 const char *key,
                 const char *expected,
                 const char *advice,
                 const char *format,
                 ...) G_GNUC_PRINTF (7, 8);

static void
add (const JkLintRules *self,
     JkReport *report,
     JkFindingKind kind,
     const char *key,
     const char *expected,
     const char *advice,
     const char *format,
     ...)
{
  g_autofree char *found = NULL;
  va_list arguments;

  va_start (arguments, format);
  found = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  jk_report_add (report, kind, self->file, key, found, expected, advice);
}

/* A time of at most max minutes of an exam that lasts duration_min. */
static void
check_within (const JkLintRules *self, JkReport *report, const char *key, guint minutes, guint max)
{
  if (minutes <= max)
    return;
  add (self,
       report,
       JK_FINDING_FAULT,
       key,
       "a time within the exam",
       ADVICE,
       "%u minutes in an exam of %u",
       minutes,
       self->duration_min);
}

static void
check_lengths (const JkLintRules *self, JkReport *report)
{
  const JkPolicy *policy = self->policy;
  guint duration = self->duration_min;
  guint last = duration > 0 ? duration - 1 : 0;

  check_within (self, report, "latest-entry-min", policy->latest_entry_min, last);
  check_within (self, report, "absent-after-min", policy->absent_after_min, duration);
  check_within (self, report, "earliest-hand-in-min", policy->earliest_hand_in_min, duration);
  check_within (self,
                report,
                "last-minutes-need-consent",
                policy->last_minutes_need_consent,
                duration);
  for (guint n = 0; n < policy->n_warn; n++)
    check_within (self, report, "warn-at-min", policy->warn_at_min[n], last);
}

static void
check_order (const JkLintRules *self, JkReport *report)
{
  const JkPolicy *policy = self->policy;
  guint duration = self->duration_min;

  if (policy->absent_after_min < policy->latest_entry_min)
    add (self,
         report,
         JK_FINDING_FAULT,
         "absent-after-min",
         "nobody to be absent while entry is open",
         ADVICE,
         "absent after %u minutes, entry up to %u",
         policy->absent_after_min,
         policy->latest_entry_min);
  if (policy->earliest_hand_in_min < policy->latest_entry_min)
    add (self,
         report,
         JK_FINDING_NOTICE,
         "earliest-hand-in-min",
         "nobody to leave before the last may come in",
         "make the hand-in later or the entry earlier, or keep those who hand in inside",
         "hand-in after %u minutes, entry up to %u",
         policy->earliest_hand_in_min,
         policy->latest_entry_min);
  if (policy->earliest_hand_in_min <= duration && policy->last_minutes_need_consent <= duration &&
      policy->earliest_hand_in_min + policy->last_minutes_need_consent >= duration)
    add (self,
         report,
         JK_FINDING_NOTICE,
         "earliest-hand-in-min",
         "some minutes in which candidates may hand in by themselves",
         "make one of the two shorter, if that is not meant",
         "hand-in after %u minutes, the last %u with consent only, in an exam of %u",
         policy->earliest_hand_in_min,
         policy->last_minutes_need_consent,
         duration);
  if (policy->gaps_total_max_s > duration * S_PER_MIN)
    add (self,
         report,
         JK_FINDING_NOTICE,
         "gaps-total-max-s",
         "interruptions that resume by themselves to be shorter than the exam",
         "make it shorter, if that is not meant",
         "%u seconds in an exam of %u minutes",
         policy->gaps_total_max_s,
         duration);
}

static void
check_day (const JkLintRules *self, JkReport *report, GDateTime *starts)
{
  g_autoptr (GDateTime) ends = g_date_time_add_minutes (starts, (gint) self->duration_min);
  guint day =
      (guint) (g_date_time_get_year (starts) * 10000 + g_date_time_get_month (starts) * 100 +
               g_date_time_get_day_of_month (starts));

  if (g_date_time_to_unix (starts) < self->now_ms / MS_PER_S)
    add (self,
         report,
         JK_FINDING_NOTICE,
         "starts",
         "a start that is still to come",
         "check the date of the session, and the clock of this PC",
         "%s, which is past",
         self->starts);
  if (self->plan_date != 0 && day != self->plan_date)
    add (self,
         report,
         JK_FINDING_NOTICE,
         "starts",
         "the day that the plan has",
         "check the date, or have the plan changed",
         "%s, where the plan has %u",
         self->starts,
         self->plan_date);
  if (g_date_time_get_hour (starts) < EARLIEST_HOUR || g_date_time_get_hour (ends) >= LATEST_HOUR ||
      g_date_time_get_day_of_month (ends) != g_date_time_get_day_of_month (starts))
    add (self,
         report,
         JK_FINDING_NOTICE,
         "starts",
         "an exam between 06:00 and 22:00",
         "check the hour",
         "%s, ending at %02d:%02d",
         self->starts,
         g_date_time_get_hour (ends),
         g_date_time_get_minute (ends));
}

void
jk_lint_rules_check (const JkLintRules *self, JkReport *report)
{
  g_return_if_fail (self != NULL && report != NULL);

  g_autofree char *text = g_strconcat (self->starts, ":00", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) starts = g_date_time_new_from_iso8601 (text, zone);

  check_lengths (self, report);
  check_order (self, report);
  if (starts != NULL)
    check_day (self, report, starts);
  else
    add (self,
         report,
         JK_FINDING_FAULT,
         "starts",
         "day and hour as 2021-04-24T09:00",
         "correct session.ini and build the session again",
         "“%s”",
         self->starts);
}
