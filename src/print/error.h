/* SPDX-License-Identifier: Apache-2.0 */
/* print/error.h: why a form is not printed. */
#pragma once

#include <glib.h>

#define JK_PRINT_ERROR (jk_print_error_quark ())

typedef enum {
  JK_PRINT_ERROR_FONT,    /* this PC has no Chinese letters */
  JK_PRINT_ERROR_DRAWING, /* the drawing library gave up */
} JkPrintError;

GQuark jk_print_error_quark (void);
