/* SPDX-License-Identifier: Apache-2.0 */
/* support/folder.c: see the header. */
#include "support/folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

struct _JkTestFolder {
  char *path;
};

/* A link is removed, never followed. */
static void
remove_all (const char *path)
{
  GStatBuf info;
  if (g_lstat (path, &info) != 0)
    return;

  if (S_ISDIR (info.st_mode)) {
    g_chmod (path, 0700);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_all (child);
    }
  }
  g_remove (path);
}

JkTestFolder *
jk_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  JkTestFolder *self = g_new0 (JkTestFolder, 1);
  self->path = g_dir_make_tmp ("jikao-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

void
jk_test_folder_free (JkTestFolder *self)
{
  if (self == NULL)
    return;
  remove_all (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
jk_test_folder_get_path (const JkTestFolder *self)
{
  return self->path;
}

char *
jk_test_folder_dup_path (const JkTestFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
jk_test_folder_put (const JkTestFolder *self, const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = jk_test_folder_dup_path (self, name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_file_set_contents (path, data != NULL ? data : "", (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

char *
jk_test_folder_put_text (const JkTestFolder *self, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return jk_test_folder_put (self, name, bytes);
}

GBytes *
jk_test_folder_get_bytes (const JkTestFolder *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self, name);
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

guint
jk_test_folder_count (const JkTestFolder *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->path, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
