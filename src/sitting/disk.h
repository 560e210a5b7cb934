/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/disk.h: whether the disk under the stores can keep what it is given, asked before the
 * exam (design.md section 7).
 *
 * RED stops nothing by itself: such a seat is opened by two proctors, or writes a second copy. */
#pragma once

#include "sitting/boot-marker.h"

/* What a sitting and the station log need: each a write-ahead log of 5 MiB and a journal (7 MiB at
 * the most that disk-need.c estimates, pictures aside), each once more when its store has to be
 * replaced by a copy, two results: 40 MiB, and as much again for pictures and for others. */
#define JK_DISK_NEEDED_BYTES (G_GUINT64_CONSTANT (80) * 1024 * 1024)

/* What the system says of the file system under a folder. */
typedef struct {
  guint32 magic;
  gboolean is_read_only;
  guint64 free_bytes; /* for the account that asks */
  guint64 device;     /* the same for all folders of one file system */
} JkDiskFacts;

/* How it is asked: -1 and errno on failure, like the system call. */
typedef struct _JkDiskProbe JkDiskProbe;
struct _JkDiskProbe {
  int (*look) (const JkDiskProbe *self, const char *path, JkDiskFacts *out_facts);
};

/* statfs(2) and stat(2). Never NULL, never freed. */
const JkDiskProbe *jk_disk_probe_system (void);

typedef enum {
  JK_DISK_FILE_SYSTEM,
  JK_DISK_READ_ONLY,
  JK_DISK_SPACE,
  JK_DISK_RESTART, /* whether it outlived one */
} JkDiskTopic;

typedef struct {
  /* Plain */
  JkDiskTopic topic;
  gboolean is_red;
  /* Owned */
  char *sentence; /* what was found, and what to do */
} JkDiskFinding;

typedef struct _JkDiskCheck JkDiskCheck;

/* Looks at folder, which is there (see boot-marker.h for which it should be), and leaves the marker
 * of a restart in it. Never NULL: what cannot be found out is red. The caller frees. */
JkDiskCheck *jk_disk_check_new (const JkWorld *world,
                                const JkDiskProbe *probe,
                                const char *folder,
                                guint64 needed_bytes);
void jk_disk_check_free (JkDiskCheck *self);

/* Sets FULL for a file that found no room: how much is free where it lies, how much a sitting
 * needs, and what to do. FALSE. */
gboolean jk_disk_refuse_full (const JkDiskProbe *probe, const char *path, GError **error);

/* Why folder is no place for a second copy of the stores in store: the same disk, one that forgets,
 * cannot be written or hangs on a network. A stick with FAT will do. NULL when there is nothing
 * against it; the caller frees. */
char *jk_disk_dup_objection (const JkDiskProbe *probe, const char *folder, const char *store);

/* Whether a finding is red: then the seat opens by two proctors or with a second copy. */
gboolean jk_disk_check_is_red (const JkDiskCheck *self);
guint jk_disk_check_get_n (const JkDiskCheck *self);
const JkDiskFinding *jk_disk_check_get (const JkDiskCheck *self, guint n);

/* What the system said; NULL when it did not answer. Lent. */
const JkDiskFacts *jk_disk_check_get_facts (const JkDiskCheck *self);

/* "ext4", or the number of one that this program does not know; the caller frees. */
char *jk_disk_facts_dup_kind (const JkDiskFacts *self);

/* Whether it lies on another computer: a share, and no stick. */
gboolean jk_disk_facts_is_remote (const JkDiskFacts *self);

/* JK_BOOT_TOKEN_BYTES, zeros when there is no marker: the same on two PCs means cloned disks. */
const guint8 *jk_disk_check_get_token (const JkDiskCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkDiskCheck, jk_disk_check_free)
