/* SPDX-License-Identifier: Apache-2.0 */
/* station/last-view.c: one line beside the stores: "zh 150 2". */
#include "station/last-view.h"
#include "base/number.h"

#include "common/locale.h"

#define NAME "view"
#define MODE 0600
#define BYTES_MAX 16
#define CHINESE "zh"
#define ENGLISH "en"

gboolean
jk_last_view_keep (const JkStorage *storage, const char *store, JkTheme *theme, GError **error)
{
  g_autofree char *path = g_build_filename (store, NAME, NULL);
  gboolean is_chinese = jk_locale_get_language () == JK_LANGUAGE_CHINESE;
  char *line = g_strdup_printf ("%s %u %u",
                                is_chinese ? CHINESE : ENGLISH,
                                jk_theme_get_percent (theme),
                                (guint) jk_theme_get_scheme (theme));
  g_autoptr (GBytes) bytes = g_bytes_new_take (line, strlen (line));

  return jk_storage_write (storage, path, MODE, bytes, error);
}

static gboolean
parse (const char *text, gint64 min, gint64 max, guint *out_number)
{
  gint64 number;

  if (!jk_number_parse (text, min, max, &number))
    return FALSE;
  *out_number = (guint) number;
  return TRUE;
}

static gboolean
show (char **words, JkTheme *theme)
{
  guint percent, scheme;

  if (g_strv_length (words) != 3 || !parse (words[1], JK_PERCENT_MIN, JK_PERCENT_MAX, &percent) ||
      !parse (words[2], 0, JK_N_SCHEMES - 1, &scheme))
    return FALSE;
  if (g_str_equal (words[0], CHINESE))
    jk_locale_set_language (JK_LANGUAGE_CHINESE);
  else if (g_str_equal (words[0], ENGLISH))
    jk_locale_set_language (JK_LANGUAGE_ENGLISH);
  else
    return FALSE;
  jk_theme_set_percent (theme, percent);
  jk_theme_set_scheme (theme, scheme);
  return TRUE;
}

gboolean
jk_last_view_show (const JkStorage *storage, const char *store, JkTheme *theme)
{
  g_autofree char *path = g_build_filename (store, NAME, NULL);
  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, BYTES_MAX, NULL);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (size == 0)
    return FALSE;
  g_autofree char *line = g_strndup (data, size);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  return show (words, theme);
}
