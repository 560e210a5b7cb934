/* SPDX-License-Identifier: Apache-2.0 */
/* support/random.c: block n is SHA-256 of seed, index, n (u64 each) and the name of the use. */
#include "support/random.h"
#include "base/bytes.h"

#define BLOCK_BYTES 32u

struct _JkTestRandom {
  JkRandom random; /* first, so that the table leads back here */
  guint64 seed;
};

static void
fill (const JkRandom *random, const char *use, guint64 index, gpointer out, gsize size)
{
  const JkTestRandom *self = (const JkTestRandom *) random;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 head[24];
  guint8 block[BLOCK_BYTES];

  jk_bytes_put_u64 (head, self->seed);
  jk_bytes_put_u64 (head + 8, index);
  for (gsize done = 0; done < size; done += BLOCK_BYTES) {
    gsize n_bytes = sizeof block;
    jk_bytes_put_u64 (head + 16, done / BLOCK_BYTES);
    g_checksum_reset (sum);
    g_checksum_update (sum, head, sizeof head);
    g_checksum_update (sum, (const guchar *) use, -1);
    g_checksum_get_digest (sum, block, &n_bytes);
    memcpy ((guint8 *) out + done, block, MIN (size - done, BLOCK_BYTES));
  }
}

JkTestRandom *
jk_test_random_new (guint64 seed)
{
  JkTestRandom *self = g_new0 (JkTestRandom, 1);
  self->random.fill = fill;
  self->seed = seed;
  return self;
}

void
jk_test_random_free (JkTestRandom *self)
{
  g_free (self);
}

const JkRandom *
jk_test_random_get (const JkTestRandom *self)
{
  return &self->random;
}
