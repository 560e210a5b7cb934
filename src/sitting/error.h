/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/error.h: why a sitting does not take an event, or its store does not work. */
#pragma once

#include <glib.h>

#define JK_SITTING_ERROR (jk_sitting_error_quark ())

typedef enum {
  JK_SITTING_ERROR_STATE,     /* this event has no place in this state */
  JK_SITTING_ERROR_ARGUMENT,  /* no such position, or no possible answer to that item */
  JK_SITTING_ERROR_TOO_EARLY, /* hand-in before the policy opens it */
  JK_SITTING_ERROR_CONSENT,   /* hand-in in the last minutes without a proctor's consent */
  JK_SITTING_ERROR_ORDER,     /* the session's rules, or the time left, do not allow this order */
  JK_SITTING_ERROR_PROCTOR,   /* the gaps are beyond the policy: a proctor must let it go on */
  JK_SITTING_ERROR_STORE,     /* the disk refused a commit; this store is never written again */
  JK_SITTING_ERROR_CHAIN,     /* a row that does not open, or does not follow the one before it */
  JK_SITTING_ERROR_FOREIGN,   /* a store of another session, station or program version */
  JK_SITTING_ERROR_WAIT,      /* log-in: too many wrong ones before */
  JK_SITTING_ERROR_NOT_OPEN,  /* log-in: not opened on this PC, or its key is not here */
  JK_SITTING_ERROR_ENDED,     /* log-in: the session has ended on this PC */
  JK_SITTING_ERROR_HANDED_IN, /* log-in: this candidate has handed in */
  JK_SITTING_ERROR_MOVED,     /* log-in: this candidate goes on at another PC */
  JK_SITTING_ERROR_ABSENT,    /* log-in: this candidate is marked absent */
  JK_SITTING_ERROR_OCCUPIED,  /* log-in: somebody else sits at this PC */
  JK_SITTING_ERROR_SEAT,      /* log-in: this candidate's seat is another one */
  JK_SITTING_ERROR_HOUR,      /* log-in: it is not open yet, or no more, by this PC's clock */
  JK_SITTING_ERROR_LATE,      /* log-in: needs a proctor's order "late" */
  JK_SITTING_ERROR_DATE,      /* log-in: the date of this PC is far from the session's */
  JK_SITTING_ERROR_RED,       /* the disk gives no proof that it remembers */
  JK_SITTING_ERROR_FULL,      /* no room on the disk: what was posted is kept and tried again */
  JK_SITTING_ERROR_AMENDMENT, /* one that is in force is not on the disk as it was: load it again */
} JkSittingError;

GQuark jk_sitting_error_quark (void);
