/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/purpose.h: how a purpose stands in front of what is hashed, signed or closed: one byte
 * length, then its bytes. No two purposes can be read as each other. Private to this folder. */
#pragma once

#include "crypto/secret.h"

#include <string.h>

#define JK_PURPOSE_PREFIX_MAX 256

/* Writes length and purpose to out, which has room for JK_PURPOSE_PREFIX_MAX; gives the bytes
 * written. */
static inline gsize
jk_purpose_put (guint8 *out, const char *purpose)
{
  gsize length = strlen (purpose);

  g_assert (length < JK_PURPOSE_PREFIX_MAX);
  out[0] = (guint8) length;
  memcpy (out + 1, purpose, length);
  return 1 + length;
}

/* Purpose and data in one piece, for calls that take only one. Small ones cost no allocation. */
typedef struct {
  /* Owned */
  guint8 *large; /* NULL: it lies in small */
  guint8 small[512];
  /* Borrowed */
  guint8 *bytes;
  gsize size;
} JkPurposed;

static inline void
jk_purposed_init (JkPurposed *self, const char *purpose, gconstpointer data, gsize size)
{
  guint8 prefix[JK_PURPOSE_PREFIX_MAX];
  gsize prefix_size = jk_purpose_put (prefix, purpose);

  g_assert (size <= G_MAXSIZE - prefix_size);
  self->size = prefix_size + size;
  self->large = self->size > sizeof self->small ? g_malloc (self->size) : NULL;
  self->bytes = self->large != NULL ? self->large : self->small;
  memcpy (self->bytes, prefix, prefix_size);
  if (size > 0)
    memcpy (self->bytes + prefix_size, data, size);
}

static inline void
jk_purposed_clear (JkPurposed *self)
{
  jk_wipe (self->bytes, self->size);
  g_free (self->large);
}
