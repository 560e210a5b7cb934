/* SPDX-License-Identifier: Apache-2.0 */
/* desk/handin-orders.h: what a closing sheet lets the PCs of its hall do (desk/handin.h, H4). */
#pragma once

#include "desk/desk-private.h"
#include "result/build-sheet.h"
#include "result/room.h"

/* Writes to a folder, signed by the two of the sheet and for every PC of the hall: “collect” for
 * each result whose slip counts only because it was accepted, then “end”. Where no slip was, it
 * writes nothing: those PCs are collected and ended by hand. On the worker. *out_n: how many.
 * Errors: those of jk_order_countersign and jk_storage_write_proven. */
gboolean jk_handin_orders_write (JkDesk *desk,
                                 const char *folder,
                                 const JkSheet *sheet,
                                 const JkRoom *room,
                                 const JkSheetSigner *first,
                                 const JkSheetSigner *second,
                                 guint *out_n,
                                 GError **error);
