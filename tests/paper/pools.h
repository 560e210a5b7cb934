/* SPDX-License-Identifier: Apache-2.0 */
/* paper/pools.h: pools for the tests of this folder: by the formula of FORMATS.md, or by chance.
 *
 * A bank is only its index and the codes of its sections: all that a draw may read. */
#pragma once

#include "crypto/secret.h"
#include "paper/pool.h"

typedef struct {
  /* Owned */
  char *text; /* of the blueprint */
  JkBlueprint *blueprint;
  GByteArray *rows;
  GPtrArray *codes; /* of char * */
} Bank;

/* Fails the test when the text has a fault. */
JkBlueprint *pools_parse_blueprint (const char *text);

/* The bank of FORMATS.md 5.6 with its factors F, E, P and M. */
Bank *bank_new_golden (guint f, guint e, guint p, guint m);

/* A bank with no items, sections by the blueprint. */
Bank *bank_new (const char *blueprint_text);

/* A small bank and blueprint by chance; the blueprint can be filled unless enemies forbid it. */
Bank *bank_new_random (GRand *rand);
void bank_free (Bank *self);

/* Appends an item; the rest of the row is zero. */
void bank_add (Bank *self, const JkIndexRow *row);
JkIndex bank_get_index (const Bank *self);

/* NULL and error as jk_pool_new_from_index. */
JkPool *bank_new_pool (const Bank *self, GError **error);

/* Byte k is 32 * g + k. */
JkSecret *pools_new_seed (guint g);

/* The same for any number of seeds: the number in the first four bytes. */
JkSecret *pools_new_counted_seed (guint32 n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bank, bank_free)
