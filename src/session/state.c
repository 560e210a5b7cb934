/* SPDX-License-Identifier: Apache-2.0 */
/* session/state.c: the table of every legal move; what it does not hold is refused. */
#include "session/state.h"

typedef struct {
  JkState from;
  JkEvent event;
  JkState to;
} Move;

static const Move moves[] = {
  { JK_STATE_NONE, JK_EVENT_IDENTIFIED, JK_STATE_IDENTIFIED },

  { JK_STATE_IDENTIFIED, JK_EVENT_READY, JK_STATE_READY },
  { JK_STATE_IDENTIFIED, JK_EVENT_GAP, JK_STATE_IDENTIFIED },
  { JK_STATE_IDENTIFIED, JK_EVENT_MOVED, JK_STATE_MOVED },

  { JK_STATE_READY, JK_EVENT_STARTED, JK_STATE_RUNNING },
  { JK_STATE_READY, JK_EVENT_HEAD, JK_STATE_READY },
  { JK_STATE_READY, JK_EVENT_GAP, JK_STATE_READY },
  { JK_STATE_READY, JK_EVENT_MOVED, JK_STATE_MOVED },

  { JK_STATE_RUNNING, JK_EVENT_ANSWERED, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_CLEARED, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_FLAGGED, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_VISITED, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_FOCUS, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_HEAD, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_GAP, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_EXTENDED, JK_STATE_RUNNING },
  { JK_STATE_RUNNING, JK_EVENT_PAUSED, JK_STATE_PAUSED },
  { JK_STATE_RUNNING, JK_EVENT_HANDED_IN, JK_STATE_HANDED_IN },
  { JK_STATE_RUNNING, JK_EVENT_MOVED, JK_STATE_MOVED },

  { JK_STATE_PAUSED, JK_EVENT_VISITED, JK_STATE_PAUSED },
  { JK_STATE_PAUSED, JK_EVENT_FOCUS, JK_STATE_PAUSED },
  { JK_STATE_PAUSED, JK_EVENT_HEAD, JK_STATE_PAUSED },
  { JK_STATE_PAUSED, JK_EVENT_GAP, JK_STATE_PAUSED },
  { JK_STATE_PAUSED, JK_EVENT_EXTENDED, JK_STATE_PAUSED },
  { JK_STATE_PAUSED, JK_EVENT_RESUMED, JK_STATE_RUNNING },
  { JK_STATE_PAUSED, JK_EVENT_HANDED_IN, JK_STATE_HANDED_IN },
  { JK_STATE_PAUSED, JK_EVENT_MOVED, JK_STATE_MOVED },

  { JK_STATE_HANDED_IN, JK_EVENT_SEALED, JK_STATE_SEALED },

  { JK_STATE_SEALED, JK_EVENT_COLLECTED, JK_STATE_COLLECTED },
  { JK_STATE_SEALED, JK_EVENT_REOPENED, JK_STATE_RUNNING },
};

static const char *const state_names[JK_N_STATES] = {
  [JK_STATE_NONE] = "none",     [JK_STATE_IDENTIFIED] = "identified",
  [JK_STATE_READY] = "ready",   [JK_STATE_RUNNING] = "running",
  [JK_STATE_PAUSED] = "paused", [JK_STATE_HANDED_IN] = "handed-in",
  [JK_STATE_SEALED] = "sealed", [JK_STATE_COLLECTED] = "collected",
  [JK_STATE_MOVED] = "moved",
};

static const char *const event_names[JK_N_EVENTS] = {
  [JK_EVENT_IDENTIFIED] = "identified",
  [JK_EVENT_READY] = "ready",
  [JK_EVENT_STARTED] = "started",
  [JK_EVENT_ANSWERED] = "answered",
  [JK_EVENT_CLEARED] = "cleared",
  [JK_EVENT_FLAGGED] = "flagged",
  [JK_EVENT_VISITED] = "visited",
  [JK_EVENT_FOCUS] = "focus",
  [JK_EVENT_HEAD] = "head",
  [JK_EVENT_GAP] = "gap",
  [JK_EVENT_PAUSED] = "paused",
  [JK_EVENT_RESUMED] = "resumed",
  [JK_EVENT_EXTENDED] = "extended",
  [JK_EVENT_HANDED_IN] = "handed-in",
  [JK_EVENT_SEALED] = "sealed",
  [JK_EVENT_COLLECTED] = "collected",
  [JK_EVENT_REOPENED] = "reopened",
  [JK_EVENT_MOVED] = "moved",
};

int
jk_state_next (JkState state, JkEvent event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    if (moves[i].from == state && moves[i].event == event)
      return (int) moves[i].to;
  }
  return -1;
}

const char *
jk_state_get_name (JkState state)
{
  g_return_val_if_fail (state < JK_N_STATES, "unknown");
  return state_names[state];
}

const char *
jk_event_get_name (JkEvent event)
{
  g_return_val_if_fail (event >= JK_EVENT_IDENTIFIED && event < JK_N_EVENTS, "unknown");
  return event_names[event];
}
