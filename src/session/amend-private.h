/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend-private.h: what the files of JkAmendment and its builder share. Private to this
 * folder. */
#pragma once

#include "session/amend.h"
#include "session/session-private.h"

/* id and digest of the session, digest of the file it goes on top of, hall, number, reason, starts
 * ("": stays), latest entry in minutes (JK_AMEND_STAYS), revoked roles, added roles as in the
 * session, records after it, bytes of a record. */
#define JK_AMEND_BODY "(ayayaysussuaya(yayayay)uu)"
#define JK_AMEND_STAYS G_MAXUINT32

#define JK_SECTION_KEYS "keys"
#define JK_SECTION_RETIRED "retired"

/* Roster key and roll key, each sealed to the added roles; both empty when there are none. */
#define JK_AMEND_KEYS "(ayay)"

struct _JkAmendment {
  /* Owned */
  JkEnvelope *envelope;
  char *hall;
  char *reason;
  char *starts; /* "": stays */
  JkRole *roles;
  GBytes *roster_key;
  GBytes *roll_key;
  GBytes *retired; /* lookups, sorted */
  GBytes *records; /* rows as in the session, sorted */
  GBytes *roll;    /* empty: stays */
  /* Plain */
  JkDigest session_digest;
  JkDigest base_digest;
  guint8 id[JK_BANK_ID_BYTES];
  guint number;
  guint n_roles;
  guint n_retired;
  guint n_changed; /* rows of records */
  guint n_records; /* of the session once it is in force */
  gsize record_size;
  guint32 latest_entry_min;
  guint32 revoked; /* JK_ROLE_BIT of each */
};
