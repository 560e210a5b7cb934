/* SPDX-License-Identifier: Apache-2.0 */
/* station/window.c: the one window of a seat. */
#include "station/window.h"

#include "common/frame-memory.h"
#include "common/locale.h"
#include "panel/panel-view.h"
#include "station/banner.h"
#include "station/confirm-page.h"
#include "station/exam-page.h"
#include "station/idle-page.h"
#include "station/log-in-page.h"
#include "station/receipt-page.h"
#include "station/still-page.h"
#include "station/waiting-page.h"

struct _JkStationWindow {
  GtkApplicationWindow parent_instance;

  /* Owned */
  JkDesk *desk;
  JkTheme *theme;
  cairo_surface_t *frame_memory; /* may be NULL */

  /* Of the template */
  GtkOverlay *overlay;
  GtkWidget *rehearsal;
  GtkBox *demo_place;
  GtkBox *place;
  GtkBox *panel_place;

  /* Plain */
  guint keeping; /* source */
  gboolean was_active;
};

G_DEFINE_FINAL_TYPE (JkStationWindow, jk_station_window, GTK_TYPE_APPLICATION_WINDOW)

static GtkWidget *
make_page (JkStationWindow *self, JkPage page)
{
  switch (page) {
  case JK_PAGE_LOG_IN:
    return jk_log_in_page_new (self->desk);
  case JK_PAGE_CONFIRM:
    return jk_confirm_page_new (self->desk);
  case JK_PAGE_WAITING:
    return jk_waiting_page_new (self->desk);
  case JK_PAGE_ANSWERING:
    return jk_exam_page_new (self->desk, self->theme);
  case JK_PAGE_PAUSED:
  case JK_PAGE_HELD:
  case JK_PAGE_ARRIVED:
    return jk_still_page_new (self->desk);
  case JK_PAGE_HANDED_IN:
    return jk_receipt_page_new (self->desk);
  default:
    return jk_idle_page_new (self->desk);
  }
}

/* A page that is not shown does not exist: GTK 4.8 tells screen readers that it is there. */
static void
show_page (JkStationWindow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->place));
  const JkSession *session = jk_desk_get_session (self->desk);
  gboolean is_rehearsal = session != NULL && jk_session_is_rehearsal (session);
  GtkWidget *page = make_page (self, jk_desk_get_page (self->desk));

  if (child != NULL)
    gtk_box_remove (self->place, child);
  gtk_widget_set_hexpand (page, TRUE);
  gtk_box_append (self->place, page);
  gtk_widget_set_visible (self->rehearsal, is_rehearsal);
  gtk_widget_set_visible (GTK_WIDGET (self->demo_place), is_rehearsal);
  /* Behind the panel nothing takes the keyboard. */
  if (gtk_widget_get_visible (GTK_WIDGET (self->overlay)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static gboolean
is_someones (JkPage page)
{
  return page >= JK_PAGE_CONFIRM && page <= JK_PAGE_HANDED_IN;
}

/* Nobody closes an exam by accident; the program is ended by the system, and comes back (P9). */
static gboolean
close_request (GtkWindow *window)
{
  JkStationWindow *self = JK_STATION_WINDOW (window);

  return is_someones (jk_desk_get_page (self->desk));
}

static void
note_active (JkStationWindow *self)
{
  gboolean is_active = gtk_window_is_active (GTK_WINDOW (self));

  if (is_active == self->was_active)
    return;
  self->was_active = is_active;
  jk_desk_note_focus (self->desk, is_active ? JK_FOCUS_FOUND : JK_FOCUS_LOST);
}

static void
note_displays (JkStationWindow *self)
{
  jk_desk_note_focus (self->desk, JK_FOCUS_DISPLAYS);
}

static void
change_size (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkStationWindow *self = JK_STATION_WINDOW (widget);
  guint percent = jk_theme_get_percent (self->theme);

  if (g_str_equal (name, "win.larger"))
    percent += JK_PERCENT_STEP;
  else if (g_str_equal (name, "win.smaller"))
    percent -= JK_PERCENT_STEP;
  else
    percent = 100;
  jk_theme_set_percent (self->theme, percent);
}

static void
change_scheme (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkStationWindow *self = JK_STATION_WINDOW (widget);

  jk_theme_set_scheme (self->theme, (jk_theme_get_scheme (self->theme) + 1) % JK_N_SCHEMES);
}

static void
change_language (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean is_chinese = jk_locale_get_language () == JK_LANGUAGE_CHINESE;

  jk_locale_set_language (is_chinese ? JK_LANGUAGE_ENGLISH : JK_LANGUAGE_CHINESE);
  show_page (JK_STATION_WINDOW (widget));
}

static void
close_panel (JkStationWindow *self)
{
  GtkWidget *panel = gtk_widget_get_first_child (GTK_WIDGET (self->panel_place));
  GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->place));

  gtk_widget_set_visible (GTK_WIDGET (self->panel_place), FALSE);
  gtk_box_remove (self->panel_place, panel);
  gtk_widget_set_visible (GTK_WIDGET (self->overlay), TRUE);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/* The page, and what is told to the candidate, go out of sight and stay as they are. */
static void
open_panel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkStationWindow *self = JK_STATION_WINDOW (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->panel_place)))
    return;
  GtkWidget *panel = jk_panel_view_new (self->desk);
  g_signal_connect_object (panel, "closed", G_CALLBACK (close_panel), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (panel, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->overlay), FALSE);
  gtk_box_append (self->panel_place, panel);
  gtk_widget_set_visible (GTK_WIDGET (self->panel_place), TRUE);
  jk_panel_view_focus (JK_PANEL_VIEW (panel));
}

/* On every page, those without buttons for it too. */
static void
bind_keys (GtkWidgetClass *klass)
{
  static const struct {
    guint key;
    GdkModifierType shift;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, 0, "win.larger" },   { GDK_KEY_plus, GDK_SHIFT_MASK, "win.larger" },
    { GDK_KEY_equal, 0, "win.larger" },  { GDK_KEY_KP_Add, 0, "win.larger" },
    { GDK_KEY_minus, 0, "win.smaller" }, { GDK_KEY_KP_Subtract, 0, "win.smaller" },
    { GDK_KEY_0, 0, "win.usual-size" },  { GDK_KEY_KP_0, 0, "win.usual-size" },
  };

  for (guint n = 0; n < G_N_ELEMENTS (keys); n++)
    gtk_widget_class_add_binding_action (klass,
                                         keys[n].key,
                                         GDK_CONTROL_MASK | keys[n].shift,
                                         keys[n].action,
                                         NULL);
  gtk_widget_class_add_binding_action (klass,
                                       GDK_KEY_p,
                                       GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "win.panel",
                                       NULL);
}

/* Not for the first frame, which should come soon and be small. */
static void
keep_frame_memory (gpointer user_data)
{
  JkStationWindow *self = user_data;

  self->keeping = 0;
  self->frame_memory = jk_frame_memory_new (gtk_widget_get_display (GTK_WIDGET (self)));
}

static void
dispose (GObject *object)
{
  JkStationWindow *self = JK_STATION_WINDOW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->theme);
  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_pointer (&self->frame_memory, cairo_surface_destroy);
  /* Or the template drops it first, and GTK drops once more what is gone. */
  gtk_window_set_child (GTK_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_STATION_WINDOW);
  G_OBJECT_CLASS (jk_station_window_parent_class)->dispose (object);
}

static void
jk_station_window_class_init (JkStationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/window.ui");
  gtk_widget_class_bind_template_child (widget_class, JkStationWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, JkStationWindow, rehearsal);
  gtk_widget_class_bind_template_child (widget_class, JkStationWindow, demo_place);
  gtk_widget_class_bind_template_child (widget_class, JkStationWindow, place);
  gtk_widget_class_bind_template_child (widget_class, JkStationWindow, panel_place);
  gtk_widget_class_install_action (widget_class, "win.larger", NULL, change_size);
  gtk_widget_class_install_action (widget_class, "win.smaller", NULL, change_size);
  gtk_widget_class_install_action (widget_class, "win.usual-size", NULL, change_size);
  gtk_widget_class_install_action (widget_class, "win.scheme", NULL, change_scheme);
  gtk_widget_class_install_action (widget_class, "win.language", NULL, change_language);
  gtk_widget_class_install_action (widget_class, "win.panel", NULL, open_panel);
  bind_keys (widget_class);
}

static void
jk_station_window_init (JkStationWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

JkStationWindow *
jk_station_window_new (GtkApplication *application, JkDesk *desk, JkTheme *theme)
{
  JkStationWindow *self = g_object_new (JK_TYPE_STATION_WINDOW, "application", application, NULL);
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));

  self->desk = g_object_ref (desk);
  self->theme = g_object_ref (theme);
  jk_theme_follow (theme, GTK_WIDGET (self));
  gtk_overlay_add_overlay (self->overlay, jk_banner_new (desk));
  g_signal_connect_object (desk, "notify::page", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitors,
                           "items-changed",
                           G_CALLBACK (note_displays),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (note_active), NULL);
  self->keeping = g_idle_add_once (keep_frame_memory, self);
  show_page (self);
  return self;
}

void
jk_station_window_set_demo (JkStationWindow *self, GtkWidget *line)
{
  g_return_if_fail (JK_IS_STATION_WINDOW (self) && GTK_IS_WIDGET (line));
  gtk_box_append (self->demo_place, line);
}
