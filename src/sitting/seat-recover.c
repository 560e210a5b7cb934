/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-recover.c: a seat that the disk forgot comes back from its second place. */
#include "sitting/seat-private.h"

#include "base/error.h"
#include "base/limits.h"

/* A copy of the log that cannot be taken back keeps no sitting away; where the disk of this PC
 * fails, nothing comes back. */
static gboolean
is_of_the_copy (const GError *error)
{
  return g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN) ||
         g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

/* What two proctors had wiped does not come back; a log that does not open says so when the seat
 * is loaded. */
static gboolean
is_wiped (const JkSittingPlace *place)
{
  g_autoptr (JkLog) log = jk_log_open (place, NULL);

  if (log == NULL)
    return FALSE;
  return jk_log_replay_is_wiped (jk_log_get_replay (log)) ||
         jk_log_replay_get_wipe_order (jk_log_get_replay (log)) != NULL;
}

/* Those that this PC forgot. Whether they are the right ones the rows of the log say. */
static void
take_amendments_back (const JkSittingPlace *place, const char *second_place)
{
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *second = g_build_filename (second_place, name, NULL);

  for (guint number = 1; number <= JK_AMENDMENTS_MAX; number++) {
    if (!jk_seat_copy_amendment (place->world->storage, second, folder, number, TRUE, NULL))
      return;
  }
}

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
  g_autoptr (GError) problem = NULL, log_problem = NULL;
  gboolean has_log = FALSE;

  if (session == NULL)
    return NULL;
  if (!jk_log_recover (&sitting_place, second_place, &has_log, &log_problem) &&
      !is_of_the_copy (log_problem)) {
    g_propagate_error (error, g_steal_pointer (&log_problem));
    return NULL;
  }
  if (!is_wiped (&sitting_place)) {
    take_amendments_back (&sitting_place, second_place);
    jk_sitting_recover_all (&sitting_place, second_place, records, &problem);
  }
  g_autoptr (JkSeat) self = jk_seat_load (place, session_path, error);
  if (self == NULL || !note_back (self, has_log, records, error))
    return NULL;
  if (log_problem != NULL)
    g_ptr_array_add (self->faults, g_strdup (log_problem->message));
  if (problem != NULL)
    g_ptr_array_add (self->faults, g_strdup (problem->message));
  return g_steal_pointer (&self);
}
