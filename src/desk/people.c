/* SPDX-License-Identifier: Apache-2.0 */
/* desk/people.c: the roll of the hall, opened with the key of a role. Record keys stay on the
 * worker, and no longer than one call. */
#include "desk/people.h"

#include "desk/panel-private.h"

typedef struct {
  /* Owned */
  GPtrArray *people;
  GByteArray *spares; /* for each record, whether it is one */
  GBytes *photo;
  /* Plain */
  guint32 record;
} Reading;

static Reading *
reading_new (guint32 record)
{
  Reading *self = g_new0 (Reading, 1);

  self->record = record;
  return self;
}

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->spares, g_byte_array_unref);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self);
}

void
jk_panel_person_free (JkPanelPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->seat);
  g_free (self->admission);
  g_free (self->name);
  g_free (self->masked_id);
  g_free (self->path);
  g_free (self);
}

/* The orders count, not whether somebody came by them: who was let in before a restart is let in
 * again. */
static gboolean
is_let_in (const JkSeat *seat, const JkPerson *person, JkState state)
{
  JkAct act = person->spare ? JK_ACT_WALK_IN : JK_ACT_WRONG_ID;
  gboolean is_before_start =
      state == JK_STATE_NONE || state == JK_STATE_IDENTIFIED || state == JK_STATE_READY;

  return is_before_start && !jk_seat_has_entry (seat, person->index) &&
         jk_log_replay_find_order (jk_seat_get_log (seat), act, person->index) != NULL;
}

static JkPanelPerson *
person_new (JkSeat *seat, const JkPerson *person, GError **error)
{
  g_autoptr (GError) problem = NULL;
  JkSitting *sitting = jk_seat_find_sitting (seat, person->index);
  gboolean is_here = sitting != NULL && !jk_sitting_has_left_early (sitting);
  char *walk_in = person->spare ? jk_seat_dup_walk_in (seat, person->index, &problem) : NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  JkPanelPerson *self = g_new0 (JkPanelPerson, 1);
  self->seat = g_strdup (person->seat);
  self->admission = g_strdup (person->admission);
  self->name = walk_in != NULL ? walk_in : g_strdup (person->name);
  self->masked_id = g_strdup (person->masked_id);
  self->path = g_strdup (person->path);
  self->record = person->index;
  self->extra_min = person->extra_min;
  self->sex = person->sex;
  self->state = is_here ? jk_sitting_get_state (sitting) : JK_STATE_NONE;
  self->is_spare = person->spare;
  self->is_here = is_here;
  self->is_absent = jk_log_replay_is_absent (jk_seat_get_log (seat), person->index);
  self->is_let_in = is_let_in (seat, person, self->state);
  return self;
}

/* "9" before "10"; who has no seat stands behind those who have one. */
static int
compare_seats (const char *a, const char *b)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (b, -1);

  if ((*a == '\0') != (*b == '\0'))
    return *a == '\0' ? 1 : -1;
  return strcmp (key_a, key_b);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const JkPanelPerson *one = *(JkPanelPerson *const *) a;
  const JkPanelPerson *other = *(JkPanelPerson *const *) b;

  if (one->is_spare != other->is_spare)
    return one->is_spare ? 1 : -1;
  int order = compare_seats (one->seat, other->seat);
  return order != 0 ? order : (one->record > other->record) - (one->record < other->record);
}

static gboolean
read_people (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr (JkRoll) roll =
      jk_session_open_roll (jk_seat_get_session (desk->seat), keys->seal, error);

  if (roll == NULL)
    return FALSE;
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_panel_person_free);
  self->spares = g_byte_array_new ();
  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    JkPanelPerson *person = person_new (desk->seat, jk_roll_get_person (roll, n), error);
    if (person == NULL)
      return FALSE;
    const guint8 is_spare = person->is_spare ? 1 : 0;
    g_ptr_array_add (self->people, person);
    g_byte_array_append (self->spares, &is_spare, sizeof is_spare);
  }
  g_ptr_array_sort (self->people, compare_people);
  return TRUE;
}

static void
give_people (GTask *task, gpointer data)
{
  Reading *self = data;
  JkPanel *panel = g_task_get_source_object (task);

  g_clear_pointer (&panel->spares, g_byte_array_unref);
  panel->spares = g_steal_pointer (&self->spares);
  g_task_return_pointer (task, g_steal_pointer (&self->people), (GDestroyNotify) g_ptr_array_unref);
}

void
jk_panel_read_people_async (JkPanel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  static const JkPanelErrand errand = { read_people, give_people, reading_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self));

  jk_panel_run (self, &errand, reading_new (0), callback, user_data);
}

GPtrArray *
jk_panel_read_people_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
read_photo (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Reading *self = data;
  const JkSession *session = jk_seat_get_session (desk->seat);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, keys->seal, error);

  if (roll == NULL)
    return FALSE;
  if (self->record >= jk_roll_get_n (roll)) {
    g_set_error (
        error,
        JK_DESK_ERROR,
        JK_DESK_ERROR_PERSON,
        "Record %u is not on the roll of this hall, which has %u; read the list again, and "
        "choose from it.",
        self->record,
        jk_roll_get_n (roll));
    return FALSE;
  }
  self->photo = jk_session_open_photo (session,
                                       self->record,
                                       jk_roll_get_record_key (roll, self->record),
                                       &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
give_photo (GTask *task, gpointer data)
{
  Reading *self = data;

  g_task_return_pointer (task, g_steal_pointer (&self->photo), (GDestroyNotify) g_bytes_unref);
}

void
jk_panel_read_photo_async (JkPanel *self,
                           guint32 record,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  static const JkPanelErrand errand = { read_photo, give_photo, reading_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self));

  jk_panel_run (self, &errand, reading_new (record), callback, user_data);
}

GBytes *
jk_panel_read_photo_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
admit (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  const Reading *self = data;

  return jk_seat_admit (desk->seat, self->record, keys->seal, error) != NULL;
}

static void
admitted (GTask *task, gpointer data)
{
  g_task_return_boolean (task, TRUE);
}

void
jk_panel_admit_async (JkPanel *self,
                      guint32 record,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  static const JkPanelErrand errand = { admit, admitted, reading_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self));

  jk_panel_run (self, &errand, reading_new (record), callback, user_data);
}
