/* SPDX-License-Identifier: Apache-2.0 */
/* score/centre.c: verifies and marks one result at a time (P6, P7, P8).
 *
 * After jk_centre_open nothing in a centre changes, so scoring needs no lock. */
#include "score/centre-private.h"
#include "paper/answers.h"
#include "result/error.h"
#include "score/error.h"
#include "score/marking.h"
#include "session/error.h"

#define MS_PER_MIN 60000u

/* A hand-in when time is up is written by a tick, which a slow disk may hold up; answers after that
 * moment the replay refuses in any case. */
#define LATE_HAND_IN_MS 60000u

struct _JkCentre {
  /* Owned */
  JkRolls *rolls;
  JkBank *bank;
  JkAnswerKeys *keys;
  JkPool *pool;
  JkSecret *paper_key;
  JkSecret *centre;

  /* Borrowed */
  const JkSession *session;
};

static gboolean
open_keys (JkCentre *self, const JkStorage *storage, const char *keys_path, GError **error)
{
  self->keys = jk_answer_keys_open (storage,
                                    keys_path,
                                    jk_session_get_authority (self->session),
                                    self->centre,
                                    jk_bank_get_content_digest (self->bank),
                                    error);
  if (self->keys == NULL)
    return FALSE;
  if (jk_answer_keys_get_n (self->keys) == jk_bank_get_n_items (self->bank))
    return TRUE;
  g_set_error (error,
               JK_SCORE_ERROR,
               JK_SCORE_ERROR_KEYS,
               "%s has the keys of %u items; expected %u, as many as %s has: use the answer keys "
               "that were built with this bank.",
               keys_path,
               jk_answer_keys_get_n (self->keys),
               jk_bank_get_n_items (self->bank),
               jk_bank_get_file (self->bank));
  return FALSE;
}

JkCentre *
jk_centre_open (const JkWorld *world,
                const JkSession *session,
                const char *bank_path,
                const char *keys_path,
                const JkSecret *centre,
                GError **error)
{
  g_return_val_if_fail (world != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (bank_path != NULL, NULL);
  g_return_val_if_fail (keys_path != NULL, NULL);
  g_return_val_if_fail (centre != NULL, NULL);

  g_autoptr (JkCentre) self = g_new0 (JkCentre, 1);
  self->session = session;
  self->centre = jk_secret_new_slice (centre, 0, jk_secret_get_size (centre));
  self->rolls = jk_rolls_open (session, centre, error);
  if (self->rolls == NULL)
    return NULL;
  self->paper_key = jk_session_open_start_as_centre (session, centre, error);
  if (self->paper_key == NULL)
    return NULL;
  self->bank = jk_session_open_bank (session, world->storage, bank_path, self->paper_key, error);
  if (self->bank == NULL || !open_keys (self, world->storage, keys_path, error))
    return NULL;
  self->pool = jk_pool_new (jk_session_get_blueprint (session), self->bank, error);
  return self->pool != NULL ? g_steal_pointer (&self) : NULL;
}

void
jk_centre_free (JkCentre *self)
{
  if (self == NULL)
    return;
  jk_pool_free (self->pool);
  jk_answer_keys_free (self->keys);
  jk_bank_free (self->bank);
  jk_secret_free (self->paper_key);
  jk_rolls_free (self->rolls);
  jk_secret_free (self->centre);
  g_free (self);
}

const JkSession *
jk_centre_get_session (const JkCentre *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->session;
}

const JkRoll *
jk_centre_get_roll (const JkCentre *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return jk_rolls_get (self->rolls, jk_rolls_get_n (self->rolls) - 1);
}

const JkAnswerKeys *
jk_centre_get_keys (const JkCentre *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->keys;
}

const JkBank *
jk_centre_get_bank (const JkCentre *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->bank;
}

static gboolean
check_record (const JkCentre *self, guint32 record, GError **error)
{
  guint n = jk_roll_get_n (jk_centre_get_roll (self));

  if (record < n)
    return TRUE;
  g_set_error (error,
               JK_SCORE_ERROR,
               JK_SCORE_ERROR_PERSON,
               "%s has no record %u on its roll; expected one below %u: use the session file of "
               "this hall.",
               jk_session_get_file (self->session),
               record,
               n);
  return FALSE;
}

JkPaper *
jk_centre_draw (const JkCentre *self, guint32 record, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!check_record (self, record, error))
    return NULL;
  const JkSecret *record_key = jk_roll_get_record_key (jk_centre_get_roll (self), record);
  g_autoptr (JkRecord) opened = jk_session_open_record (self->session, record, record_key, error);
  if (opened == NULL)
    return NULL;
  g_autoptr (JkPaperKeys) keys =
      jk_record_open_paper (opened, record_key, self->paper_key, jk_session_get_id (self->session));
  if (keys == NULL) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_PAPER,
                 "%s: the paper of record %u does not open with this session's start code; "
                 "expected files of one build; ask the authority which build the hall used.",
                 jk_session_get_file (self->session),
                 record);
    return NULL;
  }
  return jk_own_paper_draw (self->pool, keys, error);
}

static gboolean
refuse (GError **error, JkScoreError code, const char *file, const char *what)
{
  g_set_error (error,
               JK_SCORE_ERROR,
               (gint) code,
               "%s %s: keep it aside and compare it with the copies of the hall.",
               file,
               what);
  return FALSE;
}

/* Proof of log-in, and the person of the record as it was when the sitting began; NULL: refused. */
static const JkPerson *
find_person (const JkCentre *self, const JkResult *result, const char *file, GError **error)
{
  guint32 record = jk_result_get_record (result);
  if (!check_record (self, record, error))
    return NULL;
  const JkRoll *roll = jk_result_find_roll (result, self->rolls, error);
  if (roll == NULL)
    return NULL;

  const JkPerson *person = jk_roll_get_person (roll, record);
  if (g_str_equal (jk_result_get_admission (result), person->admission) &&
      g_str_equal (jk_result_get_name (result), person->name))
    return person;
  refuse (error,
          JK_SCORE_ERROR_PERSON,
          file,
          "names another person than the roll has for its record");
  return NULL;
}

static gboolean
check_paper (const JkPaper *paper, const JkStarted *started, const char *file, GError **error)
{
  JkDigest digest;

  jk_paper_get_digest (paper, &digest);
  if (started->n_items != jk_paper_get_n (paper) ||
      memcmp (started->paper_digest, digest.bytes, JK_DIGEST_BYTES) != 0)
    return refuse (error,
                   JK_SCORE_ERROR_PAPER,
                   file,
                   "was written on another paper than the session gives its record");
  return TRUE;
}

static gboolean
check_time (const JkCentre *self,
            const JkReplay *replay,
            const JkPerson *person,
            const char *file,
            GError **error)
{
  const JkLedger *ledger = jk_replay_get_ledger (replay);
  guint64 minutes = (guint64) jk_excerpt_get_duration_min (jk_session_get_excerpt (self->session)) +
                    person->extra_min;

  if (ledger->allotted_ms > minutes * MS_PER_MIN)
    return refuse (error,
                   JK_SCORE_ERROR_TIME,
                   file,
                   "was given more time than plan and roster have");
  if (jk_replay_get_exam_ms (replay) > jk_ledger_get_own_limit_ms (ledger) + LATE_HAND_IN_MS)
    return refuse (error, JK_SCORE_ERROR_TIME, file, "took more time than it was given");
  return TRUE;
}

/* Marks every position; out_score has its room for the sections. */
static gboolean
mark (const JkCentre *self,
      const JkPaper *paper,
      const JkReplay *replay,
      const char *file,
      JkScore *score,
      GError **error)
{
  guint partial = 0;
  JkMarking marking = jk_blueprint_get_marking (jk_session_get_blueprint (self->session), &partial);

  for (guint i = 0; i < jk_paper_get_n (paper); i++) {
    const JkPaperItem *item = jk_paper_get_item (paper, i);
    guint16 answer = jk_replay_get_answer (replay, i);
    if (answer == 0)
      continue;
    if (!jk_answers_is_valid (paper, i, answer))
      return refuse (error,
                     JK_SCORE_ERROR_ANSWER,
                     file,
                     "has an answer that its item does not have");
    guint16 right = jk_answer_keys_get_right (self->keys, item->item);
    guint points = jk_marking_score (item, right, answer, marking, partial);
    score->answered++;
    score->total_half_points += points;
    score->section_half_points[item->section] += points;
  }
  return TRUE;
}

static gboolean
is_passed (const JkCentre *self, guint half_points)
{
  guint total = jk_blueprint_get_total_half_points (jk_session_get_blueprint (self->session));
  return half_points * 100 >= jk_session_get_policy (self->session)->pass_percent * total;
}

gboolean
jk_centre_score (const JkCentre *self,
                 const char *file,
                 GBytes *bytes,
                 JkScore *out_score,
                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (out_score != NULL, FALSE);

  g_autoptr (JkResult) result =
      jk_result_open (file, bytes, self->session, self->centre, NULL, error);
  const JkPerson *person = result != NULL ? find_person (self, result, file, error) : NULL;
  if (person == NULL)
    return FALSE;

  const JkReplay *replay = jk_result_get_replay (result);
  g_autoptr (JkPaper) paper = jk_centre_draw (self, jk_result_get_record (result), error);
  if (paper == NULL || !check_paper (paper, jk_replay_get_started (replay), file, error) ||
      !check_time (self, replay, person, file, error))
    return FALSE;

  guint n_sections = jk_blueprint_get_n_sections (jk_session_get_blueprint (self->session));
  g_autofree guint *sections = g_new0 (guint, n_sections);
  const JkLedger *ledger = jk_replay_get_ledger (replay);
  JkScore score = {
    .record = jk_result_get_record (result),
    .seal_number = jk_result_get_seal_number (result),
    .exam_ms = jk_replay_get_exam_ms (replay),
    .extended_ms = ledger->extended_ms,
    .credited_ms = ledger->credited_ms,
    .late_ms = ledger->late_ms,
    .n_moves = jk_replay_get_n_moves (replay),
    .restarts = jk_replay_get_restarts (replay),
    .has_revoked_signer = jk_result_has_revoked_signer (result),
    .hand_in = jk_replay_get_handed_in (replay)->reason,
    .receipt = *jk_result_get_receipt (result),
    .digest = *jk_result_get_digest (result),
    .section_half_points = sections,
  };
  memcpy (score.station, jk_result_get_station (result), JK_PUBLIC_BYTES);
  if (!mark (self, paper, replay, file, &score, error))
    return FALSE;
  score.passed = is_passed (self, score.total_half_points);
  score.section_half_points = g_steal_pointer (&sections);
  *out_score = score;
  return TRUE;
}

void
jk_score_clear (JkScore *self)
{
  g_return_if_fail (self != NULL);
  g_clear_pointer (&self->section_half_points, g_free);
}
