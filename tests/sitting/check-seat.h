/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-seat.h: a whole exam's session on a PC, and the proctors who order, for the
 * tests of seats. */
#pragma once

#include "check.h"

#include "envelope/envelope.h"
#include "session/error.h"
#include "sitting/seat.h"
#include "support/exam.h"

#include <unistd.h>

#define MS_PER_MIN 60000
#define NINE_OF_CLOCK_MS G_GINT64_CONSTANT (1619226000000)

typedef struct {
  JkSealer sealer; /* first */
} CheckSealer;

/* A PC with ext4; whatever has "stick" in its path is another disk, with FAT. */
static inline int
check_look (const JkDiskProbe *self, const char *path, JkDiskFacts *out_facts)
{
  gboolean is_stick = strstr (path, "stick") != NULL;

  *out_facts = (JkDiskFacts){
    .magic = is_stick ? 0x4d44 : 0xef53,
    .free_bytes = JK_DISK_NEEDED_BYTES,
    .device = is_stick ? 2 : 1,
  };
  return access (path, F_OK);
}

static const JkDiskProbe check_disk = { .look = check_look };

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkStation *station;
  JkRoleKeys roles[JK_ROLES + 1];
  JkSeat *seat;
  /* Borrowed */
  const JkTestExam *exam;
  JkTestClock *clock;
  const JkSession *session;
  /* Plain */
  CheckSealer sealer;
  JkSeatPlace place;
  guint64 counter; /* of the panel that orders */
} Fixture;

static inline GBytes *
check_seal (const JkSealer *base, const JkSealInput *input, const JkWorld *world, GError **error)
{
  return g_bytes_new_static ("a sealed result, its head of 64 bytes and what follows the head; fin",
                             68);
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

static inline void
open_roles (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < JK_ROLES; n++) {
    const JkRole *role = jk_session_get_role (self->session, n);
    jk_role_open (role,
                  jk_test_exam_get_passcode (self->exam, 0, role->name),
                  jk_test_exam_get_world (self->exam),
                  "session",
                  &self->roles[role->name],
                  &error);
    assert_ok (error);
  }
}

static inline int
set_up (void **state)
{
  g_autoptr (GError) error = NULL;
  Fixture *self = g_new0 (Fixture, 1);

  self->exam = *state;
  self->clock = jk_test_world_get_clock (jk_test_exam_get_fakes (self->exam));
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS - 10 * MS_PER_MIN);
  self->session = jk_test_exam_get_session (self->exam, 0);
  self->folder = jk_test_folder_new ();
  self->sealer.sealer.seal = check_seal;
  self->station = jk_station_open (jk_test_exam_get_world (self->exam),
                                   jk_test_folder_get_path (self->folder),
                                   "test PC",
                                   &error);
  assert_ok (error);
  open_roles (self);
  self->place = (JkSeatPlace){
    .world = jk_test_exam_get_world (self->exam),
    .authorities = jk_test_exam_get_authorities (self->exam),
    .station = self->station,
    .sealer = &self->sealer.sealer,
    .disk = &check_disk,
  };
  *state = self;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_seat_free (self->seat);
  for (guint n = 1; n <= JK_ROLES; n++)
    jk_role_keys_clear (&self->roles[n]);
  jk_station_free (self->station);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static inline JkSeat *
load (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->seat = jk_seat_load (&self->place, jk_test_exam_get_session_path (self->exam, 0), &error);
  assert_ok (error);
  return self->seat;
}

/* Loaded, and opened with the room code. */
static inline JkSeat *
open_room (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  load (self);
  jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 0), &error);
  assert_ok (error);
  return self->seat;
}

/* The program ends and is started again. */
static inline JkSeat *
restart (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->seat, jk_seat_free);
  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  assert_ok (error);
  assert_int_equal (g_strv_length (names), 1);
  self->seat = jk_seat_open (&self->place, names[0], &error);
  assert_ok (error);
  return self->seat;
}

/* Of the panel: every station, any state. */
static inline JkOrderTerms
terms_of (Fixture *self, JkAct act, guint32 record)
{
  JkOrderTerms terms;

  jk_order_terms_init (&terms, self->session, act, self->place.world, ++self->counter);
  terms.device[0] = 7;
  terms.record = record;
  terms.reason = "as it must be";
  terms.text = (jk_act_get_rule (act)->carries & JK_CARRY_TEXT) != 0 ? "some words" : "";
  if (jk_act_get_rule (act)->amount_min > 0)
    terms.amount = jk_act_get_rule (act)->amount_min;
  if ((jk_act_get_rule (act)->carries & JK_CARRY_STATION) != 0)
    memcpy (terms.station, jk_station_get_sign_public (self->station), JK_PUBLIC_BYTES);
  if ((jk_act_get_rule (act)->carries & JK_CARRY_SUBJECT) != 0)
    terms.subject[0] = 9;
  return terms;
}

/* Signed by the chief and, when both, by the proctor. */
static inline GBytes *
sign (Fixture *self, const JkOrderTerms *terms, gboolean both)
{
  g_autoptr (GError) error = NULL;
  GBytes *one = jk_order_write (terms, JK_ROLE_CHIEF, self->roles[JK_ROLE_CHIEF].sign);

  if (!both)
    return one;
  GBytes *two = jk_order_countersign ("panel",
                                      one,
                                      JK_ROLE_PROCTOR,
                                      self->roles[JK_ROLE_PROCTOR].sign,
                                      &error);
  assert_ok (error);
  g_bytes_unref (one);
  return two;
}

/* An order with as many signatures as its act wants. */
static inline GBytes *
order (Fixture *self, JkAct act, guint32 record)
{
  const JkActRule *rule = jk_act_get_rule (act);
  JkOrderTerms terms = terms_of (self, act, record);
  guint n = record == JK_ORDER_EVERY && rule->target != JK_TARGET_STATION ? rule->n_signers_all
                                                                          : rule->n_signers;
  return sign (self, &terms, n == 2);
}

static inline JkSeatOutcome
take (Fixture *self, GBytes *bytes, GError **error)
{
  JkSeatOutcome outcome;
  gboolean ok = jk_seat_take_order (self->seat, "stick", bytes, &outcome, error);

  if (ok)
    assert_true (outcome == JK_SEAT_OBEYED || outcome == JK_SEAT_ELSEWHERE ||
                 outcome == JK_SEAT_REPLAYED);
  return outcome;
}

static inline void
must_obey (Fixture *self, JkAct act, guint32 record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = order (self, act, record);
  JkSeatOutcome outcome = take (self, bytes, &error);

  assert_ok (error);
  assert_int_equal (outcome, JK_SEAT_OBEYED);
}

static inline JkSitting *
log_in (Fixture *self, guint n, GError **error)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, n);
  return jk_seat_log_in (self->seat, candidate->admission, candidate->id_number, error);
}

static inline JkSitting *
must_log_in (Fixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = log_in (self, n, &error);

  assert_ok (error);
  return sitting;
}

static inline void
confirm_and_start (Fixture *self, guint n, JkSitting *sitting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (self->exam, n);

  jk_sitting_confirm (sitting, &error);
  assert_ok (error);
  jk_sitting_start (sitting, own, &error);
  assert_ok (error);
}

static inline guint32
record_of (Fixture *self, guint n)
{
  return jk_test_exam_get_candidate (self->exam, n)->record;
}

/* Of the sealed result of the seat's first sitting. */
static inline JkDigest
digest_first (Fixture *self)
{
  JkDigest digest;
  gsize size;
  const guint8 *data =
      g_bytes_get_data (jk_sitting_get_result (jk_seat_get_sitting (self->seat, 0)), &size);

  jk_hash (NULL, data + JK_ENVELOPE_HEAD_BYTES, size - JK_ENVELOPE_HEAD_BYTES, &digest);
  return digest;
}

/* It was copied, read back, and noted. */
static inline void
copy_first (Fixture *self)
{
  const JkDigest digest = digest_first (self);
  g_autoptr (GError) error = NULL;

  assert_true (jk_seat_note_copied (self->seat, record_of (self, 0), &digest, &error));
}

/* It is in the hands of two. */
static inline void
collect_first (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms = terms_of (self, JK_ACT_COLLECT, record_of (self, 0));
  const JkDigest digest = digest_first (self);

  memcpy (terms.subject, digest.bytes, sizeof terms.subject);
  g_autoptr (GBytes) bytes = sign (self, &terms, TRUE);
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
  assert_ok (error);
}
