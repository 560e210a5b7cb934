/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-act.c: what people do at a desk. */
#include "desk/desk-private.h"

#include "session/error.h"
#include "sitting/error.h"

/* What somebody typed, gone from memory when it is freed. */
typedef struct {
  /* Owned; second may be NULL */
  JkSecret *first, *second;
} Typed;

static JkSecret *
keep_text (const char *text)
{
  return text != NULL ? jk_secret_new_copy (text, strlen (text) + 1) : NULL;
}

static Typed *
typed_new (const char *first, const char *second)
{
  Typed *self = g_new0 (Typed, 1);

  self->first = keep_text (first);
  self->second = keep_text (second);
  return self;
}

static void
typed_free (gpointer data)
{
  Typed *self = data;

  jk_secret_free (self->first);
  jk_secret_free (self->second);
  g_free (self);
}

static const char *
get_text (const JkSecret *secret)
{
  return secret != NULL ? (const char *) jk_secret_get (secret) : NULL;
}

static gboolean
is_of_another_session (const GError *error)
{
  return g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE) ||
         g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

/* A folder may hold the sessions of all halls and levels: the code tells which one is meant, also
 * beside one that is open already. */
static gboolean
open_room (JkDesk *self, gpointer data, GError **error)
{
  const Typed *typed = data;
  g_autoptr (GError) problem = NULL;

  if (self->seat == NULL) {
    g_set_error_literal (error,
                         JK_SITTING_ERROR,
                         JK_SITTING_ERROR_NOT_OPEN,
                         "No session is on this PC; put its files into the inbox first.");
    return FALSE;
  }
  if (jk_seat_open_room (self->seat, get_text (typed->first), &problem))
    return TRUE;
  for (guint i = 0; is_of_another_session (problem) && i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    if (seat != self->seat && jk_seat_open_room (seat, get_text (typed->first), NULL))
      return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
jk_desk_open_room_async (JkDesk *self,
                         const char *room_code,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self));
  jk_desk_work (self, open_room, typed_new (room_code, NULL), typed_free, callback, user_data);
}

/* Whether a refusal says nothing about the person, who may be of another session. A wait is the
 * session's own, and its wrong numbers may have been right ones of the other. */
static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN) ||
         g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_WAIT);
}

/* Somebody of another level, whose session is open here too, when nobody sits here. Its refusal is
 * told where it knows the person. */
static gboolean
log_in_elsewhere (JkDesk *self, const Typed *typed, GError *refusal, GError **error)
{
  g_autoptr (GError) told = refusal;
  gboolean goes_on = is_unknown (told) && jk_seat_get_current (self->seat) == NULL;

  for (guint i = 0; goes_on && i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    g_autoptr (GError) problem = NULL;
    if (seat == self->seat || jk_seat_get_stage (seat) != JK_STAGE_OPEN)
      continue;
    if (jk_seat_log_in (seat, get_text (typed->first), get_text (typed->second), &problem) != NULL)
      return TRUE;
    if (is_unknown (problem) ||
        g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_NOT_OPEN))
      continue;
    g_clear_error (&told);
    told = g_steal_pointer (&problem);
    goes_on = FALSE;
  }
  g_propagate_error (error, g_steal_pointer (&told));
  return FALSE;
}

static gboolean
log_in (JkDesk *self, gpointer data, GError **error)
{
  const Typed *typed = data;
  GError *refusal = NULL;

  if (self->seat == NULL) {
    g_set_error_literal (error,
                         JK_SITTING_ERROR,
                         JK_SITTING_ERROR_NOT_OPEN,
                         "Log-in is not open yet; wait for the proctor.");
    return FALSE;
  }
  return jk_seat_log_in (self->seat, get_text (typed->first), get_text (typed->second), &refusal) !=
             NULL ||
         log_in_elsewhere (self, typed, refusal, error);
}

void
jk_desk_log_in_async (JkDesk *self,
                      const char *admission,
                      const char *id_number,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self));
  jk_desk_work (self, log_in, typed_new (admission, id_number), typed_free, callback, user_data);
}

static gboolean
verify (JkDesk *self, gpointer data, GError **error)
{
  const Typed *typed = data;

  return jk_seat_recognise (self->seat, get_text (typed->first), error);
}

void
jk_desk_verify_async (JkDesk *self,
                      const char *id_number,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && self->seat != NULL);
  jk_desk_work (self, verify, typed_new (id_number, NULL), typed_free, callback, user_data);
}

static gboolean
start (JkDesk *self, gpointer data, GError **error)
{
  const Typed *typed = data;

  if (!jk_seat_has_bank (self->seat)) {
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_NO_BANK,
                 "The bank of session %s is not on this PC; a proctor copies the .jkbank of the "
                 "same build here.",
                 jk_session_get_name (jk_seat_get_session (self->seat)));
    return FALSE;
  }
  return jk_seat_start (self->seat, get_text (typed->first), get_text (typed->second), error);
}

void
jk_desk_start_async (JkDesk *self,
                     const char *first,
                     const char *second,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && self->seat != NULL);
  jk_desk_work (self, start, typed_new (first, second), typed_free, callback, user_data);
}

static gboolean
hand_in (JkDesk *self, gpointer data, GError **error)
{
  return jk_sitting_hand_in (self->sitting, GPOINTER_TO_INT (data), error);
}

void
jk_desk_hand_in_async (JkDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && self->sitting != NULL);
  jk_desk_work (self, hand_in, GINT_TO_POINTER (JK_HAND_IN_VOLUNTARY), NULL, callback, user_data);
}

void
jk_desk_hand_in_when_time_is_up (JkDesk *self)
{
  jk_desk_work (self, hand_in, GINT_TO_POINTER (JK_HAND_IN_TIME_UP), NULL, NULL, NULL);
}

/* Whether the sitting is here and nobody else has it now. */
static gboolean
check_free (const JkDesk *self, GError **error)
{
  if (self->n_busy == 0 && self->sitting != NULL)
    return TRUE;
  jk_desk_set_busy_error (error);
  return FALSE;
}

gboolean
jk_desk_confirm (JkDesk *self, GError **error)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);

  if (!check_free (self, error) || jk_sitting_confirm (self->sitting, error) == 0)
    return FALSE;
  jk_desk_look (self);
  return TRUE;
}

/* From here until it is acknowledged, something is on its way. */
static gboolean
note_posted (JkDesk *self, guint64 ticket, guint position)
{
  if (ticket != 0) {
    self->last_ticket = ticket;
    if (self->posted_us == 0)
      self->posted_us = g_get_monotonic_time ();
  }
  jk_desk_update_item (self, position);
  jk_desk_look (self);
  return ticket != 0;
}

static gboolean
post_choice (JkDesk *self, guint position, guint place, GError **error)
{
  guint16 mask = jk_desk_item_toggle (jk_desk_get_item (self, position), place);
  guint64 ticket = mask != 0 ? jk_sitting_answer (self->sitting, position, mask, error)
                             : jk_sitting_clear (self->sitting, position, error);

  return note_posted (self, ticket, position);
}

static gboolean
post_clear (JkDesk *self, guint position, GError **error)
{
  return !jk_desk_item_is_answered (jk_desk_get_item (self, position)) ||
         note_posted (self, jk_sitting_clear (self->sitting, position, error), position);
}

static gboolean
post_flag (JkDesk *self, guint position, gboolean flagged, GError **error)
{
  return note_posted (self, jk_sitting_flag (self->sitting, position, flagged, error), position);
}

/* While the worker is at what nobody asked for, answers wait; TRUE when this one does. An
 * impatient second click is none: it would take the first one back. */
static gboolean
defer (JkDesk *self, JkDeskDeed deed)
{
  guint n = self->deferred->len;

  if (self->n_busy == 0 || self->is_asked || self->sitting == NULL)
    return FALSE;
  const JkDeskDeed *last = n > 0 ? &g_array_index (self->deferred, JkDeskDeed, n - 1) : NULL;
  if (last == NULL || last->what != deed.what || last->position != deed.position ||
      last->detail != deed.detail)
    g_array_append_val (self->deferred, deed);
  return TRUE;
}

/* What is refused here would have been refused at once. */
void
jk_desk_catch_up (JkDesk *self)
{
  g_autoptr (GArray) deeds = g_steal_pointer (&self->deferred);

  self->deferred = g_array_new (FALSE, FALSE, sizeof (JkDeskDeed));
  for (guint n = 0; n < deeds->len; n++) {
    const JkDeskDeed *deed = &g_array_index (deeds, JkDeskDeed, n);
    if (jk_desk_get_item (self, deed->position) == NULL)
      continue;
    if (deed->what == JK_DEED_CHOOSE)
      post_choice (self, deed->position, deed->detail, NULL);
    else if (deed->what == JK_DEED_CLEAR)
      post_clear (self, deed->position, NULL);
    else
      post_flag (self, deed->position, deed->detail != 0, NULL);
  }
}

gboolean
jk_desk_choose (JkDesk *self, guint position, guint place, GError **error)
{
  JkDeskItem *item = jk_desk_get_item (self, position);
  g_return_val_if_fail (item != NULL && place < jk_desk_item_get_n_options (item), FALSE);

  return defer (self, (JkDeskDeed){ JK_DEED_CHOOSE, position, place }) ||
         (check_free (self, error) && post_choice (self, position, place, error));
}

gboolean
jk_desk_clear (JkDesk *self, guint position, GError **error)
{
  g_return_val_if_fail (jk_desk_get_item (self, position) != NULL, FALSE);

  return defer (self, (JkDeskDeed){ JK_DEED_CLEAR, position, 0 }) ||
         (check_free (self, error) && post_clear (self, position, error));
}

gboolean
jk_desk_flag (JkDesk *self, guint position, gboolean flagged, GError **error)
{
  g_return_val_if_fail (jk_desk_get_item (self, position) != NULL, FALSE);

  return defer (self, (JkDeskDeed){ JK_DEED_FLAG, position, flagged ? 1 : 0 }) ||
         (check_free (self, error) && post_flag (self, position, flagged, error));
}

void
jk_desk_visit (JkDesk *self, guint position)
{
  g_return_if_fail (JK_IS_DESK (self));
  guint before = self->position;

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->items)) || position == before)
    return;
  /* Where it cannot be noted the candidate goes there all the same: it is no answer. */
  if (check_free (self, NULL))
    jk_sitting_visit (self->sitting, position, NULL);
  self->position = position;
  /* Not from the sitting, which the worker may have. */
  jk_desk_item_set_current (jk_desk_get_item (self, before), FALSE);
  jk_desk_item_set_current (jk_desk_get_item (self, position), TRUE);
  jk_desk_notify (self, JK_DESK_PROP_POSITION);
}

gboolean
jk_desk_continue (JkDesk *self, GError **error)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);

  if (!check_free (self, error) || !jk_sitting_continue (self->sitting, error))
    return FALSE;
  jk_desk_look (self);
  return TRUE;
}

void
jk_desk_note_focus (JkDesk *self, JkFocusKind kind)
{
  g_return_if_fail (JK_IS_DESK (self));
  gboolean runs =
      self->page == JK_PAGE_ANSWERING || self->page == JK_PAGE_PAUSED || self->page == JK_PAGE_HELD;

  if (runs && check_free (self, NULL))
    jk_sitting_note_focus (self->sitting, kind, NULL);
}

void
jk_desk_call_proctor (JkDesk *self, gboolean raised)
{
  g_return_if_fail (JK_IS_DESK (self));

  if (self->is_calling == raised)
    return;
  self->is_calling = raised;
  jk_desk_emit (self, JK_DESK_CALLED);
}

void
jk_desk_dismiss (JkDesk *self)
{
  g_return_if_fail (JK_IS_DESK (self));

  if (self->n_busy > 0 || self->sitting == NULL ||
      (self->page != JK_PAGE_COLLECTED && self->page != JK_PAGE_MOVED))
    return;
  g_hash_table_add (self->dismissed, self->sitting);
  jk_desk_choose_sitting (self);
  jk_desk_look (self);
}
