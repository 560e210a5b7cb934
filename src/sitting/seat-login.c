/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-login.c: a candidate comes to this PC (design.md section 3, domain.md section 4.3).
 *
 * Every refusal has a code of its own and one sentence with a way on (P11); none says which of two
 * numbers is wrong. */
#include "sitting/seat-private.h"

#include "base/text.h"
#include "crypto/derive.h"
#include "session/error.h"

#include <string.h>

#define TALLY_PURPOSE "jikao 1 tally"
#define MS_PER_S 1000

static gboolean
check_open (const JkSeat *self, GError **error)
{
  JkStage stage = jk_seat_get_stage (self);

  if (stage == JK_STAGE_ENDED)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_ENDED,
                           "This session has ended on this PC; raise your hand.");
  if (stage == JK_STAGE_LOADED)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_NOT_OPEN,
                           "Log-in is not open yet; wait for the proctor.");
  if (!jk_log_replay_has_roster_key (jk_seat_get_log (self)))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_NOT_OPEN,
                           "Log-in is ordered but the key is not here; a proctor types the room "
                           "code of this hall on this PC.");
  return jk_seat_check_amended (self, error);
}

/* Under the roster key: who has only the log cannot try admission numbers. */
static void
compute_tally (const JkSecret *roster_key, const char *admission, JkDigest *out_tally)
{
  g_autofree char *canonical = jk_text_canonical_number (admission);
  jk_mac (roster_key, TALLY_PURPOSE, canonical, strlen (canonical), out_tally);
}

gboolean
jk_seat_get_tally (JkSeat *self, const char *admission, JkDigest *out_tally, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  g_autoptr (JkSecret) roster_key = jk_log_read_roster_key (self->log, error);
  if (roster_key == NULL)
    return FALSE;
  compute_tally (roster_key, admission, out_tally);
  return TRUE;
}

static guint64
measure_wait_ms (const JkSeat *self, const JkDigest *tally)
{
  guint8 boot_id[JK_BOOT_ID_BYTES];
  guint64 boot_ms = jk_seat_read_boot_ms (self, boot_id);

  return jk_log_replay_get_wait_ms (jk_seat_get_log (self),
                                    jk_session_get_policy (self->session),
                                    tally,
                                    boot_id,
                                    boot_ms);
}

guint64
jk_seat_get_wait_ms (JkSeat *self, const char *admission)
{
  JkDigest tally;

  return jk_seat_get_tally (self, admission, &tally, NULL) ? measure_wait_ms (self, &tally) : 0;
}

static gboolean
check_wait (const JkSeat *self, const JkDigest *tally, GError **error)
{
  guint64 wait_ms = measure_wait_ms (self, tally);

  return wait_ms == 0 ||
         jk_seat_refuse (error,
                         JK_SITTING_ERROR_WAIT,
                         "The numbers were wrong %u times; wait %" G_GUINT64_FORMAT
                         " s and type both again, or raise your hand: a proctor can end the wait.",
                         jk_log_replay_get_n_failed (jk_seat_get_log (self), tally),
                         (wait_ms + MS_PER_S - 1) / MS_PER_S);
}

/* A sitting of this record that is here. */
static gboolean
check_existing (const JkSeat *self, const JkSitting *sitting, GError **error)
{
  switch (jk_sitting_get_state (sitting)) {
  case JK_STATE_HANDED_IN:
  case JK_STATE_SEALED:
  case JK_STATE_COLLECTED:
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_HANDED_IN,
                           "This candidate has handed in and cannot log in again; after a hand-in "
                           "by mistake two proctors can reopen it.");
  case JK_STATE_MOVED:
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_MOVED,
                           "This candidate was moved and goes on at another PC; log in there.");
  case JK_STATE_IDENTIFIED:
  case JK_STATE_READY:
    return jk_seat_check_disk (self, error);
  default:
    return TRUE;
  }
}

static gboolean
check_hour (const JkSeat *self, guint32 record, GError **error)
{
  static const JkSittingError codes[] = {
    [JK_ENTRY_TOO_EARLY] = JK_SITTING_ERROR_HOUR,
    [JK_ENTRY_LATE_NEEDS_ORDER] = JK_SITTING_ERROR_LATE,
    [JK_ENTRY_TOO_LATE_NEEDS_ORDER] = JK_SITTING_ERROR_LATE,
    [JK_ENTRY_DATE_IS_WRONG] = JK_SITTING_ERROR_DATE,
  };
  JkEntryVerdict verdict;

  jk_seat_judge_entry (self, record, &verdict);
  if (verdict.entry == JK_ENTRY_OPEN)
    return TRUE;
  g_autofree char *sentence =
      jk_entry_dup_sentence (&verdict, jk_session_get_starts (self->session));
  return jk_seat_refuse (error, codes[verdict.entry], "%s", sentence);
}

gboolean
jk_seat_check_disk (const JkSeat *self, GError **error)
{
  return !jk_seat_is_shut_by_disk (self) ||
         jk_seat_refuse (error,
                         JK_SITTING_ERROR_RED,
                         "The disk of this PC gives no proof that it remembers, and not all on it "
                         "has a second copy: nobody begins here now. Put the stick in, use another "
                         "PC, or have two proctors order “open-red”.");
}

/* Whether this person may begin here and now. */
static gboolean
check_person (const JkSeat *self, const JkPerson *person, GError **error)
{
  const char *label = self->place.label;
  JkSitting *current = jk_seat_get_current (self);

  if (jk_seat_is_broken (self, person->index))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_CHAIN,
                           "The answers of this candidate on this PC cannot be read; keep the PC "
                           "as it is, and let the candidate go on at another one.");
  if (jk_log_replay_is_absent (jk_seat_get_log (self), person->index))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_ABSENT,
                           "This candidate is marked absent; a proctor can undo that.");
  if (label != NULL && person->seat[0] != '\0' && strcmp (label, person->seat) != 0)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_SEAT,
                           "The seat of this candidate is %s, and this is %s; go there, or ask the "
                           "proctor.",
                           person->seat,
                           label);
  if (current != NULL)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_OCCUPIED,
                           "Somebody else has logged in at this PC and has not handed in; raise "
                           "your hand.");
  return jk_seat_check_disk (self, error) && check_hour (self, person->index, error);
}

JkOrder *
jk_seat_read_order (JkSeat *self, const guint8 id[static JK_ORDER_ID_BYTES], GError **error)
{
  g_autoptr (GBytes) bytes = jk_log_read_order (self->log, id, error);

  return bytes != NULL ? jk_order_parse ("station log", bytes, error) : NULL;
}

char *
jk_seat_dup_walk_in (JkSeat *self, guint32 record, GError **error)
{
  const guint8 *id = jk_log_replay_find_order (jk_seat_get_log (self), JK_ACT_WALK_IN, record);
  g_autoptr (JkOrder) order = id != NULL ? jk_seat_read_order (self, id, error) : NULL;

  return order != NULL ? g_strdup (jk_order_get_terms (order)->text) : NULL;
}

/* One that the rules do not allow for this sitting keeps nobody out: it is shown, and the centre
 * sees it in the log. */
static gboolean
adopt (JkSeat *self, JkSitting *sitting, const guint8 *id, GError **error)
{
  g_autoptr (JkOrder) order = jk_seat_read_order (self, id, error);
  g_autoptr (GError) problem = NULL;

  if (order == NULL)
    return FALSE;
  if (jk_sitting_adopt (sitting, order, &problem))
    return TRUE;
  if (g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE) ||
      g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (!g_ptr_array_find_with_equal_func (self->faults, problem->message, g_str_equal, NULL))
    g_ptr_array_add (self->faults, g_strdup (problem->message));
  return TRUE;
}

gboolean
jk_seat_adopt_orders (JkSeat *self, JkSitting *sitting, GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (self);
  guint32 record = jk_sitting_get_person (sitting)->index;
  const guint8 *id;
  JkAct act;

  /* What comes later goes through jk_sitting_obey. */
  if (jk_sitting_get_state (sitting) != JK_STATE_IDENTIFIED)
    return TRUE;
  for (guint n = 0; (id = jk_log_replay_get_order_for (log, n, record, &act)) != NULL; n++) {
    /* Of a sitting that left before this one began. */
    if (act == JK_ACT_MOVE || act == JK_ACT_RETIRE)
      continue;
    if (!adopt (self, sitting, id, error))
      return FALSE;
  }
  return TRUE;
}

/* Somebody who was logged out here before the start, and is back: the sitting that left is nobody's
 * any more. */
static gboolean
make_room (JkSeat *self, JkSitting *left, GError **error)
{
  guint32 record = jk_sitting_get_person (left)->index;

  g_hash_table_remove (self->stores, GUINT_TO_POINTER (record));
  g_ptr_array_remove (self->sittings, left);
  return jk_sitting_set_aside (&self->sitting_place, record, error);
}

/* The numbers, or an order, were good: logged first, so that a log-in is never without its row. */
static JkSitting *
let_in (JkSeat *self,
        const JkRecord *record,
        const JkSecret *record_key,
        const JkDigest *tally,
        JkLogEntrance how,
        GError **error)
{
  const JkPerson *person = jk_record_get_person (record);
  JkSitting *there = jk_seat_find_sitting (self, person->index);
  const guint8 *order_id = NULL;

  if (how != JK_LOG_WITH_NUMBERS)
    order_id =
        jk_log_replay_find_order (jk_seat_get_log (self),
                                  how == JK_LOG_AS_WALK_IN ? JK_ACT_WALK_IN : JK_ACT_WRONG_ID,
                                  person->index);
  gboolean goes_on = there != NULL && !jk_sitting_has_left_early (there);
  if (goes_on ? !check_existing (self, there, error) : !check_person (self, person, error))
    return NULL;
  if (!jk_log_add_logged_in (self->log, tally, person->index, how, order_id, error) ||
      (there != NULL && !goes_on && !make_room (self, there, error)))
    return NULL;
  if (goes_on)
    return jk_seat_adopt_orders (self, there, error) ? there : NULL;
  g_autoptr (JkSitting) sitting =
      jk_sitting_begin (&self->sitting_place, record, record_key, error);
  if (sitting == NULL)
    return NULL;
  there = g_steal_pointer (&sitting);
  jk_seat_add_sitting (self, there);
  if (!jk_seat_adopt_orders (self, there, error))
    return NULL;
  /* A stick that was pulled is missed only now. */
  return jk_seat_note_stores (self, error) && jk_seat_check_disk (self, error) ? there : NULL;
}

JkSitting *
jk_seat_log_in (JkSeat *self, const char *admission, const char *id_number, GError **error)
{
  g_autoptr (JkSecret) record_key = NULL;
  g_autoptr (GError) problem = NULL;
  JkDigest tally;

  if (!check_open (self, error))
    return NULL;
  g_autoptr (JkSecret) roster_key = jk_log_read_roster_key (self->log, error);
  if (roster_key == NULL)
    return NULL;
  compute_tally (roster_key, admission, &tally);
  if (!check_wait (self, &tally, error))
    return NULL;
  g_autoptr (JkRecord) record =
      jk_session_log_in (self->session, roster_key, admission, id_number, &record_key, &problem);
  if (record == NULL) {
    if (g_error_matches (problem, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN) &&
        !jk_log_add_failed (self->log, &tally, error))
      return NULL;
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  JkSitting *sitting = let_in (self, record, record_key, &tally, JK_LOG_WITH_NUMBERS, error);
  if (sitting != NULL)
    jk_seat_keep_entry (self, g_steal_pointer (&record), g_steal_pointer (&record_key));
  return sitting;
}

/* The order that lets this person in: a mistaken one of the other kind stands in no way. */
static gboolean
check_admitted (const JkSeat *self, const JkRoll *roll, guint32 index, GError **error)
{
  gboolean is_there = index < jk_roll_get_n (roll);
  gboolean is_spare = is_there && jk_roll_get_person (roll, index)->spare;
  JkAct act = is_spare ? JK_ACT_WALK_IN : JK_ACT_WRONG_ID;

  if (is_there && jk_log_replay_find_order (jk_seat_get_log (self), act, index) != NULL)
    return TRUE;
  return jk_seat_refuse (error,
                         JK_SITTING_ERROR_STATE,
                         "Record %u is %s on the roll of this hall; look up the right record, and "
                         "order again.",
                         index,
                         !is_there  ? "not"
                         : is_spare ? "a spare one"
                                    : "a candidate's");
}

JkSitting *
jk_seat_admit (JkSeat *self, guint32 index, const JkSecret *role_seal_key, GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (self);

  if (!check_open (self, error))
    return NULL;
  if (jk_log_replay_find_order (log, JK_ACT_WALK_IN, index) == NULL &&
      jk_log_replay_find_order (log, JK_ACT_WRONG_ID, index) == NULL) {
    jk_seat_refuse (error,
                    JK_SITTING_ERROR_STATE,
                    "No order lets record %u in without both numbers; two proctors order “walk-in” "
                    "or “wrong-id” first.",
                    index);
    return NULL;
  }
  g_autoptr (JkRoll) roll = jk_session_open_roll (self->session, role_seal_key, error);
  if (roll == NULL || !check_admitted (self, roll, index, error))
    return NULL;
  g_autoptr (JkSecret) record_key = jk_roll_dup_record_key (roll, index);
  g_autoptr (JkRecord) record = jk_session_open_record (self->session, index, record_key, error);
  if (record == NULL)
    return NULL;
  gboolean is_walk_in = jk_record_get_person (record)->spare;
  JkSitting *sitting = let_in (self,
                               record,
                               record_key,
                               NULL,
                               is_walk_in ? JK_LOG_AS_WALK_IN : JK_LOG_WITH_WRONG_ID,
                               error);
  if (sitting != NULL)
    jk_seat_keep_entry (self, g_steal_pointer (&record), g_steal_pointer (&record_key));
  return sitting;
}
