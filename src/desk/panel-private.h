/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel-private.h: what the files of a panel share. For panel*.c, people.c and
 * moving.c only. */
#pragma once

#include "desk/desk-private.h"
#include "desk/panel.h"

struct _JkPanel {
  GObject parent_instance;

  /* Owned */
  JkDesk *desk;
  JkRoleKeys keys;
  GByteArray *spares; /* for each record of the roll, whether it is spare; NULL: nobody read it */

  /* Of whose session the keys are; only compared */
  gconstpointer seat;

  /* Plain */
  guint role;       /* JkRoleName; 0: closed */
  gint64 closes_us; /* since the PC was booted */
  guint closing;    /* source */
};

/* Something for which the keys of the role are needed. */
typedef struct {
  /* On the worker, with the seat of whose session the keys are. */
  gboolean (*run) (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error);
  /* On the desk's thread, when that was done: gives the caller's task what it returns. */
  void (*answer) (GTask *task, gpointer data);
  void (*free) (gpointer data);
} JkPanelErrand;

/* Runs it, for the role that has the panel open: until it is done the keys are on the worker, and
 * nothing else is begun that needs them. Takes data. The panel then stays open for its time anew.
 * Errors of the task: those of jk_panel_check_keys, BUSY, SESSION (another one is shown now), those
 * of run. */
void jk_panel_run (JkPanel *self,
                   const JkPanelErrand *errand,
                   gpointer data,
                   GAsyncReadyCallback callback,
                   gpointer user_data);

/* panel-order.c. Whether who opened the panel is still there: the passcode opens that role once
 * more; its keys are not kept. On the worker. Errors: those of jk_seat_open_role. */
gboolean
jk_panel_prove_role (JkSeat *seat, JkRoleName role, const JkSecret *passcode, GError **error);

/* Whether it is open and its keys are here. Errors: CLOSED, BUSY. */
gboolean jk_panel_check_keys (JkPanel *self, GError **error);
