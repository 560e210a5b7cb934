/* SPDX-License-Identifier: Apache-2.0 */
/* score-sitting.c: one sitting, row by row. */
#include "score-sitting.h"

#include "base/bytes.h"
#include "bench-source.h"
#include "crypto/chain.h"
#include "result/result.h"
#include "sitting/proof.h"

#define START_WALL_MS G_GINT64_CONSTANT (1619226000000)
#define ANSWER_MS 10000
#define GAP_MS 60000

typedef struct {
  /* Owned */
  JkReplay *replay;
  GByteArray *rows; /* u32 size and row, repeated */

  /* Borrowed */
  const ScoreFixture *fixture;
  const JkStation *station;
  const JkSecret *record_key;

  /* Plain */
  JkDigest first_link;
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  guint32 record;
  guint64 exam_ms;
} Sitting;

static void
add (Sitting *self, JkEvent event, const guint8 *payload, gsize size)
{
  guint8 prefix[4];
  const JkRow row = {
    .sequence = jk_replay_get_n_rows (self->replay) + 1,
    .event = event,
    .exam_ms = self->exam_ms,
    .wall_ms = START_WALL_MS + (gint64) self->exam_ms,
    .payload_size = (guint32) size,
    .payload = payload,
  };
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  g_autoptr (GError) error = NULL;
  gsize row_size;
  const guint8 *data = g_bytes_get_data (bytes, &row_size);

  jk_bytes_put_u32 (prefix, (guint32) row_size);
  g_byte_array_append (self->rows, prefix, sizeof prefix);
  g_byte_array_append (self->rows, data, (guint) row_size);
  bench_must (jk_replay_take (self->replay, data, row_size, &error), error);
}

static void
begin (Sitting *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkDigest *session = jk_session_get_digest (self->fixture->session);
  const JkExcerpt *excerpt = jk_session_get_excerpt (self->fixture->session);
  const guint8 *station = jk_station_get_sign_public (self->station);
  JkIdentified identified = { .record = self->record };
  JkStarted started = { .allotted_ms = jk_excerpt_get_duration_min (excerpt) * 60000ull };
  g_autoptr (GError) error = NULL;
  g_autoptr (JkPaper) paper = jk_centre_draw (self->fixture->centre, self->record, &error);
  JkDigest digest;

  bench_must (paper != NULL, error);
  memcpy (identified.session_digest, session->bytes, JK_DIGEST_BYTES);
  memcpy (identified.station_sign, station, JK_PUBLIC_BYTES);
  jk_proof_compute (self->record_key, session, self->sitting_id, station, &digest);
  memcpy (identified.proof, digest.bytes, JK_DIGEST_BYTES);
  add (self, JK_EVENT_IDENTIFIED, out, jk_payload_put_identified (out, &identified));
  add (self, JK_EVENT_READY, NULL, 0);
  started.n_items = jk_paper_get_n (paper);
  jk_paper_get_digest (paper, &digest);
  memcpy (started.paper_digest, digest.bytes, JK_DIGEST_BYTES);
  add (self, JK_EVENT_STARTED, out, jk_payload_put_started (out, &started));
}

static void
answer (Sitting *self, guint n)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkMark mark = {
    .position = (guint16) (n % SCORE_PAPER_ITEMS),
    .mask = (guint16) (1u << (self->first_link.bytes[n % JK_DIGEST_BYTES] + n) % 4),
  };

  self->exam_ms += ANSWER_MS;
  add (self, JK_EVENT_ANSWERED, out, jk_payload_put_mark (out, &mark));
}

static void
write_gap (Sitting *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkGap gap = {
    .claimed_ms = GAP_MS,
    .restarts = jk_replay_get_restarts (self->replay) + 1,
    .kind = JK_GAP_RESTART,
  };

  add (self, JK_EVENT_GAP, out, jk_payload_put_gap (out, &gap));
}

static void
sign_head (Sitting *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX], message[JK_HEAD_SIGNED_BYTES];
  JkDigest commitment;
  JkHead head;

  jk_chain_commit (jk_replay_get_link (self->replay), JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  jk_head_put_signed (message,
                      jk_session_get_digest (self->fixture->session),
                      self->record,
                      jk_replay_get_n_rows (self->replay) + 1,
                      head.commitment);
  jk_sign (jk_station_get_sign_key (self->station),
           JK_HEAD_PURPOSE,
           message,
           sizeof message,
           head.signature);
  add (self, JK_EVENT_HEAD, out, jk_payload_put_head (out, &head));
}

/* Answers with the heads and gaps spread among them; the last head stands before the hand-in. */
static void
write_rows (Sitting *self)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  const JkHandedIn handed_in = { .seal_number = 1, .reason = JK_HAND_IN_VOLUNTARY };
  guint n_heads = 0, n_gaps = 0;

  begin (self);
  for (guint n = 1; n <= SCORE_ANSWERS; n++) {
    answer (self, n);
    for (; n_gaps < n * (SCORE_GAPS + 1) / SCORE_ANSWERS && n_gaps < SCORE_GAPS; n_gaps++)
      write_gap (self);
    for (; n_heads < n * SCORE_HEADS / SCORE_ANSWERS; n_heads++)
      sign_head (self);
  }
  add (self, JK_EVENT_HANDED_IN, out, jk_payload_put_handed_in (out, &handed_in));
  g_assert (jk_replay_get_n_rows (self->replay) == SCORE_ROWS);
}

static GBytes *
seal (Sitting *self)
{
  const JkSealer *sealer = jk_result_sealer ();
  g_autoptr (GBytes) rows = g_byte_array_free_to_bytes (g_steal_pointer (&self->rows));
  g_autoptr (GError) error = NULL;
  const JkSealInput input = {
    .session = self->fixture->session,
    .station = self->station,
    .person = jk_roll_get_person (jk_centre_get_roll (self->fixture->centre), self->record),
    .replay = self->replay,
    .sitting_id = self->sitting_id,
    .first_link = &self->first_link,
    .rows = rows,
  };
  GBytes *bytes = sealer->seal (sealer, &input, &self->fixture->world, &error);

  bench_must (bytes != NULL, error);
  return bytes;
}

GBytes *
score_sitting_make_result (const ScoreFixture *fixture, guint n)
{
  const JkRandom *random = fixture->world.random;
  Sitting self = {
    .fixture = fixture,
    .station = g_ptr_array_index (fixture->stations, n % fixture->stations->len),
    .record = n % fixture->n_people,
    .rows = g_byte_array_new (),
  };

  self.record_key = jk_roll_get_record_key (jk_centre_get_roll (fixture->centre), self.record);
  jk_random_fill (random, "bench: first link", n, self.first_link.bytes, JK_DIGEST_BYTES);
  jk_random_fill (random, "bench: sitting", n, self.sitting_id, JK_SITTING_ID_BYTES);
  self.replay = jk_replay_new (&self.first_link);
  write_rows (&self);
  GBytes *bytes = seal (&self);
  jk_replay_free (self.replay);
  return bytes;
}
