/* SPDX-License-Identifier: Apache-2.0 */
#include "support/photo.h"

#include <string.h>

static void
append_chunk (GByteArray *out, const char *type, const guint8 *data, guint size)
{
  static const guint8 check_sum[4];
  const guint8 length[] = { 0, (guint8) (size >> 16), (guint8) (size >> 8), (guint8) size };

  g_byte_array_append (out, length, sizeof length);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, size);
  g_byte_array_append (out, check_sum, sizeof check_sum);
}

GBytes *
jk_test_photo_new (guint8 n, gsize size)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  static const guint8 header[13] = { 0, 0, 0, 1, 0, 0, 0, 1, 8 };
  /* One row, stored: no filter, the pixel; then Adler-32 of both. */
  const guint8 pixel[] = { 0x78,
                           1,
                           1,
                           2,
                           0,
                           0xFD,
                           0xFF,
                           0,
                           n,
                           (guint8) ((2u + n) >> 8),
                           (guint8) (2u + n),
                           (guint8) ((1u + n) >> 8),
                           (guint8) (1u + n) };
  GByteArray *out = g_byte_array_new ();

  g_assert (size >= JK_TEST_PHOTO_BYTES_MIN);
  g_autofree guint8 *filling = g_malloc (size);
  memset (filling, n, size);
  g_byte_array_append (out, signature, sizeof signature);
  append_chunk (out, "IHDR", header, sizeof header);
  append_chunk (out, "juNk", filling, (guint) size - JK_TEST_PHOTO_BYTES_MIN);
  append_chunk (out, "IDAT", pixel, sizeof pixel);
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (out);
}
