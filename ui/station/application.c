/* SPDX-License-Identifier: Apache-2.0 */
/* station/application.c: the program in front of a candidate. */
#include "station/application.h"

#include "base/fast-clock.h"
#include "common/locale.h"
#include "desk/opening.h"
#include "station/demo-line.h"
#include "station/last-view.h"
#include "station/screen-reader.h"
#include "station/trouble-view.h"
#include "station/window.h"

#include <glib-unix.h>
#include <signal.h>

#define AGAIN_S 5
#define WIDTH 1280
#define HEIGHT 800

struct _JkStationApplication {
  GtkApplication parent_instance;

  /* Borrowed */
  const JkStationOptions *options;

  /* Owned */
  JkDeskOpening *opening; /* NULL: finished; what comes of it is desk */
  JkDesk *desk;
  JkTheme *theme;

  /* Borrowed from GTK; shown while the desk does not open; NULL: it is open */
  GtkWindow *trouble;

  /* Plain */
  guint again; /* source */
  JkFastClock clock;
  JkWorld world;
  int status;
  JkPage page;
};

G_DEFINE_FINAL_TYPE (JkStationApplication, jk_station_application, GTK_TYPE_APPLICATION)

/* GTK's inspector is one key away in every program otherwise, dialogs included. */
static gboolean
refuse_debugging (GtkWindow *window, gboolean toggle)
{
  return FALSE;
}

static JkDeskOpening *
begin_opening (JkStationApplication *self)
{
  const JkStationOptions *options = self->options;

  self->world = *jk_world_system ();
  if (options->speed > 1) {
    jk_fast_clock_init (&self->clock, self->world.clock, options->speed);
    self->world.clock = &self->clock.clock;
  }
  const JkDeskPlace place = {
    .world = &self->world,
    .store = options->store,
    .authorities = options->authorities,
    .inbox = options->inbox,
    .hardware = options->hardware,
    .label = options->seat,
    .incidents = options->incidents,
  };
  return jk_desk_opening_new (&place);
}

static void
startup (GApplication *application)
{
  G_APPLICATION_CLASS (jk_station_application_parent_class)->startup (application);
  GtkWindowClass *windows = g_type_class_ref (GTK_TYPE_WINDOW);
  windows->enable_debugging = refuse_debugging;
  /* Never unreferenced: the class must stay as it is now. */
}

/* What counts is never played fast, also when it arrives later. */
static gboolean
check_speed (JkStationApplication *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);

  if (self->options->speed == 1 || session == NULL || jk_session_is_rehearsal (session))
    return TRUE;
  g_printerr ("jikao: --speed is for rehearsals; session %s counts; start without it.\n",
              jk_session_get_name (session));
  self->status = 2;
  g_application_quit (G_APPLICATION (self));
  return FALSE;
}

static gboolean
open_desk (JkStationApplication *self, GError **error)
{
  /* Not the first attempt, and a fast clock begins with it. */
  if (self->opening == NULL)
    self->opening = begin_opening (self);
  self->desk = jk_desk_opening_finish (g_steal_pointer (&self->opening), error);
  if (self->desk == NULL)
    return FALSE;
  if (self->options->speed > 1)
    jk_fast_clock_pace_wall (self->world.clock);
  g_signal_connect_object (self->desk,
                           "notify::page",
                           G_CALLBACK (check_speed),
                           self,
                           G_CONNECT_SWAPPED);
  return TRUE;
}

static void
add_demo_line (JkStationApplication *self, JkStationWindow *window)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *line = jk_demo_line_new (self->options->demo, &error);

  if (line != NULL)
    jk_station_window_set_demo (window, line);
  else
    g_printerr ("%s: %s\n", self->options->demo, error->message);
}

static gboolean
is_somebodys (JkDesk *desk)
{
  JkPage page = jk_desk_get_page (desk);

  return page >= JK_PAGE_CONFIRM && page <= JK_PAGE_HANDED_IN;
}

static gboolean
does_policy_want_reader (JkDesk *desk)
{
  const JkSession *session = jk_desk_get_session (desk);

  return session != NULL && jk_session_get_policy (session)->screen_reader;
}

/* Ends in another run of this program; when the system refuses, whoever keeps it up starts it. */
static void
restart (JkStationApplication *self, gboolean has_reader)
{
  jk_desk_close (self->desk);
  jk_screen_reader_restart (has_reader);
  g_clear_object (&self->desk);
  self->status = 1;
  g_application_quit (G_APPLICATION (self));
}

/* Nobody is interrupted for it: where somebody sits, it was asked for before. */
static void
change_reader (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  JkStationApplication *self = user_data;
  gboolean is_wanted = g_variant_get_boolean (state);
  g_autoptr (GError) error = NULL;

  if (is_wanted == jk_screen_reader_is_on () || is_somebodys (self->desk) ||
      jk_desk_is_busy (self->desk))
    return;
  if (!jk_screen_reader_want (self->world.storage, self->options->store, is_wanted, &error)) {
    g_printerr ("%s\n", error->message);
    return;
  }
  restart (self, is_wanted);
}

/* A session that wants screen readers at every seat has them from the moment it is here. */
static void
follow_page (JkStationApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "screen-reader");
  gboolean is_ruled = does_policy_want_reader (self->desk);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), !is_ruled && !is_somebodys (self->desk));
  if (is_ruled && !jk_screen_reader_is_on () && !is_somebodys (self->desk))
    restart (self, TRUE);
}

static void
add_reader (JkStationApplication *self)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful ("screen-reader",
                                    NULL,
                                    g_variant_new_boolean (jk_screen_reader_is_on ()));

  g_signal_connect (action, "change-state", G_CALLBACK (change_reader), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  g_signal_connect_object (self->desk,
                           "notify::page",
                           G_CALLBACK (follow_page),
                           self,
                           G_CONNECT_SWAPPED);
  follow_page (self);
}

static void
keep_view (JkStationApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (is_somebodys (self->desk) &&
      !jk_last_view_keep (self->world.storage, self->options->store, self->theme, &error))
    g_printerr ("%s\n", error->message);
}

/* The next candidate begins as the first one did. */
static void
follow_person (JkStationApplication *self)
{
  gboolean was_anothers = self->page == JK_PAGE_COLLECTED || self->page == JK_PAGE_MOVED;

  self->page = jk_desk_get_page (self->desk);
  if (self->page == JK_PAGE_LOG_IN && was_anothers) {
    jk_locale_set_language (self->options->language);
    jk_theme_set_percent (self->theme, 100);
    jk_theme_set_scheme (self->theme, JK_SCHEME_LIGHT);
  }
  keep_view (self);
}

/* Before there is a window: it makes its page in the language that is set. */
static void
add_view (JkStationApplication *self)
{
  if (is_somebodys (self->desk))
    jk_last_view_show (self->world.storage, self->options->store, self->theme);
  follow_person (self);
  g_signal_connect_object (self->desk,
                           "notify::page",
                           G_CALLBACK (follow_person),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->theme, "notify", G_CALLBACK (keep_view), self, G_CONNECT_SWAPPED);
}

static void
show_window (JkStationApplication *self)
{
  GtkWindow *window =
      GTK_WINDOW (jk_station_window_new (GTK_APPLICATION (self), self->desk, self->theme));

  if (self->options->demo != NULL)
    add_demo_line (self, JK_STATION_WINDOW (window));
  gtk_application_inhibit (GTK_APPLICATION (self),
                           window,
                           GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND |
                               GTK_APPLICATION_INHIBIT_LOGOUT,
                           "exam");
  if (!self->options->is_window)
    gtk_window_fullscreen (window);
  gtk_window_present (window);
}

/* In place of a black screen; who runs it in a window reads the terminal. */
static void
show_trouble (JkStationApplication *self, const GError *error)
{
  if (self->trouble == NULL) {
    g_printerr ("%s\n", error->message);
    self->status = 1;
  }
  if (self->options->is_window)
    return;
  if (self->trouble == NULL) {
    self->trouble = GTK_WINDOW (gtk_application_window_new (GTK_APPLICATION (self)));
    g_object_add_weak_pointer (G_OBJECT (self->trouble), (gpointer *) &self->trouble);
    jk_theme_follow (self->theme, GTK_WIDGET (self->trouble));
    gtk_window_set_default_size (self->trouble, WIDTH, HEIGHT);
    gtk_window_fullscreen (self->trouble);
  }
  gtk_window_set_child (self->trouble, jk_trouble_view_new (self->options->seat, error));
  gtk_window_present (self->trouble);
}

/* TRUE when there is nothing more to try. */
static gboolean
begin (JkStationApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (!open_desk (self, &error)) {
    show_trouble (self, error);
    return FALSE;
  }
  self->status = 0;
  if (!check_speed (self))
    return TRUE;
  /* Nothing is shown yet, so nobody is interrupted, after a crash in mid-exam either. */
  if (does_policy_want_reader (self->desk) && !jk_screen_reader_is_on ()) {
    restart (self, TRUE);
    return TRUE;
  }
  add_reader (self);
  add_view (self);
  show_window (self);
  if (self->trouble != NULL)
    gtk_window_destroy (self->trouble);
  return TRUE;
}

static gboolean
begin_again (gpointer user_data)
{
  JkStationApplication *self = user_data;

  if (!begin (self))
    return G_SOURCE_CONTINUE;
  self->again = 0;
  return G_SOURCE_REMOVE;
}

static void
activate (GApplication *application)
{
  JkStationApplication *self = JK_STATION_APPLICATION (application);

  if (self->desk != NULL || self->trouble != NULL)
    return;
  self->theme = jk_theme_new (gdk_display_get_default ());
  if (!begin (self) && self->trouble != NULL)
    self->again = g_timeout_add_seconds (AGAIN_S, begin_again, self);
}

static gboolean
stop (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
shutdown_application (GApplication *application)
{
  JkStationApplication *self = JK_STATION_APPLICATION (application);

  g_clear_handle_id (&self->again, g_source_remove);
  if (self->desk != NULL)
    jk_desk_close (self->desk);
  G_APPLICATION_CLASS (jk_station_application_parent_class)->shutdown (application);
  g_clear_object (&self->theme);
  g_clear_object (&self->desk);
}

/* A program that did not come to show anything may have begun to open. */
static void
dispose (GObject *object)
{
  JkStationApplication *self = JK_STATION_APPLICATION (object);
  g_autoptr (JkDesk) desk = NULL;

  if (self->opening != NULL)
    desk = jk_desk_opening_finish (g_steal_pointer (&self->opening), NULL);
  if (desk != NULL)
    jk_desk_close (desk);
  G_OBJECT_CLASS (jk_station_application_parent_class)->dispose (object);
}

static void
jk_station_application_class_init (JkStationApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  application_class->startup = startup;
  application_class->activate = activate;
  application_class->shutdown = shutdown_application;
}

static void
jk_station_application_init (JkStationApplication *self)
{
}

void
jk_station_prepare (const JkStationOptions *options)
{
  /* Without a GPU Cairo is several times faster than GL and takes a third of the memory; with one
   * it is fast enough for text. */
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  /* Whatever is on the accessibility bus can be read by every program of this account, and GTK 4.8
   * can be crashed over it: on only where a candidate needs it. */
  if (options->wants_screen_reader || jk_screen_reader_is_wanted (options->store))
    g_setenv ("GTK_A11Y", "atspi", TRUE);
  g_setenv ("GTK_A11Y", "none", FALSE);
  /* What jk_locale_init sets stays; and the desk is opened on a thread meanwhile. */
  gtk_disable_setlocale ();
}

JkStationApplication *
jk_station_application_new (const JkStationOptions *options)
{
  JkStationApplication *self = g_object_new (JK_TYPE_STATION_APPLICATION,
                                             "application-id",
                                             JK_STATION_ID,
                                             "flags",
                                             G_APPLICATION_NON_UNIQUE,
                                             NULL);

  self->options = options;
  /* While GTK connects to the display, which takes as long. */
  self->opening = begin_opening (self);
  g_unix_signal_add (SIGTERM, stop, self);
  return self;
}

int
jk_station_application_get_status (JkStationApplication *self)
{
  g_return_val_if_fail (JK_IS_STATION_APPLICATION (self), 1);
  return self->status;
}
