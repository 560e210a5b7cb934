/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-score.c: score: every result of a hall into scores.csv and quarantine.csv. */
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

/* Where the two tables go. */
typedef struct {
  /* Owned */
  char *scores;
  char *quarantine;
} Targets;

static void
targets_clear (Targets *self)
{
  g_free (self->scores);
  g_free (self->quarantine);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Targets, targets_clear)

/* Takes text. */
static gboolean
write_csv (JkTool *tool, const char *path, char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return jk_output_file (tool, path, 0600, bytes, error);
}

/* Both tables or none. */
static gboolean
write_tables (JkTool *tool, const Targets *targets, const JkTable *table, GError **error)
{
  if (write_csv (tool, targets->scores, jk_table_dup_scores_csv (table), error) &&
      write_csv (tool, targets->quarantine, jk_table_dup_quarantine_csv (table), error))
    return TRUE;
  jk_output_remove (tool, targets->scores);
  jk_output_remove (tool, targets->quarantine);
  return FALSE;
}

static int
score (JkTool *tool, const ScoreOptions *options, const Targets *targets, const JkCentre *centre)
{
  g_autoptr (JkTable) table = jk_table_new (centre);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GError) error = NULL;

  if (!take_results (tool, options->results, table, report, &error))
    return jk_output_error (tool, options->results, error);
  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !write_tables (tool, targets, table, &error))
    return jk_output_error (tool, options->out, error);
  if (!tool->json)
    jk_output_report (tool, report);
  jk_facts_add_integer (facts, "scored", jk_table_get_n_scored (table));
  jk_facts_add_integer (facts, "absent", jk_table_get_n_absent (table));
  jk_facts_add_integer (facts, "quarantined", jk_table_get_n_quarantined (table));
  jk_facts_add (facts, "scores", "%s", targets->scores);
  jk_facts_add (facts, "quarantine", "%s", targets->quarantine);
  jk_facts_add_report (facts, report);
  jk_facts_print (facts, tool);
  return jk_table_get_n_quarantined (table) > 0 ? JK_EXIT_FINDINGS : JK_EXIT_OK;
}

static int
open_and_score (JkTool *tool, const ScoreOptions *options)
{
  g_auto (Targets) targets = { g_build_filename (options->out, "scores.csv", NULL),
                               g_build_filename (options->out, "quarantine.csv", NULL) };
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkKey) key = NULL;
  g_autoptr (JkCentre) centre = NULL;
  g_autoptr (GError) error = NULL;

  if (!jk_output_check_free (tool, targets.scores, &error) ||
      !jk_output_check_free (tool, targets.quarantine, &error))
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
  return score (tool, options, &targets, centre);
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
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the tables", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  const struct {
    const char *name;
    char *const *value;
  } needed[] = {
    { "session", &options.session },
    { "bank", &options.bank },
    { "keys", &options.keys },
    { "centre", &options.centre },
    { "authorities", &options.authorities },
    { "results", &options.results },
    { "out", &options.out },
  };

  if (!jk_options_parse (tool, "score", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  for (guint n = 0; n < G_N_ELEMENTS (needed); n++) {
    if (!jk_options_require (tool, "score", needed[n].name, *needed[n].value))
      return JK_EXIT_USAGE;
  }
  return open_and_score (tool, &options);
}
