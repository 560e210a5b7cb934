/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-panel.h: proctors at a PC, with their envelopes. */
#pragma once

#include "check-desk.h"

#include "desk/panel-private.h"

#define REASON "as it must be"

typedef struct {
  Fixture *desk;
  JkPanel *panel; /* owned */
} Scene;

static inline const char *
passcode_of (Fixture *self, JkRoleName role)
{
  return jk_test_exam_get_passcode (self->exam, 0, role);
}

static inline void
panel_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ended *self = user_data;

  self->ok = jk_panel_finish (JK_PANEL (source), result, &self->error);
  self->is_done = TRUE;
}

/* Types what is in one envelope for the role of another, or the same. */
static inline GError *
type (Scene *self, JkRoleName role, JkRoleName envelope)
{
  Ended how = { 0 };

  jk_panel_open_async (self->panel, role, passcode_of (self->desk, envelope), panel_ended, &how);
  return await (&how);
}

static inline GError *
give (Scene *self, const JkPanelOrder *order)
{
  Ended how = { 0 };

  jk_panel_give_async (self->panel, order, panel_ended, &how);
  return await (&how);
}

static inline guint32
record_of_candidate (Scene *self, guint n)
{
  return jk_test_exam_get_candidate (self->desk->exam, n)->record;
}

static inline guint32
record_of (Scene *self)
{
  return record_of_candidate (self, 0);
}

/* For who sits here, with all that the act wants. */
static inline JkPanelOrder
order_of (Scene *self, JkAct act)
{
  return (JkPanelOrder){
    .act = act,
    .record = record_of (self),
    .text = "some words",
    .reason = REASON,
    .again = passcode_of (self->desk, JK_ROLE_CHIEF),
    .second = JK_ROLE_PROCTOR,
    .second_passcode = passcode_of (self->desk, JK_ROLE_PROCTOR),
  };
}

static inline const JkLogRow *
read_last_row (Scene *self)
{
  return jk_log_replay_get_last (jk_seat_get_log (self->desk->desk->seat));
}

/* The exam runs, and the chief has opened the panel. */
static inline void
come (Scene *self, void **state)
{
  self->desk = *state;
  begin (self->desk);
  self->panel = jk_panel_new (self->desk->desk);
  assert_ok (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
}

static inline void
go (Scene *self)
{
  g_clear_object (&self->panel);
}
