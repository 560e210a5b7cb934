/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.c: strings, members and whole numbers; braces are set by the caller. */
#include "base/json.h"

static void
append_letter (GString *out, char letter)
{
  static const char short_from[] = "\"\\\b\f\n\r\t";
  static const char short_to[] = "\"\\bfnrt";

  for (guint i = 0; short_from[i] != '\0'; i++) {
    if (letter == short_from[i]) {
      g_string_append_c (out, '\\');
      g_string_append_c (out, short_to[i]);
      return;
    }
  }
  if ((guint8) letter < 0x20)
    g_string_append_printf (out, "\\u%04x", (guint) (guint8) letter);
  else
    g_string_append_c (out, letter);
}

void
jk_json_append_string (GString *out, const char *text)
{
  g_return_if_fail (out != NULL);

  if (text == NULL) {
    g_string_append (out, "null");
    return;
  }
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *at = valid; *at != '\0'; at++)
    append_letter (out, *at);
  g_string_append_c (out, '"');
}

static void
append_name (GString *out, const char *name)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '{';
  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
  jk_json_append_string (out, name);
  g_string_append_c (out, ':');
}

void
jk_json_append_member (GString *out, const char *name, const char *text)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (name != NULL);

  append_name (out, name);
  jk_json_append_string (out, text);
}

void
jk_json_append_integer (GString *out, const char *name, gint64 value)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (name != NULL);

  append_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}
