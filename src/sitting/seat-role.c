/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-role.c: a proctor comes to this PC with the passcode of an envelope.
 *
 * Wrong passcodes are slowed, counted and recorded; they never stop an exam (P11). */
#include "sitting/seat-private.h"

#include "session/error.h"

#include <string.h>

#define MS_PER_S 1000

static guint64
measure_wait_ms (const JkSeat *self, JkRoleName name)
{
  guint8 boot_id[JK_BOOT_ID_BYTES];
  guint64 boot_ms = jk_seat_read_boot_ms (self, boot_id);

  return jk_log_replay_get_passcode_wait_ms (jk_seat_get_log (self),
                                             jk_session_get_policy (self->session),
                                             name,
                                             boot_id,
                                             boot_ms);
}

guint64
jk_seat_get_role_wait_ms (const JkSeat *self, JkRoleName name)
{
  return jk_session_find_role (self->session, name) != NULL ? measure_wait_ms (self, name) : 0;
}

static gboolean
check_wait (const JkSeat *self, JkRoleName name, GError **error)
{
  guint64 wait_ms = measure_wait_ms (self, name);

  return wait_ms == 0 ||
         jk_seat_refuse (error,
                         JK_SITTING_ERROR_WAIT,
                         "The passcode of the role “%s” was wrong %u times on this PC; wait "
                         "%" G_GUINT64_FORMAT " s and read it from the envelope again, or use "
                         "another role's envelope.",
                         jk_role_name_get (name),
                         jk_log_replay_get_n_wrong (jk_seat_get_log (self), name),
                         (wait_ms + MS_PER_S - 1) / MS_PER_S);
}

static gboolean
check_role (const JkSeat *self, JkRoleName name, GError **error)
{
  if (jk_session_find_role (self->session, name) == NULL)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_STATE,
                           "This session has no role “%s”; use the envelopes of this hall.",
                           jk_role_name_get (name));
  if ((jk_seat_get_revoked_roles (self) & JK_BIT (name)) == 0)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_ORDER_REVOKED,
               "The role “%s” was revoked and gives no more orders; use another role's envelope.",
               jk_role_name_get (name));
  return FALSE;
}

gboolean
jk_seat_open_role (JkSeat *self,
                   JkRoleName name,
                   const char *passcode,
                   JkRoleKeys *out_keys,
                   GError **error)
{
  GError *refusal = NULL;

  /* Whom an amendment revoked cannot be told while it is gone. */
  if (!jk_seat_check_amended (self, error) || !check_role (self, name, error) ||
      !check_wait (self, name, error))
    return FALSE;
  gboolean ok = jk_role_open (jk_session_find_role (self->session, name),
                              passcode,
                              self->place.world,
                              jk_session_get_file (self->session),
                              out_keys,
                              &refusal);
  /* A slip of a key is told by the check letter, and is no guess. A row that the disk does not take
   * now it takes later (L1): meanwhile a proctor may be needed more than ever. */
  if (ok || g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE))
    jk_log_add_passcode (self->log, name, ok ? JK_LOG_PASSCODE_RIGHT : JK_LOG_PASSCODE_WRONG, NULL);
  if (!ok)
    g_propagate_error (error, refusal);
  return ok;
}

void
jk_seat_init_terms (const JkSeat *self, JkAct act, JkOrderTerms *out_terms)
{
  const guint8 *station = jk_station_get_sign_public (self->place.station);
  guint64 last = jk_log_replay_get_last_counter (jk_seat_get_log (self), station);

  jk_order_terms_init (out_terms, self->session, act, self->place.world, last + 1);
  memcpy (out_terms->station, station, sizeof out_terms->station);
  memcpy (out_terms->device, station, sizeof out_terms->device);
}
