/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-score-release.c: score release: two people let a result count that no sheet names.
 */
#include "base/limits.h"
#include "result/result.h"
#include "score/release.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *authorities;
  char *centre;
  char **by;
  char *reason;
  char *out;
  char *secrets;
} ReleaseOptions;

static void
release_options_clear (ReleaseOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->authorities);
  g_free (self->centre);
  g_strfreev (self->by);
  g_free (self->reason);
  g_free (self->out);
  g_free (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReleaseOptions, release_options_clear)

static int
write_release (JkTool *tool,
               const ReleaseOptions *options,
               const JkReleaseTerms *terms,
               const JkSession *session,
               const JkSecret *centre)
{
  g_autofree char *name = jk_release_dup_file_name (terms, session);
  g_autofree char *path = g_build_filename (options->out, name, NULL);
  g_autoptr (GBytes) bytes = jk_release_write (terms, session, centre);
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GError) error = NULL;

  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !jk_output_file (tool, path, 0600, bytes, &error))
    return jk_output_error (tool, path, error);
  jk_facts_add (facts, "release", "%s", path);
  jk_facts_add_integer (facts, "record", terms->record);
  jk_facts_add_integer (facts, "seal", terms->seal_number);
  return jk_facts_print (facts, tool);
}

/* Only what verifies is released; marking it needs no release. */
static int
release (JkTool *tool, const ReleaseOptions *options, JkReleaseTerms *terms, const char *path)
{
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkKey) centre = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  centre = jk_input_centre (tool, options->centre, options->secrets, &error);
  if (centre == NULL)
    return jk_output_error (tool, options->centre, error);
  bytes = jk_storage_read (tool->world->storage, path, JK_RESULT_BYTES_MAX, &error);
  if (bytes != NULL)
    result = jk_result_open (path, bytes, session, jk_key_get_secret (centre), NULL, &error);
  if (result == NULL)
    return jk_output_error (tool, path, error);
  terms->result = *jk_result_get_digest (result);
  terms->record = jk_result_get_record (result);
  terms->seal_number = jk_result_get_seal_number (result);
  return write_release (tool, options, terms, session, jk_key_get_secret (centre));
}

static int
check_and_release (JkTool *tool, const ReleaseOptions *options, const char *path)
{
  g_autoptr (GError) error = NULL;
  JkReleaseTerms terms = { .reason = options->reason };

  if (options->by == NULL || g_strv_length (options->by) != 2)
    return jk_output_usage (tool, "score release needs --by twice, once for each of two people");
  terms.first = options->by[0];
  terms.second = options->by[1];
  if (!jk_release_check_people (&terms, &error))
    return jk_output_usage (tool, "score release: %s", error->message);
  return release (tool, options, &terms, path);
}

int
jk_command_score_release (JkTool *tool, int argc, char **argv)
{
  g_auto (ReleaseOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  int exit_code;
  /* Names and reason as bytes, so that they do not depend on the locale. */
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options.session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an amendment; each in its order",
      "FILE" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authorities,
      "pinned .jkpub files",
      "DIR" },
    { "centre", 0, 0, G_OPTION_ARG_FILENAME, &options.centre, "the centre's .jkkey", "FILE" },
    { "by", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.by, "who releases it; twice", "NAME" },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options.reason, "why", "TEXT" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the release", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "score release", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "score release", "session", options.session) ||
      !jk_options_require (tool, "score release", "authorities", options.authorities) ||
      !jk_options_require (tool, "score release", "centre", options.centre) ||
      !jk_options_require (tool, "score release", "reason", options.reason) ||
      !jk_options_require (tool, "score release", "out", options.out))
    return JK_EXIT_USAGE;
  return check_and_release (tool, &options, files[0]);
}
