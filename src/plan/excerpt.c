/* SPDX-License-Identifier: Apache-2.0 */
/* plan/excerpt.c: part of a plan as a key file of its own, written once and read by every station.
 */
#include "plan/excerpt.h"
#include "plan/plan-private.h"

struct _JkExcerpt {
  /* Owned */
  char *title;
  char *occupation;
  char *occupation_code;
  char *place;
  char *level_name;
  char *level_title;
  char *subject;
  GPtrArray *precautions;

  /* Plain */
  guint batch;
  guint date;
  guint level;
  guint duration_min;
};

char *
jk_excerpt_dup_text (const JkPlan *plan, const JkPlanBatch *batch)
{
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (batch != NULL, NULL);

  const JkPlanLevel *level = jk_plan_find_level (plan, batch->level);
  g_return_val_if_fail (level != NULL, NULL);

  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *date = g_strdup_printf ("%04u-%02u-%02u",
                                           batch->date / 10000,
                                           batch->date / 100 % 100,
                                           batch->date % 100);
  g_key_file_set_string (keys, "plan", "title", plan->title);
  g_key_file_set_string (keys, "plan", "occupation", plan->occupation);
  g_key_file_set_string (keys, "plan", "occupation-code", plan->occupation_code);
  g_key_file_set_string (keys, "plan", "issuer", plan->issuer);
  g_key_file_set_string (keys, "plan", "place", plan->place);
  g_key_file_set_integer (keys, "exam", "batch", (gint) batch->number);
  g_key_file_set_string (keys, "exam", "date", date);
  g_key_file_set_integer (keys, "exam", "level", (gint) level->number);
  g_key_file_set_string (keys, "exam", "level-name", level->name);
  g_key_file_set_string (keys, "exam", "level-title", level->title);
  g_key_file_set_string (keys, "exam", "subject", plan->theory_name);
  g_key_file_set_integer (keys, "exam", "duration-min", (gint) plan->theory_minutes);
  for (guint i = 0; i < plan->contacts->len; i++)
    g_key_file_set_string (keys,
                           "contacts",
                           g_ptr_array_index (plan->labels, i),
                           g_ptr_array_index (plan->contacts, i));
  for (guint i = 0; i < plan->precautions->len; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    g_key_file_set_string (keys, "precautions", number, g_ptr_array_index (plan->precautions, i));
  }
  return g_key_file_to_data (keys, NULL, NULL);
}

static void
read_exam (JkExcerpt *self, JkIni *ini)
{
  static const char group[] = "exam";

  self->batch = (guint) jk_ini_get_integer (ini, group, "batch", 1, JK_PLAN_NUMBER_MAX);
  self->date = jk_ini_get_date (ini, group, "date");
  self->level = (guint) jk_ini_get_integer (ini, group, "level", 1, JK_PLAN_LEVEL_MAX);
  self->level_name = jk_ini_dup_text (ini, group, "level-name");
  self->level_title = jk_ini_dup_text (ini, group, "level-title");
  self->subject = jk_ini_dup_text (ini, group, "subject");
  self->duration_min =
      (guint) jk_ini_get_integer (ini, group, "duration-min", 1, JK_PLAN_MINUTES_MAX);
}

static void
read_lists (JkExcerpt *self, JkIni *ini)
{
  g_auto (GStrv) labels = jk_ini_dup_keys (ini, "contacts");
  g_auto (GStrv) numbers = jk_ini_dup_keys (ini, "precautions");

  for (guint i = 0; labels[i] != NULL; i++) {
    g_autofree char *contact = jk_ini_dup_text (ini, "contacts", labels[i]);
  }
  for (guint i = 0; numbers[i] != NULL; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    /* A number out of order is asked for by nobody, and so reported as unknown. */
    if (g_str_equal (numbers[i], number))
      g_ptr_array_add (self->precautions, jk_ini_dup_text (ini, "precautions", number));
  }
}

JkExcerpt *
jk_excerpt_parse (const char *file, const char *text, JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  guint n_faults = jk_report_get_n_faults (report);
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  if (ini == NULL)
    return NULL;

  g_autoptr (JkExcerpt) self = g_new0 (JkExcerpt, 1);
  self->precautions = g_ptr_array_new_with_free_func (g_free);
  self->title = jk_ini_dup_text (ini, "plan", "title");
  self->occupation = jk_ini_dup_text (ini, "plan", "occupation");
  self->occupation_code = jk_ini_dup_text (ini, "plan", "occupation-code");
  g_autofree char *issuer = jk_ini_dup_text (ini, "plan", "issuer");
  self->place = jk_ini_dup_text (ini, "plan", "place");
  read_exam (self, ini);
  read_lists (self, ini);
  jk_ini_finish (ini);
  return jk_report_get_n_faults (report) == n_faults ? g_steal_pointer (&self) : NULL;
}

void
jk_excerpt_free (JkExcerpt *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->precautions);
  g_free (self->subject);
  g_free (self->level_title);
  g_free (self->level_name);
  g_free (self->place);
  g_free (self->occupation_code);
  g_free (self->occupation);
  g_free (self->title);
  g_free (self);
}

const char *
jk_excerpt_get_title (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

const char *
jk_excerpt_get_occupation (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->occupation;
}

const char *
jk_excerpt_get_occupation_code (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->occupation_code;
}

const char *
jk_excerpt_get_place (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->place;
}

const char *
jk_excerpt_get_level_name (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->level_name;
}

const char *
jk_excerpt_get_level_title (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->level_title;
}

guint
jk_excerpt_get_level (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->level;
}

guint
jk_excerpt_get_batch (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->batch;
}

guint
jk_excerpt_get_date (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->date;
}

const char *
jk_excerpt_get_subject (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->subject;
}

guint
jk_excerpt_get_duration_min (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->duration_min;
}

guint
jk_excerpt_get_n_precautions (const JkExcerpt *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->precautions->len;
}

const char *
jk_excerpt_get_precaution (const JkExcerpt *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->precautions->len, NULL);
  return g_ptr_array_index (self->precautions, n);
}
