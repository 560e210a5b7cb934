/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-db-copy.c: all that a file holds into an empty one, in one commit. */
#include "sitting/journal-db-private.h"

#define DIFFERENCE(table, columns)                                                                 \
  "SELECT count (*) FROM (SELECT " columns " FROM main." table " EXCEPT SELECT " columns           \
  " FROM copy." table ")"

/* Whether everything of a table is in the copy too. */
static gboolean
is_equal (JkJournalDb *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_int64 (statement, 0) == 0;

  sqlite3_finalize (statement);
  return ok;
}

static gboolean
copy_all (JkJournalDb *self, GError **error)
{
  static const char sql[] = "PRAGMA copy.synchronous = FULL;"
                            "BEGIN IMMEDIATE;"
                            "INSERT INTO copy.row SELECT sequence, box FROM main.row;"
                            "INSERT INTO copy.side SELECT name, box FROM main.side;"
                            "INSERT INTO copy.time SELECT one, box FROM main.time;"
                            "COMMIT;"
                            "PRAGMA copy.wal_checkpoint (TRUNCATE);";

  if (!jk_journal_db_run (self, sql, error))
    return FALSE;
  if (is_equal (self, DIFFERENCE ("row", "sequence, box")) &&
      is_equal (self, DIFFERENCE ("side", "name, box")))
    return TRUE;
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s: its copy does not hold the same: check the disk.",
               self->path);
  return FALSE;
}

gboolean
jk_journal_db_copy (JkJournalDb *self, const char *to, GError **error)
{
  char *attach = sqlite3_mprintf ("ATTACH %Q AS copy", to);
  gboolean ok = jk_journal_db_run (self, attach, error) && copy_all (self, error);

  sqlite3_free (attach);
  if (ok)
    ok = jk_journal_db_run (self, "DETACH copy", error);
  return ok;
}

gboolean
jk_journal_db_each_side (JkJournalDb *self,
                         JkJournalSideFunc func,
                         gpointer user_data,
                         GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, EACH_SIDE, error);
  gboolean ok = TRUE;
  int step = SQLITE_DONE;

  if (statement == NULL)
    return FALSE;
  while (ok && (step = sqlite3_step (statement)) == SQLITE_ROW)
    ok = func ((const char *) sqlite3_column_text (statement, 0),
               sqlite3_column_blob (statement, 1),
               (gsize) sqlite3_column_bytes (statement, 1),
               user_data,
               error);
  if (ok && step != SQLITE_DONE)
    ok = jk_journal_db_fail (self, error);
  sqlite3_reset (statement);
  return ok;
}

static gboolean
add_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  return jk_journal_db_add_row (user_data, sequence, box, size, error);
}

static gboolean
add_side (const char *name, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  return jk_journal_db_add_side (user_data, name, box, size, error);
}

gboolean
jk_journal_db_add_all (JkJournalDb *self, JkJournalDb *to, GError **error)
{
  g_autoptr (GBytes) time = NULL;

  if (!jk_journal_db_each_row (self, add_row, to, error) ||
      !jk_journal_db_each_side (self, add_side, to, error) ||
      !jk_journal_db_read_time (self, &time, error))
    return FALSE;
  if (time == NULL)
    return TRUE;
  gsize size;
  gconstpointer data = g_bytes_get_data (time, &size);
  return jk_journal_db_put_time (to, data, size, error);
}

static gboolean
compare_side (const char *name, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  JkJournalDb *to = user_data;
  g_autoptr (GBytes) here = g_bytes_new_static (box, size);
  g_autoptr (GBytes) there = NULL;

  if (!jk_journal_db_read_side (to, name, &there, error))
    return FALSE;
  if (there != NULL && g_bytes_equal (here, there))
    return TRUE;
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s: the entry \"%s\" is not what was written: check the disk.",
               to->path,
               name);
  return FALSE;
}

gboolean
jk_journal_db_has_sides (JkJournalDb *self, JkJournalDb *to, GError **error)
{
  return jk_journal_db_each_side (self, compare_side, to, error);
}

gboolean
jk_journal_db_fold (JkJournalDb *self, GError **error)
{
  return sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
             SQLITE_OK ||
         jk_journal_db_fail (self, error);
}

gboolean
jk_journal_db_read_row (JkJournalDb *self, guint64 sequence, GBytes **out_box, GError **error)
{
  sqlite3_stmt *statement = jk_journal_db_prepare (self, READ_ROW, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (sqlite3_int64) sequence);
  return jk_journal_db_read_box (self, statement, out_box, error);
}
