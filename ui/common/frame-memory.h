/* SPDX-License-Identifier: Apache-2.0 */
/* common/frame-memory.h: memory that frames are drawn into, kept from one to the next. */
#pragma once

#include <gtk/gtk.h>

/* On X11 GTK draws a frame with Cairo into shared memory that is new for each, and whose every page
 * the kernel first has to find and clear: 40 ms for a window of 1280x800 in which one colour
 * changes, against 2.3 ms in memory that is there already (GTK 4.8.3, Cairo 1.16, Xvfb, 2 shared
 * cores). Cairo gives memory back only when none of it is in use; so a little of it is.
 *
 * Makes room for frames as large as the largest monitor; pages take memory once they are drawn
 * into. Cleared with g_clear_pointer (&, cairo_surface_destroy), before the display is closed. NULL
 * where frames are drawn in another way. */
cairo_surface_t *jk_frame_memory_new (GdkDisplay *display);
