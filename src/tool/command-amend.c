/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-amend.c: session amend. */
#include "session/build-amend.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *bank;
  char *office;
  char *authority;
  char *authorities;
  char *out;
  char *secrets;
} AmendOptions;

static void
amend_options_clear (AmendOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->bank);
  g_free (self->office);
  g_free (self->authority);
  g_free (self->authorities);
  g_free (self->out);
  g_free (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AmendOptions, amend_options_clear)

static int
show_made (JkTool *tool,
           const JkSession *session,
           const JkAmendSource *source,
           const char *folder,
           const char *const *written,
           const JkReport *report)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "session", "%s", jk_session_get_name (session));
  jk_facts_add (facts, "hall", "%s", jk_session_get_hall (session));
  jk_facts_add_integer (facts, "amendment", jk_amend_source_get_number (source));
  jk_facts_add (facts, "folder", "%s", folder);
  jk_facts_add_list (facts, "files", written);
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

/* The faults that came with an error tell more than it does. */
static int
refuse (JkTool *tool, const char *folder, const JkReport *report, const GError *error)
{
  if (jk_report_get_n_faults (report) > 0)
    return jk_output_report (tool, report);
  return jk_output_error (tool, folder, error);
}

static int
make (JkTool *tool,
      const AmendOptions *options,
      const JkSession *session,
      const JkAmendSource *source,
      JkReport *report)
{
  static const char *const no_centres[] = { NULL };
  g_auto (JkInputOffice) office = { NULL };
  g_auto (GStrv) written = NULL;
  g_autoptr (GError) error = NULL;
  JkAmendInputs inputs;

  if (!jk_input_office (tool, options->authority, no_centres, options->secrets, &office, &error))
    return jk_output_error (tool, options->authority, error);
  inputs = (JkAmendInputs){
    .source = source,
    .session = session,
    .bank_path = options->bank,
    .office_path = options->office,
    .authority = jk_key_get_secret (office.authority),
    .passphrase = office.passphrase,
    .folder = options->out,
  };
  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !jk_amend_build (&inputs, tool->world, report, &written, &error))
    return refuse (tool, options->out, report, error);
  return show_made (tool, session, source, options->out, (const char *const *) written, report);
}

static int
amend (JkTool *tool, const AmendOptions *options, const char *ini)
{
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkAmendSource) source = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  source = jk_amend_source_load (tool->world,
                                 ini,
                                 jk_starts_get_day (jk_session_get_starts (session)),
                                 report);
  exit_code = jk_output_faults (tool, report);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  return make (tool, options, session, source, report);
}

int
jk_command_session_amend (JkTool *tool, int argc, char **argv)
{
  g_auto (AmendOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options.session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an earlier amendment; each in its order",
      "FILE" },
    { "office", 0, 0, G_OPTION_ARG_FILENAME, &options.office, "the session's .office", "FILE" },
    { "bank",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.bank,
      "the session's .jkbank, when people are added",
      "FILE" },
    { "authority",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authority,
      "the authority's .jkkey",
      "FILE" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authorities,
      "pinned .jkpub files",
      "DIR" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the amendment", "DIR" },
    { "secrets",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.secrets,
      "authority-passphrase=...",
      "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  static const char *const needed[] = {
    "session", "office", "authority", "authorities", "out", NULL,
  };

  if (!jk_options_parse (tool, "session amend", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require_all (tool, "session amend", entries, needed))
    return JK_EXIT_USAGE;
  return amend (tool, &options, files[0]);
}
