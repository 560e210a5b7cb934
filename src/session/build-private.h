/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-private.h: from the build of a session to the file of one hall. Private to this
 * folder. */
#pragma once

#include "paper/draw.h"
#include "session/build.h"
#include "session/record.h"
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

/* The paths of names in a folder. */
GPtrArray *jk_build_list_paths (const GPtrArray *names, const char *folder);

/* Whether none of these is there. Errors: EXISTS, STORAGE. */
gboolean jk_build_check_free (const JkStorage *storage, const GPtrArray *paths, GError **error);

/* Takes back what was written of these. */
void jk_build_remove (const JkStorage *storage, const GPtrArray *paths, const char *folder);

/* Who a row of the roster is; borrows from row and masked_id. */
JkPerson jk_build_person (const JkRosterRow *row, const char *masked_id, guint32 index);

/* Draws the paper of record index; seed, digest and item keys of it. Errors: those of jk_draw. */
JkPaperKeys *jk_build_draw (const JkPool *pool,
                            const JkOffice *office,
                            const JkOfficeHall *hall,
                            guint32 index,
                            GError **error);

/* Draws the papers of the number-th hall of the office, closes its records and writes its file.
 * Errors: BUILD, those of jk_draw, COST, MEMORY, STORAGE. */
gboolean jk_build_hall (const JkBuild *build, guint number, const char *path, GError **error);
