/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/gift-text.c */
#include "bank/gift-text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *
read_back (const char *text, JkGiftFormat *out_format)
{
  g_autofree char *protected_text = jk_gift_protect (text);
  return jk_gift_read_text (protected_text,
                            strlen (protected_text),
                            JK_GIFT_FORMAT_PLAIN,
                            out_format);
}

static void
every_escape_is_restored (void **state)
{
  static const struct {
    const char *from;
    const char *to;
  } cases[] = {
    { "\\: \\# \\= \\{ \\} \\~", ": # = { } ~" },
    { "a\\nb", "a\nb" },
    { "a\\\\nb", "a\\nb" },
    { "a\\\\\\nb", "a\\\nb" },
    { "\\\\", "\\" },
    { "\\x \\", "\\x \\" },
    { "\\\\\\\\=", "\\\\=" },
    { " \\n kept inside \\n ", "kept inside" },
    { "", "" },
    { "中文\\：全角", "中文\\：全角" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkGiftFormat format;
    g_autofree char *text = read_back (cases[i].from, &format);
    assert_string_equal (text, cases[i].to);
    assert_int_equal (format, JK_GIFT_FORMAT_PLAIN);
  }
}

static void
an_escaped_sign_is_no_sign (void **state)
{
  g_autofree char *text = jk_gift_protect ("\\~\\=\\#\\{\\}\\:~");

  assert_ptr_equal (strpbrk (text, "~=#{}:"), text + 6);
  assert_int_equal (strlen (text), 7);
}

static void
a_format_mark_counts_only_at_the_very_start (void **state)
{
  static const struct {
    const char *from;
    const char *to;
    JkGiftFormat format;
  } cases[] = {
    { "[html]<b>x</b>", "<b>x</b>", JK_GIFT_FORMAT_HTML },
    { "[markdown] *x*", "*x*", JK_GIFT_FORMAT_MARKDOWN },
    { "[plain]x", "x", JK_GIFT_FORMAT_PLAIN },
    { "[moodle] x", "x", JK_GIFT_FORMAT_PLAIN },
    { " [html]x", "[html]x", JK_GIFT_FORMAT_PLAIN },
    { "[HTML]x", "[HTML]x", JK_GIFT_FORMAT_PLAIN },
    { "[agpu]x", "[agpu]x", JK_GIFT_FORMAT_PLAIN },
    { "[html", "[html", JK_GIFT_FORMAT_PLAIN },
    { "x [html]", "x [html]", JK_GIFT_FORMAT_PLAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkGiftFormat format;
    g_autofree char *text = read_back (cases[i].from, &format);
    assert_string_equal (text, cases[i].to);
    assert_int_equal (format, cases[i].format);
  }
}

static void
without_a_mark_the_fallback_holds (void **state)
{
  JkGiftFormat format;
  g_autofree char *inherits = jk_gift_read_text ("x", 1, JK_GIFT_FORMAT_HTML, &format);
  assert_non_null (inherits);
  assert_int_equal (format, JK_GIFT_FORMAT_HTML);
  g_autofree char *differs = jk_gift_read_text ("[plain]x", 8, JK_GIFT_FORMAT_HTML, &format);
  assert_non_null (differs);
  assert_int_equal (format, JK_GIFT_FORMAT_PLAIN);
}

static void
only_what_moodle_trims_is_trimmed (void **state)
{
  const char *text = " \t\r\n\vx\f \v";
  gsize size = strlen (text);

  jk_gift_trim (&text, &size);
  assert_int_equal (size, 2);
  assert_memory_equal (text, "x\f", 2);
  assert_false (jk_gift_is_blank ('\0'));

  text = "   ";
  size = 3;
  jk_gift_trim (&text, &size);
  assert_int_equal (size, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_escape_is_restored),
    cmocka_unit_test (an_escaped_sign_is_no_sign),
    cmocka_unit_test (a_format_mark_counts_only_at_the_very_start),
    cmocka_unit_test (without_a_mark_the_fallback_holds),
    cmocka_unit_test (only_what_moodle_trims_is_trimmed),
  };
  return cmocka_run_group_tests_name ("bank/gift-text", tests, NULL, NULL);
}
