/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-roster.c: roster check. */
#include "base/limits.h"
#include "base/text.h"
#include "plan/roster.h"
#include "tool/commands.h"
#include "tool/options.h"
#include "tool/output.h"

#include <string.h>

static guint
today (const JkWorld *world)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (world->clock->wall_ms (world->clock) / 1000);

  return (guint) (g_date_time_get_year (now) * 10000 + g_date_time_get_month (now) * 100 +
                  g_date_time_get_day_of_month (now));
}

/* What a roster is checked against, beside itself. */
typedef struct {
  /* Owned */
  JkPlan *plan; /* NULL: paths are not checked */
  /* Borrowed, from plan */
  const JkPlanBatch *batch; /* NULL: no deadline */
  /* Plain */
  guint level;
  guint today;
} Terms;

static void
terms_clear (Terms *self)
{
  jk_plan_free (self->plan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

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

/* The batch gives level and deadline, and its day stands for today, as when a session is built. */
static void
take_batch (Terms *self, const char *path, guint number, JkReport *report)
{
  g_autofree char *place = g_strdup_printf ("[batch-%u]", number);
  const JkPlanBatch *batch = jk_plan_find_batch (self->plan, number);

  if (batch == NULL || batch->status == JK_BATCH_CANCELLED) {
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   path,
                   place,
                   batch == NULL ? "no such batch" : "a batch that is cancelled",
                   "a batch that takes place",
                   "name another batch");
    g_clear_pointer (&self->plan, jk_plan_free);
    return;
  }
  self->batch = batch;
  self->level = batch->level;
  self->today = batch->date;
}

static void
add_batch (JkFacts *facts, const JkPlanBatch *batch)
{
  static const char *const words[] = {
    [JK_BATCH_PLANNED] = "",
    [JK_BATCH_MOVED] = ", moved",
    [JK_BATCH_CANCELLED] = ", cancelled",
  };
  jk_facts_add (facts,
                "batch",
                "%u on %u, registration until %u%s",
                batch->number,
                batch->date,
                batch->deadline,
                words[batch->status]);
}

static guint
count_hall (const JkRoster *roster, const char *hall)
{
  guint n = 0;
  for (guint i = 0; i < jk_roster_get_n (roster); i++)
    n += g_str_equal (jk_roster_get (roster, i)->hall, hall) ? 1 : 0;
  return n;
}

static void
add_halls (JkFacts *facts, const JkRoster *roster)
{
  const char *const *halls = jk_roster_get_halls (roster);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; halls[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup_printf ("%s: %u", halls[i], count_hall (roster, halls[i])));
  jk_facts_add_integer (facts, "halls", lines->len);
  g_ptr_array_add (lines, NULL);
  jk_facts_add_list (facts, "hall", (const char *const *) lines->pdata);
}

/* Documents are suggested, not demanded: the plan lists them by level only. */
static char *
dup_path_line (const JkPlan *plan, const char *id, guint n)
{
  const JkPlanPath *path = plan != NULL ? jk_plan_find_path (plan, id) : NULL;
  if (path == NULL)
    return g_strdup_printf ("%s: %u", *id == '\0' ? "-" : id, n);

  g_autofree char *documents = g_strjoinv ("；", (char **) path->documents);
  return g_strdup_printf ("%s: %u (建议提交：%s)", id, n, documents);
}

static void
add_paths (JkFacts *facts, const JkRoster *roster, const JkPlan *plan)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < jk_roster_get_n (roster); i++) {
    const char *path = jk_roster_get (roster, i)->path;
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, path));
    g_hash_table_insert (counts, (gpointer) path, GUINT_TO_POINTER (n + 1));
  }
  g_autoptr (GList) paths =
      g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) (void (*) (void)) strcmp);
  for (const GList *at = paths; at != NULL; at = at->next)
    g_ptr_array_add (
        lines,
        dup_path_line (plan, at->data, GPOINTER_TO_UINT (g_hash_table_lookup (counts, at->data))));
  g_ptr_array_add (lines, NULL);
  jk_facts_add_list (facts, "path", (const char *const *) lines->pdata);
}

static void
add_extra_time (JkFacts *facts, const JkRoster *roster)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint counts[JK_EXTRA_MINUTES_MAX + 1] = { 0 };

  for (guint i = 0; i < jk_roster_get_n (roster); i++)
    counts[jk_roster_get (roster, i)->extra_min]++;
  for (guint minutes = 1; minutes <= JK_EXTRA_MINUTES_MAX; minutes++) {
    if (counts[minutes] > 0)
      g_ptr_array_add (lines, g_strdup_printf ("%u min: %u", minutes, counts[minutes]));
  }
  jk_facts_add_integer (facts, "with-extra-time", jk_roster_get_n (roster) - counts[0]);
  g_ptr_array_add (lines, NULL);
  jk_facts_add_list (facts, "extra-time", (const char *const *) lines->pdata);
}

static int
print_facts (JkTool *tool,
             const char *file,
             const JkRoster *roster,
             const Terms *terms,
             const JkReport *report)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "roster", "%s", file);
  if (terms->batch != NULL)
    add_batch (facts, terms->batch);
  jk_facts_add_integer (facts, "candidates", jk_roster_get_n (roster));
  add_halls (facts, roster);
  add_paths (facts, roster, terms->plan);
  add_extra_time (facts, roster);
  jk_facts_add_integer (facts, "notices", jk_report_get_n (report));
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

static int
check_file (JkTool *tool, const char *file, const Terms *terms, JkReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      jk_storage_read (tool->world->storage, file, JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes == NULL)
    return jk_output_error (tool, file, error);

  g_autoptr (JkRoster) roster = jk_roster_parse (file,
                                                 bytes,
                                                 terms->plan,
                                                 terms->level,
                                                 terms->today,
                                                 terms->batch != NULL ? terms->batch->deadline : 0,
                                                 report);
  int exit_code = jk_output_faults (tool, report);
  return exit_code == JK_EXIT_OK ? print_facts (tool, file, roster, terms, report) : exit_code;
}

/* A plan's own faults go with those of the first roster. */
static int
check_files (JkTool *tool, char **files, const char *plan_path, guint level, guint batch)
{
  g_auto (Terms) terms = { .level = level, .today = today (tool->world) };
  int worst = JK_EXIT_OK;

  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    if (i == 0 && plan_path != NULL)
      terms.plan = load_plan (tool, plan_path, report);
    if (i == 0 && terms.plan != NULL && batch > 0)
      take_batch (&terms, plan_path, batch, report);
    int exit_code = check_file (tool, files[i], &terms, report);
    worst = MAX (worst, exit_code);
  }
  return worst;
}

int
jk_command_roster_check (JkTool *tool, int argc, char **argv)
{
  static const char command[] = "roster check";
  g_autofree char *plan_path = NULL;
  g_auto (GStrv) files = NULL;
  int level = 0;
  int batch = 0;
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
    { "batch", 0, 0, G_OPTION_ARG_INT, &batch, "the batch: its level, day and deadline", "N" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, command, entries, argc, argv, -1, &files, &exit_code))
    return exit_code;
  if (files[0] == NULL)
    return jk_output_usage (tool, "roster check needs at least one file");
  if (plan_path == NULL && batch != 0)
    return jk_output_usage (tool, "roster check --batch needs --plan");
  if (plan_path != NULL && (level == 0) == (batch == 0))
    return jk_output_usage (tool, "roster check --plan needs either --level or --batch");
  if (level < 0 || level > 5 || batch < 0)
    return jk_output_usage (tool, "roster check takes a --level from 1 to 5, a --batch from 1");
  return check_files (tool, files, plan_path, (guint) level, (guint) batch);
}
