/* SPDX-License-Identifier: Apache-2.0 */
/* base/storage.c: the system calls of the disk, and whole files and folders on top of a table.
 *
 * The table's functions are the bare calls; retrying after a signal is done by who calls them. */
#include "base/storage-private.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int
system_open (const JkStorage *self, const char *path, int flags, mode_t mode)
{
  return open (path, flags | O_CLOEXEC, mode);
}

static ssize_t
system_pread (const JkStorage *self, int fd, void *out, size_t size, off_t offset)
{
  return pread (fd, out, size, offset);
}

static ssize_t
system_pwrite (const JkStorage *self, int fd, const void *data, size_t size, off_t offset)
{
  return pwrite (fd, data, size, offset);
}

static int
system_size (const JkStorage *self, int fd, guint64 *out_size)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return -1;
  if (!S_ISREG (info.st_mode)) {
    errno = EINVAL;
    return -1;
  }
  *out_size = (guint64) info.st_size;
  return 0;
}

static int
system_fsync (const JkStorage *self, int fd)
{
  return fsync (fd);
}

static int
system_close (const JkStorage *self, int fd)
{
  return close (fd);
}

static int
system_rename (const JkStorage *self, const char *from, const char *to)
{
  return rename (from, to);
}

static int
system_unlink (const JkStorage *self, const char *path)
{
  return unlink (path);
}

static int
system_mkdir (const JkStorage *self, const char *path, mode_t mode)
{
  return mkdir (path, mode);
}

/* What is not on the medium yet is not forgotten either: it is synced first. */
static int
system_forget (const JkStorage *self, int fd)
{
  if (fsync (fd) != 0)
    return -1;
  int number = posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED); /* not -1 and errno */
  if (number == 0)
    return 0;
  errno = number;
  return -1;
}

static const JkStorage system_storage = {
  .open = system_open,
  .pread = system_pread,
  .pwrite = system_pwrite,
  .size = system_size,
  .fsync = system_fsync,
  .close = system_close,
  .rename = system_rename,
  .unlink = system_unlink,
  .mkdir = system_mkdir,
  .forget = system_forget,
};

const JkStorage *
jk_storage_system (void)
{
  return &system_storage;
}

static const char *
advise (int number)
{
  switch (number) {
  case ENOSPC:
  case EDQUOT:
    return "free space on that disk and try again";
  case EROFS:
    return "the disk is write-protected: lift the protection or use another disk";
  case EACCES:
  case EPERM:
    return "ask for the right to read and write there, or choose another folder";
  case ENOENT:
  case ENOTDIR:
    return "check the name, and that the disk is plugged in";
  case EINVAL:
  case EISDIR:
    return "choose a plain file";
  case ENAMETOOLONG:
    return "choose a shorter name";
  case EFBIG:
    return "use a disk whose file system holds files of this size";
  case EMFILE:
  case ENFILE:
    return "close other programs and try again";
  default:
    return "try again, and if it fails again use another disk";
  }
}

void
jk_storage_set_error (GError **error,
                      JkBaseError code,
                      const char *path,
                      const char *action,
                      int number)
{
  g_set_error (error,
               JK_BASE_ERROR,
               (gint) code,
               "%s cannot be %s (%s): %s.",
               path,
               action,
               g_strerror (number),
               advise (number));
}

static GBytes *
read_whole (const JkFile *file, gsize size_max, GError **error)
{
  guint64 size = jk_file_get_size (file);
  if (size > size_max) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TOO_LARGE,
                 "%s has %" G_GUINT64_FORMAT " bytes, and at most %" G_GSIZE_FORMAT
                 " are accepted: check that it is the right file.",
                 jk_file_get_path (file),
                 size,
                 size_max);
    return NULL;
  }

  g_autofree guint8 *data = g_malloc ((gsize) size);
  if (!jk_file_read_at (file, 0, data, (gsize) size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) size);
}

GBytes *
jk_storage_read (const JkStorage *self, const char *path, gsize size_max, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (JkFile) file = jk_file_open (self, path, error);

  return file != NULL ? read_whole (file, size_max, error) : NULL;
}

GBytes *
jk_storage_read_back (const JkStorage *self, const char *path, gsize size_max, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (JkFile) file = jk_file_open (self, path, error);

  if (file == NULL || !jk_file_forget (file, error))
    return NULL;
  return read_whole (file, size_max, error);
}

gboolean
jk_storage_write (const JkStorage *self,
                  const char *path,
                  mode_t mode,
                  GBytes *bytes,
                  GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self, path, mode, error);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return writer != NULL && jk_file_writer_append (writer, data, size, error) &&
         jk_file_writer_finish (writer, error);
}

gboolean
jk_storage_write_proven (const JkStorage *self,
                         const char *path,
                         mode_t mode,
                         GBytes *bytes,
                         GError **error)
{
  if (!jk_storage_write (self, path, mode, bytes, error))
    return FALSE;
  g_autoptr (GBytes) back = jk_storage_read_back (self, path, g_bytes_get_size (bytes), error);
  if (back == NULL)
    return FALSE;
  if (g_bytes_equal (back, bytes))
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s reads back other than it was written; use another stick or folder, and do this "
               "again.",
               path);
  return FALSE;
}

static int
open_folder (const JkStorage *self, const char *path)
{
  return TEMP_FAILURE_RETRY (self->open (self, path, O_RDONLY | O_DIRECTORY, 0));
}

static gboolean
is_folder (const JkStorage *self, const char *path)
{
  int fd = open_folder (self, path);
  if (fd < 0)
    return FALSE;
  self->close (self, fd);
  return TRUE;
}

/* A folder that came into being meanwhile is as good: another process made it, or path ends in a
 * slash and its own parent was it. */
static gboolean
make_and_sync (const JkStorage *self, const char *path, mode_t mode, GError **error)
{
  if (TEMP_FAILURE_RETRY (self->mkdir (self, path, mode)) != 0 &&
      !(errno == EEXIST && is_folder (self, path))) {
    jk_storage_set_error (error, JK_BASE_ERROR_STORAGE, path, "made", errno);
    return FALSE;
  }
  g_autofree char *parent = g_path_get_dirname (path);
  return jk_storage_sync_folder (self, parent, error);
}

/* Whoever made it may have been stopped before its name was on disk. Above what is ours there may
 * be folders that we may pass through and not read; those did not come into being just now. */
static gboolean
sync_name (const JkStorage *self, const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = open_folder (self, parent);

  if (fd < 0 && (errno == EACCES || errno == EPERM))
    return TRUE;
  if (fd >= 0)
    self->close (self, fd);
  return jk_storage_sync_folder (self, parent, error);
}

gboolean
jk_storage_make_folder (const JkStorage *self, const char *path, mode_t mode, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (is_folder (self, path))
    return sync_name (self, path, error);
  if (errno != ENOENT) {
    jk_storage_set_error (error, JK_BASE_ERROR_STORAGE, path, "used as a folder", errno);
    return FALSE;
  }

  /* "/" is its own parent, and so is ".": there the way up ends. */
  g_autofree char *parent = g_path_get_dirname (path);
  if (!g_str_equal (parent, path) && !jk_storage_make_folder (self, parent, mode, error))
    return FALSE;
  return make_and_sync (self, path, mode, error);
}

gboolean
jk_storage_sync_folder (const JkStorage *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  int fd = open_folder (self, path);
  if (fd < 0) {
    jk_storage_set_error (error, JK_BASE_ERROR_STORAGE, path, "used as a folder", errno);
    return FALSE;
  }
  int result = TEMP_FAILURE_RETRY (self->fsync (self, fd));
  int number = errno;
  self->close (self, fd);

  /* Some network file systems have no such call for folders; more cannot be asked of them. */
  if (result != 0 && number != EINVAL) {
    jk_storage_set_error (error, JK_BASE_ERROR_STORAGE, path, "made durable", number);
    return FALSE;
  }
  return TRUE;
}
