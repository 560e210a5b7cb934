/* SPDX-License-Identifier: Apache-2.0 */
/* support/handed-in.c: see the header. */
#include "support/handed-in.h"

#include "base/bytes.h"
#include "envelope/writer.h"
#include "result/body.h"
#include "result/orders.h"
#include "sitting/proof.h"
#include "support/orders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define START_WALL_MS G_GINT64_CONSTANT (1619226000000)
#define ALLOTTED_MS (90u * 60 * 1000)

static void
check (GError *error)
{
  if (error == NULL)
    return;
  print_error ("%s\n", error->message);
  g_error_free (error);
  fail ();
}

static guint32
get_record (const JkTestHandedIn *self)
{
  return jk_record_get_person (self->record)->index;
}

void
jk_test_handed_in_add (JkTestHandedIn *self, JkEvent event, const guint8 *payload, gsize size)
{
  guint8 prefix[4];
  JkRow row = {
    .sequence = ++self->sequence,
    .event = event,
    .exam_ms = self->exam_ms,
    .wall_ms = START_WALL_MS + (gint64) self->exam_ms + self->pause_ms,
    .payload_size = (guint32) size,
    .payload = payload,
  };
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize row_size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &row_size);

  jk_bytes_put_u32 (prefix, (guint32) row_size);
  g_byte_array_append (self->rows, prefix, sizeof prefix);
  g_byte_array_append (self->rows, data, (guint) row_size);
  jk_chain_next (&self->link, data, row_size, &self->link);
}

static void
begin (JkTestHandedIn *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  JkIdentified identified = { .record = get_record (self) };
  JkStarted started = {
    .allotted_ms = ALLOTTED_MS,
    .amendment = jk_session_get_amendment_number (self->session),
  };
  const JkPaper *paper = jk_own_paper_get_paper (self->own);
  const guint8 *station = jk_station_get_sign_public (self->station);
  const JkDigest *session = jk_session_get_digest (self->session);
  JkDigest digest;

  memcpy (identified.session_digest, session->bytes, JK_DIGEST_BYTES);
  memcpy (identified.station_sign, station, JK_PUBLIC_BYTES);
  jk_proof_compute (self->record_key, session, self->sitting_id, station, &digest);
  memcpy (identified.proof, digest.bytes, JK_DIGEST_BYTES);
  jk_test_handed_in_add (self,
                         JK_EVENT_IDENTIFIED,
                         out,
                         jk_payload_put_identified (out, &identified));
  jk_test_handed_in_add (self, JK_EVENT_READY, NULL, 0);

  started.n_items = jk_paper_get_n (paper);
  jk_paper_get_digest (paper, &digest);
  memcpy (started.paper_digest, digest.bytes, JK_DIGEST_BYTES);
  jk_test_handed_in_add (self, JK_EVENT_STARTED, out, jk_payload_put_started (out, &started));
}

JkTestHandedIn *
jk_test_handed_in_new (const JkTestExam *exam, guint n)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, n);
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autofree char *store = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "store");
  g_autofree char *hardware = g_strdup_printf ("test station %u", n);
  JkTestHandedIn *self = g_new0 (JkTestHandedIn, 1);
  GError *error = NULL;

  self->exam = exam;
  self->session = jk_test_exam_get_session (exam, candidate->hall);
  self->rows = g_byte_array_new ();
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->record = jk_test_exam_log_in (exam, n, &self->record_key);
  self->own = jk_test_exam_open_paper (exam, n);
  self->station = jk_station_open (world, store, hardware, &error);
  check (error);
  jk_random_fill (world->random, "test: first link", n, &self->first_link, JK_DIGEST_BYTES);
  jk_random_fill (world->random, "test: sitting", n, self->sitting_id, JK_SITTING_ID_BYTES);
  self->link = self->first_link;
  begin (self);
  return self;
}

void
jk_test_handed_in_free (JkTestHandedIn *self)
{
  if (self == NULL)
    return;
  jk_station_free (self->station);
  jk_own_paper_free (self->own);
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
  g_byte_array_unref (self->rows);
  g_ptr_array_unref (self->orders);
  g_free (self);
}

/* Each order of a program has a number of its own. */
static guint64 order_counter = 5000;

void
jk_test_handed_in_obey (JkTestHandedIn *self, JkAct act, guint64 amount)
{
  guint hall = self->session == jk_test_exam_get_session (self->exam, 0) ? 0 : 1;
  const JkActRule *rule = jk_act_get_rule (act);
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  JkOrderTerms terms;
  GError *error = NULL;
  gsize size;

  jk_test_order_init (&terms,
                      self->exam,
                      hall,
                      act,
                      ++order_counter,
                      jk_station_get_sign_public (self->station));
  terms.record = get_record (self);
  terms.amount = amount > 0 ? amount : terms.amount;
  GBytes *bytes = jk_test_order_sign (self->exam, hall, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autoptr (JkOrder) order = jk_order_parse ("test", bytes, &error);
  check (error);
  g_ptr_array_add (self->orders, bytes);

  JkOrdered ordered = { .digest = *jk_order_get_digest (order), .amount = terms.amount };
  memcpy (ordered.id, terms.id, JK_ORDER_ID_BYTES);
  if (rule->event == JK_EVENT_NOTED || rule->event == JK_EVENT_ADMITTED)
    ordered.amount = act;
  JkHandedIn handed_in = {
    .seal_number = self->seal_number + 1,
    .reason = JK_HAND_IN_FORCED,
    .digest = ordered.digest,
  };
  memcpy (handed_in.id, terms.id, JK_ORDER_ID_BYTES);
  if (act == JK_ACT_FORCE) {
    self->seal_number++;
    size = jk_payload_put_handed_in (out, &handed_in);
  } else
    size = jk_payload_put_ordered (out, &ordered);
  jk_test_handed_in_add (self, rule->event, out, size);
  self->handed_in_link = self->link;
}

void
jk_test_handed_in_arrive (JkTestHandedIn *self)
{
  static guint n_stations;
  g_autoptr (JkTestWorld) chance = jk_test_world_new (700 + ++n_stations);
  g_autofree char *store = jk_test_folder_dup_path (jk_test_exam_get_folder (self->exam), "store");
  g_autofree char *hardware = g_strdup_printf ("spare station %u", n_stations);
  GBytes *last = g_ptr_array_index (self->orders, self->orders->len - 1);
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  GError *error = NULL;

  jk_station_free (self->station);
  self->station = jk_station_open (jk_test_world_get (chance), store, hardware, &error);
  check (error);
  g_autoptr (JkOrder) order = jk_order_parse ("test", last, &error);
  check (error);
  JkArrived arrived = { .digest = *jk_order_get_digest (order) };
  memcpy (arrived.id, jk_order_get_terms (order)->id, JK_ORDER_ID_BYTES);
  memcpy (arrived.station_sign, jk_station_get_sign_public (self->station), JK_PUBLIC_BYTES);
  jk_test_handed_in_add (self, JK_EVENT_ARRIVED, out, jk_payload_put_arrived (out, &arrived));
}

void
jk_test_handed_in_answer (JkTestHandedIn *self, guint position, guint16 mask)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkMark mark = { .position = (guint16) position, .mask = mask };

  self->exam_ms += 1000;
  jk_test_handed_in_add (self,
                         mask == 0 ? JK_EVENT_CLEARED : JK_EVENT_ANSWERED,
                         out,
                         jk_payload_put_mark (out, &mark));
}

void
jk_test_handed_in_head (JkTestHandedIn *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  guint8 message[JK_HEAD_SIGNED_BYTES];
  JkDigest commitment;
  JkHead head;

  jk_chain_commit (&self->link, JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  jk_head_put_signed (message,
                      jk_session_get_digest (self->session),
                      get_record (self),
                      self->sequence + 1,
                      head.commitment);
  jk_sign (jk_station_get_sign_key (self->station),
           JK_HEAD_PURPOSE,
           message,
           sizeof message,
           head.signature);
  jk_test_handed_in_add (self, JK_EVENT_HEAD, out, jk_payload_put_head (out, &head));
}

void
jk_test_handed_in_end (JkTestHandedIn *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkHandedIn handed_in = { .seal_number = ++self->seal_number,
                                 .reason = JK_HAND_IN_VOLUNTARY };

  jk_test_handed_in_head (self);
  jk_test_handed_in_add (self, JK_EVENT_HANDED_IN, out, jk_payload_put_handed_in (out, &handed_in));
  self->handed_in_link = self->link;
}

void
jk_test_handed_in_reopen (JkTestHandedIn *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkDigest digest = { { 0 } };

  jk_test_handed_in_add (self, JK_EVENT_SEALED, out, jk_payload_put_digest (out, &digest));
  jk_test_handed_in_obey (self, JK_ACT_REOPEN, 0);
}

static JkReplay *
replay (const JkTestHandedIn *self)
{
  JkReplay *rows = jk_replay_new (&self->first_link);
  GError *error = NULL;

  for (gsize at = 0; at < self->rows->len;) {
    guint32 size = jk_bytes_get_u32 (self->rows->data + at);
    jk_replay_take (rows, self->rows->data + at + 4, size, &error);
    check (error);
    at += 4 + (gsize) size;
  }
  return rows;
}

GBytes *
jk_test_handed_in_seal (const JkTestHandedIn *self)
{
  g_autoptr (JkReplay) rows = replay (self);
  g_autoptr (GBytes) row_bytes = g_bytes_new (self->rows->data, self->rows->len);
  const JkSealInput input = {
    .session = self->session,
    .station = self->station,
    .person = jk_record_get_person (self->record),
    .replay = rows,
    .sitting_id = self->sitting_id,
    .first_link = &self->first_link,
    .rows = row_bytes,
    .orders = self->orders,
  };
  const JkSealer *sealer = jk_result_sealer ();
  GError *error = NULL;
  GBytes *bytes = sealer->seal (sealer, &input, jk_test_exam_get_world (self->exam), &error);

  check (error);
  return bytes;
}

void
jk_test_handed_in_get_parts (const JkTestHandedIn *self, JkTestForgery *out_parts)
{
  guint8 message[JK_HAND_IN_SIGNED_BYTES];
  JkTestForgery parts = {
    .hall = jk_session_get_hall (self->session),
    .admission = jk_record_get_person (self->record)->admission,
    .name = jk_record_get_person (self->record)->name,
    .purpose = JK_RESULT_PURPOSE,
    .station = jk_station_get_sign_key (self->station),
    .centre = jk_test_exam_get_centre_public (self->exam),
    .rows = self->rows,
    .orders = self->orders,
    .session = *jk_session_get_digest (self->session),
    .first_link = self->first_link,
    .sitting_id_size = JK_SITTING_ID_BYTES,
    .link_size = JK_DIGEST_BYTES,
    .signature_size = JK_SIGNATURE_BYTES,
    .record = get_record (self),
    .seal_number = self->seal_number,
  };
  JkResultBody body = {
    .session = parts.session,
    .record = parts.record,
    .seal_number = parts.seal_number,
  };

  memcpy (parts.sitting_id, self->sitting_id, JK_SITTING_ID_BYTES);
  jk_hand_in_put_signed (message, &body, &self->handed_in_link);
  jk_sign (parts.station, JK_HAND_IN_PURPOSE, message, sizeof message, parts.signature);
  *out_parts = parts;
}

static GVariant *
array (gconstpointer data, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

static GBytes *
forge_inside (const JkTestForgery *parts)
{
  if (parts->inside != NULL)
    return g_bytes_new (parts->inside, parts->inside_size);
  g_autoptr (GVariant) inside =
      g_variant_ref_sink (g_variant_new ("(@ayss@ay@ay@aay)",
                                         array (parts->first_link.bytes, parts->link_size),
                                         parts->admission,
                                         parts->name,
                                         array (parts->signature, parts->signature_size),
                                         array (parts->rows->data, parts->rows->len),
                                         jk_result_orders_to_variant (parts->orders)));
  return g_variant_get_data_as_bytes (inside);
}

GBytes *
jk_test_forge (const JkTestExam *exam, const JkTestForgery *parts)
{
  static const char *const sections[] = { JK_RESULT_SECTION, NULL };
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GVariant) body =
      g_variant_ref_sink (g_variant_new ("(@ay@ayuus)",
                                         array (parts->session.bytes, JK_DIGEST_BYTES),
                                         array (parts->sitting_id, parts->sitting_id_size),
                                         parts->record,
                                         parts->seal_number,
                                         parts->hall));
  g_autoptr (GBytes) context = jk_result_body_get_context (body);
  g_autoptr (GBytes) inside = forge_inside (parts);
  g_autoptr (GBytes) sealed = jk_seal (parts->centre,
                                       1,
                                       parts->purpose,
                                       g_bytes_get_data (context, NULL),
                                       g_bytes_get_size (context),
                                       g_bytes_get_data (inside, NULL),
                                       g_bytes_get_size (inside),
                                       world->random,
                                       "test: forgery",
                                       0);
  GError *error = NULL;
  GBytes *bytes = NULL;
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (world->storage,
                                                                NULL,
                                                                0,
                                                                JK_KIND_RESULT,
                                                                g_variant_ref (body),
                                                                sections,
                                                                &error);

  check (error);
  jk_envelope_writer_append (writer,
                             g_bytes_get_data (sealed, NULL),
                             g_bytes_get_size (sealed),
                             &error);
  check (error);
  jk_envelope_writer_end_section (writer, 0, &error);
  check (error);
  jk_envelope_writer_finish (writer, parts->station, &bytes, NULL, &error);
  check (error);
  return bytes;
}
