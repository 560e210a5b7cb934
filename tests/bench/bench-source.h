/* SPDX-License-Identifier: Apache-2.0 */
/* bench-source.h: what an office writes by hand, in any size, for the measurements that need it. */
#pragma once

#include "bank/source.h"

/* Ends the program with the error's sentence unless done. */
void bench_must (gboolean done, const GError *error);

/* The source of a bank of so many items, in ten sections, written into folder. */
JkSource *bench_source_make (const char *folder, guint32 n_items);

/* A blueprint for it: papers of so many single choice items, a multiple of ten. The caller frees.
 */
char *bench_source_dup_blueprint (guint paper_items);

/* Removes a folder with all in it. */
void bench_remove_folder (const char *folder);
