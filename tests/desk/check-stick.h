/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-stick.h: a stick that is none: ext4 in a file, mounted by loop. Where that is
 * not allowed, the test that wants one is skipped. */
#pragma once

#include "support/folder.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>
#include <cmocka.h>

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  char *image, *mount;
} Stick;

static inline gboolean
stick_run (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;
  va_list rest;
  int status;

  g_ptr_array_add (words, (char *) first);
  va_start (rest, first);
  while ((word = va_arg (rest, const char *)) != NULL)
    g_ptr_array_add (words, (char *) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  return g_spawn_sync (NULL,
                       (char **) words->pdata,
                       NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       &status,
                       NULL) &&
         g_spawn_check_wait_status (status, NULL);
}

static inline void
stick_free (Stick *self)
{
  if (self == NULL)
    return;
  umount2 (self->mount, MNT_DETACH);
  jk_test_folder_free (self->folder);
  g_free (self->image);
  g_free (self->mount);
  g_free (self);
}

/* Of so many MiB; skips the test where there can be none. To be freed by the test's tear-down,
 * which runs also after a failure. */
static inline Stick *
stick_new (guint size_mib)
{
  Stick *self = g_new0 (Stick, 1);

  self->folder = jk_test_folder_new ();
  self->image = jk_test_folder_put_text (self->folder, "image", "");
  self->mount = jk_test_folder_dup_path (self->folder, "mount");
  assert_int_equal (g_mkdir (self->mount, 0700), 0);
  assert_int_equal (truncate (self->image, (off_t) size_mib * 1024 * 1024), 0);
  if (geteuid () == 0 && stick_run ("mkfs.ext4", "-q", "-m", "0", self->image, NULL) &&
      stick_run ("mount", "-o", "loop", self->image, self->mount, NULL))
    return self;
  print_message ("no loop device can be mounted here: root only\n");
  stick_free (self);
  skip ();
  return NULL;
}

static inline void
stick_protect (Stick *self, gboolean is_protected)
{
  const char *options = is_protected ? "remount,ro" : "remount,rw";

  assert_true (stick_run ("mount", "-o", options, self->mount, NULL));
}

/* With one file, until nothing more goes in. */
static inline void
stick_fill (Stick *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->mount, name, NULL);
  g_autofree char *block = g_malloc0 (64 * 1024);
  FILE *file = g_fopen (path, "w");

  assert_non_null (file);
  while (fwrite (block, 64 * 1024, 1, file) == 1)
    continue;
  fclose (file);
}

/* The first bytes of that file are other ones in the image; memory knows nothing of it. */
static inline void
stick_spoil (Stick *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->mount, name, NULL);
  g_autofree char *image = NULL, *start = NULL;
  gsize size, start_size;

  assert_true (g_file_get_contents (path, &start, &start_size, NULL));
  assert_true (g_file_get_contents (self->image, &image, &size, NULL));
  FILE *file = g_fopen (self->image, "r+");
  assert_non_null (file);
  const char *there = image;
  guint n = 0;
  /* Wherever they are: files that were removed have left theirs. */
  for (;; n++) {
    there = memmem (there, size - (gsize) (there - image), start, MIN (start_size, 1024));
    if (there == NULL)
      break;
    assert_int_equal (fseek (file, there - image, SEEK_SET), 0);
    assert_int_equal (fwrite ("spoilt", 6, 1, file), 1);
    there++;
  }
  assert_true (n > 0);
  assert_int_equal (fclose (file), 0);
}
