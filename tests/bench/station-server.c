/* SPDX-License-Identifier: Apache-2.0 */
/* station-server.c: see the header. */
#include "station-server.h"

#include "bench-source.h"
#include "station-frame.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

gboolean
bench_server_start (BenchServer *self)
{
  g_autofree char *found = g_find_program_in_path ("Xvfb");
  char number[16] = "";
  int ends[2];

  if (found == NULL || !g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    return FALSE;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_take_fd (launcher, ends[1], 3);
  self->process = g_subprocess_launcher_spawn (launcher,
                                               NULL,
                                               found,
                                               "-displayfd",
                                               "3",
                                               "-screen",
                                               "0",
                                               "1280x800x24",
                                               "-noreset",
                                               "-nolisten",
                                               "tcp",
                                               NULL);
  g_subprocess_launcher_close (launcher);
  bench_must (self->process != NULL, NULL);
  /* Up to the end of the line: a server that cannot write all of it gives up. */
  for (gsize n = 0; n + 1 < sizeof number && read (ends[0], &number[n], 1) == 1; n++) {
    if (number[n] == '\n')
      break;
  }
  close (ends[0]);
  self->display = g_strdup_printf (":%s", g_strstrip (number));
  return number[0] != '\0';
}

GSubprocess *
bench_server_spawn (const BenchServer *self, const char *const *argv, int beat)
{
  static const char *const values[][2] = {
    { "GSK_RENDERER", "cairo" }, { "GDK_DEBUG", "gl-disable" },     { "GTK_A11Y", "none" },
    { "GDK_BACKEND", "x11" },    { "GSETTINGS_BACKEND", "memory" }, { "LC_ALL", "C.UTF-8" },
  };
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, bench_now_ns ());
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (values); n++)
    g_subprocess_launcher_setenv (launcher, values[n][0], values[n][1], TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_setenv (launcher, "DISPLAY", self->display, TRUE);
  g_subprocess_launcher_setenv (launcher, "START_NS", now, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  if (beat >= 0)
    g_subprocess_launcher_take_fd (launcher, beat, 3);
  GSubprocess *child = g_subprocess_launcher_spawnv (launcher, argv, &error);
  bench_must (child != NULL, error);
  g_subprocess_launcher_close (launcher);
  return child;
}

char **
bench_server_read (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  bench_must (g_subprocess_communicate_utf8 (child, NULL, NULL, &text, NULL, &error) &&
                  g_subprocess_get_successful (child),
              error);
  return g_strsplit (text, "\n", -1);
}

void
bench_server_clear (BenchServer *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  g_clear_pointer (&self->display, g_free);
}
