/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-handin-new.c: handin new: the closing sheet of a hall, signed by two roles. */
#include "base/error.h"
#include "base/text.h"
#include "result/build-sheet.h"
#include "result/error.h"
#include "tool/commands.h"
#include "tool/handin-files.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"
#include "tool/room-rows.h"

#include <string.h>

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char *results;
  char *room;
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
  g_free (self->room);
  g_free (self->first);
  g_free (self->second);
  g_free (self->out);
  g_free (self->secrets);
  g_strfreev (self->after);
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

/* The room of --room; NULL with faults in report, or an error. */
static JkRoom *
load_room (const JkTool *tool,
           const NewOptions *options,
           const JkSession *session,
           JkReport *report,
           GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  if (options->room == NULL)
    return jk_room_new ();
  bytes = jk_storage_read (tool->world->storage, options->room, JK_TEXT_FILE_BYTES_MAX, error);
  text = bytes != NULL ? jk_text_from_bytes (options->room, bytes, error) : NULL;
  return text != NULL
             ? jk_room_parse (options->room, text, jk_session_get_n_records (session), report)
             : NULL;
}

/* The labels of a folder; names keeps the paths they borrow. */
static gboolean
load_results (const JkTool *tool,
              const char *folder,
              const JkSession *session,
              GPtrArray *paths,
              GArray *results,
              GError **error)
{
  g_autoptr (GPtrArray) names = jk_input_list (folder, ".jkresult", error);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    g_ptr_array_add (paths, path);
    if (!jk_input_label (tool, path, session, results, error))
      return FALSE;
  }
  return names != NULL;
}

/* Every sheet of a merge that is set aside, as a fault. */
static void
report_sheets (const JkSheetMerge *sheets, JkReport *report)
{
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (sheets); i++) {
    JkSheetFate fate = jk_sheet_merge_get_fate (sheets, i);
    const char *reason = jk_sheet_merge_get_reason (sheets, i);
    g_autoptr (GError) error =
        g_error_new_literal (JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT, reason);
    if (fate == JK_SHEET_CONTRADICTED || fate == JK_SHEET_WAITING)
      jk_report_add_error (report, jk_sheet_get_file (jk_sheet_merge_get_sheet (sheets, i)), error);
  }
}

/* What the commands before the signing have found. */
typedef struct {
  /* Owned */
  JkSheetMerge *before;
  JkRoom *room;
  JkRoll *roll;
  GPtrArray *paths;
  GArray *results; /* JkFoundResult */
  JkRoomRows rows;
} Findings;

static void
findings_clear (Findings *self)
{
  jk_room_rows_clear (&self->rows);
  jk_sheet_merge_free (self->before);
  jk_room_free (self->room);
  jk_roll_free (self->roll);
  g_clear_pointer (&self->results, g_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Findings, findings_clear)

/* FALSE with an error, or with faults in report. */
static gboolean
gather (const JkTool *tool,
        const NewOptions *options,
        const JkSession *session,
        const Signer *signer,
        Findings *self,
        JkReport *report,
        GError **error)
{
  JkRoomInput input = { .room_file = options->room != NULL ? options->room : options->results };

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->results = g_array_new (FALSE, FALSE, sizeof (JkFoundResult));
  self->before = jk_input_sheets (tool, (const char *const *) options->after, session, NULL, error);
  if (self->before == NULL ||
      !load_results (tool, options->results, session, self->paths, self->results, error))
    return FALSE;
  report_sheets (self->before, report);
  jk_report_revoked_signers (self->before, JK_FINDING_NOTICE, report);
  self->room = load_room (tool, options, session, report, error);
  if (self->room == NULL || jk_report_get_n_faults (report) > 0)
    return FALSE;
  self->roll = jk_session_open_roll (session, signer->keys.seal, error);
  if (self->roll == NULL)
    return FALSE;
  input.room = self->room;
  input.roll = self->roll;
  input.before = self->before;
  input.results = (const JkFoundResult *) (gconstpointer) self->results->data;
  input.n_results = self->results->len;
  jk_room_rows_make (&self->rows, &input, report);
  if (self->rows.rows->len == 0 && jk_room_get_n_notes (self->room) == 0)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   input.room_file,
                   NULL,
                   "nothing that the sheets before do not say",
                   "a result, a state or a note",
                   "make no sheet");
  return jk_report_get_n_faults (report) == 0;
}

static GBytes *
build (const NewOptions *options,
       const JkSession *session,
       const Findings *found,
       const Signer *first,
       const Signer *second,
       guint32 *out_number,
       GError **error)
{
  const JkSheet *last = jk_sheet_merge_get_last (found->before);
  const JkSheetSigner signers[2] = { { first->keys.sign, first->role->name },
                                     { second->keys.sign, second->role->name } };
  JkSheetContent content = {
    .rows = (const JkSheetRow *) (gconstpointer) found->rows.rows->data,
    .seats = (const char *const *) found->rows.seats->pdata,
    .notes = jk_room_get_notes (found->room),
    .n_rows = found->rows.rows->len,
    .n_notes = jk_room_get_n_notes (found->room),
    .number = last != NULL ? jk_sheet_get_number (last) + 1 : 1,
  };

  if (last != NULL)
    content.predecessor = *jk_sheet_get_digest (last);
  *out_number = content.number;
  return jk_sheet_build (session, &content, &signers[0], &signers[1], options->alone, error);
}

/* Whether the new sheet merges with those before it; faults go to report. */
static gboolean
check_merge (const JkTool *tool,
             const NewOptions *options,
             const JkSession *session,
             GBytes *bytes,
             const char *path,
             JkReport *report,
             GError **error)
{
  JkSheet *sheet = jk_sheet_open (path, bytes, session, error);
  g_autoptr (JkSheetMerge) all =
      sheet != NULL
          ? jk_input_sheets (tool, (const char *const *) options->after, session, sheet, error)
          : NULL;

  if (all == NULL)
    return FALSE;
  report_sheets (all, report);
  return jk_report_get_n_faults (report) == 0;
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
  g_auto (Findings) found = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint32 number = 0;

  if (!open_signers (tool, options, session, first, second, &error) ||
      !gather (tool, options, session, first, &found, report, &error))
    return finish (tool, options->session, report, error);
  bytes = build (options, session, &found, first, second, &number, &error);
  g_autofree char *name = jk_sheet_dup_file_name (session, number);
  g_autofree char *path = g_build_filename (options->out, name, NULL);
  if (bytes == NULL || !check_merge (tool, options, session, bytes, path, report, &error) ||
      !jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
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
    { "room", 0, 0, G_OPTION_ARG_FILENAME, &options.room, "absent, receipts, incidents", "FILE" },
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
