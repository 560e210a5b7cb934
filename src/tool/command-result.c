/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-result.c: result verify. */
#include "base/limits.h"
#include "result/error.h"
#include "result/receipt.h"
#include "result/result.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#define MS_PER_MIN 60000

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *authorities;
  char *centre;
  char *secrets;
} VerifyOptions;

static void
verify_options_clear (VerifyOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->authorities);
  g_free (self->centre);
  g_free (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VerifyOptions, verify_options_clear)

/* "row 12 at 3 min, extended: extend by 5 min, record 0, signed by proctor; PC fault" */
static char *
dup_order_text (const JkResult *result, guint32 n)
{
  const JkObeyed *obeyed = jk_replay_get_obeyed (jk_result_get_replay (result), n);
  g_autoptr (JkOrder) order = jk_result_dup_order (result, n);
  const JkOrderTerms *terms = jk_order_get_terms (order);
  g_autofree char *summary = jk_order_dup_summary (order);
  const char *const words[] = { terms->text, terms->reason };
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          "row %" G_GUINT64_FORMAT " at %" G_GUINT64_FORMAT " min, %s: %s",
                          obeyed->sequence,
                          obeyed->exam_ms / MS_PER_MIN,
                          jk_event_get_name (obeyed->event),
                          summary);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i][0] != '\0')
      g_string_append_printf (out, "; %s", words[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Who ordered what, in the order in which the sitting obeyed. */
static void
add_orders (JkFacts *facts, const JkResult *result)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint32 n = 0; n < jk_replay_get_epoch (jk_result_get_replay (result)); n++)
    g_ptr_array_add (texts, dup_order_text (result, n));
  g_ptr_array_add (texts, NULL);
  jk_facts_add_list (facts, "order", (const char *const *) texts->pdata);
}

static int
show (JkTool *tool, const char *path, guint32 record, guint32 seal, const JkResult *result)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autofree char *code = NULL;
  const JkReplay *replay;

  jk_facts_add (facts, "file", "%s", path);
  jk_facts_add_integer (facts, "record", record);
  jk_facts_add_integer (facts, "seal", seal);
  if (result == NULL) {
    jk_facts_add (facts, "verified", "whole and of this session, not opened");
    return jk_facts_print (facts, tool);
  }
  code = jk_receipt_dup_code (jk_result_get_receipt (result));
  replay = jk_result_get_replay (result);
  jk_facts_add (facts, "verified", "signatures, chain and log-in");
  jk_facts_add (facts, "state", "%s", jk_state_get_name (jk_replay_get_state (replay)));
  jk_facts_add_integer (facts, "rows", (gint64) jk_replay_get_n_rows (replay));
  jk_facts_add_integer (facts, "exam-ms", (gint64) jk_replay_get_exam_ms (replay));
  jk_facts_add (facts, "receipt", "%s", code);
  add_orders (facts, result);
  return jk_facts_print (facts, tool);
}

/* centre and rolls NULL: only what needs no key. */
static int
verify (JkTool *tool,
        const char *path,
        const JkSession *session,
        const JkKey *centre,
        const JkRolls *rolls)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint32 record, seal, n_records;

  bytes = jk_storage_read (tool->world->storage, path, JK_RESULT_BYTES_MAX, &error);
  if (bytes == NULL || !jk_result_peek (path, bytes, session, &record, &seal, &error))
    return jk_output_error (tool, path, error);
  if (centre == NULL)
    return show (tool, path, record, seal, NULL);
  n_records = jk_session_get_n_records (session);
  if (record >= n_records) {
    g_set_error (
        &error,
        JK_RESULT_ERROR,
        JK_RESULT_ERROR_CONTENT,
        "%s: it names record %u; expected one of the %u on the roll; keep the file and ask "
        "the hall for the right one.",
        path,
        record,
        n_records);
    return jk_output_error (tool, path, error);
  }
  result = jk_result_open (path, bytes, session, jk_key_get_secret (centre), NULL, &error);
  if (result == NULL || jk_result_find_roll (result, rolls, &error) == NULL)
    return jk_output_error (tool, path, error);
  return show (tool, path, record, seal, result);
}

static int
verify_all (JkTool *tool, const VerifyOptions *options, const char *const *files)
{
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkKey) centre = NULL;
  g_autoptr (JkRolls) rolls = NULL;
  g_autoptr (GError) error = NULL;
  int worst = JK_EXIT_OK;

  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  if (options->centre != NULL) {
    centre = jk_input_centre (tool, options->centre, options->secrets, &error);
    if (centre != NULL)
      rolls = jk_rolls_open (session, jk_key_get_secret (centre), &error);
    if (rolls == NULL)
      return jk_output_error (tool, options->centre, error);
  }
  for (guint n = 0; files[n] != NULL; n++) {
    int exit_code = verify (tool, files[n], session, centre, rolls);
    worst = MAX (worst, exit_code);
  }
  return worst;
}

int
jk_command_result_verify (JkTool *tool, int argc, char **argv)
{
  g_auto (VerifyOptions) options = { NULL };
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
    { "centre", 0, 0, G_OPTION_ARG_FILENAME, &options.centre, "the centre's .jkkey", "FILE" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "result verify", entries, argc, argv, -1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "result verify", "session", options.session) ||
      !jk_options_require (tool, "result verify", "authorities", options.authorities))
    return JK_EXIT_USAGE;
  if (files[0] == NULL)
    return jk_output_usage (tool, "result verify needs at least one .jkresult");
  return verify_all (tool, &options, (const char *const *) files);
}
