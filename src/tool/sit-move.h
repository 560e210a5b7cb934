/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-move.h: how a scripted candidate leaves a PC, and comes to another. */
#pragma once

#include "sitting/sitting.h"
#include "tool/secrets.h"

/* Goes on with a capsule, or with a store (a second copy, or the disk of a dead PC, which is only
 * read), by the order that moved it or retired that PC, and with the candidate's click; after a
 * kill, with what is there already. role (NULL: the station's own key opens) names whose passcode
 * the secrets hold. Errors: those of reading both files, jk_role_open, jk_sitting_arrive, resume
 * and continue, JK_SESSION_ERROR_PASSCODE (no such role). */
JkSitting *jk_sit_arrive (const JkSittingPlace *place,
                          const char *capsule_path,
                          const char *order_path,
                          const char *role,
                          const JkSecrets *secrets,
                          GError **error);

/* Writes the capsule of a moved sitting; one from before a kill is replaced: both hold the same
 * rows. Errors: those of jk_sitting_make_capsule, STORAGE. */
gboolean jk_sit_export_capsule (const JkStorage *storage,
                                JkSitting *sitting,
                                const char *path,
                                GError **error);
