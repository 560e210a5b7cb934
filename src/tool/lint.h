/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint.h: a dry run of a session's files before the day, through the station's own code.
 *
 * Codes of the envelopes, log-in of everybody on the roster, every record, every photo, every paper
 * with every item; then what the papers have in common, and what rules cannot be meant. Findings
 * name records and rows of the roster, items and cells, never a person: a report may be passed on.
 */
#pragma once

#include "paper/exposure.h"
#include "session/office.h"
#include "session/session.h"
#include "session/source.h"
#include "tool/lint-items.h"

typedef struct {
  /* Borrowed */
  const JkWorld *world;
  const JkOffice *office;
  const JkRoster *roster;
  const JkSessionSource *source; /* whose roster it is; NULL: the roster was given alone */
  const char *roster_file;
  const char *bank_file;
  JkReport *report;
  /* Plain */
  guint n_threads;
} JkLintInputs;

/* What was opened in one hall. */
typedef struct {
  guint n_candidates; /* rows of the roster */
  guint n_logged_in;
  guint n_records;
  guint n_spares;
  guint n_unowned; /* neither spare nor of a candidate who logged in */
  guint n_papers;
  guint n_photos; /* opened */
} JkLintHall;

typedef struct _JkLint JkLint;

/* inputs is copied; what it borrows must outlive the lint. */
JkLint *jk_lint_new (const JkLintInputs *inputs);
void jk_lint_free (JkLint *self);

/* Opens everything of a hall; findings go to the report. The session must outlive the lint. Errors:
 * those of jk_session_open_bank, JK_BASE_ERROR_STORAGE. */
gboolean
jk_lint_take (JkLint *self, const JkSession *session, JkLintHall *out_hall, GError **error);

/* After the last hall: what concerns all of them. */
void jk_lint_finish (JkLint *self);

/* What the papers have in common; NULL when none was opened. Lent, as are the items. */
const JkExposure *jk_lint_get_exposure (const JkLint *self);
const JkLintItems *jk_lint_get_items (const JkLint *self);

/* "01/3": hall and record of a paper by its number in the exposure; lent. */
const char *jk_lint_get_label (const JkLint *self, guint paper);

/* The disk that each seat needs. Bytes. */
guint64 jk_lint_get_seat_bytes (const JkLint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLint, jk_lint_free)
