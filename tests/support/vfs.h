/* SPDX-License-Identifier: Apache-2.0 */
/* support/vfs.h: a disk under SQLite that counts, fails on demand, and can lose its power.
 *
 * Registered as "jk-test" over the default VFS while it lives; one at a time. Calls that can fail
 * are counted from 1 since the last heal: open, delete, read, write, truncate, sync, size. May be
 * used from several threads.
 *
 * With power cuts on, what is written stays in memory until it is synced. A cut loses it: all of
 * it, or (seed not 0) each sector of 512 bytes with an even chance. Every call after the cut fails;
 * files opened after jk_test_vfs_restore see what the disk kept. Making and removing files is
 * durable at once. */
#pragma once

#include <glib.h>

typedef struct _JkTestVfs JkTestVfs;

JkTestVfs *jk_test_vfs_new (void);
void jk_test_vfs_free (JkTestVfs *self);
const char *jk_test_vfs_get_name (const JkTestVfs *self);

/* The n-th call from now fails with an I/O error or, if it writes and full is TRUE, with a full
 * disk. */
void jk_test_vfs_fail (JkTestVfs *self, guint n, gboolean full, gboolean for_good);

/* From now on no write finds room; all else works. */
void jk_test_vfs_fill (JkTestVfs *self);

/* Only calls on files whose path begins with this are counted and fail from now on; NULL: all. */
void jk_test_vfs_only (JkTestVfs *self, const char *prefix);

/* Each write takes this long, too, from now on. */
void jk_test_vfs_slow (JkTestVfs *self, guint64 us);

/* No faults any more, counts 0. */
void jk_test_vfs_heal (JkTestVfs *self);
gboolean jk_test_vfs_has_failed (JkTestVfs *self);

guint jk_test_vfs_get_n_syncs (JkTestVfs *self);
guint jk_test_vfs_get_n_writes (JkTestVfs *self);

/* Syncs are answered and not done. */
void jk_test_vfs_ignore_syncs (JkTestVfs *self, gboolean ignore);

/* For files opened from now on. */
void jk_test_vfs_use_power_cuts (JkTestVfs *self);

/* Cuts the power now, or at the n-th write or sync from now. */
void jk_test_vfs_cut (JkTestVfs *self, guint64 seed);
void jk_test_vfs_cut_at (JkTestVfs *self, guint n, guint64 seed);
gboolean jk_test_vfs_is_cut (JkTestVfs *self);
void jk_test_vfs_restore (JkTestVfs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestVfs, jk_test_vfs_free)
