/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-codes.h: the codes of a hall's envelopes, typed as people will type them. */
#pragma once

#include "base/report.h"
#include "session/office.h"
#include "session/session.h"

/* What the codes open; each NULL when its code does not. */
typedef struct {
  /* Owned */
  JkSecret *roster_key; /* room code */
  JkSecret *paper_key;  /* start code */
  JkRoll *roll;         /* the first passcode that opens */
} JkLintCodes;

/* The hall of a session in the office file; NULL when that is of another session. Lent. */
const JkOfficeHall *jk_lint_codes_find_hall (const JkOffice *office, const JkSession *session);

/* Tries room code, start code and every passcode, into codes that are all NULL; what does not open
 * is a fault. */
void jk_lint_codes_open (const JkWorld *world,
                         const JkOffice *office,
                         const JkOfficeHall *hall,
                         const JkSession *session,
                         JkReport *report,
                         JkLintCodes *out_codes);
void jk_lint_codes_clear (JkLintCodes *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkLintCodes, jk_lint_codes_clear)
