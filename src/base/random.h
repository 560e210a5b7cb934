/* SPDX-License-Identifier: Apache-2.0 */
/* base/random.h: the only source of chance.
 *
 * Each use names itself ("bank: item nonce") and counts (index), so that a seeded handle gives each
 * use a stream of its own: what one use draws never moves what another gets. P3 rests on this. A
 * caller asks at most once for one (use, index). */
#pragma once

#include <glib.h>

typedef struct _JkRandom JkRandom;

struct _JkRandom {
  void (*fill) (const JkRandom *self, const char *use, guint64 index, gpointer out, gsize size);
};

/* getrandom(2); aborts when the kernel cannot give random bytes. Never NULL, never freed. */
const JkRandom *jk_random_system (void);

/* Fills size bytes of out for the index-th time of this use. */
void
jk_random_fill (const JkRandom *self, const char *use, guint64 index, gpointer out, gsize size);
