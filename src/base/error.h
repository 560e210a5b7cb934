/* SPDX-License-Identifier: Apache-2.0 */
/* base/error.h: what can go wrong below every other folder. */
#pragma once

#include <glib.h>

#define JK_BASE_ERROR (jk_base_error_quark ())

typedef enum {
  JK_BASE_ERROR_STORAGE,   /* the disk refused: full, read-only, broken, no permission */
  JK_BASE_ERROR_MISSING,   /* no such file or folder */
  JK_BASE_ERROR_EXISTS,    /* the file is there already and must not be replaced */
  JK_BASE_ERROR_TOO_LARGE, /* longer than limits.h allows */
  JK_BASE_ERROR_CODE,      /* a typed code has a wrong length, letter or check character */
  JK_BASE_ERROR_TEXT,      /* not UTF-8, or not of the form asked for */
} JkBaseError;

GQuark jk_base_error_quark (void);
