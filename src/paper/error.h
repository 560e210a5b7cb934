/* SPDX-License-Identifier: Apache-2.0 */
/* paper/error.h: why a paper cannot be drawn or read. */
#pragma once

#include <glib.h>

#define JK_PAPER_ERROR (jk_paper_error_quark ())

typedef enum {
  JK_PAPER_ERROR_UNFILLABLE, /* a cell has fewer items than the blueprint asks for */
  JK_PAPER_ERROR_ENEMIES,    /* no try could keep the enemy sets apart */
  JK_PAPER_ERROR_FORMAT,     /* bytes that are no paper or no answers */
} JkPaperError;

GQuark jk_paper_error_quark (void);
