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
