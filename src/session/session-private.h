/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-private.h: what the files of JkSession and its builder share. Private to this
 * folder. */
#pragma once

#include "base/world.h"
#include "envelope/envelope.h"
#include "session/login-key.h"
#include "session/photos.h"
#include "session/record-private.h"
#include "session/session.h"
#include "session/wraps.h"

/* id, name, hall, starts, build number, rehearsal, bank digest, cost of codes, cost of a log-in, ID
 * rule, centres, roles (name, signing key, sealing key, lockbox), records, bytes of a record, start
 * codes (1, or 2 halves). */
#define JK_SESSION_BODY "(aysssubay(uu)(uu)uaaya(yayayay)uuu)"
#define JK_ID_RULE 1
#define JK_ROLE_BIT(name) (1u << (name))

#define JK_SECTION_PLAN "plan"
#define JK_SECTION_POLICY "policy"
#define JK_SECTION_BLUEPRINT "blueprint"
#define JK_SECTION_WRAPS "wraps"
#define JK_SECTION_RECORDS "records"
#define JK_SECTION_ROLL "roll"
#define JK_SECTION_PHOTOS "photos" /* not in every file */

struct _JkSession {
  /* Owned */
  JkEnvelope *envelope;
  char *name;
  char *hall;
  char *starts;
  char *short_name;
  JkExcerpt *excerpt;
  JkBlueprint *blueprint;
  JkWraps *wraps;
  GBytes *records; /* rows of JK_LOOKUP_BYTES + record_size, sorted by lookup */
  guint8 *marks;   /* of the records, row by row: what finds one without its lookup */
  GBytes *roll;
  GPtrArray *rolls; /* of GBytes: that under each amendment, 0 first; the last is roll */
  JkRole *roles;
  JkSealPublic *centres;
  GPtrArray *added_roster_keys; /* of GBytes: sealed to the roles that an amendment added */
  GPtrArray *added_roll_keys;   /* the same */
  /* Plain */
  JkPolicy policy;
  JkDigest bank_digest;
  JkDigest state_digest; /* of the last amendment; without one, of the session */
  JkPhotosHead photos;   /* zeros: there are none */
  JkCosts costs;         /* of codes and log-in; the third is not used */
  guint8 id[JK_BANK_ID_BYTES];
  guint build_number;
  guint n_roles;
  guint n_centres;
  guint n_records;
  guint n_start_codes;
  guint amendment_number; /* in force; 0: none */
  guint32 revoked;        /* JK_ROLE_BIT of each revoked role */
  gsize record_size;
  gboolean rehearsal;
};

/* The row of a lookup; NULL when there is none. */
const guint8 *jk_session_find_row (const JkSession *self, const guint8 *lookup);

/* Opens the roll key. Errors: JK_CRYPTO_ERROR_SECRET, CONTENT. */
JkSecret *
jk_session_open_roll_key (const JkSession *self, const JkSecret *seal_key, GError **error);

/* Opens the roll with its own key, as the office has it. Errors: CONTENT. */
JkRoll *jk_session_open_roll_with (const JkSession *self, const JkSecret *roll_key, GError **error);

/* Reads what the section of the photos says about itself, where there is one. Errors: CONTENT,
 * STORAGE. */
gboolean jk_session_load_photos (JkSession *self, GError **error);

/* Gathers the marks of the records, which have changed. */
void jk_session_gather_marks (JkSession *self);

/* The n-th row: lookup, then the closed record. */
const guint8 *jk_session_get_row (const JkSession *self, guint n);
