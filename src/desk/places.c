/* SPDX-License-Identifier: Apache-2.0 */
/* desk/places.c: see the header. */
#include "desk/places.h"

#include <mntent.h>
#include <stdio.h>
#include <string.h>

#define TABLE "/proc/self/mounts"
#define LINE_BYTES_MAX 16384

static const char *const roots[] = { "/media", "/run/media", "/mnt" };

static gboolean
is_below (const char *folder, const char *root)
{
  gsize length = strlen (root);

  return strncmp (folder, root, length) == 0 && (folder[length] == '\0' || folder[length] == '/');
}

/* An automounter's own entry is no disk: what it mounts has its own. */
static gboolean
is_place (const struct mntent *entry)
{
  gboolean is_there = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    is_there = is_there || is_below (entry->mnt_dir, roots[i]);
  return is_there && hasmntopt (entry, MNTOPT_RO) == NULL &&
         strcmp (entry->mnt_type, "autofs") != 0;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
jk_places_find_in (const char *table)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *line = g_malloc (LINE_BYTES_MAX);
  FILE *file = setmntent (table, "re");
  struct mntent entry;

  while (file != NULL && getmntent_r (file, &entry, line, LINE_BYTES_MAX) != NULL) {
    gboolean is_known = g_ptr_array_find_with_equal_func (places, entry.mnt_dir, g_str_equal, NULL);
    if (is_place (&entry) && !is_known)
      g_ptr_array_add (places, g_strdup (entry.mnt_dir));
  }
  if (file != NULL)
    endmntent (file);
  g_ptr_array_sort (places, compare_places);
  return places;
}

GPtrArray *
jk_places_find (void)
{
  return jk_places_find_in (TABLE);
}
