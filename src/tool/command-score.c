/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-score.c: score: every result of a hall into scores.csv, quarantine.csv and
 * files.csv.
 */
#include "base/limits.h"
#include "score/table.h"
#include "tool/commands.h"
#include "tool/handin-files.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#include <string.h>

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *bank;
  char *keys;
  char *centre;
  char *authorities;
  char *results;
  char *out;
  char *secrets;
  char **sheets;
  char **releases;
} ScoreOptions;

static void
score_options_clear (ScoreOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->bank);
  g_free (self->keys);
  g_free (self->centre);
  g_free (self->authorities);
  g_free (self->results);
  g_free (self->out);
  g_free (self->secrets);
  g_strfreev (self->sheets);
  g_strfreev (self->releases);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScoreOptions, score_options_clear)

/* A file that cannot be read stops nobody: it is reported, and as an empty one it lands in
 * quarantine. */
static gboolean
take_results (JkTool *tool, const char *folder, JkTable *table, JkReport *report, GError **error)
{
  g_autoptr (GPtrArray) names = jk_input_list (folder, ".jkresult", error);

  for (guint n = 0; names != NULL && n < names->len; n++) {
    const char *name = g_ptr_array_index (names, n);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) refusal = NULL;

    bytes = jk_storage_read (tool->world->storage, path, JK_RESULT_BYTES_MAX, &refusal);
    if (bytes == NULL) {
      jk_report_add_error (report, path, refusal);
      bytes = g_bytes_new_static ("", 0);
    }
    jk_table_take (table, name, bytes);
  }
  return names != NULL;
}

/* The releases of --release: each counts in the table. */
static GPtrArray *
load_releases (JkTool *tool,
               const ScoreOptions *options,
               const JkSession *session,
               const JkSecret *centre,
               GError **error)
{
  g_autoptr (GPtrArray) releases =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jk_release_free);

  for (guint n = 0; options->releases != NULL && options->releases[n] != NULL; n++) {
    const char *path = options->releases[n];
    g_autoptr (GBytes) bytes =
        jk_storage_read (tool->world->storage, path, JK_RELEASE_BYTES_MAX, error);
    JkRelease *release =
        bytes != NULL ? jk_release_open (path, bytes, session, centre, error) : NULL;
    if (release == NULL)
      return NULL;
    g_ptr_array_add (releases, release);
  }
  return g_steal_pointer (&releases);
}

/* A release for a result that is not here would be forgotten in silence. */
static void
report_idle_releases (const GPtrArray *releases, const JkTable *table, JkReport *report)
{
  for (guint n = 0; n < releases->len; n++) {
    const JkRelease *release = g_ptr_array_index (releases, n);
    const JkReleaseTerms *terms = jk_release_get_terms (release);
    g_autofree char *found = NULL;
    if (jk_table_has (table, &terms->result))
      continue;
    found = g_strdup_printf ("a release of a result of record %u, seal number %u, that is not here",
                             terms->record,
                             terms->seal_number);
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   jk_release_get_file (release),
                   NULL,
                   found,
                   "a release of a result that verifies",
                   "add the result to the folder");
  }
}

#define N_TARGETS 3

/* Where the tables go. */
typedef struct {
  /* Owned */
  char *paths[N_TARGETS];
} Targets;

static void
targets_clear (Targets *self)
{
  for (guint n = 0; n < N_TARGETS; n++)
    g_free (self->paths[n]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Targets, targets_clear)

static gboolean
check_targets (JkTool *tool, const char *folder, Targets *targets, GError **error)
{
  static const char *const names[N_TARGETS] = { "scores.csv", "quarantine.csv", "files.csv" };

  for (guint n = 0; n < N_TARGETS; n++) {
    targets->paths[n] = g_build_filename (folder, names[n], NULL);
    if (!jk_output_check_free (tool, targets->paths[n], error))
      return FALSE;
  }
  return TRUE;
}

/* All tables or none. */
static gboolean
write_tables (JkTool *tool, const Targets *targets, const JkTable *table, GError **error)
{
  char *(*const tables[N_TARGETS]) (const JkTable *) = { jk_table_dup_scores_csv,
                                                         jk_table_dup_quarantine_csv,
                                                         jk_table_dup_files_csv };

  for (guint n = 0; n < N_TARGETS; n++) {
    char *text = tables[n](table);
    g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
    if (jk_output_file (tool, targets->paths[n], 0600, bytes, error))
      continue;
    for (guint i = 0; i <= n; i++)
      jk_output_remove (tool, targets->paths[i]);
    return FALSE;
  }
  return TRUE;
}

static int
print (JkTool *tool, const Targets *targets, const JkTable *table, const JkReport *report)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  guint n_final = jk_table_get_n_final (table);
  gboolean is_clean = jk_table_get_n_quarantined (table) == 0 &&
                      jk_table_get_n_missing (table) == 0 && jk_report_get_n_faults (report) == 0;

  if (!tool->json)
    jk_output_report (tool, report);
  jk_facts_add_integer (facts, "scored", jk_table_get_n_scored (table));
  jk_facts_add_integer (facts, "absent", jk_table_get_n_absent (table));
  jk_facts_add_integer (facts, "quarantined", jk_table_get_n_quarantined (table));
  jk_facts_add_integer (facts, "final", n_final);
  jk_facts_add_integer (facts, "provisional", jk_table_get_n_scored (table) - n_final);
  jk_facts_add_integer (facts, "missing", jk_table_get_n_missing (table));
  jk_facts_add (facts, "scores", "%s", targets->paths[0]);
  jk_facts_add (facts, "quarantine", "%s", targets->paths[1]);
  jk_facts_add (facts, "files", "%s", targets->paths[2]);
  jk_facts_add_report (facts, report);
  jk_facts_print (facts, tool);
  return is_clean ? JK_EXIT_OK : JK_EXIT_FINDINGS;
}

static int
score (JkTool *tool,
       const ScoreOptions *options,
       const Targets *targets,
       const JkCentre *centre,
       const JkSecret *key)
{
  const JkSession *session = jk_centre_get_session (centre);
  g_autoptr (JkSheetMerge) sheets = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_autoptr (JkTable) table = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  sheets = jk_input_sheets (tool, (const char *const *) options->sheets, session, NULL, &error);
  if (sheets != NULL)
    releases = load_releases (tool, options, session, key, &error);
  if (releases == NULL)
    return jk_output_error (tool, NULL, error);
  table = jk_table_new (centre, sheets);
  for (guint n = 0; n < releases->len; n++)
    jk_table_add_release (table, g_ptr_array_index (releases, n));
  if (!take_results (tool, options->results, table, report, &error))
    return jk_output_error (tool, options->results, error);
  report_idle_releases (releases, table, report);
  jk_report_revoked_signers (sheets, JK_FINDING_FAULT, report);
  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !write_tables (tool, targets, table, &error))
    return jk_output_error (tool, options->out, error);
  return print (tool, targets, table, report);
}

static int
open_and_score (JkTool *tool, const ScoreOptions *options)
{
  g_auto (Targets) targets = { { NULL } };
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkKey) key = NULL;
  g_autoptr (JkCentre) centre = NULL;
  g_autoptr (GError) error = NULL;

  if (!check_targets (tool, options->out, &targets, &error))
    return jk_output_error (tool, options->out, error);
  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  key = jk_input_centre (tool, options->centre, options->secrets, &error);
  if (key != NULL)
    centre = jk_centre_open (tool->world,
                             session,
                             options->bank,
                             options->keys,
                             jk_key_get_secret (key),
                             &error);
  if (centre == NULL)
    return jk_output_error (tool, options->centre, error);
  return score (tool, options, &targets, centre, jk_key_get_secret (key));
}

int
jk_command_score (JkTool *tool, int argc, char **argv)
{
  g_auto (ScoreOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options.session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an amendment; each in its order",
      "FILE" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options.bank, "the session's .jkbank", "FILE" },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options.keys, "the bank's .jkkeys", "FILE" },
    { "centre", 0, 0, G_OPTION_ARG_FILENAME, &options.centre, "the centre's .jkkey", "FILE" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authorities,
      "pinned .jkpub files",
      "DIR" },
    { "results",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.results,
      "folder of .jkresult files",
      "DIR" },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sheets, "a closing sheet", "FILE" },
    { "release",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.releases,
      "what score release wrote",
      "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the tables", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  static const char *const needed[] = {
    "session", "bank", "keys", "centre", "authorities", "results", "out", NULL,
  };

  if (!jk_options_parse (tool, "score", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  if (!jk_options_require_all (tool, "score", entries, needed))
    return JK_EXIT_USAGE;
  return open_and_score (tool, &options);
}
