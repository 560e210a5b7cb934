/* SPDX-License-Identifier: Apache-2.0 */
/* score/release.h: two people at the centre let a result count that no closing sheet names.
 *
 * A key file for people, kept with the scores, under a MAC by a key that derives from the centre's
 * secret key: whoever has not that key cannot write one later, or change who said what. FORMATS.md
 * section 10. */
#pragma once

#include "session/session.h"

typedef struct _JkRelease JkRelease;

typedef struct {
  /* Borrowed: UTF-8, one line */
  const char *first; /* who: 1 to JK_NAME_BYTES_MAX bytes, two different people */
  const char *second;
  const char *reason; /* 1 to JK_NOTE_FACTS_BYTES_MAX bytes */
  /* Plain */
  JkDigest result; /* outer digest */
  guint32 record;
  guint32 seal_number;
} JkReleaseTerms;

/* Whether people and reason can stand in a release. Names that differ in case, width or blanks only
 * are one person. Errors: JK_SCORE_ERROR_RELEASE. */
gboolean jk_release_check_people (const JkReleaseTerms *terms, GError **error);

/* The file; the terms have passed jk_release_check_people. centre is the X25519 secret key. */
GBytes *
jk_release_write (const JkReleaseTerms *terms, const JkSession *session, const JkSecret *centre);

/* Reads a release of this session and hall by this centre's key. Errors: JK_BASE_ERROR_TEXT,
 * TOO_LARGE, JK_SCORE_ERROR_RELEASE (form, another session, a MAC that does not fit). */
JkRelease *jk_release_open (const char *file,
                            GBytes *bytes,
                            const JkSession *session,
                            const JkSecret *centre,
                            GError **error);
void jk_release_free (JkRelease *self);
const char *jk_release_get_file (const JkRelease *self);
const JkReleaseTerms *jk_release_get_terms (const JkRelease *self);

/* SHORTNAME-HALL-RECORD-sSEAL-XXXXXX.jkrelease, six letters of the result's digest; the caller
 * frees. */
char *jk_release_dup_file_name (const JkReleaseTerms *terms, const JkSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRelease, jk_release_free)
