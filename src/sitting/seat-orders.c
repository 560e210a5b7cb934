/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-orders.c: an order comes to this PC, from whatever carrier (design.md section 6).
 *
 * S1  An order that applies is obeyed once. One for a sitting is durable in its journal first, then
 *     in the log; a crash between the two is found when the order comes again: the journal knows
 *     it, the log learns it.
 * S2  A refusal is logged once for each reason, whatever is offered how often.
 * S3  Only a genuine order that found no place uses up its id; a forgery uses up nothing, nor does
 *     what was given under an amendment that is not here yet: then it is obeyed.
 * S4  What uses up no id has a bounded number of rows: beyond it refusals are counted, with a row
 *     each time there are twice as many. */
#include "sitting/seat-private.h"
#include "sitting/sitting-private.h"

#include "session/error.h"

#include <string.h>

#define MS_PER_MIN 60000

/* What became of an order at its sittings. */
typedef struct {
  guint n_applied, n_found;
  GError *refusal; /* owned; the first */
} Doing;

static JkLogReason
find_reason (const GError *error)
{
  if (error->domain != JK_SESSION_ERROR)
    return error->domain == JK_SITTING_ERROR && error->code == JK_SITTING_ERROR_STATE
               ? JK_LOG_REASON_STATE
               : JK_LOG_REASON_HERE;
  switch (error->code) {
  case JK_SESSION_ERROR_ORDER_FORM:
    return JK_LOG_REASON_FORM;
  case JK_SESSION_ERROR_ORDER_FOREIGN:
    return JK_LOG_REASON_FOREIGN;
  case JK_SESSION_ERROR_ORDER_AMENDMENT:
    return JK_LOG_REASON_AMENDMENT;
  case JK_SESSION_ERROR_ORDER_SIGNATURE:
    return JK_LOG_REASON_SIGNATURE;
  case JK_SESSION_ERROR_ORDER_RULE:
    return JK_LOG_REASON_RULE;
  case JK_SESSION_ERROR_ORDER_REVOKED:
    return JK_LOG_REASON_REVOKED;
  case JK_SESSION_ERROR_ORDER_REPLAYED:
    return JK_LOG_REASON_REPLAYED;
  case JK_SESSION_ERROR_ORDER_STALE:
    return JK_LOG_REASON_STALE;
  default:
    return JK_LOG_REASON_STATE;
  }
}

/* Whether an error is the disk's or the store's, and says nothing about the order. */
static gboolean
is_trouble (const GError *error)
{
  if (error->domain == JK_SESSION_ERROR)
    return FALSE;
  return error->domain != JK_SITTING_ERROR || error->code == JK_SITTING_ERROR_STORE ||
         error->code == JK_SITTING_ERROR_FULL || error->code == JK_SITTING_ERROR_CHAIN;
}

/* Whether the id is used up, where bytes were an order and have one. When the same order comes
 * again, a disk that has no second copy yet may have one, and a PC that a stick was to end before
 * its candidate had handed in may be ready. */
static gboolean
uses_up (const JkOrder *order, const GError *refusal, JkLogReason reason)
{
  if (g_error_matches (refusal, JK_SITTING_ERROR, JK_SITTING_ERROR_RED))
    return FALSE;
  if (order != NULL && jk_order_get_terms (order)->act == JK_ACT_END &&
      reason == JK_LOG_REASON_STATE)
    return FALSE;
  return reason == JK_LOG_REASON_STALE || reason == JK_LOG_REASON_STATE ||
         reason == JK_LOG_REASON_HERE;
}

/* A row for a refusal, or, where there were enough of them, one more in their count (S4). */
static gboolean
log_refusal (JkSeat *self,
             const JkOrder *order,
             const JkDigest *digest,
             JkLogReason reason,
             gboolean counts,
             GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (self);

  if (counts || jk_log_replay_may_list (log))
    return jk_log_add_refused (self->log, order, digest, reason, counts, error);
  if (self->n_unlisted < G_MAXUINT32)
    self->n_unlisted++;
  return self->n_unlisted / 2 < jk_log_replay_get_n_unlisted (log) ||
         jk_log_add_unlisted (self->log, self->n_unlisted, error);
}

guint32
jk_seat_get_n_unlisted (const JkSeat *self)
{
  return self->n_unlisted;
}

/* Logs a refusal, once for each reason, and hands it on. Takes refusal. */
static gboolean
refuse (JkSeat *self,
        const JkOrder *order,
        const JkDigest *digest,
        GError *refusal,
        JkSeatOutcome *out_outcome,
        GError **error)
{
  g_autoptr (GError) held = refusal;
  JkLogReason reason = find_reason (refusal);
  const JkLogReplay *log = jk_seat_get_log (self);

  *out_outcome = JK_SEAT_UNDECIDED;
  if (!jk_log_replay_is_refused (log, digest, reason) &&
      !log_refusal (self, order, digest, reason, uses_up (order, refusal, reason), error))
    return FALSE;
  gboolean was_obeyed = reason == JK_LOG_REASON_REPLAYED &&
                        jk_log_replay_is_obeyed (log, jk_order_get_terms (order)->id);
  *out_outcome = was_obeyed ? JK_SEAT_REPLAYED : JK_SEAT_REFUSED;
  g_propagate_error (error, g_steal_pointer (&held));
  return FALSE;
}

void
jk_seat_refuse_order (JkSeat *self, const JkOrder *order, GError *refusal, GError **error)
{
  JkSeatOutcome outcome;

  refuse (self, order, jk_order_get_digest (order), refusal, &outcome, error);
}

static gboolean
all_are (const JkSeat *self, guint32 states)
{
  for (guint i = 0; i < jk_seat_get_n_sittings (self); i++) {
    if ((states & JK_BIT (jk_sitting_get_state (jk_seat_get_sitting (self, i)))) == 0)
      return FALSE;
  }
  return TRUE;
}

/* That two hold the receipt proves nothing of the bytes: they are gone with a wipe unless a copy
 * was read back elsewhere. */
static gboolean
is_safe_elsewhere (const JkSeat *self, const JkSitting *sitting)
{
  JkState state = jk_sitting_get_state (sitting);

  return state == JK_STATE_MOVED ||
         (state == JK_STATE_COLLECTED &&
          jk_log_replay_is_copied (jk_seat_get_log (self),
                                   jk_sitting_get_person (sitting)->index,
                                   jk_sitting_get_seal_number (sitting)));
}

static gboolean
all_are_safe (const JkSeat *self)
{
  for (guint i = 0; i < jk_seat_get_n_sittings (self); i++) {
    if (!is_safe_elsewhere (self, jk_seat_get_sitting (self, i)))
      return FALSE;
  }
  return TRUE;
}

void
jk_seat_get_situation (const JkSeat *self, guint32 record, JkSituation *out)
{
  const JkLogReplay *log = jk_seat_get_log (self);
  const guint32 done = JK_BIT (JK_STATE_COLLECTED) | JK_BIT (JK_STATE_MOVED);
  JkSitting *sitting = jk_seat_find_sitting (self, record);

  *out = (JkSituation){
    .station = jk_station_get_sign_public (self->place.station),
    .revoked_roles = jk_seat_get_revoked_roles (self),
    .stage = jk_log_replay_get_stage (log),
    .is_absent = jk_log_replay_is_absent (log, record),
    .is_taken = sitting != NULL || jk_log_replay_is_taken (log, record),
    .all_handed_in = all_are (self, done | JK_BIT (JK_STATE_SEALED)),
  };
  if (sitting != NULL && !jk_sitting_has_left_early (sitting)) {
    out->state = jk_sitting_get_state (sitting);
    out->epoch = jk_replay_get_epoch (jk_journal_get_replay (jk_sitting_get_journal (sitting)));
    out->is_held = jk_sitting_is_held (sitting);
  }
  /* A store that does not open keeps the session from being wiped, not from being ended. */
  out->all_collected = all_are_safe (self) && self->broken->len == 0;
}

static void
fill_situation (const JkSeat *self, const JkOrder *order, guint32 record, JkSituation *out)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);

  jk_seat_get_situation (self, record, out);
  out->is_known = jk_log_replay_is_known (jk_seat_get_log (self), terms->id);
  /* No station can look into a record it has no key of: jk_seat_admit does, with the roll. */
  out->is_spare = terms->act == JK_ACT_WALK_IN;
}

/* Passes an order to one sitting. FALSE for trouble only. */
static gboolean
pass_on (JkSeat *self, const JkOrder *order, JkSitting *sitting, Doing *doing, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  JkSituation situation;

  fill_situation (self, order, jk_sitting_get_person (sitting)->index, &situation);
  if (jk_sitting_obey (sitting, order, &situation, &refusal)) {
    doing->n_applied++;
    return TRUE;
  }
  if (is_trouble (refusal)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  if (g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED))
    doing->n_found++;
  else if (doing->refusal == NULL)
    doing->refusal = g_steal_pointer (&refusal);
  return TRUE;
}

/* What was ordered before for the lateness of a record. FALSE for trouble only. */
static gboolean
add_up_late (const JkSeat *self, guint32 record, guint64 *out_ms, GError **error)
{
  const guint8 *id;
  JkAct act;

  *out_ms = 0;
  for (guint n = 0;
       (id = jk_log_replay_get_order_for (jk_seat_get_log (self), n, record, &act)) != NULL;
       n++) {
    if (act != JK_ACT_LATE)
      continue;
    g_autoptr (GBytes) bytes = jk_log_read_order (self->log, id, error);
    g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse ("station log", bytes, error) : NULL;
    if (order == NULL)
      return FALSE;
    *out_ms += jk_order_get_terms (order)->amount;
  }
  return TRUE;
}

/* Who is that late finds the door open and no exam behind it. Extra time of the record is not known
 * before the log-in: who has some is not let in later than the others. */
static gboolean
check_late (const JkSeat *self, const JkOrder *order, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkExcerpt *excerpt = jk_session_get_excerpt (self->session);
  guint64 allotted_ms = (guint64) jk_excerpt_get_duration_min (excerpt) * MS_PER_MIN;
  guint64 before_ms;

  if (terms->act != JK_ACT_LATE || !jk_session_get_policy (self->session)->late_shortens)
    return TRUE;
  return add_up_late (self, terms->record, &before_ms, error) &&
         jk_order_check_late (order, before_ms, allotted_ms, error);
}

/* Judged as for a record without a sitting. FALSE for trouble only. */
static gboolean
judge_here (const JkSeat *self, const JkOrder *order, guint32 record, Doing *doing, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  JkSituation situation;

  fill_situation (self, order, record, &situation);
  if (jk_order_judge (order, &situation, &refusal) && check_late (self, order, &refusal)) {
    doing->n_applied++;
    return TRUE;
  }
  if (is_trouble (refusal)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  doing->refusal = g_steal_pointer (&refusal);
  return TRUE;
}

/* FALSE for trouble only. */
static gboolean
obey_at_sittings (JkSeat *self, const JkOrder *order, Doing *doing, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkActRule *rule = jk_act_get_rule (terms->act);
  JkSitting *named = jk_seat_find_sitting (self, terms->record);
  gboolean is_for_all = terms->record == JK_ORDER_EVERY;

  if (named != NULL && rule->event != 0)
    return pass_on (self, order, named, doing, error);
  if (!is_for_all || rule->event == 0 || jk_seat_get_n_sittings (self) == 0)
    return judge_here (self, order, terms->record, doing, error);
  for (guint i = 0; i < jk_seat_get_n_sittings (self); i++) {
    if (!pass_on (self, order, jk_seat_get_sitting (self, i), doing, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_disk (const JkSeat *self, const JkOrder *order, GError **error)
{
  JkAct act = jk_order_get_terms (order)->act;

  if (!jk_seat_is_shut_by_disk (self) || jk_seat_get_stage (self) != JK_STAGE_LOADED ||
      (act != JK_ACT_OPEN && act != JK_ACT_OPEN_OUTSIDE))
    return TRUE;
  return jk_seat_refuse (error,
                         JK_SITTING_ERROR_RED,
                         "%s: the order “%s” cannot open this PC: its disk gives no proof that it "
                         "remembers; put in the stick of a second copy, use another PC, or have "
                         "two proctors order “open-red”.",
                         jk_order_get_file (order),
                         jk_act_get_rule (act)->name);
}

/* What follows on this PC, after the row. */
static gboolean
follow (JkSeat *self, JkAct act, GError **error)
{
  /* Who left takes the keys of the paper along. */
  if (act == JK_ACT_MOVE && jk_seat_get_current (self) == NULL)
    jk_seat_drop_entry (self);
  if (act == JK_ACT_WIPE)
    return jk_seat_wipe (self, error);
  if (act == JK_ACT_END)
    return jk_log_add_head (self->log, error);
  return TRUE;
}

static gboolean
obey (JkSeat *self, const JkOrder *order, JkSeatOutcome *out_outcome, GError **error)
{
  const JkDigest *digest = jk_order_get_digest (order);
  JkAct act = jk_order_get_terms (order)->act;
  Doing doing = { 0 };

  *out_outcome = JK_SEAT_UNDECIDED;
  if (!check_disk (self, order, &doing.refusal))
    return refuse (self, order, digest, doing.refusal, out_outcome, error);
  if (!obey_at_sittings (self, order, &doing, error)) {
    g_clear_error (&doing.refusal);
    return FALSE;
  }
  if (doing.n_applied == 0 && doing.n_found == 0)
    return refuse (self, order, digest, doing.refusal, out_outcome, error);
  g_clear_error (&doing.refusal);

  /* Known to the log, it would have been refused as replayed before any sitting was asked. */
  JkLogObeyed how = doing.n_applied > 0 ? JK_LOG_APPLIED : JK_LOG_FOUND;
  if (!jk_log_add_obeyed (self->log, order, how, error) || !follow (self, act, error))
    return FALSE;
  *out_outcome = how == JK_LOG_APPLIED ? JK_SEAT_OBEYED : JK_SEAT_REPLAYED;
  return TRUE;
}

/* For a sitting that is not here: where it is, the order is obeyed or refused. */
static gboolean
is_elsewhere (const JkSeat *self, const JkOrder *order)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkActRule *rule = jk_act_get_rule (terms->act);

  return rule->target == JK_TARGET_SITTING && terms->record != JK_ORDER_EVERY &&
         jk_seat_find_sitting (self, terms->record) == NULL;
}

/* What holds for the order itself, whoever it is for. */
static gboolean
check_known (const JkSeat *self, const JkOrder *order, GError **error)
{
  const JkActRule *rule = jk_act_get_rule (jk_order_get_terms (order)->act);
  JkSituation situation;
  g_autoptr (GError) refusal = NULL;

  fill_situation (self, order, jk_order_get_terms (order)->record, &situation);
  if (jk_order_judge (order, &situation, &refusal) || rule == NULL)
    return TRUE;
  if (!g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED) &&
      !g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
jk_seat_take_order (JkSeat *self,
                    const char *carrier,
                    GBytes *bytes,
                    JkSeatOutcome *out_outcome,
                    GError **error)
{
  GError *refusal = NULL;
  g_autoptr (JkOrder) order = jk_order_parse (carrier, bytes, &refusal);

  *out_outcome = JK_SEAT_UNDECIDED;
  if (order == NULL) {
    JkDigest digest;
    gsize size;
    gconstpointer data = g_bytes_get_data (bytes, &size);
    jk_hash (NULL, data, size, &digest);
    return refuse (self, NULL, &digest, refusal, out_outcome, error);
  }
  if (!jk_order_is_for (order, jk_station_get_sign_public (self->place.station))) {
    *out_outcome = JK_SEAT_ELSEWHERE;
    return TRUE;
  }
  /* Whom an amendment revoked cannot be told while it is gone. */
  if (!jk_seat_check_amended (self, error))
    return FALSE;
  if (!jk_order_check (order, self->session, &refusal) || !check_known (self, order, &refusal))
    return refuse (self, order, jk_order_get_digest (order), refusal, out_outcome, error);
  if (is_elsewhere (self, order)) {
    *out_outcome = JK_SEAT_ELSEWHERE;
    return TRUE;
  }
  return obey (self, order, out_outcome, error);
}
