/* SPDX-License-Identifier: Apache-2.0 */
/* desk/intake.h: the files of a folder, a share or a stick that a desk can take, copied to the disk
 * of this PC before anybody looks into them.
 *
 * I1  Only the thread that makes an intake waits for the stick. One that hangs, is slow or is
 * pulled keeps nobody else waiting (P2), and what is checked later is what was copied. I2  Nothing
 * on the stick is changed. What else lies on it, in whatever numbers, is passed over: also the "._"
 * doubles that some systems leave on FAT. I3  A file that cannot be copied stops none of the
 * others; it has its sentence.
 *
 * Needs nothing of a desk; for any thread, one at a time. */
#pragma once

#include "base/storage.h"
#include "desk/progress.h"

#include <gio/gio.h>

/* In the order in which they are taken: what comes later is for one of the first. */
typedef enum {
  JK_INTAKE_SESSION,
  JK_INTAKE_BANK,
  JK_INTAKE_AMENDMENT,
  JK_INTAKE_ORDER,
  JK_INTAKE_N_KINDS,
} JkIntakeKind;

typedef struct {
  /* Owned */
  char *name;      /* without the folder */
  char *mark;      /* path and state: another one when the file was changed */
  char *copy;      /* path on this PC; NULL: there is none */
  GError *problem; /* why not; NULL: it was copied */
  /* Plain */
  JkIntakeKind kind;
  guint64 size; /* in bytes */
} JkIntakeFile;

typedef struct _JkIntake JkIntake;

/* Copies what is in folder to place, a folder of this PC that nobody else uses and that is made
 * when there is something to copy. Files whose mark is in skip (NULL: none) are only listed. What
 * it has copied when it is cancelled is removed. progress is told bytes, and may be NULL. Errors:
 * MISSING, STORAGE (the folder cannot be read), G_IO_ERROR_CANCELLED. */
JkIntake *jk_intake_new (const JkStorage *storage,
                         const char *folder,
                         const char *place,
                         GHashTable *skip,
                         JkProgress *progress,
                         GCancellable *cancellable,
                         GError **error);

/* Removes the copies. */
void jk_intake_free (JkIntake *self);

/* Those that were not skipped, by kind, then by name: "2" comes before "10". Lent. */
guint jk_intake_get_n (const JkIntake *self);
const JkIntakeFile *jk_intake_get (const JkIntake *self, guint n);

/* Whether a file with this mark lay there, skipped or not. */
gboolean jk_intake_has (const JkIntake *self, const char *mark);

/* Names of files of people on their way to another PC (.jkcapsule), which are left where they are:
 * jk_panel_move_in_async takes them. Sorted; lent. */
const GPtrArray *jk_intake_get_capsules (const JkIntake *self);

/* A sentence on the copy of a file, as one on the file itself. The caller frees. */
char *jk_intake_dup_sentence (const JkIntake *self, const char *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkIntake, jk_intake_free)
