/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-vfs.c: the disk as SQLite takes it. */
#include "disk-private.h"

#include <errno.h>
#include <string.h>

#define PATH_BYTES 1024

/* As SQLite's own VFS says on Linux. */
#define SECTOR_BYTES 4096

typedef struct {
  sqlite3_file base; /* first */
  JkTestDisk *disk;
  guint inode, folder, life;
  gboolean is_log;
  gboolean is_folder_due; /* the name is synced with the next sync */
} DiskFile;

static DiskFile *
file_of (sqlite3_file *base)
{
  return (DiskFile *) base;
}

static JkTestDisk *
disk_of (sqlite3_vfs *base)
{
  return base->pAppData;
}

static int
code_of (int number, int otherwise)
{
  return number == 0 ? SQLITE_OK : number == ENOSPC ? SQLITE_FULL : otherwise;
}

static int
file_close (sqlite3_file *base)
{
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
  DiskFile *file = file_of (base);
  gsize there = 0;

  g_mutex_lock (&file->disk->mutex);
  int number = jk_test_disk_enter (file->disk, file->life, JK_DISK_LOOKS);
  if (number == 0)
    there = jk_test_disk_read (file->disk, file->inode, out, (gsize) size, (guint64) offset);
  g_mutex_unlock (&file->disk->mutex);
  if (number != 0)
    return SQLITE_IOERR_READ;
  memset ((guint8 *) out + there, 0, (gsize) size - there);
  return there == (gsize) size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *base, const void *data, int size, sqlite3_int64 offset)
{
  DiskFile *file = file_of (base);

  g_mutex_lock (&file->disk->mutex);
  int number =
      jk_test_disk_enter (file->disk, file->life, file->is_log ? JK_DISK_LOGS : JK_DISK_WRITES);
  if (number == 0)
    jk_test_disk_write (file->disk, file->inode, data, (gsize) size, (guint64) offset);
  g_mutex_unlock (&file->disk->mutex);
  return code_of (number, SQLITE_IOERR_WRITE);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DiskFile *file = file_of (base);

  g_mutex_lock (&file->disk->mutex);
  int number = jk_test_disk_enter (file->disk, file->life, JK_DISK_LOOKS);
  if (number == 0)
    jk_test_disk_do (
        file->disk,
        (JkDiskOp){ .kind = JK_DISK_TRUNCATE, .inode = file->inode, .offset = (guint64) size });
  g_mutex_unlock (&file->disk->mutex);
  return code_of (number, SQLITE_IOERR_TRUNCATE);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  DiskFile *file = file_of (base);
  JkDiskSync sync = file->is_log ? JK_DISK_SYNC_LOG : JK_DISK_SYNC_STORE;

  g_mutex_lock (&file->disk->mutex);
  int number = jk_test_disk_enter (file->disk, file->life, JK_DISK_LOOKS);
  if (number == 0)
    jk_test_disk_sync (file->disk, file->inode, sync);
  if (number == 0 && file->is_folder_due) {
    /* Like SQLite's own, which tries it once and does not say whether it worked. */
    if (jk_test_disk_enter (file->disk, file->life, JK_DISK_LOOKS) == 0)
      jk_test_disk_sync (file->disk, file->folder, JK_DISK_SYNC_LOG_FOLDER);
    file->is_folder_due = FALSE;
  }
  g_mutex_unlock (&file->disk->mutex);
  return code_of (number, SQLITE_IOERR_FSYNC);
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *out_size)
{
  DiskFile *file = file_of (base);

  g_mutex_lock (&file->disk->mutex);
  int number = jk_test_disk_enter (file->disk, file->life, JK_DISK_LOOKS);
  *out_size = jk_disk_image_get (file->disk->live, file->inode)->content->bytes->len;
  g_mutex_unlock (&file->disk->mutex);
  return code_of (number, SQLITE_IOERR_FSTAT);
}

/* One program has the store at a time: locks are for others. */
static int
file_lock (sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *base, int *out_reserved)
{
  *out_reserved = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  return SECTOR_BYTES;
}

static int
file_device (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: no shared memory, which a journal must not need. */
static const sqlite3_io_methods file_methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device,
};

static int
find_or_make (JkTestDisk *self, const char *path, int flags, DiskFile *file)
{
  const char *name;
  int number = 0;

  file->inode = jk_disk_image_find (self->live, path, &file->folder, &name);
  if (file->inode == JK_DISK_NOTHING)
    number = (flags & SQLITE_OPEN_CREATE) != 0 ? jk_test_disk_make (self, path, FALSE, &file->inode)
                                               : ENOENT;
  else if (jk_disk_image_get (self->live, file->inode)->entries != NULL)
    number = EISDIR;
  return number;
}

static int
vfs_open (sqlite3_vfs *base, const char *path, sqlite3_file *out, int flags, int *out_flags)
{
  JkTestDisk *self = disk_of (base);
  DiskFile *file = file_of (out);
  gboolean creates = (flags & SQLITE_OPEN_CREATE) != 0;

  *file = (DiskFile){ .disk = self, .is_log = (flags & SQLITE_OPEN_WAL) != 0 };
  if (path == NULL)
    return SQLITE_CANTOPEN;
  g_mutex_lock (&self->mutex);
  int number = jk_test_disk_enter (self, self->life, creates ? JK_DISK_WRITES : JK_DISK_LOOKS);
  if (number == 0)
    number = find_or_make (self, path, flags, file);
  file->life = self->life;
  g_mutex_unlock (&self->mutex);
  if (number != 0)
    return code_of (number, SQLITE_CANTOPEN);
  file->is_folder_due = creates && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  file->base.pMethods = &file_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *base, const char *path, int sync_folder)
{
  JkTestDisk *self = disk_of (base);
  guint folder;
  const char *name;

  g_mutex_lock (&self->mutex);
  int number = jk_test_disk_enter (self, self->life, JK_DISK_LOOKS);
  jk_disk_image_find (self->live, path, &folder, &name);
  if (number == 0)
    number = jk_test_disk_unlink (self, path);
  if (number == 0 && sync_folder != 0)
    jk_test_disk_sync (self, folder, JK_DISK_SYNC_LOG_FOLDER);
  g_mutex_unlock (&self->mutex);
  return number == ENOENT ? SQLITE_IOERR_DELETE_NOENT : code_of (number, SQLITE_IOERR_DELETE);
}

/* Like SQLite's own: there, and not empty; and where it cannot be told, not there. */
static int
vfs_access (sqlite3_vfs *base, const char *path, int flags, int *out_result)
{
  JkTestDisk *self = disk_of (base);
  guint folder;
  const char *name;

  g_mutex_lock (&self->mutex);
  int number = jk_test_disk_enter (self, self->life, JK_DISK_LOOKS);
  guint found = jk_disk_image_find (self->live, path, &folder, &name);
  const JkDiskInode *inode = jk_disk_image_get (self->live, found);
  *out_result =
      number == 0 && inode != NULL &&
      (inode->content == NULL || inode->content->bytes->len > 0 || flags != SQLITE_ACCESS_EXISTS);
  g_mutex_unlock (&self->mutex);
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *base, const char *path, int size, char *out)
{
  g_strlcpy (out, path, (gsize) size);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *base, int size, char *out)
{
  sqlite3_vfs *real = sqlite3_vfs_find (NULL);
  return real->xRandomness (real, size, out);
}

static int
vfs_sleep (sqlite3_vfs *base, int us)
{
  return us;
}

static int
vfs_time (sqlite3_vfs *base, double *out_now)
{
  sqlite3_vfs *real = sqlite3_vfs_find (NULL);
  return real->xCurrentTime (real, out_now);
}

void
jk_test_disk_fill_vfs (JkTestDisk *self)
{
  self->vfs_name = g_strdup_printf ("jk-disk-%p", (void *) self);
  self->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (DiskFile),
    .mxPathname = PATH_BYTES,
    .zName = self->vfs_name,
    .pAppData = self,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
  };
  sqlite3_vfs_register (&self->vfs, 0);
  self->storage.vfs_name = self->vfs_name;
}
