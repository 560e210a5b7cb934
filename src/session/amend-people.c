/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend-people.c: see the header. No finding quotes an ID number. */
#include "session/amend-people.h"

#include "base/limits.h"
#include "base/text.h"
#include "session/build-private.h"

#define NONE G_MAXUINT32

typedef struct {
  /* Borrowed */
  JkAmendPeople *people;
  const char *hall;
  const char *file; /* of the rows at hand */
  JkReport *report;
  /* Owned by the caller */
  GHashTable *by_admission; /* index + 1 on the roll before */
} Merge;

static guint32
find (const Merge *merge, const char *admission)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (merge->by_admission, admission));

  return found > 0 ? found - 1 : NONE;
}

static gboolean
check_hall (const Merge *merge, const JkRosterRow *row)
{
  if (g_str_equal (row->hall, merge->hall))
    return TRUE;
  jk_report_fault_at_row (merge->report,
                          merge->file,
                          row->row_number,
                          "the hall of this amendment",
                          "give each hall an amendment of its own",
                          "%s is in hall %s, the session file is of hall %s",
                          row->admission,
                          row->hall,
                          merge->hall);
  return FALSE;
}

static void
put_row (Merge *merge, const JkRosterRow *row, guint32 index, gboolean added)
{
  JkAmendPeople *people = merge->people;
  char *masked_id = jk_text_mask_number (row->id_number);
  JkPerson person = jk_build_person (row, masked_id, index);
  JkAmendChange change = { .id_number = row->id_number, .index = index, .added = added };

  g_ptr_array_add (people->masked_ids, masked_id);
  g_array_append_val (people->changes, change);
  if (added)
    g_array_append_val (people->people, person);
  else
    g_array_index (people->people, JkPerson, index) = person;
}

static gboolean
is_changed (const Merge *merge, guint32 index)
{
  for (guint n = 0; n < merge->people->changes->len; n++)
    if (g_array_index (merge->people->changes, JkAmendChange, n).index == index)
      return TRUE;
  return FALSE;
}

static void
correct (Merge *merge, const JkRosterRow *row, const char *old_number)
{
  guint32 index = find (merge, old_number);

  if (!check_hall (merge, row))
    return;
  if (index == NONE)
    jk_report_fault_at_row (merge->report,
                            merge->file,
                            row->row_number,
                            "a number of this hall's roll",
                            "put a new person into “added”, and a changed number into "
                            "[renumbered] as OLD=NEW",
                            "%s is not on the roll",
                            old_number);
  else if (is_changed (merge, index))
    jk_report_fault_at_row (merge->report,
                            merge->file,
                            row->row_number,
                            "one row for each person",
                            "leave one of them out",
                            "%s is corrected twice",
                            old_number);
  else
    put_row (merge, row, index, FALSE);
}

static void
add (Merge *merge, const JkRosterRow *row)
{
  if (!check_hall (merge, row))
    return;
  if (find (merge, row->admission) != NONE) {
    jk_report_fault_at_row (merge->report,
                            merge->file,
                            row->row_number,
                            "a person who is not",
                            "put the row into “corrected”",
                            "%s is on the roll already",
                            row->admission);
    return;
  }
  put_row (merge, row, merge->people->people->len, TRUE);
}

/* A text that two people have; what is its name. */
static void
check_once (const Merge *merge, const char *what, gsize offset, const char *file)
{
  const GArray *people = merge->people->people;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint n = 0; n < people->len; n++) {
    const JkPerson *person = &g_array_index (people, JkPerson, n);
    const char *text = G_STRUCT_MEMBER (const char *, person, offset);
    if (person->spare || g_hash_table_add (seen, (gpointer) text))
      continue;
    g_autofree char *found = g_strdup_printf ("two people would have the %s %s", what, text);
    jk_report_add (merge->report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   found,
                   "each once in the hall",
                   "correct one of them");
  }
}

static void
check_all (const Merge *merge, const char *file)
{
  check_once (merge, "admission number", G_STRUCT_OFFSET (JkPerson, admission), file);
  check_once (merge, "seat", G_STRUCT_OFFSET (JkPerson, seat), file);
  if (merge->people->people->len > JK_RECORDS_MAX) {
    g_autofree char *found =
        g_strdup_printf ("the hall would have %u records", merge->people->people->len);
    jk_report_add (merge->report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   found,
                   "at most 25000",
                   "put the rest into another hall");
  }
}

static void
put_all (Merge *merge, const JkAmendSource *source)
{
  const JkRoster *corrected = jk_amend_source_get_corrected (source);
  const JkRoster *added = jk_amend_source_get_added (source);

  merge->file = jk_amend_source_get_corrected_file (source);
  for (guint n = 0; corrected != NULL && n < jk_roster_get_n (corrected); n++) {
    const JkRosterRow *row = jk_roster_get (corrected, n);
    correct (merge, row, jk_amend_source_get_old_number (source, row->admission));
  }
  merge->file = jk_amend_source_get_added_file (source);
  for (guint n = 0; added != NULL && n < jk_roster_get_n (added); n++)
    add (merge, jk_roster_get (added, n));
}

JkAmendPeople *
jk_amend_people_new (const JkAmendSource *source,
                     const JkRoll *roll,
                     const char *hall,
                     JkReport *report)
{
  g_autoptr (JkAmendPeople) self = g_new0 (JkAmendPeople, 1);
  g_autoptr (GHashTable) by_admission = g_hash_table_new (g_str_hash, g_str_equal);
  Merge merge = { .people = self, .hall = hall, .report = report, .by_admission = by_admission };
  guint n_before = jk_report_get_n_faults (report);

  self->people = g_array_new (FALSE, FALSE, sizeof (JkPerson));
  self->changes = g_array_new (FALSE, FALSE, sizeof (JkAmendChange));
  self->masked_ids = g_ptr_array_new_with_free_func (g_free);
  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    const JkPerson *person = jk_roll_get_person (roll, n);
    g_array_append_vals (self->people, person, 1);
    if (!person->spare)
      g_hash_table_insert (by_admission, (gpointer) person->admission, GUINT_TO_POINTER (n + 1));
  }
  put_all (&merge, source);
  check_all (&merge, jk_amend_source_get_file (source));
  return jk_report_get_n_faults (report) == n_before ? g_steal_pointer (&self) : NULL;
}

void
jk_amend_people_free (JkAmendPeople *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->masked_ids, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_pointer (&self->people, g_array_unref);
  g_free (self);
}
