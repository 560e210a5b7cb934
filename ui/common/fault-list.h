/* SPDX-License-Identifier: Apache-2.0 */
/* common/fault-list.h: what a proctor has to see to at this PC (jk_desk_get_fault). */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

/* Fills lines with a paragraph for each sentence; frame is seen where there is one. */
void jk_fault_list_fill (GtkBox *lines, GtkWidget *frame, JkDesk *desk);
