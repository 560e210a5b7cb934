/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-enter.h: a scripted candidate from the log-in, or from a store, to a sitting that runs
 * or is over. */
#pragma once

#include "sitting/sitting.h"
#include "tool/secrets.h"

/* Goes on with record resume, without codes unless it has not started yet; resume below 0: logs in
 * with room code, admission and ID number, then begins, or goes on where the candidate's store is.
 * Errors: those of jk_session_open_room, jk_session_log_in, jk_session_open_start,
 * jk_session_open_bank, jk_own_paper_open, jk_sitting_begin, jk_sitting_resume, LOGIN (the numbers
 * of another candidate). */
JkSitting *jk_sit_enter (const JkSittingPlace *place,
                         const JkSecrets *secrets,
                         const char *bank_path,
                         gint64 resume,
                         GError **error);
