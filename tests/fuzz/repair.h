/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/repair.h: what whoever holds the keys can make of any bytes: digests, chains and signatures
 * that fit again, so that a fuzzer reaches what stands behind them. The exam is the same in each
 * run, so that files of fuzz-seeds are of its session. */
#pragma once

#include "envelope/envelope.h"
#include "support/exam.h"

/* The exam of all fuzzers; made at the first call, and precondition faults end the program from
 * then on. Lent. */
const JkTestExam *fuzz_exam (void);

/* Makes digests, signer, signature and lengths of an envelope fit; FALSE when it is too short. */
gboolean fuzz_repair_envelope (guint8 *data, gsize size, JkKind kind, const JkSecret *key);

/* Where a section lies in data; NULL when there is none of this name. */
guint8 *fuzz_find_section (guint8 *data, gsize size, const char *name, gsize *out_size);

typedef struct {
  /* Borrowed */
  const char *purpose;     /* of a head's commitment */
  const JkDigest *first;   /* link 0 */
  const JkDigest *session; /* with station: signs heads of a journal */
  const JkSecret *station; /* NULL: signatures stay */
  /* Plain */
  guint32 record;
  guint16 head; /* the event */
} FuzzChain;

/* Numbers rows (u32 size, row; repeated) from 1 and lets each head commit to the chain before it.
 * Stops where they are cut short. */
void fuzz_repair_rows (const FuzzChain *chain, guint8 *rows, gsize size);

/* The next row from *at on; NULL at the end, and where it is cut short. */
const guint8 *fuzz_next_row (const guint8 *rows, gsize size, gsize *at, guint32 *out_size);
