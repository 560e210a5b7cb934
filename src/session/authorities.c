/* SPDX-License-Identifier: Apache-2.0 */
/* session/authorities.c: one folder of public keys, read whole or not at all.
 *
 * A key that stands there twice, once for rehearsals only, is pinned for everything. Keys of
 * centres in the same folder are no concern of this file. */
#include "session/authorities.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

#define SUFFIX ".jkpub"
#define REHEARSAL_SUFFIX ".rehearsal.jkpub"

typedef struct {
  guint8 public_key[JK_PUBLIC_BYTES];
  gboolean rehearsals_only;
} Pin;

struct _JkAuthorities {
  /* Owned */
  GArray *pins; /* of Pin */
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of all key files, sorted, so that the first broken one is always the same. */
static GPtrArray *
list_names (const char *folder, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, &refusal);
  const char *name;

  if (dir == NULL) {
    gboolean is_missing = g_error_matches (refusal, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_set_error (error,
                 JK_BASE_ERROR,
                 is_missing ? JK_BASE_ERROR_MISSING : JK_BASE_ERROR_STORAGE,
                 "%s cannot be read as the folder of pinned authorities (%s): name the folder that "
                 "holds the .jkpub files.",
                 folder,
                 refusal->message);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static Pin *
find (const JkAuthorities *self, const guint8 *public_key)
{
  for (guint n = 0; n < self->pins->len; n++) {
    Pin *pin = &g_array_index (self->pins, Pin, n);
    if (memcmp (pin->public_key, public_key, JK_PUBLIC_BYTES) == 0)
      return pin;
  }
  return NULL;
}

static void
add (JkAuthorities *self, const guint8 *public_key, gboolean rehearsals_only)
{
  Pin *known = find (self, public_key);
  Pin pin = { .rehearsals_only = rehearsals_only };

  if (known != NULL) {
    known->rehearsals_only = known->rehearsals_only && rehearsals_only;
    return;
  }
  memcpy (pin.public_key, public_key, JK_PUBLIC_BYTES);
  g_array_append_val (self->pins, pin);
}

static gboolean
load_one (JkAuthorities *self,
          const JkStorage *storage,
          const char *folder,
          const char *name,
          GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return FALSE;

  g_autoptr (JkKey) key = jk_key_parse_public (path, bytes, error);
  if (key == NULL)
    return FALSE;
  if (jk_key_get_kind (key) == JK_KEY_AUTHORITY)
    add (self, jk_key_get_public (key), g_str_has_suffix (name, REHEARSAL_SUFFIX));
  return TRUE;
}

JkAuthorities *
jk_authorities_load (const JkStorage *storage, const char *folder, GError **error)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (GPtrArray) names = list_names (folder, error);
  if (names == NULL)
    return NULL;

  g_autoptr (JkAuthorities) self = g_new0 (JkAuthorities, 1);
  self->pins = g_array_new (FALSE, FALSE, sizeof (Pin));
  for (guint n = 0; n < names->len; n++)
    if (!load_one (self, storage, folder, g_ptr_array_index (names, n), error))
      return NULL;
  return g_steal_pointer (&self);
}

void
jk_authorities_free (JkAuthorities *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pins, g_array_unref);
  g_free (self);
}

gboolean
jk_authorities_accepts (const JkAuthorities *self,
                        const guint8 public_key[static JK_PUBLIC_BYTES],
                        gboolean *out_rehearsals_only)
{
  const Pin *pin = find (self, public_key);

  if (pin == NULL)
    return FALSE;
  *out_rehearsals_only = pin->rehearsals_only;
  return TRUE;
}

guint
jk_authorities_get_n (const JkAuthorities *self)
{
  return self->pins->len;
}
