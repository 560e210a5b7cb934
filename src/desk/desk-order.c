/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-order.c: an order is taken, from the inbox or from the panel, and what follows of it at
 * the desk beside the rows of the seat. */
#include "desk/desk-private.h"

/* What is sealed goes on its way when the worker is done. */
static gboolean
copy_results (JkDesk *self, JkSeat *seat, guint32 record, GError **error)
{
  if (self->inbox == NULL) {
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_NO_FOLDER,
                 "This PC has no folder or stick to copy results to; start it with one, and order "
                 "“copy” again.");
    return FALSE;
  }
  return jk_desk_collect (seat, record, self->due, error);
}

/* What follows of an obeyed order beside the rows of the seat. */
static gboolean
follow_order (JkDesk *self, JkSeat *seat, const JkOrder *order, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkSitting *current = jk_seat_get_current (seat);
  gboolean is_here = current != NULL && (terms->record == JK_ORDER_EVERY ||
                                         terms->record == jk_sitting_get_person (current)->index);

  if (terms->act == JK_ACT_COPY)
    return copy_results (self, seat, terms->record, error);
  if (terms->act == JK_ACT_MESSAGE && is_here)
    g_ptr_array_add (self->messages, g_strdup (terms->text));
  if (terms->act == JK_ACT_UNLOCK && is_here)
    self->may_unlock = TRUE;
  return TRUE;
}

/* A wipe frees every sitting of a seat: the desk lets go of them first. Refused, it shows what is
 * still there by its next look. */
static void
let_go (JkDesk *self, const JkSeat *seat)
{
  if (seat == self->seat)
    self->sitting = NULL;
  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++)
    g_hash_table_remove (self->dismissed, jk_seat_get_sitting (seat, n));
}

gboolean
jk_desk_obey (JkDesk *self,
              JkSeat *seat,
              const JkOrder *order,
              JkSeatOutcome *out_outcome,
              GError **error)
{
  if (jk_order_get_terms (order)->act == JK_ACT_WIPE)
    let_go (self, seat);
  if (!jk_seat_take_order (seat,
                           jk_order_get_file (order),
                           jk_order_get_bytes (order),
                           out_outcome,
                           error)) {
    if (*out_outcome != JK_SEAT_REPLAYED)
      return FALSE;
    g_clear_error (error);
    /* A stick that was full or pulled comes again with the same order. */
    return jk_order_get_terms (order)->act != JK_ACT_COPY ||
           follow_order (self, seat, order, error);
  }
  return *out_outcome != JK_SEAT_OBEYED || follow_order (self, seat, order, error);
}

gboolean
jk_desk_take_order (JkDesk *self, JkSeat *seat, const JkOrder *order, GError **error)
{
  JkSeatOutcome outcome;

  return jk_desk_obey (self, seat, order, &outcome, error);
}
