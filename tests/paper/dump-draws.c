/* SPDX-License-Identifier: Apache-2.0 */
/* paper/dump-draws.c: random draws as text, for redraw.py to do again.
 *
 * A line for each: codes with comma between, and in hexadecimal blueprint, index, seed, paper (or
 * "enemies"), then tries, excess, misses; tabs between. */
#include "pools.h"

#include "base/text.h"
#include "crypto/guard.h"
#include "paper/draw.h"

#include <stdio.h>
#include <string.h>

#define DRAWS 200

static void
dump (GRand *rand, guint32 n)
{
  g_autoptr (Bank) bank = bank_new_random (rand);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_counted_seed (n);
  JkDrawQuality quality = { 0 };
  g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, NULL);
  g_autofree char *paper_hex = g_strdup ("enemies");

  if (paper != NULL) {
    g_autoptr (GBytes) bytes = jk_paper_to_bytes (paper);
    g_free (paper_hex);
    paper_hex = jk_text_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  g_ptr_array_add (bank->codes, NULL);
  g_autofree char *codes = g_strjoinv (",", (char **) bank->codes->pdata);
  g_autofree char *text = jk_text_hex (bank->text, strlen (bank->text));
  g_autofree char *rows = jk_text_hex (bank->rows->data, bank->rows->len);
  g_autofree char *seed_hex = jk_text_hex (jk_secret_get (seed), JK_KEY_BYTES);
  printf ("%s\t%s\t%s\t%s\t%s\t%u\t%u\t%u\n",
          codes,
          text,
          rows,
          seed_hex,
          paper_hex,
          quality.tries,
          quality.element_excess,
          quality.difficulty_misses);
}

int
main (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (404);

  if (!jk_guard_init (NULL))
    return 1;
  for (guint32 n = 0; n < DRAWS; n++)
    dump (rand, n);
  return 0;
}
