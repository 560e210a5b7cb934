/* SPDX-License-Identifier: Apache-2.0 */
/* base/world.h: what a function may not take by itself: time, disk, chance, and the price of a
 * guess.
 *
 * Everything that needs more than one of them takes a JkWorld. It is borrowed and never changed. */
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "base/storage.h"

/* The cost of one guess at a secret (Argon2id). */
typedef struct {
  guint32 passes;
  guint32 memory_kib;
} JkCost;

typedef struct {
  JkCost code;       /* printed codes and passcodes: 3 passes, 64 MiB */
  JkCost login;      /* admission and ID number: 1 pass, 16 MiB */
  JkCost passphrase; /* what people choose: 3 passes, 256 MiB */
} JkCosts;

typedef struct {
  const JkClock *clock;
  const JkStorage *storage;
  const JkRandom *random;
  const JkCosts *costs; /* what builders write, and the least that readers accept */
} JkWorld;

/* This machine with the costs of design.md section 3. Never NULL, never freed. */
const JkWorld *jk_world_system (void);
