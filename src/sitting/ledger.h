/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/ledger.h: what time a candidate has: allotted, taken, given and lost, as the rows say it
 * (P5). Pure.
 *
 * The own limit is allotted - late + extended + credited. Where the console said when the hall
 * ends, the common limit is what exam time can reach until then: suspends eat it, pauses do not,
 * and all that was given to the candidate, before or after, moves it: the hall's end is one for
 * all. A restart, or another PC, makes it unknown: only the PC's wall clock could tell how long
 * that took. */
#pragma once

#include "sitting/row.h"

/* Gaps while the clock would have run. */
typedef struct {
  guint64 total_ms, longest_ms; /* as claimed */
  guint32 restarts;
} JkGaps;

typedef struct {
  guint64 allotted_ms; /* 0 before STARTED */
  guint64 late_ms, extended_ms, credited_ms;
  guint64 uncredited_ms; /* what gaps took since the last credit */
  JkGaps gaps;
  JkGaps judged; /* since a proctor last released the sitting */
  gboolean has_common_end;
  gint64 common_end_ms; /* exam time that can be reached, before what the candidate was given;
                           negative after a sleep beyond it */
} JkLedger;

/* Extended and credited, together. */
guint64 jk_ledger_get_granted_ms (const JkLedger *self);

/* Exam time at which the candidate's own time is used up. */
guint64 jk_ledger_get_own_limit_ms (const JkLedger *self);

/* The same, or the common limit when it is earlier: at and after it no answer counts. */
guint64 jk_ledger_get_limit_ms (const JkLedger *self);

/* What of the uncredited gaps the hall's end took from allotted - late, less what was credited; 0
 * while it is not known when the hall ends. */
guint64 jk_ledger_get_lost_ms (const JkLedger *self);

/* Takes what a row of this event gave or took. FALSE, and nothing taken, when together it is more
 * than JK_GIVEN_MS_MAX. */
gboolean jk_ledger_take (JkLedger *self, JkEvent event, guint64 ms);

/* Takes a gap in a state; gap->restarts is the new count. A sitting that waits after a move stands
 * still anyway: then only the hall's end comes nearer. */
void jk_ledger_take_gap (JkLedger *self, JkState state, gboolean is_waiting, const JkGap *gap);

/* The console says that left_ms remain, at this exam time. */
void jk_ledger_set_common_end (JkLedger *self, guint64 exam_ms, guint64 left_ms);

/* The gaps so far do not count against the policy any more. */
void jk_ledger_release (JkLedger *self);
