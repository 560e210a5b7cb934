/* SPDX-License-Identifier: Apache-2.0 */
/* station/banner.h: what a candidate must know in the middle of the exam, above the page.
 *
 * Shows what the desk's "warned", "extended", "message", "resumed" and "stick-done" say, one at a
 * time: warnings first, the newest of them; the rest in the order they came. Warnings close by
 * themselves, and a proctor's message stays until it was read. Pushes nothing away and never takes
 * the keyboard; Esc closes it wherever the page has no other use for that key. Each text, and each
 * trouble with saving, is also announced to screen readers; the time left is not. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_BANNER_WARNING_S 10 /* so long a warning stays, and all else that is no message */

#define JK_TYPE_BANNER (jk_banner_get_type ())
G_DECLARE_FINAL_TYPE (JkBanner, jk_banner, JK, BANNER, GtkWidget)

GtkWidget *jk_banner_new (JkDesk *desk);
