/* SPDX-License-Identifier: Apache-2.0 */
/* session/rolls.h: the rolls of a hall under each amendment: whom a record named when a sitting
 * began, and the record key that proves its log-in. */
#pragma once

#include "session/session.h"

typedef struct _JkRolls JkRolls;

/* Opens those of every amendment in force with the X25519 key of a role or a centre. Errors: those
 * of jk_session_open_roll. */
JkRolls *jk_rolls_open (const JkSession *session, const JkSecret *seal_key, GError **error);
void jk_rolls_free (JkRolls *self);

/* The rolls, that of the build first; an amendment that changes no record has that of the one
 * before. The last is the one in force. */
guint jk_rolls_get_n (const JkRolls *self);
const JkRoll *jk_rolls_get (const JkRolls *self, guint n);

/* Which of them was in force under an amendment (0: before the first), at most the session's. */
guint jk_rolls_find (const JkRolls *self, guint amendment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRolls, jk_rolls_free)
