/* SPDX-License-Identifier: Apache-2.0 */
/* support/vfs-file.c: one open file of support/vfs.h. */
#include "support/vfs-private.h"

#include <string.h>

static JkTestVfsFile *
file_of (sqlite3_file *base)
{
  return (JkTestVfsFile *) base;
}

/* Writes one sector, or what of it lies before the end, to the disk. */
static int
write_sector (const JkTestOverlay *overlay, sqlite3_file *real, gsize sector)
{
  gsize start = sector * JK_TEST_SECTOR;

  if (start >= overlay->content->len)
    return SQLITE_OK;
  gsize size = MIN (JK_TEST_SECTOR, overlay->content->len - start);
  return real->pMethods->xWrite (real,
                                 overlay->content->data + start,
                                 (int) size,
                                 (sqlite3_int64) start);
}

static int
flush_overlay (JkTestOverlay *overlay, sqlite3_file *real)
{
  GHashTableIter iter;
  gpointer key;
  int result = real->pMethods->xTruncate (real, (sqlite3_int64) overlay->content->len);

  g_hash_table_iter_init (&iter, overlay->waiting);
  while (result == SQLITE_OK && g_hash_table_iter_next (&iter, &key, NULL))
    result = write_sector (overlay, real, GPOINTER_TO_SIZE (key));
  g_hash_table_remove_all (overlay->waiting);
  return result;
}

static int
file_close (sqlite3_file *base)
{
  JkTestVfsFile *file = file_of (base);
  int result = file->real->pMethods->xClose (file->real);

  g_free (file->real);
  if (file->overlay != NULL) {
    g_mutex_lock (&file->vfs->mutex);
    /* Nobody has it open and nothing waits: it may get another name now. */
    if (file->overlay->n_refs == 2 && g_hash_table_size (file->overlay->waiting) == 0)
      g_hash_table_remove (file->vfs->overlays, file->overlay->path);
    jk_test_overlay_unref (file->overlay);
    g_mutex_unlock (&file->vfs->mutex);
  }
  return result;
}

static int
read_overlay (const JkTestOverlay *overlay, void *out, int size, sqlite3_int64 offset)
{
  gsize length = overlay->content->len;
  gsize there = (gsize) offset < length ? MIN ((gsize) size, length - (gsize) offset) : 0;

  if (there > 0)
    memcpy (out, overlay->content->data + offset, there);
  memset ((guint8 *) out + there, 0, (gsize) size - there);
  return there == (gsize) size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_read (sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
  JkTestVfsFile *file = file_of (base);

  g_mutex_lock (&file->vfs->mutex);
  int result = jk_test_vfs_count_call (file->vfs, file->path, FALSE, SQLITE_IOERR_READ);
  if (result == SQLITE_OK && file->overlay != NULL)
    result = file->overlay->is_dead ? SQLITE_IOERR_READ
                                    : read_overlay (file->overlay, out, size, offset);
  else if (result == SQLITE_OK)
    result = file->real->pMethods->xRead (file->real, out, size, offset);
  g_mutex_unlock (&file->vfs->mutex);
  return result;
}

static int
write_overlay (JkTestOverlay *overlay, const void *data, int size, sqlite3_int64 offset)
{
  gsize end = (gsize) offset + (gsize) size;

  if (overlay->is_dead)
    return SQLITE_IOERR_WRITE;
  if (end > overlay->content->len) {
    gsize old = overlay->content->len;
    g_byte_array_set_size (overlay->content, (guint) end);
    memset (overlay->content->data + old, 0, end - old);
  }
  memcpy (overlay->content->data + offset, data, (gsize) size);
  for (gsize sector = (gsize) offset / JK_TEST_SECTOR; sector * JK_TEST_SECTOR < end; sector++)
    g_hash_table_add (overlay->waiting, GSIZE_TO_POINTER (sector));
  return SQLITE_OK;
}

static int
file_write (sqlite3_file *base, const void *data, int size, sqlite3_int64 offset)
{
  JkTestVfsFile *file = file_of (base);

  g_mutex_lock (&file->vfs->mutex);
  file->vfs->n_writes++;
  jk_test_vfs_count_towards_cut (file->vfs);
  int result = jk_test_vfs_count_call (file->vfs, file->path, TRUE, SQLITE_IOERR_WRITE);
  if (result == SQLITE_OK && file->overlay != NULL)
    result = write_overlay (file->overlay, data, size, offset);
  else if (result == SQLITE_OK)
    result = file->real->pMethods->xWrite (file->real, data, size, offset);
  g_mutex_unlock (&file->vfs->mutex);
  return result;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  JkTestVfsFile *file = file_of (base);

  g_mutex_lock (&file->vfs->mutex);
  int result = jk_test_vfs_count_call (file->vfs, file->path, FALSE, SQLITE_IOERR_TRUNCATE);
  if (result == SQLITE_OK && file->overlay != NULL)
    g_byte_array_set_size (file->overlay->content, (guint) size);
  else if (result == SQLITE_OK)
    result = file->real->pMethods->xTruncate (file->real, size);
  g_mutex_unlock (&file->vfs->mutex);
  return result;
}

static int
file_sync (sqlite3_file *base, int flags)
{
  JkTestVfsFile *file = file_of (base);

  g_mutex_lock (&file->vfs->mutex);
  file->vfs->n_syncs++;
  jk_test_vfs_count_towards_cut (file->vfs);
  int result = jk_test_vfs_count_call (file->vfs, file->path, FALSE, SQLITE_IOERR_FSYNC);
  if (result == SQLITE_OK && !file->vfs->ignores_syncs) {
    if (file->overlay != NULL)
      result =
          file->overlay->is_dead ? SQLITE_IOERR_FSYNC : flush_overlay (file->overlay, file->real);
    else
      result = file->real->pMethods->xSync (file->real, flags);
  }
  g_mutex_unlock (&file->vfs->mutex);
  return result;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *out_size)
{
  JkTestVfsFile *file = file_of (base);

  g_mutex_lock (&file->vfs->mutex);
  int result = jk_test_vfs_count_call (file->vfs, file->path, FALSE, SQLITE_IOERR_FSTAT);
  if (result == SQLITE_OK && file->overlay != NULL)
    *out_size = file->overlay->content->len;
  else if (result == SQLITE_OK)
    result = file->real->pMethods->xFileSize (file->real, out_size);
  g_mutex_unlock (&file->vfs->mutex);
  return result;
}

static int
file_lock (sqlite3_file *base, int level)
{
  sqlite3_file *real = file_of (base)->real;
  return real->pMethods->xLock (real, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  sqlite3_file *real = file_of (base)->real;
  return real->pMethods->xUnlock (real, level);
}

static int
file_check_lock (sqlite3_file *base, int *out_reserved)
{
  sqlite3_file *real = file_of (base)->real;
  return real->pMethods->xCheckReservedLock (real, out_reserved);
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  JkTestVfsFile *file = file_of (base);

  /* A hint about the size would change the disk behind the overlay. */
  if (file->overlay != NULL)
    return SQLITE_NOTFOUND;
  return file->real->pMethods->xFileControl (file->real, operation, argument);
}

static int
file_sector_size (sqlite3_file *base)
{
  sqlite3_file *real = file_of (base)->real;
  return real->pMethods->xSectorSize (real);
}

static int
file_device (sqlite3_file *base)
{
  sqlite3_file *real = file_of (base)->real;
  return real->pMethods->xDeviceCharacteristics (real);
}

/* Version 1: no shared memory, which a journal must not need. */
const sqlite3_io_methods jk_test_vfs_methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device,
};
