/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-writer.c: one thread, one queue, one commit at a time (P1, J1, J3).
 *
 * Everything in the struct below "Shared" is under the mutex. The file is used only by the thread,
 * and never while the mutex is held, so posting never waits for a disk (P2). */
#include "sitting/journal-writer.h"

#include <string.h>

/* How long a row that is not urgent may wait. Real time, not the world's: a thread sleeps by it. */
#define LAZY_US G_USEC_PER_SEC

/* A quarter of what the log was grown to. */
#define CHECKPOINT_PAGES 256

typedef struct {
  char *name;
  guint8 *box; /* NULL: the entry goes */
  gsize size;
} Side;

struct _JkJournalPost {
  guint64 sequence;
  guint8 *box;
  gsize size;
  GArray *sides; /* of Side; NULL when there is none */
};

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

  /* Shared */
  GMutex mutex;
  GCond work, done;
  GPtrArray *posts;   /* of JkJournalPost, waiting */
  GPtrArray *spare;   /* empty; takes the place of posts while they are written */
  GQueue jobs;        /* of Job, borrowed from who waits for it */
  GError *failure;    /* NULL while all is well */
  gint64 lazy_until;  /* when posts must go; 0: nobody waits for company */
  gboolean is_urgent; /* posts must go now */
  gboolean is_idle;   /* a checkpoint was asked for */
  gboolean is_closing;
  gboolean has_time; /* time is newer than the file's */
  guint8 time[JK_JOURNAL_TIME_BYTES];
  guint64 acknowledged;
  JkJournalWake wake;
  gpointer wake_data;
};

/* What the thread takes from the queue for one turn. */
typedef struct {
  GPtrArray *posts; /* NULL: none */
  Job *job;
  gboolean has_time, checkpoint;
  guint8 time[JK_JOURNAL_TIME_BYTES];
} Turn;

static void
clear_side (gpointer data)
{
  Side *side = data;

  g_free (side->name);
  g_free (side->box);
}

static void
free_post (gpointer data)
{
  jk_journal_post_free (data);
}

JkJournalPost *
jk_journal_post_new (guint64 sequence, guint8 *box, gsize size)
{
  JkJournalPost *self = g_new0 (JkJournalPost, 1);

  self->sequence = sequence;
  self->box = box;
  self->size = size;
  return self;
}

void
jk_journal_post_free (JkJournalPost *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sides, g_array_unref);
  g_free (self->box);
  g_free (self);
}

void
jk_journal_post_add_side (JkJournalPost *self, const char *name, guint8 *box, gsize size)
{
  Side side = { g_strdup (name), box, size };

  if (self->sides == NULL) {
    self->sides = g_array_new (FALSE, FALSE, sizeof (Side));
    g_array_set_clear_func (self->sides, clear_side);
  }
  g_array_append_val (self->sides, side);
}

void
jk_journal_post_drop_side (JkJournalPost *self, const char *name)
{
  jk_journal_post_add_side (self, name, NULL, 0);
}

static gboolean
write_side (JkJournalDb *db, const Side *side, GError **error)
{
  if (side->box == NULL)
    return jk_journal_db_drop_side (db, side->name, error);
  return jk_journal_db_add_side (db, side->name, side->box, side->size, error);
}

static gboolean
write_post (JkJournalDb *db, const JkJournalPost *post, GError **error)
{
  if (!jk_journal_db_add_row (db, post->sequence, post->box, post->size, error))
    return FALSE;
  for (guint i = 0; post->sides != NULL && i < post->sides->len; i++) {
    if (!write_side (db, &g_array_index (post->sides, Side, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_all (JkJournalDb *db, const Turn *turn, GError **error)
{
  const JkJournalPost *first = turn->posts != NULL ? g_ptr_array_index (turn->posts, 0) : NULL;

  /* Alone, an answer is a commit of its own. */
  if (first == NULL)
    return !turn->has_time || jk_journal_db_put_time (db, turn->time, sizeof turn->time, error);
  if (turn->posts->len == 1 && first->sides == NULL && !turn->has_time)
    return write_post (db, first, error);

  if (!jk_journal_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < turn->posts->len; i++) {
    if (!write_post (db, g_ptr_array_index (turn->posts, i), error))
      return FALSE;
  }
  if (turn->has_time && !jk_journal_db_put_time (db, turn->time, sizeof turn->time, error))
    return FALSE;
  return jk_journal_db_commit (db, error);
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

static gboolean
is_time_to_write (JkJournalWriter *self)
{
  if (self->is_urgent || self->has_time || self->is_idle || self->is_closing)
    return TRUE;
  if (!g_queue_is_empty (&self->jobs))
    return TRUE;
  return self->lazy_until != 0 && g_get_monotonic_time () >= self->lazy_until;
}

/* Sleeps until there is something to do; FALSE when it was the last time. */
static gboolean
wait_for_work (JkJournalWriter *self)
{
  while (!is_time_to_write (self)) {
    if (self->lazy_until != 0)
      g_cond_wait_until (&self->work, &self->mutex, self->lazy_until);
    else
      g_cond_wait (&self->work, &self->mutex);
  }
  return !self->is_closing || self->posts->len > 0 || self->has_time ||
         !g_queue_is_empty (&self->jobs);
}

/* Moves what is waiting into turn. A checkpoint comes only when nobody waits. */
static void
begin_turn (JkJournalWriter *self, Turn *turn)
{
  gboolean is_failed = self->failure != NULL;

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

static void
end_turn (JkJournalWriter *self, Turn *turn, GError *failure)
{
  if (failure != NULL) {
    self->failure = failure;
    jk_journal_db_abandon (self->db);
  } else if (turn->posts != NULL) {
    const JkJournalPost *last = g_ptr_array_index (turn->posts, turn->posts->len - 1);
    self->acknowledged = last->sequence;
  }
  if (turn->job != NULL)
    turn->job->is_done = TRUE;
}

static gpointer
write_until_closed (gpointer data)
{
  JkJournalWriter *self = data;

  g_mutex_lock (&self->mutex);
  while (wait_for_work (self)) {
    Turn turn;
    GError *failure = NULL;
    begin_turn (self, &turn);
    gboolean is_commit = turn.posts != NULL || turn.has_time || turn.checkpoint;
    g_mutex_unlock (&self->mutex);

    if (is_commit)
      take_turn (self, &turn, &failure);
    if (turn.job != NULL)
      turn.job->ok = turn.job->job (self->db, turn.job->user_data, &turn.job->error);

    g_mutex_lock (&self->mutex);
    end_turn (self, &turn, failure);
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
  self->posts = g_ptr_array_new_with_free_func (free_post);
  self->spare = g_ptr_array_new_with_free_func (free_post);
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
  g_ptr_array_unref (self->spare);
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

gboolean
jk_journal_writer_add (JkJournalWriter *self, JkJournalPost *post, gboolean urgent, GError **error)
{
  gboolean is_news = urgent;

  g_mutex_lock (&self->mutex);
  if (self->failure != NULL) {
    g_propagate_error (error, g_error_copy (self->failure));
    g_mutex_unlock (&self->mutex);
    jk_journal_post_free (post);
    return FALSE;
  }
  g_ptr_array_add (self->posts, post);
  if (urgent) {
    self->is_urgent = TRUE;
    self->has_time = FALSE;
  } else if (self->lazy_until == 0) {
    self->lazy_until = g_get_monotonic_time () + LAZY_US;
    is_news = TRUE;
  }
  g_mutex_unlock (&self->mutex);
  if (is_news)
    g_cond_signal (&self->work);
  return TRUE;
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
  g_mutex_lock (&self->mutex);
  if (self->acknowledged < sequence && self->lazy_until != 0) {
    self->is_urgent = TRUE;
    g_cond_signal (&self->work);
  }
  while (self->acknowledged < sequence && self->failure == NULL)
    g_cond_wait (&self->done, &self->mutex);
  gboolean ok = self->acknowledged >= sequence;
  if (!ok)
    g_propagate_error (error, g_error_copy (self->failure));
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
