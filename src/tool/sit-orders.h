/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-orders.h: orders that reach a scripted candidate at given moments. */
#pragma once

#include "sitting/sitting.h"
#include "tool/tool.h"

/* The moment after the hand-in. */
#define JK_SIT_ORDERS_END G_MAXUINT

typedef struct _JkSitOrders JkSitOrders;

/* Reads "WHEN:FILE" for each of texts (zero-terminated; NULL: none): WHEN is a number of questions
 * that were gone through before, or "end". Errors: JK_BASE_ERROR_TEXT, those of jk_storage_read and
 * jk_order_parse. */
JkSitOrders *jk_sit_orders_load (const JkStorage *storage, char *const *texts, GError **error);
void jk_sit_orders_free (JkSitOrders *self);

/* Obeys those of a moment, in the order given, and prints each: obeyed, event's act, epoch. One
 * that was obeyed before a kill is passed over. Errors: those of jk_sitting_obey. */
gboolean jk_sit_orders_obey (const JkSitOrders *self,
                             JkTool *tool,
                             JkSitting *sitting,
                             guint moment,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSitOrders, jk_sit_orders_free)
