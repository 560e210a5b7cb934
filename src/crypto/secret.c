/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/secret.c: JkSecret over sodium_malloc.
 *
 * The bytes lie at the end of their page, before a page nobody may touch, so that reading or
 * writing past them ends the program at once. */
#include "crypto/secret.h"

#include <sodium.h>
#include <string.h>

struct _JkSecret {
  /* Owned */
  guint8 *bytes; /* from sodium_malloc, but of a part */
  /* Plain */
  gsize size;
  gboolean is_part; /* bytes are another's */
};

JkSecret *
jk_secret_new (gsize size)
{
  g_assert (size >= 1 && size <= JK_SECRET_BYTES_MAX);

  guint8 *bytes = sodium_malloc (size);
  if (bytes == NULL)
    g_error ("No guarded memory for %" G_GSIZE_FORMAT " bytes of a secret", size);
  memset (bytes, 0, size);

  JkSecret *self = g_new0 (JkSecret, 1);
  self->bytes = bytes;
  self->size = size;
  return self;
}

JkSecret *
jk_secret_new_copy (gconstpointer data, gsize size)
{
  JkSecret *self = jk_secret_new (size);
  memcpy (self->bytes, data, size);
  return self;
}

JkSecret *
jk_secret_new_random (const JkRandom *random, const char *use, guint64 index, gsize size)
{
  JkSecret *self = jk_secret_new (size);
  jk_random_fill (random, use, index, self->bytes, size);
  return self;
}

JkSecret *
jk_secret_new_slice (const JkSecret *self, gsize offset, gsize size)
{
  g_assert (offset <= self->size && size <= self->size - offset);
  return jk_secret_new_copy (self->bytes + offset, size);
}

JkSecret *
jk_secret_new_part (const JkSecret *self, gsize offset, gsize size)
{
  g_assert (offset <= self->size && size >= 1 && size <= self->size - offset);

  JkSecret *part = g_new0 (JkSecret, 1);
  part->bytes = self->bytes + offset;
  part->size = size;
  part->is_part = TRUE;
  return part;
}

void
jk_secret_free (JkSecret *self)
{
  if (self == NULL)
    return;
  if (!self->is_part)
    sodium_free (self->bytes);
  g_free (self);
}

const guint8 *
jk_secret_get (const JkSecret *self)
{
  return self->bytes;
}

guint8 *
jk_secret_get_mutable (JkSecret *self)
{
  g_assert (!self->is_part);
  return self->bytes;
}

gsize
jk_secret_get_size (const JkSecret *self)
{
  return self->size;
}

gboolean
jk_secret_equal (const JkSecret *a, const JkSecret *b)
{
  return a->size == b->size && sodium_memcmp (a->bytes, b->bytes, a->size) == 0;
}

void
jk_wipe (gpointer data, gsize size)
{
  if (size > 0)
    sodium_memzero (data, size);
}
