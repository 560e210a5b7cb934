/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-private.h: from the build of a session to the file of one hall. Private to this
 * folder. */
#pragma once

#include "paper/draw.h"
#include "session/build.h"
#include "session/wraps.h"

typedef struct {
  /* Borrowed */
  const JkSessionInputs *inputs;
  const JkWorld *world;
  const JkOffice *office;
  const JkPool *pool;
  const JkStartWrap *start;
  const JkDigest *bank_digest;
} JkBuild;

/* Draws the papers of the number-th hall of the office, closes its records and writes its file.
 * Errors: BUILD, those of jk_draw, COST, MEMORY, STORAGE. */
gboolean jk_build_hall (const JkBuild *build, guint number, const char *path, GError **error);
