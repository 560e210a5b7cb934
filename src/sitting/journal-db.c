/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-db.c: all the SQL of a journal (P1, J1, J3).
 *
 * One connection in exclusive mode: no shared memory, one owner by construction. The log is moved
 * into the file only by jk_journal_db_checkpoint and by closing, never by a commit. Forbidden here:
 * keys. */
#include "sitting/journal-db-private.h"

#include "base/limits.h"
#include "sitting/disk.h"

#include <errno.h>
#include <string.h>

/* "JKJR" */
#define APPLICATION_ID "1246448210"

#define BOX_BYTES_MAX (JK_RESULT_BYTES_MAX + 4096)

static const char schema_sql[] = "PRAGMA page_size = 4096;"
                                 "PRAGMA auto_vacuum = NONE;"
                                 "PRAGMA locking_mode = EXCLUSIVE;"
                                 "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "BEGIN IMMEDIATE;"
                                 "PRAGMA application_id = " APPLICATION_ID ";"
                                 "CREATE TABLE meta ("
                                 " one INTEGER PRIMARY KEY CHECK (one = 1),"
                                 " version INTEGER NOT NULL, suite INTEGER NOT NULL,"
                                 " session BLOB NOT NULL, sitting BLOB NOT NULL,"
                                 " key BLOB NOT NULL"
                                 ") STRICT;"
                                 "CREATE TABLE row ("
                                 " sequence INTEGER PRIMARY KEY, box BLOB NOT NULL) STRICT;"
                                 "CREATE TABLE side ("
                                 " name TEXT NOT NULL PRIMARY KEY, box BLOB NOT NULL) STRICT;"
                                 "CREATE TABLE time ("
                                 " one INTEGER PRIMARY KEY CHECK (one = 1), box BLOB NOT NULL"
                                 ") STRICT;";

/* Before the first access, so that the log needs no shared memory. */
static const char open_sql[] = "PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA secure_delete = OFF;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA journal_size_limit = -1;"
                               "PRAGMA wal_autocheckpoint = 0;";

static const char *const statements_sql[N_STATEMENTS] = {
  [ADD_META] = "INSERT INTO meta VALUES (1, ?1, ?2, ?3, ?4, ?5)",
  [BEGIN] = "BEGIN IMMEDIATE",
  [COMMIT] = "COMMIT",
  [ADD_ROW] = "INSERT INTO row VALUES (?1, ?2)",
  [ADD_SIDE] = "INSERT INTO side VALUES (?1, ?2)",
  [PUT_TIME] = "INSERT OR REPLACE INTO time VALUES (1, ?1)",
  [EACH_ROW] = "SELECT sequence, box FROM row ORDER BY sequence",
  [EACH_SIDE] = "SELECT name, box FROM side ORDER BY name",
  [READ_ROW] = "SELECT box FROM row WHERE sequence = ?1",
  [READ_SIDE] = "SELECT box FROM side WHERE name = ?1",
  [READ_TIME] = "SELECT box FROM time WHERE one = 1",
};

static const char read_meta_sql[] = "SELECT version, suite, session, sitting, key FROM meta";

/* An answer of SQLite as a sentence for the proctor. */
gboolean
jk_journal_db_fail_with (JkJournalDb *self, int code, int number, GError **error)
{
  const char *reason = sqlite3_errstr (code);

  if (code == SQLITE_NOTADB)
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_FOREIGN,
                 "%s is not a journal of a sitting: move it away, or take the right folder.",
                 self->path);
  else if (code == SQLITE_CORRUPT || code == SQLITE_ERROR) /* ERROR: a table is not as we made it */
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_CHAIN,
                 "%s is damaged: call the proctor, and keep this file and the files beside it.",
                 self->path);
  else if (code == SQLITE_BUSY)
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "%s is open in another program: close it and try again.",
                 self->path);
  else if (code == SQLITE_FULL || number == ENOSPC || number == EDQUOT)
    jk_disk_refuse_full (jk_disk_probe_system (), self->path, error);
  else
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "%s cannot be used (%s): call the proctor; every answer shown as saved is safe on "
                 "this disk.",
                 self->path,
                 reason);
  return FALSE;
}

gboolean
jk_journal_db_fail (JkJournalDb *self, GError **error)
{
  int code = self->db != NULL ? sqlite3_errcode (self->db) : SQLITE_NOMEM;
  /* What SQLite calls an I/O error may be want of room all the same. */
  gboolean is_io = code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
  int number = self->db != NULL && is_io ? sqlite3_system_errno (self->db) : 0;

  return jk_journal_db_fail_with (self, code, number, error);
}

gboolean
jk_journal_db_run (JkJournalDb *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         jk_journal_db_fail (self, error);
}

static gboolean
connect (JkJournalDb *self, const char *vfs_name, GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;

  if (sqlite3_open_v2 (self->path, &self->db, flags, vfs_name) != SQLITE_OK)
    return jk_journal_db_fail (self, error);
  /* The file may come from anywhere: no view, trigger or odd schema of it is trusted. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, (int) BOX_BYTES_MAX + 4096);
  return TRUE;
}

/* The statement, ready to bind; NULL with error. Made at its first use: a new file has no tables.
 */
sqlite3_stmt *
jk_journal_db_prepare (JkJournalDb *self, Statement which, GError **error)
{
  sqlite3_stmt **at = &self->statements[which];

  if (*at == NULL && sqlite3_prepare_v3 (self->db,
                                         statements_sql[which],
                                         -1,
                                         SQLITE_PREPARE_PERSISTENT,
                                         at,
                                         NULL) != SQLITE_OK)
    jk_journal_db_fail (self, error);
  return *at;
}

/* Runs a bound statement that gives no rows, and makes it ready for the next time. */
static gboolean
finish (JkJournalDb *self, sqlite3_stmt *statement, GError **error)
{
  gboolean ok = sqlite3_step (statement) == SQLITE_DONE;

  if (!ok)
    jk_journal_db_fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return ok;
}

static gboolean
add_meta (JkJournalDb *self, const JkJournalMeta *meta, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, ADD_META, error);
  gsize size;
  gconstpointer key = g_bytes_get_data (meta->key, &size);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, meta->version);
  sqlite3_bind_int64 (statement, 2, meta->suite);
  sqlite3_bind_blob (statement, 3, meta->session.bytes, JK_DIGEST_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 4, meta->sitting, JK_SITTING_ID_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 5, key, (int) size, SQLITE_STATIC);
  return finish (self, statement, error);
}

gboolean
jk_journal_db_make_filled (const char *path,
                           const char *vfs_name,
                           const JkJournalMeta *meta,
                           JkJournalFill fill,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (JkJournalDb) self = g_new0 (JkJournalDb, 1);

  self->path = g_strdup (path);
  if (!connect (self, vfs_name, error) || !jk_journal_db_run (self, schema_sql, error) ||
      !add_meta (self, meta, error) || (fill != NULL && !fill (self, user_data, error)) ||
      !jk_journal_db_run (self, "COMMIT", error))
    return FALSE;

  /* Closing moves the log into the file; whether that worked, closing does not say. */
  if (sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
      SQLITE_OK)
    return jk_journal_db_fail (self, error);
  return TRUE;
}

static gboolean
refuse_meta (JkJournalDb *self, const char *what, GError **error)
{
  g_set_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN, "%s %s.", self->path, what);
  return FALSE;
}

static gboolean
copy_column (sqlite3_stmt *statement, int column, gpointer out, int size)
{
  if (sqlite3_column_type (statement, column) != SQLITE_BLOB ||
      sqlite3_column_bytes (statement, column) != size)
    return FALSE;
  memcpy (out, sqlite3_column_blob (statement, column), (gsize) size);
  return TRUE;
}

static gboolean
take_meta (JkJournalDb *self, sqlite3_stmt *statement, GError **error)
{
  JkJournalMeta *meta = &self->meta;

  meta->version = sqlite3_column_int64 (statement, 0);
  meta->suite = sqlite3_column_int64 (statement, 1);
  if (meta->version > JK_JOURNAL_VERSION || meta->suite > JK_JOURNAL_SUITE)
    return refuse_meta (
        self,
        "was written by a newer version of this program: update this PC and try again",
        error);
  if (meta->version < 1 || meta->suite < 1 ||
      !copy_column (statement, 2, meta->session.bytes, JK_DIGEST_BYTES) ||
      !copy_column (statement, 3, meta->sitting, JK_SITTING_ID_BYTES))
    return refuse_meta (self, "is not a journal of a sitting: move it away", error);
  meta->key =
      g_bytes_new (sqlite3_column_blob (statement, 4), (gsize) sqlite3_column_bytes (statement, 4));
  return TRUE;
}

static gboolean
read_meta (JkJournalDb *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = FALSE;

  if (sqlite3_prepare_v2 (self->db, read_meta_sql, -1, &statement, NULL) != SQLITE_OK) {
    /* A file that SQLite reads but that has no such table or column. */
    if (sqlite3_errcode (self->db) == SQLITE_ERROR)
      return refuse_meta (self, "is not a journal of a sitting: move it away", error);
    return jk_journal_db_fail (self, error);
  }
  int step = sqlite3_step (statement);
  if (step == SQLITE_ROW)
    ok = take_meta (self, statement, error);
  else if (step == SQLITE_DONE)
    refuse_meta (self, "is not a journal of a sitting: move it away", error);
  else
    jk_journal_db_fail (self, error);
  sqlite3_finalize (statement);
  return ok;
}

/* Called after each commit. */
static int
note_log_pages (void *user_data, sqlite3 *db, const char *name, int n_pages)
{
  JkJournalDb *self = user_data;

  self->log_pages = (guint) n_pages;
  return SQLITE_OK;
}

JkJournalDb *
jk_journal_db_open (const char *path, const char *vfs_name, JkJournalSync sync, GError **error)
{
  g_autoptr (JkJournalDb) self = g_new0 (JkJournalDb, 1);
  const char *sync_sql =
      sync == JK_JOURNAL_DURABLE ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF";

  self->path = g_strdup (path);
  if (!connect (self, vfs_name, error) || !jk_journal_db_run (self, open_sql, error) ||
      !jk_journal_db_run (self, sync_sql, error) || !read_meta (self, error)) {
    if (self->db != NULL)
      jk_journal_db_abandon (self);
    return NULL;
  }
  sqlite3_wal_hook (self->db, note_log_pages, self);
  return g_steal_pointer (&self);
}

void
jk_journal_db_free (JkJournalDb *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  jk_journal_meta_clear (&self->meta);
  g_free (self->path);
  g_free (self);
}

const JkJournalMeta *
jk_journal_db_get_meta (const JkJournalDb *self)
{
  return &self->meta;
}

void
jk_journal_meta_clear (JkJournalMeta *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
}

void
jk_journal_db_abandon (JkJournalDb *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

gboolean
jk_journal_db_begin (JkJournalDb *self, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, BEGIN, error);
  return statement != NULL && finish (self, statement, error);
}

gboolean
jk_journal_db_commit (JkJournalDb *self, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, COMMIT, error);
  return statement != NULL && finish (self, statement, error);
}

gboolean
jk_journal_db_add_row (JkJournalDb *self,
                       guint64 sequence,
                       gconstpointer box,
                       gsize size,
                       GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, ADD_ROW, error);

  g_return_val_if_fail (size <= BOX_BYTES_MAX, FALSE);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (sqlite3_int64) sequence);
  sqlite3_bind_blob (statement, 2, box, (int) size, SQLITE_STATIC);
  return finish (self, statement, error);
}

gboolean
jk_journal_db_add_side (JkJournalDb *self,
                        const char *name,
                        gconstpointer box,
                        gsize size,
                        GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, ADD_SIDE, error);

  g_return_val_if_fail (size <= BOX_BYTES_MAX, FALSE);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, box, (int) size, SQLITE_STATIC);
  return finish (self, statement, error);
}

gboolean
jk_journal_db_drop_side (JkJournalDb *self, const char *name, GError **error)
{
  char *sql = sqlite3_mprintf ("PRAGMA secure_delete = ON;"
                               "DELETE FROM side WHERE name = %Q;"
                               "PRAGMA secure_delete = OFF;",
                               name);
  gboolean ok = jk_journal_db_run (self, sql, error);

  sqlite3_free (sql);
  return ok;
}

gboolean
jk_journal_db_put_time (JkJournalDb *self, gconstpointer box, gsize size, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, PUT_TIME, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_blob (statement, 1, box, (int) size, SQLITE_STATIC);
  return finish (self, statement, error);
}

gboolean
jk_journal_db_each_row (JkJournalDb *self,
                        JkJournalRowFunc func,
                        gpointer user_data,
                        GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, EACH_ROW, error);
  gboolean ok = TRUE;
  int step = SQLITE_DONE;

  if (statement == NULL)
    return FALSE;
  while (ok && (step = sqlite3_step (statement)) == SQLITE_ROW)
    ok = func ((guint64) sqlite3_column_int64 (statement, 0),
               sqlite3_column_blob (statement, 1),
               (gsize) sqlite3_column_bytes (statement, 1),
               user_data,
               error);
  if (ok && step != SQLITE_DONE)
    ok = jk_journal_db_fail (self, error);
  sqlite3_reset (statement);
  return ok;
}

gboolean
jk_journal_db_read_box (JkJournalDb *self,
                        sqlite3_stmt *statement,
                        GBytes **out_box,
                        GError **error)
{
  GBytes *box = NULL;
  int step = sqlite3_step (statement);

  if (step == SQLITE_ROW)
    box = g_bytes_new (sqlite3_column_blob (statement, 0),
                       (gsize) sqlite3_column_bytes (statement, 0));
  else if (step != SQLITE_DONE)
    jk_journal_db_fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (step != SQLITE_ROW && step != SQLITE_DONE)
    return FALSE;
  *out_box = box;
  return TRUE;
}

gboolean
jk_journal_db_read_side (JkJournalDb *self, const char *name, GBytes **out_box, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, READ_SIDE, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  return jk_journal_db_read_box (self, statement, out_box, error);
}

gboolean
jk_journal_db_read_time (JkJournalDb *self, GBytes **out_box, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, READ_TIME, error);
  return statement != NULL && jk_journal_db_read_box (self, statement, out_box, error);
}
