/* SPDX-License-Identifier: Apache-2.0 */
/* desk/closing.h: what is counted and compared before a PC is closed (收卷核对). */
#pragma once

#include "desk/desk.h"
#include "session/order.h"

/* Sittings of the session that is shown, on this PC. */
typedef struct {
  guint n_begun;    /* in all */
  guint n_going_on; /* not handed in yet */
  guint n_handed_in;
  guint n_empty; /* of those, without one answer: each must be explained */
  guint n_collected;
  guint n_moved;
} JkDeskCounts;

/* FALSE while the worker has the seat: ask again when the desk has told something. */
gboolean jk_desk_count (JkDesk *self, JkDeskCounts *out_counts);

/* Whether all that candidates left of the session that is shown was wiped from this PC, as far as
 * was told. */
gboolean jk_desk_is_wiped (JkDesk *self);

/* Compares what a candidate copied to the slip with the receipt of the sitting that is shown, and
 * gives what the order "collect" is about: the outer digest of the sealed result. Errors: SLIP of
 * JK_DESK_ERROR (another receipt, or nothing is sealed here), JK_BASE_ERROR_CODE (mistyped), BUSY.
 */
gboolean jk_desk_check_slip (JkDesk *self,
                             const char *typed,
                             guint8 out_subject[static JK_ORDER_SUBJECT_BYTES],
                             GError **error);
