/* SPDX-License-Identifier: Apache-2.0 */
/* plan/incidents.c: see the header. */
#include "plan/incidents.h"

#include "base/error.h"
#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* Before facts that begin as if with a code, and have none. */
#define NO_CODE "- "

struct _JkIncidents {
  /* Owned */
  GArray *entries;      /* of JkIncident */
  GStringChunk *chunks; /* of their texts */
};

static JkIncidents *
incidents_new (void)
{
  JkIncidents *self = g_new0 (JkIncidents, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (JkIncident));
  self->chunks = g_string_chunk_new (JK_NAME_BYTES_MAX);
  return self;
}

void
jk_incidents_free (JkIncidents *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_string_chunk_free (self->chunks);
  g_free (self);
}

static gboolean
is_code (const char *text, gsize size)
{
  if (size < 2 || size > JK_INCIDENT_CODE_BYTES_MAX || !g_ascii_isupper (text[0]) ||
      !g_ascii_isdigit (text[size - 1]))
    return FALSE;
  for (gsize i = 0; i < size; i++) {
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  }
  return TRUE;
}

/* Takes text; NULL counts as "". */
static const char *
keep_text (JkIncidents *self, JkIni *ini, const char *group, const char *key, char *text)
{
  g_autofree char *owned = text;

  if (text == NULL)
    return "";
  if (strlen (text) > JK_NAME_BYTES_MAX)
    jk_ini_fault (ini, group, key, "a shorter text", "%" G_GSIZE_FORMAT " bytes", strlen (text));
  return g_string_chunk_insert (self->chunks, text);
}

static JkIncidentKind
read_kind (JkIni *ini, const char *group)
{
  g_autofree char *kind = jk_ini_dup_text (ini, group, "kind");

  if (g_str_equal (kind, "violation"))
    return JK_INCIDENT_VIOLATION;
  if (*kind != '\0' && !g_str_equal (kind, "incident"))
    jk_ini_fault (ini, group, "kind", "violation or incident", "%s", kind);
  return JK_INCIDENT_OTHER;
}

static const char *
read_consequence (JkIncidents *self, JkIni *ini, const char *group, const char *key, gboolean must)
{
  return keep_text (self,
                    ini,
                    group,
                    key,
                    must ? jk_ini_dup_text (ini, group, key)
                         : jk_ini_dup_optional_text (ini, group, key));
}

static void
read_incident (JkIncidents *self, JkIni *ini, const char *group)
{
  JkIncidentKind kind = read_kind (ini, group);
  gboolean must = kind == JK_INCIDENT_VIOLATION;
  JkIncident incident = {
    .code = g_string_chunk_insert (self->chunks, group),
    .title = keep_text (self, ini, group, "title", jk_ini_dup_text (ini, group, "title")),
    .title_en = keep_text (self, ini, group, "title-en", jk_ini_dup_text (ini, group, "title-en")),
    .consequence = read_consequence (self, ini, group, "consequence", must),
    .consequence_en = read_consequence (self, ini, group, "consequence-en", must),
    .kind = kind,
    .warn_first = jk_ini_get_boolean (ini, group, "warn-first", FALSE),
  };

  if (!is_code (group, strlen (group)))
    jk_ini_fault (ini,
                  group,
                  NULL,
                  "a code such as W601: A to Z first, then these, 0 to 9 and -, a digit last",
                  "[%s]",
                  group);
  g_array_append_val (self->entries, incident);
}

JkIncidents *
jk_incidents_parse (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL && text != NULL && report != NULL, NULL);
  g_autoptr (JkIncidents) self = incidents_new ();
  guint n_faults = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);

  if (ini == NULL)
    return NULL;
  g_auto (GStrv) groups = jk_ini_dup_groups (ini);
  guint n = g_strv_length (groups);
  if (n > JK_INCIDENTS_MAX) {
    jk_ini_fault (ini, groups[JK_INCIDENTS_MAX], NULL, "fewer codes", "%u codes", n);
    return NULL;
  }
  for (guint i = 0; i < n; i++)
    read_incident (self, ini, groups[i]);
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == n_faults ? g_steal_pointer (&self) : NULL;
}

JkIncidents *
jk_incidents_load (const JkStorage *storage, const char *path, GError **error)
{
  g_return_val_if_fail (storage != NULL && path != NULL, NULL);
  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  g_autofree char *text = bytes != NULL ? jk_text_from_bytes (path, bytes, error) : NULL;

  if (text == NULL)
    return NULL;
  g_autoptr (JkReport) report = jk_report_new ();
  JkIncidents *self = jk_incidents_parse (path, text, report);
  if (self == NULL) {
    g_autofree char *faults = jk_report_dup_text (report);
    g_set_error_literal (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT, g_strchomp (faults));
  }
  return self;
}

guint
jk_incidents_get_n (const JkIncidents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

const JkIncident *
jk_incidents_get (const JkIncidents *self, guint n)
{
  g_return_val_if_fail (self != NULL && n < self->entries->len, NULL);
  return &g_array_index (self->entries, JkIncident, n);
}

const JkIncident *
jk_incidents_find (const JkIncidents *self, const char *code)
{
  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  for (guint n = 0; n < self->entries->len; n++) {
    const JkIncident *incident = jk_incidents_get (self, n);
    if (g_ascii_strcasecmp (incident->code, code) == 0)
      return incident;
  }
  return NULL;
}

/* How many bytes of text are its code; 0: it has none. */
static gsize
measure_code (const char *text)
{
  gsize size = strcspn (text, " ");

  return text[size] == ' ' && text[size + 1] != '\0' && is_code (text, size) ? size : 0;
}

char *
jk_incident_dup_text (const char *code, const char *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);
  g_autofree char *line = g_strdup (facts);

  for (char *at = line; *at != '\0'; at++)
    *at = g_ascii_iscntrl (*at) ? ' ' : *at;
  g_strstrip (line);
  if (code != NULL && *code != '\0')
    return g_strdup_printf ("%s %s", code, line);
  if (measure_code (line) > 0 || g_str_has_prefix (line, NO_CODE))
    return g_strconcat (NO_CODE, line, NULL);
  return g_steal_pointer (&line);
}

char *
jk_incident_split_text (const char *text, const char **out_facts)
{
  g_return_val_if_fail (text != NULL && out_facts != NULL, NULL);
  gsize size = measure_code (text);

  if (size > 0)
    *out_facts = text + size + 1;
  else
    *out_facts = g_str_has_prefix (text, NO_CODE) ? text + strlen (NO_CODE) : text;
  return g_strndup (text, size);
}
