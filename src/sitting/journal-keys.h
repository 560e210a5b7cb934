/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-keys.h: how the parts of a journal are closed and opened (J2, FORMATS.md section
 * 7): the sitting key, where each box belongs, the time record. For journal.c and
 * journal-copy.c only.
 *
 * Every box is bound to its place: session digest, sitting id, and the sequence of a row or the
 * name of a side entry. Nonces are drawn afresh. */
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "crypto/box.h"
#include "crypto/seal.h"
#include "sitting/journal-writer.h"

#define JK_JOURNAL_PLACE_BYTES (JK_DIGEST_BYTES + JK_SITTING_ID_BYTES)

typedef struct {
  /* Owned */
  JkSecret *key;
  /* Borrowed */
  const JkRandom *random;
  /* Plain */
  guint8 place[JK_JOURNAL_PLACE_BYTES];
  JkDigest first_link;
  guint64 n_times, n_sides; /* nonces drawn */
} JkJournalKeys;

/* A sign of life outside the chain (J4). */
typedef struct {
  guint64 exam_ms;
  gint64 wall_ms;
  guint64 sequence; /* of the last row before it */
  guint8 boot_id[JK_BOOT_ID_BYTES];
} JkTimeRecord;

/* Draws key, link 0 and sitting id, and seals the first two into out_meta, whose session is set.
 * Seeded chance gives each name keys of its own. */
void jk_journal_keys_draw (JkJournalKeys *self,
                           const JkRandom *random,
                           const char *name,
                           const JkSealPublic *readers,
                           gsize n_readers,
                           JkJournalMeta *out_meta);

/* The same for a sitting that was begun elsewhere: its id and link 0 are given. */
void jk_journal_keys_draw_again (JkJournalKeys *self,
                                 const JkRandom *random,
                                 const char *name,
                                 const guint8 sitting_id[static JK_SITTING_ID_BYTES],
                                 const JkDigest *first_link,
                                 const JkSealPublic *readers,
                                 gsize n_readers,
                                 JkJournalMeta *out_meta);

/* Opens the key in meta. Errors: JK_CRYPTO_ERROR_SECRET, CRYPTO FORMAT. */
gboolean jk_journal_keys_unseal (JkJournalKeys *self,
                                 const JkRandom *random,
                                 const JkJournalMeta *meta,
                                 const JkSecret *reader,
                                 GError **error);
void jk_journal_keys_clear (JkJournalKeys *self);

/* The box of size + JK_BOX_OVERHEAD bytes; the caller frees. */
guint8 *jk_journal_keys_close_row (const JkJournalKeys *self,
                                   guint64 sequence,
                                   gconstpointer row,
                                   gsize size);
guint8 *
jk_journal_keys_close_side (JkJournalKeys *self, const char *name, gconstpointer data, gsize size);
void jk_journal_keys_close_time (JkJournalKeys *self,
                                 const JkTimeRecord *record,
                                 guint8 out[static JK_JOURNAL_TIME_BYTES]);

/* NULL or FALSE when it does not open there. The caller unrefs. */
GBytes *jk_journal_keys_open_row (const JkJournalKeys *self,
                                  guint64 sequence,
                                  const guint8 *box,
                                  gsize size);
GBytes *jk_journal_keys_open_side (const JkJournalKeys *self, const char *name, GBytes *box);
gboolean
jk_journal_keys_open_time (const JkJournalKeys *self, GBytes *box, JkTimeRecord *out_record);
