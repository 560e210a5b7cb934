/* SPDX-License-Identifier: Apache-2.0 */
/* support/folder.h: an empty folder of the test's own, gone with all that is in it when freed. */
#pragma once

#include <glib.h>

typedef struct _JkTestFolder JkTestFolder;

JkTestFolder *jk_test_folder_new (void);
void jk_test_folder_free (JkTestFolder *self);
const char *jk_test_folder_get_path (const JkTestFolder *self);

/* The path of name (which may have slashes) in the folder. The caller frees. */
char *jk_test_folder_dup_path (const JkTestFolder *self, const char *name);

/* Writes a file of these bytes, or of this text, and returns its path. The caller frees. */
char *jk_test_folder_put (const JkTestFolder *self, const char *name, GBytes *bytes);
char *jk_test_folder_put_text (const JkTestFolder *self, const char *name, const char *text);

/* The bytes of a file that must be there. The caller unrefs. */
GBytes *jk_test_folder_get_bytes (const JkTestFolder *self, const char *name);

/* How many files and folders lie in the folder itself, not counting deeper ones. */
guint jk_test_folder_count (const JkTestFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestFolder, jk_test_folder_free)
