/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-recover.c: a seat that the disk forgot comes back from its second place. */
#include "sitting/seat-private.h"

static gboolean
note_back (JkSeat *self, gboolean has_log, const GArray *records, GError **error)
{
  if (has_log && !jk_log_add_store (self->log, JK_LOG_STORE_BACK, JK_ORDER_EVERY, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++) {
    guint32 record = g_array_index (records, guint32, i);
    if (!jk_log_add_store (self->log, JK_LOG_STORE_BACK, record, error))
      return FALSE;
  }
  return TRUE;
}

JkSeat *
jk_seat_recover (const JkSeatPlace *place,
                 const char *session_path,
                 const char *second_place,
                 GError **error)
{
  g_autoptr (JkSession) session =
      jk_session_open (place->world, session_path, place->authorities, error);
  const JkSittingPlace sitting_place = {
    .world = place->world,
    .session = session,
    .station = place->station,
    .sealer = place->sealer,
  };
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) problem = NULL;
  gboolean has_log = FALSE;

  if (session == NULL || !jk_log_recover (&sitting_place, second_place, &has_log, error))
    return NULL;
  jk_sitting_recover_all (&sitting_place, second_place, records, &problem);
  g_autoptr (JkSeat) self = jk_seat_load (place, session_path, error);
  if (self == NULL || !note_back (self, has_log, records, error))
    return NULL;
  if (problem != NULL)
    g_ptr_array_add (self->faults, g_strdup (problem->message));
  return g_steal_pointer (&self);
}
