/* SPDX-License-Identifier: Apache-2.0 */
/* session/body.h: the body of a session's manifest, into a JkSession. Private to this folder. */
#pragma once

#include "session/session-private.h"

/* Takes every field over, checked against limits.h. NULL when all is well, else half a sentence:
 * what was found and what was expected; lent. */
const char *jk_body_read (GVariant *body, JkSession *session);
