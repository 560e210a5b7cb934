/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-orders.c: what proctors order, as rows (design.md section 6).
 *
 * Whether an order is sound and in place say order.h and act.h; here is only what needs the
 * candidate's time, and what follows. */
#include "sitting/sitting-private.h"

#include "base/text.h"
#include "envelope/envelope.h"
#include "session/error.h"

#define MS_PER_MIN (60 * 1000)

void
jk_order_entry_put_name (char out[static JK_ORDER_ENTRY_BYTES],
                         const guint8 id[static JK_ORDER_ID_BYTES])
{
  g_autofree char *hex = jk_text_hex (id, JK_ORDER_ID_BYTES);
  g_snprintf (out, JK_ORDER_ENTRY_BYTES, "order %s", hex);
}

JkSideEntry
jk_order_entry (const JkOrder *order, const char *name)
{
  JkSideEntry entry = { .name = name };

  entry.data = g_bytes_get_data (jk_order_get_bytes (order), &entry.size);
  return entry;
}

static gboolean refuse (const JkOrder *order, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const JkOrder *order, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *found = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_ORDER,
               "%s: the order “%s” %s.",
               jk_order_get_file (order),
               jk_act_get_rule (jk_order_get_terms (order)->act)->name,
               found);
  return FALSE;
}

static gboolean
check_address (const JkSitting *self, const JkOrder *order, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);

  if ((terms->record == JK_ORDER_EVERY || terms->record == self->person.index) &&
      jk_order_is_for (order, jk_station_get_sign_public (self->place.station)))
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_ORDER_FOREIGN,
               "%s: the order is for another candidate or PC than record %u here; take it there.",
               jk_order_get_file (order),
               self->person.index);
  return FALSE;
}

/* The outer digest of what was sealed, as closing sheets name it: of all after the head. */
static gboolean
read_result_digest (const JkSitting *self, JkDigest *out_digest)
{
  gsize size = 0;
  const guint8 *data = self->result != NULL ? g_bytes_get_data (self->result, &size) : NULL;

  if (size < JK_ENVELOPE_HEAD_BYTES)
    return FALSE;
  jk_hash (NULL, data + JK_ENVELOPE_HEAD_BYTES, size - JK_ENVELOPE_HEAD_BYTES, out_digest);
  return TRUE;
}

/* What one candidate can still be given by each maximum of the policy. Minutes of a reopening count
 * as extension, and what of them is beyond that maximum uses up the other one. */
typedef struct {
  guint64 extension_ms, credit_ms;
} Room;

static Room
measure_room (const JkSitting *self)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  const JkLedger *ledger = jk_replay_get_ledger (jk_sitting_get_replay (self));
  guint64 extension_max_ms = (guint64) policy->extension_max_min * MS_PER_MIN;
  guint64 credit_max_ms = (guint64) policy->credit_max_min * MS_PER_MIN;
  guint64 extended_ms = MIN (ledger->extended_ms, extension_max_ms);
  guint64 credited_ms = ledger->credited_ms + ledger->extended_ms - extended_ms;

  return (Room){ extension_max_ms - extended_ms, credit_max_ms - MIN (credited_ms, credit_max_ms) };
}

/* No minutes are left for this candidate by any rule. */
static const char incident[] = "register an incident, and let the scoring centre decide";

static gboolean
check_extension (const JkSitting *self, const JkOrder *order, guint64 ms, GError **error)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  Room room = measure_room (self);

  if (ms <= room.extension_ms)
    return TRUE;
  return refuse (order,
                 error,
                 "would extend to %" G_GUINT64_FORMAT
                 " min in all; the rules of this session allow %u; %s",
                 (jk_replay_get_extended_ms (jk_sitting_get_replay (self)) + ms) / MS_PER_MIN,
                 policy->extension_max_min,
                 room.credit_ms > 0      ? "give less, or credit time that was lost"
                 : room.extension_ms > 0 ? "give less"
                                         : incident);
}

static gboolean
check_credit (const JkSitting *self, const JkOrder *order, guint64 ms, GError **error)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  guint64 max_ms = (guint64) policy->credit_max_min * MS_PER_MIN;
  Room room = measure_room (self);

  if (ms <= room.credit_ms)
    return TRUE;
  return refuse (order,
                 error,
                 "would give back %" G_GUINT64_FORMAT
                 " min in all; the rules of this session allow %u; %s",
                 (max_ms - room.credit_ms + ms) / MS_PER_MIN,
                 policy->credit_max_min,
                 room.extension_ms > 0 ? "give less, or extend"
                 : room.credit_ms > 0  ? "give less"
                                       : incident);
}

/* What interruptions since the last credit took: nothing, unless the hall ends for all. */
static gboolean
measure_lost (const JkSitting *self, const JkOrder *order, guint64 *out_ms, GError **error)
{
  const JkLedger *ledger = jk_replay_get_ledger (jk_sitting_get_replay (self));
  guint64 lost_ms = jk_ledger_get_lost_ms (ledger);

  if (jk_session_get_policy (self->place.session)->end == JK_END_OWN)
    return refuse (order,
                   error,
                   "gives back what interruptions took, but here they take no exam time; extend "
                   "instead");
  if (ledger->uncredited_ms == 0)
    return refuse (order, error, "has nothing to give back: no interruption since the last credit");
  if (!ledger->has_common_end)
    return refuse (order,
                   error,
                   "cannot tell what was lost: this PC does not know when the hall ends; bring it "
                   "the console's time first, or say how many minutes");
  if (lost_ms == 0)
    return refuse (order,
                   error,
                   "has nothing to give back: the hall ends late enough for all the time this "
                   "candidate has");
  if (lost_ms > jk_act_get_rule (JK_ACT_CREDIT)->amount_max)
    return refuse (order,
                   error,
                   "cannot tell what was lost: by the PC's clock it is %" G_GUINT64_FORMAT
                   " min; say how many minutes",
                   lost_ms / MS_PER_MIN);
  *out_ms = lost_ms;
  return TRUE;
}

static gboolean
measure_credit (const JkSitting *self, const JkOrder *order, guint64 *out_ms, GError **error)
{
  *out_ms = jk_order_get_terms (order)->amount;
  return (*out_ms > 0 || measure_lost (self, order, out_ms, error)) &&
         check_credit (self, order, *out_ms, error);
}

gboolean
jk_order_check_late (const JkOrder *order, guint64 before_ms, guint64 allotted_ms, GError **error)
{
  return before_ms + jk_order_get_terms (order)->amount < allotted_ms ||
         refuse (order, error, "would leave no time at all; give fewer minutes");
}

static gboolean
measure_late (const JkSitting *self, const JkOrder *order, guint64 *out_ms, GError **error)
{
  JkLedger ledger;

  *out_ms = 0;
  if (!jk_session_get_policy (self->place.session)->late_shortens)
    return TRUE;
  jk_sitting_get_ledger (self, &ledger);
  if (!jk_order_check_late (order, ledger.late_ms, ledger.allotted_ms, error))
    return FALSE;
  *out_ms = jk_order_get_terms (order)->amount;
  return TRUE;
}

/* Two sign a reopening, so its minutes may use up both maxima; and minutes that bring nobody beyond
 * what plan and roster allot only give back what the hall's end took meanwhile. */
static gboolean
check_reopening (JkSitting *self, const JkOrder *order, guint64 ms, GError **error)
{
  Room room = measure_room (self);
  guint64 room_ms = room.extension_ms + room.credit_ms;
  guint64 exam_ms = jk_sitting_get_exam_ms (self);
  JkLedger ledger;

  jk_sitting_get_ledger (self, &ledger);
  guint64 own_ms = jk_ledger_get_own_limit_ms (&ledger) - jk_ledger_get_granted_ms (&ledger);
  gboolean is_possible = jk_ledger_take (&ledger, JK_EVENT_REOPENED, ms);
  guint64 left_ms = jk_sitting_measure_left_ms (self, &ledger);
  if (left_ms == 0)
    return refuse (order,
                   error,
                   "leaves no time to go on with; %s",
                   room_ms > 0 || exam_ms < own_ms ? "give more minutes with it" : incident);
  if (is_possible && (ms <= room_ms || exam_ms + left_ms <= own_ms))
    return TRUE;
  return refuse (order,
                 error,
                 "gives %" G_GUINT64_FORMAT
                 " min with it; the rules of this session leave %" G_GUINT64_FORMAT
                 " for this candidate, to extend and to credit; %s",
                 ms / MS_PER_MIN,
                 room_ms / MS_PER_MIN,
                 room_ms > 0 ? "give less" : incident);
}

/* What the row says beside the order's name. */
static gboolean
measure (JkSitting *self, const JkOrder *order, guint64 *out_amount, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);

  *out_amount = terms->amount;
  switch (terms->act) {
  case JK_ACT_EXTEND:
    return check_extension (self, order, terms->amount, error);
  case JK_ACT_CREDIT:
    return measure_credit (self, order, out_amount, error);
  case JK_ACT_LATE:
    return measure_late (self, order, out_amount, error);
  case JK_ACT_REOPEN:
    return check_reopening (self, order, terms->amount, error);
  case JK_ACT_MESSAGE:
  case JK_ACT_INCIDENT:
  case JK_ACT_VIOLATION:
  case JK_ACT_WALK_IN:
  case JK_ACT_WRONG_ID:
    *out_amount = terms->act;
    return TRUE;
  default:
    *out_amount = 0;
    return TRUE;
  }
}

static gboolean
post_ordered (JkSitting *self, const JkOrder *order, guint64 amount, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  JkOrdered ordered = { .digest = *jk_order_get_digest (order), .amount = amount };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  char name[JK_ORDER_ENTRY_BYTES];

  memcpy (ordered.id, terms->id, JK_ORDER_ID_BYTES);
  jk_order_entry_put_name (name, terms->id);
  JkSideEntry entry = jk_order_entry (order, name);
  gsize size = jk_payload_put_ordered (payload, &ordered);
  return jk_sitting_post_and_wait (self,
                                   jk_act_get_rule (terms->act)->event,
                                   payload,
                                   size,
                                   &entry,
                                   1,
                                   error);
}

/* The new station shall get what this one signed. */
static gboolean
sign_before_move (JkSitting *self, GError **error)
{
  return jk_replay_get_started (jk_sitting_get_replay (self)) == NULL ||
         jk_sitting_post_head (self, error) != 0;
}

static gboolean
apply (JkSitting *self, const JkOrder *order, GError **error)
{
  const JkActRule *rule = jk_act_get_rule (jk_order_get_terms (order)->act);
  guint64 amount;

  if (!measure (self, order, &amount, error))
    return FALSE;
  if (rule->event == JK_EVENT_HANDED_IN)
    return jk_sitting_hand_in_by (self, JK_HAND_IN_FORCED, order, error);
  if (rule->event == JK_EVENT_MOVED && !sign_before_move (self, error))
    return FALSE;

  /* After these rows exam time does not go on, so it must not before they are posted. */
  if (rule->event == JK_EVENT_PAUSED || rule->event == JK_EVENT_MOVED)
    jk_sitting_stand_still (self);
  gboolean ok = post_ordered (self, order, amount, error);
  /* The row may wait for room on the disk, and counts. */
  if (jk_sitting_get_state (self) == JK_STATE_RUNNING)
    g_clear_pointer (&self->result, g_bytes_unref);
  jk_sitting_judge_gaps (self);
  jk_sitting_set_going (self);
  return ok;
}

gboolean
jk_sitting_obey (JkSitting *self, const JkOrder *order, const JkSituation *known, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  JkSituation situation = *known;

  if (!jk_order_check (order, self->place.session, error) || !check_address (self, order, error) ||
      !jk_sitting_notice_sleep (self, error))
    return FALSE;
  const JkOrderTerms *terms = jk_order_get_terms (order);
  situation.station = jk_station_get_sign_public (self->place.station);
  situation.state = jk_replay_get_state (replay);
  situation.epoch = jk_replay_get_epoch (replay);
  situation.revoked_roles |= jk_session_get_revoked_roles (self->place.session);
  situation.is_known = known->is_known || jk_replay_has_obeyed (replay, terms->id);
  situation.is_held = self->is_held;
  situation.has_result = read_result_digest (self, &situation.result);
  if (!jk_order_judge (order, &situation, error))
    return FALSE;
  JkEvent event = jk_act_get_rule (terms->act)->event;
  return event == 0 || jk_state_next (situation.state, event) < 0 || apply (self, order, error);
}

gboolean
jk_sitting_adopt (JkSitting *self, const JkOrder *order, GError **error)
{
  if (!jk_order_check (order, self->place.session, error) || !check_address (self, order, error))
    return FALSE;
  const JkOrderTerms *terms = jk_order_get_terms (order);
  JkEvent event = jk_act_get_rule (terms->act)->event;
  if (jk_replay_has_obeyed (jk_sitting_get_replay (self), terms->id))
    return TRUE;
  if (event != JK_EVENT_LATE && event != JK_EVENT_NOTED && event != JK_EVENT_ADMITTED)
    return refuse (order, error, "is not one that is given before the log-in");
  return jk_sitting_check_place (self, event, error) && apply (self, order, error);
}

gboolean
jk_sitting_continue (JkSitting *self, GError **error)
{
  if (!jk_sitting_is_waiting (self)) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting does not wait for the candidate: it is %s.",
                 jk_state_get_name (jk_sitting_get_state (self)));
    return FALSE;
  }
  if (self->is_held) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_PROCTOR,
                 "This sitting was interrupted for longer, or more often, than the rules of the "
                 "session allow: a proctor must let it go on.");
    return FALSE;
  }
  guint64 ticket = jk_sitting_post_head (self, error);
  if (ticket == 0 || !jk_journal_wait (self->journal, ticket, error))
    return FALSE;
  jk_sitting_set_going (self);
  return TRUE;
}
