/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-judge.c: what a disk holds against what people had been told. */
#include "life-private.h"

#include "base/bytes.h"
#include "session/error.h"

#include <string.h>

#define GAIN_MS_MAX 5000

/* Orders obeyed when a sitting has left its first PC: the last of them is the one to move it. */
#define MOVE_EPOCH 2

#define OFF_US (60 * G_USEC_PER_SEC)

/* The PC after the power cut, some time later. */
JkLife *
jk_life_new_heir (const JkLife *self, const JkTold *told, JkTestDisk *disk)
{
  JkLife *heir = g_new0 (JkLife, 1);

  heir->exam = self->exam;
  heir->orders = self->orders;
  heir->disk = disk;
  heir->clock = jk_test_clock_new ();
  if (told->wall_ms != 0)
    jk_test_clock_set_wall_ms (heir->clock, told->wall_ms);
  jk_test_clock_reboot (heir->clock, OFF_US);
  /* Another chance, or keys that were lost would be drawn again and be the same. */
  heir->random = jk_test_random_new (8);
  heir->told = g_array_new (FALSE, FALSE, sizeof (JkTold));
  heir->now = *told;
  heir->world = self->world;
  heir->world.clock = jk_test_clock_get (heir->clock);
  heir->world.random = jk_test_random_get (heir->random);
  heir->world.storage = jk_test_disk_get_storage (disk);
  heir->place = self->place;
  heir->place.world = &heir->world;
  return heir;
}

static char *
say (const char *what, GError *error)
{
  return g_strdup_printf ("%s: %s", what, error->message);
}

/* The size of the row at offset with its length, 0 at the end. */
static gsize
get_row_size (const guint8 *data, gsize size, gsize offset)
{
  return offset + 4 <= size ? 4 + jk_bytes_get_u32 (data + offset) : 0;
}

/* What comes into the rows when people do nothing but switch on, and carry a capsule. */
static gboolean
is_written_alone (const JkLife *heir, JkEvent event)
{
  if (event == JK_EVENT_GAP || event == JK_EVENT_SEALED)
    return TRUE;
  return heir->pc == 1 &&
         (event == JK_EVENT_HEAD || event == JK_EVENT_MOVED || event == JK_EVENT_ARRIVED);
}

char *
jk_life_judge_rows (const JkLife *self, const JkTold *told, const JkLife *heir, JkJournal *journal)
{
  g_autoptr (GError) error = NULL;
  JkDigest first;
  gsize size, old_size;
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, &error);
  guint64 n = 0;

  if (rows == NULL)
    return say ("the rows cannot be read", error);
  const guint8 *data = g_bytes_get_data (rows, &size);
  const guint8 *old = g_bytes_get_data (self->rows, &old_size);
  gsize at = 0, length;
  while ((length = get_row_size (data, size, at)) > 0 && at + length <= old_size &&
         memcmp (data + at, old + at, length) == 0) {
    at += length;
    n++;
  }
  if (n < told->n_rows)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " rows are there, %" G_GUINT64_FORMAT
                            " were acknowledged",
                            n,
                            told->n_rows);
  for (; (length = get_row_size (data, size, at)) > 0; at += length) {
    JkRow row;
    if (!jk_row_from_bytes (data + at + 4, length - 4, &row) || !is_written_alone (heir, row.event))
      return g_strdup ("a row is there that was never written");
  }
  return NULL;
}

static char *
judge_answers (const JkTold *told, const JkSitting *sitting)
{
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++) {
    guint16 found = jk_sitting_get_answer (sitting, i);
    if (found != told->saved[i] && (i != told->position || found != told->mask))
      return g_strdup_printf ("answer %u is %u, acknowledged was %u", i, found, told->saved[i]);
    gboolean flagged = jk_sitting_is_flagged (sitting, i);
    if (flagged != (told->flags >> i & 1) && i != told->flag_position)
      return g_strdup_printf ("flag %u is not as it was acknowledged", i);
  }
  return NULL;
}

static char *
judge_time (const JkTold *told, const JkSitting *sitting)
{
  guint64 found_ms = jk_sitting_get_resumed_exam_ms (sitting);

  if (found_ms < told->saved_ms)
    return g_strdup_printf ("exam time is %" G_GUINT64_FORMAT " ms, a row of %" G_GUINT64_FORMAT
                            " ms was acknowledged",
                            found_ms,
                            told->saved_ms);
  if (found_ms + GAIN_MS_MAX < told->seen_ms || found_ms > told->seen_ms)
    return g_strdup_printf ("exam time is %" G_GUINT64_FORMAT " ms, the candidate saw "
                            "%" G_GUINT64_FORMAT " ms",
                            found_ms,
                            told->seen_ms);
  return NULL;
}

static const JkReplay *
get_replay (const JkLife *heir)
{
  return jk_journal_get_replay (jk_sitting_get_journal (heir->sitting));
}

/* Closes the sitting and opens it again; NULL when that went well. */
static char *
open_again (JkLife *heir)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&heir->sitting, jk_sitting_free);
  heir->sitting =
      jk_sitting_resume (&heir->place, jk_record_get_person (heir->record)->index, &error);
  return heir->sitting != NULL ? NULL : say ("the sitting does not open again", error);
}

/* The orders that were acknowledged are there, each once and in their order, and none that was not
 * given; time and state are what they make of the sitting. */
static char *
judge_orders (const JkTold *told, const JkLife *heir)
{
  const JkReplay *replay = get_replay (heir);
  guint32 epoch = jk_replay_get_epoch (replay);

  if (epoch != told->epoch && (told->order == JK_LIFE_NONE || epoch != told->epoch + 1))
    return g_strdup_printf ("%u orders are there, %u were acknowledged", epoch, told->epoch);
  for (guint32 n = 0; n < epoch; n++) {
    const JkOrder *order = jk_life_orders_get (heir->orders, n);
    const JkOrdered *found = &jk_replay_get_obeyed (replay, n)->ordered;
    if (memcmp (found->id, jk_order_get_terms (order)->id, JK_ORDER_ID_BYTES) != 0 ||
        !jk_digest_equal (&found->digest, jk_order_get_digest (order)))
      return g_strdup_printf ("order %u is another one than was given", n);
  }
  const JkLifeStep *step = jk_life_orders_get_step (heir->orders, epoch);
  if (jk_replay_get_extended_ms (replay) != step->extended_ms)
    return g_strdup_printf ("it is extended by %" G_GUINT64_FORMAT " ms after %u orders",
                            jk_replay_get_extended_ms (replay),
                            epoch);
  if (jk_sitting_get_seal_number (heir->sitting) != step->n_seals)
    return g_strdup_printf ("it was sealed %u times after %u orders",
                            jk_sitting_get_seal_number (heir->sitting),
                            epoch);
  JkState state = step->act == JK_ACT_MOVE && heir->pc == 1 ? JK_STATE_RUNNING : step->state;
  if (told->has_started && jk_sitting_get_state (heir->sitting) != state)
    return g_strdup_printf ("it is %s after %u orders",
                            jk_state_get_name (jk_sitting_get_state (heir->sitting)),
                            epoch);
  return NULL;
}

/* One result of each hand-in that was ordered, the one that was acknowledged. */
static char *
judge_results (const JkTold *told, const JkLife *heir)
{
  guint n_seals = jk_sitting_get_seal_number (heir->sitting);

  for (guint n = 0; n <= JK_LIFE_SEALS; n++) {
    g_autofree char *name = g_strdup_printf ("result %u", n + 1);
    g_autoptr (GBytes) result =
        jk_journal_read_side (jk_sitting_get_journal (heir->sitting), name, NULL);
    if ((result != NULL) != (n < n_seals))
      return g_strdup_printf ("%s %s", name, result != NULL ? "was never sealed" : "is gone");
    if (n < JK_LIFE_SEALS && told->results[n] != NULL && !g_bytes_equal (result, told->results[n]))
      return g_strdup_printf ("%s is another one than was sealed", name);
  }
  return NULL;
}

/* What is sealed stays so. */
static char *
judge_end (const JkTold *told, JkLife *heir)
{
  char *wrong = judge_results (told, heir);

  if (wrong != NULL || jk_sitting_get_state (heir->sitting) != JK_STATE_SEALED)
    return wrong;
  g_autoptr (GBytes) result = g_bytes_ref (jk_sitting_get_result (heir->sitting));
  wrong = open_again (heir);
  if (wrong != NULL)
    return wrong;
  return g_bytes_equal (result, jk_sitting_get_result (heir->sitting))
             ? judge_results (told, heir)
             : g_strdup ("the sealed result changes");
}

/* The last order comes once more, as from a stick that was left in. It counts once. */
static char *
judge_order_again (const JkTold *told, JkLife *heir)
{
  guint last = told->order != JK_LIFE_NONE ? told->order : told->epoch - 1;
  gboolean was_there = jk_replay_get_epoch (get_replay (heir)) == last + 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  JkTold then = *told;

  if (told->epoch == 0 && told->order == JK_LIFE_NONE)
    return NULL;
  gboolean obeyed = jk_life_obey (heir, last, &error);
  if (!was_there && !obeyed)
    return say ("an order that was lost is refused", error);
  if (was_there && !g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED))
    return g_strdup ("an order that was obeyed is not refused as such");
  if (jk_life_obey (heir, last, &again) ||
      !g_error_matches (again, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED))
    return g_strdup ("an order is obeyed again");
  char *wrong = open_again (heir);
  if (wrong != NULL)
    return wrong;
  then.epoch = last + 1;
  then.order = JK_LIFE_NONE;
  wrong = judge_orders (&then, heir);
  return wrong != NULL ? wrong : judge_results (&then, heir);
}

/* One more answer, and it is there after the program ended in good order. */
static char *
judge_going_on (JkLife *heir)
{
  g_autoptr (GError) error = NULL;
  guint16 mask = jk_sitting_get_answer (heir->sitting, 2) == 1 ? 2 : 1;

  if (jk_sitting_get_state (heir->sitting) != JK_STATE_RUNNING ||
      jk_sitting_is_held (heir->sitting))
    return NULL;
  guint64 ticket = jk_sitting_answer (heir->sitting, 2, mask, &error);
  if (ticket == 0 || !jk_sitting_wait (heir->sitting, ticket, &error))
    return say ("the sitting does not go on", error);
  char *wrong = open_again (heir);
  if (wrong != NULL)
    return wrong;
  return jk_sitting_get_answer (heir->sitting, 2) == mask
             ? NULL
             : g_strdup ("an answer given after the power cut is gone");
}

static char *
judge_sitting (const JkLife *self, const JkTold *told, JkLife *heir, gboolean thorough)
{
  char *wrong = self->rows != NULL
                    ? jk_life_judge_rows (self, told, heir, jk_sitting_get_journal (heir->sitting))
                    : NULL;

  if (wrong == NULL && told->has_started && jk_sitting_get_paper (heir->sitting) == NULL)
    wrong = g_strdup ("the paper is gone");
  if (wrong == NULL)
    wrong = judge_answers (told, heir->sitting);
  if (wrong == NULL && told->has_started)
    wrong = judge_time (told, heir->sitting);
  if (wrong == NULL)
    wrong = judge_orders (told, heir);
  if (wrong == NULL)
    wrong = judge_end (told, heir);
  if (wrong == NULL && thorough)
    wrong = judge_going_on (heir);
  if (wrong == NULL)
    wrong = judge_order_again (told, heir);
  return wrong;
}

/* The keys of the PC are there, and the same, where there were some. */
static char *
judge_station (const JkLife *self, const JkTold *told, JkLife *heir)
{
  g_autoptr (GError) error = NULL;

  if (!jk_life_open_station (heir, &error))
    return say ("the keys of this PC cannot be read", error);
  if (told->has_station[heir->pc] && memcmp (jk_station_get_sign_public (heir->station),
                                             self->station_sign[heir->pc],
                                             JK_PUBLIC_BYTES) != 0)
    return g_strdup ("the keys of this PC are other ones");
  return NULL;
}

/* At the PC where the sitting began, before it is known to have left. */
static char *
judge_home (const JkLife *self, const JkTold *told, JkLife *heir, gboolean thorough)
{
  g_autoptr (GError) error = NULL;
  guint32 record = jk_record_get_person (self->record)->index;

  heir->sitting = jk_sitting_resume (&heir->place, record, &error);
  if (heir->sitting != NULL)
    return judge_sitting (self, told, heir, thorough);
  if (told->has_begun || !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    return say ("the sitting does not open", error);
  g_clear_error (&error);
  heir->sitting = jk_sitting_begin (&heir->place, heir->record, heir->record_key, &error);
  return heir->sitting != NULL ? NULL : say ("the sitting cannot be begun again", error);
}

/* What a sitting leaves at the PC that it was moved from. Makes the capsule once more. */
static char *
judge_left (const JkLife *self, JkLife *heir, GBytes **out_capsule)
{
  g_autoptr (GError) error = NULL;
  guint32 record = jk_record_get_person (self->record)->index;

  g_clear_pointer (&heir->sitting, jk_sitting_free);
  heir->sitting = jk_sitting_resume (&heir->place, record, &error);
  if (heir->sitting == NULL)
    return say ("the sitting that was moved does not open", error);
  if (jk_sitting_get_state (heir->sitting) != JK_STATE_MOVED)
    return g_strdup ("the sitting that was moved runs where it was");
  if (jk_sitting_answer (heir->sitting, 0, 1, NULL) != 0 ||
      jk_sitting_hand_in (heir->sitting, JK_HAND_IN_TIME_UP, NULL))
    return g_strdup ("the sitting that was moved still takes something");
  *out_capsule = jk_sitting_make_capsule (heir->sitting, &error);
  return *out_capsule != NULL ? NULL : say ("there is no capsule any more", error);
}

/* The sitting goes on at the second PC: it is there whole, or arrives there now. */
static char *
judge_arrival (const JkLife *self,
               const JkTold *told,
               JkLife *heir,
               GBytes *capsule,
               gboolean thorough)
{
  g_autoptr (GError) error = NULL;
  guint32 record = jk_record_get_person (self->record)->index;

  heir->sitting = jk_sitting_resume (&heir->place, record, &error);
  if (heir->sitting == NULL) {
    if (told->move >= JK_LIFE_ARRIVED ||
        !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
      return say ("the sitting that arrived does not open", error);
    g_clear_error (&error);
    if (!jk_life_arrive (heir, capsule, &error))
      return say ("the sitting does not arrive", error);
    char *wrong = open_again (heir);
    if (wrong != NULL)
      return wrong;
  } else if (told->move < JK_LIFE_ARRIVING)
    return g_strdup ("a sitting is there that did not arrive yet");
  gboolean waits = jk_sitting_is_waiting (heir->sitting);
  if (told->move != JK_LIFE_CLICKING && waits != (told->move < JK_LIFE_SETTLED))
    return g_strdup (waits ? "it waits for a second click" : "it did not wait for the click");
  if (waits && thorough && !jk_sitting_continue (heir->sitting, &error))
    return say ("the candidate's click is refused", error);
  return judge_sitting (self, told, heir, thorough);
}

/* The first PC has let it go, the second one has all of it. */
static char *
judge_move (const JkLife *self, const JkTold *told, JkLife *heir, gboolean thorough)
{
  g_autoptr (GBytes) again = NULL;
  char *wrong = judge_left (self, heir, &again);

  if (wrong != NULL)
    return wrong;
  g_clear_pointer (&heir->sitting, jk_sitting_free);
  g_clear_pointer (&heir->station, jk_station_free);
  heir->pc = 1;
  heir->now.epoch = MAX (told->epoch, MOVE_EPOCH);
  wrong = judge_station (self, told, heir);
  if (wrong != NULL)
    return wrong;
  gboolean has_stick = told->move >= JK_LIFE_GONE && thorough;
  return judge_arrival (self, told, heir, has_stick ? self->capsule : again, thorough);
}

static gboolean
is_ordered_away (const JkTold *told)
{
  return told->order == MOVE_EPOCH - 1 || told->epoch >= MOVE_EPOCH;
}

gboolean
jk_life_is_old_story (const JkLife *self, const JkTold *told)
{
  return jk_life_orders_moves (self->orders) && !is_ordered_away (told);
}

char *
jk_life_judge (const JkLife *self, const JkTold *told, JkTestDisk *disk, gboolean thorough)
{
  g_autoptr (JkLife) heir = jk_life_new_heir (self, told, disk);
  gboolean moves = jk_life_orders_moves (self->orders);

  heir->record = jk_test_exam_log_in (self->exam, 0, &heir->record_key);
  char *wrong = judge_station (self, told, heir);
  if (wrong == NULL && told->move == JK_LIFE_AT_HOME)
    wrong = judge_home (self, told, heir, thorough && !moves);
  if (wrong == NULL && moves && is_ordered_away (told))
    wrong = judge_move (self, told, heir, thorough);
  return wrong;
}

gboolean
jk_life_is_begun_once (const JkLife *self, JkTestDisk *disk)
{
  g_autoptr (JkLife) heir = jk_life_new_heir (self, jk_life_get_last (self), disk);
  g_autoptr (GError) error = NULL;

  heir->record = jk_test_exam_log_in (self->exam, 0, &heir->record_key);
  if (!jk_life_open_station (heir, NULL))
    return TRUE;
  heir->sitting = jk_sitting_begin (&heir->place, heir->record, heir->record_key, &error);
  return heir->sitting == NULL && error != NULL;
}
