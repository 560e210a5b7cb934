/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-handin-new.c: handin new: the closing sheet of a hall, signed by two roles. */
#include "base/error.h"
#include "base/text.h"
#include "result/hall.h"
#include "tool/commands.h"
#include "tool/handin-files.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#include <string.h>

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char *results;
  char **rooms;
  char *first;
  char *second;
  char *out;
  char *secrets;
  char **after;
  char **amendments;
  /* Plain */
  gboolean alone;
} NewOptions;

static void
new_options_clear (NewOptions *self)
{
  g_free (self->session);
  g_free (self->authorities);
  g_free (self->results);
  g_free (self->first);
  g_free (self->second);
  g_free (self->out);
  g_free (self->secrets);
  g_strfreev (self->after);
  g_strfreev (self->rooms);
  g_strfreev (self->amendments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewOptions, new_options_clear)

/* A role with its keys. */
typedef struct {
  /* Owned */
  JkRoleKeys keys;
  /* Borrowed */
  const JkRole *role;
} Signer;

static void
signer_clear (Signer *self)
{
  jk_role_keys_clear (&self->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signer, signer_clear)

/* Opens a role with its passcode; the secret is called "chief-passcode" and so on. */
static gboolean
open_signer (const JkTool *tool,
             const JkSession *session,
             const JkSecrets *secrets,
             Signer *signer,
             GError **error)
{
  const char *name = jk_role_name_get (signer->role->name);
  g_autofree char *secret = g_strdup_printf ("%s-passcode", name);
  g_autofree char *prompt = g_strdup_printf ("Passcode of the role %s", name);
  g_autoptr (JkSecret) typed = jk_secrets_dup_text (secrets, secret, prompt, error);

  return typed != NULL && jk_role_open (signer->role,
                                        (const char *) jk_secret_get (typed),
                                        tool->world,
                                        jk_session_get_file (session),
                                        &signer->keys,
                                        error);
}

static gboolean
open_signers (const JkTool *tool,
              const NewOptions *options,
              const JkSession *session,
              Signer *first,
              Signer *second,
              GError **error)
{
  g_autoptr (JkSecrets) secrets = jk_secrets_load (options->secrets, error);

  return secrets != NULL && open_signer (tool, session, secrets, first, error) &&
         open_signer (tool, session, secrets, second, error);
}

static GBytes *
read_file (const JkTool *tool, const char *path, gsize bytes_max, GError **error)
{
  return jk_storage_read (tool->world->storage, path, bytes_max, error);
}

static gboolean
add_rooms (const JkTool *tool,
           const NewOptions *options,
           JkHall *hall,
           JkReport *report,
           GError **error)
{
  for (guint n = 0; options->rooms != NULL && options->rooms[n] != NULL; n++) {
    const char *path = options->rooms[n];
    g_autoptr (GBytes) bytes = read_file (tool, path, JK_TEXT_FILE_BYTES_MAX, error);
    g_autofree char *text = bytes != NULL ? jk_text_from_bytes (path, bytes, error) : NULL;
    if (text == NULL)
      return FALSE;
    jk_hall_add_room (hall, path, text, report);
  }
  return jk_report_get_n_faults (report) == 0;
}

static gboolean
add_sheets (const JkTool *tool, const NewOptions *options, JkHall *hall, GError **error)
{
  for (guint n = 0; options->after != NULL && options->after[n] != NULL; n++) {
    const char *path = options->after[n];
    g_autoptr (GBytes) bytes = read_file (tool, path, JK_SHEET_BYTES_MAX, error);
    if (bytes == NULL || !jk_hall_add_sheet (hall, path, bytes, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_results (const JkTool *tool, const char *folder, JkHall *hall, GError **error)
{
  g_autoptr (GPtrArray) names = jk_input_list (folder, ".jkresult", error);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    g_autoptr (GBytes) bytes = read_file (tool, path, JK_RESULT_BYTES_MAX, error);
    if (bytes == NULL || !jk_hall_add_result (hall, path, bytes, error))
      return FALSE;
  }
  return names != NULL;
}

/* FALSE with an error, or with faults in report. */
static gboolean
gather (const JkTool *tool,
        const NewOptions *options,
        const JkRoll *roll,
        JkHall *hall,
        JkReport *report,
        GError **error)
{
  const char *room_file = options->rooms != NULL ? options->rooms[0] : options->results;

  if (!add_sheets (tool, options, hall, error) ||
      !add_results (tool, options->results, hall, error) ||
      !add_rooms (tool, options, hall, report, error))
    return FALSE;
  gboolean is_good = jk_hall_close (hall, roll, room_file, report);
  jk_hall_report_people (hall, report);
  jk_report_revoked_signers (jk_hall_get_sheets (hall), JK_FINDING_NOTICE, report);
  return is_good;
}

static int
print (JkTool *tool, const char *path, GBytes *bytes, const JkSession *session, JkReport *report)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (JkSheet) sheet = jk_sheet_open (path, bytes, session, NULL);
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (sheet));

  if (!tool->json)
    jk_output_report (tool, report);
  jk_facts_add (facts, "sheet", "%s", path);
  jk_facts_add_integer (facts, "number", jk_sheet_get_number (sheet));
  jk_facts_add (facts, "code", "%s", code);
  jk_facts_add_integer (facts, "rows", jk_sheet_get_n_rows (sheet));
  jk_facts_add_integer (facts, "notes", jk_sheet_get_n_notes (sheet));
  jk_facts_add_report (facts, report);
  return jk_facts_print (facts, tool);
}

static int
finish (JkTool *tool, const char *file, JkReport *report, const GError *error)
{
  return error != NULL ? jk_output_error (tool, file, error) : jk_output_report (tool, report);
}

static int
make (JkTool *tool,
      const NewOptions *options,
      const JkSession *session,
      Signer *first,
      Signer *second)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoll) roll = NULL;
  g_autoptr (JkHall) hall = jk_hall_new (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (open_signers (tool, options, session, first, second, &error))
    roll = jk_session_open_roll (session, first->keys.seal, &error);
  if (roll == NULL || !gather (tool, options, roll, hall, report, &error))
    return finish (tool, options->session, report, error);
  const JkSheetSigner signers[2] = { { first->keys.sign, first->role->name },
                                     { second->keys.sign, second->role->name } };
  g_autofree char *name = jk_sheet_dup_file_name (session, jk_hall_get_next_number (hall));
  g_autofree char *path = g_build_filename (options->out, name, NULL);
  bytes = jk_hall_build_sheet (hall, &signers[0], &signers[1], options->alone, report, &error);
  if (bytes == NULL || !jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !jk_output_file (tool, path, 0600, bytes, &error))
    return finish (tool, path, report, error);
  return print (tool, path, bytes, session, report);
}

static gboolean
is_revoked (const JkSession *session, const Signer *signer)
{
  return jk_session_is_role_revoked (session, signer->role->name);
}

static int
find_roles_and_make (JkTool *tool, const NewOptions *options)
{
  g_autoptr (JkSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Signer) first = { .role = NULL };
  g_auto (Signer) second = { .role = NULL };

  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  first.role = jk_input_find_role (session, options->first != NULL ? options->first : "chief");
  second.role = jk_input_find_role (session, options->second != NULL ? options->second : "proctor");
  if (first.role == NULL || second.role == NULL || first.role == second.role)
    return jk_output_usage (tool,
                            "handin new needs two different roles for --first and --second: chief, "
                            "proctor, spare-1, spare-2, or one that an --amend added");
  if (is_revoked (session, &first) || is_revoked (session, &second))
    return jk_output_usage (
        tool,
        "handin new: an amendment revoked the role %s; sign with two roles in "
        "force, named by --first and --second",
        jk_role_name_get (is_revoked (session, &first) ? first.role->name : second.role->name));
  if (options->alone && MAX (first.role->name, second.role->name) < JK_ROLE_SPARE_1)
    return jk_output_usage (tool, "handin new --alone needs a spare's envelope for one role");
  return make (tool, options, session, &first, &second);
}

int
jk_command_handin_new (JkTool *tool, int argc, char **argv)
{
  g_auto (NewOptions) options = { NULL };
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
    { "room",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.rooms,
      "absent, receipts, incidents; several add up",
      "FILE" },
    { "after", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.after, "a sheet before this", "FILE" },
    { "first", 0, 0, G_OPTION_ARG_STRING, &options.first, "who signs: chief", "ROLE" },
    { "second", 0, 0, G_OPTION_ARG_STRING, &options.second, "who signs too: proctor", "ROLE" },
    { "alone", 0, 0, G_OPTION_ARG_NONE, &options.alone, "one person signs with both", NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the sheet", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "chief-passcode=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "handin new", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "handin new", "session", options.session) ||
      !jk_options_require (tool, "handin new", "authorities", options.authorities) ||
      !jk_options_require (tool, "handin new", "results", options.results) ||
      !jk_options_require (tool, "handin new", "out", options.out))
    return JK_EXIT_USAGE;
  return find_roles_and_make (tool, &options);
}
