/* SPDX-License-Identifier: Apache-2.0 */
/* session/session.h: an opened .jksession of one hall: signed, its secrets still closed.
 *
 * Opening checks head, signer, signature, every digest and every count, and parses the texts; it is
 * then immutable and may be read from any thread. Only an amendment (session/amend.h) changes it,
 * while nobody reads: start, latest entry, records, roll and roles are then the amended ones. */
#pragma once

#include "paper/blueprint.h"
#include "plan/excerpt.h"
#include "plan/policy.h"
#include "session/authorities.h"
#include "session/record.h"
#include "session/role.h"
#include "session/roll.h"

typedef struct _JkSession JkSession;

/* Opens a file. A cost below world->costs in it is refused. Errors: those of the envelope,
 * AUTHORITY, CONTENT, JK_CRYPTO_ERROR_COST. */
JkSession *jk_session_open (const JkWorld *world,
                            const char *path,
                            const JkAuthorities *authorities,
                            GError **error);
void jk_session_free (JkSession *self);

const char *jk_session_get_file (const JkSession *self);
const guint8 *jk_session_get_id (const JkSession *self);       /* JK_BANK_ID_BYTES, of all halls */
const char *jk_session_get_short_name (const JkSession *self); /* six letters of the id */
const char *jk_session_get_name (const JkSession *self);
const char *jk_session_get_hall (const JkSession *self);
const char *jk_session_get_starts (const JkSession *self);
guint jk_session_get_build_number (const JkSession *self);
gboolean jk_session_is_rehearsal (const JkSession *self);
const guint8 *jk_session_get_authority (const JkSession *self); /* JK_PUBLIC_BYTES */

/* The number of the amendment in force; 0 before the first. */
guint jk_session_get_amendment_number (const JkSession *self);

/* The session digest: the outer digest of this hall's file; no amendment changes it. */
const JkDigest *jk_session_get_digest (const JkSession *self);
const JkDigest *jk_session_get_bank_digest (const JkSession *self);
const JkExcerpt *jk_session_get_excerpt (const JkSession *self);
const JkPolicy *jk_session_get_policy (const JkSession *self);
const JkBlueprint *jk_session_get_blueprint (const JkSession *self);
guint jk_session_get_n_records (const JkSession *self); /* spare ones included */
guint jk_session_get_n_roles (const JkSession *self);
const JkRole *jk_session_get_role (const JkSession *self, guint n); /* revoked ones too */

/* The role of that name, revoked or not; NULL when the session has none. A name from outside is
 * read with jk_role_name_parse first. */
const JkRole *jk_session_find_role (const JkSession *self, JkRoleName name);

/* Whether an amendment revoked the role: its orders are refused, its keys still verify old ones. */
gboolean jk_session_is_role_revoked (const JkSession *self, JkRoleName name);
guint32 jk_session_get_revoked_roles (const JkSession *self); /* set of 1 << JkRoleName */
guint jk_session_get_n_centres (const JkSession *self);
const JkSealPublic *jk_session_get_centre (const JkSession *self, guint n);

/* Opens the roster key with the typed room code. Slow (Argon2id). Errors: ROOM_CODE,
 * JK_BASE_ERROR_CODE, MEMORY. */
JkSecret *jk_session_open_room (const JkSession *self, const char *typed, GError **error);

/* Into how many parts the start code is divided: 1, or 2 halves, one typed by the chief (主考) and
 * one by the second proctor (监考). */
guint jk_session_get_n_start_codes (const JkSession *self);

/* Opens the paper key with the typed start code; second is NULL where there is one part, the second
 * half where there are two, in either order. Slow, and another order than that of the roles, or a
 * wrong pair, takes twice as long. Errors: START_CODE, JK_BASE_ERROR_CODE (names the half), MEMORY.
 */
JkSecret *jk_session_open_start (const JkSession *self,
                                 const char *first,
                                 const char *second,
                                 GError **error);

/* Opens the paper key as the centre, through the copy of the start code sealed to it. Slow. Errors:
 * JK_CRYPTO_ERROR_SECRET, START_CODE. */
JkSecret *
jk_session_open_start_as_centre (const JkSession *self, const JkSecret *centre, GError **error);

/* Opens the roll with the X25519 key of a role or a centre. Errors: JK_CRYPTO_ERROR_SECRET,
 * CONTENT. */
JkRoll *jk_session_open_roll (const JkSession *self, const JkSecret *seal_key, GError **error);

/* Log-in is decryption: derives the record key from roster key and the two numbers as typed, finds
 * the record and opens it. Slow, and equally slow whether the admission number is known or not.
 * Errors: LOGIN, MEMORY. */
JkRecord *jk_session_log_in (const JkSession *self,
                             const JkSecret *roster_key,
                             const char *admission,
                             const char *id_number,
                             JkSecret **out_record_key,
                             GError **error);

/* The record of an index with its key, as the centre and a proctor with the roll open it. Errors:
 * CONTENT. */
JkRecord *jk_session_open_record (const JkSession *self,
                                  guint32 index,
                                  const JkSecret *record_key,
                                  GError **error);

/* The photo of a record, JPEG or PNG, with its key: after log-in, or with the roll. NULL without
 * error: there is none. Nor is there one after an amendment that added the record, or corrected a
 * number of it, which gives it another key; one that corrects name, seat or path alone leaves the
 * photo. Reads the file. Errors: CONTENT (of another record, or changed since it was opened),
 * JK_BASE_ERROR_STORAGE. */
GBytes *jk_session_open_photo (const JkSession *self,
                               guint32 record,
                               const JkSecret *record_key,
                               GError **error);

/* How many records of the build have a photo. */
guint jk_session_get_n_photos (const JkSession *self);

/* Opens the bank beside it: the right file (digest), with the paper key. Errors: BANK and those of
 * jk_bank_open, jk_bank_unlock. */
JkBank *jk_session_open_bank (const JkSession *self,
                              const JkStorage *storage,
                              const char *path,
                              const JkSecret *paper_key,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSession, jk_session_free)
