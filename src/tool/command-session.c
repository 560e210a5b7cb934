/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-session.c: session build, session show. */
#include "base/text.h"
#include "session/build.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

typedef struct {
  /* Owned */
  char *bank;
  char *authority;
  char **centres;
  char *out;
  char *secrets;
} BuildOptions;

static void
build_options_clear (BuildOptions *self)
{
  g_free (self->bank);
  g_free (self->authority);
  g_strfreev (self->centres);
  g_free (self->out);
  g_free (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BuildOptions, build_options_clear)

/* The office's bank, whole and unlocked. */
static JkBank *
open_library (JkTool *tool,
              const char *path,
              const JkInputOffice *office,
              JkSecret **out_library_key,
              GError **error)
{
  g_autoptr (JkSecret) library_key = NULL;
  g_autoptr (JkBank) library = NULL;

  library_key = jk_input_library_key (tool, path, office->passphrase, error);
  if (library_key == NULL)
    return NULL;
  library = jk_bank_open (tool->world->storage, path, jk_key_get_public (office->authority), error);
  if (library == NULL || !jk_bank_check_whole (library, error) ||
      !jk_bank_unlock (library, library_key, error))
    return NULL;
  *out_library_key = g_steal_pointer (&library_key);
  return g_steal_pointer (&library);
}

static int
show_built (JkTool *tool,
            const JkSessionSource *source,
            const char *folder,
            const char *const *written,
            const JkReport *report)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "session", "%s", jk_session_source_get_name (source));
  jk_facts_add_integer (facts, "build", jk_session_source_get_build_number (source));
  jk_facts_add (facts,
                "notice",
                "%s",
                jk_blueprint_get_notice (jk_session_source_get_blueprint (source)));
  jk_facts_add_integer (facts,
                        "candidates",
                        jk_roster_get_n (jk_session_source_get_roster (source)));
  if (jk_session_source_get_photos (source) != NULL)
    jk_facts_add_integer (facts,
                          "photos",
                          jk_photo_folder_get_n (jk_session_source_get_photos (source)));
  jk_facts_add (facts, "folder", "%s", folder);
  jk_facts_add_list (facts, "files", written);
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

static int
build (JkTool *tool,
       const JkSessionSource *source,
       const BuildOptions *options,
       const JkReport *report)
{
  g_auto (JkInputOffice) office = { NULL };
  g_autoptr (JkSecret) library_key = NULL;
  g_autoptr (JkBank) library = NULL;
  g_auto (GStrv) written = NULL;
  g_autoptr (GError) error = NULL;
  JkSessionInputs inputs;

  if (!jk_input_office (tool,
                        options->authority,
                        (const char *const *) options->centres,
                        options->secrets,
                        &office,
                        &error))
    return jk_output_error (tool, options->authority, error);
  library = open_library (tool, options->bank, &office, &library_key, &error);
  if (library == NULL)
    return jk_output_error (tool, options->bank, error);
  inputs = (JkSessionInputs){
    .source = source,
    .library = library,
    .library_key = library_key,
    .authority = jk_key_get_secret (office.authority),
    .passphrase = office.passphrase,
    .centres = office.centres,
    .n_centres = office.n_centres,
    .folder = options->out,
  };
  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !jk_session_build (&inputs, tool->world, &written, &error))
    return jk_output_error (tool, options->out, error);
  return show_built (tool, source, options->out, (const char *const *) written, report);
}

int
jk_command_session_build (JkTool *tool, int argc, char **argv)
{
  g_auto (BuildOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSessionSource) source = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "bank",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.bank,
      "the office's .jkbank; its .key beside it",
      "FILE" },
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
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the session's files", "DIR" },
    { "secrets",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.secrets,
      "authority-passphrase=...",
      "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "session build", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "session build", "bank", options.bank) ||
      !jk_options_require (tool, "session build", "authority", options.authority) ||
      !jk_options_require (tool, "session build", "out", options.out) ||
      !jk_options_require (tool,
                           "session build",
                           "centre",
                           options.centres != NULL ? options.centres[0] : NULL))
    return JK_EXIT_USAGE;
  source = jk_session_source_load (tool->world, files[0], report);
  exit_code = jk_output_faults (tool, report);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  return build (tool, source, &options, report);
}

static void
add_roles (JkFacts *facts, const JkSession *session)
{
  g_autoptr (GPtrArray) roles = g_ptr_array_new_with_free_func (g_free);

  for (guint n = 0; n < jk_session_get_n_roles (session); n++) {
    JkRoleName name = jk_session_get_role (session, n)->name;
    g_ptr_array_add (roles,
                     g_strconcat (jk_role_name_get (name),
                                  jk_session_is_role_revoked (session, name) ? " (revoked)" : "",
                                  NULL));
  }
  g_ptr_array_add (roles, NULL);
  jk_facts_add_list (facts, "roles", (const char *const *) roles->pdata);
}

static int
show (JkTool *tool, const JkSession *session)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (session);
  const JkBlueprint *blueprint = jk_session_get_blueprint (session);
  g_autofree char *digest = jk_text_hex (jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES);
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "session", "%s", jk_session_get_name (session));
  jk_facts_add (facts, "short-name", "%s", jk_session_get_short_name (session));
  jk_facts_add (facts, "hall", "%s", jk_session_get_hall (session));
  jk_facts_add (facts, "starts", "%s", jk_session_get_starts (session));
  jk_facts_add_integer (facts, "build", jk_session_get_build_number (session));
  jk_facts_add (facts, "rehearsal", "%s", jk_session_is_rehearsal (session) ? "yes (试考)" : "no");
  jk_facts_add (facts, "occupation", "%s", jk_excerpt_get_occupation (excerpt));
  jk_facts_add (facts, "level", "%s", jk_excerpt_get_level_name (excerpt));
  jk_facts_add (facts, "subject", "%s", jk_excerpt_get_subject (excerpt));
  jk_facts_add_integer (facts, "duration-min", jk_excerpt_get_duration_min (excerpt));
  jk_facts_add_integer (facts, "items", jk_blueprint_get_n_items (blueprint));
  jk_facts_add (facts, "notice", "%s", jk_blueprint_get_notice (blueprint));
  jk_facts_add_integer (facts, "records", jk_session_get_n_records (session));
  jk_facts_add_integer (facts, "photos", jk_session_get_n_photos (session));
  jk_facts_add_integer (facts, "amendment", jk_session_get_amendment_number (session));
  jk_facts_add_integer (facts,
                        "latest-entry-min",
                        jk_session_get_policy (session)->latest_entry_min);
  add_roles (facts, session);
  jk_facts_add_integer (facts, "start-codes", jk_session_get_n_start_codes (session));
  jk_facts_add (facts, "digest", "%s", digest);
  return jk_facts_print (facts, tool);
}

int
jk_command_session_show (JkTool *tool, int argc, char **argv)
{
  g_autofree char *authorities = NULL;
  g_auto (GStrv) amendments = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (JkSession) session = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &authorities, "pinned .jkpub files", "DIR" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &amendments,
      "an amendment; each in its order",
      "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "session show", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "session show", "authorities", authorities))
    return JK_EXIT_USAGE;
  session = jk_input_amended_session (tool,
                                      files[0],
                                      authorities,
                                      (const char *const *) amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, files[0], error);
  return show (tool, session);
}
