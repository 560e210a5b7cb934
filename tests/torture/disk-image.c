/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-image.c: one state of a disk, and what an operation makes of it. */
#include "disk-private.h"

#include <string.h>

static JkDiskContent *
content_new (GByteArray *bytes)
{
  JkDiskContent *self = g_new0 (JkDiskContent, 1);

  self->n_refs = 1;
  self->bytes = bytes;
  return self;
}

static void
content_unref (JkDiskContent *self)
{
  if (!g_atomic_int_dec_and_test (&self->n_refs))
    return;
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* The bytes of an inode, for nobody else to see. */
static GByteArray *
own_bytes (JkDiskInode *inode)
{
  JkDiskContent *shared = inode->content;

  if (g_atomic_int_get (&shared->n_refs) > 1) {
    GByteArray *bytes = g_byte_array_sized_new (shared->bytes->len);
    g_byte_array_append (bytes, shared->bytes->data, shared->bytes->len);
    inode->content = content_new (bytes);
    content_unref (shared);
  }
  return inode->content->bytes;
}

static JkDiskInode *
inode_new (gboolean is_folder)
{
  JkDiskInode *self = g_new0 (JkDiskInode, 1);

  if (is_folder)
    self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  else
    self->content = content_new (g_byte_array_new ());
  return self;
}

static void
inode_free (gpointer data)
{
  JkDiskInode *self = data;

  if (self == NULL)
    return;
  g_clear_pointer (&self->content, content_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_free (self);
}

static JkDiskInode *
inode_copy (const JkDiskInode *self)
{
  JkDiskInode *copy = g_new0 (JkDiskInode, 1);
  GHashTableIter iter;
  gpointer name, number;

  if (self->content != NULL) {
    g_atomic_int_inc (&self->content->n_refs);
    copy->content = self->content;
    return copy;
  }
  copy->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, &number))
    g_hash_table_insert (copy->entries, g_strdup (name), number);
  return copy;
}

JkDiskImage *
jk_disk_image_new (void)
{
  JkDiskImage *self = g_new0 (JkDiskImage, 1);

  self->inodes = g_ptr_array_new_with_free_func (inode_free);
  g_ptr_array_add (self->inodes, inode_new (TRUE));
  return self;
}

JkDiskImage *
jk_disk_image_copy (const JkDiskImage *self)
{
  JkDiskImage *copy = g_new0 (JkDiskImage, 1);

  copy->inodes = g_ptr_array_new_with_free_func (inode_free);
  for (guint i = 0; i < self->inodes->len; i++) {
    const JkDiskInode *inode = g_ptr_array_index (self->inodes, i);
    g_ptr_array_add (copy->inodes, inode != NULL ? inode_copy (inode) : NULL);
  }
  return copy;
}

void
jk_disk_image_free (JkDiskImage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->inodes);
  g_free (self);
}

JkDiskInode *
jk_disk_image_get (const JkDiskImage *self, guint inode)
{
  return inode < self->inodes->len ? g_ptr_array_index (self->inodes, inode) : NULL;
}

/* Whatever is said of an inode for the first time brings it into being, empty and without a name:
 * its name may be lost where its bytes are not. */
static JkDiskInode *
ensure (JkDiskImage *self, guint number, gboolean is_folder)
{
  while (number >= self->inodes->len)
    g_ptr_array_add (self->inodes, NULL);
  if (g_ptr_array_index (self->inodes, number) == NULL)
    g_ptr_array_index (self->inodes, number) = inode_new (is_folder);
  return g_ptr_array_index (self->inodes, number);
}

void
jk_disk_image_apply_part (JkDiskImage *self, const JkDiskOp *op, gsize from, gsize to)
{
  GByteArray *bytes = own_bytes (ensure (self, op->inode, FALSE));
  const guint8 *data = g_bytes_get_data (op->data, NULL);
  guint old = bytes->len;

  if (op->offset + to > old) {
    g_byte_array_set_size (bytes, (guint) (op->offset + to));
    memset (bytes->data + old, 0, bytes->len - old);
  }
  memcpy (bytes->data + op->offset + from, data + from, to - from);
}

static void
truncate_file (JkDiskImage *self, const JkDiskOp *op)
{
  GByteArray *bytes = own_bytes (ensure (self, op->inode, FALSE));
  guint old = bytes->len;

  g_byte_array_set_size (bytes, (guint) op->offset);
  if (bytes->len > old)
    memset (bytes->data + old, 0, bytes->len - old);
}

void
jk_disk_image_apply (JkDiskImage *self, const JkDiskOp *op)
{
  switch (op->kind) {
  case JK_DISK_WRITE:
    jk_disk_image_apply_part (self, op, 0, g_bytes_get_size (op->data));
    break;
  case JK_DISK_TRUNCATE:
    truncate_file (self, op);
    break;
  case JK_DISK_LINK:
    ensure (self, op->target, op->is_folder);
    g_hash_table_insert (ensure (self, op->inode, TRUE)->entries,
                         g_strdup (op->name),
                         GUINT_TO_POINTER (op->target));
    break;
  case JK_DISK_RENAME:
    ensure (self, op->target, op->is_folder);
    g_hash_table_remove (ensure (self, op->inode, TRUE)->entries, op->name);
    g_hash_table_insert (ensure (self, op->inode, TRUE)->entries,
                         g_strdup (op->to),
                         GUINT_TO_POINTER (op->target));
    break;
  case JK_DISK_UNLINK:
    g_hash_table_remove (ensure (self, op->inode, TRUE)->entries, op->name);
    break;
  default:
    break;
  }
}

guint
jk_disk_image_find (const JkDiskImage *self,
                    const char *path,
                    guint *out_folder,
                    const char **out_name)
{
  guint folder = 0, found = 0;

  *out_folder = JK_DISK_NOTHING;
  *out_name = "";
  for (const char *at = path + strspn (path, "/"); *at != '\0'; at += strspn (at, "/")) {
    gsize length = strcspn (at, "/");
    g_autofree char *name = g_strndup (at, length);
    const JkDiskInode *inode = jk_disk_image_get (self, found);
    gpointer number = NULL;

    *out_folder = JK_DISK_NOTHING;
    if (found == JK_DISK_NOTHING || inode == NULL || inode->entries == NULL)
      return JK_DISK_NOTHING;
    folder = found;
    found = g_hash_table_lookup_extended (inode->entries, name, NULL, &number)
                ? GPOINTER_TO_UINT (number)
                : JK_DISK_NOTHING;
    *out_folder = folder;
    *out_name = at;
    at += length;
  }
  return found;
}

void
jk_disk_image_put (JkDiskImage *self, guint number, const JkDiskInode *inode)
{
  while (number >= self->inodes->len)
    g_ptr_array_add (self->inodes, NULL);
  inode_free (g_ptr_array_index (self->inodes, number));
  g_ptr_array_index (self->inodes, number) = inode_copy (inode);
}
