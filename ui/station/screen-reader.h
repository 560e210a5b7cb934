/* SPDX-License-Identifier: Apache-2.0 */
/* station/screen-reader.h: the accessibility bus: on where a candidate needs it, off elsewhere.
 *
 * GTK decides once, when it starts; so turning it on or off is starting the program again. The wish
 * lies beside the stores, so that after a crash or a power cut in mid-exam the candidate who needs
 * it has it again without anybody's help (P9, P12). */
#pragma once

#include "base/world.h"

/* Whether screen readers get in, in this run of the program. */
gboolean jk_screen_reader_is_on (void);

/* The wish of this PC; kept in the folder of its stores. Errors: JK_BASE_ERROR_STORAGE. */
gboolean jk_screen_reader_is_wanted (const char *store);
gboolean jk_screen_reader_want (const JkStorage *storage,
                                const char *store,
                                gboolean is_wanted,
                                GError **error);

/* Becomes this program again, on the same command line, with the bus on or off. Whatever is open
 * must be closed. Returns only when the system refuses. */
void jk_screen_reader_restart (gboolean is_on);
