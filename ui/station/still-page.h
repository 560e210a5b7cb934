/* SPDX-License-Identifier: Apache-2.0 */
/* station/still-page.h: the exam stands still: paused, held for a proctor, or arrived from another
 * PC. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_STILL_PAGE (jk_still_page_get_type ())
G_DECLARE_FINAL_TYPE (JkStillPage, jk_still_page, JK, STILL_PAGE, GtkWidget)

GtkWidget *jk_still_page_new (JkDesk *desk);
