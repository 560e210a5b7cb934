/* SPDX-License-Identifier: Apache-2.0 */
/* session/entry.c: the hours of a log-in (domain.md section 4.5). Forbidden here: the clock. */
#include "session/entry.h"

#include <string.h>

#define MS_PER_MIN 60000

static const char start_form[] = "0000-00-00T00:00";

gboolean
jk_entry_parse_start (const char *starts, gint zone_min, gint64 *out_start_ms)
{
  if (strlen (starts) != sizeof start_form - 1)
    return FALSE;
  for (gsize i = 0; i < sizeof start_form - 1; i++) {
    if (start_form[i] == '0' ? !g_ascii_isdigit (starts[i]) : starts[i] != start_form[i])
      return FALSE;
  }
  gint year = (gint) g_ascii_strtoull (starts, NULL, 10);
  gint month = (gint) g_ascii_strtoull (starts + 5, NULL, 10);
  gint day = (gint) g_ascii_strtoull (starts + 8, NULL, 10);
  gint hour = (gint) g_ascii_strtoull (starts + 11, NULL, 10);
  gint minute = (gint) g_ascii_strtoull (starts + 14, NULL, 10);

  g_autoptr (GDateTime) start = g_date_time_new_utc (year, month, day, hour, minute, 0);
  if (start == NULL)
    return FALSE;
  *out_start_ms = g_date_time_to_unix (start) * 1000 - (gint64) zone_min * MS_PER_MIN;
  return TRUE;
}

static JkEntry
judge_hour (const JkPolicy *policy, const JkEntryVerdict *verdict, const JkEntryOrders *orders)
{
  gint64 off_ms = verdict->off_ms;

  if (orders->outside)
    return JK_ENTRY_OPEN;
  if (verdict->is_date_wrong)
    return JK_ENTRY_DATE_IS_WRONG;
  if (off_ms < -(gint64) policy->login_opens_min * MS_PER_MIN)
    return JK_ENTRY_TOO_EARLY;
  if (orders->late || off_ms < MS_PER_MIN)
    return JK_ENTRY_OPEN;
  if (off_ms / MS_PER_MIN > (gint64) policy->latest_entry_min)
    return JK_ENTRY_TOO_LATE_NEEDS_ORDER;
  return policy->late_shortens ? JK_ENTRY_LATE_NEEDS_ORDER : JK_ENTRY_OPEN;
}

void
jk_entry_judge (const JkPolicy *policy,
                gint64 start_ms,
                gint64 wall_ms,
                const JkEntryOrders *orders,
                JkEntryVerdict *out_verdict)
{
  gint64 window_ms = (gint64) policy->window_min * MS_PER_MIN;
  JkEntryVerdict verdict = { .off_ms = wall_ms - start_ms };

  verdict.is_date_wrong = verdict.off_ms < -window_ms || verdict.off_ms > window_ms;
  verdict.is_absent_hour = verdict.off_ms >= (gint64) policy->absent_after_min * MS_PER_MIN;
  verdict.entry = judge_hour (policy, &verdict, orders);
  if (verdict.entry == JK_ENTRY_TOO_EARLY)
    verdict.opens_in_ms =
        (guint64) (-verdict.off_ms - (gint64) policy->login_opens_min * MS_PER_MIN);
  *out_verdict = verdict;
}

char *
jk_entry_dup_sentence (const JkEntryVerdict *verdict, const char *starts)
{
  gint64 minutes = verdict->off_ms / MS_PER_MIN;

  switch (verdict->entry) {
  case JK_ENTRY_OPEN:
    return g_strdup ("Log-in is open.");
  case JK_ENTRY_TOO_EARLY:
    return g_strdup_printf ("This session starts at %s; log-in opens in %" G_GUINT64_FORMAT
                            " min by the clock of this PC; wait, or, when that clock is wrong, "
                            "have two proctors order “open-outside”.",
                            starts,
                            (verdict->opens_in_ms + MS_PER_MIN - 1) / MS_PER_MIN);
  case JK_ENTRY_LATE_NEEDS_ORDER:
    return g_strdup_printf ("This session started at %s, %" G_GINT64_FORMAT
                            " min ago by the clock of this PC; raise your hand: a proctor orders "
                            "“late” with the minutes that count.",
                            starts,
                            minutes);
  case JK_ENTRY_TOO_LATE_NEEDS_ORDER:
    return g_strdup_printf ("This session started at %s, %" G_GINT64_FORMAT
                            " min ago by the clock of this PC, which is later than its rules let "
                            "anybody in; where the session was moved, load its amendment; else "
                            "only a proctor's order “late” overrules it.",
                            starts,
                            minutes);
  case JK_ENTRY_DATE_IS_WRONG:
    return g_strdup_printf (
        "This session starts at %s, and the clock of this PC is far from it; "
        "where the session was moved to another date, load its amendment; where "
        "the clock is wrong, set it, or have two proctors order "
        "“open-outside”.",
        starts);
  }
  g_return_val_if_reached (g_strdup (""));
}
