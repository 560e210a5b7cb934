/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-second.h: a stick beside a PC, for the tests of second places. */
#pragma once

#include "check-seat.h"

#include "sitting/log.h"

#include <glib/gstdio.h>

/* How often each code of a STORE row stands in the log. */
typedef struct {
  guint n[JK_LOG_STORE_BACK + 1];
  guint n_of_log[JK_LOG_STORE_BACK + 1];
  guint32 record; /* of the last */
} Counts;

static inline void
count_store (const JkLogRow *row, gpointer user_data)
{
  Counts *counts = user_data;

  if (row->event != JK_LOG_STORE)
    return;
  counts->n[row->code]++;
  counts->n_of_log[row->code] += row->record == JK_ORDER_EVERY ? 1 : 0;
  counts->record = row->record;
}

/* Reads the log after the program has ended. */
static inline Counts
count_stores (Fixture *self)
{
  JkSittingPlace place = {
    .world = self->place.world,
    .session = self->session,
    .station = self->station,
  };
  g_autoptr (GError) error = NULL;
  Counts counts = { 0 };

  g_clear_pointer (&self->seat, jk_seat_free);
  g_autoptr (JkLog) log = jk_log_open (&place, &error);
  assert_ok (error);
  jk_log_each_row (log, count_store, &counts, &error);
  assert_ok (error);
  return counts;
}

static inline char *
dup_stick (Fixture *self)
{
  char *stick = jk_test_folder_dup_path (self->folder, "stick");
  g_mkdir_with_parents (stick, 0700);
  return stick;
}

/* Where the seat's stores are, on the PC and on the stick. */
static inline char *
dup_here (Fixture *self)
{
  const JkSittingPlace place = { .session = self->session, .station = self->station };
  return jk_sitting_dup_folder (&place);
}

static inline char *
dup_there (Fixture *self)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *name = g_path_get_basename (here);
  g_autofree char *stick = dup_stick (self);
  return g_build_filename (stick, name, NULL);
}

static inline void
must_choose (Fixture *self)
{
  g_autofree char *stick = dup_stick (self);
  g_autoptr (GError) error = NULL;

  jk_seat_set_second_place (self->seat, stick, &error);
  assert_ok (error);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_ALIVE);
}

static inline void
must_tick (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  jk_seat_tick (self->seat, &error);
  assert_ok (error);
}

static inline void
must_answer (JkSitting *sitting, guint position)
{
  g_autoptr (GError) error = NULL;
  guint64 ticket = jk_sitting_answer (sitting, position, 1, &error);

  assert_ok (error);
  jk_sitting_wait (sitting, ticket, &error);
  assert_ok (error);
}

static inline void
pull_stick (Fixture *self)
{
  g_autofree char *stick = dup_stick (self);
  g_autofree char *pocket = jk_test_folder_dup_path (self->folder, "pocket");

  assert_int_equal (g_rename (stick, pocket), 0);
  assert_int_equal (g_mkdir (stick, 0700), 0); /* the empty mount point */
}

static inline void
put_stick_back (Fixture *self)
{
  g_autofree char *stick = dup_stick (self);
  g_autofree char *pocket = jk_test_folder_dup_path (self->folder, "pocket");

  assert_int_equal (g_rmdir (stick), 0);
  assert_int_equal (g_rename (pocket, stick), 0);
}

/* Logged in, started, and one answer given. */
static inline JkSitting *
must_run (Fixture *self, guint n)
{
  JkSitting *sitting = must_log_in (self, n);

  confirm_and_start (self, n, sitting);
  must_answer (sitting, 0);
  return sitting;
}

/* The folder of the seat as an image from before the exam has it: not at all. */
static inline void
forget_all (Fixture *self)
{
  g_autofree char *here = dup_here (self);
  g_autoptr (GDir) dir = g_dir_open (here, 0, NULL);
  const char *name;

  g_clear_pointer (&self->seat, jk_seat_free);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (here, name, NULL);
    assert_int_equal (g_unlink (path), 0);
  }
  assert_int_equal (g_rmdir (here), 0);
}

/* From the stick. */
static inline JkSeat *
recover_seat (Fixture *self)
{
  g_autofree char *stick = dup_stick (self);
  g_autoptr (GError) error = NULL;

  self->seat =
      jk_seat_recover (&self->place, jk_test_exam_get_session_path (self->exam, 0), stick, &error);
  assert_ok (error);
  return self->seat;
}
