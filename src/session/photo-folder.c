/* SPDX-License-Identifier: Apache-2.0 */
/* session/photo-folder.c: read whole, so that what was checked is what is built. */
#include "session/photo-folder.h"

#include "bank/picture.h"
#include "base/limits.h"

#include <string.h>

struct _JkPhotoFolder {
  /* Owned */
  GHashTable *photos; /* admission number -> GBytes */
};

/* What a load needs beside its result. */
typedef struct {
  /* Borrowed */
  const JkStorage *storage;
  const char *path;
  JkReport *report;
  GHashTable *admissions; /* set of those on the roster; NULL: not known */
  GHashTable *seen;       /* set of those with a file, good or not */
} Load;

static const char expected_form[] = "a JPEG or PNG picture of at most 64 KiB";

static void
tell (const Load *load, const char *name, const char *found, const char *expected)
{
  g_autofree char *path = g_build_filename (load->path, name, NULL);

  jk_report_add (load->report,
                 JK_FINDING_FAULT,
                 path,
                 "",
                 found,
                 expected,
                 "replace the file, or take it out of the folder");
}

/* The admission number of a file's name; NULL for any other name. */
static char *
dup_admission (const char *name)
{
  static const char *const endings[] = { ".jpg", ".jpeg", ".png" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint n = 0; n < G_N_ELEMENTS (endings); n++)
    if (g_str_has_suffix (lower, endings[n]))
      return g_strndup (name, strlen (name) - strlen (endings[n]));
  return NULL;
}

static GBytes *
read_photo (const Load *load, const char *name)
{
  g_autofree char *path = g_build_filename (load->path, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (load->storage, path, JK_PHOTO_BYTES_MAX, &error);

  if (bytes == NULL) {
    jk_report_add_error (load->report, path, error);
    return NULL;
  }
  const char *fault = jk_picture_find_fault (bytes);
  if (fault == NULL)
    return g_steal_pointer (&bytes);
  g_autofree char *found = g_strdup_printf ("a photo that %s", fault);
  tell (load, name, found, expected_form);
  return NULL;
}

static void
take_file (const Load *load, const char *name, JkPhotoFolder *self)
{
  g_autofree char *admission = dup_admission (name);
  g_autoptr (GBytes) photo = NULL;

  if (admission == NULL ||
      (load->admissions != NULL && !g_hash_table_contains (load->admissions, admission))) {
    tell (load,
          name,
          "a file of nobody on the roster",
          "ADMISSION.jpg, .jpeg or .png, with an admission number as the roster has it");
    return;
  }
  if (!g_hash_table_add (load->seen, g_strdup (admission))) {
    tell (load, name, "a second photo of the same person", "one photo of each person");
    return;
  }
  photo = read_photo (load, name);
  if (photo != NULL)
    g_hash_table_insert (self->photos, g_steal_pointer (&admission), g_steal_pointer (&photo));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* All names but hidden ones, sorted, so that findings come in the same order everywhere; NULL after
 * reporting. */
static GPtrArray *
list_names (const Load *load)
{
  g_autoptr (GError) error = NULL;
  GDir *dir = g_dir_open (load->path, 0, &error);
  GPtrArray *names;
  const char *name;

  if (dir == NULL) {
    jk_report_add (load->report,
                   JK_FINDING_FAULT,
                   load->path,
                   "",
                   error->message,
                   "a folder of photos",
                   "name the right folder after “photos=”, or leave the key out");
    return NULL;
  }
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static GHashTable *
collect_admissions (const JkRoster *roster)
{
  GHashTable *admissions = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint n = 0; n < jk_roster_get_n (roster); n++)
    g_hash_table_add (admissions, (gpointer) jk_roster_get (roster, n)->admission);
  return admissions;
}

static void
tell_missing (const Load *load, const JkRoster *roster, const char *roster_file)
{
  for (guint n = 0; n < jk_roster_get_n (roster); n++) {
    const JkRosterRow *row = jk_roster_get (roster, n);
    if (!g_hash_table_contains (load->seen, row->admission))
      jk_report_notice_at_row (load->report,
                               roster_file,
                               row->row_number,
                               "a photo of each candidate",
                               "add it, or let the proctors look at the ID card",
                               "%s",
                               "no photo of this candidate");
  }
}

JkPhotoFolder *
jk_photo_folder_load (const JkStorage *storage,
                      const char *path,
                      const JkRoster *roster,
                      const char *roster_file,
                      JkReport *report)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  guint n_before = jk_report_get_n_faults (report);
  g_autoptr (GHashTable) admissions = roster != NULL ? collect_admissions (roster) : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Load load = {
    .storage = storage,
    .path = path,
    .report = report,
    .admissions = admissions,
    .seen = seen,
  };
  g_autoptr (GPtrArray) names = list_names (&load);
  g_autoptr (JkPhotoFolder) self = g_new0 (JkPhotoFolder, 1);

  self->photos =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  for (guint n = 0; names != NULL && n < names->len; n++)
    take_file (&load, g_ptr_array_index (names, n), self);
  if (names != NULL && roster != NULL)
    tell_missing (&load, roster, roster_file);
  return jk_report_get_n_faults (report) > n_before ? NULL : g_steal_pointer (&self);
}

void
jk_photo_folder_free (JkPhotoFolder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->photos, g_hash_table_unref);
  g_free (self);
}

guint
jk_photo_folder_get_n (const JkPhotoFolder *self)
{
  return g_hash_table_size (self->photos);
}

GBytes *
jk_photo_folder_get (const JkPhotoFolder *self, const char *admission)
{
  return g_hash_table_lookup (self->photos, admission);
}
