/* SPDX-License-Identifier: Apache-2.0 */
/* print/document-private.h: what the drawing draws on; for document.c and its test. */
#pragma once

#include "print/document.h"

#include <pango/pangocairo.h>

struct _JkDocument {
  /* Owned */
  cairo_t *cairo;
  PangoLayout *layout;
  /* Borrowed */
  const JkDocumentPlan *plan;
  /* Plain */
  double page_width;
  double page_height;
  double y; /* below the top margin */
  guint page;
  guint n_pages; /* 0 while they are counted, and nothing is drawn */
};
