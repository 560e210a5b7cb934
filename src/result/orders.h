/* SPDX-License-Identifier: Apache-2.0 */
/* result/orders.h: the orders inside a result against the rows they caused (P6). Private to this
 * folder.
 *
 * Without its order a row that gives or takes time, or forces a hand-in, is a station's word only.
 */
#pragma once

#include "result/result.h"

/* The bytes of orders as a new variant "aay" (floating); NULL: none. */
GVariant *jk_result_orders_to_variant (const GPtrArray *orders);

/* The n-th of such a variant; file is for messages. The caller frees. Errors: ORDER_FORM of
 * JK_SESSION_ERROR. */
JkOrder *jk_result_orders_parse (GVariant *orders, guint32 n, const char *file, GError **error);

/* Whether the n-th order is the one that the n-th order of the replay names, sound, of this record
 * and of the station that wrote the row, and whether row and act agree in event and amount. file is
 * for messages. *out_has_revoked: a role that is revoked in the session signed one, which holds all
 * the same. Errors: ORDER, those of jk_order_parse and jk_order_check. */
gboolean jk_result_orders_check (GVariant *orders,
                                 const char *file,
                                 const JkSession *session,
                                 const JkReplay *replay,
                                 gboolean *out_has_revoked,
                                 GError **error);
