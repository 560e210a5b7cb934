/* SPDX-License-Identifier: Apache-2.0 */
/* station/screen-reader.c: the accessibility bus: on where a candidate needs it, off elsewhere. */
#include "station/screen-reader.h"

#include "common/locale.h"

#include <string.h>
#include <unistd.h>

#define VARIABLE "GTK_A11Y"
#define WISH "screen-reader"
#define MODE 0600
#define FOLDER_MODE 0700

gboolean
jk_screen_reader_is_on (void)
{
  return g_strcmp0 (g_getenv (VARIABLE), "none") != 0;
}

gboolean
jk_screen_reader_is_wanted (const char *store)
{
  g_autofree char *path = g_build_filename (store, WISH, NULL);
  g_autoptr (GBytes) wish = jk_storage_read (jk_storage_system (), path, 1, NULL);

  return wish != NULL && g_bytes_get_size (wish) == 1 &&
         *(const char *) g_bytes_get_data (wish, NULL) == '1';
}

gboolean
jk_screen_reader_want (const JkStorage *storage,
                       const char *store,
                       gboolean is_wanted,
                       GError **error)
{
  g_autofree char *path = g_build_filename (store, WISH, NULL);
  g_autoptr (GBytes) wish = g_bytes_new_static (is_wanted ? "1" : "0", 1);

  return jk_storage_make_folder (storage, store, FOLDER_MODE, error) &&
         jk_storage_write (storage, path, MODE, wish, error);
}

/* The command line this program was started with; zero-terminated. */
static char **
dup_command_line (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize size;

  if (!g_file_get_contents ("/proc/self/cmdline", &text, &size, NULL))
    return NULL;
  for (gsize at = 0; at < size; at += strlen (text + at) + 1)
    g_strv_builder_add (builder, text + at);
  return g_strv_builder_end (builder);
}

/* With the language that is shown now, which may not be the one it was started with. */
static char **
dup_restart_line (void)
{
  g_auto (GStrv) line = dup_command_line ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_chinese = jk_locale_get_language () == JK_LANGUAGE_CHINESE;

  if (line == NULL)
    return NULL;
  for (guint n = 0; line[n] != NULL; n++) {
    if (g_str_equal (line[n], "--language") && line[n + 1] != NULL)
      n++;
    else if (!g_str_has_prefix (line[n], "--language="))
      g_strv_builder_add (builder, line[n]);
  }
  g_strv_builder_add (builder, is_chinese ? "--language=zh" : "--language=en");
  return g_strv_builder_end (builder);
}

void
jk_screen_reader_restart (gboolean is_on)
{
  g_auto (GStrv) line = dup_restart_line ();

  if (line == NULL)
    return;
  g_setenv (VARIABLE, is_on ? "atspi" : "none", TRUE);
  execv ("/proc/self/exe", line);
}
