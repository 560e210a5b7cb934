/* SPDX-License-Identifier: Apache-2.0 */
/* result/room.c: what is said of a room. room-file.c: its key file. */
#include "base/limits.h"
#include "result/room-private.h"

#include <string.h>

static void
free_seat (gpointer data)
{
  JkRoomSeat *seat = data;

  g_array_unref (seat->slips);
  g_array_unref (seat->left);
  g_free (seat);
}

JkRoom *
jk_room_new (void)
{
  JkRoom *self = g_new0 (JkRoom, 1);

  self->seats = g_hash_table_new_full (NULL, NULL, NULL, free_seat);
  self->notes = g_array_new (FALSE, FALSE, sizeof (JkSheetNote));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
jk_room_free (JkRoom *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->seats);
  g_array_unref (self->notes);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

JkRoomSeat *
jk_room_demand_seat (JkRoom *self, guint32 record)
{
  JkRoomSeat *seat = g_hash_table_lookup (self->seats, GUINT_TO_POINTER (record));

  if (seat != NULL)
    return seat;
  seat = g_new0 (JkRoomSeat, 1);
  seat->record = record;
  seat->state = JK_N_SEAT_STATES;
  seat->slips = g_array_new (FALSE, FALSE, sizeof (JkRoomSlip));
  seat->left = g_array_new (FALSE, FALSE, sizeof (JkRoomLeft));
  g_hash_table_insert (self->seats, GUINT_TO_POINTER (record), seat);
  return seat;
}

void
jk_room_set_state (JkRoom *self, guint32 record, JkSeatState state)
{
  g_return_if_fail (state != JK_SEAT_MOVED && state != JK_SEAT_LOST_COPIED);
  jk_room_demand_seat (self, record)->state = state;
}

void
jk_room_add_slip (JkRoom *self,
                  guint32 record,
                  guint32 seal_number,
                  JkSlipTrust trust,
                  const guint8 slip[static JK_SLIP_BYTES])
{
  JkRoomSlip one = { .trust = trust, .seal_number = seal_number };

  memcpy (one.bytes, slip, JK_SLIP_BYTES);
  g_array_append_val (jk_room_demand_seat (self, record)->slips, one);
}

void
jk_room_add_left (JkRoom *self,
                  guint32 record,
                  JkSeatState state,
                  const guint8 station[static JK_PUBLIC_BYTES])
{
  GArray *left = jk_room_demand_seat (self, record)->left;
  JkRoomLeft one = { .state = state };

  for (guint n = 0; n < left->len; n++) {
    if (memcmp (g_array_index (left, JkRoomLeft, n).station, station, JK_PUBLIC_BYTES) == 0)
      return;
  }
  memcpy (one.station, station, JK_PUBLIC_BYTES);
  g_array_append_val (left, one);
}

/* What is one line of at most so many bytes, of whole characters. */
static char *
dup_line (const char *text, gsize bytes_max)
{
  char *line = g_utf8_make_valid (text, -1);

  while (strlen (line) > bytes_max)
    *g_utf8_find_prev_char (line, line + strlen (line)) = '\0';
  for (char *at = line; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  }
  return line;
}

void
jk_room_add_note (JkRoom *self,
                  JkNoteKind kind,
                  guint32 record,
                  const char *code,
                  const char *facts)
{
  char *code_line = dup_line (code, JK_ID_BYTES_MAX);
  char *facts_line = dup_line (facts, JK_NOTE_FACTS_BYTES_MAX);
  const JkSheetNote note = {
    .kind = kind,
    .record = record,
    .code = code_line,
    .facts = facts_line,
  };

  g_ptr_array_add (self->texts, code_line);
  g_ptr_array_add (self->texts, facts_line);
  for (guint n = 0; n < self->notes->len; n++) {
    if (jk_sheet_note_equal (&g_array_index (self->notes, JkSheetNote, n), &note))
      return;
  }
  g_array_append_val (self->notes, note);
}

const JkRoomSeat *
jk_room_find (const JkRoom *self, guint32 record)
{
  return g_hash_table_lookup (self->seats, GUINT_TO_POINTER (record));
}

gboolean
jk_room_seat_find_slip (const JkRoomSeat *self,
                        guint32 seal_number,
                        guint8 out_slip[static JK_SLIP_BYTES])
{
  for (guint i = 0; i < self->slips->len; i++) {
    const JkRoomSlip *slip = &g_array_index (self->slips, JkRoomSlip, i);
    if (slip->seal_number != seal_number || slip->trust == JK_SLIP_SHOWN)
      continue;
    memcpy (out_slip, slip->bytes, JK_SLIP_BYTES);
    return TRUE;
  }
  return FALSE;
}

gboolean
jk_room_seat_has_slip (const JkRoomSeat *self, guint32 seal_number, JkSlipTrust trust)
{
  for (guint i = 0; i < self->slips->len; i++) {
    const JkRoomSlip *slip = &g_array_index (self->slips, JkRoomSlip, i);
    if (slip->seal_number == seal_number && slip->trust == trust)
      return TRUE;
  }
  return FALSE;
}

void
jk_room_accept_shown (JkRoom *self)
{
  GHashTableIter each;
  gpointer seat;

  g_hash_table_iter_init (&each, self->seats);
  while (g_hash_table_iter_next (&each, NULL, &seat)) {
    GArray *slips = ((JkRoomSeat *) seat)->slips;
    for (guint i = 0; i < slips->len; i++) {
      JkRoomSlip *slip = &g_array_index (slips, JkRoomSlip, i);
      if (slip->trust == JK_SLIP_SHOWN)
        slip->trust = JK_SLIP_ACCEPTED;
    }
  }
}

guint
jk_room_get_n_notes (const JkRoom *self)
{
  return self->notes->len;
}

const JkSheetNote *
jk_room_get_notes (const JkRoom *self)
{
  return (const JkSheetNote *) (gconstpointer) self->notes->data;
}
