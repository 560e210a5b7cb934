/* SPDX-License-Identifier: Apache-2.0 */
/* desk/intake.c: see the header. */
#include "desk/intake.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/carried.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES (256u * 1024)

struct _JkIntake {
  /* Owned */
  char *folder, *place;
  GPtrArray *files;    /* of JkIntakeFile */
  GPtrArray *capsules; /* of names */
  GHashTable *marks;   /* of all that lay there */
  /* Borrowed */
  const JkStorage *storage;
};

static const struct {
  const char *suffix;
  guint64 bytes_max;
} kinds[JK_INTAKE_N_KINDS] = {
  [JK_INTAKE_SESSION] = { ".jksession", JK_SMALL_ENVELOPE_BYTES_MAX },
  [JK_INTAKE_BANK] = { ".jkbank", JK_BANK_BYTES_MAX },
  [JK_INTAKE_AMENDMENT] = { ".jkamend", JK_SMALL_ENVELOPE_BYTES_MAX },
  [JK_INTAKE_ORDER] = { ".jkorder", JK_ORDER_BYTES_MAX },
};

static void
file_free (gpointer data)
{
  JkIntakeFile *self = data;

  g_free (self->name);
  g_free (self->mark);
  g_free (self->copy);
  g_clear_error (&self->problem);
  g_free (self);
}

void
jk_intake_free (JkIntake *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->files->len; i++) {
    const JkIntakeFile *file = g_ptr_array_index (self->files, i);
    if (file->copy != NULL)
      self->storage->unlink (self->storage, file->copy);
  }
  if (self->files->len > 0)
    rmdir (self->place);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->capsules);
  g_hash_table_unref (self->marks);
  g_free (self->folder);
  g_free (self->place);
  g_free (self);
}

/* FAT need not keep upper and lower case. */
static gboolean
ends_in (const char *name, const char *suffix)
{
  gsize length = strlen (name);
  gsize tail = strlen (suffix);

  return *name != '.' && length > tail && g_ascii_strcasecmp (name + length - tail, suffix) == 0;
}

/* JK_INTAKE_N_KINDS: none of those that are copied. */
static JkIntakeKind
find_kind (const char *name)
{
  JkIntakeKind kind = 0;

  while (kind < JK_INTAKE_N_KINDS && !ends_in (name, kinds[kind].suffix))
    kind++;
  return kind;
}

static char *
dup_path (const JkIntake *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* NULL: it is gone, or no file. */
static JkIntakeFile *
look_at (const JkIntake *self, const char *name)
{
  g_autofree char *path = dup_path (self, name);
  struct stat facts;

  if (stat (path, &facts) != 0 || !S_ISREG (facts.st_mode))
    return NULL;
  JkIntakeFile *file = g_new0 (JkIntakeFile, 1);
  file->name = g_strdup (name);
  file->kind = find_kind (name);
  file->size = (guint64) facts.st_size;
  file->mark = g_strdup_printf ("%s %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                                path,
                                file->size,
                                (gint64) facts.st_mtim.tv_sec,
                                facts.st_mtim.tv_nsec);
  return file;
}

static gboolean
fail (const JkIntake *self, int number, GError **error)
{
  gboolean is_missing = number == ENOENT || number == ENOTDIR;

  g_set_error (error,
               JK_BASE_ERROR,
               is_missing ? JK_BASE_ERROR_MISSING : JK_BASE_ERROR_STORAGE,
               "%s cannot be read (%s); check that the stick is plugged in, and choose its folder "
               "again.",
               self->folder,
               g_strerror (number));
  return FALSE;
}

static gboolean
list (JkIntake *self, GHashTable *skip, GCancellable *cancellable, GError **error)
{
  DIR *dir = opendir (self->folder);
  const struct dirent *entry;

  if (dir == NULL)
    return fail (self, errno, error);
  for (errno = 0; (entry = readdir (dir)) != NULL; errno = 0) {
    if (g_cancellable_is_cancelled (cancellable))
      break;
    if (ends_in (entry->d_name, JK_CARRIED_CAPSULE))
      g_ptr_array_add (self->capsules, g_strdup (entry->d_name));
    JkIntakeFile *file =
        find_kind (entry->d_name) != JK_INTAKE_N_KINDS ? look_at (self, entry->d_name) : NULL;
    if (file == NULL)
      continue;
    g_hash_table_add (self->marks, g_strdup (file->mark));
    if (skip != NULL && g_hash_table_contains (skip, file->mark))
      file_free (file);
    else
      g_ptr_array_add (self->files, file);
  }
  int number = entry == NULL ? errno : 0;
  closedir (dir);
  return (number == 0 || fail (self, number, error)) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const JkIntakeFile *one = *(const JkIntakeFile *const *) a;
  const JkIntakeFile *other = *(const JkIntakeFile *const *) b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  g_autofree char *key = g_utf8_collate_key_for_filename (one->name, -1);
  g_autofree char *other_key = g_utf8_collate_key_for_filename (other->name, -1);
  int order = strcmp (key, other_key);
  return order != 0 ? order : strcmp (one->name, other->name);
}

/* How far it is, in bytes of all files. */
typedef struct {
  /* Borrowed */
  JkProgress *progress;
  GCancellable *cancellable;
  /* Plain */
  guint64 done, total;
} Way;

static gboolean
check_size (const char *path, guint64 size, guint64 bytes_max, GError **error)
{
  if (size <= bytes_max)
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_TOO_LARGE,
               "%s has %" G_GUINT64_FORMAT " bytes, and at most %" G_GUINT64_FORMAT
               " are accepted: check that it is the right file.",
               path,
               size,
               bytes_max);
  return FALSE;
}

static gboolean
copy_bytes (const JkFile *from, JkFileWriter *to, const char *name, Way *way, GError **error)
{
  guint64 size = jk_file_get_size (from);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);

  for (guint64 at = 0; at < size;) {
    gsize n = (gsize) MIN (size - at, CHUNK_BYTES);
    if (g_cancellable_set_error_if_cancelled (way->cancellable, error) ||
        !jk_file_read_at (from, at, chunk, n, error) ||
        !jk_file_writer_append (to, chunk, n, error))
      return FALSE;
    at += n;
    way->done += n;
    if (way->progress != NULL)
      jk_progress_tell (way->progress, name, way->done, MAX (way->done, way->total));
  }
  return jk_file_writer_finish (to, error);
}

static gboolean
copy (const JkIntake *self, JkIntakeFile *file, Way *way, GError **error)
{
  g_autofree char *path = dup_path (self, file->name);
  g_autofree char *copy = g_build_filename (self->place, file->name, NULL);
  g_autoptr (JkFile) from = jk_file_open (self->storage, path, error);

  if (from == NULL ||
      !check_size (path, jk_file_get_size (from), kinds[file->kind].bytes_max, error))
    return FALSE;
  g_autoptr (JkFileWriter) to = jk_file_writer_new (self->storage, copy, 0600, error);
  if (to == NULL || !copy_bytes (from, to, file->name, way, error))
    return FALSE;
  file->copy = g_steal_pointer (&copy);
  return TRUE;
}

static gboolean
copy_all (JkIntake *self, Way *way, GError **error)
{
  if (self->files->len == 0)
    return TRUE;
  if (!jk_storage_make_folder (self->storage, self->place, 0700, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++) {
    JkIntakeFile *file = g_ptr_array_index (self->files, i);
    guint64 end = way->done + file->size;
    copy (self, file, way, &file->problem);
    way->done = end;
    if (g_cancellable_set_error_if_cancelled (way->cancellable, error))
      return FALSE;
  }
  return TRUE;
}

JkIntake *
jk_intake_new (const JkStorage *storage,
               const char *folder,
               const char *place,
               GHashTable *skip,
               JkProgress *progress,
               GCancellable *cancellable,
               GError **error)
{
  g_return_val_if_fail (storage != NULL && folder != NULL && place != NULL, NULL);
  g_autoptr (JkIntake) self = g_new0 (JkIntake, 1);
  Way way = { .progress = progress, .cancellable = cancellable };

  self->storage = storage;
  self->folder = g_strdup (folder);
  self->place = g_strdup (place);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->capsules = g_ptr_array_new_with_free_func (g_free);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!list (self, skip, cancellable, error))
    return NULL;
  g_ptr_array_sort (self->files, compare_files);
  g_ptr_array_sort (self->capsules, compare_names);
  for (guint i = 0; i < self->files->len; i++)
    way.total += jk_intake_get (self, i)->size;
  return copy_all (self, &way, error) ? g_steal_pointer (&self) : NULL;
}

guint
jk_intake_get_n (const JkIntake *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->files->len;
}

const JkIntakeFile *
jk_intake_get (const JkIntake *self, guint n)
{
  g_return_val_if_fail (self != NULL && n < self->files->len, NULL);
  return g_ptr_array_index (self->files, n);
}

gboolean
jk_intake_has (const JkIntake *self, const char *mark)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return g_hash_table_contains (self->marks, mark);
}

const GPtrArray *
jk_intake_get_capsules (const JkIntake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->capsules;
}

char *
jk_intake_dup_sentence (const JkIntake *self, const char *sentence)
{
  g_return_val_if_fail (self != NULL && sentence != NULL, NULL);
  g_autofree char *here = g_strconcat (self->place, "/", NULL);
  g_autofree char *there = g_build_filename (self->folder, "/", NULL);
  GString *text = g_string_new (sentence);

  g_string_replace (text, here, there, 0);
  return g_string_free (text, FALSE);
}
