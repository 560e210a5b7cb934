/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-writer.c: one thread, one queue, one commit at a time (P1, J1, J3).
 *
 * Everything in the struct below "Shared" is under the mutex. The file is used only by the thread,
 * and never while the mutex is held, so posting never waits for a disk (P2). */
#include "sitting/journal-writer.h"

#include "base/limits.h"
#include "sitting/journal-second.h"

#include <string.h>

/* How long a row that is not urgent may wait. Real time, not the world's: a thread sleeps by it. */
#define LAZY_US G_USEC_PER_SEC

/* How long a failed store waits before a new file is tried again, and a full queue before it
 * refuses. */
#define RETRY_US G_USEC_PER_SEC
#define ROOM_US (G_USEC_PER_SEC / 4)

/* How long anybody waits for a disk that does not answer. */
#define WAIT_US (30 * G_USEC_PER_SEC)

/* A quarter of what the log was grown to. */
#define CHECKPOINT_PAGES 256

typedef struct {
  JkJournalJob job;
  gpointer user_data;
  GError *error;
  gboolean is_done, ok;
} Job;

struct _JkJournalWriter {
  /* Owned */
  JkJournalDb *db;
  GThread *thread;

  /* Borrowed */
  JkJournalSecond *second; /* NULL: this store never has one */

  /* Shared */
  GMutex mutex;
  GCond work, done;
  GPtrArray *posts; /* of JkJournalPost, waiting */
  GPtrArray *spare; /* empty; takes the place of posts while they are written */
  GQueue jobs;      /* of Job, borrowed from who waits for it */
  GPtrArray *held;  /* of JkJournalPost: a turn that failed, until there is a new file */
  GError *failure;  /* NULL while all is well */
  gint64 retry_at;  /* when a new file is tried next; with a failure and a rescue */
  guint n_replaced, n_failures;
  guint n_taken;      /* rows of a turn that are not on disk yet */
  gint64 lazy_until;  /* when posts must go; 0: nobody waits for company */
  gboolean is_urgent; /* posts must go now */
  gboolean is_idle;   /* a checkpoint was asked for */
  gboolean has_time;  /* time is newer than the file's */
  guint8 time[JK_JOURNAL_TIME_BYTES];
  guint64 acknowledged;
  gboolean is_closing, was_tried; /* was_tried: a last time, while closing */
  JkJournalWake wake;
  gpointer wake_data;
  JkJournalRescue rescue;
  gpointer rescue_data;
};

/* What the thread takes from the queue for one turn. */
typedef struct {
  GPtrArray *posts; /* NULL: none */
  Job *job;
  gboolean has_time, checkpoint, is_retry;
  guint8 time[JK_JOURNAL_TIME_BYTES];
} Turn;

static gboolean
write_all (JkJournalDb *db, const Turn *turn, GError **error)
{
  return jk_journal_post_write_all (turn->posts,
                                    turn->has_time ? turn->time : NULL,
                                    sizeof turn->time,
                                    db,
                                    error);
}

/* Without the mutex. */
static gboolean
take_turn (JkJournalWriter *self, const Turn *turn, GError **error)
{
  if (!write_all (self->db, turn, error))
    return FALSE;
  if (!turn->checkpoint || jk_journal_db_get_log_pages (self->db) < CHECKPOINT_PAGES)
    return TRUE;
  return jk_journal_db_checkpoint (self->db, turn->time, sizeof turn->time, error);
}

/* Without the mutex: the old file is left as it is; what the new one lacks of the turn is written
 * there. */
static gboolean
rescue_turn (JkJournalWriter *self, const Turn *turn, GError **error)
{
  guint64 last = 0;

  if (self->db != NULL)
    jk_journal_db_abandon (self->db);
  g_clear_pointer (&self->db, jk_journal_db_free);
  self->db = self->rescue (self->rescue_data, &last, error);
  if (self->db == NULL)
    return FALSE;
  if (turn->posts == NULL || jk_journal_post_array_get_last (turn->posts) <= last)
    return TRUE;
  return write_all (self->db, turn, error);
}

static gboolean
is_stalled (const JkJournalWriter *self)
{
  return self->failure != NULL && self->rescue != NULL;
}

static gboolean
is_time_to_write (JkJournalWriter *self)
{
  if (self->is_closing || !g_queue_is_empty (&self->jobs))
    return TRUE;
  if (is_stalled (self))
    return g_get_monotonic_time () >= self->retry_at;
  if (self->is_urgent || self->has_time || self->is_idle)
    return TRUE;
  return self->lazy_until != 0 && g_get_monotonic_time () >= self->lazy_until;
}

/* Sleeps until there is something to do; FALSE when it was the last time. */
static gboolean
wait_for_work (JkJournalWriter *self)
{
  while (!is_time_to_write (self)) {
    gint64 until = is_stalled (self) ? self->retry_at : self->lazy_until;
    if (until != 0)
      g_cond_wait_until (&self->work, &self->mutex, until);
    else
      g_cond_wait (&self->work, &self->mutex);
  }
  if (!self->is_closing || !g_queue_is_empty (&self->jobs))
    return TRUE;
  if (is_stalled (self))
    return !self->was_tried;
  return self->posts->len > 0 || self->has_time;
}

/* While there is no file: only what was asked of it, and now and then another try. */
static void
begin_stalled_turn (JkJournalWriter *self, Turn *turn)
{
  *turn = (Turn){
    .job = g_queue_pop_head (&self->jobs),
    .is_retry = self->is_closing || g_get_monotonic_time () >= self->retry_at,
  };
  if (turn->is_retry)
    turn->posts = g_steal_pointer (&self->held);
  self->was_tried |= self->is_closing;
}

/* Moves what is waiting into turn. A checkpoint comes only when nobody waits. */
static void
begin_turn (JkJournalWriter *self, Turn *turn)
{
  gboolean is_failed = self->failure != NULL;

  if (is_stalled (self)) {
    begin_stalled_turn (self, turn);
    return;
  }
  if (is_failed)
    g_ptr_array_set_size (self->posts, 0);
  *turn = (Turn){
    .job = g_queue_pop_head (&self->jobs),
    .has_time = self->has_time && !is_failed,
    .checkpoint = self->is_idle && !is_failed && self->posts->len == 0,
  };
  if (self->posts->len > 0) {
    turn->posts = self->posts;
    self->posts = g_steal_pointer (&self->spare);
  }
  memcpy (turn->time, self->time, sizeof turn->time);
  self->is_urgent = self->has_time = self->is_idle = FALSE;
  self->lazy_until = 0;
}

/* FALSE with the reason when nothing of the turn is acknowledged. */
static gboolean
do_turn (JkJournalWriter *self, Turn *turn, gboolean *out_is_new, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *out_is_new = FALSE;
  if (!turn->is_retry && take_turn (self, turn, &problem))
    return TRUE;
  if (self->rescue == NULL) {
    jk_journal_db_abandon (self->db);
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  *out_is_new = TRUE;
  return rescue_turn (self, turn, error);
}

static void
end_turn (JkJournalWriter *self, Turn *turn, gboolean is_new, GError *failure)
{
  if (failure != NULL) {
    g_clear_error (&self->failure);
    self->failure = failure;
    self->retry_at = g_get_monotonic_time () + RETRY_US;
    self->n_failures++;
    if (self->rescue != NULL)
      self->held = g_steal_pointer (&turn->posts);
    return;
  }
  if (is_new) {
    g_clear_error (&self->failure);
    self->n_replaced++;
    self->is_urgent = self->posts->len > 0;
  }
  self->n_taken = 0;
  if (turn->posts != NULL)
    self->acknowledged = jk_journal_post_array_get_last (turn->posts);
}

static void
do_job (JkJournalWriter *self, Job *job, const GError *failure)
{
  if (self->db != NULL)
    job->ok = job->job (self->db, job->user_data, &job->error);
  else
    job->error = g_error_copy (failure != NULL ? failure : self->failure);
}

static gpointer
write_until_closed (gpointer data)
{
  JkJournalWriter *self = data;

  g_mutex_lock (&self->mutex);
  while (wait_for_work (self)) {
    Turn turn;
    GError *failure = NULL;
    gboolean is_new = FALSE;
    begin_turn (self, &turn);
    self->n_taken = turn.posts != NULL ? turn.posts->len : self->n_taken;
    gboolean is_commit = turn.posts != NULL || turn.has_time || turn.checkpoint || turn.is_retry;
    g_mutex_unlock (&self->mutex);

    if (is_commit && do_turn (self, &turn, &is_new, &failure))
      jk_journal_second_write (self->second,
                               turn.posts,
                               turn.has_time ? turn.time : NULL,
                               turn.checkpoint ? turn.time : NULL);
    if (turn.job != NULL)
      do_job (self, turn.job, failure);

    g_mutex_lock (&self->mutex);
    if (is_commit)
      end_turn (self, &turn, is_new, failure);
    if (turn.job != NULL)
      turn.job->is_done = TRUE;
    JkJournalWake wake = is_commit ? self->wake : NULL;
    gpointer wake_data = self->wake_data;
    g_mutex_unlock (&self->mutex);

    g_cond_broadcast (&self->done);
    if (wake != NULL)
      wake (wake_data);
    if (turn.posts != NULL)
      g_ptr_array_set_size (turn.posts, 0);
    g_mutex_lock (&self->mutex);
    if (turn.posts != NULL)
      self->spare = turn.posts;
  }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

JkJournalWriter *
jk_journal_writer_new (JkJournalDb *db,
                       guint64 acknowledged,
                       const guint8 time[static JK_JOURNAL_TIME_BYTES])
{
  JkJournalWriter *self = g_new0 (JkJournalWriter, 1);

  self->db = db;
  self->acknowledged = acknowledged;
  memcpy (self->time, time, sizeof self->time);
  self->posts = jk_journal_post_array_new ();
  self->spare = jk_journal_post_array_new ();
  g_queue_init (&self->jobs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->work);
  g_cond_init (&self->done);
  self->thread = g_thread_new ("jk-journal", write_until_closed, self);
  return self;
}

void
jk_journal_writer_free (JkJournalWriter *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cond_signal (&self->work);
  g_thread_join (self->thread);

  jk_journal_db_free (self->db);
  g_ptr_array_unref (self->posts);
  g_clear_pointer (&self->spare, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_cond_clear (&self->done);
  g_cond_clear (&self->work);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
jk_journal_writer_set_wake (JkJournalWriter *self, JkJournalWake wake, gpointer user_data)
{
  g_mutex_lock (&self->mutex);
  self->wake = wake;
  self->wake_data = user_data;
  g_mutex_unlock (&self->mutex);
}

void
jk_journal_writer_set_rescue (JkJournalWriter *self, JkJournalRescue rescue, gpointer user_data)
{
  g_mutex_lock (&self->mutex);
  self->rescue = rescue;
  self->rescue_data = user_data;
  g_mutex_unlock (&self->mutex);
}

void
jk_journal_writer_set_second (JkJournalWriter *self, JkJournalSecond *second)
{
  self->second = second;
}

guint
jk_journal_writer_get_n_replaced (JkJournalWriter *self)
{
  g_mutex_lock (&self->mutex);
  guint n_replaced = self->n_replaced;
  g_mutex_unlock (&self->mutex);
  return n_replaced;
}

static guint
count_waiting (const JkJournalWriter *self)
{
  return self->posts->len + self->n_taken;
}

/* Whether rows are kept although the disk takes none. */
static gboolean
is_patient (const JkJournalWriter *self)
{
  return is_stalled (self) &&
         g_error_matches (self->failure, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
}

gboolean
jk_journal_writer_check_room (JkJournalWriter *self, GError **error)
{
  gint64 until = g_get_monotonic_time () + ROOM_US;
  g_mutex_lock (&self->mutex);
  while (self->failure == NULL && count_waiting (self) >= JK_JOURNAL_QUEUE_MAX) {
    self->is_urgent = TRUE;
    g_cond_signal (&self->work);
    if (!g_cond_wait_until (&self->done, &self->mutex, until))
      break;
  }
  gboolean has_room = count_waiting (self) < JK_JOURNAL_QUEUE_MAX;
  gboolean ok = has_room && (self->failure == NULL || is_patient (self));
  if (!ok && self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else if (!ok)
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "The disk of this PC is so slow that %u entries wait for it; wait a moment and "
                 "try again; what is shown as saved is safe.",
                 count_waiting (self));
  g_mutex_unlock (&self->mutex);
  return ok;
}

void
jk_journal_writer_add (JkJournalWriter *self, JkJournalPost *post, gboolean urgent)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->posts, post);
  if (urgent) {
    self->is_urgent = TRUE;
    self->has_time = FALSE;
    self->retry_at = 0;
  } else if (self->lazy_until == 0) {
    urgent = TRUE; /* news for the thread, which sleeps without an end */
    self->lazy_until = g_get_monotonic_time () + LAZY_US;
  }
  g_mutex_unlock (&self->mutex);
  if (urgent)
    g_cond_signal (&self->work);
}

void
jk_journal_writer_put_time (JkJournalWriter *self, const guint8 time[static JK_JOURNAL_TIME_BYTES])
{
  g_mutex_lock (&self->mutex);
  memcpy (self->time, time, sizeof self->time);
  self->has_time = self->failure == NULL;
  g_mutex_unlock (&self->mutex);
  g_cond_signal (&self->work);
}

void
jk_journal_writer_idle (JkJournalWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->is_idle = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cond_signal (&self->work);
}

guint64
jk_journal_writer_get_acknowledged (JkJournalWriter *self)
{
  g_mutex_lock (&self->mutex);
  guint64 acknowledged = self->acknowledged;
  g_mutex_unlock (&self->mutex);
  return acknowledged;
}

gboolean
jk_journal_writer_wait (JkJournalWriter *self, guint64 sequence, GError **error)
{
  gint64 until = g_get_monotonic_time () + WAIT_US;
  gboolean in_time = TRUE;

  g_mutex_lock (&self->mutex);
  guint n_failures = self->n_failures;
  if (self->acknowledged < sequence) {
    self->is_urgent |= self->lazy_until != 0;
    self->retry_at = 0;
    g_cond_signal (&self->work);
  }
  while (in_time && self->acknowledged < sequence &&
         (self->failure == NULL || (is_stalled (self) && self->n_failures == n_failures)))
    in_time = g_cond_wait_until (&self->done, &self->mutex, until);
  gboolean ok = self->acknowledged >= sequence;
  if (!ok && self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else if (!ok)
    g_set_error_literal (error,
                         JK_SITTING_ERROR,
                         JK_SITTING_ERROR_STORE,
                         "The disk of this PC has not answered for 30 seconds: call the proctor; "
                         "what is shown as saved is safe.");
  g_mutex_unlock (&self->mutex);
  return ok;
}

gboolean
jk_journal_writer_has_failed (JkJournalWriter *self, GError **out_error)
{
  g_mutex_lock (&self->mutex);
  gboolean has_failed = self->failure != NULL;
  if (has_failed && out_error != NULL)
    *out_error = g_error_copy (self->failure);
  g_mutex_unlock (&self->mutex);
  return has_failed;
}

gboolean
jk_journal_writer_run (JkJournalWriter *self,
                       JkJournalJob job_func,
                       gpointer user_data,
                       GError **error)
{
  Job job = { .job = job_func, .user_data = user_data };

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->jobs, &job);
  g_cond_signal (&self->work);
  while (!job.is_done)
    g_cond_wait (&self->done, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.ok;
}
