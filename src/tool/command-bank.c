/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-bank.c: bank check, bank build, bank show. */
#include "bank/build.h"
#include "bank/survey.h"
#include "base/text.h"
#include "crypto/lockbox.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#define KEY_PLACES 4 /* A to D, and as many more as are used */

static void
add_source (JkFacts *facts, const JkSource *source, const JkSurvey *survey)
{
  jk_facts_add (facts, "name", "%s", jk_source_get_name (source));
  jk_facts_add (facts, "notice", "%s", jk_source_get_notice (source));
  jk_facts_add_integer (facts, "sections", survey->n_sections);
  jk_facts_add_integer (facts, "elements", survey->n_elements);
  jk_facts_add_integer (facts, "items", survey->n_items);
  jk_facts_add_integer (facts, "single", survey->n_of_type[JK_ITEM_SINGLE - 1]);
  jk_facts_add_integer (facts, "multiple", survey->n_of_type[JK_ITEM_MULTIPLE - 1]);
  jk_facts_add_integer (facts, "judge", survey->n_of_type[JK_ITEM_JUDGE - 1]);
}

/* Items as the cells of a blueprint are written: single/multiple/judge. */
static void
add_cells (JkFacts *facts, const JkSource *source, const JkSurvey *survey)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint n = 0; n < survey->n_sections; n++) {
    const guint *counts = survey->sections[n].n;
    g_ptr_array_add (cells,
                     g_strdup_printf ("%s %u/%u/%u",
                                      jk_source_get_section (source, n)->code,
                                      counts[JK_ITEM_SINGLE - 1],
                                      counts[JK_ITEM_MULTIPLE - 1],
                                      counts[JK_ITEM_JUDGE - 1]));
  }
  g_ptr_array_add (cells, NULL);
  jk_facts_add_list (facts, "cell", (const char *const *) cells->pdata);
}

/* Shares of whole in per cent, between strokes; nothing when there is no whole. */
static void
add_shares (JkFacts *facts, const char *name, const guint *parts, guint n_parts, guint whole)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (whole == 0)
    return;
  for (guint n = 0; n < n_parts; n++)
    g_string_append_printf (text, "%s%.1f", n > 0 ? "/" : "", 100.0 * parts[n] / whole);
  jk_facts_add (facts, name, "%s", text->str);
}

/* Of all items, and of each type: a paper has the blueprint's mix within each. */
static void
add_difficulty (JkFacts *facts, const JkSurvey *survey)
{
  guint all[JK_DIFFICULTY_MAX] = { 0 };

  for (guint type = 0; type < JK_ITEM_TYPES; type++)
    for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++)
      all[grade] += survey->grades[type][grade];
  add_shares (facts, "difficulty-percent", all, JK_DIFFICULTY_MAX, survey->n_items);
  for (guint type = 0; type < JK_ITEM_TYPES; type++) {
    g_autofree char *name = g_strdup_printf ("difficulty-percent-of-%s",
                                             jk_item_type_get_name ((JkItemType) (type + 1)));
    add_shares (facts, name, survey->grades[type], JK_DIFFICULTY_MAX, survey->n_of_type[type]);
  }
}

static void
add_survey (JkFacts *facts, const JkSurvey *survey)
{
  const guint *n_of_type = survey->n_of_type;
  guint n_places = KEY_PLACES;

  for (guint n = n_places; n < JK_OPTIONS_MAX; n++)
    if (survey->keys[n] > 0)
      n_places = n + 1;
  add_difficulty (facts, survey);
  add_shares (facts, "key-percent", survey->keys, n_places, n_of_type[JK_ITEM_SINGLE - 1]);
  add_shares (facts, "true-percent", &survey->n_true, 1, n_of_type[JK_ITEM_JUDGE - 1]);
  add_shares (facts,
              "rights-percent",
              survey->rights,
              G_N_ELEMENTS (survey->rights),
              n_of_type[JK_ITEM_MULTIPLE - 1]);
  add_shares (facts,
              "importance-percent",
              survey->importance,
              G_N_ELEMENTS (survey->importance),
              survey->n_elements);
  jk_facts_add (facts,
                "items-per-element-mean",
                "%.1f",
                (double) survey->n_items / survey->n_elements);
  jk_facts_add_integer (facts, "items-per-element-min", survey->element_least);
  jk_facts_add_integer (facts, "items-per-element-max", survey->element_most);
}

/* Of a source without faults. */
static int
survey (JkTool *tool, const JkSource *source, const char *file, JkReport *report)
{
  g_autoptr (JkSurvey) counts = jk_survey_new (source);
  g_autoptr (JkFacts) facts = jk_facts_new ();
  guint n_like;

  jk_survey_report (counts, file, report);
  n_like = jk_survey_report_like (source, file, report);
  jk_output_faults (tool, report);
  add_source (facts, source, counts);
  add_cells (facts, source, counts);
  add_survey (facts, counts);
  jk_facts_add_integer (facts, "like-pairs", n_like);
  jk_facts_add_integer (facts, "notices", jk_report_get_n (report));
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

int
jk_command_bank_check (JkTool *tool, int argc, char **argv)
{
  g_auto (GStrv) files = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source = NULL;
  const GOptionEntry entries[] = { { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL } };
  int exit_code;

  if (!jk_options_parse (tool, "bank check", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  source = jk_source_load (tool->world->storage, files[0], report);
  if (jk_report_get_n_faults (report) > 0)
    return jk_output_faults (tool, report);
  return survey (tool, source, files[0], report);
}

typedef struct {
  /* Owned */
  char *authority;
  char **centres;
  char *out;
  char *secrets;
  char *version;
} BuildOptions;

static void
build_options_clear (BuildOptions *self)
{
  g_free (self->authority);
  g_strfreev (self->centres);
  g_free (self->out);
  g_free (self->secrets);
  g_free (self->version);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BuildOptions, build_options_clear)

/* The three files of a bank. */
typedef struct {
  /* Owned */
  char *bank;
  char *keys;
  char *library_key;
} Targets;

static void
targets_clear (Targets *self)
{
  g_free (self->bank);
  g_free (self->keys);
  g_free (self->library_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Targets, targets_clear)

/* The library key is written last: a bank whose key is not there yet opens for nobody. */
static gboolean
write_library_key (JkTool *tool,
                   const char *path,
                   const JkSecret *library_key,
                   const JkSecret *passphrase,
                   GError **error)
{
  g_autoptr (GBytes) locked = jk_lockbox_close (passphrase,
                                                JK_LIBRARY_KEY_PURPOSE,
                                                library_key,
                                                tool->world->costs->passphrase,
                                                tool->world->random,
                                                "tool: library key",
                                                0,
                                                error);

  return locked != NULL && jk_output_file (tool, path, 0600, locked, error);
}

static gboolean
write_bank (JkTool *tool,
            const JkSource *source,
            const char *version,
            const JkInputOffice *office,
            const Targets *targets,
            GError **error)
{
  g_autoptr (JkSecret) library_key = NULL;

  if (jk_bank_build (source,
                     tool->world,
                     jk_key_get_secret (office->authority),
                     office->centres,
                     office->n_centres,
                     version,
                     targets->bank,
                     targets->keys,
                     &library_key,
                     error) &&
      write_library_key (tool, targets->library_key, library_key, office->passphrase, error))
    return TRUE;
  jk_output_remove (tool, targets->bank);
  jk_output_remove (tool, targets->keys);
  jk_output_remove (tool, targets->library_key);
  return FALSE;
}

static int
build (JkTool *tool, const JkSource *source, const BuildOptions *options, const JkReport *report)
{
  g_auto (JkInputOffice) office = { NULL };
  g_auto (Targets) targets = { g_strconcat (options->out, ".jkbank", NULL),
                               g_strconcat (options->out, ".jkkeys", NULL),
                               g_strconcat (options->out, ".jkbank.key", NULL) };
  g_autoptr (JkSurvey) counts = jk_survey_new (source);
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GError) error = NULL;
  const char *version = options->version != NULL ? options->version : "1";

  if (!jk_output_check_free (tool, targets.bank, &error) ||
      !jk_output_check_free (tool, targets.keys, &error) ||
      !jk_output_check_free (tool, targets.library_key, &error) ||
      !jk_input_office (tool,
                        options->authority,
                        (const char *const *) options->centres,
                        options->secrets,
                        &office,
                        &error) ||
      !write_bank (tool, source, version, &office, &targets, &error))
    return jk_output_error (tool, options->out, error);
  add_source (facts, source, counts);
  jk_facts_add (facts, "version", "%s", version);
  jk_facts_add (facts, "bank", "%s", targets.bank);
  jk_facts_add (facts, "answer-keys", "%s", targets.keys);
  jk_facts_add (facts, "library-key", "%s", targets.library_key);
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

int
jk_command_bank_build (JkTool *tool, int argc, char **argv)
{
  g_auto (BuildOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "authority",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authority,
      "the authority's .jkkey",
      "FILE" },
    { "centre",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.centres,
      "a centre's .jkpub; 1 to 3",
      "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "files to write, without ending", "NAME" },
    { "secrets",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.secrets,
      "authority-passphrase=...",
      "FILE" },
    { "bank-version",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.version,
      "version of the keys; 1",
      "TEXT" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "bank build", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "bank build", "authority", options.authority) ||
      !jk_options_require (tool, "bank build", "out", options.out) ||
      !jk_options_require (tool,
                           "bank build",
                           "centre",
                           options.centres != NULL ? options.centres[0] : NULL))
    return JK_EXIT_USAGE;
  if (options.version != NULL && !jk_key_check_name (options.version))
    return jk_output_usage (tool, "--bank-version is no text that can be printed");
  source = jk_source_load (tool->world->storage, files[0], report);
  exit_code = jk_output_faults (tool, report);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  return build (tool, source, &options, report);
}

/* The signer is not known beforehand: any pinned authority will do. */
static JkBank *
open_bank (JkTool *tool,
           const char *path,
           const char *authorities,
           gboolean *out_rehearsals_only,
           GError **error)
{
  const JkStorage *storage = tool->world->storage;
  g_autoptr (JkEnvelope) envelope = NULL;
  g_autoptr (JkBank) bank = NULL;
  const guint8 *signer;

  envelope = jk_envelope_open (storage, path, JK_KIND_BANK, "(sayu)", NULL, error);
  if (envelope == NULL)
    return NULL;
  signer = jk_envelope_get_signer (envelope);
  if (!jk_input_check_signer (tool, path, signer, authorities, out_rehearsals_only, error))
    return NULL;
  bank = jk_bank_open (storage, path, signer, error);
  if (bank == NULL || !jk_bank_check_whole (bank, error))
    return NULL;
  return g_steal_pointer (&bank);
}

int
jk_command_bank_show (JkTool *tool, int argc, char **argv)
{
  g_autofree char *authorities = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  gboolean rehearsals_only;
  int exit_code;
  const GOptionEntry entries[] = {
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &authorities, "pinned .jkpub files", "DIR" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "bank show", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "bank show", "authorities", authorities))
    return JK_EXIT_USAGE;
  bank = open_bank (tool, files[0], authorities, &rehearsals_only, &error);
  if (bank == NULL)
    return jk_output_error (tool, files[0], error);
  digest = jk_text_hex (jk_bank_get_digest (bank)->bytes, JK_DIGEST_BYTES);
  jk_facts_add (facts, "scope", "%s", jk_bank_is_library (bank) ? "library" : "session");
  jk_facts_add (facts, "signer", "%s", rehearsals_only ? "pinned for rehearsals" : "pinned");
  jk_facts_add_integer (facts, "items", jk_bank_get_n_items (bank));
  jk_facts_add (facts, "digest", "%s", digest);
  return jk_facts_print (facts, tool);
}
