/* SPDX-License-Identifier: Apache-2.0 */
/* plan/plan.c: a plan read from its key file, all faults in one run. */
#include "plan/plan-private.h"
#include "base/text.h"

#include <string.h>

static JkPlan *
new_plan (void)
{
  JkPlan *self = g_new0 (JkPlan, 1);
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new ();
  self->contacts = g_ptr_array_new ();
  self->precautions = g_ptr_array_new ();
  self->levels = g_array_new (FALSE, TRUE, sizeof (JkPlanLevel));
  self->batches = g_array_new (FALSE, TRUE, sizeof (JkPlanBatch));
  self->paths = g_array_new (FALSE, TRUE, sizeof (JkPlanPath));
  self->documents = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

const char *
jk_plan_keep (JkPlan *self, char *text)
{
  g_ptr_array_add (self->memory, text);
  return text;
}

static const char *
keep_text (JkPlan *self, JkIni *ini, const char *group, const char *key)
{
  return jk_plan_keep (self, jk_ini_dup_text (ini, group, key));
}

/* Keys that are there for people to read; only their form is checked. */
static void
skip_text (JkIni *ini, const char *group, const char *key)
{
  g_autofree char *text = jk_ini_dup_optional_text (ini, group, key);
}

static void
read_head (JkPlan *self, JkIni *ini)
{
  static const char group[] = "plan";

  self->title = keep_text (self, ini, group, "title");
  self->occupation = keep_text (self, ini, group, "occupation");
  self->occupation_code = keep_text (self, ini, group, "occupation-code");
  self->issuer = keep_text (self, ini, group, "issuer");
  self->place = keep_text (self, ini, group, "place");
  jk_ini_get_date (ini, group, "issued");
  skip_text (ini, group, "scope");
  skip_text (ini, group, "standard");
  skip_text (ini, group, "basis");
  skip_text (ini, group, "change-note");
}

static void
add_contact (JkPlan *self, const char *label, const char *text)
{
  g_ptr_array_add (self->labels, (gpointer) label);
  g_ptr_array_add (self->contacts, (gpointer) text);
}

/* The place of registration is a contact too: the first one. */
static void
read_contacts (JkPlan *self, JkIni *ini)
{
  g_auto (GStrv) keys = jk_ini_dup_keys (ini, "contacts");

  if (jk_ini_has (ini, "registration", NULL)) {
    add_contact (self, "registration", keep_text (self, ini, "registration", "url"));
    skip_text (ini, "registration", "name");
  }
  for (guint i = 0; keys[i] != NULL; i++)
    add_contact (self,
                 jk_plan_keep (self, g_strdup (keys[i])),
                 keep_text (self, ini, "contacts", keys[i]));
}

static guint
read_minutes (JkIni *ini, const char *group)
{
  skip_text (ini, group, "alias");
  skip_text (ini, group, "form");
  return (guint) jk_ini_get_integer (ini, group, "duration-min", 1, JK_PLAN_MINUTES_MAX);
}

static void
read_subjects (JkPlan *self, JkIni *ini)
{
  self->theory_name = keep_text (self, ini, "theory", "name");
  self->theory_minutes = read_minutes (ini, "theory");
  if (jk_ini_has (ini, "practical", NULL)) {
    g_autofree char *name = jk_ini_dup_text (ini, "practical", "name");
    self->practical_minutes = read_minutes (ini, "practical");
  }
}

static void
read_precautions (JkPlan *self, JkIni *ini)
{
  static const char group[] = "precautions";
  g_auto (GStrv) keys = jk_ini_dup_keys (ini, group);

  skip_text (ini, group, "title");
  skip_text (ini, group, "preamble");
  for (guint i = 0; keys[i] != NULL; i++) {
    g_autofree char *number = g_strdup_printf ("%u", self->precautions->len + 1);
    if (g_str_equal (keys[i], "title") || g_str_equal (keys[i], "preamble"))
      continue;
    if (g_str_equal (keys[i], number)) {
      g_ptr_array_add (self->precautions, (gpointer) keep_text (self, ini, group, number));
      continue;
    }
    g_autofree char *expected = g_strdup_printf ("%s: numbers from 1 without a hole", number);
    jk_ini_has (ini, group, keys[i]);
    jk_ini_fault (ini, group, keys[i], expected, "the key “%s”", keys[i]);
  }
}

JkPlan *
jk_plan_parse (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  guint n_faults = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  if (ini == NULL)
    return NULL;

  g_autoptr (JkPlan) self = new_plan ();
  read_head (self, ini);
  read_contacts (self, ini);
  read_subjects (self, ini);
  read_precautions (self, ini);
  jk_plan_read_tables (self, ini);
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == n_faults ? g_steal_pointer (&self) : NULL;
}

void
jk_plan_free (JkPlan *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->documents);
  g_array_unref (self->paths);
  g_array_unref (self->batches);
  g_array_unref (self->levels);
  g_ptr_array_unref (self->precautions);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->memory);
  g_free (self);
}

const char *
jk_plan_get_title (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

const char *
jk_plan_get_occupation (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->occupation;
}

const char *
jk_plan_get_occupation_code (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->occupation_code;
}

const char *
jk_plan_get_issuer (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->issuer;
}

const char *
jk_plan_get_place (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->place;
}

guint
jk_plan_get_n_contacts (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->contacts->len;
}

const char *
jk_plan_get_contact (const JkPlan *self, guint n, const char **out_label)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->contacts->len, NULL);

  if (out_label != NULL)
    *out_label = g_ptr_array_index (self->labels, n);
  return g_ptr_array_index (self->contacts, n);
}

guint
jk_plan_get_n_levels (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->levels->len;
}

const JkPlanLevel *
jk_plan_get_level (const JkPlan *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->levels->len, NULL);
  return &g_array_index (self->levels, JkPlanLevel, n);
}

guint
jk_plan_get_n_batches (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->batches->len;
}

const JkPlanBatch *
jk_plan_get_batch (const JkPlan *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->batches->len, NULL);
  return &g_array_index (self->batches, JkPlanBatch, n);
}

guint
jk_plan_get_n_paths (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->paths->len;
}

const JkPlanPath *
jk_plan_get_path (const JkPlan *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->paths->len, NULL);
  return &g_array_index (self->paths, JkPlanPath, n);
}

guint
jk_plan_get_theory_minutes (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->theory_minutes;
}

guint
jk_plan_get_practical_minutes (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->practical_minutes;
}

guint
jk_plan_get_n_precautions (const JkPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->precautions->len;
}

const char *
jk_plan_get_precaution (const JkPlan *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->precautions->len, NULL);
  return g_ptr_array_index (self->precautions, n);
}

const JkPlanLevel *
jk_plan_find_level (const JkPlan *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->levels->len; i++) {
    const JkPlanLevel *level = &g_array_index (self->levels, JkPlanLevel, i);
    if (level->number == number)
      return level;
  }
  return NULL;
}

const JkPlanBatch *
jk_plan_find_batch (const JkPlan *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->batches->len; i++) {
    const JkPlanBatch *batch = &g_array_index (self->batches, JkPlanBatch, i);
    if (batch->number == number)
      return batch;
  }
  return NULL;
}

/* NFKC, so full-width forms are plain, and no blanks. */
static char *
plain_id (const char *id)
{
  char *plain = jk_text_normalise (id);
  char *end = plain;
  for (const char *at = plain; *at != '\0'; at++) {
    if (*at != ' ')
      *end++ = *at;
  }
  *end = '\0';
  return plain;
}

const JkPlanPath *
jk_plan_find_path (const JkPlan *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  g_autofree char *plain = plain_id (id);
  for (guint i = 0; i < self->paths->len; i++) {
    const JkPlanPath *path = &g_array_index (self->paths, JkPlanPath, i);
    if (g_str_equal (path->id, plain))
      return path;
  }
  return NULL;
}
