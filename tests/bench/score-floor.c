/* SPDX-License-Identifier: Apache-2.0 */
/* score-floor.c: see the header. FORMATS.md says what each step is over. */
#include "score-floor.h"

#include "base/bytes.h"
#include "bench-source.h"
#include "envelope/envelope.h"
#include "paper/paper.h"
#include "result/body.h"
#include "session/purpose.h"
#include "session/session-private.h"
#include "sitting/proof.h"

#include <sodium.h>

#define ENVELOPE_PURPOSE "jikao 1 envelope"
#define CHAIN_PURPOSE "jikao 1 chain"
#define DRAW_PURPOSE "jikao 1 draw"
#define RECEIPT_PURPOSE "jikao 1 receipt"
#define PAPER_PURPOSE "jikao 1 paper"
#define HEAD_DIGEST_AT 32
#define BOX_NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define HASH_BYTES 32
#define SCRATCH_BYTES (1024 * 1024)

struct _ScoreFloor {
  /* Owned */
  guint8 *scratch; /* what is hashed or verified, purpose in front */
  guint8 *plain;

  /* Plain */
  guint8 session[HASH_BYTES];
  guint8 id[JK_BANK_ID_BYTES];
  guint8 centre_key[crypto_box_SECRETKEYBYTES];
  guint8 centre_public[crypto_box_PUBLICKEYBYTES];
  guint8 paper_key[JK_KEY_BYTES];
  gsize record_size;
};

static void
must_equal (const guint8 *a, const guint8 *b)
{
  bench_must (memcmp (a, b, HASH_BYTES) == 0, NULL);
}

/* Purpose and data; gives their size. */
static gsize
join (guint8 *out, const char *purpose, gconstpointer data, gsize size)
{
  gsize length = strlen (purpose);

  out[0] = (guint8) length;
  memcpy (out + 1, purpose, length);
  if (size > 0)
    memcpy (out + 1 + length, data, size);
  return 1 + length + size;
}

static void
hash (ScoreFloor *self,
      const char *purpose,
      gconstpointer data,
      gsize size,
      const guint8 *key,
      guint8 *out)
{
  gsize joined = join (self->scratch, purpose, data, size);

  crypto_generichash (out,
                      HASH_BYTES,
                      self->scratch,
                      joined,
                      key,
                      key != NULL ? crypto_generichash_KEYBYTES : 0);
}

static void
verify (ScoreFloor *self,
        const char *purpose,
        gconstpointer data,
        gsize size,
        const guint8 *signature,
        const guint8 *public_key)
{
  gsize joined = join (self->scratch, purpose, data, size);

  bench_must (crypto_sign_verify_detached (signature, self->scratch, joined, public_key) == 0,
              NULL);
}

static void
open_box (ScoreFloor *self,
          const guint8 *key,
          const char *purpose,
          gconstpointer context,
          gsize context_size,
          const guint8 *box,
          gsize size,
          guint8 *out)
{
  gsize joined = join (self->scratch, purpose, context, context_size);

  bench_must (crypto_aead_xchacha20poly1305_ietf_decrypt (out,
                                                          NULL,
                                                          NULL,
                                                          box + BOX_NONCE_BYTES,
                                                          size - BOX_NONCE_BYTES,
                                                          self->scratch,
                                                          joined,
                                                          box,
                                                          key) == 0,
              NULL);
}

/* Gives the station's key, which stands in front of the manifest. */
static const guint8 *
check_envelope (ScoreFloor *self, const ScoreWork *work)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (work->bytes, &size);
  gsize signature_at = work->section_at - crypto_sign_BYTES;
  const guint8 *station = bytes + JK_ENVELOPE_HEAD_BYTES;
  guint8 digest[HASH_BYTES];

  gsize joined = join (self->scratch, ENVELOPE_PURPOSE, bytes, signature_at);
  memset (self->scratch + joined - signature_at + HEAD_DIGEST_AT, 0, HASH_BYTES);
  bench_must (crypto_sign_verify_detached (bytes + signature_at, self->scratch, joined, station) ==
                  0,
              NULL);
  crypto_generichash (digest, HASH_BYTES, station, size - JK_ENVELOPE_HEAD_BYTES, NULL, 0);
  must_equal (digest, bytes + HEAD_DIGEST_AT);
  crypto_generichash (digest, HASH_BYTES, bytes + work->section_at, work->section_size, NULL, 0);
  bench_must (memmem (station, signature_at, digest, HASH_BYTES) != NULL, NULL);
  return station;
}

/* Opens what is sealed into plain. */
static void
unseal (ScoreFloor *self, const ScoreWork *work)
{
  const guint8 *section = (const guint8 *) g_bytes_get_data (work->bytes, NULL) + work->section_at;
  gsize message_size = 1 + strlen (JK_RESULT_PURPOSE) + JK_KEY_BYTES;
  gsize entry_at = 4 + crypto_box_PUBLICKEYBYTES;
  gsize box_at = entry_at + message_size + crypto_box_SEALBYTES;
  gsize box_size = work->section_size - box_at;
  guint8 message[128];

  bench_must (crypto_box_seal_open (message,
                                    section + entry_at,
                                    message_size + crypto_box_SEALBYTES,
                                    self->centre_public,
                                    self->centre_key) == 0,
              NULL);
  open_box (self,
            message + message_size - JK_KEY_BYTES,
            JK_RESULT_PURPOSE,
            g_bytes_get_data (work->context, NULL),
            g_bytes_get_size (work->context),
            section + box_at,
            box_size,
            self->plain);
}

static void
check_head (ScoreFloor *self,
            const ScoreWork *work,
            const guint8 *row,
            const guint8 *link,
            const guint8 *station)
{
  const guint8 *payload = row + JK_ROW_HEAD_BYTES;
  guint8 message[JK_HEAD_SIGNED_BYTES], commitment[HASH_BYTES];

  hash (self, JK_HEAD_PURPOSE, link, HASH_BYTES, NULL, commitment);
  must_equal (commitment, payload);
  memcpy (message, self->session, HASH_BYTES);
  jk_bytes_put_u32 (message + HASH_BYTES, work->record);
  memcpy (message + HASH_BYTES + 4, row, 8);
  memcpy (message + HASH_BYTES + 12, payload, HASH_BYTES);
  verify (self, JK_HEAD_PURPOSE, message, sizeof message, payload + HASH_BYTES, station);
}

/* The hand-in signature, opened, and the rows after it. */
static const guint8 *
get_signature (const ScoreFloor *self, const ScoreWork *work)
{
  return self->plain + HASH_BYTES + strlen (work->person->admission) + 1 +
         strlen (work->person->name) + 1;
}

static const guint8 *
get_rows (const ScoreFloor *self, const ScoreWork *work)
{
  return get_signature (self, work) + crypto_sign_BYTES;
}

/* Every row of plain; out_link is the last. */
static void
follow_chain (ScoreFloor *self, const ScoreWork *work, const guint8 *station, guint8 *out_link)
{
  const guint8 *at = get_rows (self, work);
  guint8 chained[1 + 32 + HASH_BYTES + 4 + JK_ROW_HEAD_BYTES + JK_PAYLOAD_BYTES_MAX];
  gsize prefix = join (chained, CHAIN_PURPOSE, NULL, 0);
  JkEvent event;

  memcpy (out_link, self->plain, HASH_BYTES);
  do {
    guint32 size = jk_bytes_get_u32 (at);
    event = (JkEvent) jk_bytes_get_u16 (at + 4 + 8);
    if (event == JK_EVENT_HEAD)
      check_head (self, work, at + 4, out_link, station);
    memcpy (chained + prefix, out_link, HASH_BYTES);
    memcpy (chained + prefix + HASH_BYTES, at, 4 + (gsize) size);
    crypto_generichash (out_link, HASH_BYTES, chained, prefix + HASH_BYTES + 4 + size, NULL, 0);
    at += 4 + (gsize) size;
  } while (event != JK_EVENT_HANDED_IN);
}

static void
check_hand_in (ScoreFloor *self, const ScoreWork *work, const guint8 *station, const guint8 *link)
{
  guint8 message[JK_HAND_IN_SIGNED_BYTES], receipt[HASH_BYTES];

  memcpy (message, self->session, HASH_BYTES);
  jk_bytes_put_u32 (message + HASH_BYTES, work->record);
  jk_bytes_put_u32 (message + HASH_BYTES + 4, work->seal_number);
  memcpy (message + HASH_BYTES + 8, link, HASH_BYTES);
  verify (self, JK_HAND_IN_PURPOSE, message, sizeof message, get_signature (self, work), station);
  hash (self, RECEIPT_PURPOSE, message, sizeof message, NULL, receipt);
  must_equal (receipt, work->receipt.bytes);
}

static void
check_proof (ScoreFloor *self, const ScoreWork *work, const guint8 *station)
{
  guint8 data[HASH_BYTES + JK_SITTING_ID_BYTES + JK_PUBLIC_BYTES], proof[HASH_BYTES];

  memcpy (data, self->session, HASH_BYTES);
  memcpy (data + HASH_BYTES, work->sitting_id, JK_SITTING_ID_BYTES);
  memcpy (data + HASH_BYTES + JK_SITTING_ID_BYTES, station, JK_PUBLIC_BYTES);
  hash (self, JK_PROOF_PURPOSE, data, sizeof data, work->record_key, proof);
  must_equal (proof, get_rows (self, work) + 4 + JK_ROW_HEAD_BYTES + 2 * HASH_BYTES);
}

/* Opens the record into plain; gives the draw seed. */
static const guint8 *
open_record (ScoreFloor *self, const ScoreWork *work)
{
  guint8 mark[HASH_BYTES], inner_key[HASH_BYTES], context[JK_BANK_ID_BYTES + 4];
  guint8 *inner = self->plain + self->record_size;
  gsize mark_bytes = 16;

  hash (self, JK_PURPOSE_RECORD_MARK, self->id, sizeof self->id, work->record_key, mark);
  bench_must (memcmp (mark, work->closed, mark_bytes) == 0, NULL);
  open_box (self,
            work->record_key,
            JK_PURPOSE_RECORD,
            self->id,
            sizeof self->id,
            work->closed + mark_bytes,
            self->record_size - mark_bytes,
            self->plain);
  hash (self,
        JK_PURPOSE_RECORD_PAPER_KEY,
        work->record_key,
        JK_KEY_BYTES,
        self->paper_key,
        inner_key);
  memcpy (context, self->id, sizeof self->id);
  jk_bytes_put_u32 (context + sizeof self->id, work->record);
  open_box (self,
            inner_key,
            JK_PURPOSE_RECORD_PAPER,
            context,
            sizeof context,
            self->plain + work->inner_at,
            work->inner_size,
            inner);
  return inner;
}

static void
draw (ScoreFloor *self, const ScoreWork *work, const guint8 *seed)
{
  guint8 block[64], digest[HASH_BYTES];
  guint8 input[64];
  gsize prefix = join (input, DRAW_PURPOSE, NULL, 0);

  for (guint64 n = 0; n < work->n_blocks; n++) {
    jk_bytes_put_u64 (input + prefix, n);
    crypto_generichash (block, sizeof block, input, prefix + 8, seed, JK_KEY_BYTES);
  }
  /* Of as many bytes as a paper has. */
  hash (self, PAPER_PURPOSE, self->plain, SCORE_PAPER_ITEMS * JK_PAPER_ROW_BYTES, NULL, digest);
}

void
score_floor_work (ScoreFloor *self, const ScoreWork *work)
{
  guint8 link[HASH_BYTES];
  const guint8 *station = check_envelope (self, work);

  unseal (self, work);
  follow_chain (self, work, station, link);
  check_hand_in (self, work, station, link);
  check_proof (self, work, station);
  draw (self, work, open_record (self, work));
}

ScoreFloor *
score_floor_new (const ScoreFixture *fixture)
{
  ScoreFloor *self = g_new0 (ScoreFloor, 1);

  self->scratch = g_malloc (SCRATCH_BYTES);
  self->plain = g_malloc (SCRATCH_BYTES);
  memcpy (self->session, jk_session_get_digest (fixture->session), HASH_BYTES);
  memcpy (self->id, jk_session_get_id (fixture->session), sizeof self->id);
  memcpy (self->centre_key, jk_secret_get (fixture->centre_key), sizeof self->centre_key);
  memcpy (self->centre_public, fixture->centre_public.bytes, sizeof self->centre_public);
  memcpy (self->paper_key, jk_secret_get (fixture->paper_key), sizeof self->paper_key);
  self->record_size = fixture->session->record_size;
  return self;
}

void
score_floor_free (ScoreFloor *self)
{
  g_free (self->scratch);
  g_free (self->plain);
  g_free (self);
}
