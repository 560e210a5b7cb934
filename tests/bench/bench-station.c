/* SPDX-License-Identifier: Apache-2.0 */
/* bench-station: the window of an exam against a bare window, on an X server of its own with
 * 1280 x 800, drawn by Cairo without a graphics card.
 *
 *     bench-station                                    measures
 *     bench-station STORE INBOX AUTHORITIES START_MS   is the window that is measured
 *
 * The window is that of a station whose program was started again in mid-exam: stores are opened
 * and the journal is read before the first frame. 90 questions, stems of 20 to 400 random Han
 * characters, so that most glyphs are new; each is gone to once, by the action that the button
 * names. A latency is from there until the X server has drawn the frame. The two windows take
 * turns; figures are medians over the turns, percentiles are over all questions of all turns.
 * Random text needs several times the glyphs of a real paper, so the memory at the end is an upper
 * bound. Lines: name, value, unit, floor (what the bare window takes, or what may be added to it),
 * ratio.
 */
#include "bench-source.h"
#include "desk/check-desk.h"
#include "station-frame.h"
#include "station-world.h"
#include "station/window.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define TURNS 7
#define REST_MS 30
#define LATER_MAX_MS 100.0
#define P50_MAX_MS 16.0
#define P99_MAX_MS 33.0
#define N_NEXT (JK_TEST_EXAM_LONG_ITEMS - 1)

typedef struct {
  double first_ms[TURNS];
  double first_cpu_ms[TURNS];               /* processor time until then */
  double first_mib[TURNS], last_mib[TURNS]; /* resident after the first frame, and at the end */
} Figures;

typedef struct {
  /* Owned */
  GSubprocess *server;
  char *display; /* ":7" */
  JkTestExam *exam;
  Fixture fixture;
  BenchWorld world;
  char *store;     /* as it was in mid-exam; copied for each turn */
  char *folder;    /* of this program, with the bare window beside it */
  GArray *next_ms; /* of double: latencies */
  GArray *cpu_ms;  /* of double: processor time of them */
  /* Plain */
  gint64 start_ms;
  Figures hello, station;
} Bench;

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
percentile (double *values, guint n, double part)
{
  qsort (values, n, sizeof *values, compare);
  return values[(guint) (part * (n - 1) + 0.5)];
}

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* FALSE when there is no X server here. */
static gboolean
start_server (Bench *self)
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
  self->server = g_subprocess_launcher_spawn (launcher,
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
  bench_must (self->server != NULL, NULL);
  /* Up to the end of the line: a server that cannot write all of it gives up. */
  for (gsize n = 0; n + 1 < sizeof number && read (ends[0], &number[n], 1) == 1; n++) {
    if (number[n] == '\n')
      break;
  }
  close (ends[0]);
  self->display = g_strdup_printf (":%s", g_strstrip (number));
  return number[0] != '\0';
}

/* A sitting that has just begun, and a program that ended. */
static void
prepare (Bench *self)
{
  const JkTestExamOptions options = { .rehearsal = TRUE, .long_items = TRUE };
  g_autoptr (GError) error = NULL;

  g_setenv ("JIKAO_SOURCE_ROOT", JK_BENCH_ROOT, FALSE);
  self->start_ms = jk_clock_system ()->wall_ms (jk_clock_system ());
  bench_must (jk_guard_init (&error), error);
  self->exam = jk_test_exam_new_with (&options);
  bench_world_init (&self->world, self->start_ms);
  self->fixture = (Fixture){ .exam = self->exam,
                             .folder = jk_test_folder_new (),
                             .heard = g_string_new (NULL) };
  self->store = jk_test_folder_dup_path (self->fixture.folder, "store");
  self->fixture.place = (JkDeskPlace){
    .world = &self->world.world,
    .store = self->store,
    .inbox = jk_test_folder_dup_path (self->fixture.folder, "inbox"),
    .authorities = jk_test_exam_get_authorities_path (self->exam),
    .hardware = "test PC",
  };
  bench_must (g_mkdir (self->fixture.place.inbox, 0700) == 0, NULL);
  begin (&self->fixture);
  choose (&self->fixture, 0, 0);
  await_save (&self->fixture, JK_SAVE_SAVED);
  close_desk (&self->fixture);
}

static GSubprocess *
spawn (Bench *self, const char *const *argv)
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
  GSubprocess *child = g_subprocess_launcher_spawnv (launcher, argv, &error);
  bench_must (child != NULL, error);
  return child;
}

/* Starts a window and reads what it prints. */
static void
take_turn (Bench *self, const char *const *argv, Figures *figures, guint turn)
{
  g_autoptr (GSubprocess) child = spawn (self, argv);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  bench_must (g_subprocess_communicate_utf8 (child, NULL, NULL, &text, NULL, &error) &&
                  g_subprocess_get_successful (child),
              error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint n = 0; lines[n] != NULL; n++) {
    const char *value = strchr (lines[n], ' ');
    if (value == NULL)
      continue;
    double number = g_ascii_strtod (value, NULL);
    if (g_str_has_prefix (lines[n], "first "))
      figures->first_ms[turn] = number / 1e6;
    else if (g_str_has_prefix (lines[n], "first-cpu "))
      figures->first_cpu_ms[turn] = number / 1e6;
    else if (g_str_has_prefix (lines[n], "resident-first "))
      figures->first_mib[turn] = number / 1024;
    else if (g_str_has_prefix (lines[n], "resident-last "))
      figures->last_mib[turn] = number / 1024;
    else {
      number /= 1e6;
      g_array_append_val (g_str_has_prefix (lines[n], "cpu ") ? self->cpu_ms : self->next_ms,
                          number);
    }
  }
}

static void
take_turns (Bench *self, guint turn)
{
  g_autofree char *hello = g_build_filename (self->folder, "station-hello", NULL);
  g_autofree char *station = g_build_filename (self->folder, "bench-station", NULL);
  g_autofree char *copy = g_strdup_printf ("%s-%u", self->store, turn);
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, self->start_ms);
  const char *const copying[] = { "cp", "-a", self->store, copy, NULL };
  const char *const bare[] = { hello, NULL };
  const char *const full[] = {
    station, copy, self->fixture.place.inbox, self->fixture.place.authorities, start, NULL
  };

  bench_must (g_spawn_sync (NULL,
                            (char **) copying,
                            NULL,
                            G_SPAWN_SEARCH_PATH,
                            NULL,
                            NULL,
                            NULL,
                            NULL,
                            NULL,
                            NULL),
              NULL);
  /* The first one changes from turn to turn. */
  for (guint n = 0; n < 2; n++) {
    if ((turn + n) % 2 == 0)
      take_turn (self, bare, &self->hello, turn);
    else
      take_turn (self, full, &self->station, turn);
  }
}

static double
percentile_of (GArray *values, double part)
{
  return percentile ((double *) (void *) values->data, values->len, part);
}

static void
report_memory (const char *name, double *station, double *hello)
{
  double full = percentile (station, TURNS, 0.5), bare = percentile (hello, TURNS, 0.5);

  printf ("station.%s\t%.1f\tMiB\t%.1f\t%.2f\n", name, full, bare, full / bare);
}

static void
report (Bench *self)
{
  double hello = percentile (self->hello.first_ms, TURNS, 0.5);
  double station = percentile (self->station.first_ms, TURNS, 0.5);
  double p50 = percentile_of (self->next_ms, 0.5), p99 = percentile_of (self->next_ms, 0.99);

  printf ("station.first-frame\t%.0f\tms\t%.0f\t%.2f\n", station, hello, station / hello);
  printf ("station.first-frame-later\t%.0f\tms\t%.0f\t%.2f\n",
          station - hello,
          LATER_MAX_MS,
          (station - hello) / LATER_MAX_MS);
  double bare = percentile (self->hello.first_cpu_ms, TURNS, 0.5);
  double full = percentile (self->station.first_cpu_ms, TURNS, 0.5);
  printf ("station.first-frame-cpu\t%.0f\tms\t%.0f\t%.2f\n", full, bare, full / bare);
  report_memory ("resident-first", self->station.first_mib, self->hello.first_mib);
  report_memory ("resident-last", self->station.last_mib, self->hello.last_mib);
  printf ("station.next-p50\t%.1f\tms\t%.0f\t%.2f\n", p50, P50_MAX_MS, p50 / P50_MAX_MS);
  printf ("station.next-p99\t%.1f\tms\t%.0f\t%.2f\n", p99, P99_MAX_MS, p99 / P99_MAX_MS);
  printf ("station.next-cpu-p50\t%.1f\tms\t-\t-\n", percentile_of (self->cpu_ms, 0.5));
}

static void
clear (Bench *self)
{
  g_subprocess_force_exit (self->server);
  g_clear_object (&self->server);
  g_free ((char *) self->fixture.place.inbox);
  g_string_free (self->fixture.heard, TRUE);
  jk_test_folder_free (self->fixture.folder);
  jk_test_exam_free (self->exam);
  bench_world_clear (&self->world);
  g_array_unref (self->next_ms);
  g_array_unref (self->cpu_ms);
  g_free (self->display);
  g_free (self->store);
  g_free (self->folder);
}

static int
measure_windows (const char *program)
{
  Bench self = { .next_ms = g_array_new (FALSE, FALSE, sizeof (double)),
                 .cpu_ms = g_array_new (FALSE, FALSE, sizeof (double)),
                 .folder = g_path_get_dirname (program) };

  if (!start_server (&self)) {
    fprintf (stderr, "bench-station: skipped, there is no Xvfb\n");
    return 0;
  }
  prepare (&self);
  for (guint turn = 0; turn < TURNS; turn++)
    take_turns (&self, turn);
  report (&self);
  clear (&self);
  return 0;
}

static GtkWidget *
find_page (GtkWidget *widget)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), "exam"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_page (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
go_through (GtkWidget *window, BenchFrame *frame)
{
  GtkWidget *page = find_page (window);

  bench_must (page != NULL, NULL);
  for (guint n = 0; n < N_NEXT; n++) {
    bench_frame_rest_ms (REST_MS);
    gint64 cpu = bench_cpu_ns ();
    frame->start_ns = bench_now_ns ();
    gtk_widget_activate_action (page, "exam.next", NULL);
    printf ("next %" G_GINT64_FORMAT "\n", bench_frame_await (frame));
    printf ("cpu %" G_GINT64_FORMAT "\n", bench_cpu_ns () - cpu);
  }
}

/* As station/application.c does it. */
static void
show_station (char **argv, BenchFrame *frame)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("cn.jikao.Bench", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  BenchWorld world;

  bench_must (jk_guard_init (&error), error);
  bench_must (g_application_register (G_APPLICATION (application), NULL, &error), error);
  bench_world_init (&world, g_ascii_strtoll (argv[4], NULL, 10));
  const JkDeskPlace place = {
    .world = &world.world,
    .store = argv[1],
    .inbox = argv[2],
    .authorities = argv[3],
    .hardware = "test PC",
  };
  g_autoptr (JkDesk) desk = jk_desk_new (&place, &error);
  bench_must (desk != NULL, error);
  bench_must (jk_desk_get_page (desk) == JK_PAGE_ANSWERING, NULL);
  g_autoptr (JkTheme) theme = jk_theme_new (gdk_display_get_default ());
  GtkWidget *window = GTK_WIDGET (jk_station_window_new (application, desk, theme));
  bench_frame_watch (frame, window);
  gtk_window_present (GTK_WINDOW (window));
  printf ("first %" G_GINT64_FORMAT "\n", bench_frame_await (frame));
  printf ("first-cpu %" G_GINT64_FORMAT "\n", bench_cpu_ns ());
  printf ("resident-first %" G_GUINT64_FORMAT "\n", bench_resident_kib ());
  go_through (window, frame);
  printf ("resident-last %" G_GUINT64_FORMAT "\n", bench_resident_kib ());
  gtk_window_destroy (GTK_WINDOW (window));
  jk_desk_close (desk);
  bench_world_clear (&world);
}

int
main (int argc, char **argv)
{
  const char *start = g_getenv ("START_NS");

  if (argc != 5)
    return measure_windows (argv[0]);
  BenchFrame frame = { .start_ns = g_ascii_strtoll (start != NULL ? start : "1", NULL, 10) };
  show_station (argv, &frame);
  return 0;
}
