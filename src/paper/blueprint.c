/* SPDX-License-Identifier: Apache-2.0 */
/* paper/blueprint.c: reads the key file that says how a paper is composed.
 *
 * Points are read digit by digit into half-points: no floating point, here or later. A sum is
 * checked only when all its parts are sound, so that one slip of the pen is one fault. */
#include "paper/blueprint.h"

#include "base/ini.h"
#include "base/limits.h"
#include "base/number.h"

#include <string.h>

/* What a row of a paper can hold (u8). */
#define HALF_POINTS_OF_ITEM_MAX G_MAXUINT8

struct _JkBlueprint {
  /* Owned */
  char *name;
  char *notice;
  char *text;
  GPtrArray *sections; /* of char * */
  GArray *cells;       /* of JkCell */

  /* Plain */
  guint level;
  guint total;
  guint counts[JK_ITEM_TYPES];
  guint half_points[JK_ITEM_TYPES]; /* 0: not given */
  guint percents[JK_DIFFICULTY_MAX];
  JkMarking marking;
  guint partial;
};

static const JkItemType types[JK_ITEM_TYPES] = { JK_ITEM_SINGLE, JK_ITEM_MULTIPLE, JK_ITEM_JUDGE };

/* "1", "12", "0.5", "1.0": digits, then at most .0 or .5. FALSE when it is none, or beyond max. */
static gboolean
parse_points (const char *text, guint max, guint *out_half_points)
{
  guint value = 0;
  const char *at = text;

  for (; g_ascii_isdigit (*at); at++) {
    value = value * 10 + (guint) g_ascii_digit_value (*at);
    if (value > max)
      return FALSE;
  }
  if (at == text)
    return FALSE;
  value *= 2;
  if (*at == '.') {
    if (at[1] != '0' && at[1] != '5')
      return FALSE;
    value += at[1] == '5';
    at += 2;
  }
  if (*at != '\0' || value == 0 || value > max)
    return FALSE;
  *out_half_points = value;
  return TRUE;
}

static char *
dup_points (guint half_points)
{
  return g_strdup_printf ("%u%s", half_points / 2, half_points % 2 != 0 ? ".5" : "");
}

/* The value of a key as half-points; 0 after reporting. */
static guint
read_points (JkIni *ini, const char *group, const char *key, guint max)
{
  g_autofree char *text = jk_ini_dup_text (ini, group, key);
  guint half_points = 0;

  if (*text != '\0' && !parse_points (text, max, &half_points)) {
    g_autofree char *top = dup_points (max);
    g_autofree char *expected = g_strdup_printf ("a multiple of 0.5 from 0.5 to %s", top);
    jk_ini_fault (ini, group, key, expected, "%s = %s", key, text);
  }
  return half_points;
}

static void
check_length (JkIni *ini, const char *key, const char *text)
{
  if (strlen (text) > JK_NAME_BYTES_MAX)
    jk_ini_fault (ini,
                  "blueprint",
                  key,
                  "at most 256 bytes",
                  "%s of %" G_GSIZE_FORMAT " bytes",
                  key,
                  strlen (text));
}

static void
read_head (JkBlueprint *self, JkIni *ini)
{
  self->name = jk_ini_dup_text (ini, "blueprint", "name");
  check_length (ini, "name", self->name);
  self->level = (guint) jk_ini_get_integer (ini, "blueprint", "level", 1, 5);
  self->total = read_points (ini, "blueprint", "total", JK_HALF_POINTS_MAX);
  self->notice = jk_ini_dup_optional_text (ini, "blueprint", "notice");
  if (self->notice == NULL)
    self->notice = g_strdup ("");
  check_length (ini, "notice", self->notice);
}

static void
read_difficulty (JkBlueprint *self, JkIni *ini)
{
  guint n_faults = jk_report_get_n_faults (jk_ini_get_report (ini));
  guint sum = 0;

  for (guint i = 0; i < JK_DIFFICULTY_MAX; i++) {
    char key[] = { (char) ('1' + i), '\0' };
    self->percents[i] = (guint) jk_ini_get_integer (ini, "difficulty", key, 0, 100);
    sum += self->percents[i];
  }
  if (jk_report_get_n_faults (jk_ini_get_report (ini)) == n_faults && sum != 100)
    jk_ini_fault (ini, "difficulty", NULL, "a sum of 100", "shares with the sum %u", sum);
}

/* Three counts with / between; FALSE when it is not that. */
static gboolean
parse_counts (const char *text, guint out_counts[static JK_ITEM_TYPES])
{
  g_auto (GStrv) parts = g_strsplit (text, "/", JK_ITEM_TYPES + 1);
  guint counts[JK_ITEM_TYPES];

  if (g_strv_length (parts) != JK_ITEM_TYPES)
    return FALSE;
  for (guint i = 0; i < JK_ITEM_TYPES; i++) {
    gint64 count = 0;
    g_strstrip (parts[i]);
    if (!jk_number_parse (parts[i], 0, JK_PAPER_ITEMS_MAX, &count))
      return FALSE;
    counts[i] = (guint) count;
  }
  memcpy (out_counts, counts, sizeof counts);
  return TRUE;
}

static void
read_section (JkBlueprint *self, JkIni *ini, const char *code)
{
  g_autofree char *value = jk_ini_dup_text (ini, "cells", code);
  guint counts[JK_ITEM_TYPES] = { 0 };

  if (strlen (code) > JK_ID_BYTES_MAX)
    jk_ini_fault (ini, "cells", code, "a section code of at most 64 bytes", "“%s”", code);
  if (*value == '\0')
    return;
  if (!parse_counts (value, counts)) {
    jk_ini_fault (ini,
                  "cells",
                  code,
                  "single/multiple/judge as 3/0/2, each from 0 to 400",
                  "%s = %s",
                  code,
                  value);
    return;
  }
  if (counts[0] + counts[1] + counts[2] == 0)
    jk_ini_fault (ini,
                  "cells",
                  code,
                  "at least one item; delete a section that gives none",
                  "%s = %s",
                  code,
                  value);

  for (guint i = 0; i < JK_ITEM_TYPES; i++) {
    JkCell cell = { .section = self->sections->len, .type = types[i], .count = counts[i] };
    if (cell.count > 0)
      g_array_append_val (self->cells, cell);
    self->counts[i] += counts[i];
  }
  g_ptr_array_add (self->sections, g_strdup (code));
}

static void
read_cells (JkBlueprint *self, JkIni *ini)
{
  g_auto (GStrv) codes = jk_ini_dup_keys (ini, "cells");
  guint n = g_strv_length (codes);

  if (n == 0 || n > JK_SECTIONS_MAX)
    jk_ini_fault (ini,
                  "cells",
                  NULL,
                  "1 to 256 lines SECTION = single/multiple/judge",
                  "%u sections",
                  n);
  for (guint i = 0; i < n; i++)
    read_section (self, ini, codes[i]);

  guint n_items = jk_blueprint_get_n_items (self);
  if (n_items > JK_PAPER_ITEMS_MAX)
    jk_ini_fault (ini, "cells", NULL, "at most 400 items in a paper", "%u items", n_items);
}

/* A type that no cell asks for needs no points, but when they are given they are checked. */
static void
read_points_of_types (JkBlueprint *self, JkIni *ini)
{
  jk_ini_has (ini, "points", NULL);
  for (guint i = 0; i < JK_ITEM_TYPES; i++) {
    const char *key = jk_item_type_get_name (types[i]);
    if (self->counts[i] > 0 || jk_ini_has (ini, "points", key))
      self->half_points[i] = read_points (ini, "points", key, HALF_POINTS_OF_ITEM_MAX);
  }
}

static void
read_marking (JkBlueprint *self, JkIni *ini)
{
  static const char expected[] = "all-or-nothing, or partial:0.5 (points of a right option)";
  static const char partial[] = "partial:";
  g_autofree char *text = jk_ini_dup_text (ini, "marking", "multiple");

  if (*text == '\0')
    return;
  if (g_str_equal (text, "all-or-nothing")) {
    self->marking = JK_MARKING_ALL_OR_NOTHING;
    return;
  }
  self->marking = JK_MARKING_PARTIAL;
  if (!g_str_has_prefix (text, partial) ||
      !parse_points (text + strlen (partial), HALF_POINTS_OF_ITEM_MAX, &self->partial)) {
    jk_ini_fault (ini, "marking", "multiple", expected, "multiple = %s", text);
    return;
  }
  guint whole = jk_blueprint_get_half_points (self, JK_ITEM_MULTIPLE);
  if (whole != 0 && self->partial > whole) {
    g_autofree char *points = dup_points (whole);
    g_autofree char *top = g_strdup_printf ("at most the %s points of the whole item", points);
    jk_ini_fault (ini, "marking", "multiple", top, "multiple = %s", text);
  }
}

static void
check_total (const JkBlueprint *self, JkIni *ini)
{
  guint sum = 0;
  for (guint i = 0; i < JK_ITEM_TYPES; i++)
    sum += self->counts[i] * self->half_points[i];
  if (sum == self->total)
    return;

  g_autofree char *sum_text = dup_points (sum);
  g_autofree char *total_text = dup_points (self->total);
  g_autofree char *expected = g_strdup_printf ("%s, the sum of cells times points", sum_text);
  jk_ini_fault (ini, "blueprint", "total", expected, "total = %s", total_text);
}

JkBlueprint *
jk_blueprint_parse (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL && text != NULL && report != NULL, NULL);

  guint n_faults_before = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  if (ini == NULL)
    return NULL;

  g_autoptr (JkBlueprint) self = g_new0 (JkBlueprint, 1);
  self->text = g_strdup (text);
  self->sections = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_array_new (FALSE, FALSE, sizeof (JkCell));

  read_head (self, ini);
  read_cells (self, ini);
  read_points_of_types (self, ini);
  read_marking (self, ini);
  if (jk_report_get_n_faults (report) == n_faults_before)
    check_total (self, ini);
  read_difficulty (self, ini);
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == n_faults_before ? g_steal_pointer (&self) : NULL;
}

void
jk_blueprint_free (JkBlueprint *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->notice);
  g_free (self->text);
  g_free (self);
}

const char *
jk_blueprint_get_name (const JkBlueprint *self)
{
  return self->name;
}

const char *
jk_blueprint_get_notice (const JkBlueprint *self)
{
  return self->notice;
}

guint
jk_blueprint_get_level (const JkBlueprint *self)
{
  return self->level;
}

const char *
jk_blueprint_get_text (const JkBlueprint *self)
{
  return self->text;
}

guint
jk_blueprint_get_n_sections (const JkBlueprint *self)
{
  return self->sections->len;
}

const char *
jk_blueprint_get_section (const JkBlueprint *self, guint n)
{
  g_return_val_if_fail (n < self->sections->len, NULL);
  return g_ptr_array_index (self->sections, n);
}

guint
jk_blueprint_get_n_cells (const JkBlueprint *self)
{
  return self->cells->len;
}

const JkCell *
jk_blueprint_get_cell (const JkBlueprint *self, guint n)
{
  g_return_val_if_fail (n < self->cells->len, NULL);
  return &g_array_index (self->cells, JkCell, n);
}

guint
jk_blueprint_get_n_items (const JkBlueprint *self)
{
  guint n = 0;
  for (guint i = 0; i < JK_ITEM_TYPES; i++)
    n += self->counts[i];
  return n;
}

guint
jk_blueprint_count_type (const JkBlueprint *self, JkItemType type)
{
  g_return_val_if_fail (type >= JK_ITEM_SINGLE && type <= JK_ITEM_JUDGE, 0);
  return self->counts[type - 1];
}

guint
jk_blueprint_get_half_points (const JkBlueprint *self, JkItemType type)
{
  g_return_val_if_fail (type >= JK_ITEM_SINGLE && type <= JK_ITEM_JUDGE, 0);
  return self->half_points[type - 1];
}

guint
jk_blueprint_get_total_half_points (const JkBlueprint *self)
{
  return self->total;
}

guint
jk_blueprint_get_difficulty_percent (const JkBlueprint *self, guint difficulty)
{
  g_return_val_if_fail (difficulty >= 1 && difficulty <= JK_DIFFICULTY_MAX, 0);
  return self->percents[difficulty - 1];
}

JkMarking
jk_blueprint_get_marking (const JkBlueprint *self, guint *out_partial_half_points)
{
  if (out_partial_half_points != NULL)
    *out_partial_half_points = self->partial;
  return self->marking;
}
