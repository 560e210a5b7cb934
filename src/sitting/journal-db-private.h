/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-db-private.h: what the files of JkJournalDb share. For journal-db*.c only. */
#pragma once

#include "sitting/journal-db.h"

#include <sqlite3.h>

typedef enum {
  ADD_META,
  BEGIN,
  COMMIT,
  ADD_ROW,
  ADD_SIDE,
  PUT_TIME,
  EACH_ROW,
  EACH_SIDE,
  READ_ROW,
  READ_SIDE,
  READ_TIME,
  N_STATEMENTS,
} Statement;

struct _JkJournalDb {
  /* Owned */
  char *path;
  sqlite3 *db;
  sqlite3_stmt *statements[N_STATEMENTS];
  JkJournalMeta meta;

  /* Plain */
  guint log_pages;
};

/* The statement, ready to bind; NULL with error. */
sqlite3_stmt *jk_journal_db_prepare (JkJournalDb *self, Statement which, GError **error);

/* Sets error from what SQLite answered last; FALSE. */
gboolean jk_journal_db_fail (JkJournalDb *self, GError **error);

/* The same from a code of SQLite and the system's error number (0: none). */
gboolean jk_journal_db_fail_with (JkJournalDb *self, int code, int number, GError **error);

/* Runs SQL that gives no rows. */
gboolean jk_journal_db_run (JkJournalDb *self, const char *sql, GError **error);

/* Steps a bound statement that gives one box or none (NULL), and makes it ready for the next time.
 */
gboolean jk_journal_db_read_box (JkJournalDb *self,
                                 sqlite3_stmt *statement,
                                 GBytes **out_box,
                                 GError **error);
