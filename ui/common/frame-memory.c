/* SPDX-License-Identifier: Apache-2.0 */
/* common/frame-memory.c: see the header. */
#include "common/frame-memory.h"

#ifdef GDK_WINDOWING_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>
#endif

#define KEPT_PX 16

#ifdef GDK_WINDOWING_X11

/* Width and height in pixels of the screen that no frame is wider or higher than. */
static void
measure (GdkDisplay *display, int *width, int *height)
{
  GListModel *monitors = gdk_display_get_monitors (display);

  *width = *height = KEPT_PX;
  for (guint n = 0; n < g_list_model_get_n_items (monitors); n++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, n);
    int scale = gdk_monitor_get_scale_factor (monitor);
    GdkRectangle place;
    gdk_monitor_get_geometry (monitor, &place);
    *width = MAX (*width, place.width * scale);
    *height = MAX (*height, place.height * scale);
  }
}

cairo_surface_t *
jk_frame_memory_new (GdkDisplay *display)
{
  int width, height;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);
  if (!GDK_IS_X11_DISPLAY (display))
    return NULL;
  Display *server = gdk_x11_display_get_xdisplay (display);
  cairo_surface_t *like = cairo_xlib_surface_create (server,
                                                     DefaultRootWindow (server),
                                                     DefaultVisual (server, DefaultScreen (server)),
                                                     KEPT_PX,
                                                     KEPT_PX);
  measure (display, &width, &height);
  /* The large one makes the room, the small one keeps it. */
  cairo_surface_t *large =
      cairo_surface_create_similar_image (like, CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_t *kept =
      cairo_surface_create_similar_image (like, CAIRO_FORMAT_RGB24, KEPT_PX, KEPT_PX);
  cairo_surface_destroy (large);
  cairo_surface_destroy (like);
  return kept;
}

#else

cairo_surface_t *
jk_frame_memory_new (GdkDisplay *display)
{
  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);
  return NULL;
}

#endif
