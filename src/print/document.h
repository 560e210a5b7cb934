/* SPDX-License-Identifier: Apache-2.0 */
/* print/document.h: A4 pages in black on white, as a PDF in memory.
 *
 * All lengths are millimetres. Across they count from the left margin, down from where the drawing
 * stands on its page; what is drawn leaves the drawing where it is until jk_document_advance. Each
 * page ends with a foot: what it is, and 第 n 页 共 m 页.
 *
 * A text is shown as it is, in one paragraph: markup means nothing, what breaks lines or turns the
 * direction of writing is a blank or nothing, and no text leaves its place. The same drawing gives
 * the same bytes where fonts and libraries are the same. */
#pragma once

#include <glib.h>

typedef struct _JkDocument JkDocument;

typedef enum {
  JK_ALIGN_LEFT,
  JK_ALIGN_CENTRE,
  JK_ALIGN_RIGHT,
} JkAlign;

typedef struct {
  /* Borrowed: UTF-8; NULL counts as "" */
  const char *text;
  /* Plain */
  double x;
  double y;
  double width;
  double height_max; /* lines that do not fit end with an ellipsis; 0: one line */
  double size_pt;
  JkAlign align;
  gboolean bold;
} JkPrintText;

typedef struct {
  /* Borrowed */
  const char *title; /* Chinese: by it is seen whether there is a font */
  const char *foot;
  const char *date; /* ISO 8601, of the file; NULL: none */
  /* Plain */
  gboolean landscape;
} JkDocumentPlan;

/* Draws all pages. It is called twice, to count the pages and to print them, and must do the same
 * both times. */
typedef void (*JkDocumentDraw) (JkDocument *self, gconstpointer data);

/* The PDF; the caller unrefs. May be called from any thread. Errors: FONT, DRAWING. */
GBytes *jk_document_print (const JkDocumentPlan *plan,
                           JkDocumentDraw draw,
                           gconstpointer data,
                           GError **error);

/* Between the margins. */
double jk_document_get_width (const JkDocument *self);
double jk_document_get_height (const JkDocument *self);

/* What is left of the page. */
double jk_document_get_left (const JkDocument *self);

/* Goes down by so much. */
void jk_document_advance (JkDocument *self, double height);

/* Begins a page unless so much is left on this one; returns whether it did. Nothing happens at the
 * top of a page. */
gboolean jk_document_reserve (JkDocument *self, double height);

/* How high a text will be. */
double jk_document_measure (JkDocument *self, const JkPrintText *text);

/* Writes it. */
void jk_document_write (JkDocument *self, const JkPrintText *text);

/* A thin line, and a frame, shaded or not. */
void jk_document_line (JkDocument *self, double x1, double y1, double x2, double y2);
void jk_document_frame (JkDocument *self,
                        double x,
                        double y,
                        double width,
                        double height,
                        gboolean shaded);
