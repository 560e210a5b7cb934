/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat.c: a session comes to this PC, opens, and is there again after a restart (P9). */
#include "sitting/seat-private.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

gboolean
jk_seat_refuse (GError **error, JkSittingError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, JK_SITTING_ERROR, (gint) code, sentence);
  return FALSE;
}

static JkSeat *
new_seat (const JkSeatPlace *place, const char *folder)
{
  JkSeat *self = g_new0 (JkSeat, 1);

  self->place = *place;
  self->folder = g_strdup (folder);
  self->sittings = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_sitting_free);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->stores = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  self->broken = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->ahead_ms = jk_seat_read_ahead_ms (self);
  return self;
}

void
jk_seat_free (JkSeat *self)
{
  if (self == NULL)
    return;
  jk_seat_drop_entry (self);
  g_ptr_array_unref (self->sittings);
  g_ptr_array_unref (self->faults);
  g_array_unref (self->broken);
  g_array_unref (self->waiting);
  g_hash_table_unref (self->stores);
  g_free (self->second);
  g_free (self->second_problem);
  jk_log_free (self->log);
  jk_session_free (self->session);
  g_free (self->amendment_fault);
  g_free (self->folder);
  g_free (self);
}

static guint32
record_of (const JkSitting *sitting)
{
  return jk_sitting_get_person (sitting)->index;
}

void
jk_seat_add_sitting (JkSeat *self, JkSitting *sitting)
{
  guint at = 0;

  while (at < self->sittings->len &&
         record_of (g_ptr_array_index (self->sittings, at)) < record_of (sitting))
    at++;
  g_ptr_array_insert (self->sittings, (gint) at, sitting);
  jk_seat_copy_sitting (self, sitting);
}

static gboolean
is_among (const GArray *records, guint32 record)
{
  for (guint i = 0; i < records->len; i++) {
    if (g_array_index (records, guint32, i) == record)
      return TRUE;
  }
  return FALSE;
}

gboolean
jk_seat_is_broken (const JkSeat *self, guint32 record)
{
  return is_among (self->broken, record);
}

gboolean
jk_seat_is_waiting (const JkSeat *self, guint32 record)
{
  return is_among (self->waiting, record);
}

/* Its start would be under other rules than the log says, and its numbers may be the new ones. */
static gboolean
is_before_start (const JkSitting *sitting)
{
  JkState state = jk_sitting_get_state (sitting);
  return state == JK_STATE_IDENTIFIED || state == JK_STATE_READY;
}

/* A sitting that does not open stops none of the others. */
static gboolean
resume (JkSeat *self, guint32 record, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JkSitting) sitting = jk_sitting_resume (&self->sitting_place, record, &problem);

  if (sitting != NULL && self->amendment_fault != NULL && is_before_start (sitting)) {
    g_array_append_val (self->waiting, record);
    return TRUE;
  }
  if (sitting != NULL) {
    gboolean ok = jk_seat_adopt_orders (self, sitting, error);
    jk_seat_add_sitting (self, g_steal_pointer (&sitting));
    return ok;
  }
  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    return TRUE; /* killed before it held anything: the candidate logs in again */
  g_array_append_val (self->broken, record);
  g_ptr_array_add (self->faults, g_strdup (problem->message));
  return TRUE;
}

gboolean
jk_seat_resume_all (JkSeat *self, GError **error)
{
  guint n = 0;
  g_autofree guint32 *records = jk_sitting_find (&self->sitting_place, &n, error);

  if (records == NULL)
    return FALSE;
  g_array_set_size (self->waiting, 0);
  for (guint i = 0; i < n; i++) {
    JkSitting *there = jk_seat_find_sitting (self, records[i]);
    if (jk_seat_is_broken (self, records[i]))
      continue;
    /* One that is there may not have got all its orders the last time. */
    if (there != NULL ? !jk_seat_adopt_orders (self, there, error)
                      : !resume (self, records[i], error)) {
      g_array_append_val (self->waiting, records[i]);
      return FALSE;
    }
  }
  return TRUE;
}

void
jk_seat_read_start (JkSeat *self)
{
  const JkPolicy *policy = jk_session_get_policy (self->session);

  self->has_start = jk_entry_parse_start (jk_session_get_starts (self->session),
                                          policy->zone_min,
                                          &self->start_ms);
}

/* Takes session. */
static gboolean
set_going (JkSeat *self, JkSession *session, GError **error)
{
  self->session = session;
  self->sitting_place = (JkSittingPlace){
    .world = self->place.world,
    .session = session,
    .station = self->place.station,
    .sealer = self->place.sealer,
  };
  jk_seat_read_start (self);
  self->log = jk_log_open (&self->sitting_place, error);
  if (self->log == NULL)
    return FALSE;
  self->n_unlisted = jk_log_replay_get_n_unlisted (jk_log_get_replay (self->log));
  if (jk_log_replay_get_wipe_order (jk_seat_get_log (self)) != NULL)
    return jk_seat_wipe (self, error);
  if (!jk_log_replay_is_wiped (jk_seat_get_log (self)))
    jk_seat_catch_up (self);
  if (!jk_seat_resume_all (self, error))
    return FALSE;
  jk_seat_resume_second (self);
  return TRUE;
}

JkSeat *
jk_seat_open (const JkSeatPlace *place, const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (jk_station_get_folder (place->station), name, NULL);
  g_autofree char *path = g_build_filename (folder, JK_SEAT_SESSION_NAME, NULL);
  g_autoptr (JkSeat) self = new_seat (place, folder);
  JkSession *session = jk_session_open (place->world, path, place->authorities, error);

  if (session == NULL || !set_going (self, session, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Copies the file; TRUE when the same is there already. */
static gboolean
take_over (const JkSeatPlace *place,
           const JkSession *session,
           const char *from,
           const char *folder,
           GError **error)
{
  const JkStorage *storage = place->world->storage;
  g_autofree char *path = g_build_filename (folder, JK_SEAT_SESSION_NAME, NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JkSession) there = jk_session_open (place->world, path, place->authorities, &problem);

  if (there != NULL &&
      jk_digest_equal (jk_session_get_digest (there), jk_session_get_digest (session)))
    return TRUE;
  if (there != NULL) {
    g_set_error (
        error,
        JK_BASE_ERROR,
        JK_BASE_ERROR_EXISTS,
        "%s: another build (%u) of session %s is on this PC; this one is build %u; use one "
        "build in the whole hall, and wipe the other first.",
        from,
        jk_session_get_build_number (there),
        jk_session_get_name (there),
        jk_session_get_build_number (session));
    return FALSE;
  }
  if (!g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  g_autoptr (GBytes) bytes = jk_storage_read (storage, from, JK_SMALL_ENVELOPE_BYTES_MAX, error);
  return bytes != NULL && jk_storage_make_folder (storage, folder, 0700, error) &&
         jk_storage_write (storage, path, 0600, bytes, error);
}

JkSeat *
jk_seat_load (const JkSeatPlace *place, const char *session_path, GError **error)
{
  g_autoptr (JkSession) session =
      jk_session_open (place->world, session_path, place->authorities, error);
  if (session == NULL)
    return NULL;
  const JkSittingPlace sitting_place = { .session = session, .station = place->station };
  g_autofree char *folder = jk_sitting_dup_folder (&sitting_place);
  g_autofree char *name = g_path_get_basename (folder);

  if (!take_over (place, session, session_path, folder, error))
    return NULL;
  /* Opened again from the store: what was copied is what is used. */
  return jk_seat_open (place, name, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
jk_seat_find (const JkSeatPlace *place, GError **error)
{
  const char *store = jk_station_get_folder (place->station);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (store, 0, &problem);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s cannot be read (%s); check the disk.",
                 store,
                 problem->message);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (store, name, JK_SEAT_SESSION_NAME, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (found, g_strdup (name));
  }
  g_ptr_array_sort (found, compare_names);
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

const JkSession *
jk_seat_get_session (const JkSeat *self)
{
  return self->session;
}

const JkLogReplay *
jk_seat_get_log (const JkSeat *self)
{
  return jk_log_get_replay (self->log);
}

JkStage
jk_seat_get_stage (const JkSeat *self)
{
  return jk_log_replay_get_stage (jk_seat_get_log (self));
}

void
jk_seat_judge_entry (const JkSeat *self, guint32 record, JkEntryVerdict *out_verdict)
{
  const JkClock *clock = self->place.world->clock;
  const JkLogReplay *log = jk_seat_get_log (self);
  JkEntryOrders orders = {
    .outside = jk_log_replay_is_outside_allowed (log),
    .late = record != JK_ORDER_EVERY && jk_log_replay_find_order (log, JK_ACT_LATE, record) != NULL,
  };

  /* A start that is no date is as wrong as a clock can be: two proctors overrule it. */
  jk_entry_judge (jk_session_get_policy (self->session),
                  self->has_start ? self->start_ms : G_MAXINT64 / 2,
                  clock->wall_ms (clock),
                  &orders,
                  out_verdict);
}

void
jk_seat_get_entry (const JkSeat *self, JkEntryVerdict *out_verdict)
{
  jk_seat_judge_entry (self, JK_ORDER_EVERY, out_verdict);
}

gboolean
jk_seat_open_room (JkSeat *self, const char *room_code, GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (self);
  JkEntryVerdict seen;

  if (jk_log_replay_get_stage (log) == JK_STAGE_ENDED)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_ENDED,
                           "Session %s has ended on this PC; it is not opened again.",
                           jk_session_get_name (self->session));
  if (!jk_seat_check_amended (self, error))
    return FALSE;
  if (jk_log_replay_has_roster_key (log))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_STATE,
                           "Session %s is open on this PC already; candidates can log in.",
                           jk_session_get_name (self->session));
  if (jk_seat_is_shut_by_disk (self))
    return jk_seat_refuse (
        error,
        JK_SITTING_ERROR_RED,
        "The disk of this PC gives no proof that it remembers what is written; "
        "put in the stick of a second copy, use another PC, or have two proctors "
        "order “open-red”.");
  g_autoptr (JkSecret) roster_key = jk_session_open_room (self->session, room_code, error);
  if (roster_key == NULL)
    return FALSE;
  jk_seat_get_entry (self, &seen);
  return jk_log_add_opened (self->log,
                            JK_LOG_BY_ROOM_CODE,
                            &seen,
                            self->start_ms,
                            roster_key,
                            error) &&
         jk_log_add_head (self->log, error);
}

gboolean
jk_seat_note_copied (JkSeat *self, guint32 record, const JkDigest *digest, GError **error)
{
  const JkSitting *sitting = jk_seat_find_sitting (self, record);

  if (sitting == NULL || jk_sitting_get_result (sitting) == NULL)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_STATE,
                           "Record %u has no sealed result on this PC; nothing was copied.",
                           record);
  return jk_log_add_copied (self->log, record, jk_sitting_get_seal_number (sitting), digest, error);
}

/* Whether the log says so already. */
static gboolean
is_noted (const JkLogReplay *log, JkLogStore what, guint32 record)
{
  switch (what) {
  case JK_LOG_STORE_RED:
    return jk_log_replay_is_red (log);
  case JK_LOG_STORE_SOUND:
    return !jk_log_replay_is_red (log);
  case JK_LOG_STORE_COPY_BACK:
    return jk_log_replay_has_copy (log, record);
  case JK_LOG_STORE_COPY_LOST:
    return !jk_log_replay_has_copy (log, record);
  default:
    return FALSE;
  }
}

gboolean
jk_seat_note_store (JkSeat *self, JkLogStore what, guint32 record, GError **error)
{
  return is_noted (jk_seat_get_log (self), what, record) ||
         jk_log_add_store (self->log, what, record, error);
}

gboolean
jk_seat_is_shut_by_disk (const JkSeat *self)
{
  const JkLogReplay *log = jk_seat_get_log (self);
  gboolean has_copies = jk_seat_has_log_copy (self);

  for (guint i = 0; i < self->sittings->len; i++)
    has_copies =
        has_copies && jk_seat_has_sitting_copy (self, g_ptr_array_index (self->sittings, i));
  return jk_log_replay_is_red (log) && !has_copies && !jk_log_replay_is_red_allowed (log);
}

guint32
jk_seat_get_revoked_roles (const JkSeat *self)
{
  return jk_log_replay_get_revoked_roles (jk_seat_get_log (self)) |
         jk_session_get_revoked_roles (self->session);
}

guint64
jk_seat_read_boot_ms (const JkSeat *self, guint8 out_id[static JK_BOOT_ID_BYTES])
{
  const JkClock *clock = self->place.world->clock;

  clock->boot_id (clock, out_id);
  return (guint64) clock->boottime_us (clock) / 1000;
}

guint
jk_seat_get_n_sittings (const JkSeat *self)
{
  return self->sittings->len;
}

JkSitting *
jk_seat_get_sitting (const JkSeat *self, guint n)
{
  g_return_val_if_fail (n < self->sittings->len, NULL);
  return g_ptr_array_index (self->sittings, n);
}

JkSitting *
jk_seat_find_sitting (const JkSeat *self, guint32 record)
{
  for (guint i = 0; i < self->sittings->len; i++) {
    if (record_of (g_ptr_array_index (self->sittings, i)) == record)
      return g_ptr_array_index (self->sittings, i);
  }
  return NULL;
}

gboolean
jk_seat_is_begun (JkState state)
{
  return state >= JK_STATE_IDENTIFIED && state <= JK_STATE_PAUSED;
}

JkSitting *
jk_seat_get_current (const JkSeat *self)
{
  for (guint i = 0; i < self->sittings->len; i++) {
    JkSitting *sitting = g_ptr_array_index (self->sittings, i);
    if (jk_seat_is_begun (jk_sitting_get_state (sitting)))
      return sitting;
  }
  return NULL;
}

const char *
jk_seat_get_fault (const JkSeat *self, guint n)
{
  return n < self->faults->len ? g_ptr_array_index (self->faults, n) : NULL;
}
