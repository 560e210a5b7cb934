/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-bank.c: bank check, bank build, bank show. */
#include "bank/build.h"
#include "base/text.h"
#include "crypto/lockbox.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

static void
add_source (JkFacts *facts, const JkSource *source)
{
  guint counts[JK_ITEM_TYPES + 1] = { 0 };

  for (guint32 n = 0; n < jk_source_get_n_items (source); n++)
    counts[jk_source_get_item (source, n)->type]++;
  jk_facts_add (facts, "name", "%s", jk_source_get_name (source));
  jk_facts_add (facts, "notice", "%s", jk_source_get_notice (source));
  jk_facts_add_integer (facts, "sections", jk_source_get_n_sections (source));
  jk_facts_add_integer (facts, "elements", jk_source_get_n_elements (source));
  jk_facts_add_integer (facts, "items", jk_source_get_n_items (source));
  jk_facts_add_integer (facts, "single", counts[JK_ITEM_SINGLE]);
  jk_facts_add_integer (facts, "multiple", counts[JK_ITEM_MULTIPLE]);
  jk_facts_add_integer (facts, "judge", counts[JK_ITEM_JUDGE]);
}

int
jk_command_bank_check (JkTool *tool, int argc, char **argv)
{
  g_auto (GStrv) files = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source = NULL;
  g_autoptr (JkFacts) facts = jk_facts_new ();
  const GOptionEntry entries[] = { { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL } };
  int exit_code;

  if (!jk_options_parse (tool, "bank check", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  source = jk_source_load (tool->world->storage, files[0], report);
  exit_code = jk_output_report (tool, report);
  if (exit_code != JK_EXIT_OK || tool->json)
    return exit_code;
  add_source (facts, source);
  return jk_facts_print (facts, tool);
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
  add_source (facts, source);
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
