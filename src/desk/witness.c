/* SPDX-License-Identifier: Apache-2.0 */
/* desk/witness.c: see the header. */
#include "desk/witness.h"

#include "base/text.h"
#include "plan/incidents.h"
#include "result/receipt.h"

#define STATION_BYTES_SHOWN 8

static const guint8 *
get_station (const JkSeat *seat)
{
  return jk_log_replay_get_station (jk_seat_get_log (seat));
}

static void
hear_slip (const JkSeat *seat, const JkSitting *sitting, JkRoom *room)
{
  gboolean is_collected = jk_sitting_get_state (sitting) == JK_STATE_COLLECTED;
  guint32 record = jk_sitting_get_person (sitting)->index;
  guint32 seal_number = jk_sitting_get_seal_number (sitting);
  guint8 slip[JK_SLIP_BYTES];
  JkDigest receipt;

  jk_receipt_compute (jk_session_get_digest (jk_seat_get_session (seat)),
                      record,
                      seal_number,
                      jk_sitting_get_handed_in_link (sitting),
                      &receipt);
  jk_slip_from_receipt (&receipt, slip);
  jk_room_add_slip (room,
                    record,
                    seal_number,
                    is_collected ? JK_SLIP_COMPARED : JK_SLIP_SHOWN,
                    slip);
}

/* By MOVE it goes on elsewhere; by RETIRE it did long before, as a copy. */
static gboolean
hear_move (const JkSeat *seat, JkSitting *sitting, JkRoom *room, GError **error)
{
  g_autoptr (GBytes) bytes = jk_sitting_read_move (sitting, error);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse ("journal", bytes, error) : NULL;

  if (order == NULL)
    return FALSE;
  jk_room_add_left (room,
                    jk_sitting_get_person (sitting)->index,
                    jk_order_get_terms (order)->act == JK_ACT_MOVE ? JK_SEAT_MOVED
                                                                   : JK_SEAT_LOST_COPIED,
                    get_station (seat));
  return TRUE;
}

static gboolean
hear_sitting (JkSeat *seat, JkSitting *sitting, JkRoom *room, GError **error)
{
  JkState state = jk_sitting_get_state (sitting);
  guint32 record = jk_sitting_get_person (sitting)->index;
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));
  const JkHandedIn *handed_in = jk_replay_get_handed_in (replay);

  /* Of who left before the start there is nothing to look for. */
  if (jk_sitting_has_left_early (sitting))
    return TRUE;
  if (state == JK_STATE_MOVED)
    return hear_move (seat, sitting, room, error);
  if (state != JK_STATE_SEALED && state != JK_STATE_COLLECTED)
    return TRUE;
  if (handed_in->reason == JK_HAND_IN_TIME_UP)
    jk_room_set_state (room, record, JK_SEAT_TIME_UP);
  if (handed_in->reason == JK_HAND_IN_FORCED)
    jk_room_set_state (room, record, JK_SEAT_FORCED);
  hear_slip (seat, sitting, room);
  return TRUE;
}

/* When it was, as the log of this PC has it, stands before what was. */
static gboolean
hear_order (JkSeat *seat, const guint8 *id, JkRoom *room, GError **error)
{
  g_autoptr (JkOrder) order = jk_seat_read_order (seat, id, error);
  const char *facts;

  if (order == NULL)
    return FALSE;
  const JkOrderTerms *terms = jk_order_get_terms (order);
  if (terms->act != JK_ACT_INCIDENT && terms->act != JK_ACT_VIOLATION)
    return TRUE;
  g_autofree char *code = jk_incident_split_text (terms->text, &facts);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (terms->wall_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
  g_autofree char *line = g_strdup_printf ("%s %s", time, facts);
  jk_room_add_note (room,
                    terms->act == JK_ACT_VIOLATION ? JK_NOTE_VIOLATION : JK_NOTE_INCIDENT,
                    terms->record == JK_ORDER_EVERY ? JK_NOTE_ROOM : terms->record,
                    code,
                    line);
  return TRUE;
}

JkRoom *
jk_witness_hear (JkSeat *seat, GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (seat);
  g_autoptr (JkRoom) room = jk_room_new ();
  guint n_records = jk_session_get_n_records (jk_seat_get_session (seat));
  const guint8 *id;

  for (guint32 record = 0; record < n_records; record++) {
    if (jk_log_replay_is_absent (log, record))
      jk_room_set_state (room, record, JK_SEAT_ABSENT);
  }
  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++) {
    if (!hear_sitting (seat, jk_seat_get_sitting (seat, n), room, error))
      return NULL;
  }
  for (guint n = 0; (id = jk_log_replay_get_order (log, n)) != NULL; n++) {
    if (!hear_order (seat, id, room, error))
      return NULL;
  }
  return g_steal_pointer (&room);
}

char *
jk_witness_dup_file_name (JkSeat *seat)
{
  const JkSession *session = jk_seat_get_session (seat);
  g_autofree char *station = jk_text_hex (get_station (seat), STATION_BYTES_SHOWN);

  return g_strdup_printf ("%s-%s-%s" JK_WITNESS_ENDING,
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          station);
}
