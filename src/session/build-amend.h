/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-amend.h: the office writes an amendment of one hall.
 *
 * A corrected record keeps index and paper (its keys are closed again under the record key of the
 * new numbers), an added one takes the next index and is drawn from NAME.office's seed. Writes
 * NAME-HALL-amend-N.jkamend, NAME-HALL-amend-N-envelopes.txt (0600) when roles are added, and last
 * replaces NAME.office, which remembers number, digest and passcodes. When anything fails, nothing
 * of it stays behind. */
#pragma once

#include "session/amend-source.h"
#include "session/amend.h"

typedef struct {
  /* Borrowed */
  const JkAmendSource *source;
  const JkSession *session; /* with every amendment before this one in force */
  const char *bank_path;    /* of the session; may be NULL when nobody is added */
  const char *office_path;
  const JkSecret *authority;  /* Ed25519, the one that signed the session */
  const JkSecret *passphrase; /* the authority's, for NAME.office */
  const char *folder;         /* must exist; files of the same names are refused */
} JkAmendInputs;

/* Writes it. What is wrong in the source's files goes to report, which makes it BUILD. *out_files
 * (may be NULL) gets the names written into folder, zero-terminated. Errors: BUILD, AMENDMENT (not
 * the next number of this office, or of other amendments than these), those of jk_office_open,
 * jk_session_open_bank, jk_draw, EXISTS, STORAGE. */
gboolean jk_amend_build (const JkAmendInputs *inputs,
                         const JkWorld *world,
                         JkReport *report,
                         char ***out_files,
                         GError **error);
