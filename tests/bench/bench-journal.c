/* SPDX-License-Identifier: Apache-2.0 */
/* bench/bench-journal.c: what an answer costs from the call that records it to its acknowledgement.
 *
 *     bench-journal [FOLDER]     FOLDER is on a real disk; default: where this program lies
 *
 * A 90-item sitting, answers posted one after the other and waited for. Floor: 4 KiB written in
 * place and fdatasync, on the same disk, in the same run. Both sides take turns in blocks; the
 * station's idle checkpoint falls between the blocks, as it falls between answers in an exam. The
 * lines are medians over the runs: name, value, unit, floor, ratio. */
#include "crypto/guard.h"
#include "sitting/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

#define RUNS 7
#define BLOCKS 10
#define BLOCK_OPS 100
#define OPS (BLOCKS * BLOCK_OPS)
#define N_ITEMS 90
#define PAUSE_US 20000 /* before each block of either side; the idle checkpoint takes less */
#define FLOOR_BYTES 4096
#define FLOOR_SLOTS 200

typedef struct {
  double p50_us, p99_us, cpu_us;
} Figures;

typedef struct {
  double latencies[OPS];
  double cpu_us;
} Samples;

static void
die (const char *what, const GError *error)
{
  fprintf (stderr, "bench-journal: %s: %s\n", what, error ? error->message : g_strerror (errno));
  exit (1);
}

static double
now_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static double
cpu_us (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
percentile (double *values, gsize n, double share)
{
  qsort (values, n, sizeof *values, compare);
  return values[(gsize) (share * (double) (n - 1) + 0.5)];
}

static void
check_disk (const char *folder)
{
  struct statfs info;

  if (statfs (folder, &info) != 0)
    die (folder, NULL);
  if (info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC) {
    fprintf (stderr,
             "bench-journal: %s is in memory (tmpfs), where nothing is ever written: name a folder "
             "on a real disk.\n",
             folder);
    exit (1);
  }
}

static guint64
post (JkJournal *journal, JkEvent event, guint64 exam_ms, const guint8 *payload, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint64 ticket =
      jk_journal_post (journal, event, exam_ms, payload, size, NULL, 0, JK_JOURNAL_NOW, &error);

  if (ticket == 0 || !jk_journal_wait (journal, ticket, &error))
    die ("journal", error);
  return ticket;
}

static JkJournal *
begin_sitting (const char *path)
{
  g_autoptr (GError) error = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest session = { { 1 } };
  JkSealPublic reader;
  g_autoptr (JkSecret) key = jk_seal_key_new (jk_random_system (), "bench: reader", 0, &reader);
  JkIdentified identified = { .record = 1 };
  JkStarted started = { .allotted_ms = 90 * 60 * 1000, .n_items = N_ITEMS };

  JkJournal *journal = jk_journal_create (jk_world_system (), path, &session, &reader, 1, &error);
  if (journal == NULL)
    die ("journal", error);
  post (journal, JK_EVENT_IDENTIFIED, 0, payload, jk_payload_put_identified (payload, &identified));
  post (journal, JK_EVENT_READY, 0, NULL, 0);
  post (journal, JK_EVENT_STARTED, 0, payload, jk_payload_put_started (payload, &started));
  return journal;
}

static void
answer_block (JkJournal *journal, guint block, Samples *samples)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  double cpu = cpu_us ();

  for (guint i = block * BLOCK_OPS; i < (block + 1) * BLOCK_OPS; i++) {
    JkMark mark = { .position = (guint16) (i * 37 % N_ITEMS), .mask = (guint16) (1 << i % 4) };
    double start = now_us ();
    post (journal, JK_EVENT_ANSWERED, 1000 + i, payload, jk_payload_put_mark (payload, &mark));
    samples->latencies[i] = now_us () - start;
  }
  samples->cpu_us += cpu_us () - cpu;
}

static int
open_floor (const char *path)
{
  static guint8 zeros[FLOOR_BYTES];
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    die (path, NULL);
  for (guint i = 0; i < FLOOR_SLOTS; i++) {
    if (pwrite (fd, zeros, sizeof zeros, (off_t) i * FLOOR_BYTES) != FLOOR_BYTES)
      die (path, NULL);
  }
  if (fsync (fd) != 0)
    die (path, NULL);
  return fd;
}

static void
floor_block (int fd, guint block, Samples *samples)
{
  guint8 data[FLOOR_BYTES];
  double cpu = cpu_us ();

  for (guint i = block * BLOCK_OPS; i < (block + 1) * BLOCK_OPS; i++) {
    memset (data, (int) i, sizeof data);
    double start = now_us ();
    if (pwrite (fd, data, sizeof data, (off_t) (i * 7919 % FLOOR_SLOTS) * FLOOR_BYTES) !=
            FLOOR_BYTES ||
        fdatasync (fd) != 0)
      die ("floor", NULL);
    samples->latencies[i] = now_us () - start;
  }
  samples->cpu_us += cpu_us () - cpu;
}

static Figures
summarise (Samples *samples)
{
  return (Figures){
    .p50_us = percentile (samples->latencies, OPS, 0.50),
    .p99_us = percentile (samples->latencies, OPS, 0.99),
    .cpu_us = samples->cpu_us / OPS,
  };
}

static void
measure_run (const char *folder, Figures *out_journal, Figures *out_floor)
{
  g_autofree char *store = g_build_filename (folder, "bench.jkjournal", NULL);
  g_autofree char *bare = g_build_filename (folder, "bench.floor", NULL);
  g_autofree Samples *of_journal = g_new0 (Samples, 1);
  g_autofree Samples *of_floor = g_new0 (Samples, 1);
  g_autoptr (JkJournal) journal = begin_sitting (store);
  int fd = open_floor (bare);

  for (guint block = 0; block < BLOCKS; block++) {
    g_usleep (PAUSE_US);
    floor_block (fd, block, of_floor);
    jk_journal_idle (journal);
    g_usleep (PAUSE_US);
    answer_block (journal, block, of_journal);
  }
  close (fd);
  *out_journal = summarise (of_journal);
  *out_floor = summarise (of_floor);
  g_clear_pointer (&journal, jk_journal_free);
  g_unlink (store);
  g_unlink (bare);
}

static void
print_median (const char *name, Figures *journal, Figures *bare, gsize offset)
{
  double values[RUNS], floors[RUNS], ratios[RUNS];

  for (guint i = 0; i < RUNS; i++) {
    values[i] = G_STRUCT_MEMBER (double, &journal[i], offset);
    floors[i] = G_STRUCT_MEMBER (double, &bare[i], offset);
    ratios[i] = values[i] / floors[i];
  }
  printf ("%s\t%.1f\tus\t%.1f\t%.2f\n",
          name,
          percentile (values, RUNS, 0.5),
          percentile (floors, RUNS, 0.5),
          percentile (ratios, RUNS, 0.5));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *here = g_path_get_dirname (program != NULL ? program : argv[0]);
  g_autofree char *template =
      g_build_filename (argc > 1 ? argv[1] : here, "bench-journal-XXXXXX", NULL);
  Figures journal[RUNS], bare[RUNS];

  if (!jk_guard_init (&error))
    die ("start", error);
  check_disk (argc > 1 ? argv[1] : here);
  const char *folder = g_mkdtemp (template);
  if (folder == NULL)
    die (template, NULL);
  for (guint i = 0; i < RUNS; i++)
    measure_run (folder, &journal[i], &bare[i]);
  g_rmdir (folder);

  print_median ("journal answer p50", journal, bare, G_STRUCT_OFFSET (Figures, p50_us));
  print_median ("journal answer p99", journal, bare, G_STRUCT_OFFSET (Figures, p99_us));
  print_median ("journal answer cpu", journal, bare, G_STRUCT_OFFSET (Figures, cpu_us));
  return 0;
}
