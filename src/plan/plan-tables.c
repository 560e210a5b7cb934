/* SPDX-License-Identifier: Apache-2.0 */
/* plan/plan-tables.c: the numbered groups of a plan: documents, levels, batches, eligibility paths.
 *
 * A group whose name only looks like one of them ([level-x]) is asked for by nobody, so JkIni
 * reports it as unknown. */
#include "plan/plan-private.h"

#include <string.h>

/* A number from 1 to max without leading zeros; what follows it goes to out_rest. 0 when none. */
static guint
take_number (const char *text, guint max, const char **out_rest)
{
  guint number = 0;

  if (*text == '0')
    return 0;
  for (; g_ascii_isdigit (*text); text++) {
    number = number * 10 + (guint) g_ascii_digit_value (*text);
    if (number > max)
      return 0;
  }
  *out_rest = text;
  return number;
}

/* The number at the end of a group's name; 0 when the name is not prefix and number. */
static guint
number_of (const char *group, const char *prefix, guint max)
{
  const char *rest = "";
  if (!g_str_has_prefix (group, prefix))
    return 0;
  guint number = take_number (group + strlen (prefix), max, &rest);
  return *rest == '\0' ? number : 0;
}

static void
read_document (JkPlan *self, JkIni *ini, const char *group)
{
  static const char prefix[] = "document-";
  if (!g_str_has_prefix (group, prefix) || group[strlen (prefix)] == '\0')
    return;

  const char *id = jk_plan_keep (self, g_strdup (group + strlen (prefix)));
  const char *name = jk_plan_keep (self, jk_ini_dup_text (ini, group, "name"));
  g_autofree char *note = jk_ini_dup_optional_text (ini, group, "note");
  g_hash_table_insert (self->documents, (gpointer) id, (gpointer) name);
}

/* The names of the documents that a key lists by id. */
static const char *const *
read_documents (JkPlan *self, JkIni *ini, const char *group)
{
  g_auto (GStrv) ids = jk_ini_dup_list (ini, group, "documents");
  guint n = g_strv_length (ids);
  const char **names = g_new0 (const char *, n + 1);
  guint n_names = 0;

  g_ptr_array_add (self->memory, names);
  for (guint i = 0; i < n; i++) {
    const char *name = g_hash_table_lookup (self->documents, ids[i]);
    if (name != NULL)
      names[n_names++] = name;
    else
      jk_ini_fault (ini,
                    group,
                    "documents",
                    "the id of a group [document-ID] of this file",
                    "the unknown document “%s”",
                    ids[i]);
  }
  return names;
}

static guint
read_fee (JkIni *ini, const char *group, const char *key)
{
  return (guint) jk_ini_get_optional_integer (ini, group, key, 1, JK_PLAN_FEE_MAX, 0);
}

static void
check_fees (JkIni *ini, const char *group, const JkPlanLevel *level)
{
  guint sum = level->fee_theory + level->fee_practical + level->fee_review;
  if (sum != level->fee_total)
    jk_ini_fault (ini,
                  group,
                  "fee-total",
                  "the sum of fee-theory, fee-practical and fee-review",
                  "a total of %u yuan where the parts make %u",
                  level->fee_total,
                  sum);
}

static void
read_level (JkPlan *self, JkIni *ini, const char *group)
{
  JkPlanLevel level = { .number = number_of (group, "level-", JK_PLAN_LEVEL_MAX) };
  if (level.number == 0)
    return;

  level.name = jk_plan_keep (self, jk_ini_dup_text (ini, group, "name"));
  level.title = jk_plan_keep (self, jk_ini_dup_text (ini, group, "title"));
  level.in_scope = jk_ini_get_boolean (ini, group, "in-scope", FALSE);
  level.fee_total = (guint) jk_ini_get_integer (ini, group, "fee-total", 1, JK_PLAN_FEE_MAX);
  level.fee_theory = read_fee (ini, group, "fee-theory");
  level.fee_practical = read_fee (ini, group, "fee-practical");
  level.fee_review = read_fee (ini, group, "fee-review");
  check_fees (ini, group, &level);

  g_autofree char *fee_name = jk_ini_dup_optional_text (ini, group, "fee-name");
  g_autofree char *eligibility = jk_ini_dup_optional_text (ini, group, "eligibility");
  if (level.in_scope || jk_ini_has (ini, group, "documents"))
    read_documents (self, ini, group);
  g_array_append_val (self->levels, level);
}

static JkBatchStatus
read_status (JkIni *ini, const char *group)
{
  g_autofree char *status = jk_ini_dup_text (ini, group, "status");

  if (g_str_equal (status, "changed"))
    return JK_BATCH_MOVED;
  if (g_str_equal (status, "cancelled"))
    return JK_BATCH_CANCELLED;
  if (*status != '\0' && !g_str_equal (status, "planned"))
    jk_ini_fault (ini, group, "status", "planned, changed or cancelled", "status = %s", status);
  return JK_BATCH_PLANNED;
}

/* What a moved batch was announced for stays in the plan. */
static void
check_original_date (JkIni *ini, const char *group, const JkPlanBatch *batch)
{
  gboolean has = jk_ini_has (ini, group, "original-date");
  if (batch->status != JK_BATCH_MOVED) {
    if (has)
      jk_ini_fault (ini,
                    group,
                    "original-date",
                    "this key with status = changed only",
                    "original-date in a batch that was not moved");
    return;
  }
  guint original = jk_ini_get_date (ini, group, "original-date");
  if (original != 0 && original == batch->date)
    jk_ini_fault (ini,
                  group,
                  "original-date",
                  "the day before the change, other than date",
                  "the same day as date");
}

static void
check_batch_level (const JkPlan *self, JkIni *ini, const char *group, guint number)
{
  const JkPlanLevel *level = jk_plan_find_level (self, number);
  if (level == NULL || !level->in_scope)
    jk_ini_fault (ini,
                  group,
                  "level",
                  "the number of a group [level-N] with in-scope = true",
                  "level %u, which this plan does not certify",
                  number);
}

static void
read_batch (JkPlan *self, JkIni *ini, const char *group)
{
  JkPlanBatch batch = { .number = number_of (group, "batch-", JK_PLAN_NUMBER_MAX) };
  if (batch.number == 0)
    return;

  batch.date = jk_ini_get_date (ini, group, "date");
  batch.deadline = jk_ini_get_date (ini, group, "deadline");
  batch.level = (guint) jk_ini_get_integer (ini, group, "level", 1, JK_PLAN_LEVEL_MAX);
  batch.status = read_status (ini, group);
  check_original_date (ini, group, &batch);
  check_batch_level (self, ini, group, batch.level);
  if (batch.date != 0 && batch.deadline >= batch.date)
    jk_ini_fault (ini,
                  group,
                  "deadline",
                  "a deadline before the day of the exam",
                  "a deadline on or after the day of the exam");
  g_array_append_val (self->batches, batch);
}

/* "certificate+work"; what it consists of is checked. */
static char *
read_kind (JkIni *ini, const char *group, gboolean *out_work)
{
  static const char *const kinds[] = { "work", "education", "training", "certificate", NULL };
  g_auto (GStrv) list = jk_ini_dup_list (ini, group, "kind");

  for (guint i = 0; list[i] != NULL; i++) {
    if (!g_strv_contains (kinds, list[i]))
      jk_ini_fault (ini,
                    group,
                    "kind",
                    "work, education, training or certificate, with ; between",
                    "the unknown kind “%s”",
                    list[i]);
  }
  *out_work = g_strv_contains ((const char *const *) list, "work");
  return g_strjoinv ("+", list);
}

static guint
read_years (JkIni *ini, const char *group, gboolean is_work)
{
  if (is_work)
    return (guint) jk_ini_get_integer (ini, group, "years", 1, 60);
  if (jk_ini_has (ini, group, "years"))
    jk_ini_fault (ini,
                  group,
                  "years",
                  "years of work only where kind has work",
                  "years in a path without work");
  return 0;
}

static void
read_path (JkPlan *self, JkIni *ini, const char *group)
{
  static const char prefix[] = "path-";
  const char *rest = "";
  if (!g_str_has_prefix (group, prefix))
    return;
  guint level = take_number (group + strlen (prefix), JK_PLAN_LEVEL_MAX, &rest);
  guint ordinal = level == 0 || *rest != '-' ? 0 : number_of (rest, "-", JK_PLAN_NUMBER_MAX);
  if (ordinal == 0)
    return;

  gboolean is_work = FALSE;
  JkPlanPath path = { .level = level };
  path.id = jk_plan_keep (self, g_strdup_printf ("%u-(%u)", level, ordinal));
  path.text = jk_plan_keep (self, jk_ini_dup_text (ini, group, "text"));
  path.kind = jk_plan_keep (self, read_kind (ini, group, &is_work));
  path.years = read_years (ini, group, is_work);
  path.documents = read_documents (self, ini, group);
  if (jk_plan_find_level (self, level) == NULL)
    jk_ini_fault (ini,
                  group,
                  NULL,
                  "a level that has a group [level-N]",
                  "a path of level %u",
                  level);
  g_array_append_val (self->paths, path);
}

static gboolean
has_path (const JkPlan *self, guint level)
{
  for (guint i = 0; i < self->paths->len; i++) {
    if (g_array_index (self->paths, JkPlanPath, i).level == level)
      return TRUE;
  }
  return FALSE;
}

static void
check_levels (const JkPlan *self, JkIni *ini)
{
  gboolean is_any_in_scope = FALSE;

  for (guint i = 0; i < self->levels->len; i++) {
    const JkPlanLevel *level = &g_array_index (self->levels, JkPlanLevel, i);
    g_autofree char *group = g_strdup_printf ("level-%u", level->number);
    is_any_in_scope = is_any_in_scope || level->in_scope;
    if (level->in_scope && !has_path (self, level->number))
      jk_ini_fault (ini,
                    group,
                    NULL,
                    "at least one group [path-LEVEL-N] for a level in scope",
                    "no eligibility path for level %u",
                    level->number);
  }
  if (!is_any_in_scope)
    jk_ini_fault (ini, "level-N", NULL, "a level with in-scope = true", "no level in scope");
}

void
jk_plan_read_tables (JkPlan *self, JkIni *ini)
{
  static void (*const readers[]) (JkPlan *, JkIni *, const char *) = {
    read_document,
    read_level,
    read_batch,
    read_path,
  };
  g_auto (GStrv) groups = jk_ini_dup_groups (ini);

  /* In this order, whatever the order of the file: each refers to what was read before. */
  for (guint r = 0; r < G_N_ELEMENTS (readers); r++) {
    for (guint i = 0; groups[i] != NULL; i++)
      readers[r](self, ini, groups[i]);
  }
  check_levels (self, ini);
  if (self->batches->len == 0)
    jk_ini_fault (ini, "batch-N", NULL, "at least one group [batch-N]", "no batch");
}
