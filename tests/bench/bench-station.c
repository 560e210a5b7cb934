/* SPDX-License-Identifier: Apache-2.0 */
/* bench-station: the window of an exam against a bare window, on an X server of its own with
 * 1280 x 800, drawn by Cairo without a graphics card.
 *
 *     bench-station                                    measures
 *     bench-station STORE INBOX AUTHORITIES START_MS   is the window that is measured
 *
 * The window is that of a station whose program was started again in mid-exam: stores are opened
 * and the journal is read before the first frame. 90 questions, stems of 20 to 400 Han characters:
 * random, so that most glyphs are new, and once more ("real") passages of the bank that is shipped;
 * random text needs several times the glyphs, and so the memory, of a real paper. Each question is
 * gone to once, by the action that the button names. A latency is from there until the X server has
 * drawn the frame. The windows take turns; figures are medians over the turns, percentiles are over
 * all questions of all turns. Lines: name, value, unit, floor (what the bare window takes, or what
 * may be added to it), ratio.
 */
#include "bench-source.h"
#include "station-frame.h"
#include "station-seat.h"
#include "station-server.h"
#include "station/window.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define TURNS 7
#define REST_MS 30

/* Before the first question is left, as long as the floors of limits.md were given: nobody goes on
 * while the window is still coming up. */
#define SETTLE_MS 500
#define LATER_MAX_MS 100.0
#define P50_MAX_MS 16.0
#define P99_MAX_MS 33.0
#define N_TEXTS (BENCH_TEXT_REAL + 1)
#define N_NEXT (JK_TEST_EXAM_LONG_ITEMS - 1)

typedef struct {
  double first_ms[TURNS];
  double first_cpu_ms[TURNS];               /* processor time until then */
  double first_mib[TURNS], last_mib[TURNS]; /* resident after the first frame, and at the end */
  GArray *next_ms;                          /* of double: latencies */
  GArray *next_cpu_ms;                      /* of double: processor time of them */
} Figures;

typedef struct {
  /* Owned */
  BenchServer server;
  BenchSeat seats[N_TEXTS];
  char *folder; /* of this program, with the bare window beside it */
  Figures hello, stations[N_TEXTS];
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

/* Starts a window and reads what it prints. */
static void
take_turn (Bench *self, const char *const *argv, Figures *figures, guint turn)
{
  g_autoptr (GSubprocess) child = bench_server_spawn (&self->server, argv, -1);
  g_auto (GStrv) lines = bench_server_read (child);

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
      g_array_append_val (g_str_has_prefix (lines[n], "cpu ") ? figures->next_cpu_ms
                                                              : figures->next_ms,
                          number);
    }
  }
}

static void
take_hello_turn (Bench *self, guint turn)
{
  g_autofree char *hello = g_build_filename (self->folder, "station-hello", NULL);
  const char *const argv[] = { hello, NULL };

  take_turn (self, argv, &self->hello, turn);
}

static void
take_station_turn (Bench *self, BenchText text, guint turn)
{
  const BenchSeat *seat = &self->seats[text];
  g_autofree char *station = g_build_filename (self->folder, "bench-station", NULL);
  g_autofree char *store = g_strdup_printf ("%s-%u", seat->store, turn);
  const char *const copying[] = { "cp", "-a", seat->store, store, NULL };
  g_auto (GStrv) argv = bench_seat_dup_argv (seat, station, store);

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
  take_turn (self, (const char *const *) argv, &self->stations[text], turn);
}

/* The first one changes from turn to turn. */
static void
take_turns (Bench *self, guint turn)
{
  for (guint n = 0; n <= N_TEXTS; n++) {
    guint whose = (turn + n) % (N_TEXTS + 1);
    if (whose == N_TEXTS)
      take_hello_turn (self, turn);
    else
      take_station_turn (self, whose, turn);
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
report_first (Bench *self)
{
  Figures *figures = &self->stations[BENCH_TEXT_RANDOM];
  double hello = percentile (self->hello.first_ms, TURNS, 0.5);
  double station = percentile (figures->first_ms, TURNS, 0.5);
  double bare = percentile (self->hello.first_cpu_ms, TURNS, 0.5);
  double full = percentile (figures->first_cpu_ms, TURNS, 0.5);

  printf ("station.first-frame\t%.0f\tms\t%.0f\t%.2f\n", station, hello, station / hello);
  printf ("station.first-frame-later\t%.0f\tms\t%.0f\t%.2f\n",
          station - hello,
          LATER_MAX_MS,
          (station - hello) / LATER_MAX_MS);
  printf ("station.first-frame-cpu\t%.0f\tms\t%.0f\t%.2f\n", full, bare, full / bare);
}

static void
report_next (const char *name, GArray *ms)
{
  double p50 = percentile_of (ms, 0.5), p99 = percentile_of (ms, 0.99);

  printf ("station.%s-p50\t%.1f\tms\t%.0f\t%.2f\n", name, p50, P50_MAX_MS, p50 / P50_MAX_MS);
  printf ("station.%s-p99\t%.1f\tms\t%.0f\t%.2f\n", name, p99, P99_MAX_MS, p99 / P99_MAX_MS);
}

static void
report (Bench *self)
{
  Figures *random = &self->stations[BENCH_TEXT_RANDOM], *real = &self->stations[BENCH_TEXT_REAL];

  report_first (self);
  report_memory ("resident-first", random->first_mib, self->hello.first_mib);
  report_memory ("resident-last", random->last_mib, self->hello.last_mib);
  report_memory ("real-resident-last", real->last_mib, self->hello.last_mib);
  report_next ("next", random->next_ms);
  report_next ("next-cpu", random->next_cpu_ms);
  report_next ("real-next", real->next_ms);
  report_next ("real-next-cpu", real->next_cpu_ms);
}

static void
init_figures (Figures *self)
{
  self->next_ms = g_array_new (FALSE, FALSE, sizeof (double));
  self->next_cpu_ms = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
clear_figures (Figures *self)
{
  g_array_unref (self->next_ms);
  g_array_unref (self->next_cpu_ms);
}

static int
measure_windows (const char *program)
{
  Bench self = { .folder = g_path_get_dirname (program) };

  if (!bench_server_start (&self.server)) {
    fprintf (stderr, "bench-station: skipped, there is no Xvfb\n");
    g_free (self.folder);
    return 0;
  }
  init_figures (&self.hello);
  for (BenchText text = 0; text < N_TEXTS; text++) {
    bench_seat_init (&self.seats[text], text, 1);
    init_figures (&self.stations[text]);
  }
  for (guint turn = 0; turn < TURNS; turn++)
    take_turns (&self, turn);
  report (&self);
  bench_server_clear (&self.server);
  clear_figures (&self.hello);
  for (BenchText text = 0; text < N_TEXTS; text++) {
    bench_seat_clear (&self.seats[text]);
    clear_figures (&self.stations[text]);
  }
  g_free (self.folder);
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
  bench_frame_rest_ms (SETTLE_MS);
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

  setlocale (LC_ALL, "");
  gtk_disable_setlocale ();
  JkDeskOpening *opening = bench_seat_begin (argv, &world, 1);
  bench_must (g_application_register (G_APPLICATION (application), NULL, &error), error);
  g_autoptr (JkDesk) desk = bench_seat_finish (opening, &world, 1);
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
