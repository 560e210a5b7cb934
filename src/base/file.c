/* SPDX-License-Identifier: Apache-2.0 */
/* base/file.c: one open file through the table of the disk.
 *
 * A call stopped by a signal is made again, and a short read or write is continued. close is never
 * made twice: on Linux the descriptor is gone even when it answers EINTR. */
#include "base/file.h"
#include "base/random.h"
#include "base/storage-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PART_LETTERS 6
#define PART_ATTEMPTS_MAX 16

struct _JkFile {
  /* Owned */
  char *path;
  int fd;
  guint64 size;

  /* Borrowed */
  const JkStorage *storage;
};

struct _JkFileWriter {
  /* Owned */
  char *path;
  char *part; /* NULL when nothing of that name is ours to remove */
  int fd;     /* -1 when closed */
  guint64 offset;

  /* Borrowed */
  const JkStorage *storage;
};

static gboolean
fail (GError **error, const char *path, const char *action, int number)
{
  jk_storage_set_error (error, JK_BASE_ERROR_STORAGE, path, action, number);
  return FALSE;
}

static gboolean
read_fully (const JkStorage *storage,
            int fd,
            const char *path,
            guint64 offset,
            gpointer out,
            gsize size,
            GError **error)
{
  guint8 *at = out;

  while (size > 0) {
    ssize_t n = TEMP_FAILURE_RETRY (storage->pread (storage, fd, at, size, (off_t) offset));
    if (n < 0)
      return fail (error, path, "read", errno);
    if (n == 0) {
      g_set_error (error,
                   JK_BASE_ERROR,
                   JK_BASE_ERROR_STORAGE,
                   "%s ends at byte %" G_GUINT64_FORMAT ", where %" G_GSIZE_FORMAT
                   " more were expected: copy the file again.",
                   path,
                   offset,
                   size);
      return FALSE;
    }
    at += n;
    offset += (guint64) n;
    size -= (gsize) n;
  }
  return TRUE;
}

static gboolean
write_fully (JkFileWriter *self, guint64 offset, gconstpointer data, gsize size, GError **error)
{
  const JkStorage *storage = self->storage;
  const guint8 *at = data;

  while (size > 0) {
    ssize_t n = TEMP_FAILURE_RETRY (storage->pwrite (storage, self->fd, at, size, (off_t) offset));
    if (n <= 0)
      return fail (error, self->path, "written", n < 0 ? errno : EIO);
    at += n;
    offset += (guint64) n;
    size -= (gsize) n;
  }
  return TRUE;
}

JkFile *
jk_file_open (const JkStorage *storage, const char *path, GError **error)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (JkFile) self = g_new0 (JkFile, 1);
  self->storage = storage;
  self->path = g_strdup (path);

  /* O_NONBLOCK: opening a pipe that nobody writes must not hang; size refuses it then. */
  self->fd = TEMP_FAILURE_RETRY (storage->open (storage, path, O_RDONLY | O_NONBLOCK, 0));
  if (self->fd < 0) {
    JkBaseError code = errno == ENOENT ? JK_BASE_ERROR_MISSING : JK_BASE_ERROR_STORAGE;
    jk_storage_set_error (error, code, path, "opened", errno);
    return NULL;
  }
  if (TEMP_FAILURE_RETRY (storage->size (storage, self->fd, &self->size)) != 0) {
    fail (error, path, "read", errno);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
jk_file_free (JkFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    self->storage->close (self->storage, self->fd);
  g_free (self->path);
  g_free (self);
}

const char *
jk_file_get_path (const JkFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->path;
}

guint64
jk_file_get_size (const JkFile *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->size;
}

gboolean
jk_file_read_at (const JkFile *self, guint64 offset, gpointer out, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out != NULL || size == 0, FALSE);

  if (offset > self->size || size > self->size - offset) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s has %" G_GUINT64_FORMAT " bytes, where %" G_GSIZE_FORMAT
                 " from byte %" G_GUINT64_FORMAT " were expected: copy the file again.",
                 self->path,
                 self->size,
                 size,
                 offset);
    return FALSE;
  }
  return read_fully (self->storage, self->fd, self->path, offset, out, size, error);
}

gboolean
jk_file_forget (const JkFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (TEMP_FAILURE_RETRY (self->storage->forget (self->storage, self->fd)) != 0)
    return fail (error, self->path, "read back", errno);
  return TRUE;
}

static char *
make_part_name (const char *path, guint attempt)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
  guint8 random[PART_LETTERS];
  char tail[PART_LETTERS + 1] = { 0 };

  /* Nothing that is kept depends on this name, but two processes must not meet in it; so it comes
   * from the kernel also where the world's chance is seeded. */
  jk_random_fill (jk_random_system (), "base: part name", attempt, random, sizeof random);
  for (guint i = 0; i < PART_LETTERS; i++)
    tail[i] = letters[random[i] % 32];
  return g_strconcat (path, ".part-", tail, NULL);
}

JkFileWriter *
jk_file_writer_new (const JkStorage *storage, const char *path, mode_t mode, GError **error)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (JkFileWriter) self = g_new0 (JkFileWriter, 1);
  self->storage = storage;
  self->path = g_strdup (path);
  self->fd = -1;

  for (guint attempt = 0; self->fd < 0; attempt++) {
    g_autofree char *part = make_part_name (path, attempt);
    self->fd = TEMP_FAILURE_RETRY (
        storage->open (storage, part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
    if (self->fd >= 0) {
      self->part = g_steal_pointer (&part);
    } else if (errno != EEXIST || attempt + 1 == PART_ATTEMPTS_MAX) {
      fail (error, path, "written", errno);
      return NULL;
    }
  }
  return g_steal_pointer (&self);
}

void
jk_file_writer_free (JkFileWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    self->storage->close (self->storage, self->fd);
  if (self->part != NULL)
    TEMP_FAILURE_RETRY (self->storage->unlink (self->storage, self->part));
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

guint64
jk_file_writer_get_offset (const JkFileWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->offset;
}

gboolean
jk_file_writer_append (JkFileWriter *self, gconstpointer data, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (!write_fully (self, self->offset, data, size, error))
    return FALSE;
  self->offset += size;
  return TRUE;
}

gboolean
jk_file_writer_write_at (JkFileWriter *self,
                         guint64 offset,
                         gconstpointer data,
                         gsize size,
                         GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);
  g_return_val_if_fail (offset <= self->offset && size <= self->offset - offset, FALSE);

  return write_fully (self, offset, data, size, error);
}

gboolean
jk_file_writer_read_at (const JkFileWriter *self,
                        guint64 offset,
                        gpointer out,
                        gsize size,
                        GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);
  g_return_val_if_fail (out != NULL || size == 0, FALSE);
  g_return_val_if_fail (offset <= self->offset && size <= self->offset - offset, FALSE);

  return read_fully (self->storage, self->fd, self->path, offset, out, size, error);
}

gboolean
jk_file_writer_finish (JkFileWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  const JkStorage *storage = self->storage;
  if (TEMP_FAILURE_RETRY (storage->fsync (storage, self->fd)) != 0)
    return fail (error, self->path, "made durable", errno);

  int closed = storage->close (storage, self->fd);
  self->fd = -1;
  if (closed != 0 && errno != EINTR)
    return fail (error, self->path, "made durable", errno);
  if (TEMP_FAILURE_RETRY (storage->rename (storage, self->part, self->path)) != 0)
    return fail (error, self->path, "given its name", errno);
  g_clear_pointer (&self->part, g_free);

  g_autofree char *folder = g_path_get_dirname (self->path);
  return jk_storage_sync_folder (storage, folder, error);
}
