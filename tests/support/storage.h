/* SPDX-License-Identifier: Apache-2.0 */
/* support/storage.h: the system's disk with faults put in on demand.
 *
 * Calls are counted from 1 since the last jk_test_storage_heal (or the beginning). The usual loop:
 *
 *   for (guint n = 1;; n++) {
 *     jk_test_storage_heal (disk);
 *     jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
 *     ... body ...
 *     if (!jk_test_storage_has_failed (disk))
 *       break;
 *     ... reopen, check what must still hold ...
 *   }
 *
 * A call that fails does nothing, except that close still closes. */
#pragma once

#include "base/storage.h"

typedef struct _JkTestStorage JkTestStorage;

typedef enum {
  JK_TEST_ANY,
  JK_TEST_OPEN,
  JK_TEST_PREAD,
  JK_TEST_PWRITE,
  JK_TEST_SIZE,
  JK_TEST_FSYNC,
  JK_TEST_CLOSE,
  JK_TEST_RENAME,
  JK_TEST_UNLINK,
  JK_TEST_MKDIR,
  JK_TEST_FORGET,
  JK_TEST_N_CALLS,
} JkTestCall;

typedef enum {
  JK_TEST_ONCE,
  JK_TEST_FOR_GOOD, /* and every later call of that kind */
} JkTestFault;

/* On top of inner, which must outlive it; NULL: the system's. */
JkTestStorage *jk_test_storage_new (const JkStorage *inner);
void jk_test_storage_free (JkTestStorage *self);

/* The disk as the code under test takes it; lent. */
const JkStorage *jk_test_storage_get (const JkTestStorage *self);

/* The name of a SQLite VFS that stands for this disk; copied, NULL: SQLite's own. */
void jk_test_storage_set_vfs_name (JkTestStorage *self, const char *name);

/* Removes all faults and sets all counts to 0. */
void jk_test_storage_heal (JkTestStorage *self);

/* The n-th call (of this kind, or any) answers -1 with number in errno. */
void
jk_test_storage_fail (JkTestStorage *self, JkTestCall call, guint n, int number, JkTestFault fault);

/* The n-th pwrite writes only the first prefix bytes and then answers -1 with number in errno. */
void jk_test_storage_tear (JkTestStorage *self, guint n, gsize prefix, int number);

/* No pread and no pwrite moves more than size bytes; 0: as many as asked for. */
void jk_test_storage_limit_transfer (JkTestStorage *self, gsize size);

/* Only calls on files whose path begins with this are counted and fail from now on: a stick, not
 * the disk. Copied; NULL: all. Files that are open already stay what they were. */
void jk_test_storage_only (JkTestStorage *self, const char *prefix);

/* Called before each open of such a file, on the thread that opens; NULL: no more. */
typedef void (*JkTestOpening) (const char *path, gpointer user_data);
void jk_test_storage_watch (JkTestStorage *self, JkTestOpening opening, gpointer user_data);

/* Called when memory is to forget such a file, with its descriptor: before a read back. */
typedef void (*JkTestForgetting) (int fd, gpointer user_data);
void jk_test_storage_on_forget (JkTestStorage *self, JkTestForgetting forgetting, gpointer data);

/* A JkTestForgetting: the medium kept the first byte other than it was written. */
void jk_test_storage_spoil (int fd, gpointer unused);

/* Whether a fault was delivered since the last heal. */
gboolean jk_test_storage_has_failed (const JkTestStorage *self);
guint jk_test_storage_get_n_calls (const JkTestStorage *self, JkTestCall call);
guint jk_test_storage_get_n_fsyncs (const JkTestStorage *self);

/* Files opened and not closed yet. */
gint jk_test_storage_get_n_open (const JkTestStorage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestStorage, jk_test_storage_free)
