/* SPDX-License-Identifier: Apache-2.0 */
/* support/flips.h: every single-bit flip and every truncation of a file that travels, through the
 * opener that its readers use.
 *
 * A kind gives a function that reads all a careful reader reads and says in one digest what it
 * read. Each change must be refused with the class of FORMATS.md section 3, or, where the kind does
 * not check the outer digest, leave what was read as it was. A new kind is one more JkTestFlips. */
#pragma once

#include "base/storage.h"
#include "crypto/hash.h"

/* A disk with one file in memory, under any name. */
typedef struct {
  /* First, so that a pointer to it is a pointer to this */
  JkStorage storage;
  /* Borrowed */
  GBytes *bytes;
} JkTestOneFile;

void jk_test_one_file_init (JkTestOneFile *self);

typedef struct {
  const char *name;
  /* Opens and reads; *out_read is a digest of what was read. */
  gboolean (*open) (const JkTestOneFile *file, JkDigest *out_read, GError **error);
  gboolean has_signer; /* the opener expects one signer and says so before it checks a signature */
  /* NULL: the outer digest is checked. Else each part is, and this tells the errors of a part that
   * changed, beside the envelope's own. */
  gboolean (*is_part_error) (const GError *error);
} JkTestFlips;

/* Fails the test at the first change that is not found, and prints how many were tried and refused
 * in each part of the file. Under a sanitizer and without optimisation, or with JIKAO_FLIPS=N in
 * the environment, only each N-th change is tried; else none may be left out. */
void jk_test_flips_run (const JkTestFlips *kind, GBytes *bytes);
