/* SPDX-License-Identifier: Apache-2.0 */
/* session/beacon.c: console time as bytes, written and read. Forbidden here: any clock. */
#include "session/beacon.h"

#include "base/bytes.h"
#include "session/error.h"
#include "session/purpose.h"

#define MAGIC "JKTIME\r\n"
#define SUITE 1
#define VERSION 1
#define SIGNED_BYTES (JK_BEACON_BYTES - JK_SIGNATURE_BYTES)

GBytes *
jk_beacon_write (const JkBeacon *beacon, const JkSecret *sign_key)
{
  guint8 out[JK_BEACON_BYTES] = { 0 };

  memcpy (out, MAGIC, 8);
  jk_bytes_put_u16 (out + 8, SUITE);
  jk_bytes_put_u16 (out + 10, VERSION);
  memcpy (out + 16, beacon->session.bytes, JK_DIGEST_BYTES);
  memcpy (out + 48, beacon->console, JK_PUBLIC_BYTES);
  jk_bytes_put_u64 (out + 80, beacon->sequence);
  jk_bytes_put_u64 (out + 88, (guint64) beacon->wall_ms);
  jk_bytes_put_u64 (out + 96, (guint64) beacon->end_wall_ms);
  jk_sign (sign_key, JK_PURPOSE_BEACON, out, SIGNED_BYTES, out + SIGNED_BYTES);
  return g_bytes_new (out, sizeof out);
}

static gboolean
refuse (GError **error, const char *found)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BEACON,
               "The time of the console %s; expected that of the console which the chief examiner "
               "named for this session; check which console this hall uses.",
               found);
  return FALSE;
}

gboolean
jk_beacon_read (GBytes *bytes,
                const JkSession *session,
                const guint8 console[static JK_PUBLIC_BYTES],
                JkBeacon *out_beacon,
                GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  JkBeacon beacon;

  if (size != JK_BEACON_BYTES)
    return refuse (error, "has a wrong length");
  if (memcmp (data, MAGIC, 8) != 0 || jk_bytes_get_u16 (data + 8) != SUITE ||
      jk_bytes_get_u16 (data + 10) != VERSION || jk_bytes_get_u32 (data + 12) != 0)
    return refuse (error, "is of another kind or a newer version");
  if (memcmp (data + 16, jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES) != 0)
    return refuse (error, "is of another session or hall");
  if (memcmp (data + 48, console, JK_PUBLIC_BYTES) != 0)
    return refuse (error, "comes from another console");
  if (!jk_sign_verify (console, JK_PURPOSE_BEACON, data, SIGNED_BYTES, data + SIGNED_BYTES))
    return refuse (error, "is not signed by the console it names");

  beacon = (JkBeacon){
    .session = *jk_session_get_digest (session),
    .sequence = jk_bytes_get_u64 (data + 80),
    .wall_ms = (gint64) jk_bytes_get_u64 (data + 88),
    .end_wall_ms = (gint64) jk_bytes_get_u64 (data + 96),
  };
  memcpy (beacon.console, console, JK_PUBLIC_BYTES);
  jk_hash (JK_PURPOSE_BEACON, data, size, &beacon.digest);
  if (beacon.sequence == 0)
    return refuse (error, "has the number 0");
  *out_beacon = beacon;
  return TRUE;
}

guint64
jk_beacon_get_left_ms (const JkBeacon *self, guint64 max_ms)
{
  if (self->end_wall_ms <= self->wall_ms)
    return 0;
  /* Unsigned: the two may lie further apart than a signed number can say. */
  return MIN ((guint64) self->end_wall_ms - (guint64) self->wall_ms, max_ms);
}
