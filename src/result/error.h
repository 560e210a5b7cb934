/* SPDX-License-Identifier: Apache-2.0 */
/* result/error.h: why a result goes to quarantine. */
#pragma once

#include <glib.h>

#define JK_RESULT_ERROR (jk_result_error_quark ())

typedef enum {
  JK_RESULT_ERROR_FOREIGN,   /* of another session or hall */
  JK_RESULT_ERROR_CONTENT,   /* sealed, but contradicts itself */
  JK_RESULT_ERROR_SIGNATURE, /* a signature inside is not the station's */
  JK_RESULT_ERROR_ORDER,     /* a row without the order that caused it, or against it */
  JK_RESULT_ERROR_PROOF,     /* not made by a station that opened this record */
  JK_RESULT_ERROR_AMENDMENT, /* begun under an amendment that is not loaded */
} JkResultError;

GQuark jk_result_error_quark (void);
