/* SPDX-License-Identifier: Apache-2.0 */
/* base/ini.c: a key file read twice: by a scan that knows lines, and by GKeyFile for the values. */
#include "base/ini.h"
#include "base/ini-lines.h"
#include "base/number.h"

#include <string.h>

struct _JkIni {
  /* Owned */
  char *file;
  GKeyFile *keys;
  JkIniLines *lines;
  GHashTable *missing; /* set of the names of groups reported as missing */

  /* Borrowed */
  JkReport *report;
};

static gboolean
load (JkIni *self)
{
  const char *good = jk_ini_lines_get_good (self->lines);
  g_autoptr (GError) error = NULL;

  if (*good == '\0') {
    jk_report_add (self->report,
                   JK_FINDING_FAULT,
                   self->file,
                   "",
                   "no group",
                   "lines [group] with lines key = value under them",
                   "check that it is the right file");
    return FALSE;
  }
  if (!g_key_file_load_from_data (self->keys, good, strlen (good), G_KEY_FILE_NONE, &error)) {
    jk_report_add_error (self->report, self->file, error);
    return FALSE;
  }
  return TRUE;
}

JkIni *
jk_ini_parse (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL)) {
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   "bytes that are no text",
                   "UTF-8",
                   "save it as UTF-8");
    return NULL;
  }

  g_autoptr (JkIni) self = g_new0 (JkIni, 1);
  self->file = g_strdup (file);
  self->report = report;
  self->keys = g_key_file_new ();
  self->lines = jk_ini_lines_new (file, text, report);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return load (self) ? g_steal_pointer (&self) : NULL;
}

void
jk_ini_free (JkIni *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->missing);
  jk_ini_lines_free (self->lines);
  g_key_file_unref (self->keys);
  g_free (self->file);
  g_free (self);
}

const char *
jk_ini_get_file (const JkIni *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->file;
}

JkReport *
jk_ini_get_report (const JkIni *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->report;
}

char **
jk_ini_dup_groups (const JkIni *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_key_file_get_groups (self->keys, NULL);
}

/* Marks the group, and the key where it is given and there. NULL when it is not there. */
static JkIniEntry *
ask (const JkIni *self, const char *group, const char *key)
{
  JkIniEntry *parent = jk_ini_lines_find (self->lines, group, NULL);
  if (parent != NULL)
    parent->is_known = TRUE;
  if (key == NULL)
    return parent;

  JkIniEntry *entry = jk_ini_lines_find (self->lines, group, key);
  if (entry != NULL)
    entry->is_known = TRUE;
  return entry;
}

char **
jk_ini_dup_keys (const JkIni *self, const char *group)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (group != NULL, NULL);

  if (ask (self, group, NULL) == NULL)
    return g_new0 (char *, 1);
  return g_key_file_get_keys (self->keys, group, NULL, NULL);
}

gboolean
jk_ini_has (const JkIni *self, const char *group, const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (group != NULL, FALSE);

  return ask (self, group, key) != NULL;
}

/* Of a group that is not there one fault is enough, however many of its keys are asked for. */
static void
report_missing (JkIni *self, const char *group, const char *key, const char *expected)
{
  const JkIniEntry *parent = jk_ini_lines_find (self->lines, group, NULL);
  if (parent != NULL) {
    jk_report_fault_at_line (self->report,
                             self->file,
                             parent->line,
                             expected,
                             "add the key",
                             "no key “%s” in the group [%s]",
                             key,
                             group);
    return;
  }
  if (!g_hash_table_add (self->missing, g_strdup (group)))
    return;
  g_autofree char *place = g_strdup_printf ("[%s]", group);
  g_autofree char *keys = g_strdup_printf ("this group with its keys (%s among them)", key);
  jk_report_add (self->report,
                 JK_FINDING_FAULT,
                 self->file,
                 place,
                 "no such group",
                 keys,
                 "add the group");
}

/* GKeyFile gives a value with a bad escape as it stands, so they are looked for here; only a list
 * may escape its separator. */
static gboolean
are_escapes_good (const JkIni *self, const char *group, const char *key, const char *letters)
{
  g_autofree char *raw = g_key_file_get_value (self->keys, group, key, NULL);

  for (const char *at = strchr (raw, '\\'); at != NULL; at = strchr (at + 2, '\\')) {
    if (at[1] == '\0' || strchr (letters, at[1]) == NULL)
      return FALSE;
  }
  return TRUE;
}

/* The value without blanks around it; NULL when it is missing, or malformed (reported). */
static char *
dup_value (JkIni *self, const char *group, const char *key, const char *expected)
{
  if (ask (self, group, key) == NULL)
    return NULL;

  if (!are_escapes_good (self, group, key, "sntr\\")) {
    jk_ini_fault (self,
                  group,
                  key,
                  expected,
                  "a backslash in %s that begins none of \\s \\n \\t \\r \\\\",
                  key);
    return NULL;
  }
  char *value = g_key_file_get_string (self->keys, group, key, NULL);
  g_assert (value != NULL);
  return g_strstrip (value);
}

char *
jk_ini_dup_text (JkIni *self, const char *group, const char *key)
{
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, NULL);

  if (ask (self, group, key) == NULL) {
    report_missing (self, group, key, "a text");
    return g_strdup ("");
  }
  char *value = dup_value (self, group, key, "a text");
  if (value == NULL)
    return g_strdup ("");
  if (*value == '\0')
    jk_ini_fault (self, group, key, "a text", "nothing after %s =", key);
  return value;
}

char *
jk_ini_dup_optional_text (JkIni *self, const char *group, const char *key)
{
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, NULL);
  return dup_value (self, group, key, "a text");
}

char **
jk_ini_dup_list (JkIni *self, const char *group, const char *key)
{
  static const char expected[] = "values with ; between";
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, NULL);

  if (ask (self, group, key) == NULL) {
    report_missing (self, group, key, expected);
    return g_new0 (char *, 1);
  }
  gsize n = 0;
  g_auto (GStrv) list = NULL;
  if (are_escapes_good (self, group, key, "sntr\\;"))
    list = g_key_file_get_string_list (self->keys, group, key, &n, NULL);
  gboolean is_good = n > 0;
  for (gsize i = 0; is_good && i < n; i++)
    is_good = *g_strstrip (list[i]) != '\0';
  if (!is_good) {
    jk_ini_fault (self, group, key, expected, "an empty or malformed value in %s", key);
    return g_new0 (char *, 1);
  }
  return g_steal_pointer (&list);
}

/* FALSE when the key is missing, or the value malformed (reported). */
static gboolean
read_integer (JkIni *self,
              const char *group,
              const char *key,
              gint64 min,
              gint64 max,
              gint64 *out_value)
{
  g_autofree char *expected =
      g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
  g_autofree char *value = dup_value (self, group, key, expected);

  if (value == NULL)
    return FALSE;
  if (!jk_number_parse (value, min, max, out_value)) {
    jk_ini_fault (self, group, key, expected, "%s = %s", key, value);
    return FALSE;
  }
  return TRUE;
}

gint64
jk_ini_get_integer (JkIni *self, const char *group, const char *key, gint64 min, gint64 max)
{
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, min);

  gint64 value = min;
  if (ask (self, group, key) == NULL)
    report_missing (self, group, key, "a whole number");
  else
    read_integer (self, group, key, min, max, &value);
  return value;
}

gint64
jk_ini_get_optional_integer (JkIni *self,
                             const char *group,
                             const char *key,
                             gint64 min,
                             gint64 max,
                             gint64 fallback)
{
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, fallback);

  gint64 value = fallback;
  read_integer (self, group, key, min, max, &value);
  return value;
}

gboolean
jk_ini_get_boolean (JkIni *self, const char *group, const char *key, gboolean fallback)
{
  static const char expected[] = "true or false";
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, fallback);

  g_autofree char *value = dup_value (self, group, key, expected);
  if (value == NULL)
    return fallback;
  if (g_str_equal (value, "true"))
    return TRUE;
  if (!g_str_equal (value, "false")) {
    jk_ini_fault (self, group, key, expected, "%s = %s", key, value);
    return fallback;
  }
  return FALSE;
}

/* YYYY-MM-DD as YYYYMMDD; 0 when it is none. */
static guint
parse_date (const char *text)
{
  static const char form[] = "dddd-dd-dd";
  guint value = 0;

  if (strlen (text) != strlen (form))
    return 0;
  for (guint i = 0; form[i] != '\0'; i++) {
    if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != '-')
      return 0;
    if (form[i] == 'd')
      value = value * 10 + (guint) g_ascii_digit_value (text[i]);
  }
  guint year = value / 10000;
  guint month = value / 100 % 100;
  guint day = value % 100;
  gboolean is_day =
      year > 0 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return is_day ? value : 0;
}

guint
jk_ini_get_date (JkIni *self, const char *group, const char *key)
{
  static const char expected[] = "a day as 2021-04-24";
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, 0);

  if (ask (self, group, key) == NULL) {
    report_missing (self, group, key, expected);
    return 0;
  }
  g_autofree char *value = dup_value (self, group, key, expected);
  if (value == NULL)
    return 0;
  guint date = parse_date (value);
  if (date == 0)
    jk_ini_fault (self, group, key, expected, "%s = %s", key, value);
  return date;
}

void
jk_ini_fault (JkIni *self,
              const char *group,
              const char *key,
              const char *expected,
              const char *found_format,
              ...)
{
  g_return_if_fail (self != NULL && group != NULL);

  va_list args;
  va_start (args, found_format);
  g_autofree char *found = g_strdup_vprintf (found_format, args);
  va_end (args);

  const JkIniEntry *entry = jk_ini_lines_find (self->lines, group, key);
  if (entry == NULL)
    entry = jk_ini_lines_find (self->lines, group, NULL);
  if (entry != NULL) {
    jk_report_fault_at_line (self->report,
                             self->file,
                             entry->line,
                             expected,
                             "correct it",
                             "%s",
                             found);
    return;
  }
  g_autofree char *place =
      key == NULL ? g_strdup_printf ("[%s]", group) : g_strdup_printf ("[%s] %s", group, key);
  jk_report_add (self->report, JK_FINDING_FAULT, self->file, place, found, expected, "correct it");
}

static void
report_unknown (JkIni *self, const JkIniEntry *entry)
{
  if (entry->key == NULL)
    jk_report_fault_at_line (self->report,
                             self->file,
                             entry->line,
                             "a group of this kind of file",
                             "correct its name or delete it",
                             "the unknown group [%s]",
                             entry->group);
  else
    jk_report_fault_at_line (self->report,
                             self->file,
                             entry->line,
                             "a key of this group",
                             "correct its name or delete it",
                             "the unknown key “%s” in [%s]",
                             entry->key,
                             entry->group);
}

void
jk_ini_finish (JkIni *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < jk_ini_lines_get_n (self->lines); i++) {
    const JkIniEntry *entry = jk_ini_lines_get (self->lines, i);
    gboolean is_in_known_group =
        entry->key == NULL || jk_ini_lines_find (self->lines, entry->group, NULL)->is_known;
    if (!entry->is_known && is_in_known_group)
      report_unknown (self, entry);
  }
}
