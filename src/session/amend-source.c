/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend-source.c: the ini of an amendment and what it names, all faults in one run. */
#include "session/amend-source.h"

#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"

#define AMENDMENT "amendment"
#define WINDOW "window"
#define ROLES "roles"
#define ROSTER "roster"
#define RENUMBERED "renumbered"

typedef struct {
  /* Owned */
  char *path;
  JkRoster *roster;
} Table;

struct _JkAmendSource {
  /* Owned */
  char *file;
  char *reason;
  char *starts;
  Table corrected;
  Table added;
  GHashTable *old_numbers; /* by the new one */
  /* Plain */
  guint number;
  gint64 latest_entry_min; /* -1: stays */
  guint n_spares;
  gboolean revoked[JK_ROLES_MAX];
};

typedef struct {
  /* Borrowed */
  const char *folder;
  const JkWorld *world;
  JkReport *report;
  JkIni *ini;
  /* Plain */
  guint day;
} Load;

static void
load_window (Load *load, JkAmendSource *self)
{
  self->starts = jk_ini_dup_optional_text (load->ini, WINDOW, "starts");
  self->latest_entry_min =
      jk_ini_get_optional_integer (load->ini, WINDOW, "latest-entry-min", 0, JK_MINUTES_MAX, -1);
  if (self->starts == NULL)
    return;
  guint day = jk_starts_get_day (self->starts);
  if (day == 0)
    jk_ini_fault (load->ini,
                  WINDOW,
                  "starts",
                  "day and hour as 2021-04-24T09:00",
                  "the start is “%s”",
                  self->starts);
  else
    load->day = day;
}

static void
load_roles (Load *load, JkAmendSource *self)
{
  self->n_spares =
      (guint) jk_ini_get_optional_integer (load->ini, ROLES, "new-spares", 0, JK_ROLES_MAX, 0);
  if (!jk_ini_has (load->ini, ROLES, "revoke"))
    return;
  g_auto (GStrv) names = jk_ini_dup_list (load->ini, ROLES, "revoke");
  for (guint n = 0; names[n] != NULL; n++) {
    JkRoleName name;
    if (jk_role_name_parse (names[n], &name))
      self->revoked[name - 1] = TRUE;
    else
      jk_ini_fault (load->ini,
                    ROLES,
                    "revoke",
                    "names as chief, proctor, spare-1",
                    "there is a role “%s”",
                    names[n]);
  }
}

static void
load_table (Load *load, const char *key, Table *out)
{
  g_autofree char *named = jk_ini_dup_optional_text (load->ini, ROSTER, key);
  g_autoptr (GError) error = NULL;
  if (named == NULL)
    return;

  out->path =
      g_path_is_absolute (named) ? g_strdup (named) : g_build_filename (load->folder, named, NULL);
  g_autoptr (GBytes) bytes =
      jk_storage_read (load->world->storage, out->path, JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes == NULL)
    jk_report_add_error (load->report, out->path, error);
  else
    out->roster = jk_roster_parse (out->path, bytes, NULL, 0, load->day, 0, load->report);
}

static gboolean
is_corrected (const JkAmendSource *self, const char *admission)
{
  for (guint n = 0; self->corrected.roster != NULL && n < jk_roster_get_n (self->corrected.roster);
       n++)
    if (g_str_equal (jk_roster_get (self->corrected.roster, n)->admission, admission))
      return TRUE;
  return FALSE;
}

static void
load_renumbered (Load *load, JkAmendSource *self)
{
  g_auto (GStrv) keys = jk_ini_dup_keys (load->ini, RENUMBERED);

  for (guint n = 0; keys[n] != NULL; n++) {
    g_autofree char *text = jk_ini_dup_text (load->ini, RENUMBERED, keys[n]);
    char *number = jk_text_canonical_number (text);
    gboolean is_known = is_corrected (self, number);
    if (!g_hash_table_insert (self->old_numbers, number, jk_text_canonical_number (keys[n])) ||
        !is_known)
      jk_ini_fault (load->ini,
                    RENUMBERED,
                    keys[n],
                    "the new number of one corrected row",
                    "the number %s stands %s",
                    text,
                    is_known ? "here twice" : "in no corrected row");
  }
}

static void
check_changes (Load *load, const JkAmendSource *self)
{
  gboolean changes = self->starts != NULL || self->latest_entry_min >= 0 || self->n_spares > 0 ||
                     self->corrected.path != NULL || self->added.path != NULL;

  for (guint n = 0; n < JK_ROLES_MAX; n++)
    changes = changes || self->revoked[n];
  if (!changes)
    jk_ini_fault (load->ini,
                  AMENDMENT,
                  NULL,
                  "a new window, roles or a roster",
                  "the amendment changes nothing");
}

static void
load_all (Load *load, JkAmendSource *self)
{
  self->number = (guint) jk_ini_get_integer (load->ini, AMENDMENT, "number", 1, JK_AMENDMENTS_MAX);
  self->reason = jk_ini_dup_text (load->ini, AMENDMENT, "reason");
  if (strlen (self->reason) > JK_NAME_BYTES_MAX)
    jk_ini_fault (load->ini,
                  AMENDMENT,
                  "reason",
                  "at most 256 bytes, which are 85 Chinese characters",
                  "the reason has %" G_GSIZE_FORMAT " bytes",
                  strlen (self->reason));
  load_window (load, self);
  load_roles (load, self);
  load_table (load, "corrected", &self->corrected);
  load_table (load, "added", &self->added);
  load_renumbered (load, self);
  check_changes (load, self);
  jk_ini_finish (load->ini);
}

static JkIni *
parse_ini (const JkWorld *world, const char *path, JkReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage, path, JK_TEXT_FILE_BYTES_MAX, &error);
  g_autofree char *text = bytes != NULL ? jk_text_from_bytes (path, bytes, &error) : NULL;

  if (text != NULL)
    return jk_ini_parse (path, text, report);
  jk_report_add_error (report, path, error);
  return NULL;
}

JkAmendSource *
jk_amend_source_load (const JkWorld *world, const char *ini_path, guint day, JkReport *report)
{
  g_return_val_if_fail (world != NULL, NULL);
  g_return_val_if_fail (ini_path != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  guint n_before = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = parse_ini (world, ini_path, report);
  if (ini == NULL)
    return NULL;

  g_autoptr (JkAmendSource) self = g_new0 (JkAmendSource, 1);
  g_autofree char *folder = g_path_get_dirname (ini_path);
  Load load = { .folder = folder, .world = world, .report = report, .ini = ini, .day = day };
  self->file = g_strdup (ini_path);
  self->old_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  load_all (&load, self);
  return jk_report_get_n_faults (report) == n_before ? g_steal_pointer (&self) : NULL;
}

static void
table_clear (Table *self)
{
  jk_roster_free (self->roster);
  g_free (self->path);
}

void
jk_amend_source_free (JkAmendSource *self)
{
  if (self == NULL)
    return;
  table_clear (&self->corrected);
  table_clear (&self->added);
  g_clear_pointer (&self->old_numbers, g_hash_table_unref);
  g_free (self->starts);
  g_free (self->reason);
  g_free (self->file);
  g_free (self);
}

const char *
jk_amend_source_get_file (const JkAmendSource *self)
{
  return self->file;
}

guint
jk_amend_source_get_number (const JkAmendSource *self)
{
  return self->number;
}

const char *
jk_amend_source_get_reason (const JkAmendSource *self)
{
  return self->reason;
}

const char *
jk_amend_source_get_starts (const JkAmendSource *self)
{
  return self->starts;
}

gboolean
jk_amend_source_get_latest_entry (const JkAmendSource *self, guint *out_min)
{
  if (self->latest_entry_min < 0)
    return FALSE;
  *out_min = (guint) self->latest_entry_min;
  return TRUE;
}

gboolean
jk_amend_source_revokes (const JkAmendSource *self, JkRoleName name)
{
  g_return_val_if_fail (name >= JK_ROLE_CHIEF && (guint) name <= JK_ROLES_MAX, FALSE);
  return self->revoked[name - 1];
}

guint
jk_amend_source_get_n_spares (const JkAmendSource *self)
{
  return self->n_spares;
}

const JkRoster *
jk_amend_source_get_corrected (const JkAmendSource *self)
{
  return self->corrected.roster;
}

const char *
jk_amend_source_get_corrected_file (const JkAmendSource *self)
{
  return self->corrected.path;
}

const JkRoster *
jk_amend_source_get_added (const JkAmendSource *self)
{
  return self->added.roster;
}

const char *
jk_amend_source_get_added_file (const JkAmendSource *self)
{
  return self->added.path;
}

const char *
jk_amend_source_get_old_number (const JkAmendSource *self, const char *admission)
{
  const char *old = g_hash_table_lookup (self->old_numbers, admission);

  return old != NULL ? old : admission;
}
