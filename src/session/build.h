/* SPDX-License-Identifier: Apache-2.0 */
/* session/build.h: from plan, roster, blueprint and bank to the files of a session.
 *
 * Writes, in this order: NAME.jkbank (re-encrypted for this session), NAME-HALL.jksession per hall,
 * then the office's NAME.office and NAME-envelopes.txt (0600). When anything fails, nothing of it
 * stays behind. Every random byte comes from world->random under a use of its own (P3). */
#pragma once

#include "bank/build.h"
#include "session/office.h"
#include "session/source.h"

typedef struct {
  /* Borrowed */
  const JkSessionSource *source;
  const JkBank *library; /* unlocked office bank */
  const JkSecret *library_key;
  const JkSecret *authority;  /* Ed25519 */
  const JkSecret *passphrase; /* the authority's, for NAME.office */
  const JkSealPublic *centres;
  gsize n_centres;    /* 1 to JK_CENTRES_MAX */
  const char *folder; /* must exist; files of the same names are refused */
} JkSessionInputs;

/* Spare records for n people: 10 % and at least two (design.md section 4). */
guint jk_session_count_spares (guint n);

/* Builds. *out_files (may be NULL) gets the names written, without the folder, zero-terminated.
 * Errors: BUILD, those of jk_pool_new, jk_draw, jk_bank_reseal, EXISTS, STORAGE. */
gboolean jk_session_build (const JkSessionInputs *inputs,
                           const JkWorld *world,
                           char ***out_files,
                           GError **error);
