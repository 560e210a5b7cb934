/* SPDX-License-Identifier: Apache-2.0 */
/* score/standing.h: which results of a record count, by the closing sheets and the centre's
 * releases. Pure: no file, no key.
 *
 * What a sheet names is final; what none names is provisional until two people release it; what
 * contradicts a sheet is kept and listed. A release says nothing against a result that a sheet
 * names. Of several that are final the highest seal number counts, and only if it is the highest
 * that a sheet names. Every result ends in exactly one standing, with a reason. */
#pragma once

#include "result/sheet-row.h"

typedef enum {
  JK_STANDING_FINAL,       /* 正式 */
  JK_STANDING_PROVISIONAL, /* 待复核 */
  JK_STANDING_SUPERSEDED,  /* 已替代: another of the record counts, or a copy does */
  JK_STANDING_QUARANTINED, /* 隔离 */
} JkStanding;

/* A result that verifies. */
typedef struct {
  /* Owned */
  char *reason; /* one sentence; written by settling */
  /* Borrowed */
  const char *file;
  const char *release; /* by whom and why two people released it; NULL: nobody did */
  /* Plain */
  JkDigest digest;
  guint32 seal_number;
  guint8 station[JK_PUBLIC_BYTES];
  guint8 slip[JK_SLIP_BYTES];
  JkStanding standing; /* written by settling */
} JkClaim;

/* What the record has in the end. */
typedef enum {
  JK_OUTCOME_SCORED,       /* a claim counts, final or provisional */
  JK_OUTCOME_ABSENT,       /* no file names the record; a sheet may or may not say absent */
  JK_OUTCOME_ILL,          /* left ill, without a result */
  JK_OUTCOME_LOST,         /* a sheet says that it sat, and that the result is lost */
  JK_OUTCOME_MISSING,      /* a sheet names a result that is not here */
  JK_OUTCOME_QUARANTINED,  /* files name the record, but none that counts */
  JK_OUTCOME_CONTRADICTED, /* two have one seal number and differ, and no sheet names either */
} JkOutcome;

/* Settles the n claims of one record, all with different digests, against its rows. Returns the
 * outcome; *out_counts is the claim whose score the record has, or NULL. The order of the claims
 * does not matter. */
JkOutcome jk_standing_settle (JkClaim *const *claims,
                              guint n,
                              const JkSheetRow *rows,
                              guint n_rows,
                              JkClaim **out_counts);

/* "final", "provisional", "superseded", "quarantined"; and the words of the tables. Lent. */
const char *jk_standing_get_name (JkStanding standing);
const char *jk_standing_get_word (JkStanding standing);
