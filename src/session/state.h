/* SPDX-License-Identifier: Apache-2.0 */
/* session/state.h: the states of a sitting and every legal move, as one table: no clock, no disk.
 *
 *     identified -> ready -> running <-> paused -> handed-in -> sealed -> collected
 *
 * reopened leads from sealed back to running; moved ends a sitting here, and arrived lets it go on
 * elsewhere. */
#pragma once

#include <glib.h>

typedef enum {
  JK_STATE_NONE, /* before the first row */
  JK_STATE_IDENTIFIED,
  JK_STATE_READY,
  JK_STATE_RUNNING,
  JK_STATE_PAUSED,
  JK_STATE_HANDED_IN,
  JK_STATE_SEALED,
  JK_STATE_COLLECTED,
  JK_STATE_MOVED,
  JK_N_STATES,
} JkState;

/* What rows record; the numbers are those of the file format and never change. */
typedef enum {
  JK_EVENT_IDENTIFIED = 1,
  JK_EVENT_READY = 2,
  JK_EVENT_STARTED = 3,
  JK_EVENT_ANSWERED = 4,
  JK_EVENT_CLEARED = 5,
  JK_EVENT_FLAGGED = 6,
  JK_EVENT_VISITED = 7,
  JK_EVENT_FOCUS = 8, /* focus lost or found, display changed: recorded, never locked (P11) */
  JK_EVENT_HEAD = 9,  /* commitment of the chain, signed by the station */
  JK_EVENT_GAP = 10,  /* crash, power cut or suspend: never exam time */
  JK_EVENT_PAUSED = 11,
  JK_EVENT_RESUMED = 12, /* after a pause */
  JK_EVENT_EXTENDED = 13,
  JK_EVENT_HANDED_IN = 14,
  JK_EVENT_SEALED = 15,
  JK_EVENT_COLLECTED = 16,
  JK_EVENT_REOPENED = 17,
  JK_EVENT_MOVED = 18,
  JK_EVENT_CREDITED = 19,   /* time lost and given back */
  JK_EVENT_LATE = 20,       /* came late: so much shorter */
  JK_EVENT_RELEASED = 21,   /* gaps beyond the policy: a proctor lets it go on */
  JK_EVENT_CONSENTED = 22,  /* hand-in in the last minutes allowed */
  JK_EVENT_NOTED = 23,      /* message, incident or violation */
  JK_EVENT_ADMITTED = 24,   /* walk-in, wrong ID number or date: let in by order */
  JK_EVENT_COMMON_END = 25, /* the console said when the hall ends */
  JK_EVENT_CLOCK = 26,      /* somebody set the wall clock: no effect but this row */
  JK_EVENT_ARRIVED = 27,    /* goes on at this station; without MOVED when the old one is dead */
  JK_N_EVENTS,
} JkEvent;

/* The state after event in state, or -1 when the event has no place there. The one authority. */
int jk_state_next (JkState state, JkEvent event);

/* "running", "handed-in" ...; lent. */
const char *jk_state_get_name (JkState state);
const char *jk_event_get_name (JkEvent event);
