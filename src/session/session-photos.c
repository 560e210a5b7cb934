/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-photos.c: photos stay in the file, which was checked whole when it was opened;
 * one is read when it is asked for, and its box tells whether it is still the same. */
#include "session/session-private.h"

#include "session/error.h"

static gboolean
refuse (const JkSession *self, GError **error, const char *what)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_CONTENT,
               "%s: %s; expected those of one build; copy the file again, and ask the authority "
               "for a new build if that is refused too.",
               jk_session_get_file (self),
               what);
  return FALSE;
}

gboolean
jk_session_load_photos (JkSession *self, GError **error)
{
  guint8 head[JK_PHOTOS_HEAD_BYTES];
  guint64 size;

  if (!jk_envelope_find_section (self->envelope, JK_SECTION_PHOTOS, &size, NULL))
    return TRUE;
  if (size >= sizeof head &&
      !jk_envelope_read_section (self->envelope, JK_SECTION_PHOTOS, 0, head, sizeof head, error))
    return FALSE;
  return (size >= sizeof head &&
          jk_photos_read_head (head, size, self->n_records, &self->photos)) ||
         refuse (self, error, "its photos are not of the count and size it says");
}

static gboolean
read_row (const JkSession *self, guint n, guint8 *out, gsize size, GError **error)
{
  return jk_envelope_read_section (self->envelope,
                                   JK_SECTION_PHOTOS,
                                   JK_PHOTOS_HEAD_BYTES + (guint64) n * self->photos.row_size,
                                   out,
                                   size,
                                   error);
}

/* By halving; *out_n is n_rows when no row has the mark. */
static gboolean
find_row (const JkSession *self,
          const guint8 mark[static JK_RECORD_MARK_BYTES],
          guint *out_n,
          GError **error)
{
  guint low = 0;
  guint high = self->photos.n_rows;

  *out_n = self->photos.n_rows;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    guint8 there[JK_RECORD_MARK_BYTES];
    if (!read_row (self, middle, there, sizeof there, error))
      return FALSE;
    int order = memcmp (mark, there, sizeof there);
    if (order == 0) {
      *out_n = middle;
      return TRUE;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return TRUE;
}

GBytes *
jk_session_open_photo (const JkSession *self,
                       guint32 record,
                       const JkSecret *record_key,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record_key != NULL, NULL);

  guint8 mark[JK_RECORD_MARK_BYTES];
  GBytes *photo = NULL;
  guint n;

  jk_record_mark (record_key, self->id, mark);
  if (!find_row (self, mark, &n, error) || n == self->photos.n_rows)
    return NULL;
  g_autofree guint8 *row = g_malloc (self->photos.row_size);
  if (!read_row (self, n, row, self->photos.row_size, error))
    return NULL;
  if (!jk_photos_open_row (row, self->photos.row_size, record, record_key, self->id, &photo))
    refuse (self, error, "a photo does not open with the key of its record");
  return photo;
}

guint
jk_session_get_n_photos (const JkSession *self)
{
  return self->photos.n_photos;
}
