/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel.c: see the header. Keys are on the worker only while the desk waits for it. */
#include "desk/panel.h"

#include "desk/desk-private.h"

#include <string.h>

#define CARRIER "the panel of this PC"
#define LOOK_MS 500

struct _JkPanel {
  GObject parent_instance;

  /* Owned */
  JkDesk *desk;
  JkRoleKeys keys;

  /* Of whose session the keys are; only compared */
  gconstpointer seat;

  /* Plain */
  guint role;       /* JkRoleName; 0: closed */
  gint64 closes_us; /* since the PC was booted */
  guint closing;    /* source */
};

G_DEFINE_FINAL_TYPE (JkPanel, jk_panel, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ROLE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
set_role (JkPanel *self, guint role)
{
  if (self->role == role)
    return;
  self->role = role;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROLE]);
}

void
jk_panel_close (JkPanel *self)
{
  g_return_if_fail (JK_IS_PANEL (self));
  g_clear_handle_id (&self->closing, g_source_remove);
  jk_role_keys_clear (&self->keys);
  self->keys = (JkRoleKeys){ NULL };
  set_role (self, 0);
}

static gint64
read_clock_us (JkPanel *self)
{
  const JkClock *clock = self->desk->world->clock;

  return clock->boottime_us (clock);
}

static gboolean
close_in_time (gpointer user_data)
{
  JkPanel *self = user_data;

  if (read_clock_us (self) < self->closes_us)
    return G_SOURCE_CONTINUE;
  self->closing = 0;
  jk_panel_close (self);
  return G_SOURCE_REMOVE;
}

static void
stay_open (JkPanel *self)
{
  self->closes_us = read_clock_us (self) + JK_PANEL_OPEN_S * G_USEC_PER_SEC;
  if (self->closing == 0)
    self->closing = g_timeout_add (LOOK_MS, close_in_time, self);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ROLE)
    g_value_set_uint (value, JK_PANEL (object)->role);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  JkPanel *self = JK_PANEL (object);

  g_clear_handle_id (&self->closing, g_source_remove);
  jk_role_keys_clear (&self->keys);
  self->keys = (JkRoleKeys){ NULL };
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (jk_panel_parent_class)->dispose (object);
}

static void
jk_panel_class_init (JkPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->dispose = dispose;
  props[PROP_ROLE] = g_param_spec_uint ("role",
                                        NULL,
                                        NULL,
                                        0,
                                        JK_ROLES_MAX,
                                        0,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
jk_panel_init (JkPanel *self)
{
}

/* The keys are of a session: when another is shown, they open nothing. */
static void
follow_seat (JkPanel *self)
{
  if (self->seat != self->desk->seat)
    jk_panel_close (self);
}

JkPanel *
jk_panel_new (JkDesk *desk)
{
  g_return_val_if_fail (JK_IS_DESK (desk), NULL);
  JkPanel *self = g_object_new (JK_TYPE_PANEL, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::page", G_CALLBACK (follow_seat), self, G_CONNECT_SWAPPED);
  return self;
}

JkRoleName
jk_panel_get_role (JkPanel *self)
{
  g_return_val_if_fail (JK_IS_PANEL (self), 0);
  return (JkRoleName) self->role;
}

/* What is given to the worker, and what comes back from it. */
typedef struct {
  /* Owned */
  GTask *task; /* of the panel */
  JkRoleKeys keys, second_keys;
  JkSecret *passcode, *second_passcode;
  char *text, *reason;
  /* Plain */
  JkPanelOrder order;
  JkRoleName role;
} Errand;

static JkSecret *
new_text (const char *text)
{
  return text != NULL ? jk_secret_new_copy (text, strlen (text) + 1) : NULL;
}

static const char *
get_text (const JkSecret *secret)
{
  return (const char *) jk_secret_get (secret);
}

static Errand *
errand_new (JkPanel *panel, GAsyncReadyCallback callback, gpointer user_data)
{
  Errand *self = g_new0 (Errand, 1);

  self->task = g_task_new (panel, NULL, callback, user_data);
  return self;
}

static JkPanel *
errand_get_panel (Errand *self)
{
  return g_task_get_source_object (self->task);
}

static void
errand_free (Errand *self)
{
  jk_role_keys_clear (&self->keys);
  jk_role_keys_clear (&self->second_keys);
  jk_secret_free (self->passcode);
  jk_secret_free (self->second_passcode);
  g_free (self->text);
  g_free (self->reason);
  g_object_unref (self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static gboolean
check_seat (JkDesk *desk, GError **error)
{
  if (desk->seat != NULL)
    return TRUE;
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_SESSION,
               "There is no session on this PC; load the session file of this hall first.");
  return FALSE;
}

static gboolean
open_role (JkDesk *desk, gpointer data, GError **error)
{
  Errand *self = data;

  return check_seat (desk, error) &&
         jk_seat_open_role (desk->seat, self->role, get_text (self->passcode), &self->keys, error);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  JkPanel *panel = errand_get_panel (self);
  GError *error = NULL;

  if (!jk_desk_finish (JK_DESK (source), result, &error)) {
    g_task_return_error (self->task, error);
    return;
  }
  jk_role_keys_clear (&panel->keys);
  panel->keys = self->keys;
  self->keys = (JkRoleKeys){ NULL };
  panel->seat = panel->desk->seat;
  stay_open (panel);
  set_role (panel, self->role);
  g_task_return_boolean (self->task, TRUE);
}

void
jk_panel_open_async (JkPanel *self,
                     JkRoleName role,
                     const char *passcode,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JK_IS_PANEL (self) && role >= JK_ROLE_CHIEF && passcode != NULL);
  Errand *errand = errand_new (self, callback, user_data);

  errand->role = role;
  errand->passcode = new_text (passcode);
  jk_desk_work (self->desk, open_role, errand, NULL, opened, errand);
}

void
jk_panel_ask (JkPanel *self, JkAct act, guint32 record, JkPanelAsk *out)
{
  const JkActRule *rule = jk_act_get_rule (act);

  g_return_if_fail (JK_IS_PANEL (self) && rule != NULL);
  gboolean is_for_all = rule->target != JK_TARGET_STATION && record == JK_ORDER_EVERY;
  guint n_signers = is_for_all ? rule->n_signers_all : rule->n_signers;
  gboolean lacks_chief = rule->chief && self->role != JK_ROLE_CHIEF;

  *out = (JkPanelAsk){
    .confirm = rule->confirm,
    .amount_min = rule->amount_min,
    .amount_max = rule->amount_max,
    .text = (rule->carries & JK_CARRY_TEXT) != 0,
    .reason = rule->reason,
    .subject = (rule->carries & JK_CARRY_SUBJECT) != 0,
    .again = rule->confirm == JK_CONFIRM_TYPED || rule->confirm == JK_CONFIRM_COUNTS,
    .second = n_signers == JK_ORDER_SIGNERS_MAX || lacks_chief,
    .chief = lacks_chief,
  };
}

gboolean
jk_panel_may (JkPanel *self, JkAct act, guint32 record)
{
  const JkActRule *rule = jk_act_get_rule (act);

  g_return_val_if_fail (JK_IS_PANEL (self) && rule != NULL, FALSE);
  if (self->role == 0 || self->desk->n_busy > 0)
    return FALSE;
  JkSeat *seat = self->desk->seat;
  JkSitting *sitting = jk_seat_find_sitting (seat, record);
  JkState state = sitting != NULL ? jk_sitting_get_state (sitting) : JK_STATE_NONE;
  gboolean is_one = rule->target != JK_TARGET_STATION && record != JK_ORDER_EVERY;

  return (rule->stages & JK_BIT (jk_seat_get_stage (seat))) != 0 &&
         (!is_one || (rule->states & JK_BIT (state)) != 0);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

/* What is missing, as the end of a sentence; NULL: nothing is. */
static const char *
find_missing (JkPanel *self, const JkPanelOrder *order)
{
  JkPanelAsk ask;

  jk_panel_ask (self, order->act, order->record, &ask);
  if (ask.reason && is_empty (order->reason))
    return "a reason";
  if (ask.text && is_empty (order->text))
    return "a text";
  if (ask.again && is_empty (order->again))
    return "the passcode that opened the panel once more, for it cannot be undone";
  if (ask.second && (order->second == 0 || is_empty (order->second_passcode)))
    return "a second person, who types the passcode of another envelope";
  if (ask.second && order->second == self->role)
    return "a second person with another envelope than that which opened the panel";
  if (ask.chief && order->second != JK_ROLE_CHIEF)
    return "the chief (主考) as the second person";
  return NULL;
}

static gboolean
check_order (JkPanel *self, const JkPanelOrder *order, GError **error)
{
  if (self->role == 0) {
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_CLOSED,
                 "The panel is closed; type the passcode of an envelope first.");
    return FALSE;
  }
  /* The keys are with an order before this one. */
  if (self->keys.sign == NULL) {
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_BUSY,
                 "An order is on its way; wait a moment and give this one again.");
    return FALSE;
  }
  const char *missing = find_missing (self, order);
  if (missing == NULL)
    return TRUE;
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_ASK,
               "The order “%s” needs %s.",
               jk_act_get_rule (order->act)->name,
               missing);
  return FALSE;
}

static GBytes *
sign (const Errand *self, const JkOrderTerms *terms, GError **error)
{
  g_autoptr (GBytes) once = jk_order_write (terms, self->role, self->keys.sign);

  if (self->second_keys.sign == NULL)
    return g_steal_pointer (&once);
  return jk_order_countersign (CARRIER, once, self->order.second, self->second_keys.sign, error);
}

static JkOrder *
make_order (const Errand *self, JkSeat *seat, GError **error)
{
  JkOrderTerms terms;

  jk_seat_init_terms (seat, self->order.act, &terms);
  terms.text = self->order.text;
  terms.reason = self->order.reason;
  terms.amount = self->order.amount;
  terms.record = self->order.record;
  memcpy (terms.subject, self->order.subject, sizeof terms.subject);
  g_autoptr (GBytes) bytes = sign (self, &terms, error);
  return bytes != NULL ? jk_order_parse (CARRIER, bytes, error) : NULL;
}

/* That the same person is still there, whose passcode it was; those keys are not used. */
static gboolean
ask_again (const Errand *self, JkSeat *seat, GError **error)
{
  JkRoleKeys keys = { NULL };

  if (self->passcode == NULL)
    return TRUE;
  gboolean ok = jk_seat_open_role (seat, self->role, get_text (self->passcode), &keys, error);
  jk_role_keys_clear (&keys);
  return ok;
}

static gboolean
give (JkDesk *desk, gpointer data, GError **error)
{
  Errand *self = data;

  if (!check_seat (desk, error) || !ask_again (self, desk->seat, error))
    return FALSE;
  if (self->second_passcode != NULL && !jk_seat_open_role (desk->seat,
                                                           self->order.second,
                                                           get_text (self->second_passcode),
                                                           &self->second_keys,
                                                           error))
    return FALSE;
  g_autoptr (JkOrder) order = make_order (self, desk->seat, error);
  return order != NULL && jk_desk_take_order (desk, desk->seat, order, error);
}

/* The keys come back, unless the panel was closed or opened by another meanwhile. */
static void
given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  JkPanel *panel = errand_get_panel (self);
  GError *error = NULL;
  gboolean ok = jk_desk_finish (JK_DESK (source), result, &error);

  if (panel->role == self->role && panel->keys.sign == NULL) {
    panel->keys = self->keys;
    self->keys = (JkRoleKeys){ NULL };
    stay_open (panel);
  }
  if (ok)
    g_task_return_boolean (self->task, TRUE);
  else
    g_task_return_error (self->task, error);
}

void
jk_panel_give_async (JkPanel *self,
                     const JkPanelOrder *order,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JK_IS_PANEL (self) && jk_act_get_rule (order->act) != NULL);
  Errand *errand = errand_new (self, callback, user_data);
  GError *error = NULL;
  JkPanelAsk ask;

  if (!check_order (self, order, &error)) {
    g_task_return_error (errand->task, error);
    errand_free (errand);
    return;
  }
  jk_panel_ask (self, order->act, order->record, &ask);
  errand->text = g_strdup (order->text != NULL ? order->text : "");
  errand->reason = g_strdup (order->reason != NULL ? order->reason : "");
  errand->order = *order;
  /* The caller's strings end with this call. */
  errand->order.text = errand->text;
  errand->order.reason = errand->reason;
  errand->order.again = errand->order.second_passcode = NULL;
  errand->passcode = ask.again ? new_text (order->again) : NULL;
  errand->second_passcode = ask.second ? new_text (order->second_passcode) : NULL;
  errand->role = (JkRoleName) self->role;
  errand->keys = self->keys;
  self->keys = (JkRoleKeys){ NULL };
  jk_desk_work (self->desk, give, errand, NULL, given, errand);
}

gboolean
jk_panel_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
