/* SPDX-License-Identifier: Apache-2.0 */
/* plan/policy.h: the rules of a session (domain.md section 4.5), each a field and none a constant.
 *
 * A key file with the one group [policy]; its text travels in the session file and is printed as
 * 本场规则. */
#pragma once

#include "base/report.h"

/* When a sitting ends. */
typedef enum {
  JK_END_OWN,    /* when its own time is used up */
  JK_END_COMMON, /* and no later than the hall, whose end the console says */
} JkEnd;

typedef struct {
  guint latest_entry_min;          /* after the start; later needs an order */
  guint absent_after_min;          /* not logged in by then: absent */
  guint earliest_hand_in_min;      /* after the start */
  guint last_minutes_need_consent; /* 0: off */
  guint warn_at_min[8];            /* descending, n_warn of them */
  guint n_warn;
  guint gap_each_max_s;   /* one interruption that resumes by itself */
  guint gaps_total_max_s; /* all of them */
  guint restarts_max;
  guint pass_percent; /* of the full marks */
  guint reading_s;    /* countdown on the rules */
  guint login_tries;  /* wrong log-ins before a wait */
  guint login_wait_s; /* the first wait; it doubles */
  guint login_wait_max_s;
  gboolean show_score; /* after the hand-in */
  JkEnd end;
  guint login_opens_min;   /* before the start */
  guint window_min;        /* a date further from the start than this is taken for a wrong one */
  gint zone_min;           /* of the start's hour, east of UTC; 480 in China */
  gboolean late_shortens;  /* who comes late gets so much less (迟到不延长考试时间) */
  guint extension_max_min; /* all extensions of one candidate together; 0: none may be given */
  guint credit_max_min;    /* all lost time given back to one candidate; 0: none may be */
  guint copy_age_max_s;    /* an older copy off a dead PC goes on by two signers only */
  gboolean screen_reader;  /* the accessibility bus is on at every seat, not only where a candidate
                              asks for it; FALSE when the key is not there */
} JkPolicy;

/* Reads and checks; FALSE when report got a fault. */
gboolean
jk_policy_parse (const char *file, const char *text, JkReport *report, JkPolicy *out_policy);
