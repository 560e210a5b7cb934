/* SPDX-License-Identifier: Apache-2.0 */
/* score-work.c: takes a result apart with the code under measurement, outside the clock. */
#include "score-work.h"

#include "bench-source.h"
#include "crypto/box.h"
#include "result/body.h"
#include "session/person.h"
#include "session/record-private.h"
#include "session/session-private.h"

#include <sodium.h>

#define RECORD_SIZES_BYTES 8
#define PAPER_HEAD_BYTES (JK_KEY_BYTES + JK_DIGEST_BYTES)

/* The linker puts this in the place of crypto_generichash (meson.build). */
int __real_crypto_generichash (unsigned char *out,
                               size_t out_size,
                               const unsigned char *in,
                               unsigned long long in_size,
                               const unsigned char *key,
                               size_t key_size);
int __wrap_crypto_generichash (unsigned char *out,
                               size_t out_size,
                               const unsigned char *in,
                               unsigned long long in_size,
                               const unsigned char *key,
                               size_t key_size);

static guint64 n_blocks;

int
__wrap_crypto_generichash (unsigned char *out,
                           size_t out_size,
                           const unsigned char *in,
                           unsigned long long in_size,
                           const unsigned char *key,
                           size_t key_size)
{
  n_blocks += out_size == 64;
  return __real_crypto_generichash (out, out_size, in, in_size, key, key_size);
}

/* The closed record of a key. */
static const guint8 *
find_closed (const JkSession *session, const JkSecret *record_key)
{
  guint8 mark[JK_RECORD_MARK_BYTES];

  jk_record_mark (record_key, jk_session_get_id (session), mark);
  for (guint n = 0; n < jk_session_get_n_records (session); n++) {
    const guint8 *closed = jk_session_get_row (session, n) + JK_LOOKUP_BYTES;

    if (memcmp (closed, mark, sizeof mark) == 0)
      return closed;
  }
  return NULL;
}

static void
read_envelope (ScoreWork *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes ("result", self->bytes, JK_KIND_RESULT, JK_RESULT_BODY, NULL, &error);
  guint64 size = 0;

  bench_must (envelope != NULL, error);
  bench_must (jk_envelope_find_section (envelope, JK_RESULT_SECTION, &size, NULL), NULL);
  /* It is the only section, and ends the file but for its filling. */
  self->section_size = (gsize) size;
  self->section_at = g_bytes_get_size (self->bytes) - ((gsize) size + 7) / 8 * 8;
  g_autoptr (GVariant) sitting = NULL;
  g_variant_get (jk_envelope_get_body (envelope),
                 "(ay@ayuus)",
                 NULL,
                 &sitting,
                 &self->record,
                 &self->seal_number,
                 NULL);
  memcpy (self->sitting_id, g_variant_get_data (sitting), JK_SITTING_ID_BYTES);
  self->context = jk_result_body_get_context (jk_envelope_get_body (envelope));
}

static void
read_record (ScoreWork *self, const ScoreFixture *fixture)
{
  const JkRoll *roll = jk_centre_get_roll (fixture->centre);
  const JkSecret *record_key = jk_roll_get_record_key (roll, self->record);

  memcpy (self->record_key, jk_secret_get (record_key), JK_KEY_BYTES);
  self->person = jk_roll_get_person (roll, self->record);
  self->closed = find_closed (fixture->session, record_key);
  bench_must (self->closed != NULL, NULL);
  self->inner_at = RECORD_SIZES_BYTES + jk_person_measure (self->person);
  self->inner_size = JK_BOX_OVERHEAD + PAPER_HEAD_BYTES + SCORE_PAPER_ITEMS * JK_KEY_BYTES;
}

void
score_work_init (ScoreWork *self, const ScoreFixture *fixture, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JkScore score;

  *self = (ScoreWork){ .bytes = bytes };
  read_envelope (self);
  read_record (self, fixture);
  guint64 before = n_blocks;
  bench_must (jk_centre_score (fixture->centre, "result", bytes, &score, &error), error);
  self->n_blocks = (guint) (n_blocks - before);
  self->receipt = score.receipt;
  jk_score_clear (&score);
}

void
score_work_clear (ScoreWork *self)
{
  g_bytes_unref (self->bytes);
  g_bytes_unref (self->context);
}
