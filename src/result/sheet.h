/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet.h: the closing sheet 收卷单 of a hall: what became of every seat, signed by two
 * roles (P6).
 *
 * Envelope kind 6, signed by the first role; body "(aysuayyyb)": session digest, hall, number (from
 * 1), digest of the sheet before it (zeros for number 1), first and second role, alone. Sections:
 * "rows" (sheet-row.h), "texts" (seats and notes), "countersign" (64 bytes: the second role's
 * signature).
 *
 * The **sheet digest** is over session, number, predecessor, rows and texts, and not over who
 * signed: it is what the second role signs, what the next sheet names and what stands on paper as
 * 20 + 1 characters, so that a sheet that was lost and made again is the same sheet whichever two
 * roles sign it. The first role's signature covers the second's and both names, so that neither can
 * be taken off or changed. Sheets merge: sheet-merge.h. */
#pragma once

#include "result/sheet-row.h"
#include "session/session.h"

typedef struct _JkSheet JkSheet;

#define JK_NOTE_ROOM G_MAXUINT32 /* record: the room as a whole */

typedef enum {
  JK_NOTE_INCIDENT = 1,  /* 异常情况 */
  JK_NOTE_VIOLATION = 2, /* 违纪 */
} JkNoteKind;

/* What happened, in words without control characters; domain.md section 4.9 has the codes. */
typedef struct {
  /* Borrowed: UTF-8 */
  const char *code;  /* at most JK_ID_BYTES_MAX; "" without one */
  const char *facts; /* 1 to JK_NOTE_FACTS_BYTES_MAX bytes */
  /* Plain */
  guint32 record; /* JK_NOTE_ROOM: of nobody */
  JkNoteKind kind;
} JkSheetNote;

/* Whether both say the same of the same one. */
gboolean jk_sheet_note_equal (const JkSheetNote *a, const JkSheetNote *b);

/* Opens and checks a sheet without any secret: envelope, outer digest, this session and hall, two
 * different roles of it, their signatures, every row and text. Errors: TOO_LARGE, those of the
 * envelope, JK_RESULT_ERROR_FOREIGN, CONTENT, SIGNATURE. */
JkSheet *jk_sheet_open (const char *file, GBytes *bytes, const JkSession *session, GError **error);
void jk_sheet_free (JkSheet *self);

const char *jk_sheet_get_file (const JkSheet *self);
guint32 jk_sheet_get_number (const JkSheet *self);
const JkDigest *jk_sheet_get_digest (const JkSheet *self); /* the sheet digest */
const JkDigest *jk_sheet_get_predecessor (const JkSheet *self);
const char *jk_sheet_get_hall (const JkSheet *self);
JkRoleName jk_sheet_get_first_role (const JkSheet *self);
JkRoleName jk_sheet_get_second_role (const JkSheet *self);
gboolean jk_sheet_is_alone (const JkSheet *self); /* one person signed with both envelopes */

/* Whether an amendment of the session it was opened with revoked one of its roles. It holds all the
 * same, for nothing says when it was signed; who reads it flags it. */
gboolean jk_sheet_has_revoked_signer (const JkSheet *self);
guint jk_sheet_get_n_rows (const JkSheet *self);
const JkSheetRow *jk_sheet_get_row (const JkSheet *self, guint n);
const char *jk_sheet_get_seat (const JkSheet *self, guint n); /* of row n; may be "" */
guint jk_sheet_get_n_notes (const JkSheet *self);
const JkSheetNote *jk_sheet_get_note (const JkSheet *self, guint n);

/* The sheet digest as it stands on paper, 20 + 1 characters; the caller frees. */
char *jk_sheet_dup_code (const JkDigest *sheet);

/* SHORTNAME-HALL-N.jkhandin: no personal number. The caller frees. */
char *jk_sheet_dup_file_name (const JkSession *session, guint32 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSheet, jk_sheet_free)
