/* SPDX-License-Identifier: Apache-2.0 */
/* station/receipt-page.h: 回执: the code, its QR code, the own answers, and what to do now. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_RECEIPT_PAGE (jk_receipt_page_get_type ())
G_DECLARE_FINAL_TYPE (JkReceiptPage, jk_receipt_page, JK, RECEIPT_PAGE, GtkWidget)

GtkWidget *jk_receipt_page_new (JkDesk *desk);
