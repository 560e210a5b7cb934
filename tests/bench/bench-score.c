/* SPDX-License-Identifier: Apache-2.0 */
/* bench-score: what a centre's core scores, in sessions of 10^2 to 10^5 results.
 *
 *     bench-score [RESULTS]     only so many; 100000 takes about 20 minutes and is not in the rest
 *
 * Results are made in blocks of ten, which is not timed, so memory never holds more of them. Then
 * floor and jk_centre_score take turns on the block, the first one changing from block to block.
 * Times are processor time of this one thread, the system's part included. Every result is another;
 * a hall has at most 10,000 people here, so that of 100,000 results ten are of one record. Lines:
 * name, value, unit, floor, ratio; rates and their ratio are medians over the blocks. */
#include "bench-source.h"
#include "crypto/guard.h"
#include "score-floor.h"
#include "score-sitting.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BLOCK 10
#define PEOPLE_MAX 10000
#define ROUNDS_MAX 7 /* turns on a block, when there are few blocks */
#define BLOCKS_FEW 100
#define PEAK_MAX_KIB 4096 /* a block and its working room, however many results there are */

typedef struct {
  /* Owned */
  double *ours, *bare, *ratios; /* results a second, by turn */

  /* Plain */
  guint n_rounds; /* turns on a block */
  guint n_turns;
  guint64 bytes;
} Figures;

static gint64
cpu_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static guint64
read_status_kib (const char *name)
{
  g_autofree char *text = NULL;
  const char *at;

  bench_must (g_file_get_contents ("/proc/self/status", &text, NULL, NULL), NULL);
  at = strstr (text, name);
  return at != NULL ? g_ascii_strtoull (at + strlen (name) + 1, NULL, 10) : 0;
}

/* Sets the high-water mark back; gives what is resident now. */
static guint64
begin_peak (void)
{
  FILE *reset = fopen ("/proc/self/clear_refs", "w");
  bench_must (reset != NULL && fputs ("5", reset) >= 0 && fclose (reset) == 0, NULL);
  return read_status_kib ("VmRSS:");
}

static gint64
score_block (const ScoreFixture *fixture, const ScoreWork *works, guint n)
{
  gint64 start = cpu_ns ();

  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    JkScore score;

    bench_must (jk_centre_score (fixture->centre, "result", works[i].bytes, &score, &error), error);
    bench_must (score.answered == SCORE_PAPER_ITEMS, NULL);
    jk_score_clear (&score);
  }
  return cpu_ns () - start;
}

static gint64
floor_block (ScoreFloor *floor, const ScoreWork *works, guint n)
{
  gint64 start = cpu_ns ();

  for (guint i = 0; i < n; i++)
    score_floor_work (floor, &works[i]);
  return cpu_ns () - start;
}

static void
measure_block (const ScoreFixture *fixture, ScoreFloor *floor, guint first, Figures *figures)
{
  ScoreWork works[BLOCK];
  gboolean is_floor_first = first / BLOCK % 2 == 0;
  gint64 bare = 0;

  for (guint i = 0; i < BLOCK; i++) {
    score_work_init (&works[i], fixture, score_sitting_make_result (fixture, first + i));
    figures->bytes += g_bytes_get_size (works[i].bytes);
  }
  for (guint round = 0; round < figures->n_rounds; round++) {
    if (is_floor_first)
      bare = floor_block (floor, works, BLOCK);
    gint64 ours = score_block (fixture, works, BLOCK);
    if (!is_floor_first)
      bare = floor_block (floor, works, BLOCK);
    figures->ours[figures->n_turns] = BLOCK * 1e9 / (double) ours;
    figures->bare[figures->n_turns] = BLOCK * 1e9 / (double) bare;
    figures->ratios[figures->n_turns++] = (double) bare / (double) ours;
  }
  for (guint i = 0; i < BLOCK; i++)
    score_work_clear (&works[i]);
}

static void
print_figures (guint n, Figures *figures, double growth_kib)
{
  double kib = (double) figures->bytes / n / 1024;

  printf ("score.rate.%u\t%.0f\tresults/s\t%.0f\t%.2f\n",
          n,
          median (figures->ours, figures->n_turns),
          median (figures->bare, figures->n_turns),
          median (figures->ratios, figures->n_turns));
  printf ("score.peak.%u\t%.0f\tKiB\t%d\t%.2f\n",
          n,
          growth_kib,
          PEAK_MAX_KIB,
          growth_kib / PEAK_MAX_KIB);
  printf ("score.result.%u\t%.1f\tKiB\t-\t-\n", n, kib);
  fflush (stdout);
}

static void
measure (const char *here, guint n)
{
  ScoreFixture fixture;

  score_fixture_init (&fixture, here, JK_BENCH_DATA, MIN (n, PEOPLE_MAX));
  ScoreFloor *floor = score_floor_new (&fixture);
  guint n_rounds = n / BLOCK < BLOCKS_FEW ? ROUNDS_MAX : 1;
  Figures figures = {
    .n_rounds = n_rounds,
    .ours = g_new (double, (gsize) n / BLOCK * n_rounds),
    .bare = g_new (double, (gsize) n / BLOCK * n_rounds),
    .ratios = g_new (double, (gsize) n / BLOCK * n_rounds),
  };

  /* What building left in the heap would hide what scoring takes; what the first block takes is not
   * growth, so it is done twice. */
  malloc_trim (0);
  measure_block (&fixture, floor, 0, &figures);
  figures.n_turns = 0;
  figures.bytes = 0;
  guint64 before = begin_peak ();
  for (guint first = 0; first < n; first += BLOCK)
    measure_block (&fixture, floor, first, &figures);
  guint64 peak = read_status_kib ("VmHWM:");
  print_figures (n, &figures, (double) (peak - MIN (before, peak)));
  g_free (figures.ours);
  g_free (figures.bare);
  g_free (figures.ratios);
  score_floor_free (floor);
  score_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 100, 1000, 10000 };
  g_autofree char *here = g_path_get_dirname (argv[0]);
  g_autoptr (GError) error = NULL;

  bench_must (jk_guard_init (&error), error);
  if (argc > 1) {
    guint n = (guint) strtoul (argv[1], NULL, 10);
    measure (here, MAX (n / BLOCK, 1) * BLOCK);
    return 0;
  }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure (here, sizes[i]);
  return 0;
}
