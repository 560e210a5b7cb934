/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-disk.c: the disk under the stores, asked whether it remembers (design.md section 7).
 *
 * Until the session is opened its log says what was found last: a restart, which proves a disk, is
 * all that one without proof needs. A rehearsal may be lost with its disk; what counts may not. */
#include "desk/desk-private.h"

#include "sitting/disk-need.h"

guint64
jk_desk_get_disk_need (const JkSeat *seat)
{
  if (seat == NULL)
    return JK_DISK_NEEDED_BYTES;
  guint64 bank_bytes = jk_seat_measure_bank (seat);
  return jk_disk_need_of_session (jk_seat_get_session (seat), bank_bytes, bank_bytes > 0);
}

JkDiskCheck *
jk_desk_check_disk (JkDesk *self, const JkSeat *seat)
{
  const JkDiskProbe *probe =
      self->seat_place.disk != NULL ? self->seat_place.disk : jk_disk_probe_system ();

  return jk_disk_check_new (self->world,
                            probe,
                            jk_station_get_folder (self->station),
                            jk_desk_get_disk_need (seat));
}

void
jk_desk_note_disk (JkDesk *self, JkSeat *seat)
{
  if (jk_session_is_rehearsal (jk_seat_get_session (seat)) ||
      jk_seat_get_stage (seat) != JK_STAGE_LOADED)
    return;
  g_autoptr (JkDiskCheck) check = jk_desk_check_disk (self, seat);
  for (guint i = 0; i < jk_disk_check_get_n (check); i++) {
    if (jk_disk_check_get (check, i)->is_red)
      jk_desk_add_fault (self, jk_disk_check_get (check, i)->sentence);
  }
  JkLogStore what = jk_disk_check_is_red (check) ? JK_LOG_STORE_RED : JK_LOG_STORE_SOUND;
  jk_seat_note_store (seat, what, JK_ORDER_EVERY, NULL);
}
