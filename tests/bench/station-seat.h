/* SPDX-License-Identifier: Apache-2.0 */
/* station-seat.h: a sitting of 90 questions that has just begun, and whose program ended. Stems are
 * 20 to 400 Han characters: random, so that most glyphs are new, or as a real paper has them. */
#pragma once

#include "desk/opening.h"
#include "station-world.h"

typedef struct {
  /* Owned */
  JkTestExam *exam;
  JkTestFolder *folder;
  BenchWorld world;
  char *store, *inbox;
  /* Plain */
  gint64 start_ms;
} BenchSeat;

typedef enum {
  BENCH_TEXT_RANDOM,
  BENCH_TEXT_REAL, /* passages of the bank that is shipped */
} BenchText;

/* At a speed of 1 or more, which goes on in the program that is started again. */
void bench_seat_init (BenchSeat *self, BenchText text, guint speed);
void bench_seat_clear (BenchSeat *self);

/* The arguments of a program that opens it, in a store of this path; the caller frees. */
char **bench_seat_dup_argv (const BenchSeat *self, const char *program, const char *store);

/* In that program: begins to open its desk, which world must outlive. */
JkDeskOpening *bench_seat_begin (char **argv, BenchWorld *world, guint speed);

/* The desk, in mid-exam; ends the program when it is not. */
JkDesk *bench_seat_finish (JkDeskOpening *opening, BenchWorld *world, guint speed);
