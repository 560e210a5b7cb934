/* SPDX-License-Identifier: Apache-2.0 */
/* tool/options.c: the options of one command. */
#include "tool/options.h"

#include "tool/output.h"

#include <string.h>

/* The option group's data is the tool, so that every command knows --json. */
static gboolean
take_json (const char *name, const char *value, gpointer data, GError **error)
{
  JkTool *tool = data;

  tool->json = TRUE;
  return TRUE;
}

static const JkCommand *
find_command (const char *name)
{
  const JkCommand *commands = jk_tool_get_commands ();

  for (guint n = 0; commands[n].group != NULL; n++) {
    g_autofree char *full = jk_command_dup_name (&commands[n]);
    if (strcmp (full, name) == 0)
      return &commands[n];
  }
  return NULL;
}

/* GLib's help begins with a usage of its own and a blank line; ours names the command. */
static void
print_help (JkTool *tool, const char *name, GOptionContext *context)
{
  const JkCommand *command = find_command (name);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  const char *options = strstr (help, "\n\n");

  if (command != NULL)
    fprintf (tool->out, "Usage: jikaoctl %s %s\n\n%s.\n", name, command->usage, command->summary);
  fputs (options != NULL ? options + 1 : help, tool->out);
}

static gboolean
asks_for_help (char **arguments)
{
  for (guint n = 1; arguments[n] != NULL && strcmp (arguments[n], "--") != 0; n++) {
    if (strcmp (arguments[n], "--help") == 0 || strcmp (arguments[n], "-h") == 0)
      return TRUE;
  }
  return FALSE;
}

static GOptionContext *
new_context (JkTool *tool, const GOptionEntry *entries)
{
  GOptionContext *context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("main", "", "", tool, NULL);
  const GOptionEntry common[] = {
    { "json",
      0,
      G_OPTION_FLAG_NO_ARG,
      G_OPTION_ARG_CALLBACK,
      (gpointer) (guintptr) take_json,
      "print objects instead of sentences",
      NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  g_option_group_add_entries (group, entries);
  g_option_group_add_entries (group, common);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

/* GLib leaves "--" standing before a file whose name begins with a dash. */
static void
drop_separator (char **arguments)
{
  guint n = 1;

  while (arguments[n] != NULL && strcmp (arguments[n], "--") != 0)
    n++;
  g_free (arguments[n]);
  for (; arguments[n] != NULL; n++)
    arguments[n] = arguments[n + 1];
}

gboolean
jk_options_parse (JkTool *tool,
                  const char *command,
                  const GOptionEntry *entries,
                  int argc,
                  char **argv,
                  int n_files,
                  char ***out_files,
                  int *out_exit)
{
  g_autoptr (GOptionContext) context = new_context (tool, entries);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = g_new0 (char *, (gsize) argc + 1);
  int n = 0;

  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  if (asks_for_help (arguments)) {
    print_help (tool, command, context);
    *out_exit = JK_EXIT_OK;
    return FALSE;
  }
  if (!g_option_context_parse_strv (context, &arguments, &error)) {
    *out_exit =
        jk_output_usage (tool, "%s: %s; see jikaoctl %s --help", command, error->message, command);
    return FALSE;
  }
  drop_separator (arguments);
  while (arguments[n] != NULL)
    n++;
  if (n_files >= 0 && n - 1 != n_files) {
    *out_exit = jk_output_usage (tool,
                                 "%s takes %d file%s, %d given; see jikaoctl %s --help",
                                 command,
                                 n_files,
                                 n_files == 1 ? "" : "s",
                                 n - 1,
                                 command);
    return FALSE;
  }
  *out_files = g_strdupv (arguments + 1);
  return TRUE;
}

gboolean
jk_options_require (JkTool *tool, const char *command, const char *option, const char *value)
{
  if (value != NULL)
    return TRUE;
  jk_output_usage (tool, "%s needs --%s; see jikaoctl %s --help", command, option, command);
  return FALSE;
}

gboolean
jk_options_require_all (JkTool *tool,
                        const char *command,
                        const GOptionEntry *entries,
                        const char *const *needed)
{
  for (; *needed != NULL; needed++) {
    const GOptionEntry *entry = entries;
    while (strcmp (entry->long_name, *needed) != 0)
      entry++;
    if (!jk_options_require (tool, command, *needed, *(char *const *) entry->arg_data))
      return FALSE;
  }
  return TRUE;
}
