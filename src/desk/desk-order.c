/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-order.c: an order is taken, from the inbox or from the panel, and what follows of it at
 * the desk beside the rows of the seat. */
#include "desk/desk-private.h"

#include "base/error.h"
#include "base/limits.h"
#include "envelope/envelope.h"
#include "result/result.h"

#define MODE_RESULT 0600

/* The sealed bytes of one sitting, beside the order that asks for them, read back. */
static gboolean
copy_result (JkDesk *self, JkSeat *seat, JkSitting *sitting, GError **error)
{
  const JkStorage *storage = self->world->storage;
  GBytes *bytes = jk_sitting_get_result (sitting);
  guint32 record = jk_sitting_get_person (sitting)->index;
  JkDigest digest;
  JkKind kind;

  if (bytes == NULL)
    return TRUE;
  g_autofree char *name = jk_result_dup_file_name (jk_seat_get_session (seat),
                                                   record,
                                                   jk_sitting_get_seal_number (sitting));
  g_autofree char *path = g_build_filename (self->inbox, name, NULL);
  if (!jk_storage_write (storage, path, MODE_RESULT, bytes, error))
    return FALSE;
  g_autoptr (GBytes) there = jk_storage_read (storage, path, JK_RESULT_BYTES_MAX, error);
  if (there == NULL)
    return FALSE;
  if (!g_bytes_equal (there, bytes)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s reads back other than it was written; use another stick and copy again.",
                 path);
    return FALSE;
  }
  return jk_envelope_peek (path, bytes, &kind, &digest, error) &&
         jk_seat_note_copied (seat, record, &digest, error);
}

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
  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++) {
    JkSitting *sitting = jk_seat_get_sitting (seat, n);
    gboolean is_meant =
        record == JK_ORDER_EVERY || jk_sitting_get_person (sitting)->index == record;
    if (is_meant && !copy_result (self, seat, sitting, error))
      return FALSE;
  }
  return TRUE;
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
    return TRUE;
  }
  return *out_outcome != JK_SEAT_OBEYED || follow_order (self, seat, order, error);
}

gboolean
jk_desk_take_order (JkDesk *self, JkSeat *seat, const JkOrder *order, GError **error)
{
  JkSeatOutcome outcome;

  return jk_desk_obey (self, seat, order, &outcome, error);
}
