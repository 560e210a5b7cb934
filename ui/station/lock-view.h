/* SPDX-License-Identifier: Apache-2.0 */
/* station/lock-view.h: 暂离锁屏: in the place of the page until who sits here types the ID number.
 *
 * The clock goes on, and says so. Who shows it hides the page behind it from the keyboard and from
 * screen readers.
 *
 * Signal: "unlocked" () */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_LOCK_VIEW (jk_lock_view_get_type ())
G_DECLARE_FINAL_TYPE (JkLockView, jk_lock_view, JK, LOCK_VIEW, GtkWidget)

GtkWidget *jk_lock_view_new (JkDesk *desk);
