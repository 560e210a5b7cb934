/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-db.h: the SQLite file under a journal: tables of closed bytes, and when they are
 * on disk (J1). It knows no keys and no meaning. For journal.c and journal-writer.c only.
 *
 * Used by one thread at a time; it may be handed from one to another. */
#pragma once

#include "crypto/hash.h"
#include "sitting/error.h"
#include "sitting/row.h"

#define JK_JOURNAL_VERSION 1
#define JK_JOURNAL_SUITE 1

typedef struct _JkJournalDb JkJournalDb;

/* What stands in clear. */
typedef struct {
  /* Plain */
  gint64 version, suite;
  JkDigest session;
  guint8 sitting[JK_SITTING_ID_BYTES];
  /* Owned */
  GBytes *key; /* sitting key and link 0, sealed to the readers */
} JkJournalMeta;

typedef enum {
  JK_JOURNAL_DURABLE,   /* synchronous=FULL: what every station uses */
  JK_JOURNAL_FORGETFUL, /* synchronous=OFF: with it the test of power cuts must fail */
} JkJournalSync;

/* Called in the transaction that makes a file, to add to its tables. */
typedef gboolean (*JkJournalFill) (JkJournalDb *db, gpointer user_data, GError **error);

/* Makes a file with its tables, meta and what fill adds (NULL: nothing), in one commit, and closes
 * it again; nothing of it lies outside path. */
gboolean jk_journal_db_make_filled (const char *path,
                                    const char *vfs_name,
                                    const JkJournalMeta *meta,
                                    JkJournalFill fill,
                                    gpointer user_data,
                                    GError **error);

/* An empty one. */
static inline gboolean
jk_journal_db_make (const char *path,
                    const char *vfs_name,
                    const JkJournalMeta *meta,
                    GError **error)
{
  return jk_journal_db_make_filled (path, vfs_name, meta, NULL, NULL, error);
}

/* Opens a file and reads its meta. A newer version is refused before any of its tables is read.
 * Errors: FOREIGN, CHAIN (damaged), STORE. */
JkJournalDb *
jk_journal_db_open (const char *path, const char *vfs_name, JkJournalSync sync, GError **error);

/* Closes. Unless abandoned, what the log holds is moved into the file. */
void jk_journal_db_free (JkJournalDb *self);
const JkJournalMeta *jk_journal_db_get_meta (const JkJournalDb *self);

/* After this nothing is written any more, not even by closing (J3). */
void jk_journal_db_abandon (JkJournalDb *self);

/* Moves what the log holds into the file and makes the log as large as many hundred commits need,
 * so that none of them changes its size. time as for jk_journal_db_checkpoint. */
gboolean jk_journal_db_grow (JkJournalDb *self, gconstpointer time, gsize size, GError **error);

/* Between begin and commit any number of add_ and put_; without them each is a commit of its own.
 */
gboolean jk_journal_db_begin (JkJournalDb *self, GError **error);
gboolean jk_journal_db_commit (JkJournalDb *self, GError **error);
gboolean jk_journal_db_add_row (JkJournalDb *self,
                                guint64 sequence,
                                gconstpointer box,
                                gsize size,
                                GError **error);
gboolean jk_journal_db_add_side (JkJournalDb *self,
                                 const char *name,
                                 gconstpointer box,
                                 gsize size,
                                 GError **error);
gboolean jk_journal_db_put_time (JkJournalDb *self, gconstpointer box, gsize size, GError **error);

/* Removes a side entry, and overwrites with zeros where it lay in the file; one that is not there
 * is fine. What the log holds of it is overwritten as the log is used again. */
gboolean jk_journal_db_drop_side (JkJournalDb *self, const char *name, GError **error);

/* Pages in the log that are not yet in the file. */
guint jk_journal_db_get_log_pages (const JkJournalDb *self);

/* Moves the log into the file. Then writes time, as jk_journal_db_put_time does: the first commit
 * after this takes a second sync, and it shall not be an answer's. */
gboolean
jk_journal_db_checkpoint (JkJournalDb *self, gconstpointer time, gsize size, GError **error);

/* Moves the log into the file, which then holds all; closing removes the log. Errors: STORE. */
gboolean jk_journal_db_fold (JkJournalDb *self, GError **error);

/* Called with each row in ascending order; FALSE ends the walk, with error set. box is lent. */
typedef gboolean (*JkJournalRowFunc) (guint64 sequence,
                                      const guint8 *box,
                                      gsize size,
                                      gpointer user_data,
                                      GError **error);
gboolean jk_journal_db_each_row (JkJournalDb *self,
                                 JkJournalRowFunc func,
                                 gpointer user_data,
                                 GError **error);

/* A row, a side entry, or the time record; *out_box is NULL when there is none. */
gboolean
jk_journal_db_read_row (JkJournalDb *self, guint64 sequence, GBytes **out_box, GError **error);
gboolean
jk_journal_db_read_side (JkJournalDb *self, const char *name, GBytes **out_box, GError **error);
gboolean jk_journal_db_read_time (JkJournalDb *self, GBytes **out_box, GError **error);

/* Called with each side entry; FALSE ends the walk, with error set. name and box are lent. */
typedef gboolean (*JkJournalSideFunc) (const char *name,
                                       const guint8 *box,
                                       gsize size,
                                       gpointer user_data,
                                       GError **error);
gboolean jk_journal_db_each_side (JkJournalDb *self,
                                  JkJournalSideFunc func,
                                  gpointer user_data,
                                  GError **error);

/* Adds all rows, sides and the time record to another file that is open; nothing of it is touched
 * by what happens there. To be called in a transaction of to. Errors: those of either. */
gboolean jk_journal_db_add_all (JkJournalDb *self, JkJournalDb *to, GError **error);

/* Whether another file that is open has each side entry. Errors: STORE. */
gboolean jk_journal_db_has_sides (JkJournalDb *self, JkJournalDb *to, GError **error);

/* Copies all rows, sides and the time record into another file, fresh from jk_journal_db_make, and
 * compares. On disk after TRUE, all of it in that file. Errors: STORE. */
gboolean jk_journal_db_copy (JkJournalDb *self, const char *to, GError **error);

/* Frees what it owns. */
void jk_journal_meta_clear (JkJournalMeta *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalDb, jk_journal_db_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkJournalMeta, jk_journal_meta_clear)
