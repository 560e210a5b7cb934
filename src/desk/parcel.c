/* SPDX-License-Identifier: Apache-2.0 */
/* desk/parcel.c: see the header. */
#include "desk/parcel.h"

#include "base/error.h"
#include "base/limits.h"
#include "envelope/envelope.h"

#include <string.h>

#define MODE_RESULT 0600
#define PART ".part-" /* what base/file.h adds to a name while it writes */

JkParcel *
jk_parcel_new (const char *name,
               GBytes *bytes,
               const JkDigest *session,
               guint32 record,
               GError **error)
{
  g_return_val_if_fail (name != NULL && bytes != NULL && session != NULL, NULL);
  JkDigest digest;
  JkKind kind;

  if (!jk_envelope_peek (name, bytes, &kind, &digest, error))
    return NULL;
  JkParcel *self = g_new0 (JkParcel, 1);
  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->session = *session;
  self->record = record;
  self->digest = digest;
  return self;
}

JkParcel *
jk_parcel_new_words (const char *name, GBytes *bytes)
{
  JkParcel *self = g_new0 (JkParcel, 1);

  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->is_words = TRUE;
  return self;
}

void
jk_parcel_free (JkParcel *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static gboolean
is_whole (const char *path, GBytes *bytes)
{
  JkDigest digest;
  JkKind kind;

  return jk_envelope_peek (path, bytes, &kind, &digest, NULL);
}

/* What lies under the name: nothing or a torn copy (*out_bytes NULL), or a whole file. */
static gboolean
look_there (const JkStorage *storage,
            const char *path,
            gboolean is_words,
            GBytes **out_bytes,
            GError **error)
{
  GError *problem = NULL;
  g_autoptr (GBytes) there = jk_storage_read_back (storage, path, JK_RESULT_BYTES_MAX, &problem);

  *out_bytes = NULL;
  if (there == NULL && !g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  g_clear_error (&problem);
  if (there != NULL && (is_words || is_whole (path, there)))
    *out_bytes = g_steal_pointer (&there);
  return TRUE;
}

/* What deliveries that were stopped have left, so that they do not fill the stick. Whoever writes
 * the same name at the same time fails, and does it again. */
static void
sweep (const JkParcel *self, const JkStorage *storage, const char *folder)
{
  g_autofree char *start = g_strconcat (self->name, PART, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_ascii_strncasecmp (name, start, strlen (start)) != 0)
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    storage->unlink (storage, path);
  }
}

gboolean
jk_parcel_deliver (const JkParcel *self,
                   const JkStorage *storage,
                   const char *folder,
                   gboolean *out_was_there,
                   GError **error)
{
  g_autofree char *path = g_build_filename (folder, self->name, NULL);
  g_autoptr (GBytes) there = NULL;

  if (!look_there (storage, path, self->is_words, &there, error))
    return FALSE;
  *out_was_there = there != NULL && g_bytes_equal (there, self->bytes);
  if (*out_was_there)
    return jk_storage_sync_folder (storage, folder, error);
  if (there != NULL && !self->is_words) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_EXISTS,
                 "%s is there already, whole and with other content than the result of this PC; "
                 "both are kept: copy to another folder or stick, and note it on the sheet.",
                 path);
    return FALSE;
  }
  sweep (self, storage, folder);
  return jk_storage_write_proven (storage, path, MODE_RESULT, self->bytes, error);
}
