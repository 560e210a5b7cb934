/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel-order.c: an order is asked for, signed and taken. */
#include "desk/panel-private.h"

#include "base/limits.h"

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
  JkRoleKeys second_keys;
  JkSecret *passcode, *second_passcode;
  char *text, *reason;
  /* Plain */
  JkPanelOrder order;
  JkRoleName role;
} Giving;

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

static void
giving_free (gpointer data)
{
  Giving *self = data;

  jk_role_keys_clear (&self->second_keys);
  jk_secret_free (self->passcode);
  jk_secret_free (self->second_passcode);
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
  g_autoptr (GBytes) once = jk_order_write (terms, self->role, keys->sign);

  if (self->second_keys.sign == NULL)
    return g_steal_pointer (&once);
  return jk_order_countersign (CARRIER, once, self->order.second, self->second_keys.sign, error);
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

gboolean
jk_panel_prove_role (JkSeat *seat, JkRoleName role, const JkSecret *passcode, GError **error)
{
  JkRoleKeys keys = { NULL };
  gboolean ok = jk_seat_open_role (seat, role, get_text (passcode), &keys, error);

  jk_role_keys_clear (&keys);
  return ok;
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

static gboolean
give (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Giving *self = data;

  if (!check_record (self, desk->seat, error) ||
      (self->passcode != NULL &&
       !jk_panel_prove_role (desk->seat, self->role, self->passcode, error)))
    return FALSE;
  if (self->second_passcode != NULL && !jk_seat_open_role (desk->seat,
                                                           self->order.second,
                                                           get_text (self->second_passcode),
                                                           &self->second_keys,
                                                           error))
    return FALSE;
  g_autoptr (JkOrder) order = make_order (self, keys, desk->seat, error);
  return order != NULL && jk_desk_take_order (desk, desk->seat, order, error);
}

static void
given (GTask *task, gpointer data)
{
  g_task_return_boolean (task, TRUE);
}

void
jk_panel_give_async (JkPanel *self,
                     const JkPanelOrder *order,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  static const JkPanelErrand errand = { give, given, giving_free };
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
  giving->passcode = ask.again ? new_text (order->again) : NULL;
  giving->second_passcode = ask.second ? new_text (order->second_passcode) : NULL;
  giving->role = (JkRoleName) self->role;
  jk_panel_run (self, &errand, giving, callback, user_data);
}
