/* SPDX-License-Identifier: Apache-2.0 */
/* tool/order-counter.h: how many orders were given with a file of secrets, so that stations can
 * tell when one of a role's orders did not reach them.
 *
 * SECRETS.counter lies beside the file of secrets, 0600: the number of the last order, in one line.
 * A file of secrets has the passcode of one role, so roles are counted apart. */
#pragma once

#include "tool/tool.h"

#define JK_ORDER_COUNTER_MAX G_MAXUINT32

/* The number of the next order: one more than the file says, 1 when there is none. Errors:
 * JK_BASE_ERROR_TEXT (no number, or the last there is), TOO_LARGE, STORAGE. */
gboolean jk_order_counter_next (const JkTool *tool,
                                const char *secrets,
                                guint64 *out_number,
                                GError **error);

/* Remembers the number of an order that was given. Errors: STORAGE. */
gboolean
jk_order_counter_keep (const JkTool *tool, const char *secrets, guint64 number, GError **error);
