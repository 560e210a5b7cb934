/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/picture.c: small pictures made here, and every way to spoil them. */
#include "bank/picture.h"

#include <gio/gio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  guint32 width, height;
  guint8 depth, kind, interlaced;
  guint rows; /* of image data */
} Png;

static const Png plain = { .width = 9, .height = 5, .depth = 8, .kind = 2, .rows = 5 };

static void
append_u32 (GByteArray *out, guint32 value)
{
  const guint8 bytes[] = { value >> 24, value >> 16, value >> 8, value };
  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
append_chunk (GByteArray *out, const char *type, gconstpointer data, guint size)
{
  append_u32 (out, size);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, size);
  append_u32 (out, 0);
}

static GByteArray *
pack (guint size)
{
  g_autoptr (GConverter) deflate =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6));
  g_autofree guint8 *data = g_malloc0 (size + 1);
  guint8 out[4096];
  gsize n_read, n_written;

  for (guint i = 0; i < size; i++)
    data[i] = (guint8) (i * i);
  assert_int_equal (g_converter_convert (deflate,
                                         data,
                                         size,
                                         out,
                                         sizeof out,
                                         G_CONVERTER_INPUT_AT_END,
                                         &n_read,
                                         &n_written,
                                         NULL),
                    G_CONVERTER_FINISHED);
  return g_byte_array_append (g_byte_array_new (), out, (guint) n_written);
}

/* Three samples of 8 bits to a pixel. */
static GByteArray *
make_png (const Png *png)
{
  g_autoptr (GByteArray) packed = pack (png->rows * (1 + 3 * 9));
  g_autoptr (GByteArray) header = g_byte_array_new ();
  const guint8 rest[] = { png->depth, png->kind, 0, 0, png->interlaced };
  GByteArray *out = g_byte_array_new ();

  append_u32 (header, png->width);
  append_u32 (header, png->height);
  g_byte_array_append (header, rest, sizeof rest);
  g_byte_array_append (out, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (out, "IHDR", header->data, header->len);
  append_chunk (out, "tEXt", "a\0b", 3);
  append_chunk (out, "IDAT", packed->data, 10);
  append_chunk (out, "IDAT", packed->data + 10, packed->len - 10);
  append_chunk (out, "IEND", "", 0);
  return out;
}

static const guint8 jpeg[] = {
  0xFF, 0xD8, 0xFF, 0xE0, 0,  4, 1, 2,                             /* APP0 */
  0xFF, 0xFF, 0xC0, 0,    11, 8, 0, 5, 0,  9, 1,    1,    0x11, 0, /* frame, 9 by 5 */
  0xFF, 0xDA, 0,    8,    1,  1, 0, 0, 63, 0, 0x12, 0xFF, 0,    0x34, 0xFF, 0xD9,
};

static const char *
find (gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  return jk_picture_find_fault (bytes);
}

static const char *
find_png (Png png)
{
  g_autoptr (GByteArray) bytes = make_png (&png);
  return find (bytes->data, bytes->len);
}

static void
whole_pictures_have_no_fault (void **state)
{
  Png interlaced = plain;
  interlaced.interlaced = 1;
  interlaced.rows = 6;

  assert_null (find_png (plain));
  assert_null (find_png (interlaced));
  assert_null (find (jpeg, sizeof jpeg));
}

static void
what_is_no_picture_is_told (void **state)
{
  assert_string_equal (find ("", 0), "is neither PNG nor JPEG");
  assert_string_equal (find ("GIF89a", 6), "is neither PNG nor JPEG");
  assert_string_equal (find ("\x89PNG", 4), "is neither PNG nor JPEG");
}

static void
a_png_that_is_cut_anywhere_has_a_fault (void **state)
{
  g_autoptr (GByteArray) bytes = make_png (&plain);

  for (guint size = 0; size < bytes->len; size++)
    if (find (bytes->data, size) == NULL)
      fail_msg ("%u bytes of %u", size, bytes->len);
}

static void
a_jpeg_that_is_cut_anywhere_has_a_fault (void **state)
{
  for (guint size = 0; size < sizeof jpeg; size++)
    if (find (jpeg, size) == NULL)
      fail_msg ("%u bytes", size);
}

static void
changed_image_data_has_a_fault (void **state)
{
  g_autoptr (GByteArray) bytes = make_png (&plain);
  guint first = 8 + 25 + 15 + 8; /* signature, IHDR, tEXt, head of IDAT */

  for (guint bit = 16; bit < 10 * 8; bit++) {
    bytes->data[first + bit / 8] ^= (guint8) (1 << bit % 8);
    if (find (bytes->data, bytes->len) == NULL)
      fail_msg ("bit %u", bit);
    bytes->data[first + bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

/* Whatever it says, it reads within the bytes: for the sanitizers. */
static void
any_flipped_bit_is_survived (void **state)
{
  g_autoptr (GByteArray) png = make_png (&plain);
  guint8 other[sizeof jpeg];
  guint n_faults = 0;

  for (guint bit = 0; bit < png->len * 8; bit++) {
    png->data[bit / 8] ^= (guint8) (1 << bit % 8);
    n_faults += find (png->data, png->len) != NULL;
    png->data[bit / 8] ^= (guint8) (1 << bit % 8);
  }
  for (guint bit = 0; bit < sizeof jpeg * 8; bit++) {
    memcpy (other, jpeg, sizeof jpeg);
    other[bit / 8] ^= (guint8) (1 << bit % 8);
    n_faults += find (other, sizeof other) != NULL;
  }
  assert_in_range (n_faults, 500, 8 * (png->len + sizeof jpeg));
}

static void
a_size_that_cannot_be_shown_is_told (void **state)
{
  static const char no_size[] = "has no size that can be shown";
  Png png = plain;

  png.width = 0;
  assert_string_equal (find_png (png), no_size);
  png.width = JK_PICTURE_SIDE_MAX + 1;
  assert_string_equal (find_png (png), no_size);
  png.width = png.height = JK_PICTURE_SIDE_MAX;
  assert_string_equal (find_png (png), no_size);
  png = plain;
  png.kind = 1;
  assert_string_equal (find_png (png), no_size);
  png.kind = 7;
  assert_string_equal (find_png (png), no_size);
  png = plain;
  png.depth = 3;
  assert_string_equal (find_png (png), no_size);
}

static void
data_of_another_size_than_the_header_says_is_told (void **state)
{
  Png png = plain;

  png.rows = 4;
  assert_string_equal (find_png (png), "does not unpack");
  png.rows = 6;
  assert_string_equal (find_png (png), "does not unpack");
  png.rows = 20;
  png.interlaced = 1;
  assert_string_equal (find_png (png), "does not unpack");
}

static void
a_jpeg_without_a_size_or_with_stray_bytes_is_told (void **state)
{
  guint8 bytes[sizeof jpeg];

  memcpy (bytes, jpeg, sizeof jpeg);
  bytes[10] = 0xC4; /* no frame */
  assert_string_equal (find (bytes, sizeof bytes), "has no size that can be shown");
  memcpy (bytes, jpeg, sizeof jpeg);
  bytes[15] = 0; /* height 0 */
  assert_string_equal (find (bytes, sizeof bytes), "has no size that can be shown");
  memcpy (bytes, jpeg, sizeof jpeg);
  bytes[8] = 0x7F; /* no marker */
  assert_string_equal (find (bytes, sizeof bytes), "does not unpack");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (whole_pictures_have_no_fault),
    cmocka_unit_test (what_is_no_picture_is_told),
    cmocka_unit_test (a_png_that_is_cut_anywhere_has_a_fault),
    cmocka_unit_test (a_jpeg_that_is_cut_anywhere_has_a_fault),
    cmocka_unit_test (changed_image_data_has_a_fault),
    cmocka_unit_test (any_flipped_bit_is_survived),
    cmocka_unit_test (a_size_that_cannot_be_shown_is_told),
    cmocka_unit_test (data_of_another_size_than_the_header_says_is_told),
    cmocka_unit_test (a_jpeg_without_a_size_or_with_stray_bytes_is_told),
  };

  return cmocka_run_group_tests_name ("picture", tests, NULL, NULL);
}
