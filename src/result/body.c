/* SPDX-License-Identifier: Apache-2.0 */
/* result/body.c: the open part of a result: which session, sitting, record and seal; nothing
 * personal.
 */
#include "result/body.h"
#include "base/bytes.h"
#include "result/error.h"

GVariant *
jk_result_body_to_variant (const JkResultBody *self)
{
  GVariant *session =
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->session.bytes, JK_DIGEST_BYTES, 1);
  GVariant *sitting =
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->sitting_id, JK_SITTING_ID_BYTES, 1);

  return g_variant_new ("(@ay@ayuus)",
                        session,
                        sitting,
                        self->record,
                        self->seal_number,
                        self->hall);
}

/* A byte array of the body of exactly size bytes. */
static gboolean
take_bytes (GVariant *variant, gsize child, guint8 *out, gsize size)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (variant, child);
  gsize n = 0;
  const guint8 *bytes = g_variant_get_fixed_array (array, &n, 1);

  if (n != size)
    return FALSE;
  memcpy (out, bytes, size);
  return TRUE;
}

static gboolean
check_session (const JkResultBody *body, const JkSession *session, const char *file, GError **error)
{
  if (!jk_digest_equal (&body->session, jk_session_get_digest (session))) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_FOREIGN,
                 "%s is a result of another session (or another hall) than %s: take it to the "
                 "centre's folder of its own session.",
                 file,
                 jk_session_get_file (session));
    return FALSE;
  }
  if (!g_str_equal (body->hall, jk_session_get_hall (session))) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_FOREIGN,
                 "%s says it is of hall %.64s; expected hall %s, whose session it names: keep it "
                 "aside and ask the hall's chief proctor.",
                 file,
                 body->hall,
                 jk_session_get_hall (session));
    return FALSE;
  }
  if (body->record >= jk_session_get_n_records (session) || body->seal_number == 0) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_CONTENT,
                 "%s is of record %u with seal number %u; expected a record below %u and a seal "
                 "number from 1: keep it aside, no station of this session wrote it.",
                 file,
                 body->record,
                 body->seal_number,
                 jk_session_get_n_records (session));
    return FALSE;
  }
  return TRUE;
}

gboolean
jk_result_body_read (GVariant *variant,
                     const JkSession *session,
                     const char *file,
                     JkResultBody *out_body,
                     GError **error)
{
  JkResultBody body = { 0 };
  gboolean is_sized = take_bytes (variant, 0, body.session.bytes, JK_DIGEST_BYTES) &&
                      take_bytes (variant, 1, body.sitting_id, JK_SITTING_ID_BYTES);

  g_variant_get_child (variant, 2, "u", &body.record);
  g_variant_get_child (variant, 3, "u", &body.seal_number);
  g_variant_get_child (variant, 4, "&s", &body.hall);
  if (!is_sized) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_CONTENT,
                 "%s has a session digest or sitting number of a wrong length: keep it aside, no "
                 "station wrote it.",
                 file);
    return FALSE;
  }
  if (!check_session (&body, session, file, error))
    return FALSE;
  *out_body = body;
  return TRUE;
}

GBytes *
jk_result_body_get_context (GVariant *variant)
{
  g_autoptr (GVariant) little =
      G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (variant) : g_variant_ref (variant);
  return g_variant_get_data_as_bytes (little);
}

void
jk_hand_in_put_signed (guint8 out[static JK_HAND_IN_SIGNED_BYTES],
                       const JkResultBody *body,
                       const JkDigest *handed_in_link)
{
  memcpy (out, body->session.bytes, JK_DIGEST_BYTES);
  jk_bytes_put_u32 (out + JK_DIGEST_BYTES, body->record);
  jk_bytes_put_u32 (out + JK_DIGEST_BYTES + 4, body->seal_number);
  memcpy (out + JK_DIGEST_BYTES + 8, handed_in_link->bytes, JK_DIGEST_BYTES);
}
