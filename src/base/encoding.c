/* SPDX-License-Identifier: Apache-2.0 */
/* base/encoding.c: the rule of the header, in one walk over the bytes for each of its parts. */
#include "base/encoding.h"

#include <string.h>

typedef struct {
  gsize n_inside;  /* bytes in characters of UTF-8 with three or more bytes */
  gsize n_outside; /* bytes in no character of UTF-8 */
} Count;

typedef struct {
  /* Owned */
  guint8 *text;
  /* Plain */
  gsize room;
} Converted;

static gboolean
is_utf16 (const guint8 *data, gsize size)
{
  if (size >= 2 && ((data[0] == 0xff && data[1] == 0xfe) || (data[0] == 0xfe && data[1] == 0xff)))
    return TRUE;
  return size >= 4 && ((data[0] == 0 && data[2] == 0) || (data[1] == 0 && data[3] == 0));
}

static gboolean
has_bom (const guint8 *data, gsize size)
{
  static const guint8 bom[] = { 0xef, 0xbb, 0xbf };
  return size >= sizeof bom && memcmp (data, bom, sizeof bom) == 0;
}

/* The bytes of the character of UTF-8 at the front; 0 when there is none. */
static gsize
utf8_length (const guint8 *data, gsize size)
{
  gsize length = data[0] < 0x80 ? 1 : data[0] < 0xe0 ? 2 : data[0] < 0xf0 ? 3 : 4;
  if (length > size || !g_utf8_validate_len ((const char *) data, length, NULL))
    return 0;
  return length;
}

static void
count_utf8 (const guint8 *data, gsize size, Count *count)
{
  for (gsize at = 0; at < size;) {
    gsize length = utf8_length (data + at, size - at);
    if (length == 0)
      count->n_outside++;
    else if (length >= 3)
      count->n_inside += length;
    at += MAX (length, 1);
  }
}

/* Whether the file itself, or one of its lines, says that it is UTF-8 after all. */
static gboolean
looks_like_utf8 (const guint8 *data, gsize size)
{
  Count all = { 0 };

  for (gsize at = 0; at < size;) {
    const guint8 *end = memchr (data + at, '\n', size - at);
    gsize length = end == NULL ? size - at : (gsize) (end - (data + at)) + 1;
    Count line = { 0 };
    count_utf8 (data + at, length, &line);
    if (line.n_inside > 0 && line.n_outside == 0)
      return TRUE;
    all.n_inside += line.n_inside;
    all.n_outside += line.n_outside;
    at += length;
  }
  return all.n_inside >= all.n_outside;
}

/* Both bytes of a letter of GB2312 are from 0xa1; text in another encoding of single bytes has
 * plain letters after its high ones. */
static gboolean
is_mostly_gb2312 (const guint8 *data, gsize size)
{
  gsize n_common = 0;
  gsize n_other = 0;

  for (gsize at = 0; at + 1 < size;) {
    if (data[at] < 0x80) {
      at++;
      continue;
    }
    if (g_ascii_isdigit ((char) data[at + 1])) {
      at += 4;
      continue;
    }
    if (data[at] >= 0xa1 && data[at + 1] >= 0xa1)
      n_common++;
    else
      n_other++;
    at += 2;
  }
  return n_common > n_other;
}

JkEncoding
jk_encoding_guess (const guint8 *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, JK_ENCODING_UNKNOWN);

  if (size == 0)
    return JK_ENCODING_UTF8;
  if (is_utf16 (data, size))
    return JK_ENCODING_UTF16;
  if (memchr (data, 0, size) != NULL)
    return JK_ENCODING_UNKNOWN;
  if (g_utf8_validate_len ((const char *) data, size, NULL))
    return JK_ENCODING_UTF8;
  if (has_bom (data, size) || looks_like_utf8 (data, size) || !is_mostly_gb2312 (data, size))
    return JK_ENCODING_UNKNOWN;

  g_autoptr (GBytes) converted = jk_encoding_from_gb18030 (data, size);
  return converted != NULL ? JK_ENCODING_GB18030 : JK_ENCODING_UNKNOWN;
}

static void
converted_free (gpointer data)
{
  Converted *self = data;
  explicit_bzero (self->text, self->room);
  g_free (self->text);
  g_free (self);
}

GBytes *
jk_encoding_from_gb18030 (const guint8 *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  GIConv converter = g_iconv_open ("UTF-8", "GB18030");
  if (converter == (GIConv) -1)
    return NULL;

  /* No letter of n bytes has more than 3 n in UTF-8, so the text never moves and leaves no copy
   * behind. */
  Converted *self = g_new0 (Converted, 1);
  self->room = size * 3 + 1;
  self->text = g_malloc0 (self->room);
  char *in = (char *) (gpointer) data;
  char *out = (char *) self->text;
  gsize in_left = size;
  gsize out_left = self->room;
  gsize n_replaced = g_iconv (converter, &in, &in_left, &out, &out_left);
  gsize n_flushed = n_replaced == 0 ? g_iconv (converter, NULL, NULL, &out, &out_left) : 0;
  g_iconv_close (converter);
  if (n_replaced != 0 || n_flushed != 0 || in_left != 0) {
    converted_free (self);
    return NULL;
  }
  gsize length = (gsize) (out - (char *) self->text);
  return g_bytes_new_with_free_func (self->text, length, converted_free, self);
}
