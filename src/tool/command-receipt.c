/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-receipt.c: receipt verify: what a candidate's slip stands for (P8).
 *
 * The centre's key opens result and record, so the paper is drawn again and every answer shown as
 * its candidate saw it. Answer keys are not needed, and not asked for: this is not marking. */
#include "base/limits.h"
#include "base/text.h"
#include "result/error.h"
#include "result/receipt.h"
#include "result/result.h"
#include "score/answer-list.h"
#include "score/error.h"
#include "session/own-paper.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#include <string.h>

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *authorities;
  char *bank;
  char *centre;
  char *secrets;
  char *receipt;
  char *qr;
  char *answers;
  /* Plain */
  gboolean text;
} ReceiptOptions;

static void
receipt_options_clear (ReceiptOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->authorities);
  g_free (self->bank);
  g_free (self->centre);
  g_free (self->secrets);
  g_free (self->receipt);
  g_free (self->qr);
  g_free (self->answers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReceiptOptions, receipt_options_clear)

/* What the slip has. */
typedef struct {
  char letters[JK_RECEIPT_LETTERS + 1];
  JkDigest digest;
  gboolean has_letters;
  gboolean has_digest;
} Slip;

/* A result with all that its answers need to be read. */
typedef struct {
  /* Owned */
  JkSession *session;
  JkRolls *rolls;
  JkSecret *record_key;
  JkResult *result;
  JkOwnPaper *own;
  JkAnswers *answers;
  /* Borrowed */
  const char *path;
} Opened;

static void
opened_clear (Opened *self)
{
  jk_answers_free (self->answers);
  jk_own_paper_free (self->own);
  jk_result_free (self->result);
  jk_secret_free (self->record_key);
  jk_rolls_free (self->rolls);
  jk_session_free (self->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, opened_clear)

static gboolean
is_slip_of (const Slip *slip, const JkDigest *receipt)
{
  return receipt != NULL && (!slip->has_letters || jk_receipt_has_code (receipt, slip->letters)) &&
         (!slip->has_digest || jk_digest_equal (receipt, &slip->digest));
}

static gboolean
open_result (Opened *self, JkTool *tool, const JkKey *centre, GError **error)
{
  const JkSecret *secret = jk_key_get_secret (centre);
  g_autoptr (GBytes) bytes = NULL;
  const JkRoll *roll;
  guint32 record, seal;

  bytes = jk_storage_read (tool->world->storage, self->path, JK_RESULT_BYTES_MAX, error);
  if (bytes == NULL || !jk_result_peek (self->path, bytes, self->session, &record, &seal, error))
    return FALSE;
  self->rolls = jk_rolls_open (self->session, secret, error);
  if (self->rolls == NULL)
    return FALSE;
  roll = jk_rolls_get (self->rolls, jk_rolls_get_n (self->rolls) - 1);
  if (record >= jk_roll_get_n (roll)) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_CONTENT,
                 "%s: it names record %u; expected one of the %u on the roll; use the session file "
                 "of its hall.",
                 self->path,
                 record,
                 jk_roll_get_n (roll));
    return FALSE;
  }
  self->record_key = jk_roll_dup_record_key (roll, record);
  self->result = jk_result_open (self->path, bytes, self->session, secret, NULL, error);
  return self->result != NULL && jk_result_find_roll (self->result, self->rolls, error) != NULL;
}

/* Draws the paper again, which must be the one the result was written on, and takes its answers. */
static gboolean
open_answers (Opened *self,
              JkTool *tool,
              const char *bank_path,
              const JkKey *centre,
              GError **error)
{
  const JkReplay *replay = jk_result_get_replay (self->result);
  g_autoptr (JkSecret) paper_key = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkRecord) record = NULL;
  const JkPaper *paper;
  JkDigest digest;

  paper_key = jk_session_open_start_as_centre (self->session, jk_key_get_secret (centre), error);
  if (paper_key == NULL)
    return FALSE;
  bank = jk_session_open_bank (self->session, tool->world->storage, bank_path, paper_key, error);
  if (bank == NULL)
    return FALSE;
  record = jk_session_open_record (self->session,
                                   jk_result_get_record (self->result),
                                   self->record_key,
                                   error);
  if (record == NULL)
    return FALSE;
  self->own = jk_own_paper_open (self->session, bank, record, self->record_key, paper_key, error);
  if (self->own == NULL)
    return FALSE;
  paper = jk_own_paper_get_paper (self->own);
  jk_paper_get_digest (paper, &digest);
  self->answers = jk_answers_new (paper);
  if (memcmp (jk_replay_get_started (replay)->paper_digest, digest.bytes, JK_DIGEST_BYTES) == 0) {
    guint position = 0;
    while (position < jk_paper_get_n (paper) &&
           jk_answers_set (self->answers, position, jk_replay_get_answer (replay, position)))
      position++;
    if (position == jk_paper_get_n (paper))
      return TRUE;
  }
  g_set_error (error,
               JK_SCORE_ERROR,
               JK_SCORE_ERROR_PAPER,
               "%s: it was not written on the paper that the session gives its record; expected "
               "that one; keep the file aside and compare it with the copies of the hall.",
               self->path);
  return FALSE;
}

/* The receipt is whole but not of this result: which one it may be of. */
static int
tell_other (JkTool *tool, const Opened *self, const Slip *slip)
{
  guint32 seal = jk_result_get_seal_number (self->result);
  guint32 record = jk_result_get_record (self->result);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *advice = NULL;
  guint32 earlier = seal;

  while (earlier > 0 && !is_slip_of (slip, jk_result_get_receipt_of (self->result, earlier)))
    earlier--;
  if (earlier > 0) {
    g_autofree char *name = jk_result_dup_file_name (self->session, record, earlier);
    found =
        g_strdup_printf ("the receipt of hand-in %u of this candidate, which was undone", earlier);
    advice = g_strdup_printf ("ask for the slip of hand-in %u, or verify %s", seal, name);
  } else {
    found = g_strdup ("a receipt that is well copied but belongs to another result");
    advice = g_strdup_printf ("look for the result of that candidate and session, and for a later "
                              "hand-in of record %u",
                              record);
  }
  expected = g_strdup_printf ("the receipt of record %u, hand-in %u", record, seal);
  jk_report_add (report, JK_FINDING_FAULT, self->path, "", found, expected, advice);
  return jk_output_report (tool, report);
}

/* The options as they stood under the question, "A first; B second". */
static char *
dup_options (const Opened *self, guint position)
{
  const JkPaperItem *item = jk_paper_get_item (jk_own_paper_get_paper (self->own), position);
  const JkBlob *blob = jk_own_paper_get_blob (self->own, position);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint place = 0; place < jk_blob_get_n_options (blob); place++)
    g_string_append_printf (text,
                            "%s%c %s",
                            place > 0 ? "; " : "",
                            'A' + place,
                            jk_blob_get_option (blob, item->order[place]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_answers (JkTool *tool, const Opened *self, gboolean text)
{
  const JkPaper *paper = jk_own_paper_get_paper (self->own);

  for (guint position = 0; position < jk_paper_get_n (paper); position++) {
    g_autoptr (JkFacts) facts = jk_facts_new ();
    g_autofree char *shown =
        jk_answer_list_dup_shown (paper, position, jk_answers_get (self->answers, position));
    jk_facts_add_integer (facts, "number", position + 1);
    jk_facts_add (facts, "answer", "%s", shown);
    if (text) {
      g_autofree char *options = dup_options (self, position);
      const JkBlob *blob = jk_own_paper_get_blob (self->own, position);
      jk_facts_add (facts, "item", "%s", jk_blob_get_id (blob));
      jk_facts_add (facts, "stem", "%s", jk_blob_get_stem (blob));
      jk_facts_add (facts, "options", "%s", options);
    }
    jk_facts_print_row (facts, tool, "answer");
  }
}

/* Returns how many answers differ. */
static guint
print_differences (JkTool *tool, const Opened *self, const JkAnswerList *list)
{
  const JkPaper *paper = jk_own_paper_get_paper (self->own);
  guint positions[JK_PAPER_ITEMS_MAX];
  guint n = jk_answer_list_compare (list, self->answers, positions);

  for (guint i = 0; i < n; i++) {
    g_autoptr (JkFacts) facts = jk_facts_new ();
    g_autofree char *listed =
        jk_answer_list_dup_shown (paper, positions[i], jk_answer_list_get (list, positions[i]));
    g_autofree char *handed_in =
        jk_answer_list_dup_shown (paper,
                                  positions[i],
                                  jk_answers_get (self->answers, positions[i]));
    jk_facts_add_integer (facts, "number", positions[i] + 1);
    jk_facts_add (facts, "listed", "%s", listed);
    jk_facts_add (facts, "handed-in", "%s", handed_in);
    jk_facts_print_row (facts, tool, "difference");
  }
  return n;
}

static void
print_receipt (JkTool *tool, const Opened *self)
{
  const JkReplay *replay = jk_result_get_replay (self->result);
  g_autofree char *code = jk_receipt_dup_code (jk_result_get_receipt (self->result));
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, "file", "%s", self->path);
  jk_facts_add_integer (facts, "record", jk_result_get_record (self->result));
  jk_facts_add_integer (facts, "seal", jk_result_get_seal_number (self->result));
  jk_facts_add (facts, "receipt", "%s", code);
  jk_facts_add (facts, "verified", "the receipt is of this result");
  jk_facts_add_integer (facts, "items", jk_paper_get_n (jk_own_paper_get_paper (self->own)));
  jk_facts_add_integer (facts, "answered", jk_answers_count_answered (self->answers));
  jk_facts_add_integer (facts, "exam-ms", (gint64) jk_replay_get_exam_ms (replay));
  jk_facts_print (facts, tool);
}

static JkAnswerList *
load_list (JkTool *tool, const char *path, const JkPaper *paper, JkReport *report, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  bytes = jk_storage_read (tool->world->storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return NULL;
  text = jk_text_from_bytes (path, bytes, error);
  return text != NULL ? jk_answer_list_parse (path, text, paper, report) : NULL;
}

/* Everything is read before anything is said. */
static int
show (JkTool *tool, const ReceiptOptions *options, const Opened *self)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkAnswerList) list = NULL;
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GError) error = NULL;
  guint n_different;

  if (options->answers != NULL) {
    list = load_list (tool, options->answers, jk_own_paper_get_paper (self->own), report, &error);
    if (error != NULL)
      return jk_output_error (tool, options->answers, error);
    if (list == NULL)
      return jk_output_report (tool, report);
  }
  print_receipt (tool, self);
  print_answers (tool, self, options->text);
  if (list == NULL)
    return JK_EXIT_OK;
  n_different = print_differences (tool, self, list);
  jk_facts_add_integer (facts, "differences", n_different);
  jk_facts_print (facts, tool);
  return n_different > 0 ? JK_EXIT_FINDINGS : JK_EXIT_OK;
}

static int
verify (JkTool *tool, const ReceiptOptions *options, const Slip *slip, const char *path)
{
  g_auto (Opened) self = { .path = path };
  g_autoptr (JkKey) centre = NULL;
  g_autoptr (GError) error = NULL;

  self.session = jk_input_amended_session (tool,
                                           options->session,
                                           options->authorities,
                                           (const char *const *) options->amendments,
                                           &error);
  if (self.session == NULL)
    return jk_output_error (tool, options->session, error);
  centre = jk_input_centre (tool, options->centre, options->secrets, &error);
  if (centre == NULL)
    return jk_output_error (tool, options->centre, error);
  if (!open_result (&self, tool, centre, &error))
    return jk_output_error (tool, path, error);
  if (!is_slip_of (slip, jk_result_get_receipt (self.result)))
    return tell_other (tool, &self, slip);
  if (!open_answers (&self, tool, options->bank, centre, &error))
    return jk_output_error (tool, path, error);
  return show (tool, options, &self);
}

/* What was copied from the slip, before any key is derived. */
static gboolean
read_slip (JkTool *tool, const ReceiptOptions *options, Slip *slip, int *out_exit)
{
  g_autoptr (GError) error = NULL;

  *out_exit = JK_EXIT_USAGE;
  if (options->receipt == NULL && options->qr == NULL) {
    jk_output_usage (tool, "receipt verify needs --receipt CODE or --qr HEX");
    return FALSE;
  }
  if (options->qr != NULL && !jk_receipt_parse_qr (options->qr, &slip->digest)) {
    jk_output_usage (tool,
                     "--qr takes what the QR code says: 64 hexadecimal digits, or these, a colon "
                     "and 128 more");
    return FALSE;
  }
  slip->has_digest = options->qr != NULL;
  slip->has_letters = options->receipt != NULL;
  if (!slip->has_letters || jk_receipt_parse (options->receipt, slip->letters, &error))
    return TRUE;
  g_prefix_error (&error, "The receipt is not copied well. ");
  *out_exit = jk_output_error (tool, NULL, error);
  return FALSE;
}

int
jk_command_receipt_verify (JkTool *tool, int argc, char **argv)
{
  g_auto (ReceiptOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  Slip slip = { .has_letters = FALSE };
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
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options.authorities, "pinned .jkpub", "DIR" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options.bank, "the session's .jkbank", "FILE" },
    { "centre", 0, 0, G_OPTION_ARG_FILENAME, &options.centre, "the centre's .jkkey", "FILE" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { "receipt", 0, 0, G_OPTION_ARG_STRING, &options.receipt, "the slip's 20+1 letters", "CODE" },
    { "qr", 0, 0, G_OPTION_ARG_STRING, &options.qr, "the digest in the QR code", "HEX" },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &options.answers, "the candidate's list", "FILE" },
    { "text", 0, 0, G_OPTION_ARG_NONE, &options.text, "print the questions too", NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "receipt verify", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "receipt verify", "session", options.session) ||
      !jk_options_require (tool, "receipt verify", "authorities", options.authorities) ||
      !jk_options_require (tool, "receipt verify", "bank", options.bank) ||
      !jk_options_require (tool, "receipt verify", "centre", options.centre))
    return JK_EXIT_USAGE;
  if (!read_slip (tool, &options, &slip, &exit_code))
    return exit_code;
  return verify (tool, &options, &slip, files[0]);
}
