/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-store.c: a journal's file is made beside its place and then given its name. */
#include "sitting/journal-store.h"

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
  if (fd < 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 errno == ENOSPC || errno == EDQUOT ? JK_SITTING_ERROR_FULL
                                                    : JK_SITTING_ERROR_STORE,
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
