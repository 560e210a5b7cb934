/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-copy.c: sealed results go from a seat to a folder or stick: collected and noted on the
 * worker, delivered by a thread that needs nothing of the desk, for a stick may take its time. */
#include "desk/desk-private.h"

#include "desk/witness.h"
#include "result/result.h"

#include <string.h>

/* What the thread needs. */
typedef struct {
  /* Owned */
  GPtrArray *parcels;
  char *folder;
  JkProgress *progress;
  /* Borrowed */
  const JkStorage *storage;
} Trip;

/* Of whoever asked. */
typedef struct {
  /* Owned */
  GPtrArray *parcels;
  GPtrArray *lines; /* one for each; NULL until the thread is back */
  JkProgress *progress;
  /* Plain */
  gboolean is_due; /* nobody asked but an order */
} Copy;

static void
line_free (gpointer data)
{
  JkFolderLine *self = data;

  g_free (self->name);
  g_free (self->sentence);
  g_free (self);
}

GPtrArray *
jk_folder_lines_new (void)
{
  return g_ptr_array_new_with_free_func (line_free);
}

void
jk_folder_lines_add (GPtrArray *lines, const char *name, JkFolderFate fate, const GError *problem)
{
  JkFolderLine *line = g_new0 (JkFolderLine, 1);

  line->name = g_strdup (name);
  line->fate = problem != NULL ? JK_FOLDER_FAULTY : fate;
  line->sentence = problem != NULL ? g_strdup (problem->message) : NULL;
  g_ptr_array_add (lines, line);
}

GPtrArray *
jk_desk_parcels_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) jk_parcel_free);
}

static gboolean
collect (JkSeat *seat, JkSitting *sitting, GPtrArray *parcels, GError **error)
{
  const JkSession *session = jk_seat_get_session (seat);
  guint32 record = jk_sitting_get_person (sitting)->index;
  GBytes *bytes = jk_sitting_get_result (sitting);

  if (bytes == NULL)
    return TRUE;
  g_autofree char *name =
      jk_result_dup_file_name (session, record, jk_sitting_get_seal_number (sitting));
  JkParcel *parcel = jk_parcel_new (name, bytes, jk_session_get_digest (session), record, error);
  if (parcel == NULL)
    return FALSE;
  g_ptr_array_add (parcels, parcel);
  return TRUE;
}

/* A PC that knows nothing beside its results says nothing. */
static gboolean
collect_words (JkSeat *seat, GPtrArray *parcels, GError **error)
{
  g_autoptr (JkRoom) room = jk_witness_hear (seat, error);
  char *text = room != NULL ? jk_room_dup_text (room) : NULL;

  if (text == NULL)
    return FALSE;
  g_autofree char *name = jk_witness_dup_file_name (seat);
  g_autoptr (GBytes) words = g_bytes_new_take (text, strlen (text));
  if (g_bytes_get_size (words) > 0)
    g_ptr_array_add (parcels, jk_parcel_new_words (name, words));
  return TRUE;
}

gboolean
jk_desk_collect (JkSeat *seat, guint32 record, GPtrArray *parcels, GError **error)
{
  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++) {
    JkSitting *sitting = jk_seat_get_sitting (seat, n);
    gboolean is_meant =
        record == JK_ORDER_EVERY || jk_sitting_get_person (sitting)->index == record;
    if (is_meant && !collect (seat, sitting, parcels, error))
      return FALSE;
  }
  return collect_words (seat, parcels, error);
}

static void
trip_free (gpointer data)
{
  Trip *self = data;

  g_ptr_array_unref (self->parcels);
  g_free (self->folder);
  jk_progress_unref (self->progress);
  g_free (self);
}

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_ptr_array_unref (self->parcels);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  jk_progress_unref (self->progress);
  g_free (self);
}

static void
deliver (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Trip *trip = data;
  g_autoptr (GPtrArray) lines = jk_folder_lines_new ();
  guint64 done = 0, total = 0;

  for (guint n = 0; n < trip->parcels->len; n++)
    total += g_bytes_get_size (((const JkParcel *) trip->parcels->pdata[n])->bytes);
  for (guint n = 0; n < trip->parcels->len && !g_cancellable_is_cancelled (cancellable); n++) {
    const JkParcel *parcel = g_ptr_array_index (trip->parcels, n);
    g_autoptr (GError) problem = NULL;
    gboolean was_there = FALSE;
    jk_progress_tell (trip->progress, parcel->name, done, total);
    jk_parcel_deliver (parcel, trip->storage, trip->folder, &was_there, &problem);
    jk_folder_lines_add (lines,
                         parcel->name,
                         was_there ? JK_FOLDER_KNOWN : JK_FOLDER_TAKEN,
                         problem);
    done += g_bytes_get_size (parcel->bytes);
    jk_progress_tell (trip->progress, parcel->name, done, total);
  }
  g_task_return_pointer (task, g_steal_pointer (&lines), (GDestroyNotify) g_ptr_array_unref);
}

/* F3: a line without a sentence stands in the log. */
static gboolean
note_one (JkDesk *self, const JkParcel *parcel, GError **error)
{
  JkSeat *seat = jk_desk_find_seat (self, &parcel->session);

  if (parcel->is_words)
    return TRUE;
  if (seat != NULL)
    return jk_seat_note_copied (seat, parcel->record, &parcel->digest, error);
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_SESSION,
               "%s was copied; its session is not on this PC any more, so nothing was noted.",
               parcel->name);
  return FALSE;
}

static gboolean
note (JkDesk *self, gpointer data, GError **error)
{
  Copy *copy = data;

  for (guint n = 0; n < copy->lines->len; n++) {
    JkFolderLine *line = g_ptr_array_index (copy->lines, n);
    g_autoptr (GError) problem = NULL;
    if (line->sentence == NULL &&
        !note_one (self, g_ptr_array_index (copy->parcels, n), &problem)) {
      line->fate = JK_FOLDER_FAULTY;
      line->sentence = g_strdup (problem->message);
    }
    if (line->sentence != NULL && copy->is_due)
      jk_desk_add_fault (self, line->sentence);
  }
  return TRUE;
}

static void
noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) asked = user_data;
  Copy *copy = g_task_get_task_data (asked);

  jk_desk_finish (JK_DESK (source), result, NULL);
  jk_progress_stop (copy->progress);
  g_task_return_pointer (asked, g_steal_pointer (&copy->lines), (GDestroyNotify) g_ptr_array_unref);
}

static GError *
new_closed_error (void)
{
  return g_error_new_literal (JK_DESK_ERROR,
                              JK_DESK_ERROR_CLOSED,
                              "This program is ending; start it again and give the folder again.");
}

void
jk_desk_refuse_closed (GTask *asked)
{
  g_task_return_error (asked, new_closed_error ());
}

static void
delivered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) asked = user_data;
  JkDesk *self = g_task_get_source_object (asked);
  Copy *copy = g_task_get_task_data (asked);
  GError *error = NULL;

  self->n_abroad--;
  copy->lines = g_task_propagate_pointer (G_TASK (result), &error);
  if (copy->lines != NULL && !self->is_closed) {
    jk_desk_work_behind (self, note, copy, noted, g_steal_pointer (&asked));
    return;
  }
  jk_progress_stop (copy->progress);
  if (error != NULL)
    g_task_return_error (asked, error);
  else
    jk_desk_refuse_closed (asked);
}

void
jk_desk_deliver (JkDesk *self,
                 GPtrArray *parcels,
                 const char *folder,
                 JkProgress *progress,
                 GTask *asked)
{
  Trip *trip = g_new0 (Trip, 1);
  Copy *copy = g_new0 (Copy, 1);
  g_autoptr (GTask) task = g_task_new (NULL, g_task_get_cancellable (asked), delivered, asked);

  trip->parcels = g_ptr_array_ref (parcels);
  trip->folder = g_strdup (folder);
  trip->progress = jk_progress_ref (progress);
  trip->storage = self->world->storage;
  copy->parcels = parcels;
  copy->progress = jk_progress_ref (progress);
  copy->is_due = parcels == self->due;
  g_task_set_task_data (task, trip, trip_free);
  g_task_set_task_data (asked, copy, copy_free);
  self->n_abroad++;
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, deliver);
}

/* What each is told: the first trouble. NULL: there was none. */
static GError *
find_trouble (const GPtrArray *lines, const GError *error)
{
  if (lines == NULL)
    return g_error_copy (error);
  for (guint n = 0; n < lines->len; n++) {
    const JkFolderLine *line = g_ptr_array_index (lines, n);
    if (line->sentence != NULL)
      return g_error_new_literal (JK_DESK_ERROR, JK_DESK_ERROR_NOT_COPIED, line->sentence);
  }
  return NULL;
}

static void
answer_askers (GPtrArray *askers, const GError *trouble)
{
  for (guint n = 0; n < askers->len; n++) {
    if (trouble != NULL)
      g_task_return_error (g_ptr_array_index (askers, n), g_error_copy (trouble));
    else
      g_task_return_boolean (g_ptr_array_index (askers, n), TRUE);
  }
  g_ptr_array_set_size (askers, 0);
}

/* What was the matter with a file that is there now is over. */
static void
drop_faults (JkDesk *self, const char *name)
{
  for (guint n = self->faults->len; n > 0; n--) {
    if (strstr (g_ptr_array_index (self->faults, n - 1), name) != NULL)
      g_ptr_array_remove_index (self->faults, n - 1);
  }
}

void
jk_desk_drop_old_faults (JkDesk *self)
{
  for (guint n = 0; self->arrived != NULL && n < self->arrived->len; n++)
    drop_faults (self, self->arrived->pdata[n]);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
}

/* The worker may have a fault to tell just now: then the next look drops what is over. */
static void
note_arrived (JkDesk *self, const GPtrArray *lines)
{
  if (self->arrived == NULL)
    self->arrived = g_ptr_array_new_with_free_func (g_free);
  for (guint n = 0; n < lines->len; n++) {
    const JkFolderLine *line = g_ptr_array_index (lines, n);
    if (line->sentence == NULL)
      g_ptr_array_add (self->arrived, g_strdup (line->name));
  }
  if (self->n_busy == 0)
    jk_desk_drop_old_faults (self);
}

static void
due_delivered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JkDesk *self = JK_DESK (source);
  g_autoptr (GPtrArray) askers = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GError) trouble = find_trouble (lines, error);

  self->is_delivering = FALSE;
  self->owes_stick = self->owes_stick && trouble == NULL;
  if (lines != NULL)
    note_arrived (self, lines);
  answer_askers (askers, trouble);
}

GPtrArray *
jk_desk_join_due (JkDesk *self)
{
  return self->due->len > 0 ? g_ptr_array_ref (self->askers) : NULL;
}

void
jk_desk_refuse_due (JkDesk *self)
{
  g_autoptr (GError) trouble = new_closed_error ();

  answer_askers (self->askers, trouble);
}

void
jk_desk_deliver_due (JkDesk *self)
{
  if (self->due->len == 0 || self->is_delivering)
    return;
  g_autoptr (JkProgress) progress = jk_progress_new (self->context, NULL, NULL);
  self->is_delivering = TRUE;
  jk_desk_deliver (self,
                   self->due,
                   self->inbox,
                   progress,
                   g_task_new (self, NULL, due_delivered, self->askers));
  self->due = jk_desk_parcels_new ();
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
}

gboolean
jk_desk_is_copied (JkDesk *self)
{
  if (self->n_busy > 0 || self->sitting == NULL || jk_sitting_get_result (self->sitting) == NULL)
    return FALSE;
  return jk_log_replay_is_copied (jk_seat_get_log (self->seat),
                                  jk_sitting_get_person (self->sitting)->index,
                                  jk_sitting_get_seal_number (self->sitting));
}
