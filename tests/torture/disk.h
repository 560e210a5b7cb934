/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk.h: a whole disk in memory, under SQLite and under base/storage.h at once, that
 * remembers every write and every folder entry until it is synced.
 *
 * What it takes a disk and a kernel to promise, and nothing more:
 *  - fsync of a file keeps what was written to that file and its size; not its name.
 *  - fsync of a folder keeps the names made, changed and removed in that folder; nothing below it.
 *  - Everything else may survive a power cut or not, in any combination. A rename is one operation.
 *  - A sector of 512 bytes holds what was there before or what was written, never a mixture and
 *    never something else, also where the write covers only a part of it. This is what SQLite calls
 *    powersafe overwrite, and assumes for its default VFS, so this VFS says so too. A sector that
 *    is torn inside reads as an error on a real disk (its checksum is wrong), and no file format
 *    without a second copy survives that; so pages are torn between sectors, not inside them.
 *
 * SQLite syncs the folder of a log it may have made at the first sync of that log, after the file;
 * its own VFS does that behind xSync, and so does this one, as a sync of its own.
 *
 * Any number of disks may live at once. May be used from several threads. */
#pragma once

#include "base/storage.h"

typedef struct _JkTestDisk JkTestDisk;

/* Whose sync it is. */
typedef enum {
  JK_DISK_SYNC_NONE,
  JK_DISK_SYNC_LOG,        /* SQLite's write-ahead log: each commit */
  JK_DISK_SYNC_LOG_FOLDER, /* the name of that log */
  JK_DISK_SYNC_STORE,      /* SQLite's file: when it is made, and at a checkpoint */
  JK_DISK_SYNC_FILE,       /* a file through base/storage.h */
  JK_DISK_SYNC_FOLDER,     /* a folder through base/storage.h */
} JkDiskSync;

typedef struct {
  guint n;              /* the n-th call from now, 1 the first; 0: no fault */
  gboolean for_good;    /* and all that come after it */
  gboolean full;        /* ENOSPC where something is written or made, else EIO */
  gboolean writes_only; /* count and fail only what needs space */
} JkDiskFault;

/* Empty, and all of it synced. */
JkTestDisk *jk_test_disk_new (void);
void jk_test_disk_free (JkTestDisk *self);

/* As the code under test takes it, SQLite's VFS included; lent. */
const JkStorage *jk_test_disk_get_storage (const JkTestDisk *self);

/* The process is killed: files that are open now answer with errors for ever; what was written is
 * still there, and as little synced as before. */
void jk_test_disk_kill (JkTestDisk *self);

/* From now on these syncs are answered and not done: a program with that call left out. */
void jk_test_disk_leave_out (JkTestDisk *self, JkDiskSync sync);

/* Faults; a fault that comes takes the place of the one before. */
void jk_test_disk_fail (JkTestDisk *self, const JkDiskFault *fault);
gboolean jk_test_disk_has_failed (JkTestDisk *self);

/* Whether the n-th call since the beginning (or the n-th that needs space) was one of many writes
 * to SQLite's log in a row, of which a few stand for all. Not while others use the disk. */
gboolean jk_test_disk_is_dull (const JkTestDisk *self, guint n, gboolean writes_only);

/* Puts a number into the order of operations. Any number of them. */
void jk_test_disk_mark (JkTestDisk *self, guint mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestDisk, jk_test_disk_free)
