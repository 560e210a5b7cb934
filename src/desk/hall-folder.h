/* SPDX-License-Identifier: Apache-2.0 */
/* desk/hall-folder.h: what of a folder or stick belongs to the closing sheet of a hall. */
#pragma once

#include "base/report.h"
#include "result/hall.h"
#include "sitting/seat.h"

/* Adds the results, closing sheets and words of PCs of the seat's hall that lie in a folder, and
 * the newest words of this PC instead of those that lie there. Of another session or hall: passed
 * over. What is damaged is a notice in report where it is a result, for who lacks it is named
 * anyway, and else a fault. FALSE with an error only: no folder that can be read, or those of
 * jk_witness_hear. */
gboolean jk_hall_folder_read (const JkWorld *world,
                              JkSeat *seat,
                              const char *folder,
                              JkHall *hall,
                              JkReport *report,
                              GError **error);
