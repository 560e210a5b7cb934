/* SPDX-License-Identifier: Apache-2.0 */
/* session/roll.c: the roll as bytes (FORMATS.md section 6).
 *
 *     u32 size of the first box, box of (u32 n, n people), box of n x record key 32
 *
 * Two boxes, so that the record keys are opened straight into guarded memory. */
#include "session/roll.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "session/error.h"
#include "session/person.h"
#include "session/purpose.h"

#define SIZE_BYTES 4
#define COUNT_BYTES 4
#define ROLL_USE "session: roll"

struct _JkRoll {
  /* Owned */
  guint8 *content;
  JkPerson *people; /* their texts lie in content */
  JkSecret *record_keys;
  GPtrArray *parts; /* of JkSecret: one record key each, of record_keys */
  /* Plain */
  guint n;
};

GBytes *
jk_roll_close (const JkPerson *people,
               gsize n,
               const JkSecret *record_keys,
               const JkSecret *roll_key,
               const guint8 id[static JK_BANK_ID_BYTES],
               const JkRandom *random,
               guint64 index)
{
  gsize size = COUNT_BYTES;
  gsize keys_size = n * JK_KEY_BYTES;
  guint8 nonce[JK_BOX_NONCE_BYTES];

  g_assert (n >= 1 && n <= JK_RECORDS_MAX);
  g_assert (jk_secret_get_size (record_keys) == keys_size);
  for (gsize i = 0; i < n; i++)
    size += jk_person_measure (&people[i]);

  g_autofree guint8 *content = g_malloc (size);
  jk_bytes_put_u32 (content, (guint32) n);
  guint8 *at = content + COUNT_BYTES;
  for (gsize i = 0; i < n; i++) {
    jk_person_put (&people[i], at);
    at += jk_person_measure (&people[i]);
  }

  gsize people_box = size + JK_BOX_OVERHEAD;
  gsize roll_size = SIZE_BYTES + people_box + keys_size + JK_BOX_OVERHEAD;
  guint8 *roll = g_malloc (roll_size);
  jk_bytes_put_u32 (roll, (guint32) people_box);
  jk_random_fill (random, ROLL_USE, 2 * index, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (roll_key),
                JK_PURPOSE_ROLL_PEOPLE,
                id,
                JK_BANK_ID_BYTES,
                content,
                size,
                nonce,
                roll + SIZE_BYTES);
  jk_random_fill (random, ROLL_USE, 2 * index + 1, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (roll_key),
                JK_PURPOSE_ROLL_KEYS,
                id,
                JK_BANK_ID_BYTES,
                jk_secret_get (record_keys),
                keys_size,
                nonce,
                roll + SIZE_BYTES + people_box);
  return g_bytes_new_take (roll, roll_size);
}

static gboolean
open_people (JkRoll *self,
             const guint8 *box,
             gsize box_size,
             const JkSecret *roll_key,
             const guint8 *id)
{
  gsize size = box_size - JK_BOX_OVERHEAD;
  gsize at = COUNT_BYTES;

  self->content = g_malloc (size);
  if (!jk_box_open (jk_secret_get (roll_key),
                    JK_PURPOSE_ROLL_PEOPLE,
                    id,
                    JK_BANK_ID_BYTES,
                    box,
                    box_size,
                    self->content))
    return FALSE;
  self->n = jk_bytes_get_u32 (self->content);
  if (self->n < 1 || self->n > JK_RECORDS_MAX)
    return FALSE;
  self->people = g_new0 (JkPerson, self->n);
  for (guint n = 0; n < self->n; n++) {
    gsize used;
    if (!jk_person_get (self->content + at, size - at, &self->people[n], &used) ||
        self->people[n].index != n)
      return FALSE;
    at += used;
  }
  return at == size;
}

static void
free_part (gpointer part)
{
  jk_secret_free (part);
}

static gboolean
open_keys (JkRoll *self,
           const guint8 *box,
           gsize box_size,
           const JkSecret *roll_key,
           const guint8 *id)
{
  if (box_size != (gsize) self->n * JK_KEY_BYTES + JK_BOX_OVERHEAD)
    return FALSE;
  self->record_keys = jk_secret_new ((gsize) self->n * JK_KEY_BYTES);
  self->parts = g_ptr_array_new_full (self->n, free_part);
  for (guint n = 0; n < self->n; n++)
    g_ptr_array_add (
        self->parts,
        jk_secret_new_part (self->record_keys, (gsize) n * JK_KEY_BYTES, JK_KEY_BYTES));
  return jk_box_open (jk_secret_get (roll_key),
                      JK_PURPOSE_ROLL_KEYS,
                      id,
                      JK_BANK_ID_BYTES,
                      box,
                      box_size,
                      jk_secret_get_mutable (self->record_keys));
}

static gboolean
open_both (JkRoll *self,
           const guint8 *bytes,
           gsize size,
           const JkSecret *roll_key,
           const guint8 *id)
{
  if (size < SIZE_BYTES)
    return FALSE;
  gsize people_box = jk_bytes_get_u32 (bytes);
  if (people_box < COUNT_BYTES + JK_BOX_OVERHEAD || people_box > size - SIZE_BYTES)
    return FALSE;
  return open_people (self, bytes + SIZE_BYTES, people_box, roll_key, id) &&
         open_keys (self,
                    bytes + SIZE_BYTES + people_box,
                    size - SIZE_BYTES - people_box,
                    roll_key,
                    id);
}

JkRoll *
jk_roll_open (gconstpointer data,
              gsize size,
              const JkSecret *roll_key,
              const guint8 id[static JK_BANK_ID_BYTES],
              const char *file,
              GError **error)
{
  g_autoptr (JkRoll) self = g_new0 (JkRoll, 1);

  if (!open_both (self, data, size, roll_key, id)) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_CONTENT,
                 "%s: the roll does not open with this roll key or is not of its form; expected "
                 "the roll of this hall; use the session file that came with the envelopes.",
                 file);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
jk_roll_free (JkRoll *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  jk_secret_free (self->record_keys);
  g_free (self->people);
  g_free (self->content);
  g_free (self);
}

guint
jk_roll_get_n (const JkRoll *self)
{
  return self->n;
}

const JkPerson *
jk_roll_get_person (const JkRoll *self, guint n)
{
  g_return_val_if_fail (n < self->n, NULL);
  return &self->people[n];
}

const JkSecret *
jk_roll_get_record_key (const JkRoll *self, guint n)
{
  g_return_val_if_fail (n < self->n, NULL);
  return g_ptr_array_index (self->parts, n);
}

JkSecret *
jk_roll_dup_record_key (const JkRoll *self, guint n)
{
  g_return_val_if_fail (n < self->n, NULL);
  return jk_secret_new_slice (self->record_keys, (gsize) n * JK_KEY_BYTES, JK_KEY_BYTES);
}
