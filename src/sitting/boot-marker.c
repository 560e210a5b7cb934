/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/boot-marker.c: see the header.
 *
 * restart.proof: "JKBOOT\r\n" 8, u16 version 1, six zeros, boot id 16, token 16, checksum 32:
 * BLAKE2b ("jikao 1 boot marker", all before). */
#include "sitting/boot-marker.h"

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/hash.h"

#include <string.h>

#define FILE_NAME "restart.proof"
#define PURPOSE "jikao 1 boot marker"
#define MAGIC "JKBOOT\r\n"
#define MAGIC_BYTES 8
#define VERSION 1
#define HEAD_BYTES 16
#define CHECKED_BYTES (HEAD_BYTES + JK_BOOT_ID_BYTES + JK_BOOT_TOKEN_BYTES)
#define FILE_BYTES (CHECKED_BYTES + JK_DIGEST_BYTES)

typedef struct {
  guint8 boot_id[JK_BOOT_ID_BYTES];
  guint8 token[JK_BOOT_TOKEN_BYTES];
} Marker;

static void
put_marker (guint8 out[static FILE_BYTES], const Marker *marker)
{
  JkDigest check;

  memset (out, 0, FILE_BYTES);
  memcpy (out, MAGIC, MAGIC_BYTES);
  jk_bytes_put_u16 (out + MAGIC_BYTES, VERSION);
  memcpy (out + HEAD_BYTES, marker->boot_id, JK_BOOT_ID_BYTES);
  memcpy (out + HEAD_BYTES + JK_BOOT_ID_BYTES, marker->token, JK_BOOT_TOKEN_BYTES);
  jk_hash (PURPOSE, out, CHECKED_BYTES, &check);
  memcpy (out + CHECKED_BYTES, check.bytes, JK_DIGEST_BYTES);
}

/* Whatever is not exactly what would be written is damaged. */
static gboolean
take_marker (GBytes *bytes, Marker *out_marker)
{
  guint8 again[FILE_BYTES];
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size != FILE_BYTES)
    return FALSE;
  memcpy (out_marker->boot_id, data + HEAD_BYTES, JK_BOOT_ID_BYTES);
  memcpy (out_marker->token, data + HEAD_BYTES + JK_BOOT_ID_BYTES, JK_BOOT_TOKEN_BYTES);
  put_marker (again, out_marker);
  return memcmp (data, again, FILE_BYTES) == 0;
}

static gboolean
read_marker (const JkWorld *world,
             const char *path,
             JkBootMarker *out_found,
             Marker *out_marker,
             GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage, path, FILE_BYTES, &problem);
  guint8 boot_id[JK_BOOT_ID_BYTES];

  world->clock->boot_id (world->clock, boot_id);
  if (bytes != NULL && take_marker (bytes, out_marker)) {
    *out_found = memcmp (boot_id, out_marker->boot_id, JK_BOOT_ID_BYTES) == 0
                     ? JK_BOOT_MARKER_SAME
                     : JK_BOOT_MARKER_OTHER;
  } else if (bytes != NULL || g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE)) {
    *out_found = JK_BOOT_MARKER_DAMAGED;
  } else if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    *out_found = JK_BOOT_MARKER_MADE;
  } else {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (*out_found == JK_BOOT_MARKER_DAMAGED || *out_found == JK_BOOT_MARKER_MADE) {
    memcpy (out_marker->boot_id, boot_id, JK_BOOT_ID_BYTES);
    jk_random_fill (world->random, "boot marker: token", 0, out_marker->token, JK_BOOT_TOKEN_BYTES);
  }
  return TRUE;
}

gboolean
jk_boot_marker_check (const JkWorld *world,
                      const char *folder,
                      JkBootMarker *out_found,
                      guint8 out_token[static JK_BOOT_TOKEN_BYTES],
                      GError **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  guint8 out[FILE_BYTES];
  JkBootMarker found;
  Marker marker;

  if (!read_marker (world, path, &found, &marker, error))
    return FALSE;
  if (found == JK_BOOT_MARKER_MADE || found == JK_BOOT_MARKER_DAMAGED) {
    put_marker (out, &marker);
    g_autoptr (GBytes) bytes = g_bytes_new_static (out, FILE_BYTES);
    if (!jk_storage_write (world->storage, path, 0600, bytes, error))
      return FALSE;
  }
  /* Whoever wrote it may have been stopped before its name was on disk. */
  if (found == JK_BOOT_MARKER_SAME && !jk_storage_sync_folder (world->storage, folder, error))
    return FALSE;
  *out_found = found;
  memcpy (out_token, marker.token, JK_BOOT_TOKEN_BYTES);
  return TRUE;
}
