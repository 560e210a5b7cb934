/* SPDX-License-Identifier: Apache-2.0 */
/* bench-bank: from paper key and record key to a readable paper, out of banks of 10^2 to 10^6
 * items.
 *
 * The floor is the cryptography no program can leave out, on bytes that lie in memory already: the
 * signature, and digest and decryption of the same index and of the same blobs, with bare
 * libsodium. What the program does besides: reads the file, checks the index, opens the record,
 * draws the paper, and takes the blobs apart. Floor and program take turns in each run.
 *
 *     bench-bank [ITEMS]     only the bank of so many items */
#include "bank-fixture.h"

#include "bench-source.h"
#include "crypto/box.h"
#include "crypto/derive.h"
#include "crypto/guard.h"
#include "paper/draw.h"

#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 7
#define ROUNDS 5 /* turns of floor and program in a run */
#define PAPERS 1000

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
free_blob (gpointer blob)
{
  jk_blob_free (blob);
}

static void
free_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

/* The station's part, which is measured. */
static void
open_paper (const BankFixture *self)
{
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkPaperKeys) keys = NULL;
  g_autoptr (JkPool) pool = NULL;
  g_autoptr (JkPaper) paper = NULL;
  g_autoptr (GPtrArray) blobs = g_ptr_array_new_with_free_func (free_blob);
  g_autoptr (GError) error = NULL;

  bank = jk_bank_open (jk_storage_system (), self->path, self->public_key, &error);
  bench_must (bank != NULL && jk_bank_unlock (bank, self->paper_key, &error), error);
  keys = jk_record_open_paper (self->record, self->record_key, self->paper_key, self->id);
  bench_must (keys != NULL, NULL);
  pool = jk_pool_new (self->blueprint, bank, &error);
  bench_must (pool != NULL, error);
  paper = jk_own_paper_draw (pool, keys, &error);
  bench_must (paper != NULL, error);
  for (guint n = 0; n < self->paper_items; n++) {
    JkBlob *blob = jk_bank_open_blob (bank,
                                      jk_paper_get_item (paper, n)->item,
                                      jk_paper_keys_get_item_key (keys, n),
                                      &error);
    bench_must (blob != NULL, error);
    g_ptr_array_add (blobs, blob);
  }
}

/* The bytes the floor works on, in memory before the clock starts: as long as the real ones, and
 * closed under a key the floor has. */
typedef struct {
  /* Owned */
  GBytes *index;
  GPtrArray *blobs; /* of GBytes */
  guint8 *plain;
  /* Plain */
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 message[512];
  guint8 signature[crypto_sign_BYTES];
} Floor;

/* size bytes in all, tag and nonce included, as a box of the bank has. */
static GBytes *
floor_close (Floor *floor, gsize size)
{
  gsize plain_size = size - JK_BOX_OVERHEAD;
  g_autofree guint8 *plain = g_malloc0 (plain_size);
  guint8 *closed = g_malloc (size - sizeof floor->nonce);
  unsigned long long closed_size;

  crypto_aead_xchacha20poly1305_ietf_encrypt (closed,
                                              &closed_size,
                                              plain,
                                              plain_size,
                                              NULL,
                                              0,
                                              NULL,
                                              floor->nonce,
                                              floor->key);
  return g_bytes_new_take (closed, closed_size);
}

static void
floor_init (Floor *floor, const BankFixture *self)
{
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (GError) error = NULL;
  gsize index_size;

  randombytes_buf (floor, sizeof *floor);
  crypto_sign_keypair (floor->public_key, secret_key);
  crypto_sign_detached (floor->signature, NULL, floor->message, sizeof floor->message, secret_key);
  bank = jk_bank_open (jk_storage_system (), self->path, self->public_key, &error);
  bench_must (bank != NULL && jk_bank_unlock (bank, self->paper_key, &error), error);
  index_size = (gsize) self->n_items * JK_INDEX_ROW_BYTES + JK_BOX_OVERHEAD;
  floor->index = floor_close (floor, index_size);
  floor->plain = g_malloc (MAX (index_size, 65536));
  floor->blobs = g_ptr_array_new_with_free_func (free_bytes);
  for (guint n = 0; n < self->paper_items; n++) {
    JkIndexRow row;

    jk_index_get_row (jk_bank_get_index (bank), jk_paper_get_item (self->paper, n)->item, &row);
    g_ptr_array_add (floor->blobs, floor_close (floor, row.blob_size));
  }
}

static void
floor_clear (Floor *floor)
{
  g_bytes_unref (floor->index);
  g_ptr_array_unref (floor->blobs);
  g_free (floor->plain);
}

static void
floor_open (const Floor *floor, GBytes *closed)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (closed, &size);

  bench_must (crypto_aead_xchacha20poly1305_ietf_decrypt (floor->plain,
                                                          NULL,
                                                          NULL,
                                                          data,
                                                          size,
                                                          NULL,
                                                          0,
                                                          floor->nonce,
                                                          floor->key) == 0,
              NULL);
}

/* Bare libsodium. */
static void
floor_work (const Floor *floor)
{
  guint8 digest[32];

  bench_must (crypto_sign_verify_detached (floor->signature,
                                           floor->message,
                                           sizeof floor->message,
                                           floor->public_key) == 0,
              NULL);
  crypto_generichash (digest,
                      sizeof digest,
                      g_bytes_get_data (floor->index, NULL),
                      g_bytes_get_size (floor->index),
                      NULL,
                      0);
  floor_open (floor, floor->index);
  for (guint n = 0; n < floor->blobs->len; n++) {
    GBytes *blob = g_ptr_array_index (floor->blobs, n);

    crypto_generichash (digest,
                        sizeof digest,
                        g_bytes_get_data (blob, NULL),
                        g_bytes_get_size (blob),
                        NULL,
                        0);
    floor_open (floor, blob);
  }
}

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
median_us (gint64 *times, gsize n)
{
  qsort (times, n, sizeof *times, compare_times);
  return (double) times[n / 2] / 1000;
}

static void
measure_opening (const BankFixture *self)
{
  gint64 ours[RUNS * ROUNDS], bare[RUNS * ROUNDS];
  Floor floor;

  floor_init (&floor, self);
  for (guint round = 0; round < G_N_ELEMENTS (ours); round++) {
    gint64 start = now_ns ();
    floor_work (&floor);
    gint64 middle = now_ns ();
    open_paper (self);
    bare[round] = middle - start;
    ours[round] = now_ns () - middle;
  }
  floor_clear (&floor);
  double our = median_us (ours, G_N_ELEMENTS (ours));
  double least = median_us (bare, G_N_ELEMENTS (bare));
  printf ("bank.open.%u\t%.0f\tus\t%.0f\t%.2f\n", self->n_items, our, least, our / least);
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

/* In a process of its own, whose high-water mark is set back first. */
static void
measure_memory (const BankFixture *self)
{
  fflush (stdout);
  pid_t child = fork ();

  if (child == 0) {
    /* What building the bank left in the heap would hide what opening takes. */
    malloc_trim (0);
    FILE *reset = fopen ("/proc/self/clear_refs", "w");
    bench_must (reset != NULL && fputs ("5", reset) >= 0 && fclose (reset) == 0, NULL);
    guint64 before = read_status_kib ("VmRSS:");
    open_paper (self);
    guint64 peak = read_status_kib ("VmHWM:");
    double mib = (double) (peak - MIN (before, peak)) / 1024;
    printf ("bank.peak.%u\t%.1f\tMiB\t8\t%.2f\n", self->n_items, mib, mib / 8);
    fflush (stdout);
    _exit (0);
  }
  waitpid (child, NULL, 0);
}

static void
measure_build_draws (const BankFixture *self)
{
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkPool) pool = NULL;
  g_autoptr (JkSecret) hall = jk_secret_new_random (jk_random_system (), "bench", 6, JK_KEY_BYTES);
  g_autoptr (GError) error = NULL;

  bank = jk_bank_open (jk_storage_system (), self->path, self->public_key, &error);
  bench_must (bank != NULL && jk_bank_unlock (bank, self->paper_key, &error), error);
  gint64 start = now_ns ();
  pool = jk_pool_new (self->blueprint, bank, &error);
  bench_must (pool != NULL, error);
  for (guint32 n = 0; n < PAPERS; n++) {
    g_autoptr (JkSecret) seed = jk_derive_number (hall, "bench draw", n);
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, &error);

    bench_must (paper != NULL, error);
  }
  printf ("bank.draw-1000.%u\t%.1f\tms\t-\t-\n", self->n_items, (double) (now_ns () - start) / 1e6);
}

int
main (int argc, char **argv)
{
  static const guint32 sizes[] = { 100, 1000, 10000, 100000, 1000000 };
  g_autofree char *here = g_path_get_dirname (argv[0]);

  bench_must (jk_guard_init (NULL), NULL);
  for (guint n = 0; n < G_N_ELEMENTS (sizes); n++) {
    if (argc > 1 && strtoul (argv[1], NULL, 10) != sizes[n])
      continue;
    BankFixture self;

    bank_fixture_init (&self, here, sizes[n], sizes[n] < 300 ? 30 : 90);
    measure_opening (&self);
    measure_memory (&self);
    measure_build_draws (&self);
    fflush (stdout);
    bank_fixture_clear (&self);
  }
  return 0;
}
