/* SPDX-License-Identifier: Apache-2.0 */
/* base/ini-lines.c: one pass over the lines of a key file. It reads no values. */
#include "base/ini-lines.h"
#include "base/limits.h"

#include <string.h>

struct _JkIniLines {
  /* Owned */
  GPtrArray *entries;  /* of JkIniEntry, in file order */
  GHashTable *by_name; /* "group" or "group LF key" to its entry, borrowed from entries */
  GString *good;
};

typedef struct {
  /* Owned */
  char *group; /* NULL before the first */

  /* Borrowed */
  JkIniLines *lines;
  const char *file;
  JkReport *report;

  guint line;
  gboolean is_lost; /* under a line that should have been a group: its keys say nothing */
} Scan;

static void
entry_free (gpointer data)
{
  JkIniEntry *entry = data;
  g_free (entry->group);
  g_free (entry->key);
  g_free (entry);
}

/* No line holds an LF, so the two names cannot run into each other. */
static char *
make_name (const char *group, const char *key)
{
  return key == NULL ? g_strdup (group) : g_strconcat (group, "\n", key, NULL);
}

/* FALSE when it was there before; the first one stays. */
static gboolean
add_entry (Scan *scan, const char *group, const char *key)
{
  JkIniLines *lines = scan->lines;
  if (jk_ini_lines_find (lines, group, key) != NULL)
    return FALSE;

  JkIniEntry *entry = g_new0 (JkIniEntry, 1);
  entry->group = g_strdup (group);
  entry->key = g_strdup (key);
  entry->line = scan->line;
  g_ptr_array_add (lines->entries, entry);
  g_hash_table_insert (lines->by_name, make_name (group, key), entry);
  return TRUE;
}

static void G_GNUC_PRINTF (4, 5)
    scan_fault (const Scan *scan, const char *expected, const char *advice, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *found = g_strdup_vprintf (format, args);
  va_end (args);
  jk_report_fault_at_line (scan->report, scan->file, scan->line, expected, advice, "%s", found);
}

static gboolean
is_name (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *at = text; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at) || *at == '[' || *at == ']')
      return FALSE;
  }
  return TRUE;
}

static void
scan_group (Scan *scan, char *text)
{
  char *end = strchr (text, ']');
  if (end != NULL && end[1] == '\0') {
    *end = '\0';
    if (is_name (text + 1)) {
      scan->is_lost = FALSE;
      g_free (scan->group);
      scan->group = g_strdup (text + 1);
      if (!add_entry (scan, scan->group, NULL))
        scan_fault (scan,
                    "each group once",
                    "join the two groups",
                    "the group [%s] again (first in line %u)",
                    scan->group,
                    jk_ini_lines_find (scan->lines, scan->group, NULL)->line);
      g_string_append_printf (scan->lines->good, "[%s]\n", scan->group);
      return;
    }
    *end = ']';
  }
  scan->is_lost = TRUE;
  scan_fault (scan, "[name] alone on its line", "correct the line", "“%s”", text);
}

static void
scan_key (Scan *scan, char *text)
{
  if (scan->is_lost)
    return;

  char *equals = strchr (text, '=');
  if (equals == NULL) {
    scan_fault (scan, "key = value, [group] or # comment", "correct the line", "“%s”", text);
    return;
  }

  g_autofree char *key = g_strchomp (g_strndup (text, (gsize) (equals - text)));
  if (!is_name (key)) {
    scan_fault (scan, "a key without brackets before the =", "correct the line", "“%s”", text);
    return;
  }
  if (scan->group == NULL) {
    scan_fault (scan,
                "a [group] before the first key",
                "put the key under its group",
                "the key “%s” before any group",
                key);
    return;
  }
  if (!add_entry (scan, scan->group, key)) {
    scan_fault (scan,
                "each key once",
                "delete one of the two",
                "the key “%s” again (first in line %u)",
                key,
                jk_ini_lines_find (scan->lines, scan->group, key)->line);
    return;
  }
  g_string_append (scan->lines->good, text);
  g_string_append_c (scan->lines->good, '\n');
}

static void
scan_line (Scan *scan, char *line)
{
  gsize size = strlen (line);
  if (size > JK_LINE_BYTES_MAX) {
    scan_fault (scan,
                "at most 65536 bytes in a line",
                "shorten the line",
                "a line of %" G_GSIZE_FORMAT " bytes",
                size);
    return;
  }
  g_strstrip (line);
  if (*line == '[')
    scan_group (scan, line);
  else if (*line != '\0' && *line != '#')
    scan_key (scan, line);
}

JkIniLines *
jk_ini_lines_new (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL && text != NULL && report != NULL, NULL);

  JkIniLines *self = g_new0 (JkIniLines, 1);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->good = g_string_new (NULL);

  Scan scan = { .lines = self, .file = file, .report = report };
  for (const char *at = text; *at != '\0';) {
    gsize size = strcspn (at, "\n");
    g_autofree char *line = g_strndup (at, size);
    scan.line++;
    scan_line (&scan, line);
    at += size + (at[size] == '\n' ? 1 : 0);
  }
  g_free (scan.group);
  return self;
}

void
jk_ini_lines_free (JkIniLines *self)
{
  if (self == NULL)
    return;
  g_string_free (self->good, TRUE);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

const char *
jk_ini_lines_get_good (const JkIniLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->good->str;
}

guint
jk_ini_lines_get_n (const JkIniLines *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

JkIniEntry *
jk_ini_lines_get (const JkIniLines *self, guint n)
{
  g_return_val_if_fail (self != NULL && n < self->entries->len, NULL);
  return g_ptr_array_index (self->entries, n);
}

JkIniEntry *
jk_ini_lines_find (const JkIniLines *self, const char *group, const char *key)
{
  g_return_val_if_fail (self != NULL && group != NULL, NULL);

  g_autofree char *name = make_name (group, key);
  return g_hash_table_lookup (self->by_name, name);
}
