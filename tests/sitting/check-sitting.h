/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-sitting.h: one candidate of a whole exam at a station, for the tests of
 * sitting.
 *
 * The exam is built once for all tests of a program; station, store and sealer are each test's own.
 */
#pragma once

#include "check.h"

#include "sitting/sitting.h"
#include "support/exam.h"

#define MS_PER_MIN 60000

/* A sealer that counts, remembers what it was given, and fails when told so. */
typedef struct {
  JkSealer sealer; /* first */
  guint *n_calls;
  guint *n_orders;
  gboolean *is_failing;
  gboolean *is_long; /* the sealed bytes have the length of an envelope's head and more */
  JkState *state;
} CheckSealer;

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkStation *station;
  JkRecord *record;
  JkSecret *record_key;
  JkOwnPaper *own;
  JkSitting *sitting; /* the one that lives */
  /* Borrowed */
  const JkTestExam *exam;
  JkTestClock *clock;
  /* Plain */
  CheckSealer sealer;
  JkSittingPlace place;
  guint n_seals, n_sealed_orders;
  gboolean is_failing, is_long;
  JkState sealed_in;
} Fixture;

static inline GBytes *
check_seal (const JkSealer *base, const JkSealInput *input, const JkWorld *world, GError **error)
{
  const CheckSealer *self = (const CheckSealer *) base;

  *self->state = jk_replay_get_state (input->replay);
  if (*self->is_failing) {
    g_set_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE, "The sealer of this test refuses.");
    return NULL;
  }
  ++*self->n_calls;
  *self->n_orders = input->orders->len;
  g_autofree char *text = g_strdup_printf ("sealed %u: %s, %" G_GSIZE_FORMAT " bytes%*s",
                                           *self->n_calls,
                                           input->person->name,
                                           g_bytes_get_size (input->rows),
                                           *self->is_long ? 80 : 0,
                                           "");
  return g_bytes_new (text, strlen (text));
}

static inline int
check_build_exam (void **state)
{
  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new ();
  return 0;
}

static inline int
check_free_exam (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static inline int
set_up (void **state)
{
  g_autoptr (GError) error = NULL;
  Fixture *self = g_new0 (Fixture, 1);

  self->exam = *state;
  self->clock = jk_test_world_get_clock (jk_test_exam_get_fakes (self->exam));
  self->folder = jk_test_folder_new ();
  self->sealer = (CheckSealer){
    .sealer = { .seal = check_seal },
    .n_calls = &self->n_seals,
    .n_orders = &self->n_sealed_orders,
    .is_failing = &self->is_failing,
    .is_long = &self->is_long,
    .state = &self->sealed_in,
  };
  const JkWorld *world = jk_test_exam_get_world (self->exam);
  self->station =
      jk_station_open (world, jk_test_folder_get_path (self->folder), "test PC", &error);
  assert_ok (error);
  self->record = jk_test_exam_log_in (self->exam, 0, &self->record_key);
  self->own = jk_test_exam_open_paper (self->exam, 0);
  self->place = (JkSittingPlace){
    .world = world,
    .session = jk_test_exam_get_session (self->exam, 0),
    .station = self->station,
    .sealer = &self->sealer.sealer,
  };
  *state = self;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_sitting_free (self->sitting);
  jk_own_paper_free (self->own);
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
  jk_station_free (self->station);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static inline guint32
record_of (const Fixture *self)
{
  return jk_record_get_person (self->record)->index;
}

static inline char *
dup_store_path (const Fixture *self, guint32 record)
{
  g_autofree char *folder = jk_sitting_dup_folder (&self->place);
  return g_strdup_printf ("%s/%05u.jkjournal", folder, record);
}

static inline JkSitting *
begin (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->sitting = jk_sitting_begin (&self->place, self->record, self->record_key, &error);
  assert_ok (error);
  return self->sitting;
}

static inline JkSitting *
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);

  jk_sitting_confirm (sitting, &error);
  assert_ok (error);
  jk_sitting_start (sitting, self->own, &error);
  assert_ok (error);
  return sitting;
}

/* seconds pass, with a tick after each. */
static inline void
live (Fixture *self, guint seconds)
{
  for (guint i = 0; i < seconds; i++) {
    g_autoptr (GError) error = NULL;
    jk_test_clock_pass_s (self->clock, 1);
    jk_sitting_tick (self->sitting, &error);
    assert_ok (error);
  }
}

static inline void
answer (Fixture *self, guint position, guint16 mask)
{
  g_autoptr (GError) error = NULL;
  guint64 ticket = jk_sitting_answer (self->sitting, position, mask, &error);

  assert_ok (error);
  jk_sitting_wait (self->sitting, ticket, &error);
  assert_ok (error);
}

/* The program is killed: what the kernel has of its files stays, and nothing is written after it.
 */
static inline void
kill_sitting (Fixture *self)
{
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *data = NULL, *log_data = NULL;
  gsize size, log_size;

  /* The time record is not waited for by anybody, but on disk before a person could kill anything.
   */
  g_autoptr (GBytes) person =
      jk_journal_read_side (jk_sitting_get_journal (self->sitting), "person", NULL);
  assert_non_null (person);
  assert_true (g_file_get_contents (path, &data, &size, NULL));
  assert_true (g_file_get_contents (log, &log_data, &log_size, NULL));
  g_clear_pointer (&self->sitting, jk_sitting_free);
  assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  assert_true (g_file_set_contents (log, log_data, (gssize) log_size, NULL));
}

static inline JkSitting *
resume (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->sitting = jk_sitting_resume (&self->place, record_of (self), &error);
  assert_ok (error);
  return self->sitting;
}

static inline const JkReplay *
replay_of (const Fixture *self)
{
  return jk_journal_get_replay (jk_sitting_get_journal (self->sitting));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
