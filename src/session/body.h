/* SPDX-License-Identifier: Apache-2.0 */
/* session/body.h: the body of a session's manifest, into a JkSession. Private to this folder. */
#pragma once

#include "session/session-private.h"

/* Takes every field over, checked against limits.h. NULL when all is well, else half a sentence:
 * what was found and what was expected; lent. */
const char *jk_body_read (GVariant *body, JkSession *session);

/* Copies a byte string of exactly size bytes; FALSE for any other. */
gboolean jk_body_read_bytes (GVariant *parent, gsize child, gpointer out, gsize size);

guint32 jk_body_get_u32 (GVariant *parent, gsize child);

/* The roles of an a(yayayay), which the caller clears and frees also after FALSE: usable keys,
 * names in ascending order and at most name_max. */
gboolean jk_body_read_roles (GVariant *roles, guint name_max, JkRole **out_roles, guint *out_n);

/* What a builder puts into a body: a byte string, and an a(yayayay). Floating. */
GVariant *jk_body_new_bytes (gconstpointer data, gsize size);
GVariant *jk_body_new_roles (const JkRole *roles, guint n);
