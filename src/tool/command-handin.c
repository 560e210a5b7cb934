/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-handin.c: handin check and handin show: closing sheets, read without any secret. */
#include "base/code.h"
#include "base/limits.h"
#include "base/text.h"
#include "result/sheet-text.h"
#include "tool/commands.h"
#include "tool/handin-files.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char **amendments;
} HandinOptions;

static void
handin_options_clear (HandinOptions *self)
{
  g_free (self->session);
  g_free (self->authorities);
  g_strfreev (self->amendments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HandinOptions, handin_options_clear)

static gboolean
parse (JkTool *tool,
       const char *command,
       int argc,
       char **argv,
       HandinOptions *options,
       char ***out_files,
       int *out_exit)
{
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options->session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options->amendments,
      "an amendment; each in its order",
      "FILE" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options->authorities,
      "pinned .jkpub files",
      "DIR" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, command, entries, argc, argv, -1, out_files, out_exit))
    return FALSE;
  *out_exit = JK_EXIT_USAGE;
  return jk_options_require (tool, command, "session", options->session) &&
         jk_options_require (tool, command, "authorities", options->authorities);
}

static void
add_counts (JkFacts *facts, const JkSheetMerge *sheets, const JkSheetMatch *match)
{
  JkSheetCounts counts;
  jk_sheet_merge_count (sheets, &counts);
  const struct {
    const char *name;
    guint value;
  } values[] = {
    { "due", counts.due },
    { "present", counts.present },
    { "absent", counts.absent },
    { "never-seen", counts.never_seen },
    { "violations", counts.violations },
    { "started", counts.started },
    { "sealed", counts.sealed },
    { "receipts", counts.receipts },
    { "missing", match->missing },
    { "extra", match->extra },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    jk_facts_add_integer (facts, values[i].name, values[i].value);
}

static int
print_check (JkTool *tool, const JkSheetMerge *sheets, const GArray *results)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkFacts) facts = jk_facts_new ();
  const JkSheet *last = jk_sheet_merge_get_last (sheets);
  g_autofree char *code =
      last != NULL ? jk_sheet_dup_code (jk_sheet_get_digest (last)) : g_strdup ("");
  JkSheetMatch match;

  jk_sheet_compare (sheets,
                    (const JkFoundResult *) (gconstpointer) results->data,
                    results->len,
                    report,
                    &match);
  jk_report_revoked_signers (sheets, JK_FINDING_FAULT, report);
  if (!tool->json)
    jk_output_report (tool, report);
  jk_facts_add_integer (facts, "sheets", jk_sheet_merge_get_n_sheets (sheets));
  jk_facts_add_integer (facts, "last", last != NULL ? jk_sheet_get_number (last) : 0);
  jk_facts_add (facts, "code", "%s", code);
  jk_facts_add_integer (facts, "results", results->len);
  add_counts (facts, sheets, &match);
  jk_facts_add_report (facts, report);
  jk_facts_print (facts, tool);
  return jk_report_get_n_faults (report) > 0 ? JK_EXIT_FINDINGS : JK_EXIT_OK;
}

/* A result that is refused is told by itself; the rest is compared. */
static int
check (JkTool *tool, const JkSession *session, const char *const *files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (JkFoundResult));
  g_autoptr (JkSheetMerge) sheets = NULL;
  int worst = JK_EXIT_OK;

  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    if (g_str_has_suffix (files[i], ".jkhandin"))
      g_ptr_array_add (paths, (gpointer) files[i]);
    else if (!jk_input_label (tool, files[i], session, results, &error))
      worst = MAX (worst, jk_output_error (tool, files[i], error));
  }
  if (paths->len == 0)
    return jk_output_usage (tool, "handin check needs at least one .jkhandin");
  g_ptr_array_add (paths, NULL);
  g_autoptr (GError) error = NULL;
  sheets = jk_input_sheets (tool, (const char *const *) paths->pdata, session, NULL, &error);
  if (sheets == NULL)
    return jk_output_error (tool, NULL, error);
  int exit_code = print_check (tool, sheets, results);
  return MAX (worst, exit_code);
}

int
jk_command_handin_check (JkTool *tool, int argc, char **argv)
{
  g_auto (HandinOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (JkSession) session = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!parse (tool, "handin check", argc, argv, &options, &files, &exit_code))
    return exit_code;
  session = jk_input_amended_session (tool,
                                      options.session,
                                      options.authorities,
                                      (const char *const *) options.amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options.session, error);
  return check (tool, session, (const char *const *) files);
}

static void
print_row (JkTool *tool, const JkSheet *sheet, guint n)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  const JkSheetRow *row = jk_sheet_get_row (sheet, n);
  g_autofree char *digest = jk_sheet_row_has_result (row)
                                ? jk_text_hex (row->digest.bytes, JK_DIGEST_BYTES)
                                : g_strdup ("");
  g_autofree char *slip =
      jk_sheet_row_has_slip (row) ? jk_code_format (row->slip, JK_RECEIPT_BITS) : g_strdup ("");

  jk_facts_add (facts, "seat", "%s", jk_sheet_get_seat (sheet, n));
  jk_facts_add_integer (facts, "record", row->record);
  jk_facts_add_integer (facts, "seal", row->seal_number);
  jk_facts_add (facts, "state", "%s", jk_seat_state_get_name (row->state));
  jk_facts_add (facts, "receipt", "%s", slip);
  jk_facts_add (facts, "digest", "%s", digest);
  jk_facts_print_row (facts, tool, "row");
}

static void
print_note (JkTool *tool, const JkSheetNote *note)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "kind", "%s", note->kind == JK_NOTE_VIOLATION ? "violation" : "incident");
  if (note->record != JK_NOTE_ROOM)
    jk_facts_add_integer (facts, "record", note->record);
  jk_facts_add (facts, "code", "%s", note->code);
  jk_facts_add (facts, "facts", "%s", note->facts);
  jk_facts_print_row (facts, tool, "note");
}

/* For programs: the sheet, then an object for each row and note. */
static void
print_objects (JkTool *tool, const JkSheet *sheet)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (sheet));

  jk_facts_add (facts, "file", "%s", jk_sheet_get_file (sheet));
  jk_facts_add (facts, "hall", "%s", jk_sheet_get_hall (sheet));
  jk_facts_add_integer (facts, "number", jk_sheet_get_number (sheet));
  jk_facts_add (facts, "code", "%s", code);
  jk_facts_add (facts, "first", "%s", jk_role_name_get (jk_sheet_get_first_role (sheet)));
  jk_facts_add (facts, "second", "%s", jk_role_name_get (jk_sheet_get_second_role (sheet)));
  jk_facts_add (facts, "alone", "%s", jk_sheet_is_alone (sheet) ? "yes" : "no");
  jk_facts_add (facts, "revoked", "%s", jk_sheet_has_revoked_signer (sheet) ? "yes" : "no");
  jk_facts_print_row (facts, tool, "sheet");
  for (guint i = 0; i < jk_sheet_get_n_rows (sheet); i++)
    print_row (tool, sheet, i);
  for (guint i = 0; i < jk_sheet_get_n_notes (sheet); i++)
    print_note (tool, jk_sheet_get_note (sheet, i));
}

static int
show (JkTool *tool, const JkSession *session, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      jk_storage_read (tool->world->storage, path, JK_SHEET_BYTES_MAX, &error);
  g_autoptr (JkSheet) sheet = bytes != NULL ? jk_sheet_open (path, bytes, session, &error) : NULL;

  if (sheet == NULL)
    return jk_output_error (tool, path, error);
  if (tool->json) {
    print_objects (tool, sheet);
    return JK_EXIT_OK;
  }
  g_autofree char *text = jk_sheet_dup_text (sheet, session);
  fputs (text, tool->out);
  return JK_EXIT_OK;
}

int
jk_command_handin_show (JkTool *tool, int argc, char **argv)
{
  g_auto (HandinOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (JkSession) session = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!parse (tool, "handin show", argc, argv, &options, &files, &exit_code))
    return exit_code;
  if (g_strv_length (files) != 1)
    return jk_output_usage (tool, "handin show takes one .jkhandin");
  session = jk_input_amended_session (tool,
                                      options.session,
                                      options.authorities,
                                      (const char *const *) options.amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options.session, error);
  return show (tool, session, files[0]);
}
