/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life.c: see the header. */
#include "life-private.h"

#include <string.h>

#define KILLED_FOR_US (20 * G_USEC_PER_SEC)

/* After so many answers the candidate thinks. */
#define REST_EVERY 6

#define PAUSE_S 3

/* Two folders of one disk stand for two PCs: what is done to one must not harm the other. */
static const struct {
  const char *store;
  const char *hardware;
} pcs[JK_LIFE_PCS] = {
  { "/var/jikao", "tortured PC" },
  { "/var/jikao-2", "spare PC" },
};

JkLife *
jk_life_new (const JkTestExam *exam, const JkLifeOrders *orders, JkTestDisk *disk)
{
  JkLife *self = g_new0 (JkLife, 1);

  self->exam = exam;
  self->orders = orders;
  self->disk = disk;
  self->clock = jk_test_clock_new ();
  self->random = jk_test_random_new (7);
  self->record = jk_test_exam_log_in (exam, 0, &self->record_key);
  self->own = jk_test_exam_open_paper (exam, 0);
  self->told = g_array_new (FALSE, FALSE, sizeof (JkTold));
  self->world = *jk_test_exam_get_world (exam);
  self->world.clock = jk_test_clock_get (self->clock);
  self->world.storage = jk_test_disk_get_storage (disk);
  self->world.random = jk_test_random_get (self->random);
  self->place = (JkSittingPlace){
    .world = &self->world,
    .session = jk_test_exam_get_session (exam, 0),
    .sealer = jk_result_sealer (),
  };
  self->now.position = self->now.flag_position = self->now.order = JK_LIFE_NONE;
  g_array_append_val (self->told, self->now);
  return self;
}

void
jk_life_free (JkLife *self)
{
  if (self == NULL)
    return;
  jk_sitting_free (self->sitting);
  jk_station_free (self->station);
  jk_own_paper_free (self->own);
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
  jk_test_random_free (self->random);
  jk_test_clock_free (self->clock);
  g_clear_pointer (&self->rows, g_bytes_unref);
  g_clear_pointer (&self->capsule, g_bytes_unref);
  for (guint n = 0; n < JK_LIFE_SEALS; n++)
    g_clear_pointer (&self->results[n], g_bytes_unref);
  g_array_unref (self->told);
  g_free (self);
}

guint
jk_life_get_n_told (const JkLife *self)
{
  return self->told->len;
}

const JkTold *
jk_life_get_told (const JkLife *self, guint n)
{
  return &g_array_index (self->told, JkTold, n);
}

const JkTold *
jk_life_get_last (const JkLife *self)
{
  return jk_life_get_told (self, self->told->len - 1);
}

GBytes *
jk_life_get_rows (const JkLife *self)
{
  return self->rows;
}

/* From here on this is what people know. */
static void
tell (JkLife *self)
{
  const JkClock *clock = self->world.clock;

  self->now.wall_ms = clock->wall_ms (clock);
  g_array_append_val (self->told, self->now);
  jk_test_disk_mark (self->disk, self->told->len - 1);
}

/* The sealed bytes, the first time that the program has them. */
static void
take_result (JkLife *self)
{
  GBytes *result = jk_sitting_get_result (self->sitting);

  if (result == NULL)
    return;
  GBytes **kept = &self->results[jk_sitting_get_seal_number (self->sitting) - 1];
  if (*kept == NULL)
    *kept = g_bytes_ref (result);
  memcpy (self->now.results, self->results, sizeof self->results);
}

/* What the program says is on disk. */
static void
tell_acknowledged (JkLife *self)
{
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (self->sitting));

  self->now.epoch = jk_replay_get_epoch (replay);
  take_result (self);
  self->now.n_rows = jk_sitting_get_acknowledged (self->sitting);
  if (self->now.n_rows == jk_replay_get_n_rows (replay))
    self->now.saved_ms = jk_replay_get_exam_ms (replay);
  self->now.seen_ms = jk_sitting_get_exam_ms (self->sitting);
  tell (self);
}

static gboolean
wait_for (JkLife *self, guint64 ticket, GError **error)
{
  return ticket != 0 && jk_sitting_wait (self->sitting, ticket, error);
}

static gboolean
answer (JkLife *self, guint position, guint16 mask, GError **error)
{
  self->now.position = position;
  self->now.mask = mask;
  tell (self);
  guint64 ticket = mask != 0 ? jk_sitting_answer (self->sitting, position, mask, error)
                             : jk_sitting_clear (self->sitting, position, error);
  if (!wait_for (self, ticket, error))
    return FALSE;
  self->now.saved[position] = mask;
  self->now.position = JK_LIFE_NONE;
  tell_acknowledged (self);
  return TRUE;
}

static gboolean
flag (JkLife *self, guint position, GError **error)
{
  gboolean flagged = (self->now.flags >> position & 1) == 0;

  self->now.flag_position = position;
  tell (self);
  if (!wait_for (self, jk_sitting_flag (self->sitting, position, flagged, error), error))
    return FALSE;
  self->now.flags ^= (guint16) (1 << position);
  self->now.flag_position = JK_LIFE_NONE;
  tell_acknowledged (self);
  return TRUE;
}

/* Visits ride along with what comes next; what nobody waits for is on disk when this returns. */
static gboolean
let_pass (JkLife *self, guint seconds, GError **error)
{
  for (guint i = 0; i < seconds; i++) {
    jk_test_clock_pass_s (self->clock, 1);
    self->now.seen_ms = jk_sitting_get_exam_ms (self->sitting);
    tell (self);
    if (!jk_sitting_tick (self->sitting, error))
      return FALSE;
    g_autoptr (GBytes) person =
        jk_journal_read_side (jk_sitting_get_journal (self->sitting), "person", error);
    if (person == NULL)
      return FALSE;
    tell_acknowledged (self);
  }
  return TRUE;
}

gboolean
jk_life_open_station (JkLife *self, GError **error)
{
  self->station =
      jk_station_open (&self->world, pcs[self->pc].store, pcs[self->pc].hardware, error);
  self->place.station = self->station;
  return self->station != NULL;
}

static gboolean
begin_or_resume (JkLife *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  self->sitting =
      jk_sitting_resume (&self->place, jk_record_get_person (self->record)->index, &problem);
  if (self->sitting == NULL && !self->now.has_begun &&
      g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    g_clear_error (&problem);
    self->sitting = jk_sitting_begin (&self->place, self->record, self->record_key, &problem);
  }
  if (self->sitting == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return self->sitting != NULL;
}

void
jk_life_use_second (JkLife *self)
{
  self->has_second = TRUE;
}

/* Where there is one, nothing is told before it has all. */
static gboolean
set_second (JkLife *self, GError **error)
{
  g_autofree char *folder = jk_sitting_dup_folder (&self->place);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *second = g_build_filename (JK_LIFE_SECOND, name, NULL);

  return !self->has_second || (jk_storage_make_folder (self->world.storage, second, 0700, error) &&
                               jk_sitting_set_second_copy (self->sitting, second, error));
}

/* The keys of the PC, and that there are some. */
static gboolean
switch_on (JkLife *self, GError **error)
{
  if (!jk_life_open_station (self, error))
    return FALSE;
  self->now.has_station[self->pc] = TRUE;
  memcpy (self->station_sign[self->pc],
          jk_station_get_sign_public (self->station),
          JK_PUBLIC_BYTES);
  tell (self);
  return TRUE;
}

/* Up to a sitting that runs, or is over. */
static gboolean
enter (JkLife *self, GError **error)
{
  if (!switch_on (self, error))
    return FALSE;
  if (!begin_or_resume (self, error) || !set_second (self, error))
    return FALSE;
  self->now.has_begun = TRUE;
  tell_acknowledged (self);
  if (jk_sitting_get_state (self->sitting) == JK_STATE_IDENTIFIED &&
      !wait_for (self, jk_sitting_confirm (self->sitting, error), error))
    return FALSE;
  tell_acknowledged (self);
  if (jk_sitting_get_state (self->sitting) == JK_STATE_READY &&
      jk_sitting_start (self->sitting, self->own, error) == 0)
    return FALSE;
  self->now.has_started = TRUE;
  tell_acknowledged (self);
  return TRUE;
}

static void
be_killed (JkLife *self)
{
  jk_test_disk_kill (self->disk);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  g_clear_pointer (&self->station, jk_station_free);
  jk_test_clock_reboot (self->clock, KILLED_FOR_US);
  self->now.position = self->now.flag_position = self->now.order = JK_LIFE_NONE;
}

/* Answers, with everything else in between. */
static gboolean
do_part (JkLife *self, const JkLifePlan *plan, GError **error)
{
  if (jk_sitting_get_state (self->sitting) != JK_STATE_RUNNING ||
      jk_sitting_is_held (self->sitting))
    return TRUE;
  for (guint i = 0; i < plan->n_answers; i++) {
    guint position = i % JK_TEST_EXAM_PAPER_ITEMS;
    guint16 mask = i % 7 == 3 ? 0 : self->now.saved[position] == 1 ? 2 : 1;
    if (i % 2 == 0 && jk_sitting_visit (self->sitting, position, error) == 0)
      return FALSE;
    if ((i % 9 == 4 && !flag (self, position, error)) || !answer (self, position, mask, error))
      return FALSE;
    if (i % REST_EVERY == REST_EVERY - 1 && !let_pass (self, plan->n_seconds, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jk_life_obey (JkLife *self, guint n, GError **error)
{
  const JkSituation known = { .stage = JK_STAGE_OPEN };

  return jk_sitting_obey (self->sitting, jk_life_orders_get (self->orders, n), &known, error);
}

/* The next order; what the sitting has obeyed says which one that is. */
static gboolean
obey_next (JkLife *self, GError **error)
{
  self->now.order = self->now.epoch;
  tell (self);
  if (!jk_life_obey (self, self->now.order, error))
    return FALSE;
  self->now.order = JK_LIFE_NONE;
  tell_acknowledged (self);
  return TRUE;
}

gboolean
jk_life_arrive (JkLife *self, GBytes *capsule, GError **error)
{
  self->sitting = jk_sitting_arrive (&self->place,
                                     "stick",
                                     capsule,
                                     jk_life_orders_get_seal_key (self->orders),
                                     jk_life_orders_get (self->orders, self->now.epoch - 1),
                                     error);
  return self->sitting != NULL;
}

/* The candidate is ordered to the other PC, and clicks there. */
static gboolean
move_over (JkLife *self, GError **error)
{
  if (!obey_next (self, error))
    return FALSE;
  self->capsule = jk_sitting_make_capsule (self->sitting, error);
  if (self->capsule == NULL)
    return FALSE;
  self->now.move = JK_LIFE_GONE;
  tell (self);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  g_clear_pointer (&self->station, jk_station_free);
  self->pc = 1;
  if (!switch_on (self, error))
    return FALSE;
  self->now.move = JK_LIFE_ARRIVING;
  tell (self);
  if (!jk_life_arrive (self, self->capsule, error))
    return FALSE;
  self->now.move = JK_LIFE_ARRIVED;
  tell_acknowledged (self);
  self->now.move = JK_LIFE_CLICKING;
  tell (self);
  if (!jk_sitting_continue (self->sitting, error))
    return FALSE;
  self->now.move = JK_LIFE_SETTLED;
  tell_acknowledged (self);
  return TRUE;
}

/* Every order up to the last result, and what a candidate does between them. */
static gboolean
obey_rest (JkLife *self, GError **error)
{
  JkDigest first;

  while (self->now.epoch < jk_life_orders_get_n (self->orders)) {
    if (!obey_next (self, error))
      return FALSE;
    JkState state = jk_sitting_get_state (self->sitting);
    guint position = self->now.epoch % JK_TEST_EXAM_PAPER_ITEMS;
    if ((state == JK_STATE_PAUSED && !let_pass (self, PAUSE_S, error)) ||
        (state == JK_STATE_RUNNING &&
         !answer (self, position, self->now.saved[position] == 1 ? 2 : 1, error)))
      return FALSE;
  }
  self->rows = jk_journal_read_rows (jk_sitting_get_journal (self->sitting), &first, error);
  return self->rows != NULL;
}

static gboolean
close_and_look (JkLife *self, GError **error)
{
  g_clear_pointer (&self->sitting, jk_sitting_free);
  tell (self);
  if (!begin_or_resume (self, error))
    return FALSE;
  g_clear_pointer (&self->sitting, jk_sitting_free);
  tell (self);
  return TRUE;
}

/* The candidate sits down and answers. */
static gboolean
enter_and_answer (JkLife *self, const JkLifePlan *plan, GError **error)
{
  return enter (self, error) && do_part (self, plan, error);
}

/* What comes between the first order and the last ones. */
static gboolean
live_on (JkLife *self, const JkLifePlan *plan, GError **error)
{
  if (jk_life_orders_moves (self->orders) &&
      (!move_over (self, error) || !do_part (self, plan, error)))
    return FALSE;
  for (guint n = 0; n < plan->n_kills; n++) {
    be_killed (self);
    if (!enter_and_answer (self, plan, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jk_life_live (JkLife *self, const JkLifePlan *plan, GError **error)
{
  return enter_and_answer (self, plan, error) && obey_next (self, error) &&
         live_on (self, plan, error) && obey_rest (self, error) && close_and_look (self, error);
}

gboolean
jk_life_go_on (JkLife *self, const JkLifePlan *plan, GError **error)
{
  g_clear_pointer (&self->rows, g_bytes_unref);
  be_killed (self);
  return enter (self, error) && do_part (self, plan, error) && obey_rest (self, error) &&
         close_and_look (self, error);
}
