/* SPDX-License-Identifier: Apache-2.0 */
/* tool/output.c: sentences for people, objects for programs. */
#include "tool/output.h"

#include "bank/error.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/error.h"
#include "paper/error.h"
#include "print/error.h"
#include "session/error.h"
#include "sitting/error.h"

#include <string.h>

struct _JkFacts {
  /* Owned */
  GString *text;
  GString *row;
  GString *json; /* members, without braces */
};

static JkExit
classify_base (int code)
{
  switch ((JkBaseError) code) {
  case JK_BASE_ERROR_STORAGE:
  case JK_BASE_ERROR_MISSING:
  case JK_BASE_ERROR_EXISTS:
    return JK_EXIT_STORAGE;
  case JK_BASE_ERROR_CODE:
    return JK_EXIT_SECRET;
  case JK_BASE_ERROR_TOO_LARGE:
  case JK_BASE_ERROR_TEXT:
  default:
    return JK_EXIT_REFUSED;
  }
}

static JkExit
classify_crypto (int code)
{
  switch ((JkCryptoError) code) {
  case JK_CRYPTO_ERROR_SECRET:
    return JK_EXIT_SECRET;
  case JK_CRYPTO_ERROR_MEMORY:
    return JK_EXIT_STORAGE;
  case JK_CRYPTO_ERROR_FORMAT:
  case JK_CRYPTO_ERROR_COST:
  default:
    return JK_EXIT_REFUSED;
  }
}

static JkExit
classify_session (int code)
{
  switch ((JkSessionError) code) {
  case JK_SESSION_ERROR_ROOM_CODE:
  case JK_SESSION_ERROR_START_CODE:
  case JK_SESSION_ERROR_LOGIN:
  case JK_SESSION_ERROR_PASSCODE:
    return JK_EXIT_SECRET;
  case JK_SESSION_ERROR_BUILD:
    return JK_EXIT_FINDINGS;
  case JK_SESSION_ERROR_AUTHORITY:
  case JK_SESSION_ERROR_CONTENT:
  case JK_SESSION_ERROR_BANK:
  case JK_SESSION_ERROR_PAPER:
  case JK_SESSION_ERROR_AMENDMENT:
  default:
    return JK_EXIT_REFUSED;
  }
}

/* What the rules of the exam do not allow now is a finding; no file is to blame. */
static JkExit
classify_sitting (int code)
{
  switch ((JkSittingError) code) {
  case JK_SITTING_ERROR_STORE:
    return JK_EXIT_STORAGE;
  case JK_SITTING_ERROR_STATE:
  case JK_SITTING_ERROR_ARGUMENT:
  case JK_SITTING_ERROR_TOO_EARLY:
  case JK_SITTING_ERROR_PROCTOR:
    return JK_EXIT_FINDINGS;
  case JK_SITTING_ERROR_CHAIN:
  case JK_SITTING_ERROR_FOREIGN:
  default:
    return JK_EXIT_REFUSED;
  }
}

JkExit
jk_output_classify (const GError *error)
{
  if (error->domain == JK_BASE_ERROR)
    return classify_base (error->code);
  if (error->domain == JK_CRYPTO_ERROR)
    return classify_crypto (error->code);
  if (error->domain == JK_SESSION_ERROR)
    return classify_session (error->code);
  if (error->domain == JK_SITTING_ERROR)
    return classify_sitting (error->code);
  if (error->domain == JK_BANK_ERROR && error->code == JK_BANK_ERROR_KEY)
    return JK_EXIT_SECRET;
  if (error->domain == JK_PRINT_ERROR)
    return JK_EXIT_STORAGE;
  if (error->domain == JK_PAPER_ERROR && error->code != JK_PAPER_ERROR_FORMAT)
    return JK_EXIT_FINDINGS;
  return JK_EXIT_REFUSED;
}

/* Messages are written "FILE: found; expected X; do Y." (or "FILE cannot be read (why): do Y.");
 * what is not of this form stays whole in found. */
static void
split_message (const char *file, const char *message, JkReport *report)
{
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  char *advice = NULL;
  char *semicolon;
  gsize file_size = strlen (file);

  if (file_size > 0 && g_str_has_prefix (message, file) &&
      g_str_has_prefix (message + file_size, ": "))
    message += file_size + 2;
  found = g_strdup (message);
  if (g_str_has_suffix (found, "."))
    found[strlen (found) - 1] = '\0';

  semicolon = strstr (found, "; expected ");
  if (semicolon != NULL) {
    *semicolon = '\0';
    expected = g_strdup (semicolon + strlen ("; expected "));
  }
  advice = strstr (expected != NULL ? expected : found, expected != NULL ? "; " : "): ");
  if (advice != NULL) {
    advice[expected != NULL ? 0 : 1] = '\0';
    advice += expected != NULL ? 2 : 3;
  }
  jk_report_add (report, JK_FINDING_FAULT, file, NULL, found, expected, advice);
}

static void
append_finding (GString *out, const JkFinding *finding)
{
  g_string_append_c (out, '{');
  jk_json_append_member (out, "kind", finding->kind == JK_FINDING_FAULT ? "fault" : "notice");
  jk_json_append_member (out, "file", finding->file);
  jk_json_append_member (out, "place", finding->place);
  jk_json_append_member (out, "found", finding->found);
  jk_json_append_member (out, "expected", finding->expected);
  jk_json_append_member (out, "do", finding->advice);
  g_string_append_c (out, '}');
}

int
jk_output_error (JkTool *tool, const char *file, const GError *error)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *message = g_strdelimit (g_strdup (error->message), "\n\r", ' ');

  if (tool->json) {
    split_message (file != NULL ? file : "", message, report);
    append_finding (json, jk_report_get (report, 0));
    fprintf (tool->out, "%s\n", json->str);
  } else {
    fprintf (tool->err, "jikaoctl: %s\n", message);
  }
  return (int) jk_output_classify (error);
}

int
jk_output_report (JkTool *tool, const JkReport *report)
{
  g_autofree char *text = tool->json ? jk_report_dup_json (report) : jk_report_dup_text (report);

  fputs (text, tool->json ? tool->out : tool->err);
  return jk_report_get_n_faults (report) > 0 ? JK_EXIT_FINDINGS : JK_EXIT_OK;
}

int
jk_output_faults (JkTool *tool, const JkReport *report)
{
  if (tool->json && jk_report_get_n_faults (report) == 0)
    return JK_EXIT_OK;
  return jk_output_report (tool, report);
}

int
jk_output_usage (JkTool *tool, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (tool->json) {
    const JkFinding finding = { .file = "", .found = message, .advice = "see jikaoctl --help" };
    append_finding (json, &finding);
    fprintf (tool->out, "%s\n", json->str);
  } else {
    fprintf (tool->err, "jikaoctl: %s.\n", message);
  }
  return JK_EXIT_USAGE;
}

JkFacts *
jk_facts_new (void)
{
  JkFacts *self = g_new0 (JkFacts, 1);

  self->text = g_string_new (NULL);
  self->row = g_string_new (NULL);
  self->json = g_string_new ("{");
  return self;
}

void
jk_facts_free (JkFacts *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_string_free (self->row, TRUE);
  g_string_free (self->json, TRUE);
  g_free (self);
}

static void
add_text (JkFacts *self, const char *name, const char *value)
{
  g_string_append_printf (self->text, "%s: %s\n", name, value);
  g_string_append_printf (self->row, "%s%s", self->row->len > 0 ? "\t" : "", value);
}

static void
blank_controls (char *value)
{
  for (char *at = value; *at != '\0'; at++)
    *at = g_ascii_iscntrl (*at) ? ' ' : *at;
}

void
jk_facts_add (JkFacts *self, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  blank_controls (value);
  add_text (self, name, value);
  jk_json_append_member (self->json, name, value);
}

void
jk_facts_add_integer (JkFacts *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  add_text (self, name, text);
  jk_json_append_integer (self->json, name, value);
}

/* Begins a member that is an array. */
static void
open_array (JkFacts *self, const char *name)
{
  if (self->json->len > 1)
    g_string_append_c (self->json, ',');
  jk_json_append_string (self->json, name);
  g_string_append (self->json, ":[");
}

void
jk_facts_add_list (JkFacts *self, const char *name, const char *const *values)
{
  open_array (self, name);
  for (guint n = 0; values[n] != NULL; n++) {
    g_autofree char *value = g_strdup (values[n]);
    blank_controls (value);
    if (n > 0)
      g_string_append_c (self->json, ',');
    jk_json_append_string (self->json, value);
    g_string_append_printf (self->text, "%s: %s\n", name, value);
  }
  g_string_append_c (self->json, ']');
}

void
jk_facts_add_report (JkFacts *self, const JkReport *report)
{
  open_array (self, "findings");
  for (guint n = 0; n < jk_report_get_n (report); n++) {
    if (n > 0)
      g_string_append_c (self->json, ',');
    append_finding (self->json, jk_report_get (report, n));
  }
  g_string_append_c (self->json, ']');
}

int
jk_facts_print (const JkFacts *self, JkTool *tool)
{
  if (tool->json)
    fprintf (tool->out, "%s}\n", self->json->str);
  else
    fputs (self->text->str, tool->out);
  return JK_EXIT_OK;
}

void
jk_facts_print_row (const JkFacts *self, JkTool *tool, const char *event)
{
  g_autoptr (GString) json = g_string_new ("{");

  if (tool->json) {
    if (event != NULL)
      jk_json_append_member (json, "event", event);
    if (event != NULL && self->json->len > 1)
      g_string_append_c (json, ',');
    fprintf (tool->out, "%s%s}\n", json->str, self->json->str + 1);
  } else {
    fprintf (tool->out,
             "%s%s%s\n",
             event != NULL ? event : "",
             event != NULL && self->row->len > 0 ? "\t" : "",
             self->row->str);
  }
  fflush (tool->out);
}
