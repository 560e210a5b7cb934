/* SPDX-License-Identifier: Apache-2.0 */
/* session/error.h: why a session, a code or a log-in is refused. */
#pragma once

#include <glib.h>

#define JK_SESSION_ERROR (jk_session_error_quark ())

typedef enum {
  JK_SESSION_ERROR_AUTHORITY,  /* signed by no pinned authority, or by one that may sign rehearsals
                                  only */
  JK_SESSION_ERROR_CONTENT,    /* signed, but contradicts itself or limits.h */
  JK_SESSION_ERROR_ROOM_CODE,  /* wrong room code */
  JK_SESSION_ERROR_START_CODE, /* wrong start code */
  JK_SESSION_ERROR_LOGIN,      /* no such pair of admission and ID number; never says which */
  JK_SESSION_ERROR_PASSCODE,   /* wrong passcode of a role */
  JK_SESSION_ERROR_BANK,       /* the bank is not the one this session was built with */
  JK_SESSION_ERROR_PAPER,      /* the paper drawn here is not the office's (P7) */
  JK_SESSION_ERROR_BUILD,      /* the office's inputs cannot make a session or an amendment */
  JK_SESSION_ERROR_ORDER_FORM, /* not the bytes of an order */
  JK_SESSION_ERROR_ORDER_FOREIGN,   /* of another session or hall */
  JK_SESSION_ERROR_ORDER_SIGNATURE, /* a role it names did not sign it */
  JK_SESSION_ERROR_ORDER_RULE,      /* signers, reason or amount are not what its act wants */
  JK_SESSION_ERROR_ORDER_REVOKED,   /* signed by a role that was revoked before */
  JK_SESSION_ERROR_ORDER_REPLAYED,  /* its id was here before */
  JK_SESSION_ERROR_ORDER_STALE,     /* given for a state or an epoch that is gone */
  JK_SESSION_ERROR_ORDER_STATE,     /* what the act needs does not hold here */
  JK_SESSION_ERROR_AMENDMENT,       /* an amendment of another session, or out of turn */
  JK_SESSION_ERROR_BEACON,          /* not the time of this session's console, or an older one */
  JK_SESSION_ERROR_ORDER_AMENDMENT, /* given under an amendment that is not in force here yet */
} JkSessionError;

GQuark jk_session_error_quark (void);
