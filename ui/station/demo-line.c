/* SPDX-License-Identifier: Apache-2.0 */
/* station/demo-line.c: what a demonstration needs to type. */
#include "station/demo-line.h"

#include "common/paragraph.h"

#include <glib/gi18n.h>

#define GROUP "demo"

#define CHARS_A_LINE 200

static gboolean
add (GString *text, GKeyFile *file, const char *key, const char *title, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, GROUP, key, error);

  if (value == NULL)
    return FALSE;
  g_string_append_printf (text, "    %s  %s", title, value);
  return TRUE;
}

GtkWidget *
jk_demo_line_new (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  /* Translators: zh: 演示 */
  g_autoptr (GString) text = g_string_new (_ ("Demonstration"));

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) ||
      /* Translators: zh: 考场码 */
      !add (text, file, "room-code", _ ("Room code"), error) ||
      !add (text, file, "admission", _ ("Admission number"), error) ||
      !add (text, file, "id-number", _ ("ID number"), error) ||
      /* Translators: zh: 启封码 */
      !add (text, file, "start-code", _ ("Start code"), error) ||
      /* Translators: of the proctor's panel. zh: 监考面板（Ctrl+Alt+P）：主考密码 */
      !add (text, file, "chief-passcode", _ ("Panel (Ctrl+Alt+P): chief's passcode"), error) ||
      /* Translators: of the proctor's panel. zh: 监考密码 */
      !add (text, file, "proctor-passcode", _ ("proctor's passcode"), error))
    return NULL;
  GtkWidget *line = jk_paragraph_new (text->str);
  g_object_set (line, "max-chars", CHARS_A_LINE, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (line, "rehearsal");
  return line;
}
