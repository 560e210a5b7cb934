/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk.c: what programs do to the disk, in order. */
#include "disk-private.h"

#include <errno.h>
#include <string.h>

/* Calls of one kind before and after a call that make it one of many. */
#define DULL 16

static void
op_free (gpointer data)
{
  JkDiskOp *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->name);
  g_free (self->to);
  g_free (self);
}

static JkTestDisk *
disk_new (JkDiskImage *image)
{
  JkTestDisk *self = g_new0 (JkTestDisk, 1);

  self->live = image;
  self->calls = g_byte_array_new ();
  self->writes = g_byte_array_new ();
  self->open = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->next_fd = 1000;
  g_mutex_init (&self->mutex);
  jk_test_disk_fill_storage (self);
  jk_test_disk_fill_vfs (self);
  return self;
}

JkTestDisk *
jk_test_disk_new (void)
{
  JkTestDisk *self = disk_new (jk_disk_image_new ());

  self->log = g_ptr_array_new_with_free_func (op_free);
  return self;
}

JkTestDisk *
jk_test_disk_new_from (JkDiskImage *image)
{
  return disk_new (image);
}

void
jk_test_disk_free (JkTestDisk *self)
{
  if (self == NULL)
    return;
  sqlite3_vfs_unregister (&self->vfs);
  g_byte_array_unref (self->calls);
  g_byte_array_unref (self->writes);
  g_hash_table_unref (self->open);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  jk_disk_image_free (self->live);
  g_mutex_clear (&self->mutex);
  g_free (self->vfs_name);
  g_free (self);
}

const JkStorage *
jk_test_disk_get_storage (const JkTestDisk *self)
{
  return &self->storage;
}

void
jk_test_disk_kill (JkTestDisk *self)
{
  g_mutex_lock (&self->mutex);
  self->life++;
  g_hash_table_remove_all (self->open);
  g_mutex_unlock (&self->mutex);
}

void
jk_test_disk_leave_out (JkTestDisk *self, JkDiskSync sync)
{
  g_mutex_lock (&self->mutex);
  self->left_out = sync;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_disk_fail (JkTestDisk *self, const JkDiskFault *fault)
{
  g_mutex_lock (&self->mutex);
  self->fault = *fault;
  self->fail_at = fault->n == 0 || fault->writes_only ? 0 : self->calls->len + fault->n;
  self->fail_writes_at = fault->n == 0 || !fault->writes_only ? 0 : self->writes->len + fault->n;
  self->has_failed = FALSE;
  g_mutex_unlock (&self->mutex);
}

gboolean
jk_test_disk_has_failed (JkTestDisk *self)
{
  g_mutex_lock (&self->mutex);
  gboolean has_failed = self->has_failed;
  g_mutex_unlock (&self->mutex);
  return has_failed;
}

gboolean
jk_test_disk_is_dull (const JkTestDisk *self, guint n, gboolean writes_only)
{
  const GByteArray *calls = writes_only ? self->writes : self->calls;

  if (n <= DULL || n + DULL > calls->len)
    return FALSE;
  for (guint i = n - DULL; i < n + DULL; i++) {
    if (calls->data[i] != JK_DISK_LOGS)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_due (const JkTestDisk *self, guint fail_at, guint now)
{
  return fail_at != 0 && (self->fault.for_good ? now >= fail_at : now == fail_at);
}

int
jk_test_disk_enter (JkTestDisk *self, guint life, JkDiskCall call)
{
  if (life != self->life)
    return EIO;
  gboolean writes = call != JK_DISK_LOOKS;
  guint8 kind = (guint8) call;
  g_byte_array_append (self->calls, &kind, 1);
  if (writes)
    g_byte_array_append (self->writes, &kind, 1);
  if (!is_due (self, self->fail_at, self->calls->len) &&
      !(writes && is_due (self, self->fail_writes_at, self->writes->len)))
    return 0;
  self->has_failed = TRUE;
  return self->fault.full && writes ? ENOSPC : EIO;
}

void
jk_test_disk_do (JkTestDisk *self, JkDiskOp op)
{
  JkDiskOp *kept = g_new (JkDiskOp, 1);

  *kept = op;
  jk_disk_image_apply (self->live, kept);
  if (self->log != NULL)
    g_ptr_array_add (self->log, kept);
  else
    op_free (kept);
}

void
jk_test_disk_mark (JkTestDisk *self, guint mark)
{
  g_mutex_lock (&self->mutex);
  jk_test_disk_do (self, (JkDiskOp){ .kind = JK_DISK_MARK, .mark = mark });
  g_mutex_unlock (&self->mutex);
}

int
jk_test_disk_make (JkTestDisk *self, const char *path, gboolean is_folder, guint *out_inode)
{
  guint folder;
  const char *name;
  guint inode = jk_disk_image_find (self->live, path, &folder, &name);

  if (inode != JK_DISK_NOTHING)
    return EEXIST;
  if (folder == JK_DISK_NOTHING)
    return ENOENT;
  *out_inode = self->live->inodes->len;
  jk_test_disk_do (self,
                   (JkDiskOp){ .kind = JK_DISK_LINK,
                               .inode = folder,
                               .name = g_strdup (name),
                               .target = *out_inode,
                               .is_folder = is_folder });
  return 0;
}

int
jk_test_disk_unlink (JkTestDisk *self, const char *path)
{
  guint folder;
  const char *name;

  if (jk_disk_image_find (self->live, path, &folder, &name) == JK_DISK_NOTHING)
    return ENOENT;
  jk_test_disk_do (self,
                   (JkDiskOp){ .kind = JK_DISK_UNLINK, .inode = folder, .name = g_strdup (name) });
  return 0;
}

void
jk_test_disk_sync (JkTestDisk *self, guint inode, JkDiskSync sync)
{
  if (sync != self->left_out)
    jk_test_disk_do (self, (JkDiskOp){ .kind = JK_DISK_SYNCED, .inode = inode, .sync = sync });
}

gsize
jk_test_disk_read (JkTestDisk *self, guint inode, void *out, gsize size, guint64 offset)
{
  const GByteArray *bytes = jk_disk_image_get (self->live, inode)->content->bytes;
  gsize there = offset < bytes->len ? MIN (size, bytes->len - (gsize) offset) : 0;

  if (there > 0)
    memcpy (out, bytes->data + offset, there);
  return there;
}

void
jk_test_disk_write (JkTestDisk *self, guint inode, const void *data, gsize size, guint64 offset)
{
  jk_test_disk_do (self,
                   (JkDiskOp){ .kind = JK_DISK_WRITE,
                               .inode = inode,
                               .offset = offset,
                               .data = g_bytes_new (data, size) });
}
