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
  /* Of what failed: whose passcode was not taken, or 0. NULL: nobody types one. */
  JkRoleName (*get_refused) (gpointer data);
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

/* Who signs what is irreversible, or takes two. A passcode that is not asked for is NULL. */
typedef struct {
  /* Owned */
  JkSecret *again, *second_passcode;
  JkRoleKeys second_keys;
  /* Plain */
  JkRoleName role, second;
  JkRoleName refused; /* whose passcode was not taken; 0: none was refused */
} JkPanelSigners;

/* panel-order.c. What was typed (copied; NULL: not asked for), for the role that has it open. */
void jk_panel_signers_init (JkPanelSigners *self,
                            JkPanel *panel,
                            const char *again,
                            JkRoleName second,
                            const char *second_passcode);
void jk_panel_signers_clear (JkPanelSigners *self);

/* Whether who opened the panel is still there (the passcode opens that role once more; its keys are
 * not kept), and the second person too, whose keys are kept in it. On the worker. Errors: those of
 * jk_seat_open_role. */
gboolean jk_panel_signers_prove (JkPanelSigners *self, JkSeat *seat, GError **error);

/* Whether it is open and its keys are here. Errors: CLOSED, BUSY. */
gboolean jk_panel_check_keys (JkPanel *self, GError **error);
