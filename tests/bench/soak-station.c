/* SPDX-License-Identifier: Apache-2.0 */
/* soak-station: a whole sitting of 90 minutes in the real window, 20 times as fast, beside a bare
 * window that draws a frame for each frame of it; both on X servers of their own.
 *
 *     soak-station                                    measures
 *     soak-station STORE INBOX AUTHORITIES START_MS   is the window that is measured
 *
 * A candidate answers every question, then goes on at it minute after minute: moves, answers,
 * flags, clears, calculates, opens the hand-in and goes back, changes text size and colours, and
 * lets the time run out. A critical ends it, and then there are no figures. Memory has settled when
 * every question was seen, and each text size was used; from then on it is to be flat. Lines: name,
 * value, unit, floor (memory then, or frames of the bare window), ratio.
 */
#include "bench-source.h"
#include "station-frame.h"
#include "station-frames.h"
#include "station-seat.h"
#include "station-server.h"
#include "station/window.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPEED 20
#define ACT_MS 150
#define SAMPLE_MS 1000
#define SETTLED_S 105 /* 35 minutes of exam */
#define NEW_LOOK_ROUNDS 3
#define AVERAGED 20 /* samples at either end, of which the median is taken */
#define RECEIPT_MS 2000
#define SPARE_MS 30000 /* after its time at which the exam must have ended */
#define EXAM_MS (90 * 60 * 1000 / SPEED)
#define N_ITEMS JK_TEST_EXAM_LONG_ITEMS

/* What a candidate does after a question was gone to, over and over. */
static const char *const acts[] = {
  "exam.choose(uint32 1)",
  "exam.next",
  "exam.choose(uint32 3)",
  "exam.flag",
  "exam.next",
  "exam.choose(uint32 0)",
  "exam.previous",
  "exam.clear",
  "exam.choose(uint32 2)",
  "exam.calculator",
  "calculator.press('7')",
  "calculator.press('8')",
  "calculator.close",
  "exam.hand-in",
  "hand-in.go-on",
  "hand-in.back",
  "exam.shortcuts",
  "sheet.close",
  "win.larger",
  "exam.next",
  "exam.previous",
  "win.smaller",
  "win.scheme",
  "exam.next",
  "exam.call",
  "exam.next",
};

typedef struct {
  /* Owned */
  GArray *resident_kib; /* of guint64: one a sample, when memory has settled */
  GArray *heap_kib;     /* the same of what malloc has given out, without its holes */
  BenchFrames frames;
  /* Borrowed */
  GtkWidget *window;
  JkDesk *desk;
  /* Plain */
  gint64 begun_ns;
  guint n_steps, n_acts, n_warnings;
} Soak;

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  Soak *self = user_data;

  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) != 0)
    self->n_warnings++;
  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* Whatever has the action takes it; a part that is not shown has none. */
static gboolean
perform (GtkWidget *widget, const char *action, GVariant *target)
{
  if (gtk_widget_activate_action_variant (widget, action, target))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (gtk_widget_get_mapped (child) && perform (child, action, target))
      return TRUE;
  }
  return FALSE;
}

static void
act (Soak *self, const char *detailed)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  bench_must (g_action_parse_detailed_name (detailed, &action, &target, &error), error);
  if (!perform (self->window, action, target)) {
    g_warning ("nothing takes %s", detailed);
    return;
  }
  self->frames.is_new_look |= g_str_has_prefix (action, "win.");
  self->n_acts++;
}

/* The hand-in is closed in the first half hour, and nobody changes the look all the time. */
static gboolean
is_time_for (Soak *self, const char *act, guint round)
{
  if (strstr (act, "hand-in") != NULL)
    return jk_desk_get_hand_in_opens_ms (self->desk) == 0;
  return !g_str_has_prefix (act, "win.") || round % NEW_LOOK_ROUNDS == 0;
}

/* At first all questions in turn, then the acts. */
static gboolean
act_next (gpointer user_data)
{
  Soak *self = user_data;
  guint n = self->n_steps++;
  g_autofree char *detailed = NULL;

  if (jk_desk_get_page (self->desk) != JK_PAGE_ANSWERING)
    return G_SOURCE_REMOVE;
  if (n < 2 * N_ITEMS) {
    act (self, n % 2 == 0 ? "exam.choose(uint32 0)" : "exam.next");
    return G_SOURCE_CONTINUE;
  }
  n -= 2 * N_ITEMS;
  guint place = n % (G_N_ELEMENTS (acts) + 1), round = n / (G_N_ELEMENTS (acts) + 1);
  if (place > 0) {
    if (is_time_for (self, acts[place - 1], round))
      act (self, acts[place - 1]);
    return G_SOURCE_CONTINUE;
  }
  detailed = g_strdup_printf ("exam.go-to(uint32 %u)", round * 37 % N_ITEMS);
  act (self, detailed);
  return G_SOURCE_CONTINUE;
}

static gboolean
sample (gpointer user_data)
{
  Soak *self = user_data;
  guint64 resident = bench_resident_kib ();
  guint64 heap = mallinfo2 ().uordblks / 1024;

  if (bench_now_ns () - self->begun_ns < SETTLED_S * G_GINT64_CONSTANT (1000000000))
    return G_SOURCE_CONTINUE;
  g_array_append_val (self->resident_kib, resident);
  g_array_append_val (self->heap_kib, heap);
  return G_SOURCE_CONTINUE;
}

static void
sit (Soak *self)
{
  guint sampler = g_timeout_add (SAMPLE_MS, sample, self);

  self->begun_ns = bench_now_ns ();
  g_timeout_add (ACT_MS, act_next, self);
  while (jk_desk_get_page (self->desk) == JK_PAGE_ANSWERING &&
         (bench_now_ns () - self->begun_ns) / 1000000 < EXAM_MS + SPARE_MS)
    g_main_context_iteration (NULL, TRUE);
  gint64 took_ns = bench_now_ns () - self->begun_ns;
  bench_frame_rest_ms (RECEIPT_MS);
  g_source_remove (sampler);
  bench_must (jk_desk_get_page (self->desk) == JK_PAGE_HANDED_IN, NULL);
  bench_must (jk_desk_get_hand_in_reason (self->desk) == JK_HAND_IN_TIME_UP, NULL);
  printf ("took %" G_GINT64_FORMAT "\n", took_ns);
}

static void
print_kib (const char *word, GArray *kib)
{
  for (guint n = 0; n < kib->len; n++)
    printf ("%s %" G_GUINT64_FORMAT "\n", word, g_array_index (kib, guint64, n));
  g_array_unref (kib);
}

static void
print (Soak *self)
{
  printf ("acts %u\nwarnings %u\n", self->n_acts, self->n_warnings);
  print_kib ("resident", self->resident_kib);
  print_kib ("heap", self->heap_kib);
  bench_frames_print (&self->frames);
}

/* As station/application.c does it. */
static int
show_station (char **argv)
{
  Soak self = { .resident_kib = g_array_new (FALSE, FALSE, sizeof (guint64)),
                .heap_kib = g_array_new (FALSE, FALSE, sizeof (guint64)) };
  g_autoptr (GtkApplication) application =
      gtk_application_new ("cn.jikao.Soak", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  BenchWorld world;

  g_log_set_writer_func (count_warnings, &self, NULL);
  setlocale (LC_ALL, "");
  gtk_disable_setlocale ();
  JkDeskOpening *opening = bench_seat_begin (argv, &world, SPEED);
  bench_must (g_application_register (G_APPLICATION (application), NULL, &error), error);
  g_autoptr (JkDesk) desk = bench_seat_finish (opening, &world, SPEED);
  g_autoptr (JkTheme) theme = jk_theme_new (gdk_display_get_default ());
  self.desk = desk;
  self.window = GTK_WIDGET (jk_station_window_new (application, desk, theme));
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1280, 800);
  bench_frames_init (&self.frames, self.window, TRUE);
  gtk_window_present (GTK_WINDOW (self.window));
  sit (&self);
  gtk_window_destroy (GTK_WINDOW (self.window));
  jk_desk_close (desk);
  print (&self);
  bench_world_clear (&world);
  return 0;
}

/* The numbers behind a word, in the order of the lines. */
static GArray *
pick (char **lines, const char *word)
{
  GArray *numbers = g_array_new (FALSE, TRUE, sizeof (double));

  for (guint n = 0; lines[n] != NULL; n++) {
    const char *space = strchr (lines[n], ' ');
    if (space == NULL || strncmp (lines[n], word, (gsize) (space - lines[n])) != 0 ||
        word[space - lines[n]] != '\0')
      continue;
    double number = g_ascii_strtod (space, NULL);
    g_array_append_val (numbers, number);
  }
  bench_must (numbers->len > 0, NULL);
  return numbers;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* Of so many values from first on, which are sorted for it. */
static double
percentile (GArray *values, guint first, guint n, double part)
{
  double *at = &g_array_index (values, double, first);

  qsort (at, n, sizeof *at, compare);
  return at[(guint) (part * (n - 1) + 0.5)];
}

static double
get_only (char **lines, const char *word)
{
  g_autoptr (GArray) numbers = pick (lines, word);

  return g_array_index (numbers, double, 0);
}

static void
report_memory (const char *word, char **station)
{
  g_autoptr (GArray) kib = pick (station, word);

  bench_must (kib->len >= 2 * AVERAGED, NULL);
  double last = percentile (kib, kib->len - AVERAGED, AVERAGED, 0.5) / 1024;
  double settled = percentile (kib, 0, AVERAGED, 0.5) / 1024;
  double highest = percentile (kib, 0, kib->len, 1) / 1024;

  printf ("soak.%s-last\t%.1f\tMiB\t%.1f\t%.3f\n", word, last, settled, last / settled);
  printf ("soak.%s-highest\t%.1f\tMiB\t%.1f\t%.3f\n", word, highest, settled, highest / settled);
}

static void
report_frames (const char *word, char **station, char **hello)
{
  static const struct {
    const char *name;
    double part;
  } rows[] = { { "p50", 0.5 }, { "p99", 0.99 }, { "p99.9", 0.999 }, { "longest", 1 } };
  g_autoptr (GArray) full = pick (station, word), bare = pick (hello, word);

  printf ("soak.%ss\t%u\tframes\t%u\t%.2f\n",
          word,
          full->len,
          bare->len,
          (double) full->len / bare->len);
  for (guint n = 0; n < G_N_ELEMENTS (rows); n++) {
    double ms = percentile (full, 0, full->len, rows[n].part) / 1e6;
    double bare_ms = percentile (bare, 0, bare->len, rows[n].part) / 1e6;
    printf ("soak.%s-%s\t%.1f\tms\t%.1f\t%.2f\n", word, rows[n].name, ms, bare_ms, ms / bare_ms);
  }
}

/* What the area alone costs: the bare window, by itself, drawn anew from edge to edge. No bar. */
static void
report_whole (char **whole)
{
  g_autoptr (GArray) ns = pick (whole, "frame");

  printf ("soak.bare-whole-p50\t%.1f\tms\t-\t-\n", percentile (ns, 0, ns->len, 0.5) / 1e6);
  printf ("soak.bare-whole-p99\t%.1f\tms\t-\t-\n", percentile (ns, 0, ns->len, 0.99) / 1e6);
}

static void
report (char **station, char **hello)
{
  printf ("soak.sitting\t%.1f\tmin\t90\t-\n", get_only (station, "took") / 1e9 / 60 * SPEED);
  printf ("soak.acts\t%.0f\tacts\t-\t-\n", get_only (station, "acts"));
  printf ("soak.warnings\t%.0f\twarnings\t0\t-\n", get_only (station, "warnings"));
  report_memory ("resident", station);
  report_memory ("heap", station);
  report_frames ("frame", station, hello);
  report_frames ("plain", station, hello);
  report_frames ("plain-cpu", station, hello);
}

static int
measure (const char *program)
{
  BenchServer servers[2] = { { 0 } };
  BenchSeat seat;
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *hello = g_build_filename (folder, "station-hello", NULL);
  const char *const bare[] = { hello, "beside", NULL };
  const char *const bare_whole[] = { hello, "whole", NULL };
  int beat[2];

  if (!bench_server_start (&servers[0]) || !bench_server_start (&servers[1])) {
    fprintf (stderr, "soak-station: skipped, there is no Xvfb\n");
    return 0;
  }
  bench_must (g_unix_open_pipe (beat, FD_CLOEXEC, NULL), NULL);
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);
  bench_seat_init (&seat, BENCH_TEXT_RANDOM, SPEED);
  g_auto (GStrv) full = bench_seat_dup_argv (&seat, program, seat.store);
  g_autoptr (GSubprocess) beside = bench_server_spawn (&servers[1], bare, beat[0]);
  g_autoptr (GSubprocess) station =
      bench_server_spawn (&servers[0], (const char *const *) full, beat[1]);
  g_auto (GStrv) station_lines = bench_server_read (station);
  g_auto (GStrv) hello_lines = bench_server_read (beside);
  report (station_lines, hello_lines);
  g_autoptr (GSubprocess) alone = bench_server_spawn (&servers[1], bare_whole, -1);
  g_auto (GStrv) whole_lines = bench_server_read (alone);
  report_whole (whole_lines);
  bench_seat_clear (&seat);
  bench_server_clear (&servers[0]);
  bench_server_clear (&servers[1]);
  return 0;
}

int
main (int argc, char **argv)
{
  return argc == 5 ? show_station (argv) : measure (argv[0]);
}
