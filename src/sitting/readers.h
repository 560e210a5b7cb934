/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/readers.h: to whom the key of a store or capsule is sealed: one PC, the roles of its hall
 * that are in force, the centres. */
#pragma once

#include "crypto/seal.h"
#include "session/session.h"

/* Of JkSealPublic, pc (NULL: none) first; the caller unrefs. */
static inline GArray *
jk_readers_list (const JkSession *session, const JkSealPublic *pc)
{
  GArray *readers = g_array_new (FALSE, FALSE, sizeof (JkSealPublic));

  if (pc != NULL)
    g_array_append_vals (readers, pc, 1);
  for (guint n = 0; n < jk_session_get_n_roles (session); n++) {
    const JkRole *role = jk_session_get_role (session, n);
    if (!jk_session_is_role_revoked (session, role->name))
      g_array_append_vals (readers, &role->seal_public, 1);
  }
  for (guint n = 0; n < jk_session_get_n_centres (session); n++)
    g_array_append_vals (readers, jk_session_get_centre (session, n), 1);
  return readers;
}
