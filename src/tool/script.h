/* SPDX-License-Identifier: Apache-2.0 */
/* tool/script.h: what a scripted candidate answers: from a file, or at random from a seed.
 *
 * A file has lines of item id, tab, option letters: A is canonical option 0; for judge A is true
 * and B is false. Items that are not in it stay unanswered. */
#pragma once

#include "base/storage.h"
#include "bank/blob.h"
#include "paper/paper.h"

typedef struct _JkScript JkScript;

/* Reads answers; wrong turns each of them into a possible answer that is not right. Errors: those
 * of jk_storage_read, JK_BASE_ERROR_TEXT with the line. */
JkScript *
jk_script_load (const JkStorage *storage, const char *path, gboolean wrong, GError **error);

/* Random answers, the same for the same seed. */
JkScript *jk_script_new_random (guint32 seed);
void jk_script_free (JkScript *self);

/* The mask for an item; 0 leaves it unanswered. */
guint16 jk_script_answer (JkScript *self, const JkPaperItem *item, const JkBlob *blob);

/* A mask as letters, bit 0 first as A; the caller frees. */
char *jk_script_dup_letters (guint16 mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkScript, jk_script_free)
