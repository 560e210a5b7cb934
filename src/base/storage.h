/* SPDX-License-Identifier: Apache-2.0 */
/* base/storage.h: the disk as a table of calls, and whole files on top of it.
 *
 * Tests put a table here that fails the n-th call or tears a write. Every call answers like the
 * system call of its name: -1 and errno on failure. */
#pragma once

#include <glib.h>
#include <sys/types.h>

typedef struct _JkStorage JkStorage;

struct _JkStorage {
  int (*open) (const JkStorage *self, const char *path, int flags, mode_t mode);
  ssize_t (*pread) (const JkStorage *self, int fd, void *out, size_t size, off_t offset);
  ssize_t (*pwrite) (const JkStorage *self, int fd, const void *data, size_t size, off_t offset);
  int (*size) (const JkStorage *self,
               int fd,
               guint64 *out_size); /* regular files only, else EINVAL */
  int (*fsync) (const JkStorage *self, int fd);
  int (*close) (const JkStorage *self, int fd);
  int (*rename) (const JkStorage *self, const char *from, const char *to);
  int (*unlink) (const JkStorage *self, const char *path);
  int (*mkdir) (const JkStorage *self, const char *path, mode_t mode);
  int (*forget) (const JkStorage *self, int fd); /* syncs it; reads ask the medium then */
  const char *vfs_name; /* the SQLite VFS of stores on this disk; NULL: SQLite's own */
};

/* The disk of this machine. Never NULL, never freed. */
const JkStorage *jk_storage_system (void);

/* Reads a whole file of at most size_max bytes into memory. Never mmap: a byte changed after the
 * digest would be read changed. Errors: MISSING, TOO_LARGE, STORAGE. */
GBytes *jk_storage_read (const JkStorage *self, const char *path, gsize size_max, GError **error);

/* The same from the medium: what memory keeps of the file is forgotten first, so what was just
 * written to a stick is not answered from there. Where the system keeps it all the same (a file
 * that another program has mapped) that cannot be seen. Errors: those of jk_storage_read. */
GBytes *
jk_storage_read_back (const JkStorage *self, const char *path, gsize size_max, GError **error);

/* Writes a whole file so that after TRUE it is on disk under its name, and after FALSE the old file
 * (or none) is: temporary file in the same folder, fsync, rename, fsync of the folder. When only
 * that last sync fails, the new file is there, whole, and may be the old one after a power cut.
 * Errors: STORAGE. */
gboolean jk_storage_write (const JkStorage *self,
                           const char *path,
                           mode_t mode,
                           GBytes *bytes,
                           GError **error);

/* The same, and then reads it back from the medium and compares, as a stick needs it. Errors: those
 * of both, STORAGE (the medium keeps other bytes than it was given). */
gboolean jk_storage_write_proven (const JkStorage *self,
                                  const char *path,
                                  mode_t mode,
                                  GBytes *bytes,
                                  GError **error);

/* Makes a folder and the missing ones above it, each synced in its parent; a folder that is there
 * is fine, and synced in its parent too: an earlier attempt may have got no further. Errors:
 * STORAGE. */
gboolean
jk_storage_make_folder (const JkStorage *self, const char *path, mode_t mode, GError **error);

/* Syncs a folder, so that names made or removed in it survive a power cut. Errors: STORAGE. */
gboolean jk_storage_sync_folder (const JkStorage *self, const char *path, GError **error);
