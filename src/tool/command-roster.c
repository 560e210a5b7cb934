/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-roster.c: roster check. */
#include "base/limits.h"
#include "base/text.h"
#include "plan/roster.h"
#include "tool/commands.h"
#include "tool/options.h"
#include "tool/output.h"

static guint
today (const JkWorld *world)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (world->clock->wall_ms (world->clock) / 1000);

  return (guint) (g_date_time_get_year (now) * 10000 + g_date_time_get_month (now) * 100 +
                  g_date_time_get_day_of_month (now));
}

static JkPlan *
load_plan (JkTool *tool, const char *path, JkReport *report)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  bytes = jk_storage_read (tool->world->storage, path, JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes != NULL)
    text = jk_text_from_bytes (path, bytes, &error);
  if (text == NULL) {
    jk_report_add_error (report, path, error);
    return NULL;
  }
  return jk_plan_parse (path, text, report);
}

int
jk_command_roster_check (JkTool *tool, int argc, char **argv)
{
  g_autofree char *plan_path = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkPlan) plan = NULL;
  g_autoptr (JkRoster) roster = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  int level = 0;
  int exit_code;
  const GOptionEntry entries[] = {
    { "plan",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &plan_path,
      "check eligibility paths by this plan",
      "FILE" },
    { "level", 0, 0, G_OPTION_ARG_INT, &level, "the level applied for", "N" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "roster check", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (plan_path != NULL && (level < 1 || level > 5))
    return jk_output_usage (tool, "roster check --plan needs --level from 1 to 5");
  bytes = jk_storage_read (tool->world->storage, files[0], JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes == NULL)
    return jk_output_error (tool, files[0], error);
  if (plan_path != NULL)
    plan = load_plan (tool, plan_path, report);
  roster = jk_roster_parse (files[0], bytes, plan, (guint) level, today (tool->world), report);
  exit_code = jk_output_report (tool, report);
  if (exit_code == JK_EXIT_OK && !tool->json)
    fprintf (tool->out, "candidates: %u\n", jk_roster_get_n (roster));
  return exit_code;
}
