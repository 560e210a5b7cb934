/* SPDX-License-Identifier: Apache-2.0 */
/* session/order-private.h: what order-rules.c needs of an order's bytes. Private to this folder. */
#pragma once

#include "session/order.h"

/* Whether the n-th signature of the order is by this key. */
gboolean
jk_order_verify_signature (const JkOrder *self, guint n, const guint8 key[static JK_PUBLIC_BYTES]);
