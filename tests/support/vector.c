/* SPDX-License-Identifier: Apache-2.0 */
/* support/vector.c: see the header. */
#include "support/vector.h"

static char **
read_lines (void)
{
  g_autoptr (GError) error = NULL;
  const char *root = g_getenv ("JIKAO_SOURCE_ROOT");
  if (root == NULL)
    g_error ("JIKAO_SOURCE_ROOT is not set: run the test with meson test.");

  g_autofree char *path = g_build_filename (root, "src", "FORMATS.md", NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static void
append_digits (GString *digits, const char *name, const char *line)
{
  for (const char *at = line; *at != '\0' && *at != '#'; at++) {
    if (g_ascii_isxdigit (*at))
      g_string_append_c (digits, *at);
    else if (!g_ascii_isspace (*at))
      g_error ("FORMATS.md, block %s: “%c” is no hexadecimal digit.", name, *at);
  }
}

GBytes *
jk_test_vector (const char *name)
{
  g_auto (GStrv) lines = read_lines ();
  g_autofree char *fence = g_strconcat ("```hex ", name, NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  guint i = 0;

  while (lines[i] != NULL && !g_str_equal (g_strchomp (lines[i]), fence))
    i++;
  if (lines[i] == NULL)
    g_error ("FORMATS.md has no block “%s”.", fence);
  for (i++; lines[i] != NULL && !g_str_has_prefix (lines[i], "```"); i++)
    append_digits (digits, name, lines[i]);
  if (lines[i] == NULL || digits->len % 2 != 0)
    g_error ("FORMATS.md: the block %s has no end, or half a byte.", name);

  gsize size = digits->len / 2;
  guint8 *data = g_malloc (size);
  for (gsize n = 0; n < size; n++)
    data[n] = (guint8) (g_ascii_xdigit_value (digits->str[n * 2]) << 4 |
                        g_ascii_xdigit_value (digits->str[n * 2 + 1]));
  return g_bytes_new_take (data, size);
}
