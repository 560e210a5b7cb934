/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-lint.c: session lint: a dry run of a session's files, hall by hall. */
#include "base/limits.h"
#include "session/error.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/lint.h"
#include "tool/options.h"
#include "tool/output.h"

#define THREADS_MAX 64
#define MOST_SHOWN 5
#define HUNDREDTHS 100
#define HALVES 2
#define US_PER_MS 1000

typedef struct {
  /* Owned */
  char *authorities;
  char *bank;
  char *office;
  char *roster;
  char *secrets;
  char **amendments;
  /* Plain */
  int threads;
} LintOptions;

static void
lint_options_clear (LintOptions *self)
{
  g_free (self->authorities);
  g_free (self->bank);
  g_free (self->office);
  g_free (self->roster);
  g_free (self->secrets);
  g_strfreev (self->amendments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LintOptions, lint_options_clear)

/* Everything that is read before any hall is. */
typedef struct {
  /* Owned */
  JkOffice *office;
  JkSessionSource *source; /* NULL: the roster was given alone */
  JkRoster *alone;
  GPtrArray *sessions; /* of JkSession */
  /* Borrowed */
  const JkRoster *roster;
} Files;

static void
files_clear (Files *self)
{
  jk_office_free (self->office);
  jk_session_source_free (self->source);
  jk_roster_free (self->alone);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static void
free_session (gpointer session)
{
  jk_session_free (session);
}

static JkOffice *
open_office (JkTool *tool, const LintOptions *options, GError **error)
{
  g_autoptr (JkSecrets) secrets = jk_secrets_load (options->secrets, error);
  g_autoptr (JkSecret) passphrase = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (secrets == NULL)
    return NULL;
  passphrase =
      jk_secrets_dup (secrets, "authority-passphrase", "Passphrase of the office file", error);
  if (passphrase == NULL)
    return NULL;
  bytes = jk_storage_read (tool->world->storage, options->office, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return NULL;
  return jk_office_open (options->office, bytes, passphrase, tool->world->costs->passphrase, error);
}

/* Each goes to its hall; one that has none here would be forgotten in silence. */
static gboolean
amend_sessions (JkTool *tool,
                const char *const *amendments,
                const GPtrArray *sessions,
                const char **out_path,
                GError **error)
{
  guint n_amendments = amendments != NULL ? g_strv_length ((char **) amendments) : 0;
  g_autofree gboolean *taken = g_new0 (gboolean, n_amendments);

  for (guint n = 0; n < sessions->len; n++) {
    JkSession *session = g_ptr_array_index (sessions, n);
    *out_path = jk_session_get_file (session);
    if (!jk_input_amend_hall (tool, session, amendments, taken, error))
      return FALSE;
  }
  for (guint n = 0; n < n_amendments; n++) {
    if (taken[n])
      continue;
    *out_path = amendments[n];
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_AMENDMENT,
                 "%s: the amendment is for none of the %u session files given; expected one of "
                 "their halls; give its .jksession too, or leave it out.",
                 amendments[n],
                 sessions->len);
    return FALSE;
  }
  return TRUE;
}

static gboolean
open_sessions (JkTool *tool,
               const LintOptions *options,
               const char *const *paths,
               Files *files,
               const char **out_path,
               GError **error)
{
  files->sessions = g_ptr_array_new_with_free_func (free_session);
  for (guint n = 0; paths[n] != NULL; n++) {
    JkSession *session = jk_input_session (tool, paths[n], options->authorities, error);
    if (session == NULL) {
      *out_path = paths[n];
      return FALSE;
    }
    g_ptr_array_add (files->sessions, session);
  }
  return amend_sessions (tool,
                         (const char *const *) options->amendments,
                         files->sessions,
                         out_path,
                         error);
}

/* session.ini with all it names, or a table alone; its own faults are counted, not listed, because
 * they may quote people. Returns an exit code. */
static int
load_roster (JkTool *tool, const LintOptions *options, Files *files)
{
  gboolean is_ini = g_str_has_suffix (options->roster, ".ini");
  g_autoptr (JkReport) own = jk_report_new ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const JkSession *first = g_ptr_array_index (files->sessions, 0);

  if (is_ini) {
    files->source = jk_session_source_load (tool->world, options->roster, own);
    if (files->source != NULL)
      files->roster = jk_session_source_get_roster (files->source);
  } else {
    bytes = jk_storage_read (tool->world->storage, options->roster, JK_TEXT_FILE_BYTES_MAX, &error);
    if (bytes == NULL)
      return jk_output_error (tool, options->roster, error);
    files->alone = jk_roster_parse (options->roster,
                                    bytes,
                                    NULL,
                                    0,
                                    jk_excerpt_get_date (jk_session_get_excerpt (first)),
                                    0,
                                    own);
    files->roster = files->alone;
  }
  if (files->roster != NULL && jk_report_get_n_faults (own) == 0)
    return JK_EXIT_OK;
  g_autofree char *found = g_strdup_printf ("%u faults", jk_report_get_n_faults (own));
  jk_report_add (report,
                 JK_FINDING_FAULT,
                 options->roster,
                 "",
                 found,
                 "a roster without faults",
                 is_ini ? "see them with session build" : "see them with roster check");
  return jk_output_report (tool, report);
}

static void
print_hall (JkTool *tool, const JkSession *session, const JkLintHall *hall)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "file", "%s", jk_session_get_file (session));
  jk_facts_add (facts, "session", "%s", jk_session_get_name (session));
  jk_facts_add (facts, "short-name", "%s", jk_session_get_short_name (session));
  jk_facts_add (facts, "hall", "%s", jk_session_get_hall (session));
  jk_facts_add (facts, "starts", "%s", jk_session_get_starts (session));
  jk_facts_add_integer (facts, "build", jk_session_get_build_number (session));
  jk_facts_add_integer (facts, "amendment", jk_session_get_amendment_number (session));
  jk_facts_add_integer (facts, "candidates", hall->n_candidates);
  jk_facts_add_integer (facts, "logged-in", hall->n_logged_in);
  jk_facts_add_integer (facts, "records", hall->n_records);
  jk_facts_add_integer (facts, "spare-records", hall->n_spares);
  jk_facts_add_integer (facts, "records-of-nobody", hall->n_unowned);
  jk_facts_add_integer (facts, "papers-opened", hall->n_papers);
  jk_facts_add_integer (facts, "photos", hall->n_photos);
  jk_facts_add (facts,
                "notice",
                "%s",
                jk_blueprint_get_notice (jk_session_get_blueprint (session)));
  jk_facts_print (facts, tool);
}

/* name-mean, name-most, name-most-records. */
static void
add_overlap (JkFacts *facts, const char *name, const JkLint *lint, const JkOverlap *overlap)
{
  g_autofree char *mean = g_strconcat (name, "-mean", NULL);
  g_autofree char *most = g_strconcat (name, "-most", NULL);
  g_autofree char *records = g_strconcat (most, "-records", NULL);

  if (overlap->n_pairs == 0)
    return;
  jk_facts_add (facts, mean, "%.1f", (double) overlap->shared / (double) overlap->n_pairs);
  jk_facts_add_integer (facts, most, overlap->max);
  jk_facts_add (facts,
                records,
                "%s %s",
                jk_lint_get_label (lint, overlap->first),
                jk_lint_get_label (lint, overlap->second));
}

/* name-mean, name-min, name-max, of n papers, in units of 1/scale. */
static void
add_spread (JkFacts *facts, const char *name, const JkSpread *spread, guint n, guint scale)
{
  g_autofree char *mean = g_strconcat (name, "-mean", NULL);
  g_autofree char *min = g_strconcat (name, "-min", NULL);
  g_autofree char *max = g_strconcat (name, "-max", NULL);

  jk_facts_add (facts, mean, "%.2f", (double) spread->sum / n / scale);
  jk_facts_add (facts, min, "%.2f", (double) spread->min / scale);
  jk_facts_add (facts, max, "%.2f", (double) spread->max / scale);
}

static void
add_usage (JkFacts *facts, const JkLint *lint)
{
  const JkExposure *exposure = jk_lint_get_exposure (lint);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  guint32 most[MOST_SHOWN];
  guint n = jk_exposure_list_most (exposure, most, MOST_SHOWN);
  JkUsage usage;

  jk_exposure_measure_usage (exposure, &usage);
  jk_facts_add_integer (facts, "items", usage.n_items);
  jk_facts_add_integer (facts, "items-never-drawn", usage.n_never);
  jk_facts_add_integer (facts, "items-in-every-paper", usage.n_always);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (shown,
                     g_strdup_printf ("%s in %u papers",
                                      jk_lint_items_get_id (jk_lint_get_items (lint), most[i]),
                                      jk_exposure_count (exposure, most[i])));
  g_ptr_array_add (shown, NULL);
  jk_facts_add_list (facts, "most-drawn", (const char *const *) shown->pdata);
}

static void
add_difficulty (JkFacts *facts, const JkExposure *exposure)
{
  guint n = jk_exposure_get_n (exposure);
  JkSpread spread;

  jk_exposure_measure_difficulty (exposure, &spread);
  add_spread (facts, "difficulty", &spread, n, HUNDREDTHS);
  for (guint grade = 1; grade <= JK_DIFFICULTY_MAX; grade++) {
    g_autofree char *name = g_strdup_printf ("points-of-grade-%u", grade);
    jk_exposure_measure_grade (exposure, grade, &spread);
    add_spread (facts, name, &spread, n, HALVES);
  }
}

static int
print_all (JkTool *tool, const JkLint *lint, const JkReport *report, gint64 elapsed_ms)
{
  const JkExposure *exposure = jk_lint_get_exposure (lint);
  g_autoptr (JkFacts) facts = jk_facts_new ();

  if (!tool->json)
    jk_output_report (tool, report);
  jk_facts_add_integer (facts, "papers", exposure != NULL ? jk_exposure_get_n (exposure) : 0);
  if (exposure != NULL && jk_exposure_get_n (exposure) > 0) {
    JkOverlap all, neighbours;
    jk_exposure_measure_overlap (exposure, &all);
    jk_exposure_measure_neighbours (exposure, &neighbours);
    add_overlap (facts, "shared", lint, &all);
    add_overlap (facts, "shared-by-neighbours", lint, &neighbours);
    add_usage (facts, lint);
    add_difficulty (facts, exposure);
    jk_facts_add_integer (facts,
                          "pictures",
                          jk_lint_items_get_n_pictures (jk_lint_get_items (lint)));
  }
  jk_facts_add_integer (facts, "disk-per-seat-bytes", (gint64) jk_lint_get_seat_bytes (lint));
  jk_facts_add_integer (facts, "faults", jk_report_get_n_faults (report));
  jk_facts_add_integer (facts, "elapsed-ms", elapsed_ms);
  jk_facts_add_report (facts, report);
  jk_facts_print (facts, tool);
  return jk_report_get_n_faults (report) > 0 ? JK_EXIT_FINDINGS : JK_EXIT_OK;
}

static int
lint_files (JkTool *tool, const LintOptions *options, const Files *files)
{
  const JkClock *clock = tool->world->clock;
  gint64 begun_us = clock->monotonic_us (clock);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;
  const JkLintInputs inputs = {
    .world = tool->world,
    .office = files->office,
    .roster = files->roster,
    .source = files->source,
    .roster_file = options->roster,
    .bank_file = options->bank,
    .report = report,
    .n_threads = options->threads > 0 ? (guint) options->threads : g_get_num_processors (),
  };
  g_autoptr (JkLint) lint = jk_lint_new (&inputs);

  for (guint n = 0; n < files->sessions->len; n++) {
    const JkSession *session = g_ptr_array_index (files->sessions, n);
    JkLintHall hall;
    if (!jk_lint_take (lint, session, &hall, &error))
      return jk_output_error (tool, options->bank, error);
    print_hall (tool, session, &hall);
  }
  jk_lint_finish (lint);
  return print_all (tool, lint, report, (clock->monotonic_us (clock) - begun_us) / US_PER_MS);
}

static int
lint (JkTool *tool, const LintOptions *options, const char *const *paths)
{
  g_auto (Files) files = { NULL };
  g_autoptr (GError) error = NULL;
  const char *path = NULL;
  int exit_code;

  files.office = open_office (tool, options, &error);
  if (files.office == NULL)
    return jk_output_error (tool, options->office, error);
  if (!open_sessions (tool, options, paths, &files, &path, &error))
    return jk_output_error (tool, path, error);
  exit_code = load_roster (tool, options, &files);
  return exit_code == JK_EXIT_OK ? lint_files (tool, options, &files) : exit_code;
}

int
jk_command_session_lint (JkTool *tool, int argc, char **argv)
{
  g_auto (LintOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an amendment; each in its order",
      "FILE" },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options.authorities, "pinned .jkpub", "DIR" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options.bank, "the session's .jkbank", "FILE" },
    { "office", 0, 0, G_OPTION_ARG_FILENAME, &options.office, "the session's .office", "FILE" },
    { "roster", 0, 0, G_OPTION_ARG_FILENAME, &options.roster, "roster or session.ini", "FILE" },
    { "secrets",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.secrets,
      "authority-passphrase=...",
      "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.threads, "log in on so many; all", "N" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "session lint", entries, argc, argv, -1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "session lint", "authorities", options.authorities) ||
      !jk_options_require (tool, "session lint", "bank", options.bank) ||
      !jk_options_require (tool, "session lint", "office", options.office) ||
      !jk_options_require (tool, "session lint", "roster", options.roster))
    return JK_EXIT_USAGE;
  if (files[0] == NULL || g_strv_length (files) > JK_HALLS_MAX)
    return jk_output_usage (tool, "session lint needs 1 to %u .jksession files", JK_HALLS_MAX);
  if (options.threads < 0 || options.threads > THREADS_MAX)
    return jk_output_usage (tool, "session lint takes --threads from 1 to %d", THREADS_MAX);
  return lint (tool, &options, (const char *const *) files);
}
