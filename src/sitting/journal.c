/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal.c: rows closed and opened, and the replay kept beside them (P1, P9, J1 to J4).
 *
 * Everything here runs on the thread that posts, except what says otherwise; the file is the
 * writer's. */
#include "sitting/journal.h"

#include "base/bytes.h"
#include "base/error.h"
#include "sitting/journal-keys.h"
#include "sitting/journal-replace.h"
#include "sitting/journal-second.h"
#include "sitting/journal-store.h"

#include <string.h>

struct _JkJournal {
  /* Owned */
  char *path;
  JkJournalKeys keys;
  JkReplay *replay;
  JkJournalWriter *writer;
  JkJournalSecond *second;

  /* Borrowed */
  const JkWorld *world;

  /* Plain */
  guint8 boot_id[JK_BOOT_ID_BYTES];
  JkTimeRecord durable;
};

static gboolean
set_chain_error (GError **error, const JkJournal *self, const char *what)
{
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_CHAIN,
               "%s: %s: call the proctor, and keep this file and the files beside it.",
               self->path,
               what);
  return FALSE;
}

/* A row as the file gives it, in plaintext; NULL with error. */
static GBytes *
open_row (const JkJournal *self, guint64 sequence, const guint8 *box, gsize size, GError **error)
{
  if (size > JK_ROW_HEAD_BYTES + JK_ROW_PAYLOAD_BYTES_MAX + JK_BOX_OVERHEAD) {
    set_chain_error (error, self, "a row is longer than a row can be");
    return NULL;
  }
  GBytes *row = jk_journal_keys_open_row (&self->keys, sequence, box, size);
  if (row == NULL) {
    g_autofree char *what = g_strdup_printf (
        "row %" G_GUINT64_FORMAT " does not open: it was changed, or stands in a wrong place",
        sequence);
    set_chain_error (error, self, what);
  }
  return row;
}

static gboolean
replay_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  JkJournal *self = user_data;
  g_autoptr (GBytes) row = open_row (self, sequence, box, size, error);
  gsize row_size;

  if (row == NULL)
    return FALSE;
  const guint8 *data = g_bytes_get_data (row, &row_size);
  if (jk_replay_take (self->replay, data, row_size, error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->path);
  return FALSE;
}

/* The last row is a sign of life, and so is the time record when it was written after it. */
static gboolean
read_durable (JkJournal *self, JkJournalDb *db, GError **error)
{
  g_autoptr (GBytes) box = NULL;
  JkTimeRecord *durable = &self->durable;
  guint64 n_rows = jk_replay_get_n_rows (self->replay);

  durable->sequence = n_rows;
  durable->exam_ms = jk_replay_get_exam_ms (self->replay);
  durable->wall_ms = jk_replay_get_wall_ms (self->replay);
  memcpy (durable->boot_id, jk_replay_get_boot_id (self->replay), JK_BOOT_ID_BYTES);

  if (!jk_journal_db_read_time (db, &box, error))
    return FALSE;
  if (box == NULL)
    return TRUE;
  JkTimeRecord record;
  if (!jk_journal_keys_open_time (&self->keys, box, &record))
    return set_chain_error (error, self, "the record of exam time does not open");
  record.exam_ms = MAX (record.exam_ms, durable->exam_ms);
  if (record.sequence == n_rows)
    *durable = record;
  return TRUE;
}

/* On the writer's thread; of the keys only those that never change are read. */
static JkJournalDb *
rescue (gpointer user_data, guint64 *out_last, GError **error)
{
  JkJournal *self = user_data;
  return jk_journal_replace (self->world, self->path, &self->keys, out_last, error);
}

/* Replays, makes the log ready and starts the writer, which takes db. */
static gboolean
set_going (JkJournal *self, JkJournalDb *db, GError **error)
{
  guint8 time[JK_JOURNAL_TIME_BYTES];

  self->replay = jk_replay_new (&self->keys.first_link);
  self->world->clock->boot_id (self->world->clock, self->boot_id);
  if (!jk_journal_db_each_row (db, replay_row, self, error) || !read_durable (self, db, error))
    return FALSE;
  jk_journal_keys_close_time (&self->keys, &self->durable, time);
  if (!jk_journal_db_grow (db, time, sizeof time, error))
    return FALSE;
  /* SQLite syncs the name of its log once, and does not say when that failed; the name of the store
   * may be from an attempt that was stopped before it synced. */
  g_autofree char *folder = g_path_get_dirname (self->path);
  if (!jk_storage_sync_folder (self->world->storage, folder, error))
    return FALSE;
  self->writer = jk_journal_writer_new (db, jk_replay_get_n_rows (self->replay), time);
  jk_journal_writer_set_rescue (self->writer, rescue, self);
  jk_journal_writer_set_second (self->writer, self->second);
  return TRUE;
}

static JkJournal *
new_journal (const JkWorld *world, const char *path)
{
  JkJournal *self = g_new0 (JkJournal, 1);

  self->world = world;
  self->path = g_strdup (path);
  self->second = jk_journal_second_new (world, path, &self->keys);
  return self;
}

/* A refused store is left exactly as it was found. */
static JkJournal *
refuse_store (JkJournalDb *db)
{
  if (db != NULL)
    jk_journal_db_abandon (db);
  return NULL;
}

JkJournal *
jk_journal_create (const JkWorld *world,
                   const char *path,
                   const JkDigest *session,
                   const JkSealPublic *readers,
                   gsize n_readers,
                   GError **error)
{
  g_autoptr (JkJournal) self = new_journal (world, path);
  g_auto (JkJournalMeta) meta = {
    .version = JK_JOURNAL_VERSION,
    .suite = JK_JOURNAL_SUITE,
    .session = *session,
  };

  g_return_val_if_fail (n_readers >= 1 && n_readers <= JK_RECIPIENTS_MAX, NULL);
  if (jk_journal_store_is_there (world, path)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_EXISTS,
                 "%s is there already: this sitting was begun before; resume it.",
                 path);
    return NULL;
  }
  g_autofree char *name = g_path_get_basename (path);
  jk_journal_keys_draw (&self->keys, world->random, name, readers, n_readers, &meta);
  if (!jk_journal_store_make (world, path, &meta, error))
    return NULL;

  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (path, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (db == NULL || !set_going (self, db, error))
    return refuse_store (db);
  db = NULL;
  return g_steal_pointer (&self);
}

JkJournal *
jk_journal_open (const JkWorld *world,
                 const char *path,
                 const JkDigest *session,
                 const JkSecret *reader,
                 GError **error)
{
  g_autoptr (JkJournal) self = new_journal (world, path);
  g_autofree char *newest = jk_journal_dup_newest (world, path);
  g_autoptr (JkJournalDb) db = NULL;

  if (!jk_journal_store_is_there (world, path)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_MISSING,
                 "%s is not there: no sitting of this record was begun on this PC.",
                 path);
    return NULL;
  }
  db = jk_journal_db_open (newest, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (db == NULL)
    return NULL;

  const JkJournalMeta *meta = jk_journal_db_get_meta (db);
  if (!jk_digest_equal (&meta->session, session)) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_FOREIGN,
                 "%s is the journal of another session: take the folder of this session.",
                 path);
    return refuse_store (db);
  }
  if (!jk_journal_keys_unseal (&self->keys, world->random, meta, reader, error)) {
    g_prefix_error (error, "%s: ", path);
    return refuse_store (db);
  }
  if (!set_going (self, db, error))
    return refuse_store (db);
  db = NULL;
  return g_steal_pointer (&self);
}

void
jk_journal_free (JkJournal *self)
{
  if (self == NULL)
    return;
  jk_journal_writer_free (self->writer);
  jk_journal_second_free (self->second);
  jk_replay_free (self->replay);
  jk_journal_keys_clear (&self->keys);
  g_free (self->path);
  g_free (self);
}

void
jk_journal_set_notify (JkJournal *self, JkJournalNotify notify, gpointer user_data)
{
  jk_journal_writer_set_wake (self->writer, notify, user_data);
}

const guint8 *
jk_journal_get_sitting_id (const JkJournal *self)
{
  return self->keys.place + JK_DIGEST_BYTES;
}

const JkReplay *
jk_journal_get_replay (const JkJournal *self)
{
  return self->replay;
}

guint64
jk_journal_post (JkJournal *self,
                 JkEvent event,
                 guint64 exam_ms,
                 const guint8 *payload,
                 gsize payload_size,
                 const JkSideEntry *side,
                 gsize n_side,
                 JkUrgency urgency,
                 GError **error)
{
  const JkClock *clock = self->world->clock;
  JkRow row = {
    .sequence = jk_replay_get_n_rows (self->replay) + 1,
    .event = event,
    .exam_ms = exam_ms,
    .wall_ms = clock->wall_ms (clock),
    .payload_size = (guint32) payload_size,
    .payload = payload,
  };
  memcpy (row.boot_id, self->boot_id, JK_BOOT_ID_BYTES);

  if (!jk_journal_writer_check_room (self->writer, error))
    return 0;
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (!jk_replay_take (self->replay, data, size, error))
    return 0;

  JkJournalKeys *keys = &self->keys;
  guint8 *box = jk_journal_keys_close_row (keys, row.sequence, data, size);
  JkJournalPost *post = jk_journal_post_new (row.sequence, box, size + JK_BOX_OVERHEAD);
  for (const JkSideEntry *at = side; at < side + n_side; at++) {
    box = jk_journal_keys_close_side (keys, at->name, at->data, at->size);
    jk_journal_post_add_side (post, at->name, box, at->size + JK_BOX_OVERHEAD);
  }
  jk_journal_writer_add (self->writer, post, urgency == JK_JOURNAL_NOW);
  return row.sequence;
}

guint64
jk_journal_get_acknowledged (const JkJournal *self)
{
  return jk_journal_writer_get_acknowledged (self->writer);
}

gboolean
jk_journal_wait (JkJournal *self, guint64 ticket, GError **error)
{
  return jk_journal_writer_wait (self->writer, ticket, error);
}

guint
jk_journal_get_n_replaced (JkJournal *self)
{
  return jk_journal_writer_get_n_replaced (self->writer);
}

gboolean
jk_journal_has_failed (JkJournal *self, GError **out_error)
{
  return jk_journal_writer_has_failed (self->writer, out_error);
}

JkStoreState
jk_journal_get_store_state (JkJournal *self)
{
  g_autoptr (GError) reason = NULL;

  if (!jk_journal_writer_has_failed (self->writer, &reason))
    return JK_STORE_OK;
  return g_error_matches (reason, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL) ? JK_STORE_FULL
                                                                           : JK_STORE_FAILED;
}

typedef struct {
  JkJournalSecond *second;
  const char *folder;
} Wish;

static gboolean
set_second (JkJournalDb *db, gpointer user_data, GError **error)
{
  Wish *wish = user_data;
  return jk_journal_second_set (wish->second, db, wish->folder, error);
}

gboolean
jk_journal_set_second (JkJournal *self, const char *folder, GError **error)
{
  Wish wish = { self->second, folder };
  return jk_journal_writer_run (self->writer, set_second, &wish, error);
}

JkSecondState
jk_journal_get_second_state (JkJournal *self, char **out_sentence)
{
  return jk_journal_second_get_state (self->second, out_sentence);
}

guint
jk_journal_get_n_aside (JkJournal *self)
{
  return jk_journal_second_get_n_aside (self->second);
}

void
jk_journal_note_time (JkJournal *self, guint64 exam_ms)
{
  const JkClock *clock = self->world->clock;
  guint8 box[JK_JOURNAL_TIME_BYTES];
  JkTimeRecord record = {
    .exam_ms = exam_ms,
    .wall_ms = clock->wall_ms (clock),
    .sequence = jk_replay_get_n_rows (self->replay),
  };

  memcpy (record.boot_id, self->boot_id, JK_BOOT_ID_BYTES);
  jk_journal_keys_close_time (&self->keys, &record, box);
  jk_journal_writer_put_time (self->writer, box);
}

guint64
jk_journal_get_durable_exam_ms (const JkJournal *self)
{
  return self->durable.exam_ms;
}

gint64
jk_journal_get_durable_wall_ms (const JkJournal *self)
{
  return self->durable.wall_ms;
}

const guint8 *
jk_journal_get_durable_boot_id (const JkJournal *self)
{
  return self->durable.boot_id;
}

/* A read that runs on the writer's thread. */
typedef struct {
  /* Borrowed */
  JkJournal *journal;
  const char *name;
  /* Owned */
  GBytes *side;
  GByteArray *rows;
  /* Plain */
  JkDigest link;
} Reading;

static gboolean
read_side (JkJournalDb *db, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  return jk_journal_db_read_side (db, reading->name, &reading->side, error);
}

GBytes *
jk_journal_read_side (JkJournal *self, const char *name, GError **error)
{
  Reading reading = { .journal = self, .name = name };
  GBytes *plain = NULL;

  if (!jk_journal_writer_run (self->writer, read_side, &reading, error))
    return NULL;
  g_autoptr (GBytes) box = reading.side;
  if (box != NULL)
    plain = jk_journal_keys_open_side (&self->keys, name, box);
  if (plain == NULL) {
    g_autofree char *what =
        g_strdup_printf ("the entry \"%s\" %s", name, box == NULL ? "is missing" : "does not open");
    set_chain_error (error, self, what);
  }
  return plain;
}

static gboolean
append_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  g_autoptr (GBytes) row = open_row (reading->journal, sequence, box, size, error);
  guint8 length[4];
  gsize row_size;

  if (row == NULL)
    return FALSE;
  const guint8 *data = g_bytes_get_data (row, &row_size);
  jk_bytes_put_u32 (length, (guint32) row_size);
  g_byte_array_append (reading->rows, length, sizeof length);
  g_byte_array_append (reading->rows, data, (guint) row_size);
  jk_chain_next (&reading->link, data, row_size, &reading->link);
  return TRUE;
}

static gboolean
read_rows (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_each_row (db, append_row, user_data, error);
}

GBytes *
jk_journal_read_rows (JkJournal *self, JkDigest *out_first_link, GError **error)
{
  guint64 n_rows = jk_replay_get_n_rows (self->replay);
  Reading reading = { .journal = self, .link = self->keys.first_link };

  if (!jk_journal_writer_wait (self->writer, n_rows, error))
    return NULL;
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  reading.rows = rows;
  if (!jk_journal_writer_run (self->writer, read_rows, &reading, error))
    return NULL;
  if (!jk_digest_equal (&reading.link, jk_replay_get_link (self->replay))) {
    set_chain_error (error, self, "its rows are not the ones that were written");
    return NULL;
  }
  *out_first_link = self->keys.first_link;
  return g_byte_array_free_to_bytes (g_steal_pointer (&rows));
}

void
jk_journal_idle (JkJournal *self)
{
  jk_journal_writer_idle (self->writer);
}
