/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-private.h: what the files of JkSession and its builder share. Private to this
 * folder. */
#pragma once

#include "base/world.h"
#include "envelope/envelope.h"
#include "session/login-key.h"
#include "session/record-private.h"
#include "session/session.h"
#include "session/wraps.h"

/* id, name, hall, starts, build number, rehearsal, bank digest, cost of codes, cost of a log-in, ID
 * rule, centres, roles (name, signing key, sealing key, lockbox), records, bytes of a record, start
 * codes (1, or 2 halves). */
#define JK_SESSION_BODY "(aysssubay(uu)(uu)uaaya(yayayay)uuu)"
#define JK_ID_RULE 1

#define JK_SECTION_PLAN "plan"
#define JK_SECTION_POLICY "policy"
#define JK_SECTION_BLUEPRINT "blueprint"
#define JK_SECTION_WRAPS "wraps"
#define JK_SECTION_RECORDS "records"
#define JK_SECTION_ROLL "roll"

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
  JkRole *roles;
  JkSealPublic *centres;
  /* Plain */
  JkPolicy policy;
  JkDigest bank_digest;
  JkCosts costs; /* of codes and log-in; the third is not used */
  guint8 id[JK_BANK_ID_BYTES];
  guint build_number;
  guint n_roles;
  guint n_centres;
  guint n_records;
  guint n_start_codes;
  gsize record_size;
  gboolean rehearsal;
};

/* The n-th row: lookup, then the closed record. */
const guint8 *jk_session_get_row (const JkSession *self, guint n);
