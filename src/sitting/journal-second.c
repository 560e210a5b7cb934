/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-second.c: the copy is made whole, then follows commit by commit.
 *
 * The store is only read here, through the connection the writer has; what fails there is the
 * copy's. */
#include "sitting/journal-second.h"

#include "base/error.h"
#include "sitting/journal-replace.h"
#include "sitting/journal-store.h"

#include <errno.h>
#include <string.h>

/* As for the store. */
#define CHECKPOINT_PAGES 256

struct _JkJournalSecond {
  /* Owned */
  char *store_path;

  /* Borrowed */
  const JkWorld *world;
  const JkJournalKeys *keys;

  /* Of the writer's thread, owned */
  JkJournalDb *db; /* NULL: none */
  char *path, *log_path;

  /* Shared */
  GMutex mutex;
  JkSecondState state;
  char *sentence;
  guint n_aside;
};

JkJournalSecond *
jk_journal_second_new (const JkWorld *world, const char *path, const JkJournalKeys *keys)
{
  JkJournalSecond *self = g_new0 (JkJournalSecond, 1);

  self->world = world;
  self->keys = keys;
  self->store_path = g_strdup (path);
  g_mutex_init (&self->mutex);
  return self;
}

void
jk_journal_second_free (JkJournalSecond *self)
{
  if (self == NULL)
    return;
  jk_journal_db_free (self->db);
  g_free (self->path);
  g_free (self->log_path);
  g_free (self->store_path);
  g_free (self->sentence);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
set_state (JkJournalSecond *self, JkSecondState state, const GError *reason)
{
  g_autofree char *name = g_path_get_basename (self->store_path);

  g_mutex_lock (&self->mutex);
  self->state = state;
  g_clear_pointer (&self->sentence, g_free);
  if (reason != NULL)
    self->sentence = g_strdup_printf (
        "There is no second copy of %s, and the exam goes on with the disk of this "
        "PC alone: put the other disk in order and set the copy again. What was "
        "found: %s",
        name,
        reason->message);
  g_mutex_unlock (&self->mutex);
}

/* Never written again, not even by closing. */
static void
let_go (JkJournalSecond *self)
{
  if (self->db != NULL)
    jk_journal_db_abandon (self->db);
  g_clear_pointer (&self->db, jk_journal_db_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->log_path, g_free);
}

static gboolean
count_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint64 *last = user_data;
  *last = sequence;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *path, const char *what)
{
  g_set_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS, "%s %s.", path, what);
  return FALSE;
}

/* What lies in the place of the copy, against the store. */
typedef struct {
  /* Borrowed */
  const JkJournalKeys *keys;
  JkJournalDb *first;
  /* Plain */
  guint64 n_sound;  /* rows from the first on that open */
  guint64 n_common; /* of these, from the first on, those that are in the store */
  gboolean is_damaged, store_failed;
} Older;

static gboolean
judge_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  Older *older = user_data;
  g_autoptr (GBytes) here = g_bytes_new_static (box, size);
  g_autoptr (GBytes) row = jk_journal_keys_open_row (older->keys, sequence, box, size);
  g_autoptr (GBytes) stored = NULL;

  older->is_damaged |= row == NULL || sequence != older->n_sound + 1;
  if (older->is_damaged)
    return TRUE;
  if (!jk_journal_db_read_row (older->first, sequence, &stored, error)) {
    older->store_failed = TRUE;
    return FALSE;
  }
  if (older->n_common == older->n_sound && stored != NULL && g_bytes_equal (stored, here))
    older->n_common++;
  older->n_sound++;
  return TRUE;
}

/* Neither the stick's failure nor the store's: what was read is no copy, or not whole. */
static gboolean
is_about_content (const GError *error)
{
  return g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN) ||
         g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
}

/* FALSE when it cannot be read, or must stay: a disk that forgets comes back with fewer rows than
 * its copy, and may have gone on from there. *out_is_copy: of this sitting, and all of it is in the
 * store. */
static gboolean
judge_older (JkJournalSecond *self, JkJournalDb *first, gboolean *out_is_copy, GError **error)
{
  Older older = { .keys = self->keys, .first = first };
  g_autoptr (GError) problem = NULL;
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (self->path, self->world->storage->vfs_name, JK_JOURNAL_DURABLE, &problem);

  *out_is_copy = FALSE;
  if (db != NULL) {
    jk_journal_db_abandon (db);
    if (memcmp (jk_journal_db_get_meta (db)->sitting,
                jk_journal_db_get_meta (first)->sitting,
                JK_SITTING_ID_BYTES) != 0)
      return TRUE;
    jk_journal_db_each_row (db, judge_row, &older, &problem);
  }
  if (problem != NULL && (older.store_failed || !is_about_content (problem))) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (older.n_sound > older.n_common)
    return refuse (error,
                   self->path,
                   "holds rows that the store of this PC lacks, which has forgotten: call the "
                   "proctor, keep both, and resume from that copy");
  *out_is_copy = problem == NULL && !older.is_damaged;
  return TRUE;
}

/* What is no copy of this store, or not whole, is somebody's all the same. */
static gboolean
make_room (JkJournalSecond *self, JkJournalDb *first, GError **error)
{
  gboolean is_there = jk_journal_store_is_there (self->world, self->path);
  gboolean has_log = jk_journal_store_is_there (self->world, self->log_path);
  gboolean is_copy = FALSE;

  if (!is_there && !has_log)
    return TRUE;
  if (is_there && !judge_older (self, first, &is_copy, error))
    return FALSE;
  if (is_copy)
    return TRUE;
  if (!jk_journal_store_set_aside (self->world, self->path, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->n_aside++;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Its log would be taken for that of the new copy, and must go before that has its name; what the
 * log holds goes into the file first, for until then this is the copy. */
static gboolean
fold_older (JkJournalSecond *self, GError **error)
{
  if (!jk_journal_store_is_there (self->world, self->path))
    return TRUE;
  g_autoptr (JkJournalDb) older =
      jk_journal_db_open (self->path, self->world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (older == NULL)
    return FALSE;
  gboolean ok = jk_journal_db_fold (older, error);
  if (!ok)
    jk_journal_db_abandon (older);
  return ok;
}

static gboolean
remove_older_log (JkJournalSecond *self, const char *folder, GError **error)
{
  const JkStorage *storage = self->world->storage;

  /* SQLite may have removed it, and does not sync the folder. */
  if (storage->unlink (storage, self->log_path) == 0 || errno == ENOENT)
    return jk_storage_sync_folder (storage, folder, error);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s cannot be removed (%s): take another folder.",
               self->log_path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
fill (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_add_all (user_data, db, error);
}

static gboolean
verify (JkJournalSecond *self, JkJournalDb *first, guint64 last, const char *part, GError **error)
{
  guint64 copied = 0;

  if (!jk_journal_verify_copy (self->world, part, self->keys, &copied, error))
    return FALSE;
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (part, self->world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (db == NULL || !jk_journal_db_has_sides (first, db, error))
    return FALSE;
  if (copied == last)
    return TRUE;
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s holds %" G_GUINT64_FORMAT " rows of %" G_GUINT64_FORMAT ": check the disk.",
               part,
               copied,
               last);
  return FALSE;
}

static gboolean
make (JkJournalSecond *self, JkJournalDb *first, const char *folder, GError **error)
{
  const JkStorage *storage = self->world->storage;
  g_autofree char *part = g_strconcat (self->path, ".part", NULL);
  guint64 last = 0;

  if (!jk_journal_db_each_row (first, count_row, &last, error) || !make_room (self, first, error) ||
      !jk_journal_store_make_part (self->world, part, error))
    return FALSE;
  if (jk_journal_db_make_filled (part,
                                 storage->vfs_name,
                                 jk_journal_db_get_meta (first),
                                 fill,
                                 first,
                                 error) &&
      verify (self, first, last, part, error) && fold_older (self, error) &&
      remove_older_log (self, folder, error))
    self->db = jk_journal_open_copy (self->world, part, self->path, error);
  if (self->db == NULL)
    storage->unlink (storage, part);
  return self->db != NULL;
}

/* A file beside the store may be one of its own that must not be written. */
static gboolean
is_own_folder (const JkJournalSecond *self, const char *folder)
{
  g_autofree char *own = g_path_get_dirname (self->store_path);
  g_autofree char *own_name = g_canonicalize_filename (own, NULL);
  g_autofree char *name = g_canonicalize_filename (folder, NULL);
  return g_str_equal (own_name, name);
}

gboolean
jk_journal_second_set (JkJournalSecond *self,
                       JkJournalDb *first,
                       const char *folder,
                       GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  let_go (self);
  if (folder == NULL) {
    set_state (self, JK_SECOND_NONE, NULL);
    return TRUE;
  }
  g_autofree char *name = g_path_get_basename (self->store_path);
  self->path = g_build_filename (folder, name, NULL);
  self->log_path = g_strconcat (self->path, "-wal", NULL);
  if (is_own_folder (self, folder))
    ok = refuse (&problem, folder, "holds the store itself: take a folder of another disk");
  else
    ok = make (self, first, folder, &problem);
  set_state (self, ok ? JK_SECOND_ALIVE : JK_SECOND_LOST, problem);
  if (!ok) {
    let_go (self);
    g_propagate_error (error, g_steal_pointer (&problem));
  }
  return ok;
}

/* Files that were removed while they are open take commits without complaint. */
static gboolean
check_still_there (const JkJournalSecond *self, GError **error)
{
  if (jk_journal_store_is_there (self->world, self->path) &&
      jk_journal_store_is_there (self->world, self->log_path))
    return TRUE;
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s is gone: it was removed, or its disk was.",
               self->path);
  return FALSE;
}

static gboolean
write_turn (JkJournalSecond *self,
            const GPtrArray *posts,
            const guint8 *time,
            const guint8 *idle_time,
            GError **error)
{
  if (!jk_journal_post_write_all (posts, time, JK_JOURNAL_TIME_BYTES, self->db, error))
    return FALSE;
  if (idle_time != NULL && jk_journal_db_get_log_pages (self->db) >= CHECKPOINT_PAGES &&
      !jk_journal_db_checkpoint (self->db, idle_time, JK_JOURNAL_TIME_BYTES, error))
    return FALSE;
  return check_still_there (self, error);
}

void
jk_journal_second_write (JkJournalSecond *self,
                         const GPtrArray *posts,
                         const guint8 *time,
                         const guint8 *idle_time)
{
  g_autoptr (GError) problem = NULL;

  if (self == NULL || self->db == NULL || write_turn (self, posts, time, idle_time, &problem))
    return;
  let_go (self);
  set_state (self, JK_SECOND_LOST, problem);
}

JkSecondState
jk_journal_second_get_state (JkJournalSecond *self, char **out_sentence)
{
  g_mutex_lock (&self->mutex);
  JkSecondState state = self->state;
  if (out_sentence != NULL)
    *out_sentence = g_strdup (self->sentence);
  g_mutex_unlock (&self->mutex);
  return state;
}

guint
jk_journal_second_get_n_aside (JkJournalSecond *self)
{
  g_mutex_lock (&self->mutex);
  guint n_aside = self->n_aside;
  g_mutex_unlock (&self->mutex);
  return n_aside;
}
