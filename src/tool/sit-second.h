/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-second.h: the second place of a scripted candidate's sitting, and the way back. */
#pragma once

#include "sitting/sitting.h"
#include "tool/tool.h"

/* Takes back what this PC forgot from second copies below folder, and prints the record of each.
 * Errors: those of jk_sitting_recover_all. */
gboolean
jk_sit_recover (JkTool *tool, const JkSittingPlace *place, const char *folder, GError **error);

/* From now on each commit goes to FOLDER/SHORTNAME-HALL too; folder NULL: nothing is done. Errors:
 * JK_BASE_ERROR_STORAGE, those of jk_sitting_set_second_copy. */
gboolean jk_sit_set_second (const JkSittingPlace *place,
                            JkSitting *sitting,
                            const char *folder,
                            GError **error);
