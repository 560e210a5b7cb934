/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel-order.c: an order is asked for, signed and taken. */
#include "desk/panel-private.h"

#include "base/limits.h"
#include "sitting/error.h"

#include <string.h>

#define CARRIER "the panel of this PC"

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

/* What is given to the worker. */
typedef struct {
  /* Owned */
  JkPanelSigners signers;
  GPtrArray *askers; /* who wait for the results; NULL: nobody copies */
  char *text, *reason;
  /* Plain */
  JkPanelOrder order;
} Giving;

static JkSecret *
new_text (const char *text)
{
  return text != NULL ? jk_secret_new_copy (text, strlen (text) + 1) : NULL;
}

void
jk_panel_signers_init (JkPanelSigners *self,
                       JkPanel *panel,
                       const char *again,
                       JkRoleName second,
                       const char *second_passcode)
{
  *self = (JkPanelSigners){
    .again = new_text (again),
    .second_passcode = new_text (second_passcode),
    .role = (JkRoleName) panel->role,
    .second = second,
  };
}

void
jk_panel_signers_clear (JkPanelSigners *self)
{
  jk_role_keys_clear (&self->second_keys);
  jk_secret_free (self->again);
  jk_secret_free (self->second_passcode);
}

static gboolean
open_role (JkPanelSigners *self,
           JkSeat *seat,
           JkRoleName role,
           const JkSecret *passcode,
           JkRoleKeys *out_keys,
           GError **error)
{
  GError *refusal = NULL;

  if (jk_seat_open_role (seat, role, (const char *) jk_secret_get (passcode), out_keys, &refusal))
    return TRUE;
  /* A correction that is gone is nobody's. */
  if (!g_error_matches (refusal, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT))
    self->refused = role;
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
jk_panel_signers_prove (JkPanelSigners *self, JkSeat *seat, GError **error)
{
  JkRoleKeys keys = { NULL };
  gboolean ok =
      self->again == NULL || open_role (self, seat, self->role, self->again, &keys, error);

  jk_role_keys_clear (&keys);
  return ok &&
         (self->second_passcode == NULL ||
          open_role (self, seat, self->second, self->second_passcode, &self->second_keys, error));
}

static void
giving_free (gpointer data)
{
  Giving *self = data;

  jk_panel_signers_clear (&self->signers);
  g_clear_pointer (&self->askers, g_ptr_array_unref);
  g_free (self->text);
  g_free (self->reason);
  g_free (self);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static gboolean
is_too_long (const char *text)
{
  return text != NULL && strlen (text) > JK_ORDER_TEXT_BYTES_MAX;
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
  if (is_too_long (order->reason) || is_too_long (order->text))
    return "a shorter text and reason, each of at most 340 Chinese characters";
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
  if (!jk_panel_check_keys (self, error))
    return FALSE;
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
sign (const Giving *self, const JkRoleKeys *keys, const JkOrderTerms *terms, GError **error)
{
  const JkPanelSigners *signers = &self->signers;
  g_autoptr (GBytes) once = jk_order_write (terms, signers->role, keys->sign);

  if (signers->second_keys.sign == NULL)
    return g_steal_pointer (&once);
  return jk_order_countersign (CARRIER, once, signers->second, signers->second_keys.sign, error);
}

static JkOrder *
make_order (const Giving *self, const JkRoleKeys *keys, JkSeat *seat, GError **error)
{
  JkOrderTerms terms;

  jk_seat_init_terms (seat, self->order.act, &terms);
  terms.text = self->order.text;
  terms.reason = self->order.reason;
  terms.amount = self->order.amount;
  terms.record = self->order.record;
  memcpy (terms.subject, self->order.subject, sizeof terms.subject);
  g_autoptr (GBytes) bytes = sign (self, keys, &terms, error);
  return bytes != NULL ? jk_order_parse (CARRIER, bytes, error) : NULL;
}

/* To a carrier an order for a sitting elsewhere is none of its business; here somebody waits for
 * what it does. */
static gboolean
check_record (const Giving *self, JkSeat *seat, GError **error)
{
  const JkActRule *rule = jk_act_get_rule (self->order.act);
  guint32 record = self->order.record;

  if (rule->target != JK_TARGET_SITTING || record == JK_ORDER_EVERY ||
      jk_seat_find_sitting (seat, record) != NULL)
    return TRUE;
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_PERSON,
               "This candidate has not logged in at this PC; order “%s” at the PC where they sit.",
               rule->name);
  return FALSE;
}

/* The order is obeyed; who gave it waits for what it does. */
static gboolean
join_due (Giving *self, JkDesk *desk, GError **error)
{
  self->askers = jk_desk_join_due (desk);
  if (self->askers != NULL)
    return TRUE;
  g_set_error_literal (error,
                       JK_DESK_ERROR,
                       JK_DESK_ERROR_EMPTY,
                       "Nobody has handed in at this PC yet; there is no result to copy. Copy "
                       "again after the hand-in.");
  return FALSE;
}

static gboolean
give (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Giving *self = data;

  if (!check_record (self, desk->seat, error) ||
      !jk_panel_signers_prove (&self->signers, desk->seat, error))
    return FALSE;
  g_autoptr (JkOrder) order = make_order (self, keys, desk->seat, error);
  return order != NULL && jk_desk_take_order (desk, desk->seat, order, error) &&
         (self->order.act != JK_ACT_COPY || join_due (self, desk, error));
}

static JkRoleName
get_refused (gpointer data)
{
  return ((const Giving *) data)->signers.refused;
}

static void
given (GTask *task, gpointer data)
{
  Giving *self = data;

  if (self->askers != NULL)
    g_ptr_array_add (self->askers, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

void
jk_panel_give_async (JkPanel *self,
                     const JkPanelOrder *order,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  static const JkPanelErrand errand = { give, given, giving_free, get_refused };
  g_return_if_fail (JK_IS_PANEL (self) && jk_act_get_rule (order->act) != NULL);
  GError *error = NULL;
  JkPanelAsk ask;

  if (!check_order (self, order, &error)) {
    g_task_report_error (self, callback, user_data, NULL, error);
    return;
  }
  jk_panel_ask (self, order->act, order->record, &ask);
  Giving *giving = g_new0 (Giving, 1);
  giving->text = g_strdup (order->text != NULL ? order->text : "");
  giving->reason = g_strdup (order->reason != NULL ? order->reason : "");
  giving->order = *order;
  /* The caller's strings end with this call. */
  giving->order.text = giving->text;
  giving->order.reason = giving->reason;
  giving->order.again = giving->order.second_passcode = NULL;
  jk_panel_signers_init (&giving->signers,
                         self,
                         ask.again ? order->again : NULL,
                         order->second,
                         ask.second ? order->second_passcode : NULL);
  jk_panel_run (self, &errand, giving, callback, user_data);
}
