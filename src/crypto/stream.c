/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/stream.c: numbers from keyed BLAKE2b-512 blocks (P7).
 *
 * A paper takes some thousand of them, and each of thousands of papers is drawn three times: so a
 * number is four bytes out of a block, and a block is one call. A keyed state kept between blocks
 * would save nothing: libsodium compresses the key together with the first bytes that follow. */
#include "crypto/stream.h"

#include "base/bytes.h"
#include "crypto/purpose.h"

#include <sodium.h>

static void
next_block (JkStream *self)
{
  guint8 input[JK_PURPOSE_PREFIX_MAX + 8];
  gsize size = jk_purpose_put (input, self->purpose);

  jk_bytes_put_u64 (input + size, self->next_block);
  crypto_generichash (self->block, sizeof self->block, input, size + 8, self->seed, JK_KEY_BYTES);
  self->next_block++;
  self->used = 0;
}

static inline guint32
next_number (JkStream *self)
{
  if (G_UNLIKELY (self->used == sizeof self->block))
    next_block (self);
  guint32 number = jk_bytes_get_u32 (self->block + self->used);
  self->used += 4;
  return number;
}

static inline guint32
next_below (JkStream *self, guint32 n)
{
  guint32 number = next_number (self);

  /* 2^32 mod n is less than n: most numbers are accepted without computing it. */
  if (G_UNLIKELY (number < n)) {
    guint32 refused_below = (0u - n) % n;
    while (number < refused_below)
      number = next_number (self);
  }
  return number % n;
}

void
jk_stream_init (JkStream *self, const JkSecret *seed, const char *purpose)
{
  g_assert (jk_secret_get_size (seed) == JK_KEY_BYTES);
  memcpy (self->seed, jk_secret_get (seed), JK_KEY_BYTES);
  self->purpose = g_strdup (purpose);
  self->next_block = 0;
  self->used = sizeof self->block;
}

void
jk_stream_clear (JkStream *self)
{
  jk_wipe (self->seed, sizeof self->seed);
  g_clear_pointer (&self->purpose, g_free);
  jk_wipe (self->block, sizeof self->block);
}

guint32
jk_stream_u32 (JkStream *self)
{
  return next_number (self);
}

guint32
jk_stream_below (JkStream *self, guint32 n)
{
  g_assert (n >= 1);
  return next_below (self, n);
}

void
jk_stream_shuffle (JkStream *self, guint32 *values, gsize n)
{
  g_assert (n <= G_MAXUINT32);
  for (gsize i = n; i > 1; i--) {
    guint32 other = next_below (self, (guint32) i);
    guint32 value = values[i - 1];
    values[i - 1] = values[other];
    values[other] = value;
  }
}
