/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-replace.c: copy to a new file, verify, go on there. */
#include "sitting/journal-replace.h"

#include "base/limits.h"
#include "sitting/disk.h"

#include <errno.h>

static char *
dup_name (const char *path, guint n)
{
  return n == 0 ? g_strdup (path) : g_strdup_printf ("%s.r%u", path, n);
}

/* 0: the first file is the last. */
static guint
find_newest (const JkWorld *world, const char *path)
{
  for (guint n = JK_JOURNAL_REPLACED_MAX; n > 0; n--) {
    g_autofree char *name = dup_name (path, n);
    if (jk_journal_store_is_there (world, name))
      return n;
  }
  return 0;
}

char *
jk_journal_dup_newest (const JkWorld *world, const char *path)
{
  return dup_name (path, find_newest (world, path));
}

char *
jk_journal_dup_next (const JkWorld *world, const char *path, GError **error)
{
  guint n = find_newest (world, path);

  if (n == 0 && !jk_journal_store_is_there (world, path))
    return g_strdup (path);
  if (n < JK_JOURNAL_REPLACED_MAX)
    return dup_name (path, n + 1);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s was replaced %u times: the disk of this PC is broken; call the proctor, and go "
               "on at another PC.",
               path,
               n);
  return NULL;
}

typedef struct {
  const JkJournalKeys *keys;
  const char *path;
  guint64 last;
} Check;

static gboolean
check_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  Check *check = user_data;
  g_autoptr (GBytes) row = jk_journal_keys_open_row (check->keys, sequence, box, size);

  if (row != NULL && sequence == check->last + 1) {
    check->last = sequence;
    return TRUE;
  }
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_CHAIN,
               "%s: row %" G_GUINT64_FORMAT
               " of the copy does not open: check the disk, and keep the files.",
               check->path,
               sequence);
  return FALSE;
}

/* What the old file would give after a restart, into part. */
static gboolean
copy (const JkWorld *world, const char *from, const char *part, GError **error)
{
  g_autoptr (JkJournalDb) old =
      jk_journal_db_open (from, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);

  if (old == NULL)
    return FALSE;
  jk_journal_db_abandon (old);
  return jk_journal_store_make_part (world, part, error) &&
         jk_journal_db_make (part, world->storage->vfs_name, jk_journal_db_get_meta (old), error) &&
         jk_journal_db_copy (old, part, error);
}

static gboolean
give_name (const JkWorld *world, const char *part, const char *name, GError **error)
{
  const JkStorage *storage = world->storage;
  g_autofree char *folder = g_path_get_dirname (name);

  if (storage->rename (storage, part, name) == 0)
    return jk_storage_sync_folder (storage, folder, error);
  if (errno == ENOSPC || errno == EDQUOT)
    return jk_disk_refuse_full (jk_disk_probe_system (), name, error);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s cannot be given its name (%s): call the proctor.",
               name,
               g_strerror (errno));
  return FALSE;
}

gboolean
jk_journal_verify_copy (const JkWorld *world,
                        const char *part,
                        const JkJournalKeys *keys,
                        guint64 *out_last,
                        GError **error)
{
  Check check = { .keys = keys, .path = part };
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (part, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);

  if (db == NULL || !jk_journal_db_each_row (db, check_row, &check, error))
    return FALSE;
  *out_last = check.last;
  return TRUE;
}

static JkJournalDb *
open_grown (const JkWorld *world, const char *name, GError **error)
{
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (name, world->storage->vfs_name, JK_JOURNAL_DURABLE, error);
  g_autoptr (GBytes) time = NULL;
  gsize size = 0;

  if (db == NULL || !jk_journal_db_read_time (db, &time, error))
    return NULL;
  gconstpointer data = time != NULL ? g_bytes_get_data (time, &size) : NULL;
  /* The name of its log is new too, and SQLite does not say when it could not be synced. */
  g_autofree char *folder = g_path_get_dirname (name);
  if ((data == NULL || jk_journal_db_grow (db, data, size, error)) &&
      jk_storage_sync_folder (world->storage, folder, error))
    return g_steal_pointer (&db);
  jk_journal_db_abandon (db);
  return NULL;
}

JkJournalDb *
jk_journal_open_copy (const JkWorld *world, const char *part, const char *name, GError **error)
{
  return give_name (world, part, name, error) ? open_grown (world, name, error) : NULL;
}

JkJournalDb *
jk_journal_replace (const JkWorld *world,
                    const char *path,
                    const JkJournalKeys *keys,
                    guint64 *out_last,
                    GError **error)
{
  g_autofree char *from = jk_journal_dup_newest (world, path);
  g_autofree char *name = jk_journal_dup_next (world, path, error);
  g_autofree char *part = g_strconcat (name, ".part", NULL);

  if (name == NULL)
    return NULL;
  /* Closed before it is renamed: SQLite looks for its log under the name it opened. */
  if (!copy (world, from, part, error) ||
      !jk_journal_verify_copy (world, part, keys, out_last, error))
    return NULL;
  return jk_journal_open_copy (world, part, name, error);
}
