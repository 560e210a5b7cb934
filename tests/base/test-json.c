/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/json.c */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
check_string (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  jk_json_append_string (out, text);
  assert_string_equal (out->str, expected);
}

static void
plain_text_stands_in_quotes (void **state)
{
  check_string ("", "\"\"");
  check_string ("考试 A/B", "\"考试 A/B\"");
}

static void
no_text_is_null (void **state)
{
  check_string (NULL, "null");
}

static void
quotes_backslashes_and_controls_are_escaped (void **state)
{
  check_string ("a\"b\\c", "\"a\\\"b\\\\c\"");
  check_string ("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
  check_string ("\x01\x1f", "\"\\u0001\\u001f\"");
}

static void
bytes_that_are_no_text_are_replaced (void **state)
{
  check_string ("a\xff"
                "b",
                "\"a\xef\xbf\xbd"
                "b\"");
  check_string ("\xe8\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void
members_have_commas_between_and_not_before (void **state)
{
  g_autoptr (GString) out = g_string_new ("{");
  jk_json_append_member (out, "a\"", "1");
  jk_json_append_integer (out, "b", G_MININT64);
  jk_json_append_member (out, "c", NULL);
  g_string_append_c (out, '}');
  assert_string_equal (out->str, "{\"a\\\"\":\"1\",\"b\":-9223372036854775808,\"c\":null}");
}

static void
a_member_may_begin_the_text (void **state)
{
  g_autoptr (GString) out = g_string_new (NULL);
  jk_json_append_integer (out, "n", 7);
  assert_string_equal (out->str, "\"n\":7");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (plain_text_stands_in_quotes),
    cmocka_unit_test (no_text_is_null),
    cmocka_unit_test (quotes_backslashes_and_controls_are_escaped),
    cmocka_unit_test (bytes_that_are_no_text_are_replaced),
    cmocka_unit_test (members_have_commas_between_and_not_before),
    cmocka_unit_test (a_member_may_begin_the_text),
  };
  return cmocka_run_group_tests_name ("json", tests, NULL, NULL);
}
