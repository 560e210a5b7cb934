/* SPDX-License-Identifier: Apache-2.0 */
/* support/vfs.c: see the header. */
#include "support/vfs-private.h"

#include <stdio.h>
#include <string.h>

#define NAME "jk-test"

static JkTestVfs *
vfs_of (sqlite3_vfs *base)
{
  return base->pAppData;
}

int
jk_test_vfs_count_call (JkTestVfs *self, const char *path, gboolean writes, int failure)
{
  if (self->only != NULL && (path == NULL || !g_str_has_prefix (path, self->only)))
    return self->is_cut ? failure : SQLITE_OK;
  self->n_calls++;
  if (writes && self->slow_us > 0) /* a sleep of nothing takes its time, half a million times */
    g_usleep (self->slow_us);
  if (self->is_cut)
    return failure;
  if (self->is_filled && writes) {
    self->has_failed = TRUE;
    return SQLITE_FULL;
  }
  if (self->fail_n == 0 ||
      (self->for_good ? self->n_calls < self->fail_n : self->n_calls != self->fail_n))
    return SQLITE_OK;
  self->has_failed = TRUE;
  return writes && self->full ? SQLITE_FULL : failure;
}

void
jk_test_overlay_unref (JkTestOverlay *overlay)
{
  if (--overlay->n_refs > 0)
    return;
  g_free (overlay->path);
  g_byte_array_unref (overlay->content);
  g_hash_table_unref (overlay->waiting);
  g_free (overlay);
}

static void
free_overlay (gpointer data)
{
  jk_test_overlay_unref (data);
}

/* What the cut leaves of one file: by chance some of the sectors that waited. */
static void
lose_power (JkTestOverlay *overlay, GRand *chance)
{
  GHashTableIter iter;
  gpointer key;

  overlay->is_dead = TRUE;
  if (chance == NULL)
    return;
  FILE *disk = fopen (overlay->path, "r+b");
  if (disk == NULL)
    return;
  g_hash_table_iter_init (&iter, overlay->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    gsize start = GPOINTER_TO_SIZE (key) * JK_TEST_SECTOR;
    if (start >= overlay->content->len || g_rand_boolean (chance))
      continue;
    fseek (disk, (long) start, SEEK_SET);
    fwrite (overlay->content->data + start,
            1,
            MIN (JK_TEST_SECTOR, overlay->content->len - start),
            disk);
  }
  fclose (disk);
}

/* Of the mutex. */
static void
cut (JkTestVfs *self, guint64 seed)
{
  GRand *chance = seed != 0 ? g_rand_new_with_seed ((guint32) seed) : NULL;
  GHashTableIter iter;
  gpointer overlay;

  self->is_cut = TRUE;
  self->cut_n = 0;
  g_hash_table_iter_init (&iter, self->overlays);
  while (g_hash_table_iter_next (&iter, NULL, &overlay))
    lose_power (overlay, chance);
  g_hash_table_remove_all (self->overlays);
  if (chance != NULL)
    g_rand_free (chance);
}

void
jk_test_vfs_count_towards_cut (JkTestVfs *self)
{
  if (self->cut_n > 0 && --self->cut_n == 0)
    cut (self, self->cut_seed);
}

/* The overlay of a file that was just opened, filled with what the disk holds. */
static JkTestOverlay *
load_overlay (JkTestVfs *self, const char *path)
{
  JkTestOverlay *overlay = g_hash_table_lookup (self->overlays, path);

  if (overlay == NULL) {
    char *data = NULL;
    gsize size = 0;
    g_file_get_contents (path, &data, &size, NULL);
    overlay = g_new0 (JkTestOverlay, 1);
    overlay->n_refs = 1;
    overlay->path = g_strdup (path);
    overlay->content = g_byte_array_new_take ((guint8 *) data, size);
    overlay->waiting = g_hash_table_new (NULL, NULL);
    g_hash_table_insert (self->overlays, g_strdup (path), overlay);
  }
  overlay->n_refs++;
  return overlay;
}

static int
vfs_open (sqlite3_vfs *base, const char *path, sqlite3_file *out, int flags, int *out_flags)
{
  JkTestVfs *self = vfs_of (base);
  JkTestVfsFile *file = (JkTestVfsFile *) out;

  memset (file, 0, sizeof *file);
  g_mutex_lock (&self->mutex);
  int result = jk_test_vfs_count_call (self, path, FALSE, SQLITE_CANTOPEN);
  if (result == SQLITE_OK) {
    file->vfs = self;
    file->path = path;
    file->real = g_malloc0 ((gsize) self->real->szOsFile);
    result = self->real->xOpen (self->real, path, file->real, flags, out_flags);
    if (result != SQLITE_OK)
      g_clear_pointer (&file->real, g_free);
  }
  if (result == SQLITE_OK) {
    file->base.pMethods = &jk_test_vfs_methods;
    if (self->cuts && path != NULL)
      file->overlay = load_overlay (self, path);
  }
  g_mutex_unlock (&self->mutex);
  return result;
}

static int
vfs_delete (sqlite3_vfs *base, const char *path, int sync_folder)
{
  JkTestVfs *self = vfs_of (base);

  g_mutex_lock (&self->mutex);
  int result = jk_test_vfs_count_call (self, path, FALSE, SQLITE_IOERR_DELETE);
  if (result == SQLITE_OK) {
    g_hash_table_remove (self->overlays, path);
    result = self->real->xDelete (self->real, path, sync_folder);
  }
  g_mutex_unlock (&self->mutex);
  return result;
}

static int
vfs_access (sqlite3_vfs *base, const char *path, int flags, int *out_result)
{
  JkTestVfs *self = vfs_of (base);
  return self->real->xAccess (self->real, path, flags, out_result);
}

static int
vfs_full_path (sqlite3_vfs *base, const char *path, int size, char *out)
{
  JkTestVfs *self = vfs_of (base);
  return self->real->xFullPathname (self->real, path, size, out);
}

static int
vfs_randomness (sqlite3_vfs *base, int size, char *out)
{
  JkTestVfs *self = vfs_of (base);
  return self->real->xRandomness (self->real, size, out);
}

static int
vfs_sleep (sqlite3_vfs *base, int us)
{
  JkTestVfs *self = vfs_of (base);
  return self->real->xSleep (self->real, us);
}

static int
vfs_time (sqlite3_vfs *base, double *out_now)
{
  JkTestVfs *self = vfs_of (base);
  return self->real->xCurrentTime (self->real, out_now);
}

JkTestVfs *
jk_test_vfs_new (void)
{
  JkTestVfs *self = g_new0 (JkTestVfs, 1);

  self->real = sqlite3_vfs_find (NULL);
  self->overlays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_overlay);
  g_mutex_init (&self->mutex);
  self->base = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (JkTestVfsFile),
    .mxPathname = self->real->mxPathname,
    .zName = NAME,
    .pAppData = self,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
  };
  g_assert (sqlite3_vfs_find (NAME) == NULL);
  sqlite3_vfs_register (&self->base, 0);
  return self;
}

void
jk_test_vfs_free (JkTestVfs *self)
{
  if (self == NULL)
    return;
  sqlite3_vfs_unregister (&self->base);
  g_hash_table_unref (self->overlays);
  g_free (self->only);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
jk_test_vfs_get_name (const JkTestVfs *self)
{
  return NAME;
}

void
jk_test_vfs_fail (JkTestVfs *self, guint n, gboolean full, gboolean for_good)
{
  g_mutex_lock (&self->mutex);
  self->fail_n = self->n_calls + n;
  self->full = full;
  self->for_good = for_good;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_only (JkTestVfs *self, const char *prefix)
{
  g_mutex_lock (&self->mutex);
  g_free (self->only);
  self->only = g_strdup (prefix);
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_slow (JkTestVfs *self, guint64 us)
{
  g_mutex_lock (&self->mutex);
  self->slow_us = us;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_heal (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  self->n_calls = self->n_syncs = self->n_writes = self->fail_n = 0;
  self->has_failed = self->is_filled = FALSE;
  self->slow_us = 0;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_fill (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  self->is_filled = TRUE;
  g_mutex_unlock (&self->mutex);
}

static guint
get (JkTestVfs *self, const guint *member)
{
  g_mutex_lock (&self->mutex);
  guint value = *member;
  g_mutex_unlock (&self->mutex);
  return value;
}

gboolean
jk_test_vfs_has_failed (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  gboolean has_failed = self->has_failed;
  g_mutex_unlock (&self->mutex);
  return has_failed;
}

guint
jk_test_vfs_get_n_syncs (JkTestVfs *self)
{
  return get (self, &self->n_syncs);
}

guint
jk_test_vfs_get_n_writes (JkTestVfs *self)
{
  return get (self, &self->n_writes);
}

void
jk_test_vfs_ignore_syncs (JkTestVfs *self, gboolean ignore)
{
  g_mutex_lock (&self->mutex);
  self->ignores_syncs = ignore;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_use_power_cuts (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  self->cuts = TRUE;
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_cut (JkTestVfs *self, guint64 seed)
{
  g_mutex_lock (&self->mutex);
  cut (self, seed);
  g_mutex_unlock (&self->mutex);
}

void
jk_test_vfs_cut_at (JkTestVfs *self, guint n, guint64 seed)
{
  g_mutex_lock (&self->mutex);
  self->cut_n = n;
  self->cut_seed = seed;
  g_mutex_unlock (&self->mutex);
}

gboolean
jk_test_vfs_is_cut (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  gboolean is_cut = self->is_cut;
  g_mutex_unlock (&self->mutex);
  return is_cut;
}

void
jk_test_vfs_restore (JkTestVfs *self)
{
  g_mutex_lock (&self->mutex);
  self->is_cut = FALSE;
  self->cut_n = 0;
  g_mutex_unlock (&self->mutex);
}
