/* SPDX-License-Identifier: Apache-2.0 */
/* session/record.h: one candidate in a session file, closed twice.
 *
 * Outside, under the record key (log-in): who it is. Inside, under KDF (paper key, record key):
 * draw seed, digest of the office's paper, and the keys of the items of this paper in paper order.
 * So the start code opens no paper without the numbers of a person, and the numbers none without
 * the start code (P4). Every record of a hall has the same size. */
#pragma once

#include "bank/bank.h"
#include "paper/paper.h"

typedef struct _JkRecord JkRecord;
typedef struct _JkPaperKeys JkPaperKeys;

/* What is inside. */
JkPaperKeys *
jk_paper_keys_new (const JkSecret *draw_seed, const JkDigest *paper, const JkSecret *item_keys);
void jk_paper_keys_free (JkPaperKeys *self);
const JkSecret *jk_paper_keys_get_draw_seed (const JkPaperKeys *self);
const JkDigest *jk_paper_keys_get_paper_digest (const JkPaperKeys *self);
guint jk_paper_keys_get_n (const JkPaperKeys *self);
const guint8 *jk_paper_keys_get_item_key (const JkPaperKeys *self, guint position);

typedef struct {
  /* Borrowed */
  const char *admission; /* "" for a spare record */
  const char *name;
  const char *masked_id;
  const char *seat;
  const char *path;
  /* Plain */
  guint32 index;
  gboolean spare;
  char sex;
  guint16 extra_min; /* exam time beyond the duration, for this person alone; 0 to 180 */
} JkPerson;

/* The size of a closed record that holds each of these people and n_items item keys. */
gsize jk_record_measure (const JkPerson *people, gsize n, guint n_items);

/* Closes a record to exactly size bytes; the boxes are bound to id, the session's. Uses
 * ("session: record", 2 x use_index) and + 1. */
GBytes *jk_record_close (const JkPerson *person,
                         const JkPaperKeys *keys,
                         const JkSecret *record_key,
                         const JkSecret *paper_key,
                         const guint8 id[static JK_BANK_ID_BYTES],
                         gsize size,
                         const JkRandom *random,
                         guint64 use_index);

/* Opens the outside; NULL when record_key is not this record's. */
JkRecord *jk_record_open (gconstpointer data,
                          gsize size,
                          const JkSecret *record_key,
                          const guint8 id[static JK_BANK_ID_BYTES]);
void jk_record_free (JkRecord *self);

/* Who it is; strings lent by the record. */
const JkPerson *jk_record_get_person (const JkRecord *self);

/* Opens the inside; NULL when paper_key or record_key is wrong. */
JkPaperKeys *jk_record_open_paper (const JkRecord *self,
                                   const JkSecret *record_key,
                                   const JkSecret *paper_key,
                                   const guint8 id[static JK_BANK_ID_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRecord, jk_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPaperKeys, jk_paper_keys_free)
