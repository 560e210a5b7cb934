/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel.c: see the header. Keys are on the worker only while the desk waits for it. */
#include "desk/panel-private.h"

#include <string.h>

#define LOOK_MS 500

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
  g_clear_pointer (&self->spares, g_byte_array_unref);
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
  g_clear_pointer (&self->spares, g_byte_array_unref);
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

/* The keys on their way to the worker and back. */
typedef struct {
  /* Owned */
  GTask *task; /* of the panel */
  JkRoleKeys keys;
  JkSecret *passcode; /* that opens them; NULL: they are lent */
  gpointer data;
  /* Borrowed */
  const JkPanelErrand *errand; /* NULL: opens the panel */
  gconstpointer seat;          /* of whose session the keys are; only compared */
  /* Plain */
  JkRoleName role;
} Loan;

static Loan *
loan_new (JkPanel *panel, JkRoleName role, GAsyncReadyCallback callback, gpointer user_data)
{
  Loan *self = g_new0 (Loan, 1);

  self->task = g_task_new (panel, NULL, callback, user_data);
  self->role = role;
  return self;
}

static JkPanel *
loan_get_panel (Loan *self)
{
  return g_task_get_source_object (self->task);
}

static void
loan_free (Loan *self)
{
  jk_role_keys_clear (&self->keys);
  jk_secret_free (self->passcode);
  if (self->errand != NULL)
    self->errand->free (self->data);
  g_object_unref (self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loan, loan_free)

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
  Loan *self = data;

  return check_seat (desk, error) &&
         jk_seat_open_role (desk->seat,
                            self->role,
                            (const char *) jk_secret_get (self->passcode),
                            &self->keys,
                            error);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loan) self = user_data;
  JkPanel *panel = loan_get_panel (self);
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
  Loan *loan = loan_new (self, role, callback, user_data);

  loan->passcode = jk_secret_new_copy (passcode, strlen (passcode) + 1);
  jk_desk_work (self->desk, open_role, loan, NULL, opened, loan);
}

gboolean
jk_panel_check_keys (JkPanel *self, GError **error)
{
  if (self->role == 0) {
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_CLOSED,
                 "The panel is closed; type the passcode of an envelope first.");
    return FALSE;
  }
  if (self->keys.sign != NULL)
    return TRUE;
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_BUSY,
               "An order is on its way; wait a moment and give this one again.");
  return FALSE;
}

static gboolean
run (JkDesk *desk, gpointer data, GError **error)
{
  Loan *self = data;

  /* Mail that came before may have brought another session. */
  if (desk->seat == self->seat)
    return self->errand->run (desk, &self->keys, self->data, error);
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_SESSION,
               "Another session is shown on this PC now; open the panel again, with an envelope of "
               "that session.");
  return FALSE;
}

/* The keys come back, unless the panel was closed or opened by another meanwhile. */
static void
ran (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loan) self = user_data;
  JkPanel *panel = loan_get_panel (self);
  GError *error = NULL;
  gboolean ok = jk_desk_finish (JK_DESK (source), result, &error);

  if (panel->role == self->role && panel->keys.sign == NULL) {
    panel->keys = self->keys;
    self->keys = (JkRoleKeys){ NULL };
    stay_open (panel);
  }
  if (!ok && self->errand->get_refused != NULL)
    g_task_set_task_data (self->task,
                          GUINT_TO_POINTER (self->errand->get_refused (self->data)),
                          NULL);
  if (ok)
    self->errand->answer (self->task, self->data);
  else
    g_task_return_error (self->task, error);
}

void
jk_panel_run (JkPanel *self,
              const JkPanelErrand *errand,
              gpointer data,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GError *error = NULL;

  if (!jk_panel_check_keys (self, &error)) {
    errand->free (data);
    g_task_report_error (self, callback, user_data, NULL, error);
    return;
  }
  Loan *loan = loan_new (self, (JkRoleName) self->role, callback, user_data);
  loan->errand = errand;
  loan->data = data;
  loan->seat = self->seat;
  loan->keys = self->keys;
  self->keys = (JkRoleKeys){ NULL };
  jk_desk_work (self->desk, run, loan, NULL, ran, loan);
}

JkRoleName
jk_panel_get_refused_role (JkPanel *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  return (JkRoleName) GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
}

gboolean
jk_panel_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
