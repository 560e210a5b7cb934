/* SPDX-License-Identifier: Apache-2.0 */
/* base/report.c: findings in the order they were made, bounded in number. */
#include "base/report.h"
#include "base/json.h"
#include "base/limits.h"

#include <string.h>

typedef struct {
  JkFinding finding;    /* its texts are owned */
  gboolean is_sentence; /* found is the message of an error: no "found" before it */
} Entry;

struct _JkReport {
  /* Owned */
  GPtrArray *entries; /* of Entry */

  guint n_faults;
  guint n_notices; /* kept */
  guint n_not_kept;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free ((char *) entry->finding.file);
  g_free ((char *) entry->finding.place);
  g_free ((char *) entry->finding.found);
  g_free ((char *) entry->finding.expected);
  g_free ((char *) entry->finding.advice);
  g_free (entry);
}

/* Findings quote files as they came, so what is quoted may not be UTF-8. */
static char *
keep (const char *text)
{
  return text == NULL ? g_strdup ("") : g_utf8_make_valid (text, -1);
}

static void
add (JkReport *self, const JkFinding *finding, gboolean is_sentence)
{
  gboolean is_fault = finding->kind == JK_FINDING_FAULT;

  if (is_fault)
    self->n_faults++;
  if (self->entries->len >= JK_REPORT_FINDINGS_MAX ||
      (!is_fault && self->n_notices >= JK_REPORT_FINDINGS_MAX / 2)) {
    self->n_not_kept++;
    return;
  }
  if (!is_fault)
    self->n_notices++;

  Entry *entry = g_new0 (Entry, 1);
  entry->finding.kind = finding->kind;
  entry->finding.file = keep (finding->file);
  entry->finding.place = keep (finding->place);
  entry->finding.found = keep (finding->found);
  entry->finding.expected = keep (finding->expected);
  entry->finding.advice = keep (finding->advice);
  entry->is_sentence = is_sentence;
  g_ptr_array_add (self->entries, entry);
}

JkReport *
jk_report_new (void)
{
  JkReport *self = g_new0 (JkReport, 1);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
jk_report_free (JkReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
jk_report_add (JkReport *self,
               JkFindingKind kind,
               const char *file,
               const char *place,
               const char *found,
               const char *expected,
               const char *advice)
{
  g_return_if_fail (self != NULL);

  JkFinding finding = {
    .kind = kind,
    .file = file,
    .place = place,
    .found = found,
    .expected = expected,
    .advice = advice,
  };
  add (self, &finding, FALSE);
}

void
jk_report_fault_at_line (JkReport *self,
                         const char *file,
                         guint line,
                         const char *expected,
                         const char *advice,
                         const char *found_format,
                         ...)
{
  va_list args;
  va_start (args, found_format);
  g_autofree char *found = g_strdup_vprintf (found_format, args);
  va_end (args);

  g_autofree char *place = g_strdup_printf ("line %u", line);
  jk_report_add (self, JK_FINDING_FAULT, file, place, found, expected, advice);
}

void
jk_report_fault_at_row (JkReport *self,
                        const char *file,
                        guint row,
                        const char *expected,
                        const char *advice,
                        const char *found_format,
                        ...)
{
  va_list args;
  va_start (args, found_format);
  g_autofree char *found = g_strdup_vprintf (found_format, args);
  va_end (args);

  g_autofree char *place = g_strdup_printf ("row %u", row);
  jk_report_add (self, JK_FINDING_FAULT, file, place, found, expected, advice);
}

void
jk_report_notice_at_row (JkReport *self,
                         const char *file,
                         guint row,
                         const char *expected,
                         const char *advice,
                         const char *found_format,
                         ...)
{
  va_list args;
  va_start (args, found_format);
  g_autofree char *found = g_strdup_vprintf (found_format, args);
  va_end (args);

  g_autofree char *place = g_strdup_printf ("row %u", row);
  jk_report_add (self, JK_FINDING_NOTICE, file, place, found, expected, advice);
}

void
jk_report_add_error (JkReport *self, const char *file, const GError *error)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (file != NULL);
  g_return_if_fail (error != NULL);

  /* Messages begin with the file too, as "FILE: it is" or "FILE is"; once is enough. */
  const char *message = error->message;
  const char *rest = g_str_has_prefix (message, file) ? message + strlen (file) : "";
  if (g_str_has_prefix (rest, ": "))
    message = rest + 2;
  else if (*rest == ' ')
    message = rest + 1;

  JkFinding finding = { .kind = JK_FINDING_FAULT, .file = file, .found = message };
  add (self, &finding, TRUE);
}

guint
jk_report_get_n_faults (const JkReport *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_faults;
}

guint
jk_report_get_n (const JkReport *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

const JkFinding *
jk_report_get (const JkReport *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->entries->len, NULL);

  const Entry *entry = g_ptr_array_index (self->entries, n);
  return &entry->finding;
}

/* Control characters would break the line a finding is to stay on. */
static void
append_on_one_line (GString *out, const char *before, const char *text)
{
  if (*text == '\0')
    return;
  g_string_append (out, before);
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_c (out, g_ascii_iscntrl (*at) ? ' ' : *at);
}

static void
append_entry (GString *out, const Entry *entry)
{
  const JkFinding *finding = &entry->finding;
  gsize start = out->len;

  append_on_one_line (out, "", finding->file);
  append_on_one_line (out, ": ", finding->place);
  g_string_append_c (out, ':');

  gsize said = out->len;
  append_on_one_line (out, entry->is_sentence ? " " : " found ", finding->found);
  append_on_one_line (out, out->len > said ? "; expected " : " expected ", finding->expected);
  append_on_one_line (out, out->len > said ? "; " : " ", finding->advice);
  if (out->len > start && out->str[out->len - 1] != '.')
    g_string_append_c (out, '.');
  g_string_append_c (out, '\n');
}

char *
jk_report_dup_text (const JkReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *out = g_string_new (NULL);
  for (guint i = 0; i < self->entries->len; i++)
    append_entry (out, g_ptr_array_index (self->entries, i));
  if (self->n_not_kept > 0)
    g_string_append_printf (out, "%u more findings are not listed.\n", self->n_not_kept);
  return g_string_free (out, FALSE);
}

char *
jk_report_dup_json (const JkReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *out = g_string_new ("[");
  for (guint i = 0; i < self->entries->len; i++) {
    const JkFinding *finding = jk_report_get (self, i);
    g_string_append (out, i > 0 ? ",\n{" : "\n{");
    jk_json_append_member (out, "kind", finding->kind == JK_FINDING_FAULT ? "fault" : "notice");
    jk_json_append_member (out, "file", finding->file);
    jk_json_append_member (out, "place", finding->place);
    jk_json_append_member (out, "found", finding->found);
    jk_json_append_member (out, "expected", finding->expected);
    jk_json_append_member (out, "do", finding->advice);
    g_string_append_c (out, '}');
  }
  g_string_append (out, "\n]\n");
  return g_string_free (out, FALSE);
}
