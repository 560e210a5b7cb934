/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/stream.h: the random numbers a paper is drawn with: the same on every machine (P7).
 *
 * Block i is keyed BLAKE2b-512 (key = seed) over: one byte length of purpose, purpose, u64 i;
 * numbers are taken from it as u32, little endian, front to back. */
#pragma once

#include "crypto/secret.h"

typedef struct {
  /* Owned */
  char *purpose;
  /* Plain: it lives as long as one draw, so the seed has no guarded page of its own, which would
   * cost as much as half a draw; clear wipes it */
  guint8 seed[JK_KEY_BYTES];
  guint8 block[64];
  guint64 next_block;
  guint used; /* bytes of block given out */
} JkStream;

/* seed has 32 bytes and is copied. */
void jk_stream_init (JkStream *self, const JkSecret *seed, const char *purpose);
void jk_stream_clear (JkStream *self);
guint32 jk_stream_u32 (JkStream *self);

/* Evenly from 0 to n - 1, n >= 1: numbers below 2^32 mod n are thrown away, then value mod n. */
guint32 jk_stream_below (JkStream *self, guint32 n);

/* Fisher and Yates from the end: for i = n - 1 down to 1 swap i with below (i + 1). */
void jk_stream_shuffle (JkStream *self, guint32 *values, gsize n);
