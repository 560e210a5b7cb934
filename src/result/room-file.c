/* SPDX-License-Identifier: Apache-2.0 */
/* result/room-file.c: the key file of a room, read with all its faults, and written. */
#include "base/code.h"
#include "base/ini.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/text.h"
#include "result/room-private.h"

#include <string.h>

#define RECEIPT "receipt-"
#define SHOWN "shown-"
#define RECORD_GROUP "record "
#define NOTE_GROUP "note "
#define STATION_FORM "the station's key, 64 hexadecimal digits"

/* One that was said before, in this file or another, must be the same. */
static void
say_state (JkRoom *self,
           JkIni *ini,
           const char *group,
           const char *key,
           guint32 record,
           JkSeatState state)
{
  JkRoomSeat *seat = jk_room_demand_seat (self, record);

  if (seat->state != JK_N_SEAT_STATES && seat->state != state)
    jk_ini_fault (ini,
                  group,
                  key,
                  "one state for a record",
                  "%s for record %u, and %s",
                  jk_seat_state_get_name (state),
                  record,
                  jk_seat_state_get_name (seat->state));
  else
    seat->state = state;
}

static void
read_absent (JkRoom *self, JkIni *ini, guint n_records)
{
  g_auto (GStrv) records = NULL;

  if (!jk_ini_has (ini, "absent", "records"))
    return;
  records = jk_ini_dup_list (ini, "absent", "records");
  for (guint i = 0; records[i] != NULL; i++) {
    gint64 record = 0;
    const char *text = g_strstrip (records[i]);
    if (*text == '\0')
      continue;
    if (jk_number_parse (text, 0, n_records - 1, &record))
      say_state (self, ini, "absent", "records", (guint32) record, JK_SEAT_ABSENT);
    else
      jk_ini_fault (ini, "absent", "records", "numbers of records", "%s", text);
  }
}

/* The stations of a key; nothing when it is not given. */
static void
read_left (JkRoom *self,
           JkIni *ini,
           const char *group,
           const char *key,
           guint32 record,
           JkSeatState state)
{
  g_auto (GStrv) keys = NULL;
  guint8 station[JK_PUBLIC_BYTES];

  if (!jk_ini_has (ini, group, key))
    return;
  keys = jk_ini_dup_list (ini, group, key);
  for (guint n = 0; keys[n] != NULL; n++) {
    const char *text = g_strstrip (keys[n]);
    if (*text == '\0')
      continue;
    if (jk_text_parse_hex (text, station, JK_PUBLIC_BYTES))
      jk_room_add_left (self, record, state, station);
    else
      jk_ini_fault (ini, group, key, STATION_FORM, "%s", text);
  }
}

/* prefix, which says what trust it has, and a seal number. */
static void
read_slip (JkRoom *self,
           JkIni *ini,
           const char *group,
           const char *key,
           const char *prefix,
           guint32 record)
{
  g_autofree char *text = jk_ini_dup_text (ini, group, key);
  g_autoptr (GError) error = NULL;
  guint8 slip[JK_SLIP_BYTES];
  gint64 seal_number = 0;

  if (!jk_number_parse (key + strlen (prefix), 1, G_MAXINT32, &seal_number))
    jk_ini_fault (ini, group, key, "a seal number from 1 at the end", "%s", key);
  else if (!jk_slip_parse (text, slip, &error))
    jk_ini_fault (ini, group, key, "the 21 letters of a receipt", "another code");
  else
    jk_room_add_slip (self,
                      record,
                      (guint32) seal_number,
                      g_str_equal (prefix, SHOWN) ? JK_SLIP_SHOWN : JK_SLIP_COMPARED,
                      slip);
}

static void
read_state (JkRoom *self, JkIni *ini, const char *group, guint32 record)
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
  else
    say_state (self, ini, group, "state", record, state);
}

static void
read_record (JkRoom *self, JkIni *ini, const char *group, guint n_records)
{
  g_auto (GStrv) keys = jk_ini_dup_keys (ini, group);
  gint64 record = 0;

  if (!jk_number_parse (group + strlen (RECORD_GROUP), 0, n_records - 1, &record)) {
    jk_ini_fault (ini, group, NULL, "[record N] with a record of this hall", "[%s]", group);
    return;
  }
  JkRoomSeat *seat = jk_room_demand_seat (self, (guint32) record);
  read_state (self, ini, group, seat->record);
  for (guint i = 0; keys[i] != NULL; i++) {
    if (g_str_has_prefix (keys[i], RECEIPT))
      read_slip (self, ini, group, keys[i], RECEIPT, seat->record);
    else if (g_str_has_prefix (keys[i], SHOWN))
      read_slip (self, ini, group, keys[i], SHOWN, seat->record);
  }
  g_autofree char *station = jk_ini_dup_optional_text (ini, group, "station");
  if (station != NULL && !jk_text_parse_hex (station, seat->station, JK_PUBLIC_BYTES))
    jk_ini_fault (ini, group, "station", STATION_FORM, "%s", station);
  seat->seal_number =
      (guint32) jk_ini_get_optional_integer (ini, group, "seal", 1, G_MAXINT32, seat->seal_number);
  read_left (self, ini, group, "moved-from", seat->record, JK_SEAT_MOVED);
  read_left (self, ini, group, "lost-from", seat->record, JK_SEAT_LOST_COPIED);
}

/* Control characters have no place on paper. */
static void
check_text (JkIni *ini, const char *group, const char *key, const char *text, gsize max)
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
}

static void
read_note (JkRoom *self, JkIni *ini, const char *group, guint n_records)
{
  g_autofree char *kind_name = jk_ini_dup_text (ini, group, "kind");
  g_autofree char *code = jk_ini_dup_optional_text (ini, group, "code");
  g_autofree char *facts = jk_ini_dup_text (ini, group, "facts");
  JkNoteKind kind = JK_NOTE_INCIDENT;
  guint32 record = JK_NOTE_ROOM;

  if (g_str_equal (kind_name, "violation"))
    kind = JK_NOTE_VIOLATION;
  else if (*kind_name != '\0' && !g_str_equal (kind_name, "incident"))
    jk_ini_fault (ini, group, "kind", "violation or incident", "%s", kind_name);
  if (jk_ini_has (ini, group, "record"))
    record = (guint32) jk_ini_get_integer (ini, group, "record", 0, (gint64) n_records - 1);
  if (kind == JK_NOTE_VIOLATION && (code == NULL || record == JK_NOTE_ROOM))
    jk_ini_fault (ini,
                  group,
                  NULL,
                  "the record and the code of a violation",
                  "a violation without record or code");
  if (code != NULL)
    check_text (ini, group, "code", code, JK_ID_BYTES_MAX);
  check_text (ini, group, "facts", facts, JK_NOTE_FACTS_BYTES_MAX);
  jk_room_add_note (self, kind, record, code != NULL ? code : "", facts);
}

gboolean
jk_room_read (JkRoom *self, const char *file, const char *text, guint n_records, JkReport *report)
{
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  g_auto (GStrv) groups = NULL;
  guint before = jk_report_get_n_faults (report);

  if (ini == NULL)
    return FALSE;
  read_absent (self, ini, n_records);
  groups = jk_ini_dup_groups (ini);
  for (guint i = 0; groups[i] != NULL; i++) {
    if (g_str_has_prefix (groups[i], RECORD_GROUP))
      read_record (self, ini, groups[i], n_records);
    else if (g_str_has_prefix (groups[i], NOTE_GROUP))
      read_note (self, ini, groups[i], n_records);
  }
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == before;
}

static void
write_left (GKeyFile *file, const char *group, const JkRoomSeat *seat, JkSeatState state)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint n = 0; n < seat->left->len; n++) {
    const JkRoomLeft *left = &g_array_index (seat->left, JkRoomLeft, n);
    g_autofree char *hex = jk_text_hex (left->station, JK_PUBLIC_BYTES);
    if (left->state == state)
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? ";" : "", hex);
  }
  if (keys->len > 0)
    g_key_file_set_value (file,
                          group,
                          state == JK_SEAT_MOVED ? "moved-from" : "lost-from",
                          keys->str);
}

static void
write_seat (GKeyFile *file, const JkRoomSeat *seat)
{
  static const guint8 nobody[JK_PUBLIC_BYTES] = { 0 };
  g_autofree char *group = g_strdup_printf (RECORD_GROUP "%u", seat->record);

  if (seat->state != JK_N_SEAT_STATES)
    g_key_file_set_value (file, group, "state", jk_seat_state_get_name (seat->state));
  for (guint n = 0; n < seat->slips->len; n++) {
    const JkRoomSlip *slip = &g_array_index (seat->slips, JkRoomSlip, n);
    const char *prefix = slip->trust == JK_SLIP_COMPARED ? RECEIPT : SHOWN;
    g_autofree char *key = g_strdup_printf ("%s%u", prefix, slip->seal_number);
    g_autofree char *code = jk_code_format (slip->bytes, JK_RECEIPT_BITS);
    g_key_file_set_value (file, group, key, code);
  }
  if (memcmp (seat->station, nobody, JK_PUBLIC_BYTES) != 0) {
    g_autofree char *hex = jk_text_hex (seat->station, JK_PUBLIC_BYTES);
    g_key_file_set_value (file, group, "station", hex);
  }
  if (seat->seal_number != 0)
    g_key_file_set_integer (file, group, "seal", (gint) seat->seal_number);
  write_left (file, group, seat, JK_SEAT_MOVED);
  write_left (file, group, seat, JK_SEAT_LOST_COPIED);
}

static void
write_note (GKeyFile *file, guint number, const JkSheetNote *note)
{
  g_autofree char *group = g_strdup_printf (NOTE_GROUP "%u", number);

  g_key_file_set_value (file,
                        group,
                        "kind",
                        note->kind == JK_NOTE_VIOLATION ? "violation" : "incident");
  if (note->record != JK_NOTE_ROOM)
    g_key_file_set_uint64 (file, group, "record", note->record);
  if (*note->code != '\0')
    g_key_file_set_string (file, group, "code", note->code);
  g_key_file_set_string (file, group, "facts", note->facts);
}

static int
compare_seats (gconstpointer a, gconstpointer b)
{
  const JkRoomSeat *one = *(const JkRoomSeat *const *) a;
  const JkRoomSeat *other = *(const JkRoomSeat *const *) b;

  return (one->record > other->record) - (one->record < other->record);
}

char *
jk_room_dup_text (const JkRoom *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) seats = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer seat;

  g_hash_table_iter_init (&iter, self->seats);
  while (g_hash_table_iter_next (&iter, NULL, &seat))
    g_ptr_array_add (seats, seat);
  g_ptr_array_sort (seats, compare_seats);
  for (guint n = 0; n < seats->len; n++)
    write_seat (file, g_ptr_array_index (seats, n));
  for (guint n = 0; n < self->notes->len; n++)
    write_note (file, n + 1, &g_array_index (self->notes, JkSheetNote, n));
  return g_key_file_to_data (file, NULL, NULL);
}
