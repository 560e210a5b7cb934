/* SPDX-License-Identifier: Apache-2.0 */
/* torture/disk-private.h: what the files of the disk share. For disk*.c only. */
#pragma once

#include "disk.h"

#include <sqlite3.h>

#define JK_DISK_SECTOR 512
#define JK_DISK_NOTHING G_MAXUINT

/* Bytes of a file, shared by images until one of them writes. */
typedef struct {
  gint n_refs;
  GByteArray *bytes;
} JkDiskContent;

typedef struct {
  JkDiskContent *content; /* NULL: a folder */
  GHashTable *entries;    /* of a folder: name to number of the inode */
} JkDiskInode;

/* A state of the whole disk: inodes by number, 0 the root folder. */
typedef struct {
  GPtrArray *inodes; /* of JkDiskInode; NULL where one was never heard of */
} JkDiskImage;

typedef enum {
  JK_DISK_WRITE,
  JK_DISK_TRUNCATE,
  JK_DISK_LINK, /* name is target now: a file or folder was made */
  JK_DISK_RENAME,
  JK_DISK_UNLINK,
  JK_DISK_SYNCED,
  JK_DISK_MARK,
} JkDiskKind;

typedef struct {
  JkDiskKind kind;
  guint inode; /* a file's for write and truncate, a folder's for names, either for a sync */
  guint64 offset;
  GBytes *data;
  char *name, *to;
  guint target;
  gboolean is_folder; /* the target */
  guint mark;
  JkDiskSync sync;
} JkDiskOp;

typedef enum {
  JK_DISK_LOOKS,
  JK_DISK_WRITES, /* needs space */
  JK_DISK_LOGS,   /* writes to SQLite's log */
} JkDiskCall;

struct _JkTestDisk {
  JkStorage storage; /* first, so that the table leads back here */
  sqlite3_vfs vfs;
  char *vfs_name;

  GMutex mutex;
  /* Under it */
  JkDiskImage *live; /* as programs see it */
  GPtrArray *log;    /* of JkDiskOp; NULL: not kept */
  GHashTable *open;  /* number to OpenFile of storage */
  int next_fd;
  guint life;                 /* one more with each kill */
  GByteArray *calls, *writes; /* of JkDiskCall, all and those that need space */
  guint fail_at, fail_writes_at;
  JkDiskFault fault;
  gboolean has_failed;
  JkDiskSync left_out;
};

JkDiskImage *jk_disk_image_new (void);
JkDiskImage *jk_disk_image_copy (const JkDiskImage *self);
void jk_disk_image_free (JkDiskImage *self);
void jk_disk_image_apply (JkDiskImage *self, const JkDiskOp *op);

/* Only the bytes from..to of the data of a write. */
void jk_disk_image_apply_part (JkDiskImage *self, const JkDiskOp *op, gsize from, gsize to);
JkDiskInode *jk_disk_image_get (const JkDiskImage *self, guint inode);

/* Puts a copy of an inode in its place. */
void jk_disk_image_put (JkDiskImage *self, guint number, const JkDiskInode *inode);

/* The inode of a path, or JK_DISK_NOTHING. *out_folder, *out_name: of its last part. */
guint jk_disk_image_find (const JkDiskImage *self,
                          const char *path,
                          guint *out_folder,
                          const char **out_name);

/* A disk that is in the state of image, which it takes, all synced; keeps no log. */
JkTestDisk *jk_test_disk_new_from (JkDiskImage *image);

/* All under the mutex. Counts a call; 0, or the errno it fails with. */
int jk_test_disk_enter (JkTestDisk *self, guint life, JkDiskCall call);

/* Does it, and remembers it. Takes what op owns. */
void jk_test_disk_do (JkTestDisk *self, JkDiskOp op);
int jk_test_disk_make (JkTestDisk *self, const char *path, gboolean is_folder, guint *out_inode);
int jk_test_disk_unlink (JkTestDisk *self, const char *path);
void jk_test_disk_sync (JkTestDisk *self, guint inode, JkDiskSync sync);
gsize jk_test_disk_read (JkTestDisk *self, guint inode, void *out, gsize size, guint64 offset);
void
jk_test_disk_write (JkTestDisk *self, guint inode, const void *data, gsize size, guint64 offset);

void jk_test_disk_fill_storage (JkTestDisk *self);
void jk_test_disk_fill_vfs (JkTestDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkDiskImage, jk_disk_image_free)
