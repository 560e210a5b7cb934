/* SPDX-License-Identifier: Apache-2.0 */
/* result/seal-result.c: a handed-in sitting sealed once, on the station (P6, P8). */
#include "envelope/writer.h"
#include "result/body.h"
#include "result/orders.h"

/* Inside what is sealed: link 0, admission number, name, hand-in signature, rows, orders. */
static GBytes *
make_inside (const JkSealInput *input, const JkResultBody *body)
{
  guint8 message[JK_HAND_IN_SIGNED_BYTES];
  guint8 signature[JK_SIGNATURE_BYTES];

  jk_hand_in_put_signed (message, body, jk_replay_get_handed_in_link (input->replay));
  jk_sign (jk_station_get_sign_key (input->station),
           JK_HAND_IN_PURPOSE,
           message,
           sizeof message,
           signature);

  GVariant *link =
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, input->first_link->bytes, JK_DIGEST_BYTES, 1);
  GVariant *signed_link =
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, signature, JK_SIGNATURE_BYTES, 1);
  GVariant *rows = g_variant_new_from_bytes (G_VARIANT_TYPE ("ay"), input->rows, TRUE);
  GVariant *orders = jk_result_orders_to_variant (input->orders);
  g_autoptr (GVariant) inside = g_variant_ref_sink (g_variant_new ("(@ayss@ay@ay@aay)",
                                                                   link,
                                                                   input->person->admission,
                                                                   input->person->name,
                                                                   signed_link,
                                                                   rows,
                                                                   orders));
  return g_variant_get_data_as_bytes (inside);
}

static GBytes *
seal_inside (const JkSealInput *input,
             const JkResultBody *body,
             GVariant *open_body,
             const JkWorld *world)
{
  guint n = jk_session_get_n_centres (input->session);
  g_autofree JkSealPublic *centres = g_new (JkSealPublic, n);
  /* Of one record and seal number there is one sealing on a station. */
  g_autofree char *use =
      g_strdup_printf ("result: record %u seal %u", body->record, body->seal_number);
  g_autoptr (GBytes) context = jk_result_body_get_context (open_body);
  g_autoptr (GBytes) inside = make_inside (input, body);

  for (guint i = 0; i < n; i++)
    centres[i] = *jk_session_get_centre (input->session, i);
  return jk_seal (centres,
                  n,
                  JK_RESULT_PURPOSE,
                  g_bytes_get_data (context, NULL),
                  g_bytes_get_size (context),
                  g_bytes_get_data (inside, NULL),
                  g_bytes_get_size (inside),
                  world->random,
                  use,
                  0);
}

static GBytes *
seal (const JkSealer *self, const JkSealInput *input, const JkWorld *world, GError **error)
{
  static const char *const sections[] = { JK_RESULT_SECTION, NULL };
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (world != NULL, NULL);
  g_return_val_if_fail (jk_replay_get_state (input->replay) == JK_STATE_HANDED_IN, NULL);

  JkResultBody body = {
    .session = *jk_session_get_digest (input->session),
    .record = input->person->index,
    .seal_number = jk_replay_get_handed_in (input->replay)->seal_number,
    .hall = jk_session_get_hall (input->session),
  };
  memcpy (body.sitting_id, input->sitting_id, JK_SITTING_ID_BYTES);
  g_autoptr (GVariant) open_body = g_variant_ref_sink (jk_result_body_to_variant (&body));
  g_autoptr (GBytes) sealed = seal_inside (input, &body, open_body, world);
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (world->storage,
                                                                NULL,
                                                                0,
                                                                JK_KIND_RESULT,
                                                                g_variant_ref (open_body),
                                                                sections,
                                                                error);
  GBytes *bytes = NULL;

  if (writer == NULL ||
      !jk_envelope_writer_append (writer,
                                  g_bytes_get_data (sealed, NULL),
                                  g_bytes_get_size (sealed),
                                  error) ||
      !jk_envelope_writer_end_section (writer, 0, error) ||
      !jk_envelope_writer_finish (writer,
                                  jk_station_get_sign_key (input->station),
                                  &bytes,
                                  NULL,
                                  error))
    return NULL;
  return bytes;
}

const JkSealer *
jk_result_sealer (void)
{
  static const JkSealer sealer = { .seal = seal };
  return &sealer;
}

char *
jk_result_dup_file_name (const JkSession *session, guint32 record, guint32 seal_number)
{
  g_return_val_if_fail (session != NULL, NULL);

  return g_strdup_printf ("%s-%s-%u-s%u.jkresult",
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          record,
                          seal_number);
}
