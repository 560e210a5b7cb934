/* SPDX-License-Identifier: Apache-2.0 */
/* common/secret-entry.h: an entry for what nobody else may read: ID number, room code.
 *
 * GTK 4.8 gives the text of a password entry, and each character as it is typed, to every program
 * on the accessibility bus. Here GTK gets dots only: what is typed goes to guarded memory before
 * the entry, its undo, its clipboard or the bus see it, and is wiped with the entry. */
#pragma once

#include "crypto/secret.h"

#include <gtk/gtk.h>

#define JK_SECRET_ENTRY_CHARS_MAX 64

/* Property "shown" (gboolean): the text stands there as it is, for everybody; FALSE. */
#define JK_TYPE_SECRET_ENTRY (jk_secret_entry_get_type ())
G_DECLARE_FINAL_TYPE (JkSecretEntry, jk_secret_entry, JK, SECRET_ENTRY, GtkEntry)

GtkWidget *jk_secret_entry_new (void);

/* What was typed, zero-terminated, in guarded memory of its own; the caller frees. */
JkSecret *jk_secret_entry_dup_secret (JkSecretEntry *self);
gboolean jk_secret_entry_is_empty (JkSecretEntry *self);

/* Wipes it and empties the entry. */
void jk_secret_entry_clear (JkSecretEntry *self);

/* Whether it may be shown: no other program can read what stands in a window. */
gboolean jk_secret_entry_may_show (void);
void jk_secret_entry_set_shown (JkSecretEntry *self, gboolean is_shown);
