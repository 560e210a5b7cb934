/* SPDX-License-Identifier: Apache-2.0 */
/* bank/picture.c: reads only as far as needed to know that a window will show something. */
#include "bank/picture.h"

#include <gio/gio.h>
#include <string.h>

#define PNG_SIGNATURE_BYTES 8
#define PNG_HEADER_BYTES 13
#define PNG_AROUND_BYTES 12 /* of a chunk: length, type, check sum */
#define INFLATED_STEP 65536
#define INFLATED_BYTES_MAX (256u * 1024 * 1024)

static const char cut_short[] = "is cut short";
static const char no_size[] = "has no size that can be shown";
static const char broken[] = "does not unpack";

static guint
get_u16_be (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static guint32
get_u32_be (const guint8 *at)
{
  return (guint32) get_u16_be (at) << 16 | get_u16_be (at + 2);
}

static gboolean
is_side (guint32 pixels)
{
  return pixels >= 1 && pixels <= JK_PICTURE_SIDE_MAX;
}

/* Bytes of the image data when it is not interlaced; 0 when the header makes no sense. */
static guint64
count_inflated (const guint8 *header)
{
  static const guint8 samples[] = { 1, 0, 3, 1, 2, 0, 4 };
  guint32 width = get_u32_be (header);
  guint32 height = get_u32_be (header + 4);
  guint depth = header[8];
  guint kind = header[9];

  if (!is_side (width) || !is_side (height) || kind >= G_N_ELEMENTS (samples) ||
      samples[kind] == 0 || depth < 1 || depth > 16 || (depth & (depth - 1)) != 0)
    return 0;
  return height * (1 + ((guint64) width * samples[kind] * depth + 7) / 8);
}

/* Inflates all image data; interlaced data has some rows more, but never twice as many bytes. */
static const char *
check_inflated (const GByteArray *packed, const guint8 *header)
{
  guint64 expected = count_inflated (header);
  gboolean is_interlaced = header[12] != 0;
  g_autoptr (GConverter) inflate =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autofree guint8 *out = g_malloc (INFLATED_STEP);
  GConverterResult result = G_CONVERTER_CONVERTED;
  guint64 total = 0;
  gsize at = 0;

  if (expected == 0 || expected > INFLATED_BYTES_MAX)
    return no_size;
  while (result == G_CONVERTER_CONVERTED && total <= 2 * expected) {
    gsize n_read = 0;
    gsize n_written = 0;
    result = g_converter_convert (inflate,
                                  packed->data + at,
                                  packed->len - at,
                                  out,
                                  INFLATED_STEP,
                                  G_CONVERTER_INPUT_AT_END,
                                  &n_read,
                                  &n_written,
                                  NULL);
    if (result == G_CONVERTER_ERROR)
      return broken;
    at += n_read;
    total += n_written;
  }
  if (result != G_CONVERTER_FINISHED || (is_interlaced ? total > 2 * expected : total != expected))
    return broken;
  return NULL;
}

static const char *
check_png (const guint8 *data, gsize size)
{
  const guint8 *header = NULL;
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  for (gsize at = PNG_SIGNATURE_BYTES; at < size;) {
    if (size - at < PNG_AROUND_BYTES)
      return cut_short;
    guint32 length = get_u32_be (data + at);
    const guint8 *type = data + at + 4;
    if (length > size - at - PNG_AROUND_BYTES)
      return cut_short;
    if (header == NULL) {
      if (memcmp (type, "IHDR", 4) != 0 || length != PNG_HEADER_BYTES)
        return no_size;
      header = type + 4;
    } else if (memcmp (type, "IDAT", 4) == 0) {
      g_byte_array_append (packed, type + 4, length);
    } else if (memcmp (type, "IEND", 4) == 0) {
      return packed->len > 0 ? check_inflated (packed, header) : cut_short;
    }
    at += PNG_AROUND_BYTES + (gsize) length;
  }
  return cut_short;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Whether the mark of the end stands in what follows. */
static gboolean
has_end (const guint8 *data, gsize size)
{
  for (gsize at = size; at >= 2; at--)
    if (data[at - 2] == 0xFF && data[at - 1] == 0xD9)
      return TRUE;
  return FALSE;
}

static const char *
check_jpeg (const guint8 *data, gsize size)
{
  gboolean has_size = FALSE;

  for (gsize at = 2; size - at >= 4;) {
    guint8 marker = data[at + 1];
    gsize length = get_u16_be (data + at + 2);
    if (data[at] != 0xFF)
      return broken;
    if (marker == 0xFF) {
      at++;
      continue;
    }
    if (length < 2 || length > size - at - 2)
      return cut_short;
    if (is_frame (marker) && length >= 7) {
      if (!is_side (get_u16_be (data + at + 5)) || !is_side (get_u16_be (data + at + 7)))
        return no_size;
      has_size = TRUE;
    }
    at += 2 + length;
    if (marker == 0xDA) {
      if (!has_size)
        return no_size;
      return has_end (data + at, size - at) ? NULL : cut_short;
    }
  }
  return cut_short;
}

const char *
jk_picture_find_fault (GBytes *bytes)
{
  static const guint8 png[PNG_SIGNATURE_BYTES] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size >= sizeof png && memcmp (data, png, sizeof png) == 0)
    return check_png (data, size);
  if (size >= sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return check_jpeg (data, size);
  return "is neither PNG nor JPEG";
}
