/* SPDX-License-Identifier: Apache-2.0 */
/* session/entry.h: whether a candidate may log in at this hour. Pure: no clock, no disk.
 *
 * What hour it is no PC knows (P5). So nothing here forbids: each answer but OPEN names the order
 * that overrules it, and an hour that cannot be is taken for a wrong clock. */
#pragma once

#include "plan/policy.h"

typedef enum {
  JK_ENTRY_OPEN,
  JK_ENTRY_TOO_EARLY,            /* log-in opens later; "open-outside" overrules */
  JK_ENTRY_LATE_NEEDS_ORDER,     /* after the start: "late" says by how much */
  JK_ENTRY_TOO_LATE_NEEDS_ORDER, /* later than the latest entry: "late" overrules */
  JK_ENTRY_DATE_IS_WRONG,        /* further from the start than the window: "open-outside" */
} JkEntry;

/* Orders in force here. */
typedef struct {
  gboolean outside; /* "open-outside": two proctors looked at a clock of their own */
  gboolean late;    /* "late" for this record: one did, and its amount counts */
} JkEntryOrders;

typedef struct {
  JkEntry entry;
  gint64 off_ms;           /* from the start to the wall clock; negative before it */
  guint64 opens_in_ms;     /* with TOO_EARLY: until log-in opens; else 0 */
  gboolean is_absent_hour; /* at or after the minute from which who is not here is absent */
  gboolean is_date_wrong;  /* also when overruled: to be shown and logged */
} JkEntryVerdict;

/* The start of a session, "2021-04-24T09:00" in its zone, as milliseconds since 1970. FALSE when it
 * is not a date of that form. */
gboolean jk_entry_parse_start (const char *starts, gint zone_min, gint64 *out_start_ms);

/* Judges a log-in at wall_ms. Late counts in whole minutes, as the order that makes up for it does;
 * with late_shortens off, none is needed up to the latest entry. */
void jk_entry_judge (const JkPolicy *policy,
                     gint64 start_ms,
                     gint64 wall_ms,
                     const JkEntryOrders *orders,
                     JkEntryVerdict *out_verdict);

/* What the candidate and the proctor read: where it stands and the way on (P11). start is as the
 * session writes it. The caller frees. */
char *jk_entry_dup_sentence (const JkEntryVerdict *verdict, const char *starts);
