/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-storage.c: the disk as base/storage.h takes it. */
#include "disk-private.h"

#include <errno.h>
#include <fcntl.h>

typedef struct {
  guint inode;
  guint life;
} OpenFile;

/* The code under test holds the table as const. */
static JkTestDisk *
disk_of (const JkStorage *storage)
{
  return (JkTestDisk *) (gpointer) storage;
}

/* Ends a call: the mutex is given back, and number becomes the answer. */
static int
leave (JkTestDisk *self, int number, int result)
{
  g_mutex_unlock (&self->mutex);
  if (number == 0)
    return result;
  errno = number;
  return -1;
}

static int
begin (JkTestDisk *self, JkDiskCall call)
{
  g_mutex_lock (&self->mutex);
  return jk_test_disk_enter (self, self->life, call);
}

/* The same for a file that is open. */
static int
begin_with (JkTestDisk *self, int fd, JkDiskCall call, OpenFile *out)
{
  g_mutex_lock (&self->mutex);
  const OpenFile *file = g_hash_table_lookup (self->open, GINT_TO_POINTER (fd));
  if (file == NULL)
    return EBADF;
  *out = *file;
  return jk_test_disk_enter (self, file->life, call);
}

static int
find_or_make (JkTestDisk *self, const char *path, int flags, guint *out_inode)
{
  guint folder;
  const char *name;

  *out_inode = jk_disk_image_find (self->live, path, &folder, &name);
  if (*out_inode == JK_DISK_NOTHING)
    return (flags & O_CREAT) != 0 ? jk_test_disk_make (self, path, FALSE, out_inode) : ENOENT;
  if ((flags & O_EXCL) != 0)
    return EEXIST;
  if ((flags & O_DIRECTORY) != 0 && jk_disk_image_get (self->live, *out_inode)->entries == NULL)
    return ENOTDIR;
  return 0;
}

static int
disk_open (const JkStorage *storage, const char *path, int flags, mode_t mode)
{
  JkTestDisk *self = disk_of (storage);
  int number = begin (self, (flags & O_CREAT) != 0 ? JK_DISK_WRITES : JK_DISK_LOOKS);
  guint inode = 0;

  if (number == 0)
    number = find_or_make (self, path, flags, &inode);
  if (number == 0) {
    OpenFile *file = g_new (OpenFile, 1);
    *file = (OpenFile){ inode, self->life };
    g_hash_table_insert (self->open, GINT_TO_POINTER (++self->next_fd), file);
  }
  return leave (self, number, self->next_fd);
}

static ssize_t
disk_pread (const JkStorage *storage, int fd, void *out, size_t size, off_t offset)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;
  int number = begin_with (self, fd, JK_DISK_LOOKS, &file);
  gsize n = 0;

  if (number == 0)
    n = jk_test_disk_read (self, file.inode, out, size, (guint64) offset);
  return leave (self, number, (int) n);
}

static ssize_t
disk_pwrite (const JkStorage *storage, int fd, const void *data, size_t size, off_t offset)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;
  int number = begin_with (self, fd, JK_DISK_WRITES, &file);

  if (number == 0)
    jk_test_disk_write (self, file.inode, data, size, (guint64) offset);
  return leave (self, number, (int) size);
}

static int
disk_size (const JkStorage *storage, int fd, guint64 *out_size)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;
  int number = begin_with (self, fd, JK_DISK_LOOKS, &file);

  if (number == 0) {
    const JkDiskInode *inode = jk_disk_image_get (self->live, file.inode);
    number = inode->content == NULL ? EINVAL : 0;
    *out_size = inode->content == NULL ? 0 : inode->content->bytes->len;
  }
  return leave (self, number, 0);
}

static int
disk_fsync (const JkStorage *storage, int fd)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;
  int number = begin_with (self, fd, JK_DISK_LOOKS, &file);

  if (number == 0) {
    gboolean is_folder = jk_disk_image_get (self->live, file.inode)->entries != NULL;
    jk_test_disk_sync (self, file.inode, is_folder ? JK_DISK_SYNC_FOLDER : JK_DISK_SYNC_FILE);
  }
  return leave (self, number, 0);
}

/* A close that fails has closed all the same. */
static int
disk_close (const JkStorage *storage, int fd)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;
  int number = begin_with (self, fd, JK_DISK_LOOKS, &file);

  g_hash_table_remove (self->open, GINT_TO_POINTER (fd));
  return leave (self, number, 0);
}

/* Within one folder, which is all that is asked of it. */
static int
rename_entry (JkTestDisk *self, const char *from, const char *to)
{
  guint folder, to_folder;
  const char *name, *to_name;
  guint inode = jk_disk_image_find (self->live, from, &folder, &name);

  jk_disk_image_find (self->live, to, &to_folder, &to_name);
  if (inode == JK_DISK_NOTHING)
    return ENOENT;
  if (to_folder != folder)
    return EXDEV;
  jk_test_disk_do (
      self,
      (JkDiskOp){ .kind = JK_DISK_RENAME,
                  .inode = folder,
                  .name = g_strdup (name),
                  .to = g_strdup (to_name),
                  .target = inode,
                  .is_folder = jk_disk_image_get (self->live, inode)->entries != NULL });
  return 0;
}

static int
disk_rename (const JkStorage *storage, const char *from, const char *to)
{
  JkTestDisk *self = disk_of (storage);
  int number = begin (self, JK_DISK_WRITES);

  if (number == 0)
    number = rename_entry (self, from, to);
  return leave (self, number, 0);
}

static int
disk_unlink (const JkStorage *storage, const char *path)
{
  JkTestDisk *self = disk_of (storage);
  int number = begin (self, JK_DISK_LOOKS);

  if (number == 0)
    number = jk_test_disk_unlink (self, path);
  return leave (self, number, 0);
}

static int
disk_mkdir (const JkStorage *storage, const char *path, mode_t mode)
{
  JkTestDisk *self = disk_of (storage);
  int number = begin (self, JK_DISK_WRITES);
  guint inode;

  if (number == 0)
    number = jk_test_disk_make (self, path, TRUE, &inode);
  return leave (self, number, 0);
}

/* Reads see what was written last, as from memory: nothing here lies about that. */
static int
disk_forget (const JkStorage *storage, int fd)
{
  JkTestDisk *self = disk_of (storage);
  OpenFile file;

  return leave (self, begin_with (self, fd, JK_DISK_LOOKS, &file), 0);
}

void
jk_test_disk_fill_storage (JkTestDisk *self)
{
  self->storage = (JkStorage){
    .open = disk_open,
    .pread = disk_pread,
    .pwrite = disk_pwrite,
    .size = disk_size,
    .fsync = disk_fsync,
    .close = disk_close,
    .rename = disk_rename,
    .unlink = disk_unlink,
    .mkdir = disk_mkdir,
    .forget = disk_forget,
  };
}
