/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/text.c */
#include "base/text.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *
from (gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  return jk_text_from_bytes ("f.csv", bytes, error);
}

static void
check_from (const char *data, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = from (data, strlen (data), &error);
  assert_null (error);
  assert_string_equal (text, expected);
}

static void
check_refused (gconstpointer data, gsize size, const char *part, const char *other_part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = from (data, size, &error);
  assert_null (text);
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
  assert_non_null (strstr (error->message, "f.csv"));
  assert_non_null (strstr (error->message, part));
  assert_non_null (strstr (error->message, other_part));
}

static void
utf8_comes_through (void **state)
{
  check_from ("", "");
  check_from ("甲\n乙", "甲\n乙");
}

static void
a_bom_is_dropped_once (void **state)
{
  check_from ("\xef\xbb\xbfx", "x");
  check_from ("\xef\xbb\xbf", "");
  check_from ("\xef\xbb\xbf\xef\xbb\xbfx", "\xef\xbb\xbfx");
}

static void
every_line_end_becomes_one (void **state)
{
  check_from ("a\r\nb\rc\nd\r", "a\nb\nc\nd\n");
  check_from ("\r\r\n\n", "\n\n\n");
}

static void
gb18030_is_recognised_with_its_line (void **state)
{
  check_refused ("a\r\nb\r\xd6\xd0\xce\xc4\n", 9, "line 3", "GB18030");
}

static void
utf16_is_recognised (void **state)
{
  check_refused ("\xff\xfe"
                 "a\0",
                 4,
                 "line 1",
                 "UTF-16");
  check_refused ("\xfe\xff\0a", 4, "line 1", "UTF-16");
  check_refused ("a\0b\0", 4, "line 1", "UTF-16");
  check_refused ("\0a\0b", 4, "line 1", "UTF-16");
}

static void
a_nul_is_refused_with_its_line (void **state)
{
  check_refused ("abc\nde\0f", 8, "line 2", "0x00");
}

static void
bytes_of_no_known_text_are_named (void **state)
{
  check_refused ("ab\n\n\xff", 5, "line 3", "0xff");
  check_refused ("\xe7\x94", 2, "line 1", "");
}

static void
check_canonical (const char *text, const char *expected)
{
  char *number = jk_text_canonical_number (text);
  assert_string_equal (number, expected);
  jk_text_wipe (number);
}

static void
numbers_become_digits_and_capital_letters (void **state)
{
  check_canonical ("11010519491231002x", "11010519491231002X");
  check_canonical ("１１０１０５　1949-1231 002Ｘ", "11010519491231002X");
  check_canonical ("军字第（00123）号", "00123");
  check_canonical ("", "");
  check_canonical ("\xff", "");
}

static void
no_locale_bends_a_number (void **state)
{
  check_canonical ("i\xc4\xb1ß", "I");
}

static void
check_normal (const char *text, const char *expected)
{
  g_autofree char *normal = jk_text_normalise (text);
  assert_string_equal (normal, expected);
}

static void
runs_of_blanks_become_one (void **state)
{
  check_normal ("\t 张　 \xc2\xa0三 \n", "张 三");
  check_normal (" \xe3\x80\x80 ", "");
  check_normal ("Ａ（１）", "A(1)");
  check_normal ("a\xff", "a\xef\xbf\xbd");
}

static void
check_mask (const char *number, const char *expected)
{
  g_autofree char *mask = jk_text_mask_number (number);
  assert_string_equal (mask, expected);
}

static void
the_middle_of_a_number_is_hidden (void **state)
{
  check_mask ("110108190001010019", "110108********0019");
  check_mask ("123456789012", "123456**9012");
  check_mask ("12345678901", "12*******01");
  check_mask ("12345", "12*45");
  check_mask ("1234", "****");
  check_mask ("", "");
  check_mask ("军字第一号", "军字*一号");
}

static void
hexadecimal_digits_go_both_ways (void **state)
{
  static const guint8 bytes[] = { 0x00, 0x1f, 0xa0, 0xff };
  guint8 read[4];
  g_autofree char *text = jk_text_hex (bytes, sizeof bytes);

  assert_string_equal (text, "001fa0ff");
  assert_true (jk_text_parse_hex ("001FA0fF", read, sizeof read));
  assert_memory_equal (read, bytes, sizeof bytes);
}

static void
other_digits_or_lengths_are_refused_and_write_nothing (void **state)
{
  guint8 read[2] = { 7, 7 };
  assert_false (jk_text_parse_hex ("00g0", read, 2));
  assert_false (jk_text_parse_hex ("00 0", read, 2));
  assert_false (jk_text_parse_hex ("000", read, 2));
  assert_false (jk_text_parse_hex ("00000", read, 2));
  assert_false (jk_text_parse_hex ("", read, 2));
  assert_true (jk_text_parse_hex ("", read, 0));
  assert_int_equal (read[0], 7);
  assert_int_equal (read[1], 7);
}

static void
only_digits_are_digits (void **state)
{
  assert_true (jk_text_are_digits ("x0123456789x", 1, 11));
  assert_true (jk_text_are_digits ("x", 1, 1));
  assert_false (jk_text_are_digits ("12x", 0, 3));
  assert_false (jk_text_are_digits ("x12", 0, 3));
  assert_false (jk_text_are_digits ("1/2:3", 1, 4));
}

static void
wiping_nothing_is_fine (void **state)
{
  jk_text_wipe (NULL);
  jk_text_wipe (g_strdup ("secret"));
}

/* Every truncation, and bytes changed at random, under the sanitizers: no crash, and what is
 * accepted is UTF-8. */
static void
hostile_bytes_are_refused_or_read (void **state)
{
  static const char sample[] = "\xef\xbb\xbf考生,110108\r\n\r甲\xe3\x80\x80乙\n\xf0\x9f\x98\x80";
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++) {
    char data[sizeof sample];
    memcpy (data, sample, sizeof sample);
    gsize size = (gsize) g_rand_int_range (chance, 0, sizeof sample);
    for (guint n = (guint) g_rand_int_range (chance, 0, 3); n > 0; n--)
      data[g_rand_int_range (chance, 0, sizeof sample)] = (char) g_rand_int (chance);

    g_autoptr (GError) error = NULL;
    g_autofree char *text = from (data, size, &error);
    assert_true ((text == NULL) == (error != NULL));
    if (text == NULL)
      continue;
    assert_true (g_utf8_validate (text, -1, NULL));
    assert_null (strchr (text, '\r'));
    g_free (jk_text_normalise (text));
    jk_text_wipe (jk_text_canonical_number (text));
    g_free (jk_text_mask_number (text));
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (utf8_comes_through),
    cmocka_unit_test (a_bom_is_dropped_once),
    cmocka_unit_test (every_line_end_becomes_one),
    cmocka_unit_test (gb18030_is_recognised_with_its_line),
    cmocka_unit_test (utf16_is_recognised),
    cmocka_unit_test (a_nul_is_refused_with_its_line),
    cmocka_unit_test (bytes_of_no_known_text_are_named),
    cmocka_unit_test (numbers_become_digits_and_capital_letters),
    cmocka_unit_test (no_locale_bends_a_number),
    cmocka_unit_test (runs_of_blanks_become_one),
    cmocka_unit_test (the_middle_of_a_number_is_hidden),
    cmocka_unit_test (hexadecimal_digits_go_both_ways),
    cmocka_unit_test (other_digits_or_lengths_are_refused_and_write_nothing),
    cmocka_unit_test (only_digits_are_digits),
    cmocka_unit_test (wiping_nothing_is_fine),
    cmocka_unit_test (hostile_bytes_are_refused_or_read),
  };
  return cmocka_run_group_tests_name ("text", tests, NULL, NULL);
}
