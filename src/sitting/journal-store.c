/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-store.c: a journal's file is made beside its place and then given its name. */
#include "sitting/journal-store.h"

#include "base/limits.h"
#include "sitting/disk.h"

#include <errno.h>
#include <fcntl.h>

gboolean
jk_journal_store_is_there (const JkWorld *world, const char *path)
{
  const JkStorage *storage = world->storage;

  /* Not by opening it, for closing it again would take the locks of whoever has it open in this
   * process: as a folder it does not open. Not by SQLite either, which says of a name that cannot
   * be read that there is none. */
  int fd = storage->open (storage, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
  if (fd >= 0)
    storage->close (storage, fd);
  return fd >= 0 || errno != ENOENT;
}

gboolean
jk_journal_store_make_part (const JkWorld *world, const char *part, GError **error)
{
  static const char *const tails[] = { "", "-wal", "-journal" };
  const JkStorage *storage = world->storage;

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *name = g_strconcat (part, tails[i], NULL);
    storage->unlink (storage, name);
  }
  /* SQLite would make it readable for others. */
  int fd = storage->open (storage, part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (fd < 0 && (errno == ENOSPC || errno == EDQUOT))
    return jk_disk_refuse_full (jk_disk_probe_system (), part, error);
  if (fd < 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "%s cannot be made (%s): call the proctor.",
                 part,
                 g_strerror (errno));
    return FALSE;
  }
  storage->close (storage, fd);
  return TRUE;
}

gboolean
jk_journal_store_make_filled (const JkWorld *world,
                              const char *path,
                              const JkJournalMeta *meta,
                              JkJournalFill fill,
                              gpointer user_data,
                              GError **error)
{
  const JkStorage *storage = world->storage;
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (!jk_journal_store_make_part (world, part, error))
    return FALSE;
  if (!jk_journal_db_make_filled (part, storage->vfs_name, meta, fill, user_data, error)) {
    storage->unlink (storage, part);
    return FALSE;
  }
  if (storage->rename (storage, part, path) != 0) {
    int number = errno;
    storage->unlink (storage, part);
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "%s cannot be given its name (%s): call the proctor.",
                 path,
                 g_strerror (number));
    return FALSE;
  }
  return jk_storage_sync_folder (storage, folder, error);
}

gboolean
jk_journal_store_make (const JkWorld *world,
                       const char *path,
                       const JkJournalMeta *meta,
                       GError **error)
{
  return jk_journal_store_make_filled (world, path, meta, NULL, NULL, error);
}

static char *
dup_old_name (const char *path, guint n, const char *tail)
{
  return g_strdup_printf ("%s.old%u%s", path, n, tail);
}

/* The highest number of a file or a log that was set aside; 0: none was. */
static guint
find_last_old (const JkWorld *world,
               const char *path,
               gboolean *out_has_file,
               gboolean *out_has_log)
{
  for (guint n = JK_JOURNAL_ASIDE_MAX; n > 0; n--) {
    g_autofree char *file = dup_old_name (path, n, "");
    g_autofree char *log = dup_old_name (path, n, "-wal");
    *out_has_file = jk_journal_store_is_there (world, file);
    *out_has_log = jk_journal_store_is_there (world, log);
    if (*out_has_file || *out_has_log)
      return n;
  }
  return 0;
}

static gboolean
move (const JkWorld *world, const char *from, const char *to, GError **error)
{
  const JkStorage *storage = world->storage;

  if (storage->rename (storage, from, to) == 0)
    return TRUE;
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_STORE,
               "%s cannot be moved aside to %s (%s): take another folder.",
               from,
               to,
               g_strerror (errno));
  return FALSE;
}

gboolean
jk_journal_store_set_aside (const JkWorld *world, const char *path, GError **error)
{
  gboolean has_file = FALSE, has_log = FALSE;
  guint n = find_last_old (world, path, &has_file, &has_log);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean file_is_there = jk_journal_store_is_there (world, path);
  gboolean log_is_there = jk_journal_store_is_there (world, log);

  if (!file_is_there && !log_is_there)
    return TRUE;
  if (file_is_there || !has_file || has_log)
    n++;
  if (n > JK_JOURNAL_ASIDE_MAX) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STORE,
                 "%s: %u files were moved aside there before: take another folder.",
                 path,
                 JK_JOURNAL_ASIDE_MAX);
    return FALSE;
  }
  g_autofree char *old = dup_old_name (path, n, "");
  g_autofree char *old_log = dup_old_name (path, n, "-wal");
  return (!file_is_there || move (world, path, old, error)) &&
         (!log_is_there || move (world, log, old_log, error)) &&
         jk_storage_sync_folder (world->storage, folder, error);
}
