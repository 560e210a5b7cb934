/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log.c: rows of a station log closed, written and replayed (L1 to L4). File, keys and
 * thread are those of a journal. */
#include "sitting/log-private.h"

#include "crypto/error.h"
#include "sitting/journal-replace.h"
#include "sitting/readers.h"
#include "sitting/sitting-private.h"

#include <string.h>

#define ROSTER_ENTRY "roster"
#define BOX_BYTES_MAX (JK_ROW_HEAD_BYTES + 512 + JK_BOX_OVERHEAD)

static gboolean
refuse (const JkLog *self, JkSittingError code, const char *what, GError **error)
{
  g_set_error (error, JK_SITTING_ERROR, (gint) code, "%s %s.", self->path, what);
  return FALSE;
}

static gboolean
open_row (const JkLog *self,
          guint64 sequence,
          const guint8 *box,
          gsize size,
          GBytes **out_row,
          GError **error)
{
  *out_row =
      size <= BOX_BYTES_MAX ? jk_journal_keys_open_row (&self->keys, sequence, box, size) : NULL;
  return *out_row != NULL ||
         refuse (self,
                 JK_SITTING_ERROR_CHAIN,
                 "has a row that does not open: it was changed; call the proctor, and keep this "
                 "file and the files beside it",
                 error);
}

static gboolean
replay_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  JkLog *self = user_data;
  g_autoptr (GBytes) row = NULL;
  gsize row_size;

  if (!open_row (self, sequence, box, size, &row, error))
    return FALSE;
  const guint8 *data = g_bytes_get_data (row, &row_size);
  if (jk_log_replay_take (self->replay, data, row_size, error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->path);
  return FALSE;
}

/* On the writer's thread; of the keys only those that never change are read. */
static JkJournalDb *
rescue (gpointer user_data, guint64 *out_last, GError **error)
{
  JkLog *self = user_data;
  return jk_journal_replace (self->place.world, self->path, &self->keys, out_last, error);
}

/* A log has no exam time: the record is there because the writer overwrites it. */
static gboolean
set_going (JkLog *self, JkJournalDb *db, GError **error)
{
  JkTimeRecord record = { 0 };
  guint8 time[JK_JOURNAL_TIME_BYTES];

  self->replay = jk_log_replay_new (&self->keys.first_link);
  if (!jk_journal_db_each_row (db, replay_row, self, error))
    return FALSE;
  jk_journal_keys_close_time (&self->keys, &record, time);
  /* The names of file and log may be from an attempt that was stopped before it synced them. */
  g_autofree char *folder = g_path_get_dirname (self->path);
  if (!jk_journal_db_grow (db, time, sizeof time, error) ||
      !jk_storage_sync_folder (self->place.world->storage, folder, error))
    return FALSE;
  self->writer = jk_journal_writer_new (db, jk_log_replay_get_n_rows (self->replay), time);
  jk_journal_writer_set_rescue (self->writer, rescue, self);
  jk_journal_writer_set_second (self->writer, self->second);
  return TRUE;
}

static gboolean
check_meta (JkLog *self, const JkJournalMeta *meta, GError **error)
{
  const JkSittingPlace *place = &self->place;
  g_autoptr (GError) problem = NULL;

  if (!jk_digest_equal (&meta->session, jk_session_get_digest (place->session)))
    return refuse (self,
                   JK_SITTING_ERROR_FOREIGN,
                   "is the station log of another session: take the folder of this session",
                   error);
  if (jk_journal_keys_unseal (&self->keys,
                              place->world->random,
                              meta,
                              jk_station_get_seal_key (place->station),
                              &problem))
    return TRUE;
  return refuse (self,
                 JK_SITTING_ERROR_FOREIGN,
                 "was made by another PC, or is damaged: keep it, and call the proctor",
                 error);
}

static gboolean
make (JkLog *self, GError **error)
{
  const JkSittingPlace *place = &self->place;
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *name = g_path_get_basename (folder);
  g_autoptr (GArray) readers =
      jk_readers_list (place->session, jk_station_get_seal_public (place->station));
  g_autofree char *use = g_strconcat (name, "/" JK_LOG_NAME, NULL);
  JkJournalKeys drawn;
  g_auto (JkJournalMeta) meta = {
    .version = JK_JOURNAL_VERSION,
    .suite = JK_JOURNAL_SUITE,
    .session = *jk_session_get_digest (place->session),
  };

  jk_journal_keys_draw (&drawn,
                        place->world->random,
                        use,
                        (const JkSealPublic *) readers->data,
                        readers->len,
                        &meta);
  jk_journal_keys_clear (&drawn);
  return jk_storage_make_folder (place->world->storage, folder, 0700, error) &&
         jk_journal_store_make (place->world, self->path, &meta, error);
}

/* Closes a row into the queue, with what its commit brings along or takes away. */
static gboolean
add (JkLog *self, JkLogRow *row, const JkSideEntry *entry, const char *drop, GError **error)
{
  const JkClock *clock = self->place.world->clock;
  gsize size;

  if (!jk_journal_writer_check_room (self->writer, error))
    return FALSE;
  row->sequence = jk_log_replay_get_n_rows (self->replay) + 1;
  row->boot_ms = (guint64) clock->boottime_us (clock) / 1000;
  row->wall_ms = clock->wall_ms (clock);
  clock->boot_id (clock, row->boot_id);
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (row);
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (!jk_log_replay_take (self->replay, data, size, error))
    return FALSE;

  guint8 *box = jk_journal_keys_close_row (&self->keys, row->sequence, data, size);
  JkJournalPost *post = jk_journal_post_new (row->sequence, box, size + JK_BOX_OVERHEAD);
  if (entry != NULL) {
    box = jk_journal_keys_close_side (&self->keys, entry->name, entry->data, entry->size);
    jk_journal_post_add_side (post, entry->name, box, entry->size + JK_BOX_OVERHEAD);
  }
  if (drop != NULL)
    jk_journal_post_drop_side (post, drop);
  jk_journal_writer_add (self->writer, post, TRUE);
  return self->is_hasty || jk_journal_writer_wait (self->writer, row->sequence, error);
}

void
jk_log_set_hasty (JkLog *self, gboolean is_hasty)
{
  self->is_hasty = is_hasty;
}

static gboolean
check_loaded (JkLog *self, GError **error)
{
  const JkSittingPlace *place = &self->place;
  const guint8 *station = jk_station_get_sign_public (place->station);

  if (jk_log_replay_get_n_rows (self->replay) == 0) {
    JkLogRow row = { .event = JK_LOG_LOADED, .digest = *jk_session_get_digest (place->session) };
    memcpy (row.key, station, sizeof row.key);
    return add (self, &row, NULL, NULL, error);
  }
  if (!jk_digest_equal (jk_log_replay_get_session (self->replay),
                        jk_session_get_digest (place->session)) ||
      memcmp (jk_log_replay_get_station (self->replay), station, JK_PUBLIC_BYTES) != 0)
    return refuse (self,
                   JK_SITTING_ERROR_FOREIGN,
                   "was written by another PC or for another session: keep it, and call the "
                   "proctor",
                   error);
  return TRUE;
}

JkLog *
jk_log_open (const JkSittingPlace *place, GError **error)
{
  g_autoptr (JkLog) self = g_new0 (JkLog, 1);
  g_autofree char *folder = jk_sitting_dup_folder (place);
  const JkWorld *world = place->world;

  self->place = *place;
  self->path = g_build_filename (folder, JK_LOG_NAME, NULL);
  self->second = jk_journal_second_new (world, self->path, &self->keys);
  if (!jk_journal_store_is_there (world, self->path) && !make (self, error))
    return NULL;
  g_autofree char *newest = jk_journal_dup_newest (world, self->path);
  JkJournalDb *db =
      jk_journal_db_open (newest, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (db == NULL)
    return NULL;
  if (!check_meta (self, jk_journal_db_get_meta (db), error) || !set_going (self, db, error)) {
    jk_journal_db_abandon (db);
    jk_journal_db_free (db);
    return NULL;
  }
  return check_loaded (self, error) ? g_steal_pointer (&self) : NULL;
}

void
jk_log_free (JkLog *self)
{
  if (self == NULL)
    return;
  jk_journal_writer_free (self->writer);
  jk_journal_second_free (self->second);
  jk_log_replay_free (self->replay);
  jk_journal_keys_clear (&self->keys);
  g_free (self->path);
  g_free (self);
}

const JkLogReplay *
jk_log_get_replay (const JkLog *self)
{
  return self->replay;
}

gboolean
jk_log_add_opened (JkLog *self,
                   JkLogOpening how,
                   const JkEntryVerdict *seen,
                   gint64 start_ms,
                   const JkSecret *roster_key,
                   GError **error)
{
  JkLogRow row = {
    .event = JK_LOG_OPENED,
    .code = how,
    .number = seen->entry,
    .span = { start_ms, start_ms + seen->off_ms },
  };
  JkSideEntry entry = { ROSTER_ENTRY, jk_secret_get (roster_key), jk_secret_get_size (roster_key) };

  return add (self, &row, &entry, NULL, error);
}

gboolean
jk_log_add_failed (JkLog *self, const JkDigest *tally, GError **error)
{
  JkLogRow row = { .event = JK_LOG_LOGIN_FAILED, .digest = *tally };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_logged_in (JkLog *self,
                      const JkDigest *tally,
                      guint32 record,
                      JkLogEntrance how,
                      const guint8 *order_id,
                      GError **error)
{
  JkLogRow row = { .event = JK_LOG_LOGGED_IN, .record = record, .code = how };

  if (tally != NULL)
    row.digest = *tally;
  if (order_id != NULL)
    memcpy (row.id, order_id, sizeof row.id);
  return add (self, &row, NULL, NULL, error);
}

static gboolean
add_with_order (JkLog *self, JkLogRow *row, const JkOrder *order, const char *drop, GError **error)
{
  char name[JK_ORDER_ENTRY_BYTES];

  jk_order_entry_put_name (name, jk_order_get_terms (order)->id);
  JkSideEntry entry = jk_order_entry (order, name);
  return add (self, row, &entry, drop, error);
}

gboolean
jk_log_add_obeyed (JkLog *self, const JkOrder *order, JkLogObeyed how, GError **error)
{
  JkLogRow row = { .event = JK_LOG_OBEYED, .code = how };
  gboolean is_end = jk_order_get_terms (order)->act == JK_ACT_END;

  jk_log_row_set_order (&row, order);
  return add_with_order (self, &row, order, is_end ? ROSTER_ENTRY : NULL, error);
}

gboolean
jk_log_add_refused (JkLog *self,
                    const JkOrder *order,
                    const JkDigest *digest,
                    JkLogReason reason,
                    gboolean counts,
                    GError **error)
{
  JkLogRow row = { .event = JK_LOG_REFUSED, .code = reason, .record = JK_ORDER_EVERY };

  row.number = counts ? 1 : 0;
  if (order == NULL) {
    row.digest = *digest;
    return add (self, &row, NULL, NULL, error);
  }
  gboolean is_new =
      counts && !jk_log_replay_is_known (self->replay, jk_order_get_terms (order)->id);
  jk_log_row_set_order (&row, order);
  return is_new ? add_with_order (self, &row, order, NULL, error)
                : add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_unlisted (JkLog *self, guint32 number, GError **error)
{
  JkLogRow row = { .event = JK_LOG_UNLISTED, .number = number };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_passcode (JkLog *self, JkRoleName role, JkLogPasscode how, GError **error)
{
  JkLogRow row = { .event = JK_LOG_PASSCODE, .code = how, .number = role };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_clock (JkLog *self, gint64 before_ms, gint64 after_ms, GError **error)
{
  JkLogRow row = { .event = JK_LOG_CLOCK, .span = { before_ms, after_ms } };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_amended (JkLog *self, guint32 number, const JkDigest *digest, GError **error)
{
  JkLogRow row = { .event = JK_LOG_AMENDED, .number = number, .digest = *digest };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_store (JkLog *self, JkLogStore what, guint32 record, GError **error)
{
  JkLogRow row = { .event = JK_LOG_STORE, .code = what, .record = record };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_copied (JkLog *self,
                   guint32 record,
                   guint32 seal_number,
                   const JkDigest *digest,
                   GError **error)
{
  JkLogRow row = { .event = JK_LOG_COPIED,
                   .record = record,
                   .number = seal_number,
                   .digest = *digest };
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_wiped (JkLog *self, const guint8 order_id[static JK_ORDER_ID_BYTES], GError **error)
{
  JkLogRow row = { .event = JK_LOG_WIPED };

  memcpy (row.id, order_id, sizeof row.id);
  return add (self, &row, NULL, NULL, error);
}

gboolean
jk_log_add_head (JkLog *self, GError **error)
{
  guint8 covered[JK_LOG_HEAD_SIGNED_BYTES];
  JkLogRow row = { .event = JK_LOG_HEAD };

  jk_chain_commit (jk_log_replay_get_link (self->replay), JK_LOG_HEAD_PURPOSE, &row.digest);
  jk_log_head_put_signed (covered,
                          jk_session_get_digest (self->place.session),
                          jk_log_replay_get_n_rows (self->replay) + 1,
                          &row.digest);
  jk_sign (jk_station_get_sign_key (self->place.station),
           JK_LOG_HEAD_PURPOSE,
           covered,
           sizeof covered,
           row.signature);
  jk_journal_writer_idle (self->writer);
  return add (self, &row, NULL, NULL, error);
}

/* A read that runs on the writer's thread. */
typedef struct {
  /* Borrowed */
  JkLog *log;
  const char *name;
  JkLogRowFunc func;
  gpointer user_data;
  /* Owned */
  GBytes *box;
} Reading;

static gboolean
read_entry (JkJournalDb *db, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  return jk_journal_db_read_side (db, reading->name, &reading->box, error);
}

static GBytes *
read_side (JkLog *self, const char *name, GError **error)
{
  Reading reading = { .log = self, .name = name };

  if (!jk_journal_writer_run (self->writer, read_entry, &reading, error))
    return NULL;
  g_autoptr (GBytes) box = reading.box;
  GBytes *plain = box != NULL ? jk_journal_keys_open_side (&self->keys, name, box) : NULL;
  if (plain == NULL)
    refuse (self,
            JK_SITTING_ERROR_CHAIN,
            "lacks an entry that its rows name, or it was changed: call the proctor",
            error);
  return plain;
}

GBytes *
jk_log_read_order (JkLog *self, const guint8 id[static JK_ORDER_ID_BYTES], GError **error)
{
  char name[JK_ORDER_ENTRY_BYTES];

  jk_order_entry_put_name (name, id);
  return read_side (self, name, error);
}

JkSecret *
jk_log_read_roster_key (JkLog *self, GError **error)
{
  if (!jk_log_replay_has_roster_key (self->replay)) {
    refuse (self,
            JK_SITTING_ERROR_STATE,
            "holds no roster key: type the room code of this hall",
            error);
    return NULL;
  }
  GBytes *bytes = read_side (self, ROSTER_ENTRY, error);
  if (bytes == NULL)
    return NULL;
  gsize size;
  guint8 *data = g_bytes_unref_to_data (bytes, &size);
  JkSecret *key = size > 0 ? jk_secret_new_copy (data, size) : NULL;
  jk_wipe (data, size);
  g_free (data);
  return key;
}

static gboolean
show_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  const Reading *reading = user_data;
  g_autoptr (GBytes) bytes = NULL;
  gsize row_size;
  JkLogRow row;

  if (!open_row (reading->log, sequence, box, size, &bytes, error))
    return FALSE;
  const guint8 *data = g_bytes_get_data (bytes, &row_size);
  if (!jk_log_row_from_bytes (data, row_size, &row))
    return refuse (reading->log, JK_SITTING_ERROR_CHAIN, "has a row of another form", error);
  reading->func (&row, reading->user_data);
  return TRUE;
}

static gboolean
show_rows (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_each_row (db, show_row, user_data, error);
}

gboolean
jk_log_each_row (JkLog *self, JkLogRowFunc func, gpointer user_data, GError **error)
{
  Reading reading = { .log = self, .func = func, .user_data = user_data };
  return jk_journal_writer_run (self->writer, show_rows, &reading, error);
}
