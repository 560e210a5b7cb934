/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-order.c: order new, order sign, order show: what a proctor's panel does, without it.
 */
#include "base/text.h"
#include "session/order.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/order-counter.h"
#include "tool/output.h"

#include <string.h>

#define MS_PER_MIN 60000
#define NO_RECORD (-1)

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char *act;
  char *text;
  char *reason;
  char *subject;
  char *station;
  char *role;
  char *secrets;
  char *in;
  char *out;
  char **amendments;
  /* Plain */
  int record;
  int minutes;
  int amount;
  gint64 counter; /* 0: the one that is kept */
  gboolean every;
} OrderOptions;

static void
order_options_clear (OrderOptions *self)
{
  g_free (self->session);
  g_free (self->authorities);
  g_free (self->act);
  g_free (self->text);
  g_free (self->reason);
  g_free (self->subject);
  g_free (self->station);
  g_free (self->role);
  g_free (self->secrets);
  g_free (self->in);
  g_free (self->out);
  g_strfreev (self->amendments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrderOptions, order_options_clear)

/* NULL, and an exit code, when the session or an amendment is refused. */
static JkSession *
open_session (JkTool *tool, const OrderOptions *options, int *out_exit)
{
  g_autoptr (GError) error = NULL;
  JkSession *session = jk_input_amended_session (tool,
                                                 options->session,
                                                 options->authorities,
                                                 (const char *const *) options->amendments,
                                                 &error);

  if (session == NULL)
    *out_exit = jk_output_error (tool, options->session, error);
  return session;
}

/* Opens the keys of the role with the secret "passcode". Returns an exit code. */
static int
open_role (JkTool *tool,
           const JkSession *session,
           const OrderOptions *options,
           const JkRole **out_role,
           JkRoleKeys *out_keys)
{
  const JkRole *role = jk_input_find_role (session, options->role);
  g_autoptr (JkSecrets) secrets = NULL;
  g_autoptr (JkSecret) passcode = NULL;
  g_autoptr (GError) error = NULL;

  if (role == NULL)
    return jk_output_usage (
        tool,
        "--role is chief, proctor, spare-1, spare-2, or one that an --amend added");
  secrets = jk_secrets_load (options->secrets, &error);
  if (secrets != NULL)
    passcode = jk_secrets_dup_text (secrets, "passcode", "Passcode of the envelope", &error);
  if (passcode == NULL || !jk_role_open (role,
                                         (const char *) jk_secret_get (passcode),
                                         tool->world,
                                         options->session,
                                         out_keys,
                                         &error))
    return jk_output_error (tool, options->session, error);
  *out_role = role;
  return JK_EXIT_OK;
}

static void
add_facts (JkFacts *facts, const JkOrder *order)
{
  g_autofree char *summary = jk_order_dup_summary (order);

  jk_facts_add (facts, "order", "%s", summary);
  jk_facts_add_integer (facts, "counter", (gint64) jk_order_get_terms (order)->counter);
}

/* Writes an order that is sound so far; one that only lacks a second signature is written too.
 * is_counted: its number is kept beside the file of secrets; without that there is no order. */
static int
write_order (JkTool *tool, const OrderOptions *options, GBytes *bytes, gboolean is_counted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) order = jk_order_parse (options->out, bytes, &error);
  g_autoptr (JkFacts) facts = jk_facts_new ();

  if (order == NULL || !jk_output_check_free (tool, options->out, &error))
    return jk_output_error (tool, options->out, error);
  if (!jk_storage_write (tool->world->storage, options->out, 0600, bytes, &error)) {
    jk_output_remove (tool, options->out);
    return jk_output_error (tool, options->out, error);
  }
  if (is_counted && !jk_order_counter_keep (tool,
                                            options->secrets,
                                            jk_order_get_terms (order)->counter,
                                            &error)) {
    jk_output_remove (tool, options->out);
    return jk_output_error (tool, options->secrets, error);
  }
  add_facts (facts, order);
  return jk_facts_print (facts, tool);
}

/* Whom an order is for is always said: nobody pauses a hall by leaving an option out. */
static gboolean
check_whom (JkTool *tool, const OrderOptions *options, const JkActRule *rule)
{
  gboolean is_for_one = options->record != NO_RECORD;

  if (rule->target == JK_TARGET_STATION) {
    if (!is_for_one && !options->every)
      return TRUE;
    jk_output_usage (tool,
                     "the act \"%s\" is about whole PCs; leave --record and --every out",
                     rule->name);
  } else if (is_for_one == options->every) {
    jk_output_usage (tool,
                     "the act \"%s\" needs --record N for one candidate, or --every for all of the "
                     "hall",
                     rule->name);
  } else if (options->every && rule->n_signers_all == 0) {
    jk_output_usage (tool, "the act \"%s\" is for one candidate; give --record N", rule->name);
  } else {
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_counter_kept (const OrderOptions *options)
{
  return options->counter == 0 && options->secrets != NULL && !g_str_equal (options->secrets, "-");
}

/* The number of the order. Returns an exit code. */
static int
find_counter (JkTool *tool, const OrderOptions *options, guint64 *out_counter)
{
  g_autoptr (GError) error = NULL;

  if (options->counter < 0 || options->counter > JK_ORDER_COUNTER_MAX)
    return jk_output_usage (tool, "--counter is 1 to %u", JK_ORDER_COUNTER_MAX);
  *out_counter = (guint64) options->counter;
  if (options->counter > 0)
    return JK_EXIT_OK;
  if (!is_counter_kept (options))
    return jk_output_usage (
        tool,
        "without a file of secrets nothing counts the orders; give --counter N, "
        "1 for the first of this role and then each the next");
  if (!jk_order_counter_next (tool, options->secrets, out_counter, &error))
    return jk_output_error (tool, options->secrets, error);
  return JK_EXIT_OK;
}

static gboolean
fill_terms (JkTool *tool, const OrderOptions *options, JkOrderTerms *terms)
{
  if (options->text != NULL)
    terms->text = options->text;
  if (options->reason != NULL)
    terms->reason = options->reason;
  if (strlen (terms->text) > JK_ORDER_TEXT_BYTES_MAX ||
      strlen (terms->reason) > JK_ORDER_TEXT_BYTES_MAX) {
    jk_output_usage (tool, "--text and --reason have at most %u bytes", JK_ORDER_TEXT_BYTES_MAX);
    return FALSE;
  }
  if ((options->subject != NULL &&
       !jk_text_parse_hex (options->subject, terms->subject, sizeof terms->subject)) ||
      (options->station != NULL &&
       !jk_text_parse_hex (options->station, terms->station, sizeof terms->station))) {
    jk_output_usage (tool, "--subject and --station are 64 hexadecimal digits");
    return FALSE;
  }
  if (options->record < NO_RECORD || options->minutes < 0 || options->amount < 0) {
    jk_output_usage (tool, "--record, --minutes and --amount are not negative");
    return FALSE;
  }
  if (options->record != NO_RECORD)
    terms->record = (guint32) options->record;
  terms->amount =
      options->minutes > 0 ? (guint64) options->minutes * MS_PER_MIN : (guint64) options->amount;
  return TRUE;
}

static int
make (JkTool *tool, const OrderOptions *options)
{
  g_autoptr (GError) error = NULL;
  int exit_code;
  g_autoptr (JkSession) session = open_session (tool, options, &exit_code);
  JkRoleKeys keys = { NULL };
  const JkRole *role;
  JkOrderTerms terms;
  guint64 counter;
  JkAct act;

  if (session == NULL)
    return exit_code;
  if (!jk_act_parse (options->act, &act))
    return jk_output_usage (tool, "there is no act \"%s\"; see jikaoctl(1)", options->act);
  if (!check_whom (tool, options, jk_act_get_rule (act)))
    return JK_EXIT_USAGE;
  exit_code = find_counter (tool, options, &counter);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  jk_order_terms_init (&terms, session, act, tool->world, counter);
  if (!fill_terms (tool, options, &terms))
    return JK_EXIT_USAGE;
  if (!jk_output_check_free (tool, options->out, &error))
    return jk_output_error (tool, options->out, error);
  exit_code = open_role (tool, session, options, &role, &keys);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  memcpy (terms.device, role->sign_public, sizeof terms.device);
  g_autoptr (GBytes) bytes = jk_order_write (&terms, role->name, keys.sign);
  jk_role_keys_clear (&keys);
  return write_order (tool, options, bytes, is_counter_kept (options));
}

static int
countersign (JkTool *tool, const OrderOptions *options)
{
  g_autoptr (GError) error = NULL;
  int exit_code;
  g_autoptr (JkSession) session = open_session (tool, options, &exit_code);
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;
  JkRoleKeys keys = { NULL };
  const JkRole *role;

  if (session == NULL)
    return exit_code;
  once = jk_storage_read (tool->world->storage, options->in, JK_ORDER_BYTES_MAX, &error);
  if (once == NULL || !jk_output_check_free (tool, options->out, &error))
    return jk_output_error (tool, options->in, error);
  exit_code = open_role (tool, session, options, &role, &keys);
  if (exit_code != JK_EXIT_OK)
    return exit_code;
  twice = jk_order_countersign (options->in, once, role->name, keys.sign, &error);
  jk_role_keys_clear (&keys);
  if (twice == NULL)
    return jk_output_error (tool, options->in, error);
  return write_order (tool, options, twice, FALSE);
}

static int
show (JkTool *tool, const OrderOptions *options)
{
  g_autoptr (GError) error = NULL;
  int exit_code;
  g_autoptr (JkSession) session = open_session (tool, options, &exit_code);
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkOrder) order = NULL;

  if (session == NULL)
    return exit_code;
  bytes = jk_storage_read (tool->world->storage, options->in, JK_ORDER_BYTES_MAX, &error);
  if (bytes != NULL)
    order = jk_order_parse (options->in, bytes, &error);
  if (order == NULL || !jk_order_check (order, session, &error))
    return jk_output_error (tool, options->in, error);
  const JkOrderTerms *terms = jk_order_get_terms (order);
  g_autofree char *id = jk_text_hex (terms->id, sizeof terms->id);
  g_autofree char *digest = jk_text_hex (jk_order_get_digest (order)->bytes, JK_DIGEST_BYTES);
  add_facts (facts, order);
  jk_facts_add (facts, "id", "%s", id);
  jk_facts_add (facts, "digest", "%s", digest);
  jk_facts_add_integer (facts, "amendment", terms->amendment);
  jk_facts_add (facts, "reason", "%s", terms->reason);
  jk_facts_add (facts, "text", "%s", terms->text);
  return jk_facts_print (facts, tool);
}

/* Parses what the three commands share; n_files 1: IN, 2: IN OUT. */
static gboolean
parse (JkTool *tool,
       const char *name,
       int argc,
       char **argv,
       int n_files,
       OrderOptions *options,
       int *out_exit)
{
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options->session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options->amendments,
      "each in its order",
      "FILE" },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options->authorities, "pinned .jkpub", "DIR" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role, "chief, proctor, spare-1 ...", "ROLE" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options->secrets, "passcode=...", "FILE" },
    { "act", 0, 0, G_OPTION_ARG_STRING, &options->act, "extend, pause, move ...", "ACT" },
    { "record", 0, 0, G_OPTION_ARG_INT, &options->record, "for one candidate", "N" },
    { "every", 0, 0, G_OPTION_ARG_NONE, &options->every, "for all of the hall", NULL },
    { "counter",
      0,
      0,
      G_OPTION_ARG_INT64,
      &options->counter,
      "number of the order; else SECRETS.counter counts",
      "N" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options->minutes, "given or taken", "N" },
    { "amount", 0, 0, G_OPTION_ARG_INT, &options->amount, "of a role", "N" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options->text, "what a message says", "TEXT" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options->reason, "why", "TEXT" },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &options->subject, "a digest or key", "HEX" },
    { "station", 0, 0, G_OPTION_ARG_STRING, &options->station, "one PC's signing key", "HEX" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, name, entries, argc, argv, n_files, &files, out_exit))
    return FALSE;
  *out_exit = JK_EXIT_USAGE;
  if (!jk_options_require (tool, name, "session", options->session) ||
      !jk_options_require (tool, name, "authorities", options->authorities))
    return FALSE;
  options->in = g_strdup (files[0]);
  options->out = g_strdup (files[n_files - 1]);
  return TRUE;
}

int
jk_command_order_new (JkTool *tool, int argc, char **argv)
{
  g_auto (OrderOptions) options = { .record = NO_RECORD };
  int exit_code;

  if (!parse (tool, "order new", argc, argv, 1, &options, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "order new", "role", options.role) ||
      !jk_options_require (tool, "order new", "act", options.act))
    return JK_EXIT_USAGE;
  return make (tool, &options);
}

int
jk_command_order_sign (JkTool *tool, int argc, char **argv)
{
  g_auto (OrderOptions) options = { .record = NO_RECORD };
  int exit_code;

  if (!parse (tool, "order sign", argc, argv, 2, &options, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "order sign", "role", options.role))
    return JK_EXIT_USAGE;
  return countersign (tool, &options);
}

int
jk_command_order_show (JkTool *tool, int argc, char **argv)
{
  g_auto (OrderOptions) options = { .record = NO_RECORD };
  int exit_code;

  if (!parse (tool, "order show", argc, argv, 1, &options, &exit_code))
    return exit_code;
  return show (tool, &options);
}
