/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/readers.h: to whom the key of a store is sealed: this station, the roles of its hall
 * that are in force, the centres. */
#pragma once

#include "sitting/sitting.h"

/* Of JkSealPublic; the caller unrefs. */
static inline GArray *
jk_readers_list (const JkSittingPlace *place)
{
  GArray *readers = g_array_new (FALSE, FALSE, sizeof (JkSealPublic));
  const JkSession *session = place->session;

  g_array_append_vals (readers, jk_station_get_seal_public (place->station), 1);
  for (guint i = 0; i < jk_session_get_n_roles (session); i++) {
    const JkRole *role = jk_session_get_role (session, i);
    if (!jk_session_is_role_revoked (session, role->name))
      g_array_append_vals (readers, &role->seal_public, 1);
  }
  for (guint i = 0; i < jk_session_get_n_centres (session); i++)
    g_array_append_vals (readers, jk_session_get_centre (session, i), 1);
  return readers;
}
