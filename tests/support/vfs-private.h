/* SPDX-License-Identifier: Apache-2.0 */
/* support/vfs-private.h: what vfs.c and vfs-file.c share. */
#pragma once

#include "support/vfs.h"

#include <sqlite3.h>

#define JK_TEST_SECTOR 512

/* A file whose writes wait for a sync. Shared by all who have it open. */
typedef struct {
  guint n_refs;
  char *path;
  GByteArray *content; /* as the program sees it */
  GHashTable *waiting; /* set of sectors that differ from the disk */
  gboolean is_dead;    /* its power was cut */
} JkTestOverlay;

typedef struct {
  sqlite3_file base; /* first */
  JkTestVfs *vfs;
  sqlite3_file *real;
  const char *path;       /* SQLite's; NULL: none */
  JkTestOverlay *overlay; /* NULL: straight through */
} JkTestVfsFile;

struct _JkTestVfs {
  sqlite3_vfs base; /* first */
  sqlite3_vfs *real;
  GMutex mutex;
  GHashTable *overlays; /* path to Overlay, those alive */
  char *only;           /* NULL: every file */
  guint n_calls, n_syncs, n_writes;
  guint fail_n; /* 0: never */
  gboolean full, for_good, has_failed, is_filled;
  gboolean ignores_syncs, cuts, is_cut;
  guint64 slow_us;
  guint cut_n; /* 0: never */
  guint64 cut_seed;
};

extern const sqlite3_io_methods jk_test_vfs_methods;

/* All under the mutex. The answer of a call that is to fail, SQLITE_OK otherwise. */
int jk_test_vfs_count_call (JkTestVfs *self, const char *path, gboolean writes, int failure);

/* Counts a write or a sync towards the cut. */
void jk_test_vfs_count_towards_cut (JkTestVfs *self);
void jk_test_overlay_unref (JkTestOverlay *self);
