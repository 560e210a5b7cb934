/* SPDX-License-Identifier: Apache-2.0 */
/* session/record.c: a record as bytes (FORMATS.md section 6).
 *
 *     mark 16, box of the rest under the record key: u32 size of person, u32 size of the inner box,
 *     person, inner box, zeros to the record's size
 *     inner box, under KDF (paper key, record key): draw seed 32, paper digest 32, item keys 32
 * each
 *
 * The mark is a keyed hash of nothing under the record key: it finds the row without its admission
 * number, and commits to the key, which the box does not. */
#include "session/record.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "crypto/derive.h"
#include "session/person.h"
#include "session/purpose.h"
#include "session/record-private.h"

#define SIZES_BYTES 8
#define KEYS_HEAD_BYTES (JK_KEY_BYTES + JK_DIGEST_BYTES)
#define RECORD_USE "session: record"

struct _JkPaperKeys {
  /* Owned */
  JkSecret *content;   /* as it is closed: draw seed, digest of the paper, item keys */
  JkSecret *draw_seed; /* part of content */
  /* Plain */
  JkDigest paper;
};

struct _JkRecord {
  /* Owned */
  guint8 *content; /* what the outer box holds */
  /* Borrowed, from content */
  JkPerson person;
  const guint8 *inner;
  /* Plain */
  gsize inner_size;
};

/* Takes content. Each guarded page costs a dozen system calls, so there is one for all. */
static JkPaperKeys *
take_content (JkSecret *content)
{
  JkPaperKeys *self = g_new0 (JkPaperKeys, 1);

  self->content = content;
  self->draw_seed = jk_secret_new_part (content, 0, JK_KEY_BYTES);
  memcpy (self->paper.bytes, jk_secret_get (content) + JK_KEY_BYTES, JK_DIGEST_BYTES);
  return self;
}

JkPaperKeys *
jk_paper_keys_new (const JkSecret *draw_seed, const JkDigest *paper, const JkSecret *item_keys)
{
  g_assert (jk_secret_get_size (draw_seed) == JK_KEY_BYTES);
  g_assert (jk_secret_get_size (item_keys) % JK_KEY_BYTES == 0);

  JkSecret *content = jk_secret_new (KEYS_HEAD_BYTES + jk_secret_get_size (item_keys));
  guint8 *at = jk_secret_get_mutable (content);
  memcpy (at, jk_secret_get (draw_seed), JK_KEY_BYTES);
  memcpy (at + JK_KEY_BYTES, paper->bytes, JK_DIGEST_BYTES);
  memcpy (at + KEYS_HEAD_BYTES, jk_secret_get (item_keys), jk_secret_get_size (item_keys));
  return take_content (content);
}

void
jk_paper_keys_free (JkPaperKeys *self)
{
  if (self == NULL)
    return;
  jk_secret_free (self->draw_seed);
  jk_secret_free (self->content);
  g_free (self);
}

const JkSecret *
jk_paper_keys_get_draw_seed (const JkPaperKeys *self)
{
  return self->draw_seed;
}

const JkDigest *
jk_paper_keys_get_paper_digest (const JkPaperKeys *self)
{
  return &self->paper;
}

guint
jk_paper_keys_get_n (const JkPaperKeys *self)
{
  return (guint) ((jk_secret_get_size (self->content) - KEYS_HEAD_BYTES) / JK_KEY_BYTES);
}

const guint8 *
jk_paper_keys_get_item_key (const JkPaperKeys *self, guint position)
{
  g_assert (position < jk_paper_keys_get_n (self));
  return jk_secret_get (self->content) + KEYS_HEAD_BYTES + (gsize) position * JK_KEY_BYTES;
}

static gsize
measure_inner (guint n_items)
{
  return JK_BOX_OVERHEAD + KEYS_HEAD_BYTES + (gsize) n_items * JK_KEY_BYTES;
}

gsize
jk_record_measure (const JkPerson *people, gsize n, guint n_items)
{
  gsize person_max = 0;

  for (gsize i = 0; i < n; i++)
    person_max = MAX (person_max, jk_person_measure (&people[i]));
  return JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD + SIZES_BYTES + person_max +
         measure_inner (n_items);
}

void
jk_record_mark (const JkSecret *record_key,
                const guint8 id[static JK_BANK_ID_BYTES],
                guint8 out_mark[static JK_RECORD_MARK_BYTES])
{
  JkDigest mac;

  jk_mac (record_key, JK_PURPOSE_RECORD_MARK, id, JK_BANK_ID_BYTES, &mac);
  memcpy (out_mark, mac.bytes, JK_RECORD_MARK_BYTES);
}

/* The key of the inner box, into memory the caller wipes. */
static void
derive_inner_key (const JkSecret *paper_key, const JkSecret *record_key, JkDigest *out_key)
{
  jk_mac (paper_key,
          JK_PURPOSE_RECORD_PAPER_KEY,
          jk_secret_get (record_key),
          jk_secret_get_size (record_key),
          out_key);
}

/* The inner box is bound to the session and to the record's number. */
static void
put_inner_context (guint8 out[static JK_BANK_ID_BYTES + 4],
                   const guint8 id[static JK_BANK_ID_BYTES],
                   guint32 index)
{
  memcpy (out, id, JK_BANK_ID_BYTES);
  jk_bytes_put_u32 (out + JK_BANK_ID_BYTES, index);
}

GBytes *
jk_record_close (const JkPerson *person,
                 const JkPaperKeys *keys,
                 const JkSecret *record_key,
                 const JkSecret *paper_key,
                 const guint8 id[static JK_BANK_ID_BYTES],
                 gsize size,
                 const JkRandom *random,
                 guint64 use_index)
{
  gsize person_size = jk_person_measure (person);
  gsize inner_size = measure_inner (jk_paper_keys_get_n (keys));
  gsize content_size = size - JK_RECORD_MARK_BYTES - JK_BOX_OVERHEAD;
  JkDigest inner_key;
  guint8 context[JK_BANK_ID_BYTES + 4];
  guint8 nonce[JK_BOX_NONCE_BYTES];

  g_assert (size >= jk_record_measure (person, 1, jk_paper_keys_get_n (keys)));
  g_autofree guint8 *content = g_malloc0 (content_size);
  jk_bytes_put_u32 (content, (guint32) person_size);
  jk_bytes_put_u32 (content + 4, (guint32) inner_size);
  jk_person_put (person, content + SIZES_BYTES);
  put_inner_context (context, id, person->index);
  jk_random_fill (random, RECORD_USE, 2 * use_index, nonce, sizeof nonce);
  derive_inner_key (paper_key, record_key, &inner_key);
  jk_box_close (inner_key.bytes,
                JK_PURPOSE_RECORD_PAPER,
                context,
                sizeof context,
                jk_secret_get (keys->content),
                jk_secret_get_size (keys->content),
                nonce,
                content + SIZES_BYTES + person_size);
  jk_wipe (&inner_key, sizeof inner_key);

  guint8 *record = g_malloc (size);
  jk_record_mark (record_key, id, record);
  jk_random_fill (random, RECORD_USE, 2 * use_index + 1, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (record_key),
                JK_PURPOSE_RECORD,
                id,
                JK_BANK_ID_BYTES,
                content,
                content_size,
                nonce,
                record + JK_RECORD_MARK_BYTES);
  return g_bytes_new_take (record, size);
}

/* Finds person and inner box in the opened content; FALSE when lengths contradict each other. */
static gboolean
parse_content (JkRecord *self, gsize size)
{
  gsize used;

  if (size < SIZES_BYTES)
    return FALSE;
  gsize person_size = jk_bytes_get_u32 (self->content);
  gsize inner_size = jk_bytes_get_u32 (self->content + 4);
  gsize left = size - SIZES_BYTES;
  if (person_size > left || inner_size > left - person_size)
    return FALSE;
  if (inner_size < measure_inner (1) || inner_size > measure_inner (JK_PAPER_ITEMS_MAX) ||
      (inner_size - measure_inner (0)) % JK_KEY_BYTES != 0)
    return FALSE;
  if (!jk_person_get (self->content + SIZES_BYTES, person_size, &self->person, &used) ||
      used != person_size)
    return FALSE;
  self->inner = self->content + SIZES_BYTES + person_size;
  self->inner_size = inner_size;
  return jk_bytes_are_zeros (self->inner + inner_size, left - person_size - inner_size);
}

JkRecord *
jk_record_open (gconstpointer data,
                gsize size,
                const JkSecret *record_key,
                const guint8 id[static JK_BANK_ID_BYTES])
{
  guint8 mark[JK_RECORD_MARK_BYTES];

  if (size < jk_record_measure (NULL, 0, 1) || size > JK_RECORD_BYTES_MAX)
    return NULL;
  jk_record_mark (record_key, id, mark);
  if (memcmp (mark, data, sizeof mark) != 0)
    return NULL;

  g_autoptr (JkRecord) self = g_new0 (JkRecord, 1);
  gsize content_size = size - JK_RECORD_MARK_BYTES - JK_BOX_OVERHEAD;
  self->content = g_malloc (content_size);
  if (!jk_box_open (jk_secret_get (record_key),
                    JK_PURPOSE_RECORD,
                    id,
                    JK_BANK_ID_BYTES,
                    (const guint8 *) data + JK_RECORD_MARK_BYTES,
                    size - JK_RECORD_MARK_BYTES,
                    self->content) ||
      !parse_content (self, content_size))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_record_free (JkRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->content);
  g_free (self);
}

const JkPerson *
jk_record_get_person (const JkRecord *self)
{
  return &self->person;
}

JkPaperKeys *
jk_record_open_paper (const JkRecord *self,
                      const JkSecret *record_key,
                      const JkSecret *paper_key,
                      const guint8 id[static JK_BANK_ID_BYTES])
{
  gsize content_size = self->inner_size - JK_BOX_OVERHEAD;
  g_autoptr (JkSecret) content = jk_secret_new (content_size);
  guint8 context[JK_BANK_ID_BYTES + 4];
  JkDigest inner_key;

  put_inner_context (context, id, self->person.index);
  derive_inner_key (paper_key, record_key, &inner_key);
  gboolean is_open = jk_box_open (inner_key.bytes,
                                  JK_PURPOSE_RECORD_PAPER,
                                  context,
                                  sizeof context,
                                  self->inner,
                                  self->inner_size,
                                  jk_secret_get_mutable (content));
  jk_wipe (&inner_key, sizeof inner_key);
  if (!is_open)
    return NULL;
  return take_content (g_steal_pointer (&content));
}
