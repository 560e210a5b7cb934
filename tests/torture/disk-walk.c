/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-walk.c: see the header. */
#include "disk-walk.h"
#include "disk-private.h"

struct _JkDiskWalk {
  /* Owned */
  JkDiskImage *synced;
  GPtrArray *waiting; /* of JkDiskOp, borrowed from the log */
  /* Borrowed */
  const GPtrArray *log;
  /* Plain */
  guint at; /* the next of the log */
  guint mark;
  guint last_write; /* of those that wait; JK_DISK_NOTHING: none does */
  guint n_tears;
  gboolean is_at_sync, is_over;
};

JkDiskWalk *
jk_disk_walk_new (const JkTestDisk *disk)
{
  JkDiskWalk *self = g_new0 (JkDiskWalk, 1);

  self->synced = jk_disk_image_new ();
  self->waiting = g_ptr_array_new ();
  self->log = disk->log;
  return self;
}

void
jk_disk_walk_free (JkDiskWalk *self)
{
  if (self == NULL)
    return;
  jk_disk_image_free (self->synced);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

/* What waits for inode goes to the platter, in its order; the rest goes on waiting. */
static void
sync_inode (JkDiskWalk *self, guint inode)
{
  guint kept = 0;

  for (guint i = 0; i < self->waiting->len; i++) {
    JkDiskOp *op = g_ptr_array_index (self->waiting, i);
    if (op->inode == inode)
      jk_disk_image_apply (self->synced, op);
    else
      g_ptr_array_index (self->waiting, kept++) = op;
  }
  g_ptr_array_set_size (self->waiting, (gint) kept);
}

/* How often the data of a write can be cut between two sectors of the file. */
static guint
count_cuts (const JkDiskOp *op)
{
  guint64 end = op->offset + g_bytes_get_size (op->data);
  return (guint) ((end - 1) / JK_DISK_SECTOR - op->offset / JK_DISK_SECTOR);
}

static void
find_last_write (JkDiskWalk *self)
{
  self->last_write = JK_DISK_NOTHING;
  self->n_tears = 0;
  for (guint i = 0; i < self->waiting->len; i++) {
    const JkDiskOp *op = g_ptr_array_index (self->waiting, i);
    if (op->kind == JK_DISK_WRITE && count_cuts (op) > 0) {
      self->last_write = i;
      self->n_tears = 2 * count_cuts (op);
    }
  }
}

gboolean
jk_disk_walk_next (JkDiskWalk *self)
{
  if (self->is_over)
    return FALSE;
  if (self->is_at_sync)
    sync_inode (self, ((const JkDiskOp *) g_ptr_array_index (self->log, self->at++))->inode);
  self->is_at_sync = FALSE;
  while (self->at < self->log->len && !self->is_at_sync) {
    JkDiskOp *op = g_ptr_array_index (self->log, self->at);
    self->is_at_sync = op->kind == JK_DISK_SYNCED;
    self->at += self->is_at_sync ? 0 : 1;
    if (op->kind == JK_DISK_MARK)
      self->mark = op->mark;
    else if (!self->is_at_sync)
      g_ptr_array_add (self->waiting, op);
  }
  self->is_over = !self->is_at_sync;
  find_last_write (self);
  return TRUE;
}

JkDiskSync
jk_disk_walk_get_sync (const JkDiskWalk *self)
{
  return self->is_at_sync ? ((const JkDiskOp *) g_ptr_array_index (self->log, self->at))->sync
                          : JK_DISK_SYNC_NONE;
}

guint
jk_disk_walk_get_mark (const JkDiskWalk *self)
{
  return self->mark;
}

guint
jk_disk_walk_get_n_waiting (const JkDiskWalk *self)
{
  return self->waiting->len;
}

guint
jk_disk_walk_get_n_states (const JkDiskWalk *self)
{
  return self->waiting->len == 0 ? 1 : self->waiting->len + 1 + JK_DISK_SUBSETS + self->n_tears;
}

/* Each sector of a write by a chance of its own. */
static void
apply_some_sectors (JkDiskImage *image, const JkDiskOp *op, GRand *chance)
{
  gsize size = g_bytes_get_size (op->data);

  for (gsize from = 0, to; from < size; from = to) {
    to = MIN (size, from + JK_DISK_SECTOR - (op->offset + from) % JK_DISK_SECTOR);
    if (g_rand_boolean (chance))
      jk_disk_image_apply_part (image, op, from, to);
  }
}

static void
apply_subset (const JkDiskWalk *self, JkDiskImage *image, gboolean by_sector, guint32 seed)
{
  GRand *chance = g_rand_new_with_seed (seed);

  for (guint i = 0; i < self->waiting->len; i++) {
    const JkDiskOp *op = g_ptr_array_index (self->waiting, i);
    if (by_sector && op->kind == JK_DISK_WRITE)
      apply_some_sectors (image, op, chance);
    else if (g_rand_boolean (chance))
      jk_disk_image_apply (image, op);
  }
  g_rand_free (chance);
}

/* All that waits, except for one part of the last page. */
static void
apply_torn (const JkDiskWalk *self, JkDiskImage *image, guint tear)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    const JkDiskOp *op = g_ptr_array_index (self->waiting, i);
    if (i != self->last_write) {
      jk_disk_image_apply (image, op);
      continue;
    }
    gsize size = g_bytes_get_size (op->data);
    gsize cut = (tear / 2 + 1) * JK_DISK_SECTOR - op->offset % JK_DISK_SECTOR;
    if (tear % 2 == 0)
      jk_disk_image_apply_part (image, op, 0, cut);
    else
      jk_disk_image_apply_part (image, op, cut, size);
  }
}

JkTestDisk *
jk_disk_walk_make_state (const JkDiskWalk *self, guint n, guint32 seed)
{
  g_autoptr (JkDiskImage) image = jk_disk_image_copy (self->synced);
  guint n_prefixes = self->waiting->len + 1;

  for (guint i = 0; i < n && n < n_prefixes; i++)
    jk_disk_image_apply (image, g_ptr_array_index (self->waiting, i));
  if (n >= n_prefixes + JK_DISK_SUBSETS)
    apply_torn (self, image, n - n_prefixes - JK_DISK_SUBSETS);
  else if (n >= n_prefixes)
    apply_subset (self, image, (n - n_prefixes) % 2 == 1, seed);
  return jk_test_disk_new_from (g_steal_pointer (&image));
}

char *
jk_disk_walk_dup_state_name (const JkDiskWalk *self, guint n)
{
  guint n_prefixes = self->waiting->len + 1;

  if (n < n_prefixes)
    return g_strdup_printf ("the first %u of %u operations", n, self->waiting->len);
  n -= n_prefixes;
  if (n < JK_DISK_SUBSETS)
    return g_strdup_printf ("subset %u of %u operations", n, self->waiting->len);
  n -= JK_DISK_SUBSETS;
  return g_strdup_printf ("the last page torn after sector %u, its %s kept",
                          n / 2 + 1,
                          n % 2 == 0 ? "head" : "tail");
}

JkTestDisk *
jk_test_disk_copy (JkTestDisk *disk)
{
  g_mutex_lock (&disk->mutex);
  JkTestDisk *copy = jk_test_disk_new_from (jk_disk_image_copy (disk->live));
  g_mutex_unlock (&disk->mutex);
  return copy;
}

JkTestDisk *
jk_test_disk_copy_synced (JkTestDisk *disk)
{
  g_mutex_lock (&disk->mutex);
  g_autoptr (JkDiskWalk) walk = jk_disk_walk_new (disk);
  while (jk_disk_walk_next (walk)) {
  }
  JkTestDisk *copy = jk_test_disk_new_from (jk_disk_image_copy (walk->synced));
  g_mutex_unlock (&disk->mutex);
  return copy;
}

static void
copy_tree (JkDiskImage *to, const JkDiskImage *from, guint number)
{
  const JkDiskInode *inode = jk_disk_image_get (from, number);
  GHashTableIter iter;
  gpointer child;

  jk_disk_image_put (to, number, inode);
  if (inode->entries == NULL)
    return;
  g_hash_table_iter_init (&iter, inode->entries);
  while (g_hash_table_iter_next (&iter, NULL, &child))
    copy_tree (to, from, GPOINTER_TO_UINT (child));
}

JkTestDisk *
jk_test_disk_join (JkTestDisk *first, JkTestDisk *second, const char *folder)
{
  g_autoptr (JkDiskImage) image =
      first != NULL ? jk_disk_image_copy (first->live) : jk_disk_image_new ();
  g_autofree char *name = g_path_get_basename (folder);
  guint parent;
  const char *last;
  guint number = jk_disk_image_find (second->live, folder, &parent, &last);
  GHashTable *root = jk_disk_image_get (image, 0)->entries;

  g_hash_table_remove (root, name);
  if (number != JK_DISK_NOTHING) {
    copy_tree (image, second->live, number);
    g_hash_table_insert (root, g_steal_pointer (&name), GUINT_TO_POINTER (number));
  }
  return jk_test_disk_new_from (g_steal_pointer (&image));
}
