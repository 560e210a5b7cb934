/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-move.c: capsules of a scripted candidate. */
#include "tool/sit-move.h"

#include "base/error.h"
#include "base/limits.h"
#include "sitting/capsule.h"
#include "tool/inputs.h"

#include <string.h>

static JkSitting *
arrive (const JkSittingPlace *place,
        const char *file,
        GBytes *capsule,
        const char *order_path,
        const JkSecret *key,
        GError **error)
{
  g_autoptr (GBytes) bytes =
      jk_storage_read (place->world->storage, order_path, JK_ORDER_BYTES_MAX, error);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse (order_path, bytes, error) : NULL;

  return order != NULL ? jk_sitting_arrive (place, file, capsule, key, order, error) : NULL;
}

static gboolean
is_store (GBytes *bytes)
{
  static const char magic[] = "SQLite format 3";
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return size >= sizeof magic && memcmp (data, magic, sizeof magic) == 0;
}

/* The key of a role where there is one to open: once, for it is dear. */
static gboolean
ensure_key (const JkSittingPlace *place,
            const char *role,
            const JkSecrets *secrets,
            JkSecret **key,
            GError **error)
{
  if (role != NULL && *key == NULL)
    *key = jk_input_role_seal_key (place->world, place->session, role, secrets, error);
  return role == NULL || *key != NULL;
}

/* A second copy, or the store of a dead PC, as what a move would have made. */
static GBytes *
make_capsule (const JkSittingPlace *place, const char *path, const JkSecret *key, GError **error)
{
  return jk_capsule_from_store (place->world,
                                place->session,
                                path,
                                key != NULL ? key : jk_station_get_seal_key (place->station),
                                key != NULL ? NULL : jk_station_get_seal_public (place->station),
                                jk_station_get_folder (place->station),
                                error);
}

JkSitting *
jk_sit_arrive (const JkSittingPlace *place,
               const char *capsule_path,
               const char *order_path,
               const char *role,
               const JkSecrets *secrets,
               GError **error)
{
  g_autoptr (GBytes) capsule =
      jk_storage_read (place->world->storage, capsule_path, JK_CAPSULE_BYTES_MAX, error);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkSitting) sitting = NULL;
  g_autoptr (GError) problem = NULL;
  guint32 record;

  if (capsule == NULL)
    return NULL;
  if (is_store (capsule)) {
    g_bytes_unref (g_steal_pointer (&capsule));
    if (!ensure_key (place, role, secrets, &key, error))
      return NULL;
    capsule = make_capsule (place, capsule_path, key, error);
    if (capsule == NULL)
      return NULL;
  }
  if (jk_capsule_peek (capsule, &record, NULL))
    sitting = jk_sitting_resume (place, record, &problem);
  if (problem != NULL && !g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (sitting == NULL && !ensure_key (place, role, secrets, &key, error))
    return NULL;
  if (sitting == NULL)
    sitting = arrive (place, capsule_path, capsule, order_path, key, error);
  if (sitting == NULL || (jk_sitting_is_waiting (sitting) && !jk_sitting_continue (sitting, error)))
    return NULL;
  return g_steal_pointer (&sitting);
}

gboolean
jk_sit_export_capsule (const JkStorage *storage,
                       JkSitting *sitting,
                       const char *path,
                       GError **error)
{
  g_autoptr (GBytes) capsule = jk_sitting_make_capsule (sitting, error);

  return capsule != NULL && jk_storage_write (storage, path, 0600, capsule, error);
}
