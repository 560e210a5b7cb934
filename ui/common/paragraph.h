/* SPDX-License-Identifier: Apache-2.0 */
/* common/paragraph.h: running text, wrapped to the width it gets: stem, option, rule.
 *
 * One PangoLayout measured at one width. A wrapping GtkLabel measures its text at many widths and
 * costs 90 ms for a question; this costs a few. Screen readers get it as a label of that name. */
#pragma once

#include <gtk/gtk.h>

/* Properties: "text" (string, NULL is ""), "max-chars" (guint, Han characters a line at the most;
 * 38). */
#define JK_TYPE_PARAGRAPH (jk_paragraph_get_type ())
G_DECLARE_FINAL_TYPE (JkParagraph, jk_paragraph, JK, PARAGRAPH, GtkWidget)

GtkWidget *jk_paragraph_new (const char *text);
void jk_paragraph_set_text (JkParagraph *self, const char *text);
const char *jk_paragraph_get_text (JkParagraph *self);

/* For what ticks: shows one text while screen readers are told another, and only when that one
 * changes, so that they do not speak each second. */
void jk_paragraph_set_ticking (JkParagraph *self, const char *shown, const char *spoken);

/* Draws a text that may be set next where nobody sees it: its glyphs are then at hand, and drawing
 * what was never drawn before is most of what a new question costs. */
void jk_paragraph_warm (JkParagraph *self, const char *text);
