/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel.h: the proctor's panel of a desk, without a window (domain.md section 4.8).
 *
 * N1  Open or closed, and whatever is typed, it stops neither clock nor exam.
 * N2  What it does is an order: of the act table, signed by one role or two, taken by the seat as
 *     from any carrier, and so in the log with who, what and why.
 * N3  The keys of the role that opened it are in guarded memory until it closes, those of a second
 *     signer while they sign.
 *
 * On the desk's thread, as the desk. What is slow runs on its worker: the desk is "busy" then. */
#pragma once

#include "desk/desk.h"

/* Closed by itself after so long without an order. */
#define JK_PANEL_OPEN_S 180

/* Property "role", guint, for reading and with notification: a JkRoleName, 0 while it is closed. */
#define JK_TYPE_PANEL (jk_panel_get_type ())
G_DECLARE_FINAL_TYPE (JkPanel, jk_panel, JK, PANEL, GObject)

/* What must be asked before an order is given. */
typedef struct {
  JkConfirm confirm;
  guint64 amount_min, amount_max; /* in the unit of the act table; amount_max 0: no amount */
  gboolean text, reason, subject;
  gboolean again;  /* the passcode of the role that opened the panel: it cannot be undone */
  gboolean second; /* another role signs too, with its passcode */
  gboolean chief;  /* that role is the 主考 */
} JkPanelAsk;

/* An order to give. What the act does not want is NULL, 0 or all zeros. */
typedef struct {
  /* Borrowed; UTF-8 */
  const char *text, *reason;
  const char *again; /* typed passcodes */
  const char *second_passcode;
  /* Plain */
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  guint64 amount;
  guint32 record; /* JK_ORDER_EVERY: every one, or the whole PC */
  JkRoleName second;
  JkAct act;
} JkPanelOrder;

/* A panel of this desk, closed. It holds the desk until it is freed. */
JkPanel *jk_panel_new (JkDesk *desk);

/* Opens it for a role of the session that is shown, with the passcode of its envelope; another that
 * had it open gives way. On a worker. Errors: those of jk_seat_open_role, BUSY, SESSION of
 * JK_DESK_ERROR (none is here). */
void jk_panel_open_async (JkPanel *self,
                          JkRoleName role,
                          const char *passcode,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
void jk_panel_close (JkPanel *self);
JkRoleName jk_panel_get_role (JkPanel *self);

/* What must be asked for this act and record by the role that has it open, or would. Such an act
 * there is. */
void jk_panel_ask (JkPanel *self, JkAct act, guint32 record, JkPanelAsk *out);

/* Whether an order of this act for this record has its place now, as far as this PC knows without
 * asking its disk: the panel is open, its role not revoked, stage, state and need of the act table
 * hold. By what the desk showed last: what its worker does meanwhile, also an order on its way,
 * changes nothing before it is done. FALSE: *out_why (may be NULL) is a sentence for the proctor
 * with the way on; the caller frees. */
gboolean jk_panel_may_why (JkPanel *self, JkAct act, guint32 record, char **out_why);
gboolean jk_panel_may (JkPanel *self, JkAct act, guint32 record);

/* Gives an order, for this PC alone: asks that nothing is missing, signs, and lets the seat take
 * it. Nothing that is typed wrong stops the exam, and the order may be given again. On a worker; a
 * copy is done when its results were read back from the inbox, which may take long after that.
 * Errors: CLOSED and ASK of JK_DESK_ERROR (something is missing, too long or out of place; it says
 * what), PERSON (about a sitting that is not here), EMPTY and NOT_COPIED of a copy, those of
 * jk_seat_open_role, jk_seat_take_order and what follows at the desk, BUSY. */
void jk_panel_give_async (JkPanel *self,
                          const JkPanelOrder *order,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* Whose passcode was not taken, of several that were typed: the reason why something failed. 0: it
 * was done, or failed for something else. For what may be ended by a jk_panel_..._finish. */
JkRoleName jk_panel_get_refused_role (JkPanel *self, GAsyncResult *result);

/* Ends either: TRUE when it was done. */
gboolean jk_panel_finish (JkPanel *self, GAsyncResult *result, GError **error);
