/* SPDX-License-Identifier: Apache-2.0 */
/* desk/progress.h: how far something has got, told from whichever thread does it to the one that
 * shows it. A stick that is faster than the screen makes no queue: what was not told yet is told as
 * it is then. */
#pragma once

#include <glib.h>

/* On the thread that shows: so many bytes of so many, name is the file it is at. */
typedef void (*JkFolderProgress) (const char *name,
                                  guint64 done,
                                  guint64 total,
                                  gpointer user_data);

typedef struct _JkProgress JkProgress;

/* Told in context, which is the caller's; progress may be NULL. */
JkProgress *jk_progress_new (GMainContext *context, JkFolderProgress progress, gpointer user_data);
JkProgress *jk_progress_ref (JkProgress *self);
void jk_progress_unref (JkProgress *self);

/* From any thread. */
void jk_progress_tell (JkProgress *self, const char *name, guint64 done, guint64 total);

/* Only on the thread that shows: from now on nothing is told, whoever goes on in the background. */
void jk_progress_stop (JkProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkProgress, jk_progress_unref)
