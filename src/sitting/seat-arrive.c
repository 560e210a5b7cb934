/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-arrive.c: a sitting from another PC comes to this one (design.md section 5, Moving).
 *
 * A1  What is refused leaves no store, and an order that is refused is logged (S2).
 * A2  The store appears first, then the row; given again, what is here already is found. */
#include "sitting/capsule.h"
#include "sitting/seat-private.h"

#include "session/error.h"

static gboolean
check_stage (const JkSeat *self, GError **error)
{
  const char *name = jk_session_get_name (self->session);

  switch (jk_seat_get_stage (self)) {
  case JK_STAGE_OPEN:
    return jk_seat_check_amended (self, error);
  case JK_STAGE_ENDED:
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_ENDED,
                           "Session %s has ended on this PC; let the candidate go on at another "
                           "one.",
                           name);
  default:
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_NOT_OPEN,
                           "Session %s is not open on this PC; open it here, then let the "
                           "candidate go on.",
                           name);
  }
}

/* Whether this candidate may sit down here. */
static gboolean
check_candidate (const JkSeat *self, guint32 record, GError **error)
{
  if (jk_seat_is_broken (self, record))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_CHAIN,
                           "The answers of record %u on this PC cannot be read; keep the PC as it "
                           "is, and let the candidate go on at another one.",
                           record);
  if (jk_seat_find_sitting (self, record) != NULL)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_MOVED,
                           "Record %u has a sitting on this PC already, and no second one can come "
                           "here; let the candidate go on at another PC.",
                           record);
  if (jk_log_replay_is_absent (jk_seat_get_log (self), record))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_ABSENT,
                           "Record %u is marked absent on this PC; a proctor can undo that.",
                           record);
  if (jk_seat_get_current (self) != NULL)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_OCCUPIED,
                           "Somebody else has logged in at this PC and has not handed in; let the "
                           "candidate go on at another one.");
  return jk_seat_check_disk (self, error);
}

/* A MOVE was obeyed where the sitting was, and holds whatever came after; a RETIRE is obeyed here.
 */
static gboolean
check_signers (const JkSeat *self, const JkOrder *order, GError **error)
{
  guint32 revoked = jk_seat_get_revoked_roles (self);

  if (jk_order_get_terms (order)->act != JK_ACT_RETIRE)
    return TRUE;
  for (guint n = 0; n < jk_order_get_n_signers (order); n++) {
    JkRoleName name = jk_order_get_signer (order, n);
    if ((revoked & JK_BIT (name)) == 0)
      continue;
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_ORDER_REVOKED,
                 "%s: the order “retire” is signed by the role “%s”, which was revoked; have "
                 "another person sign.",
                 jk_order_get_file (order),
                 jk_role_name_get (name));
    return FALSE;
  }
  return TRUE;
}

/* What arrived here by this very order before. */
static JkSitting *
find_arrived (const JkSeat *self, guint32 record, const JkOrder *order)
{
  JkSitting *sitting = jk_seat_find_sitting (self, record);

  if (sitting == NULL || jk_sitting_get_state (sitting) == JK_STATE_MOVED)
    return NULL;
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));
  if (jk_replay_get_n_moves (replay) == 0)
    return NULL;
  for (guint n = 0; n < jk_replay_get_epoch (replay); n++) {
    const JkOrdered *obeyed = &jk_replay_get_obeyed (replay, n)->ordered;
    if (jk_digest_equal (&obeyed->digest, jk_order_get_digest (order)))
      return sitting;
  }
  return NULL;
}

static JkSitting *
arrive (JkSeat *self,
        const char *file,
        GBytes *capsule,
        const JkSecret *seal_key,
        guint32 record,
        const JkOrder *order,
        GError **error)
{
  if (!check_candidate (self, record, error) || !check_signers (self, order, error))
    return NULL;
  JkSitting *sitting =
      jk_sitting_arrive (&self->sitting_place, file, capsule, seal_key, order, error);
  if (sitting != NULL)
    jk_seat_add_sitting (self, sitting);
  return sitting;
}

static gboolean
is_about_order (const GError *error)
{
  return error->domain == JK_SESSION_ERROR ||
         g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
}

JkSitting *
jk_seat_arrive (JkSeat *self,
                const char *file,
                GBytes *capsule,
                const JkSecret *seal_key,
                const char *carrier,
                GBytes *order_bytes,
                GError **error)
{
  guint32 record;
  GError *problem = NULL;

  if (!check_stage (self, error))
    return NULL;
  if (!jk_capsule_peek (capsule, &record, NULL)) {
    jk_seat_refuse (error,
                    JK_SITTING_ERROR_CHAIN,
                    "%s is no sitting on its way to another PC; bring the file that the first PC "
                    "wrote.",
                    file);
    return NULL;
  }
  g_autoptr (JkOrder) order = jk_order_parse (carrier, order_bytes, error);
  if (order == NULL)
    return NULL;
  JkSitting *sitting = find_arrived (self, record, order);
  if (sitting == NULL)
    sitting = arrive (self, file, capsule, seal_key, record, order, &problem);
  if (sitting == NULL && is_about_order (problem)) {
    jk_seat_refuse_order (self, order, problem, error);
    return NULL;
  }
  if (sitting == NULL) {
    g_propagate_error (error, problem);
    return NULL;
  }
  if (!jk_log_add_logged_in (self->log,
                             NULL,
                             record,
                             JK_LOG_BY_ARRIVAL,
                             jk_order_get_terms (order)->id,
                             error) ||
      !jk_seat_note_stores (self, error) ||
      (jk_sitting_is_waiting (sitting) && !jk_seat_check_disk (self, error)))
    return NULL;
  return sitting;
}
