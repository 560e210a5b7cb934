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
  JK_SESSION_ERROR_BUILD,      /* the office's inputs cannot make a session */
} JkSessionError;

GQuark jk_session_error_quark (void);
