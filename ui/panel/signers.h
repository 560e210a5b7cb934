/* SPDX-License-Identifier: Apache-2.0 */
/* panel/signers.h: who signs what cannot be undone: the passcode that opened the panel once more,
 * and the envelope of a second person. */
#pragma once

#include "crypto/secret.h"
#include "session/session.h"

#include <gtk/gtk.h>

#define JK_TYPE_SIGNERS (jk_signers_get_type ())
G_DECLARE_FINAL_TYPE (JkSigners, jk_signers, JK, SIGNERS, GtkWidget)

/* Asks for the passcode of role once more, for a second person, for both or for neither, when it is
 * not there. The second may be any but those of left_out (set of 1 << JkRoleName). */
void jk_signers_ask (JkSigners *self,
                     const JkSession *session,
                     JkRoleName role,
                     gboolean again,
                     gboolean second,
                     guint32 left_out);

/* What was not filled in, with the sentence that asks for it (lent); NULL: nothing. */
GtkWidget *jk_signers_find_missing (JkSigners *self, const char **out_sentence);

/* What was typed, as jk_secret_entry_dup_secret gives it; and the second person's role, 0 when
 * there is none. */
JkSecret *jk_signers_dup_again (JkSigners *self);
JkSecret *jk_signers_dup_second (JkSigners *self);
JkRoleName jk_signers_get_second (JkSigners *self);

/* Wipes what was typed. */
void jk_signers_clear (JkSigners *self);

/* It failed: whose passcode was refused types it anew, where it is marked; what the other one typed
 * stays. 0: it was for something else, and both type again what they then agree to. */
void jk_signers_refuse (JkSigners *self, JkRoleName refused);

/* To type it. */
void jk_signers_grab_focus (JkSigners *self);
