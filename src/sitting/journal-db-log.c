/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-db-log.c: the write-ahead log of a journal: its size, and when it is emptied. */
#include "sitting/journal-db-private.h"

/* More than a sitting writes between two idle moments: about 1,000 commits. */
#define LOG_BYTES (4 * 1024 * 1024)

/* SQLite's own files take less than 128 KiB at a time. */
#define PART_BYTES (64 * 1024)

/* What SQLite holds open as the log; NULL: this file has none. */
static sqlite3_file *
get_log (JkJournalDb *self)
{
  sqlite3_file *log = NULL;

  sqlite3_file_control (self->db, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &log);
  return log != NULL && log->pMethods != NULL ? log : NULL;
}

/* Zeros, where the log ends before that. SQLite takes them for the end of the log, wherever the
 * power goes; and written they are, not only reserved, so that a commit that overwrites them
 * changes nothing but data. */
static gboolean
fill (JkJournalDb *self, sqlite3_file *log, GError **error)
{
  g_autofree guint8 *zeros = g_malloc0 (PART_BYTES);
  sqlite3_int64 at = 0;
  int code = log->pMethods->xFileSize (log, &at);
  int number = 0;

  while (code == SQLITE_OK && at < LOG_BYTES) {
    int size = (int) MIN (PART_BYTES, LOG_BYTES - at);
    code = log->pMethods->xWrite (log, zeros, size, at);
    at += size;
  }
  if (code == SQLITE_OK)
    return TRUE;
  log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return jk_journal_db_fail_with (self, code, number, error);
}

gboolean
jk_journal_db_grow (JkJournalDb *self, gconstpointer time, gsize size, GError **error)
{
  /* A program whose sync failed may have left pages in the log that only memory holds. */
  if (sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL) !=
      SQLITE_OK)
    return jk_journal_db_fail (self, error);
  sqlite3_file *log = get_log (self);
  return (log == NULL || fill (self, log, error)) &&
         jk_journal_db_put_time (self, time, size, error);
}

guint
jk_journal_db_get_log_pages (const JkJournalDb *self)
{
  return self->log_pages;
}

gboolean
jk_journal_db_checkpoint (JkJournalDb *self, gconstpointer time, gsize size, GError **error)
{
  if (sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL) !=
      SQLITE_OK)
    return jk_journal_db_fail (self, error);
  return jk_journal_db_put_time (self, time, size, error);
}
