/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/encoding.c against the tables of the Encoding Standard, which are not part of the
 * project: skipped without JIKAO_CORPORA. A program of its own, because cmocka's word for a skipped
 * point is a failed one to meson. */
#include "base/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define FOLDER "encoding/whatwg+encoding"
#define LETTERS 23940u /* of two bytes, by the standard */
#define PRIVATE_MAX 100u

/* The lines of a table that hold a pointer and a code point; the caller frees. */
static char **
read_table (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("JIKAO_CORPORA"), FOLDER, name, NULL);
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strsplit (text, "\n", -1);
}

static gboolean
parse_line (const char *line, guint *out_pointer, gunichar *out_letter)
{
  return sscanf (line, " %u 0x%x", out_pointer, out_letter) == 2;
}

static gboolean
is_private (gunichar letter)
{
  return g_unichar_type (letter) == G_UNICODE_PRIVATE_USE;
}

/* Editions of GB18030 give some eighty letters a place of their own or a private one. */
static void
letters_of_two_bytes_are_those_of_the_standard (void **state)
{
  g_auto (GStrv) lines = read_table ("index-gb18030.txt");
  guint n = 0;
  guint n_other = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    guint pointer;
    gunichar wanted;
    if (!parse_line (lines[i], &pointer, &wanted))
      continue;
    guint trail = pointer % 190;
    const guint8 bytes[] = { (guint8) (0x81 + pointer / 190),
                             (guint8) (trail < 0x3f ? trail + 0x40 : trail + 0x41) };
    g_autoptr (GBytes) text = jk_encoding_from_gb18030 (bytes, sizeof bytes);
    gunichar found = text != NULL ? g_utf8_get_char_validated (g_bytes_get_data (text, NULL),
                                                               (gssize) g_bytes_get_size (text))
                                  : 0;
    n++;
    if (found == wanted)
      continue;
    n_other++;
    assert_true (is_private (found) || is_private (wanted));
  }
  assert_int_equal (n, LETTERS);
  assert_true (n_other <= PRIVATE_MAX);
}

/* A file of letters of another encoding, a few to a line. */
static GByteArray *
make_big5 (void)
{
  g_auto (GStrv) lines = read_table ("index-big5.txt");
  GByteArray *file = g_byte_array_new ();

  for (guint i = 0; lines[i] != NULL; i++) {
    guint pointer;
    gunichar letter;
    if (!parse_line (lines[i], &pointer, &letter))
      continue;
    guint trail = pointer % 157;
    const guint8 bytes[] = { (guint8) (0x81 + pointer / 157),
                             (guint8) (trail < 0x3f ? trail + 0x40 : trail + 0x62),
                             '\n' };
    g_byte_array_append (file, bytes, i % 7 == 0 ? 3 : 2);
  }
  return file;
}

static void
neither_big5_nor_western_text_is_utf8 (void **state)
{
  g_autoptr (GByteArray) big5 = make_big5 ();
  g_autoptr (GByteArray) western = g_byte_array_new ();
  g_auto (GStrv) lines = read_table ("index-windows-1252.txt");

  for (guint i = 0; lines[i] != NULL; i++) {
    guint pointer;
    gunichar letter;
    if (!parse_line (lines[i], &pointer, &letter))
      continue;
    const guint8 bytes[] = { (guint8) (0x80 + pointer), 'a', '\n' };
    g_byte_array_append (western, bytes, sizeof bytes);
  }
  assert_int_equal (western->len, 3 * 128);
  assert_int_equal (jk_encoding_guess (western->data, western->len), JK_ENCODING_UNKNOWN);
  assert_int_not_equal (jk_encoding_guess (big5->data, big5->len), JK_ENCODING_UTF8);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (letters_of_two_bytes_are_those_of_the_standard),
    cmocka_unit_test (neither_big5_nor_western_text_is_utf8),
  };

  if (g_getenv ("JIKAO_CORPORA") == NULL) {
    printf ("1..0 # SKIP JIKAO_CORPORA is not set\n");
    return 0;
  }
  return cmocka_run_group_tests_name ("base/corpora", tests, NULL, NULL);
}
