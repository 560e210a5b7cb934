/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-recover.c: see the header.
 *
 * A PC that forgot resumes by itself, so its store may have rows of its own after those that it
 * shares with the copy: a gap, a head. They stay in the old file. */
#include "sitting/journal-recover.h"

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/error.h"

#include <string.h>

/* One of the two files, open and with its keys; empty where there is none. */
typedef struct {
  JkJournalDb *db;
  JkJournalKeys keys;
  gboolean has_keys;
} Side;

static void
side_clear (Side *self)
{
  jk_journal_db_free (self->db);
  if (self->has_keys)
    jk_journal_keys_clear (&self->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gboolean
refuse (GError **error, GQuark domain, gint code, const char *path, const char *what)
{
  g_set_error (error, domain, code, "%s %s.", path, what);
  return FALSE;
}

static gboolean
open_side (const JkJournalRecovery *how, const char *path, Side *out, GError **error)
{
  g_autoptr (GError) problem = NULL;

  out->db = jk_journal_db_open (path, how->world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  if (out->db == NULL)
    return FALSE;
  jk_journal_db_abandon (out->db);
  const JkJournalMeta *meta = jk_journal_db_get_meta (out->db);
  if (!jk_digest_equal (&meta->session, how->session))
    return refuse (error,
                   JK_SITTING_ERROR,
                   JK_SITTING_ERROR_FOREIGN,
                   path,
                   "is of another session: take the folder of this one");
  out->has_keys =
      jk_journal_keys_unseal (&out->keys, how->world->random, meta, how->reader, &problem);
  return out->has_keys ||
         refuse (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_FOREIGN,
                 path,
                 "was written by another PC, or by this one before it lost its keys: two proctors "
                 "let it go on as from a dead PC, with the passcode of a role");
}

typedef struct {
  /* Borrowed */
  Side *copy;
  Side *store;
  const char *path; /* of the copy */
  JkJournalIsIdle is_idle;
  /* Plain */
  guint64 n_rows;   /* of the copy */
  guint64 n_common; /* of these, from the first on, those that the store has */
  gboolean goes_on; /* the store has a row that counts and is not in the copy */
} Comparison;

static gboolean
compare_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  Comparison *both = user_data;
  g_autoptr (GBytes) here = g_bytes_new_static (box, size);
  g_autoptr (GBytes) row = jk_journal_keys_open_row (&both->copy->keys, sequence, box, size);
  g_autoptr (GBytes) stored = NULL;

  if (row == NULL || sequence != both->n_rows + 1)
    return refuse (error,
                   JK_SITTING_ERROR,
                   JK_SITTING_ERROR_CHAIN,
                   both->path,
                   "has a row that does not open: it is damaged; call the proctor, and keep it");
  if (both->n_common == both->n_rows && both->store->db != NULL &&
      !jk_journal_db_read_row (both->store->db, sequence, &stored, error))
    return FALSE;
  both->n_common += stored != NULL && g_bytes_equal (stored, here) ? 1 : 0;
  both->n_rows++;
  return TRUE;
}

/* A row that does not open counts for nobody: no program would take it. */
static gboolean
judge_rest (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  Comparison *both = user_data;
  gsize row_size = 0;

  if (sequence <= both->n_common)
    return TRUE;
  g_autoptr (GBytes) row = jk_journal_keys_open_row (&both->store->keys, sequence, box, size);
  const guint8 *data = row != NULL ? g_bytes_get_data (row, &row_size) : NULL;
  both->goes_on |= row_size >= JK_ROW_HEAD_BYTES && !both->is_idle (jk_bytes_get_u16 (data + 8));
  return TRUE;
}

static gboolean
compare (Comparison *both, GError **error)
{
  return jk_journal_db_each_row (both->copy->db, compare_row, both, error) &&
         (both->store->db == NULL ||
          jk_journal_db_each_row (both->store->db, judge_rest, both, error));
}

static gboolean
fill (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_add_all (user_data, db, error);
}

static gboolean
make (const JkJournalRecovery *how, const char *name, Comparison *both, GError **error)
{
  const JkWorld *world = how->world;
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  JkJournalDb *copy = both->copy->db;
  guint64 last = 0;

  if (!jk_journal_store_make_part (world, part, error) ||
      !jk_journal_db_make_filled (part,
                                  world->storage->vfs_name,
                                  jk_journal_db_get_meta (copy),
                                  fill,
                                  copy,
                                  error) ||
      !jk_journal_verify_copy (world, part, &both->copy->keys, &last, error))
    return FALSE;
  if (last != both->n_rows)
    return refuse (error,
                   JK_SITTING_ERROR,
                   JK_SITTING_ERROR_STORE,
                   part,
                   "does not hold what was written: check the disk");
  /* The log of a store that is gone would be taken for the new one's. */
  if (!jk_journal_store_set_aside (world, name, error))
    return FALSE;
  g_autoptr (JkJournalDb) db = jk_journal_open_copy (world, part, name, error);
  return db != NULL;
}

/* The store as it is now; what cannot be opened is no store, and stays under its name. */
static gboolean
open_store (const JkJournalRecovery *how, const char *path, Side *out, GError **error)
{
  g_autofree char *newest = jk_journal_dup_newest (how->world, path);
  g_autoptr (GError) problem = NULL;

  if (!jk_journal_store_is_there (how->world, newest) || open_side (how, newest, out, &problem))
    return TRUE;
  g_clear_pointer (&out->db, jk_journal_db_free);
  if (g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN) ||
      g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
jk_journal_recover (const JkJournalRecovery *how,
                    const char *path,
                    const char *folder,
                    gboolean *out_done,
                    GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *from = g_build_filename (folder, base, NULL);
  g_auto (Side) copy = { NULL };
  g_auto (Side) store = { NULL };
  Comparison both = { .copy = &copy, .store = &store, .path = from, .is_idle = how->is_idle };

  *out_done = FALSE;
  if (!jk_journal_store_is_there (how->world, from))
    return refuse (error,
                   JK_BASE_ERROR,
                   JK_BASE_ERROR_MISSING,
                   from,
                   "is not there: put in the stick with the second copy");
  if (!open_side (how, from, &copy, error) || !open_store (how, path, &store, error) ||
      !compare (&both, error))
    return FALSE;
  if (both.n_common == both.n_rows)
    return TRUE;
  if (both.goes_on)
    return refuse (
        error,
        JK_BASE_ERROR,
        JK_BASE_ERROR_EXISTS,
        from,
        "and the store of this PC each hold rows that the other lacks, and the exam went "
        "on here: keep both, and let two proctors decide which of them goes on");
  g_clear_pointer (&store.db, jk_journal_db_free);
  g_autofree char *name = jk_journal_dup_next (how->world, path, error);
  *out_done = name != NULL && make (how, name, &both, error);
  return *out_done;
}

gboolean
jk_journal_is_forgotten (const JkWorld *world,
                         const char *path,
                         const guint8 *id,
                         const JkDigest *session,
                         const JkSecret *reader)
{
  const JkJournalRecovery how = { .world = world, .session = session, .reader = reader };
  g_auto (Side) side = { NULL };
  g_autoptr (GBytes) first = NULL;

  return jk_journal_store_is_there (world, path) && open_side (&how, path, &side, NULL) &&
         (id == NULL ||
          memcmp (jk_journal_db_get_meta (side.db)->sitting, id, JK_SITTING_ID_BYTES) != 0) &&
         jk_journal_db_read_row (side.db, 1, &first, NULL) && first != NULL;
}
