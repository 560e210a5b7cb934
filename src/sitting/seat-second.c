/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-second.c: the second place of a whole seat: chosen, kept over a restart, lost, and
 * there again (design.md section 7).
 *
 * The folder of the seat in that place is made when a person chooses it, and never later: where it
 * is missing, the stick is. */
#include "sitting/seat-private.h"

#include "base/error.h"
#include "base/limits.h"
#include "sitting/journal-recover.h"
#include "sitting/sitting-private.h"

#include <errno.h>
#include <string.h>

#define RETRY_LEAST_MS 60000
#define RETRY_MOST_MS (8 * RETRY_LEAST_MS)

/* PLACE/SHORTNAME-HALL */
static char *
dup_folder (const JkSeat *self, const char *place)
{
  g_autofree char *name = g_path_get_basename (self->folder);
  return g_build_filename (place, name, NULL);
}

static gboolean
has_copy (const JkSeat *self, guint32 record, JkSecondState state)
{
  return jk_log_replay_has_copy (jk_seat_get_log (self), record) &&
         (self->second == NULL || state == JK_SECOND_ALIVE);
}

gboolean
jk_seat_has_log_copy (const JkSeat *self)
{
  return has_copy (self, JK_ORDER_EVERY, jk_log_get_second_state (self->log, NULL));
}

gboolean
jk_seat_has_sitting_copy (const JkSeat *self, const JkSitting *sitting)
{
  return has_copy (self,
                   jk_sitting_get_person (sitting)->index,
                   jk_sitting_get_second_state (sitting, NULL));
}

/* FALSE with the reason when the folder of the seat is not in the place. */
static gboolean
check_folder (const JkSeat *self, const char *folder, GError **error)
{
  const JkStorage *storage = self->place.world->storage;

  if (jk_storage_sync_folder (storage, folder, NULL))
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s is not there: put the stick of the second copies in again, or choose another "
               "second place.",
               folder);
  return FALSE;
}

/* The amendments in force: the copy of the log names them. */
static gboolean
copy_amendments (const JkSeat *self, const char *folder, GError **error)
{
  guint n_in_force = jk_session_get_amendment_number (self->session);

  for (guint number = 1; number <= n_in_force; number++) {
    if (!jk_seat_copy_amendment (self->place.world->storage,
                                 self->folder,
                                 folder,
                                 number,
                                 FALSE,
                                 error))
      return FALSE;
  }
  return TRUE;
}

/* Makes each copy that does not live, all of them when anew. FALSE with the first reason. */
static gboolean
make_copies (JkSeat *self, const char *folder, gboolean anew, GError **error)
{
  gboolean ok = TRUE;

  if (anew || jk_log_get_second_state (self->log, NULL) != JK_SECOND_ALIVE)
    ok = jk_log_set_second (self->log, folder, error);
  for (guint i = 0; i < self->sittings->len; i++) {
    JkSitting *sitting = g_ptr_array_index (self->sittings, i);
    if (anew || jk_sitting_get_second_state (sitting, NULL) != JK_SECOND_ALIVE)
      ok &= jk_sitting_set_second_copy (sitting, folder, ok ? error : NULL);
  }
  if (folder != NULL)
    ok &= copy_amendments (self, folder, ok ? error : NULL);
  return ok;
}

/* A store of this PC in the place that is not the one here: the disk forgot that. Those of sittings
 * that are here are compared row by row when the copy is made. */
static gboolean
check_forgotten (JkSeat *self, const char *folder, GError **error)
{
  const JkDigest *session = jk_session_get_digest (self->session);
  const JkSecret *reader = jk_station_get_seal_key (self->place.station);
  const JkWorld *world = self->place.world;
  guint n = 0;
  g_autofree guint32 *records = jk_sitting_find_in (folder, &n, error);
  g_autofree char *log = g_build_filename (folder, JK_LOG_NAME, NULL);
  g_autofree char *forgotten = NULL;

  if (records == NULL)
    return FALSE;
  if (jk_journal_is_forgotten (world, log, jk_log_get_id (self->log), session, reader))
    forgotten = g_strdup (log);
  for (guint i = 0; i < n && forgotten == NULL; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, records[i]);
    JkSitting *here = jk_seat_find_sitting (self, records[i]);
    const guint8 *id =
        here != NULL ? jk_journal_get_sitting_id (jk_sitting_get_journal (here)) : NULL;
    if (!jk_seat_is_broken (self, records[i]) && !jk_seat_is_waiting (self, records[i]) &&
        jk_journal_is_forgotten (world, path, id, session, reader))
      forgotten = g_steal_pointer (&path);
  }
  if (forgotten == NULL)
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_EXISTS,
               "%s was written by this PC, which has forgotten it: take it back first, or move it "
               "away.",
               forgotten);
  return FALSE;
}

void
jk_seat_copy_sitting (JkSeat *self, JkSitting *sitting)
{
  if (self->second == NULL)
    return;
  g_autofree char *folder = dup_folder (self, self->second);
  if (check_folder (self, folder, NULL) && check_forgotten (self, folder, NULL))
    jk_sitting_set_second_copy (sitting, folder, NULL);
}

static gboolean
all_live (JkSeat *self)
{
  return jk_seat_get_second_state (self, NULL) != JK_SECOND_LOST;
}

void
jk_seat_second_amendments (JkSeat *self)
{
  g_autoptr (GError) problem = NULL;

  if (self->second == NULL)
    return;
  g_autofree char *folder = dup_folder (self, self->second);
  if (check_folder (self, folder, NULL) && !copy_amendments (self, folder, &problem)) {
    g_free (self->second_problem);
    self->second_problem = g_strdup (problem->message);
  }
  /* What waited for the amendment has no copy yet. */
  self->retry_ms = self->wait_ms = 0;
}

/* Remembers why there are no copies, for what the proctor reads. */
static void
try_copies (JkSeat *self)
{
  g_autofree char *folder = dup_folder (self, self->second);
  g_autoptr (GError) problem = NULL;

  g_clear_pointer (&self->second_problem, g_free);
  if (!check_folder (self, folder, &problem) || !check_forgotten (self, folder, &problem) ||
      !make_copies (self, folder, FALSE, &problem))
    self->second_problem = g_strdup (problem->message);
}

gboolean
jk_seat_retry_second (JkSeat *self)
{
  const JkClock *clock = self->place.world->clock;

  if (all_live (self) || clock->boottime_us (clock) / 1000 < self->retry_ms)
    return FALSE;
  try_copies (self);
  self->wait_ms = all_live (self) ? 0 : CLAMP (2 * self->wait_ms, RETRY_LEAST_MS, RETRY_MOST_MS);
  /* Making copies takes time, and a stick that is slow to fail is not asked more often for it. */
  self->retry_ms = clock->boottime_us (clock) / 1000 + self->wait_ms;
  return TRUE;
}

const char *
jk_seat_get_second_place (const JkSeat *self)
{
  return self->second;
}

JkSecondState
jk_seat_get_second_state (JkSeat *self, char **out_sentence)
{
  JkSecondState state = jk_log_get_second_state (self->log, out_sentence);

  if (self->second == NULL)
    return JK_SECOND_NONE;
  for (guint i = 0; i < self->sittings->len && state == JK_SECOND_ALIVE; i++)
    state = jk_sitting_get_second_state (g_ptr_array_index (self->sittings, i), out_sentence);
  if (state == JK_SECOND_ALIVE)
    return JK_SECOND_ALIVE;
  if (out_sentence != NULL && *out_sentence == NULL)
    *out_sentence = g_strdup (self->second_problem);
  return JK_SECOND_LOST;
}

static gboolean
keep_choice (JkSeat *self, const char *place, GError **error)
{
  const JkStorage *storage = self->place.world->storage;
  g_autofree char *path = g_build_filename (self->folder, JK_SEAT_SECOND_NAME, NULL);

  if (place != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (place, strlen (place));
    return jk_storage_write (storage, path, 0600, bytes, error);
  }
  if (storage->unlink (storage, path) == 0 || errno == ENOENT)
    return jk_storage_sync_folder (storage, self->folder, error);
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s cannot be removed (%s): check the disk.",
               path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
check_place (const JkSeat *self, const char *place, GError **error)
{
  const JkDiskProbe *disk = self->place.disk != NULL ? self->place.disk : jk_disk_probe_system ();

  if (!g_path_is_absolute (place) || strlen (place) > JK_PLACE_BYTES_MAX)
    return jk_seat_refuse (
        error,
        JK_SITTING_ERROR_ARGUMENT,
        "“%s” is no place for second copies: name a folder by its whole path, at "
        "most %u bytes.",
        place,
        JK_PLACE_BYTES_MAX);
  g_autofree char *objection = jk_disk_dup_objection (disk, place, self->folder);
  return objection == NULL || jk_seat_refuse (error, JK_SITTING_ERROR_ARGUMENT, "%s", objection);
}

static gboolean
choose (JkSeat *self, const char *place, GError **error)
{
  g_autofree char *folder = dup_folder (self, place);
  gboolean is_same = g_strcmp0 (self->second, place) == 0;
  g_autoptr (GError) problem = NULL;

  if (!check_place (self, place, error) ||
      !jk_storage_make_folder (self->place.world->storage, folder, 0700, error) ||
      !check_forgotten (self, folder, error) || !keep_choice (self, place, error))
    return FALSE;
  if (!is_same) {
    g_free (self->second);
    self->second = g_strdup (place);
  }
  self->retry_ms = self->wait_ms = 0;
  gboolean ok = make_copies (self, folder, !is_same, &problem);
  g_free (self->second_problem);
  self->second_problem = problem != NULL ? g_strdup (problem->message) : NULL;
  if (!jk_seat_note_stores (self, error))
    return FALSE;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&problem));
  return ok;
}

gboolean
jk_seat_set_second_place (JkSeat *self, const char *place, GError **error)
{
  if (place != NULL)
    return choose (self, place, error);
  if (!keep_choice (self, NULL, error))
    return FALSE;
  g_clear_pointer (&self->second, g_free);
  return make_copies (self, NULL, TRUE, error) && jk_seat_note_stores (self, error);
}

/* What was chosen before a restart; NULL when nothing was, or it cannot be read. */
static char *
read_choice (JkSeat *self)
{
  g_autofree char *path = g_build_filename (self->folder, JK_SEAT_SECOND_NAME, NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes =
      jk_storage_read (self->place.world->storage, path, JK_PLACE_BYTES_MAX, &problem);
  gsize size = 0;

  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    return NULL;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *place = g_strndup (data, size);
  if (size > 0 && strlen (place) == size && g_path_is_absolute (place))
    return g_steal_pointer (&place);
  g_ptr_array_add (
      self->faults,
      g_strdup_printf ("%s cannot be read: choose the second place again, where one is wanted.",
                       path));
  return NULL;
}

void
jk_seat_resume_second (JkSeat *self)
{
  self->second = read_choice (self);
  if (self->second != NULL)
    try_copies (self);
  /* What cannot be logged now is news to the first tick: no reason to keep a seat shut. */
  jk_seat_note_stores (self, NULL);
}
