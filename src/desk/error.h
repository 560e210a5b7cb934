/* SPDX-License-Identifier: Apache-2.0 */
/* desk/error.h: why a desk does not take a call; all else comes from the floors below. */
#pragma once

#include <glib.h>

#define JK_DESK_ERROR (jk_desk_error_quark ())

typedef enum {
  JK_DESK_ERROR_BUSY,        /* something else is under way */
  JK_DESK_ERROR_NO_BANK,     /* the session's bank is not here */
  JK_DESK_ERROR_NO_FOLDER,   /* there is nowhere to copy to */
  JK_DESK_ERROR_SESSION,     /* no session is here, or not the one that something is for */
  JK_DESK_ERROR_CLOSED,      /* the panel is not open, or the desk was closed meanwhile */
  JK_DESK_ERROR_EMPTY,       /* there is nothing to load, or to copy */
  JK_DESK_ERROR_ASK,         /* an order lacks something; the sentence says what */
  JK_DESK_ERROR_SLIP,        /* not the receipt of who sits here */
  JK_DESK_ERROR_PERSON,      /* no such record is on the roll, or none with a sitting here */
  JK_DESK_ERROR_NOT_MOVED,   /* nobody has left this PC */
  JK_DESK_ERROR_NOBODY,      /* nobody on the way to another PC lies in the folder */
  JK_DESK_ERROR_NO_ORDER,    /* somebody does, but no order that lets them go on here */
  JK_DESK_ERROR_SEVERAL,     /* several do; the sentence lists them */
  JK_DESK_ERROR_UNEXPLAINED, /* a closing sheet would leave something open */
  JK_DESK_ERROR_NOT_COPIED,  /* results that were ordered are not in the folder */
} JkDeskError;

GQuark jk_desk_error_quark (void);
