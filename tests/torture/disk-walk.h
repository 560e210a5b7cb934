/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-walk.h: what a power cut could leave of a disk, at each of its syncs.
 *
 * A walk goes through the order of operations and stops before each sync, and once at the end.
 * There it knows what is on the platter for certain and what is only waiting; a state is the one
 * and a choice of the other. */
#pragma once

#include "disk.h"

#define JK_DISK_SUBSETS 8

typedef struct _JkDiskWalk JkDiskWalk;

/* From the beginning of a disk that jk_test_disk_new made; disk is not used otherwise meanwhile. */
JkDiskWalk *jk_disk_walk_new (const JkTestDisk *disk);
void jk_disk_walk_free (JkDiskWalk *self);

/* Goes to the next point; FALSE when there is none any more. */
gboolean jk_disk_walk_next (JkDiskWalk *self);

/* Which sync comes next; JK_DISK_SYNC_NONE at the end. */
JkDiskSync jk_disk_walk_get_sync (const JkDiskWalk *self);

/* The last mark before the point, and how many operations are waiting. */
guint jk_disk_walk_get_mark (const JkDiskWalk *self);
guint jk_disk_walk_get_n_waiting (const JkDiskWalk *self);

/* How many states this point has: each prefix of what waits (none and all among them), eight random
 * subsets, and the last page torn between any two of its sectors, its head kept or its tail. */
guint jk_disk_walk_get_n_states (const JkDiskWalk *self);

/* The n-th state as a disk of its own, and in words. The caller frees both. */
JkTestDisk *jk_disk_walk_make_state (const JkDiskWalk *self, guint n, guint32 seed);
char *jk_disk_walk_dup_state_name (const JkDiskWalk *self, guint n);

/* What programs see now, and what would be left if nothing that waits survived; copies. */
JkTestDisk *jk_test_disk_copy (JkTestDisk *disk);
JkTestDisk *jk_test_disk_copy_synced (JkTestDisk *disk);

/* Two disks as one: below folder, which second has or not, what second holds, all else as in first
 * (NULL: nothing is there). Both are of one walk. */
JkTestDisk *jk_test_disk_join (JkTestDisk *first, JkTestDisk *second, const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkDiskWalk, jk_disk_walk_free)
