/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-folder.h: a desk beside a stick, and what a proctor does with it. */
#pragma once

#include "check-desk.h"

#include "desk/desk-private.h"
#include "desk/folder.h"
#include "envelope/envelope.h"
#include "result/result.h"

#include <errno.h>

/* How loading or copying ended. */
typedef struct {
  /* Owned */
  GPtrArray *lines;
  GError *error;
  /* Plain */
  gboolean is_done;
} FolderEnd;

static inline void
folder_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FolderEnd *self = user_data;

  self->lines = jk_desk_folder_finish (JK_DESK (source), result, &self->error);
  assert_int_equal (self->lines == NULL, self->error != NULL);
  self->is_done = TRUE;
}

/* One step, also where no desk ticks any more. */
static inline void
step (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (1000);
}

/* The lines; NULL: see end->error. The caller unrefs. */
static inline GPtrArray *
await_folder (FolderEnd *end)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (!end->is_done && g_get_monotonic_time () < end_us)
    step ();
  assert_true (end->is_done);
  return end->lines;
}

static inline GPtrArray *
load (Fixture *self, const char *folder, GError **error)
{
  FolderEnd end = { 0 };

  jk_desk_load_async (self->desk, folder, NULL, NULL, NULL, folder_ended, &end);
  GPtrArray *lines = await_folder (&end);
  if (end.error != NULL)
    g_propagate_error (error, end.error);
  return lines;
}

static inline GPtrArray *
copy (Fixture *self, const char *folder, GError **error)
{
  FolderEnd end = { 0 };

  jk_desk_copy_async (self->desk, folder, NULL, NULL, NULL, folder_ended, &end);
  GPtrArray *lines = await_folder (&end);
  if (end.error != NULL)
    g_propagate_error (error, end.error);
  return lines;
}

static inline void
assert_line (GPtrArray *lines, guint n, const char *name, JkFolderFate fate)
{
  assert_true (n < lines->len);
  const JkFolderLine *line = g_ptr_array_index (lines, n);

  if (fate != JK_FOLDER_FAULTY && line->sentence != NULL)
    fail_msg ("%s", line->sentence);
  assert_true (g_str_has_suffix (line->name, name));
  assert_int_equal (line->fate, fate);
  assert_int_equal (line->sentence != NULL, fate == JK_FOLDER_FAULTY);
}

/* A file of the exam lies on the stick. */
static inline void
put_on (const JkTestFolder *stick, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *there = jk_test_folder_put (stick, name, bytes);
}

/* The first candidate has handed in. */
static inline void
seal (Fixture *self)
{
  begin (self);
  choose (self, 0, 0);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
}

static inline char *
dup_result_name (Fixture *self, guint seal_number)
{
  return jk_result_dup_file_name (jk_test_exam_get_session (self->exam, 0),
                                  jk_test_exam_get_candidate (self->exam, 0)->record,
                                  seal_number);
}

/* How many rows of the station's log say that something was copied. */
static inline guint64
count_rows (Fixture *self)
{
  return jk_log_replay_get_n_rows (jk_seat_get_log (self->desk->seat));
}

/* Until something in the inbox was dealt with, or nothing is left of that. The minute's look of the
 * desk may be at work meanwhile. */
static inline void
await_seen (Fixture *self, gboolean is_seen)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while ((self->desk->n_busy > 0 || (g_hash_table_size (self->desk->seen) > 0) != is_seen) &&
         g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (g_hash_table_size (self->desk->seen) > 0, is_seen);
}

/* A stick that does not answer until it is let go. */
typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean hangs, has_hung;
} Hanging;

static inline void
hang (const char *path, gpointer user_data)
{
  Hanging *self = user_data;

  g_mutex_lock (&self->mutex);
  self->has_hung = self->has_hung || self->hangs;
  while (self->hangs)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static inline void
begin_to_hang (Hanging *self, JkTestStorage *disk, const char *folder)
{
  *self = (Hanging){ .hangs = TRUE };
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  jk_test_storage_only (disk, folder);
  jk_test_storage_watch (disk, hang, self);
}

static inline void
let_go (Hanging *self, JkTestStorage *disk)
{
  g_mutex_lock (&self->mutex);
  self->hangs = FALSE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < 100; i++)
    step ();
  jk_test_storage_watch (disk, NULL, NULL);
  jk_test_storage_only (disk, NULL);
}

static inline gboolean
has_hung (Hanging *self)
{
  g_mutex_lock (&self->mutex);
  gboolean has = self->has_hung;
  g_mutex_unlock (&self->mutex);
  return has;
}

static inline void
await_hanging (Hanging *self)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (!has_hung (self) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_true (has_hung (self));
}
