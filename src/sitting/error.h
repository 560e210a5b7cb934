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
} JkSittingError;

GQuark jk_sitting_error_quark (void);
