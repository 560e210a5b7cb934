/* SPDX-License-Identifier: Apache-2.0 */
/* base/file.h: one open file, read at places or written once from front to back.
 *
 * A writer works on "NAME.part-XXXXXX" beside the target; only finish gives it its name. Freed
 * before that, it removes the part: nothing half-written stays behind. */
#pragma once

#include "base/storage.h"

typedef struct _JkFile JkFile;
typedef struct _JkFileWriter JkFileWriter;

/* Opens an existing file for reading. storage must outlive it. Errors: MISSING, STORAGE. */
JkFile *jk_file_open (const JkStorage *storage, const char *path, GError **error);
void jk_file_free (JkFile *self);
const char *jk_file_get_path (const JkFile *self);
guint64 jk_file_get_size (const JkFile *self);

/* Reads exactly size bytes at offset; a file that ends before is an error. Errors: STORAGE. */
gboolean
jk_file_read_at (const JkFile *self, guint64 offset, gpointer out, gsize size, GError **error);

/* The next read comes from the medium, as jk_storage_read_back says. Errors: STORAGE. */
gboolean jk_file_forget (const JkFile *self, GError **error);

/* Starts a file that will get the name path. Errors: STORAGE. */
JkFileWriter *
jk_file_writer_new (const JkStorage *storage, const char *path, mode_t mode, GError **error);
void jk_file_writer_free (JkFileWriter *self);

/* Where the next append goes. */
guint64 jk_file_writer_get_offset (const JkFileWriter *self);
gboolean jk_file_writer_append (JkFileWriter *self, gconstpointer data, gsize size, GError **error);

/* Replaces bytes that were appended before. */
gboolean jk_file_writer_write_at (JkFileWriter *self,
                                  guint64 offset,
                                  gconstpointer data,
                                  gsize size,
                                  GError **error);

/* Reads back bytes that were appended before. */
gboolean jk_file_writer_read_at (const JkFileWriter *self,
                                 guint64 offset,
                                 gpointer out,
                                 gsize size,
                                 GError **error);

/* fsync, close, rename, fsync of the folder. After TRUE the file is durable under its name. */
gboolean jk_file_writer_finish (JkFileWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkFile, jk_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkFileWriter, jk_file_writer_free)
