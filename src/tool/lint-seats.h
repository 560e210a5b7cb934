/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-seats.h: every record of a hall opened as a station opens it: by log-in, or, where
 * nobody logs in, by the record key on the roll. */
#pragma once

#include "plan/roster.h"
#include "session/own-paper.h"
#include "tool/lint-items.h"

/* What the hall and its stations have. */
typedef struct {
  /* Borrowed */
  const JkSession *session;
  const JkSecret *roster_key;
  const JkRoll *roll;
  const JkSecret *paper_key; /* NULL: papers stay closed */
  const JkBank *bank;
  JkLintItems *items;
} JkLintRoom;

typedef struct {
  /* Borrowed */
  const JkRosterRow *row; /* who logs in; NULL: record is opened with its key of the roll */
  /* Owned, filled by opening */
  char *seat;     /* as the record has it; NULL: not opened */
  JkPaper *paper; /* NULL: not opened */
  GError *error;  /* why not */
  /* Plain */
  guint32 record;     /* given without row, else found by log-in */
  gboolean is_spare;  /* of the record */
  gboolean has_photo; /* and it opened */
  gboolean differs;   /* the record has another name or seat than the row */
  guint64 blob_bytes; /* of all items of the paper, with their pictures */
} JkLintSeat;

/* Opens all seats on n_threads (1: on the caller's). Each item goes to room->items. */
void jk_lint_seats_open (const JkLintRoom *room, JkLintSeat *seats, guint n_seats, guint n_threads);
void jk_lint_seat_clear (JkLintSeat *self);
