/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk.c: one exam desk: what is shown of it. What it does is desk-act.c; how it follows seat
 * and clock, desk-follow.c. */
#include "desk/desk-private.h"

#include "result/result.h"

#define TICK_MS 200
#define LEAVE_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (JkDesk, jk_desk, G_TYPE_OBJECT)

static GParamSpec *props[JK_DESK_N_PROPS];
static guint signals[JK_DESK_N_SIGNALS];

void
jk_desk_notify (JkDesk *self, JkDeskProp prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
jk_desk_emit_number (JkDesk *self, JkDeskSignal signal, guint number)
{
  g_signal_emit (self, signals[signal], 0, number);
}

void
jk_desk_emit_text (JkDesk *self, JkDeskSignal signal, const char *text)
{
  g_signal_emit (self, signals[signal], 0, text);
}

void
jk_desk_emit (JkDesk *self, JkDeskSignal signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JkDesk *self = JK_DESK (object);

  switch ((JkDeskProp) id) {
  case JK_DESK_PROP_PAGE:
    g_value_set_uint (value, self->page);
    break;
  case JK_DESK_PROP_BUSY:
    g_value_set_boolean (value, jk_desk_is_busy (self));
    break;
  case JK_DESK_PROP_SAVE:
    g_value_set_uint (value, self->save);
    break;
  case JK_DESK_PROP_LEFT:
    g_value_set_uint64 (value, jk_desk_get_left_s (self));
    break;
  case JK_DESK_PROP_ANSWERED:
    g_value_set_uint (value, self->n_answered);
    break;
  case JK_DESK_PROP_FLAGGED:
    g_value_set_uint (value, self->n_flagged);
    break;
  case JK_DESK_PROP_POSITION:
    g_value_set_uint (value, self->position);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
finalize (GObject *object)
{
  JkDesk *self = JK_DESK (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self->walk_in);
  g_ptr_array_unref (self->seats);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->due);
  g_ptr_array_unref (self->askers);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  g_array_unref (self->beside);
  g_hash_table_unref (self->seen);
  jk_intake_free (self->mail);
  g_hash_table_unref (self->dismissed);
  g_array_unref (self->deferred);
  jk_desk_situations_free (self->situations);
  jk_incidents_free (self->incidents);
  jk_station_free (self->station);
  jk_authorities_free (self->authorities);
  g_free (self->inbox);
  g_free (self->label);
  g_free (self->root);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (jk_desk_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, GType argument)
{
  return g_signal_new (name,
                       JK_TYPE_DESK,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       argument == G_TYPE_NONE ? 0 : 1,
                       argument);
}

static void
jk_desk_class_init (JkDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->finalize = finalize;
  props[JK_DESK_PROP_PAGE] =
      g_param_spec_uint ("page", NULL, NULL, 0, JK_N_PAGES - 1, JK_PAGE_NO_SESSION, flags);
  props[JK_DESK_PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[JK_DESK_PROP_SAVE] =
      g_param_spec_uint ("save", NULL, NULL, 0, JK_SAVE_FAILED, JK_SAVE_NONE, flags);
  props[JK_DESK_PROP_LEFT] = g_param_spec_uint64 ("left", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[JK_DESK_PROP_ANSWERED] = g_param_spec_uint ("answered", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[JK_DESK_PROP_FLAGGED] = g_param_spec_uint ("flagged", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[JK_DESK_PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, JK_DESK_N_PROPS, props);
  signals[JK_DESK_WARNED] = add_signal ("warned", G_TYPE_UINT);
  signals[JK_DESK_EXTENDED] = add_signal ("extended", G_TYPE_UINT);
  signals[JK_DESK_MESSAGE] = add_signal ("message", G_TYPE_STRING);
  signals[JK_DESK_RESUMED] = add_signal ("resumed", G_TYPE_UINT);
  signals[JK_DESK_CALLED] = add_signal ("called", G_TYPE_NONE);
  signals[JK_DESK_LOCKED] = add_signal ("locked", G_TYPE_NONE);
  signals[JK_DESK_FAULTED] = add_signal ("faulted", G_TYPE_NONE);
  signals[JK_DESK_STICK_DONE] = add_signal ("stick-done", G_TYPE_NONE);
}

static void
jk_desk_init (JkDesk *self)
{
  self->seats = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_seat_free);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->due = jk_desk_parcels_new ();
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  self->beside = g_array_new (FALSE, FALSE, sizeof (JkDeskBeside));
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->dismissed = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->deferred = g_array_new (FALSE, FALSE, sizeof (JkDeskDeed));
  self->situations = jk_desk_situations_new ();
  self->items = g_list_store_new (JK_TYPE_DESK_ITEM);
  self->context = g_main_context_ref_thread_default ();
}

void
jk_desk_add_fault (JkDesk *self, const char *sentence)
{
  if (!g_ptr_array_find_with_equal_func (self->faults, sentence, g_str_equal, NULL))
    g_ptr_array_add (self->faults, g_strdup (sentence));
}

void
jk_desk_add_seat (JkDesk *self, JkSeat *seat)
{
  jk_desk_note_disk (self, seat);
  g_ptr_array_add (self->seats, seat);
}

/* Whoever has no codes still writes down what happened. */
static void
load_incidents (JkDesk *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  self->incidents = jk_incidents_load (self->world->storage, path, &error);
  if (self->incidents == NULL)
    jk_desk_add_fault (self, error->message);
}

/* A seat that does not open stops none of the others. */
static gboolean
open_seats (JkDesk *self, GError **error)
{
  g_auto (GStrv) names = jk_seat_find (&self->seat_place, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GError) problem = NULL;
    JkSeat *seat = jk_seat_open (&self->seat_place, names[i], &problem);
    if (seat != NULL)
      jk_desk_add_seat (self, seat);
    else
      jk_desk_add_fault (self, problem->message);
  }
  return TRUE;
}

JkDesk *
jk_desk_new (const JkDeskPlace *place, GError **error)
{
  g_return_val_if_fail (place != NULL && place->store != NULL && place->authorities != NULL, NULL);
  g_autoptr (JkDesk) self = g_object_new (JK_TYPE_DESK, NULL);

  self->world = place->world;
  self->inbox = g_strdup (place->inbox);
  self->label = g_strdup (place->label);
  self->root = g_strdup (place->root != NULL ? place->root : "");
  self->authorities = jk_authorities_load (place->world->storage, place->authorities, error);
  if (self->authorities == NULL)
    return NULL;
  self->station = jk_station_open (place->world, place->store, place->hardware, error);
  if (self->station == NULL)
    return NULL;
  self->seat_place = (JkSeatPlace){
    .world = place->world,
    .authorities = self->authorities,
    .station = self->station,
    .sealer = jk_result_sealer (),
    .label = self->label,
    .disk = place->disk,
  };
  load_incidents (self, place->incidents);
  jk_desk_clear_incoming (self);
  if (!open_seats (self, error))
    return NULL;
  jk_desk_choose_sitting (self);
  /* Who sits here already waits for no share that hangs (P2, P9), and a PC that has its session not
   * for a bank that lies in the inbox still: mail comes by the first ticks. */
  if (self->seats->len == 0)
    jk_desk_take_inbox (self);
  jk_desk_choose_sitting (self);
  self->has_resumed = self->sitting != NULL && jk_sitting_get_restarts (self->sitting) > 0;
  jk_desk_look (self);
  self->ticker = g_timeout_add (TICK_MS, jk_desk_tick, self);
  return g_steal_pointer (&self);
}

void
jk_desk_close (JkDesk *self)
{
  g_return_if_fail (JK_IS_DESK (self));
  gint64 until_us = g_get_monotonic_time () + LEAVE_US;

  /* A stick that hangs does not keep the program. */
  while (self->n_busy > 0 || (self->n_abroad > 0 && g_get_monotonic_time () < until_us))
    g_main_context_iteration (self->context, TRUE);
  self->is_closed = TRUE;
  jk_desk_refuse_due (self);
  g_clear_handle_id (&self->ticker, g_source_remove);
  for (guint i = 0; i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++)
      jk_journal_set_notify (jk_sitting_get_journal (jk_seat_get_sitting (seat, n)), NULL, NULL);
  }
  g_list_store_remove_all (self->items);
  self->sitting = NULL;
  self->seat = NULL;
  g_array_set_size (self->beside, 0);
  jk_desk_situations_take (self->situations, NULL);
  g_ptr_array_set_size (self->seats, 0);
}

JkPage
jk_desk_get_page (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), JK_PAGE_NO_SESSION);
  return self->page;
}

gboolean
jk_desk_is_busy (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  return self->is_asked;
}

JkSave
jk_desk_get_save (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), JK_SAVE_NONE);
  return self->save;
}

gint64
jk_desk_get_saved_wall_ms (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->saved_wall_ms;
}

guint64
jk_desk_get_left_s (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return (self->left_ms + 999) / 1000;
}

guint
jk_desk_get_n_answered (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->n_answered;
}

guint
jk_desk_get_n_flagged (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->n_flagged;
}

guint
jk_desk_get_position (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->position;
}

const char *
jk_desk_get_label (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  const JkPerson *person = jk_desk_get_person (self);

  if (self->label != NULL)
    return self->label;
  return person != NULL && *person->seat != '\0' ? person->seat : NULL;
}

const JkSession *
jk_desk_get_session (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->seat != NULL ? jk_seat_get_session (self->seat) : NULL;
}

const JkPerson *
jk_desk_get_person (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->sitting != NULL ? jk_sitting_get_person (self->sitting) : NULL;
}

GBytes *
jk_desk_get_photo (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->photo;
}

const char *
jk_desk_get_walk_in (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->walk_in;
}

GListModel *
jk_desk_get_items (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return G_LIST_MODEL (self->items);
}

JkDeskItem *
jk_desk_get_item (JkDesk *self, guint position)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  g_autoptr (JkDeskItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  /* The list keeps it. */
  return item;
}

const JkIncidents *
jk_desk_get_incidents (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->incidents;
}

const char *
jk_desk_get_fault (JkDesk *self, guint n)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);

  if (n < self->faults->len)
    return g_ptr_array_index (self->faults, n);
  n -= self->faults->len;
  if (self->seat == NULL)
    return NULL;
  const char *amendment = jk_seat_get_amendment_fault (self->seat);
  if (amendment != NULL && n-- == 0)
    return amendment;
  return jk_seat_get_fault (self->seat, n);
}

gint64
jk_desk_get_start_in_ms (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  JkEntryVerdict verdict;

  if (self->seat == NULL)
    return 0;
  jk_seat_get_entry (self->seat, &verdict);
  return -verdict.off_ms;
}

guint64
jk_desk_get_hand_in_opens_ms (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->opens_ms;
}

gboolean
jk_desk_needs_consent (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  return self->needs_consent;
}

guint64
jk_desk_get_wait_ms (JkDesk *self, const char *admission)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);

  if (self->seat == NULL || self->is_asked)
    return 0;
  if (self->n_busy == 0)
    self->wait_ms = jk_seat_get_wait_ms (self->seat, admission);
  return self->wait_ms;
}

guint64
jk_desk_get_granted_ms (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);
  return self->granted_ms;
}

gboolean
jk_desk_is_calling (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  return self->is_calling;
}

JkHandInReason
jk_desk_get_hand_in_reason (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), 0);

  if (self->sitting == NULL)
    return 0;
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (self->sitting));
  const JkHandedIn *handed_in = jk_replay_get_handed_in (replay);
  return handed_in != NULL ? handed_in->reason : 0;
}
