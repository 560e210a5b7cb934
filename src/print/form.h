/* SPDX-License-Identifier: Apache-2.0 */
/* print/form.h: what the forms of a hall have in common: names, head, signatures.
 *
 * They are forms of a Chinese exam, so their words are Chinese whatever language a program speaks.
 */
#pragma once

#include "print/document.h"
#include "session/session.h"

typedef enum {
  JK_FORM_SIGN_IN, /* 签到表 */
  JK_FORM_SEATING, /* 座次表 */
  JK_FORM_RECORD,  /* 考场情况记录单 */
  JK_N_FORMS,
} JkForm;

/* "签到表" and so on; lent. */
const char *jk_form_get_title (JkForm form);

/* SHORTNAME-HALL-sign-in.pdf, -seating.pdf, -record.pdf: no personal number. The caller frees. */
char *jk_form_dup_file_name (const JkSession *session, JkForm form);

/* The PDF of a form; the session's start is its date, so that it can be made again byte by byte.
 * The caller unrefs. Errors: those of jk_document_print. */
GBytes *jk_form_print (JkForm form,
                       const JkSession *session,
                       JkDocumentDraw draw,
                       gconstpointer data,
                       GError **error);

/* Draws title and facts: session, hall, occupation, level, subject, start, place, and n_due people
 * 应考. A rehearsal says so. */
void jk_form_draw_head (JkDocument *document, JkForm form, const JkSession *session, guint n_due);

/* Draws what divides two parts of a form. */
void jk_form_draw_heading (JkDocument *document, const char *text);

/* Draws one line of words, small. */
void jk_form_draw_note (JkDocument *document, const char *text);

/* Draws the lines for two signatures, date and time. */
void jk_form_draw_signatures (JkDocument *document);

/* The people of a roll as they sit: by seat, "9" before "10", those without a seat behind them,
 * spare records last. Of pointers lent by the roll; the caller unrefs. */
GPtrArray *jk_form_sort_people (const JkRoll *roll);
