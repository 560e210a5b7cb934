/* SPDX-License-Identifier: Apache-2.0 */
/* tool/main.c: jikaoctl, on this machine. */
#include "crypto/guard.h"
#include "tool/tool.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  JkTool tool = { .world = jk_world_system (), .out = stdout, .err = stderr };

  setlocale (LC_ALL, "");
  if (!jk_guard_init (&error)) {
    fprintf (stderr, "jikaoctl: %s\n", error->message);
    return JK_EXIT_STORAGE;
  }
  return jk_tool_run (&tool, argc, argv);
}
