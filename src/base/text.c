/* SPDX-License-Identifier: Apache-2.0 */
/* base/text.c: what people typed or saved, made into one form.
 *
 * Nothing here depends on the locale: the same text gives the same form on every machine (P3). A
 * copy that may hold an ID number is wiped before it is freed. */
#include "base/text.h"
#include "base/encoding.h"
#include "base/error.h"

#include <string.h>

#define MASK_HEAD 6u
#define MASK_TAIL 4u
#define MASK_SHORT_ENDS 2u
#define MASK_SHORT_MIN 5u

/* Lines before at, plus one; a line ends in LF, CR or both. */
static guint
line_of (const guint8 *data, gsize at)
{
  guint line = 1;
  for (gsize i = 0; i < at; i++) {
    if (data[i] == '\n' ? i == 0 || data[i - 1] != '\r' : data[i] == '\r')
      line++;
  }
  return line;
}

static void
set_encoding_error (GError **error, const char *file, const guint8 *data, gsize size, gsize at)
{
  guint line = line_of (data, at);
  JkEncoding guess = jk_encoding_guess (data, size);

  if (guess == JK_ENCODING_UTF16 || guess == JK_ENCODING_GB18030)
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TEXT,
                 "%s: line %u is not UTF-8; the file looks like %s: open it in the program that "
                 "wrote it and save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
                 file,
                 line,
                 guess == JK_ENCODING_UTF16 ? "UTF-16" : "GB18030");
  else
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TEXT,
                 "%s: line %u has a byte 0x%02x that no UTF-8 text has there: check that it is "
                 "the right file and save it as UTF-8.",
                 file,
                 line,
                 data[at]);
}

char *
jk_text_from_bytes (const char *file, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  static const guint8 bom[] = { 0xef, 0xbb, 0xbf };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return g_strdup ("");

  const char *bad;
  if (!g_utf8_validate_len ((const char *) data, size, &bad)) {
    set_encoding_error (error, file, data, size, (gsize) (bad - (const char *) data));
    return NULL;
  }

  char *text = g_malloc (size + 1);
  gsize length = 0;
  gsize start = size >= sizeof bom && memcmp (data, bom, sizeof bom) == 0 ? sizeof bom : 0;
  for (gsize i = start; i < size; i++) {
    if (data[i] != '\r')
      text[length++] = (char) data[i];
    else if (i + 1 == size || data[i + 1] != '\n')
      text[length++] = '\n';
  }
  text[length] = '\0';
  return text;
}

char *
jk_text_canonical_number (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  if (compatible == NULL)
    return g_strdup ("");

  char *number = g_malloc (strlen (compatible) + 1);
  gsize length = 0;
  for (const char *at = compatible; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at))
      number[length++] = g_ascii_toupper (*at);
  }
  number[length] = '\0';
  jk_text_wipe (compatible);
  return number;
}

char *
jk_text_normalise (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *compatible = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  GString *out = g_string_new (NULL);
  gboolean is_blank_due = FALSE;

  for (const char *at = compatible; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (g_unichar_isspace (letter)) {
      is_blank_due = out->len > 0;
      continue;
    }
    if (is_blank_due)
      g_string_append_c (out, ' ');
    is_blank_due = FALSE;
    g_string_append_unichar (out, letter);
  }
  return g_string_free (out, FALSE);
}

char *
jk_text_mask_number (const char *number)
{
  g_return_val_if_fail (number != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (number, -1);
  glong n = g_utf8_strlen (valid, -1);
  glong head = 0;
  glong tail = 0;

  if (n >= (glong) (MASK_HEAD + MASK_TAIL + 2)) {
    head = MASK_HEAD;
    tail = MASK_TAIL;
  } else if (n >= (glong) MASK_SHORT_MIN) {
    head = tail = MASK_SHORT_ENDS;
  }

  GString *out = g_string_new (NULL);
  g_string_append_len (out, valid, g_utf8_offset_to_pointer (valid, head) - valid);
  for (glong i = head; i < n - tail; i++)
    g_string_append_c (out, '*');
  g_string_append (out, g_utf8_offset_to_pointer (valid, n - tail));
  explicit_bzero (valid, strlen (valid));
  return g_string_free (out, FALSE);
}

gboolean
jk_text_are_digits (const char *text, gsize from, gsize to)
{
  for (gsize i = from; i < to; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  }
  return TRUE;
}

char *
jk_text_hex (gconstpointer data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  static const char digits[] = "0123456789abcdef";
  const guint8 *bytes = data;
  char *text = g_malloc (size * 2 + 1);

  for (gsize i = 0; i < size; i++) {
    text[i * 2] = digits[bytes[i] >> 4];
    text[i * 2 + 1] = digits[bytes[i] & 15];
  }
  text[size * 2] = '\0';
  return text;
}

gboolean
jk_text_parse_hex (const char *text, gpointer out, gsize size)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out != NULL || size == 0, FALSE);

  guint8 *bytes = out;
  if (strlen (text) != size * 2)
    return FALSE;
  for (gsize i = 0; i < size * 2; i++) {
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  }
  for (gsize i = 0; i < size; i++)
    bytes[i] =
        (guint8) (g_ascii_xdigit_value (text[i * 2]) << 4 | g_ascii_xdigit_value (text[i * 2 + 1]));
  return TRUE;
}

void
jk_text_wipe (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}
