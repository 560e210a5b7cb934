/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/encoding.c */
#include "base/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define TABLE                                                                                      \
  "准考证号,姓名,性别,证件号码,座位号\n"                                            \
  "2101050340101012,安知行,男,110108190001010019,01\n"                                         \
  "2101050340101020,白若溪,女,110108190002170049,02\n"
#define PLAIN_TABLE "zkzh,xm,zjhm,zwh\nA00001,张三,X0000001,1\nA00002,娉安,X0000002,2\n"

/* A text in another encoding; the caller frees. */
static char *
encoded (const char *text, const char *encoding, gsize *out_size)
{
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, out_size, NULL);
  assert_non_null (bytes);
  return bytes;
}

static void
check (const char *bytes, gsize size, JkEncoding wanted)
{
  assert_int_equal (jk_encoding_guess ((const guint8 *) bytes, size), wanted);
}

static void
utf8_is_utf8_with_and_without_its_mark (void **state)
{
  check (NULL, 0, JK_ENCODING_UTF8);
  check ("a,b\n", 4, JK_ENCODING_UTF8);
  check (TABLE, strlen (TABLE), JK_ENCODING_UTF8);
  check ("\xef\xbb\xbf" TABLE, 3 + strlen (TABLE), JK_ENCODING_UTF8);
}

static void
utf16_is_known_by_mark_or_zeros (void **state)
{
  static const char *const names[] = { "UTF-16", "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize size;
    g_autofree char *bytes = encoded ("a,b\n" TABLE, names[i], &size);
    check (bytes, size, JK_ENCODING_UTF16);
  }
}

static void
gb18030_is_known_with_chinese_and_plain_headings (void **state)
{
  static const char *const texts[] = { TABLE,
                                       PLAIN_TABLE,
                                       "甲\n",
                                       "xm\r\n张三\r\n",
                                       "姓名\n𠮷野家\n㐀\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gsize size;
    g_autofree char *bytes = encoded (texts[i], "GB18030", &size);
    check (bytes, size, JK_ENCODING_GB18030);
    g_autoptr (GBytes) again = jk_encoding_from_gb18030 ((const guint8 *) bytes, size);
    assert_int_equal (g_bytes_get_size (again), strlen (texts[i]));
    assert_memory_equal (g_bytes_get_data (again, NULL), texts[i], strlen (texts[i]));
  }
}

/* Each byte of it as another one, or gone, or one too many: never other words in silence. */
static void
check_one_bad_byte (const char *text)
{
  static const guint8 values[] = { 0x00, 0x41, 0x80, 0xa1, 0xb0, 0xc4, 0xd6, 0xe5, 0xfe, 0xff };
  gsize size = strlen (text);

  for (gsize at = 0; at < size; at++) {
    g_autofree char *copy = g_malloc (size + 1);
    memcpy (copy, text, size);
    memmove (copy + at, text + at + 1, size - at - 1);
    assert_int_not_equal (jk_encoding_guess ((guint8 *) copy, size - 1), JK_ENCODING_GB18030);
    for (guint n = 0; n < G_N_ELEMENTS (values); n++) {
      memcpy (copy, text, size);
      copy[at] = (char) values[n];
      assert_int_not_equal (jk_encoding_guess ((guint8 *) copy, size), JK_ENCODING_GB18030);
      memcpy (copy + at + 1, text + at, size - at);
      assert_int_not_equal (jk_encoding_guess ((guint8 *) copy, size + 1), JK_ENCODING_GB18030);
    }
  }
}

static void
utf8_with_one_bad_byte_is_not_gb18030 (void **state)
{
  check_one_bad_byte (TABLE);
  check_one_bad_byte (PLAIN_TABLE);
  check_one_bad_byte ("\xef\xbb\xbf" PLAIN_TABLE);
  check_one_bad_byte ("zkzh,xm\nA00001,安知行\n");
  check_one_bad_byte ("zkzh,xm\nA00001,阿依努尔\n");
  /* As GB18030 these would be common letters. */
  check_one_bad_byte ("zkzh,xm\nA00001,天祥学\n");
  check ("zkzh,xm\nA00001,天祥\xb0x\n", 23, JK_ENCODING_UNKNOWN);
}

static void
two_encodings_in_one_file_are_unknown (void **state)
{
  gsize size;
  g_autofree char *bytes = encoded (TABLE, "GB18030", &size);
  g_autoptr (GString) both = g_string_new_len (bytes, (gssize) size);

  for (guint i = 0; i < 20; i++)
    g_string_append_len (both, bytes, (gssize) size);
  check (both->str, both->len, JK_ENCODING_GB18030);
  /* These bytes would be letters of GB18030 too. */
  g_string_append (both, "2101050340101038,张三\n");
  g_autoptr (GBytes) text = jk_encoding_from_gb18030 ((const guint8 *) both->str, both->len);
  assert_non_null (text);
  check (both->str, both->len, JK_ENCODING_UNKNOWN);
}

static void
a_mark_of_utf8_is_believed (void **state)
{
  gsize size;
  g_autofree char *bytes = encoded (TABLE, "GB18030", &size);
  g_autoptr (GString) marked = g_string_new ("\xef\xbb\xbf");

  g_string_append_len (marked, bytes, (gssize) size);
  check (marked->str, marked->len, JK_ENCODING_UNKNOWN);
}

static void
western_text_is_not_gb18030 (void **state)
{
  gsize size;
  g_autofree char *bytes =
      encoded ("name\nJosé Pérez\nAndré Müller\nÅsa Öberg\n", "WINDOWS-1252", &size);

  check (bytes, size, JK_ENCODING_UNKNOWN);
  check ("P\xe9rez\n", 6, JK_ENCODING_UNKNOWN);
}

static void
zeros_and_half_letters_are_unknown (void **state)
{
  static const char zero[] = "\xd6\xd0\xce\xc4\0\xd6\xd0";

  check (zero, sizeof zero - 1, JK_ENCODING_UNKNOWN);
  check ("\xd6\xd0\xce", 3, JK_ENCODING_UNKNOWN);
  check ("\xd6\xd0\xff\xff", 4, JK_ENCODING_UNKNOWN);
  check ("\xd6\xd0\x81\x30\x81", 5, JK_ENCODING_UNKNOWN);
  assert_null (jk_encoding_from_gb18030 ((const guint8 *) "\xd6", 1));
  assert_null (jk_encoding_from_gb18030 ((const guint8 *) "\x81\x30\x81", 3));
  assert_null (jk_encoding_from_gb18030 ((const guint8 *) "\xff\xff", 2));
}

static void
what_is_longest_as_utf8_fits (void **state)
{
  /* Letters of two bytes become three, those of four stay four. */
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i % 2 == 0 ? "龥" : "𪛖");
  gsize size;
  g_autofree char *bytes = encoded (text->str, "GB18030", &size);
  g_autoptr (GBytes) again = jk_encoding_from_gb18030 ((const guint8 *) bytes, size);

  assert_non_null (again);
  assert_int_equal (g_bytes_get_size (again), text->len);
  assert_memory_equal (g_bytes_get_data (again, NULL), text->str, text->len);
  g_autoptr (GBytes) none = jk_encoding_from_gb18030 (NULL, 0);
  assert_int_equal (g_bytes_get_size (none), 0);
}

static void
hostile_bytes_have_an_encoding_and_are_valid_in_it (void **state)
{
  static const char edges[] = "\x80\x81\xa1\xb0\xc2\xd6\xe0\xe5\xf0\xfe\xff\n,0A";
  g_autoptr (GRand) chance = g_rand_new_with_seed (11);

  for (guint round = 0; round < 50000; round++) {
    guint8 bytes[24];
    gsize size = (gsize) g_rand_int_range (chance, 0, (gint32) sizeof bytes + 1);
    for (gsize i = 0; i < size; i++)
      bytes[i] = g_rand_boolean (chance)
                     ? (guint8) edges[g_rand_int_range (chance, 0, (gint32) sizeof edges - 1)]
                     : (guint8) g_rand_int (chance);
    /* In memory of its own size, so that a byte beyond it is seen. */
    g_autofree guint8 *copy = g_memdup2 (bytes, size);
    JkEncoding guess = jk_encoding_guess (copy, size);
    g_autoptr (GBytes) text = jk_encoding_from_gb18030 (copy, size);
    if (guess == JK_ENCODING_GB18030)
      assert_non_null (text);
    if (guess == JK_ENCODING_UTF8)
      assert_true (size == 0 || g_utf8_validate_len ((char *) copy, size, NULL));
    if (text != NULL && g_bytes_get_size (text) > 0)
      assert_true (
          g_utf8_validate (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), NULL) ||
          memchr (copy, 0, size) != NULL);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (utf8_is_utf8_with_and_without_its_mark),
    cmocka_unit_test (utf16_is_known_by_mark_or_zeros),
    cmocka_unit_test (gb18030_is_known_with_chinese_and_plain_headings),
    cmocka_unit_test (utf8_with_one_bad_byte_is_not_gb18030),
    cmocka_unit_test (two_encodings_in_one_file_are_unknown),
    cmocka_unit_test (a_mark_of_utf8_is_believed),
    cmocka_unit_test (western_text_is_not_gb18030),
    cmocka_unit_test (zeros_and_half_letters_are_unknown),
    cmocka_unit_test (what_is_longest_as_utf8_fits),
    cmocka_unit_test (hostile_bytes_have_an_encoding_and_are_valid_in_it),
  };
  return cmocka_run_group_tests_name ("encoding", tests, NULL, NULL);
}
