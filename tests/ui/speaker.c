/* SPDX-License-Identifier: Apache-2.0 */
/* speaker FIFO: the station's window on a desk of the test's own, for test-spoken.py. Does what
 * each line of the FIFO says: "warned 5", "extended 10", "resumed 3", "message TEXT", "save 5",
 * "left 4000", "page 9". */
#include "common/locale.h"
#include "station/window.h"
#include "ui/fake-desk.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

#define N_ITEMS 9

typedef struct {
  JkDesk *desk;
  const char *fifo;
} Speaker;

static void
obey (JkDesk *desk, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  guint64 number = g_ascii_strtoull (words[1], NULL, 10);

  if (g_str_equal (words[0], "left")) {
    jk_fake_desk_set_left (desk, number);
  } else if (g_str_equal (words[0], "page")) {
    jk_fake_desk_set_page (desk, (JkPage) number);
  } else if (g_str_equal (words[0], "save")) {
    desk->save = (JkSave) number;
    jk_fake_desk_tell (desk, "save");
  } else if (g_str_equal (words[0], "message")) {
    g_signal_emit_by_name (desk, "message", words[1]);
  } else {
    g_signal_emit_by_name (desk, words[0], (guint) number);
  }
}

static gboolean
read_lines (int fd, GIOCondition condition, gpointer user_data)
{
  Speaker *self = user_data;
  char buffer[4096];
  gssize size = read (fd, buffer, sizeof buffer - 1);

  if (size <= 0)
    return G_SOURCE_CONTINUE;
  buffer[size] = '\0';
  g_auto (GStrv) lines = g_strsplit (buffer, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      obey (self->desk, *line);
  return G_SOURCE_CONTINUE;
}

static void
activate (GtkApplication *application, Speaker *self)
{
  JkTheme *theme = jk_theme_new (gdk_display_get_default ());
  /* For writing too, so that it does not end with who wrote last. */
  int fd = open (self->fifo, O_RDWR | O_NONBLOCK | O_CLOEXEC);

  g_assert_true (fd >= 0);
  self->desk = jk_fake_desk_new (N_ITEMS);
  gtk_window_present (GTK_WINDOW (jk_station_window_new (application, self->desk, theme)));
  g_unix_fd_add (fd, G_IO_IN, read_lines, self);
}

int
main (int argc, char **argv)
{
  Speaker self = { .fifo = argv[1] };
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  jk_locale_init (JK_LANGUAGE_ENGLISH);
  g_signal_connect (application, "activate", G_CALLBACK (activate), &self);
  return argc == 2 ? g_application_run (G_APPLICATION (application), 1, argv) : 2;
}
