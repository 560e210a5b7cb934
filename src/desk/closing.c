/* SPDX-License-Identifier: Apache-2.0 */
/* desk/closing.c: see the header. */
#include "desk/closing.h"

#include "desk/desk-private.h"
#include "envelope/envelope.h"
#include "result/receipt.h"

#include <string.h>

static gboolean
is_empty (const JkSitting *sitting)
{
  const JkPaper *paper = jk_sitting_get_paper (sitting);

  for (guint position = 0; paper != NULL && position < jk_paper_get_n (paper); position++) {
    if (jk_sitting_get_answer (sitting, position) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
count (const JkSitting *sitting, JkDeskCounts *counts)
{
  JkState state = jk_sitting_get_state (sitting);
  gboolean is_handed_in =
      state == JK_STATE_HANDED_IN || state == JK_STATE_SEALED || state == JK_STATE_COLLECTED;

  if (jk_sitting_has_left_early (sitting))
    return;
  counts->n_begun++;
  counts->n_moved += state == JK_STATE_MOVED;
  counts->n_handed_in += is_handed_in;
  counts->n_collected += state == JK_STATE_COLLECTED;
  counts->n_going_on += !is_handed_in && state != JK_STATE_MOVED;
  counts->n_empty += is_handed_in && is_empty (sitting);
}

gboolean
jk_desk_count (JkDesk *self, JkDeskCounts *out_counts)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  if (self->n_busy > 0)
    return FALSE;
  *out_counts = (JkDeskCounts){ 0 };
  for (guint n = 0; self->seat != NULL && n < jk_seat_get_n_sittings (self->seat); n++)
    count (jk_seat_get_sitting (self->seat, n), out_counts);
  return TRUE;
}

gboolean
jk_desk_is_wiped (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  return jk_desk_situations_are_wiped (self->situations);
}

static gboolean
refuse_slip (GError **error, const char *sentence)
{
  g_set_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SLIP, "%s", sentence);
  return FALSE;
}

gboolean
jk_desk_check_slip (JkDesk *self,
                    const char *typed,
                    guint8 out_subject[static JK_ORDER_SUBJECT_BYTES],
                    GError **error)
{
  char letters[JK_RECEIPT_LETTERS + 1];
  JkDigest receipt, digest;
  JkKind kind;

  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  if (self->n_busy > 0) {
    jk_desk_set_busy_error (error);
    return FALSE;
  }
  if (!jk_desk_compute_receipt (self, &receipt))
    return refuse_slip (error, "Nothing is sealed at this PC; the candidate hands in first.");
  if (!jk_receipt_parse (typed, letters, error))
    return FALSE;
  if (!jk_receipt_has_code (&receipt, letters))
    return refuse_slip (error,
                        "The receipt on the slip is not that of this candidate; compare it with "
                        "the screen letter by letter, and take the slip of this seat.");
  if (!jk_envelope_peek ("the result of this PC",
                         jk_sitting_get_result (self->sitting),
                         &kind,
                         &digest,
                         error))
    return FALSE;
  memcpy (out_subject, digest.bytes, JK_ORDER_SUBJECT_BYTES);
  return TRUE;
}
