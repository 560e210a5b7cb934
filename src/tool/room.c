/* SPDX-License-Identifier: Apache-2.0 */
/* tool/room.c: the key file of a room, read with all its faults. */
#include "tool/room.h"

#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define RECEIPT "receipt-"
#define RECORD_GROUP "record "
#define NOTE_GROUP "note "

struct _JkRoom {
  /* Owned */
  GHashTable *seats; /* record to JkRoomSeat */
  GArray *notes;     /* JkSheetNote, which borrow from texts */
  GPtrArray *texts;
};

static void
free_seat (gpointer data)
{
  JkRoomSeat *seat = data;

  g_array_unref (seat->slips);
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

/* The seat of a record, new where nothing was said of it. */
static JkRoomSeat *
demand_seat (JkRoom *self, guint32 record)
{
  JkRoomSeat *seat = g_hash_table_lookup (self->seats, GUINT_TO_POINTER (record));

  if (seat != NULL)
    return seat;
  seat = g_new0 (JkRoomSeat, 1);
  seat->record = record;
  seat->state = JK_N_SEAT_STATES;
  seat->left = JK_N_SEAT_STATES;
  seat->slips = g_array_new (FALSE, FALSE, sizeof (JkRoomSlip));
  g_hash_table_insert (self->seats, GUINT_TO_POINTER (record), seat);
  return seat;
}

static void
read_absent (JkRoom *self, JkIni *ini, guint n_records)
{
  g_auto (GStrv) records = NULL;

  if (!jk_ini_has (ini, "absent", "records"))
    return;
  records = jk_ini_dup_list (ini, "absent", "records");
  for (guint i = 0; records[i] != NULL; i++) {
    guint64 record = 0;
    const char *text = g_strstrip (records[i]);
    if (*text == '\0')
      continue;
    if (g_ascii_string_to_unsigned (text, 10, 0, n_records - 1, &record, NULL))
      demand_seat (self, (guint32) record)->state = JK_SEAT_ABSENT;
    else
      jk_ini_fault (ini, "absent", "records", "numbers of records", "%s", text);
  }
}

/* A station's key; FALSE when the key is not given. */
static gboolean
read_station (JkIni *ini, const char *group, const char *key, guint8 out[static JK_PUBLIC_BYTES])
{
  g_autofree char *text = jk_ini_dup_optional_text (ini, group, key);

  if (text == NULL)
    return FALSE;
  if (!jk_text_parse_hex (text, out, JK_PUBLIC_BYTES))
    jk_ini_fault (ini, group, key, "the station's key, 64 hexadecimal digits", "%s", text);
  return TRUE;
}

static void
read_slip (JkRoomSeat *seat, JkIni *ini, const char *group, const char *key)
{
  g_autofree char *text = jk_ini_dup_text (ini, group, key);
  g_autoptr (GError) error = NULL;
  JkRoomSlip slip = { 0 };
  guint64 seal_number = 0;

  if (!g_ascii_string_to_unsigned (key + strlen (RECEIPT), 10, 1, G_MAXINT32, &seal_number, NULL))
    jk_ini_fault (ini, group, key, RECEIPT " and a seal number from 1", "%s", key);
  else if (!jk_slip_parse (text, slip.bytes, &error))
    jk_ini_fault (ini, group, key, "the 21 letters of a receipt", "another code");
  slip.seal_number = (guint32) seal_number;
  g_array_append_val (seat->slips, slip);
}

static void
read_state (JkRoomSeat *seat, JkIni *ini, const char *group)
{
  g_autofree char *text = jk_ini_dup_optional_text (ini, group, "state");
  JkSeatState state;

  if (text == NULL)
    return;
  if (!jk_seat_state_parse (text, &state) || state == JK_SEAT_MOVED || state == JK_SEAT_LOST_COPIED)
    jk_ini_fault (ini,
                  group,
                  "state",
                  "sealed, time-up, forced, left-ill, absent, never-seen or lost",
                  "%s",
                  text);
  else if (seat->state != JK_N_SEAT_STATES && seat->state != state)
    jk_ini_fault (ini, group, "state", "one state for a record", "%s, and absent", text);
  else
    seat->state = state;
}

static void
read_record (JkRoom *self, JkIni *ini, const char *group, guint n_records)
{
  g_auto (GStrv) keys = jk_ini_dup_keys (ini, group);
  guint64 record = 0;

  if (!g_ascii_string_to_unsigned (group + strlen (RECORD_GROUP),
                                   10,
                                   0,
                                   n_records - 1,
                                   &record,
                                   NULL)) {
    jk_ini_fault (ini, group, NULL, "[record N] with a record of this hall", "[%s]", group);
    return;
  }
  JkRoomSeat *seat = demand_seat (self, (guint32) record);
  read_state (seat, ini, group);
  for (guint i = 0; keys[i] != NULL; i++) {
    if (g_str_has_prefix (keys[i], RECEIPT))
      read_slip (seat, ini, group, keys[i]);
  }
  read_station (ini, group, "station", seat->station);
  seat->seal_number = (guint32) jk_ini_get_optional_integer (ini, group, "seal", 1, G_MAXINT32, 0);
  if (read_station (ini, group, "moved-from", seat->left_station))
    seat->left = JK_SEAT_MOVED;
  if (jk_ini_has (ini, group, "lost-from") && seat->left == JK_SEAT_MOVED)
    jk_ini_fault (ini, group, "lost-from", "moved-from or lost-from", "both");
  if (read_station (ini, group, "lost-from", seat->left_station))
    seat->left = JK_SEAT_LOST_COPIED;
}

/* A text for a note; control characters have no place on paper. */
static const char *
take_text (JkRoom *self, JkIni *ini, const char *group, const char *key, char *text, gsize max)
{
  gboolean is_good = strlen (text) <= max;

  for (const char *at = text; *at != '\0'; at++)
    is_good = is_good && !g_ascii_iscntrl (*at);
  if (!is_good)
    jk_ini_fault (ini,
                  group,
                  key,
                  "one line that is not as long",
                  "a longer text, or several lines");
  g_ptr_array_add (self->texts, text);
  return text;
}

static void
read_note (JkRoom *self, JkIni *ini, const char *group, guint n_records)
{
  g_autofree char *kind = jk_ini_dup_text (ini, group, "kind");
  char *code = jk_ini_dup_optional_text (ini, group, "code");
  JkSheetNote note = { .record = JK_NOTE_ROOM };

  if (g_str_equal (kind, "violation"))
    note.kind = JK_NOTE_VIOLATION;
  else if (g_str_equal (kind, "incident"))
    note.kind = JK_NOTE_INCIDENT;
  else if (*kind != '\0')
    jk_ini_fault (ini, group, "kind", "violation or incident", "%s", kind);
  if (jk_ini_has (ini, group, "record"))
    note.record = (guint32) jk_ini_get_integer (ini, group, "record", 0, (gint64) n_records - 1);
  if (note.kind == JK_NOTE_VIOLATION && (code == NULL || note.record == JK_NOTE_ROOM))
    jk_ini_fault (ini,
                  group,
                  NULL,
                  "the record and the code of a violation",
                  "a violation without record or code");
  note.code =
      take_text (self, ini, group, "code", code != NULL ? code : g_strdup (""), JK_ID_BYTES_MAX);
  note.facts = take_text (self,
                          ini,
                          group,
                          "facts",
                          jk_ini_dup_text (ini, group, "facts"),
                          JK_NOTE_FACTS_BYTES_MAX);
  g_array_append_val (self->notes, note);
}

JkRoom *
jk_room_parse (const char *file, const char *text, guint n_records, JkReport *report)
{
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  g_autoptr (JkRoom) self = jk_room_new ();
  g_auto (GStrv) groups = NULL;
  guint before = jk_report_get_n_faults (report);

  if (ini == NULL)
    return NULL;
  read_absent (self, ini, n_records);
  groups = jk_ini_dup_groups (ini);
  for (guint i = 0; groups[i] != NULL; i++) {
    if (g_str_has_prefix (groups[i], RECORD_GROUP))
      read_record (self, ini, groups[i], n_records);
    else if (g_str_has_prefix (groups[i], NOTE_GROUP))
      read_note (self, ini, groups[i], n_records);
  }
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == before ? g_steal_pointer (&self) : NULL;
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
    if (slip->seal_number != seal_number)
      continue;
    memcpy (out_slip, slip->bytes, JK_SLIP_BYTES);
    return TRUE;
  }
  return FALSE;
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
