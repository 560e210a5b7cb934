/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend.h: an opened .jkamend: what the office changes in the session of one hall after it
 * was built, and how it comes into force.
 *
 * Amendments of a hall are numbered from 1 without a gap. Each names the session's digest, which it
 * never changes, and the digest of the file it goes on top of. It holds a new start, a new latest
 * entry, revoked and added roles, corrected and added records, and then a whole new roll. */
#pragma once

#include "session/session.h"

typedef struct _JkAmendment JkAmendment;

/* Opens and checks a file against the session it is for; the amendments before it need not be in
 * force yet. Errors: those of the envelope (SIGNER: not the session's authority), AMENDMENT (of
 * another session), CONTENT. */
JkAmendment *jk_amendment_open (const JkStorage *storage,
                                const char *path,
                                const JkSession *session,
                                GError **error);
void jk_amendment_free (JkAmendment *self);

const char *jk_amendment_get_file (const JkAmendment *self);
guint jk_amendment_get_number (const JkAmendment *self);

/* The outer digest of the file, by which the next one and a station's log name it. */
const JkDigest *jk_amendment_get_digest (const JkAmendment *self);
const char *jk_amendment_get_reason (const JkAmendment *self);
const char *jk_amendment_get_starts (const JkAmendment *self); /* NULL: stays as it is */
gboolean jk_amendment_changes_roster (const JkAmendment *self);
guint jk_amendment_get_n_roles (const JkAmendment *self); /* added ones */

/* Whether it could be put into force as the session stands; changes nothing. Errors: those of
 * jk_session_amend. */
gboolean jk_session_can_amend (const JkSession *self, const JkAmendment *amendment, GError **error);

/* Puts it into force, wholly or not at all; nobody else may use the session meanwhile, and roles
 * lent before are no longer valid. A corrected record's old numbers then log in no more, an added
 * role opens the roll. Errors: AMENDMENT (another session, or another number than the next one,
 * which the message names), CONTENT (it does not fit what it goes on top of). */
gboolean jk_session_amend (JkSession *self, const JkAmendment *amendment, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAmendment, jk_amendment_free)
