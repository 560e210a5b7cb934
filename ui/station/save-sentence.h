/* SPDX-License-Identifier: Apache-2.0 */
/* station/save-sentence.h: how it stands with the answers, as a candidate is told: calm, with the
 * hour, and never with a cause, which is the proctor's to know. Pure: no window. */
#pragma once

#include "desk/desk.h"

/* saved_wall_ms as of jk_desk_get_saved_wall_ms, shown as the hour zone_min east of UTC. The caller
 * frees. */
char *jk_save_sentence_dup (JkSave save, gint64 saved_wall_ms, int zone_min);
