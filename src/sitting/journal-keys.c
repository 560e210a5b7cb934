/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-keys.c: boxes of a journal, closed and opened (J2). Forbidden here: the disk. */
#include "sitting/journal-keys.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/error.h"

#include <string.h>

#define KEY_PURPOSE "jikao 1 sitting key"
#define ROW_PURPOSE "jikao 1 row"
#define SIDE_PURPOSE "jikao 1 side"
#define TIME_PURPOSE "jikao 1 time"

#define KEY_CONTENT_BYTES (JK_KEY_BYTES + JK_DIGEST_BYTES)
#define TIME_BYTES (8 + 8 + 8 + JK_BOOT_ID_BYTES)

G_STATIC_ASSERT (TIME_BYTES + JK_BOX_OVERHEAD == JK_JOURNAL_TIME_BYTES);

/* What a box is bound to. */
typedef struct {
  guint8 bytes[JK_JOURNAL_PLACE_BYTES + JK_ID_BYTES_MAX];
  gsize size;
} Context;

static void
put_place (JkJournalKeys *self, const JkJournalMeta *meta)
{
  memcpy (self->place, meta->session.bytes, JK_DIGEST_BYTES);
  memcpy (self->place + JK_DIGEST_BYTES, meta->sitting, JK_SITTING_ID_BYTES);
}

/* Where the draws of a journal of this name begin. */
static guint64
get_index (const char *name)
{
  JkDigest digest;

  jk_hash (NULL, name, strlen (name), &digest);
  return (guint64) jk_bytes_get_u32 (digest.bytes) << 8;
}

void
jk_journal_keys_draw_again (JkJournalKeys *self,
                            const JkRandom *random,
                            const char *name,
                            const guint8 sitting_id[static JK_SITTING_ID_BYTES],
                            const JkDigest *first_link,
                            const JkSealPublic *readers,
                            gsize n_readers,
                            JkJournalMeta *out_meta)
{
  g_autoptr (JkSecret) content = jk_secret_new (KEY_CONTENT_BYTES);
  guint8 *at = jk_secret_get_mutable (content);
  guint64 index = get_index (name);

  memcpy (out_meta->sitting, sitting_id, JK_SITTING_ID_BYTES);
  jk_random_fill (random, "journal: key", index, at, JK_KEY_BYTES);
  memcpy (at + JK_KEY_BYTES, first_link->bytes, JK_DIGEST_BYTES);

  *self = (JkJournalKeys){ .random = random, .first_link = *first_link };
  put_place (self, out_meta);
  self->key = jk_secret_new_slice (content, 0, JK_KEY_BYTES);
  out_meta->key = jk_seal (readers,
                           n_readers,
                           KEY_PURPOSE,
                           self->place,
                           sizeof self->place,
                           at,
                           KEY_CONTENT_BYTES,
                           random,
                           "journal: seal key",
                           index);
}

void
jk_journal_keys_draw (JkJournalKeys *self,
                      const JkRandom *random,
                      const char *name,
                      const JkSealPublic *readers,
                      gsize n_readers,
                      JkJournalMeta *out_meta)
{
  guint64 index = get_index (name);
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  JkDigest first_link;

  jk_random_fill (random, "journal: sitting id", index, sitting_id, sizeof sitting_id);
  jk_random_fill (random, "journal: link 0", index, first_link.bytes, JK_DIGEST_BYTES);
  jk_journal_keys_draw_again (self,
                              random,
                              name,
                              sitting_id,
                              &first_link,
                              readers,
                              n_readers,
                              out_meta);
  jk_wipe (&first_link, sizeof first_link);
}

gboolean
jk_journal_keys_unseal (JkJournalKeys *self,
                        const JkRandom *random,
                        const JkJournalMeta *meta,
                        const JkSecret *reader,
                        GError **error)
{
  gsize size;
  gconstpointer sealed = g_bytes_get_data (meta->key, &size);

  *self = (JkJournalKeys){ .random = random };
  put_place (self, meta);
  g_autoptr (JkSecret) content = jk_seal_open_secret (reader,
                                                      KEY_PURPOSE,
                                                      self->place,
                                                      sizeof self->place,
                                                      sealed,
                                                      size,
                                                      error);
  if (content == NULL)
    return FALSE;
  if (jk_secret_get_size (content) != KEY_CONTENT_BYTES) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "The sealed key of the journal has %" G_GSIZE_FORMAT
                 " bytes, where %d were expected.",
                 jk_secret_get_size (content),
                 KEY_CONTENT_BYTES);
    return FALSE;
  }
  self->key = jk_secret_new_slice (content, 0, JK_KEY_BYTES);
  memcpy (self->first_link.bytes, jk_secret_get (content) + JK_KEY_BYTES, JK_DIGEST_BYTES);
  return TRUE;
}

void
jk_journal_keys_clear (JkJournalKeys *self)
{
  g_clear_pointer (&self->key, jk_secret_free);
  jk_wipe (&self->first_link, sizeof self->first_link);
}

static void
close_into (const JkJournalKeys *self,
            const char *purpose,
            const Context *context,
            gconstpointer data,
            gsize size,
            guint64 index,
            guint8 *out)
{
  guint8 nonce[JK_BOX_NONCE_BYTES];

  jk_random_fill (self->random, purpose, index, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (self->key),
                purpose,
                context->bytes,
                context->size,
                data,
                size,
                nonce,
                out);
}

static GBytes *
open_box (const JkJournalKeys *self,
          const char *purpose,
          const Context *context,
          const guint8 *box,
          gsize size)
{
  if (box == NULL || size < JK_BOX_OVERHEAD)
    return NULL;
  gsize plain_size = size - JK_BOX_OVERHEAD;
  g_autofree guint8 *plain = g_malloc (plain_size + 1);
  if (!jk_box_open (jk_secret_get (self->key),
                    purpose,
                    context->bytes,
                    context->size,
                    box,
                    size,
                    plain))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), plain_size);
}

/* The place, followed by what stands there. */
static void
fill_context (const JkJournalKeys *self, gconstpointer tail, gsize size, Context *out)
{
  g_assert (size <= JK_ID_BYTES_MAX);
  memcpy (out->bytes, self->place, JK_JOURNAL_PLACE_BYTES);
  if (size > 0)
    memcpy (out->bytes + JK_JOURNAL_PLACE_BYTES, tail, size);
  out->size = JK_JOURNAL_PLACE_BYTES + size;
}

static void
fill_row_context (const JkJournalKeys *self, guint64 sequence, Context *out)
{
  guint8 tail[8];

  jk_bytes_put_u64 (tail, sequence);
  fill_context (self, tail, sizeof tail, out);
}

guint8 *
jk_journal_keys_close_row (const JkJournalKeys *self,
                           guint64 sequence,
                           gconstpointer row,
                           gsize size)
{
  Context context;
  guint8 *box = g_malloc (size + JK_BOX_OVERHEAD);

  fill_row_context (self, sequence, &context);
  close_into (self, ROW_PURPOSE, &context, row, size, sequence, box);
  return box;
}

guint8 *
jk_journal_keys_close_side (JkJournalKeys *self, const char *name, gconstpointer data, gsize size)
{
  Context context;
  guint8 *box = g_malloc (size + JK_BOX_OVERHEAD);

  fill_context (self, name, strlen (name), &context);
  close_into (self, SIDE_PURPOSE, &context, data, size, self->n_sides++, box);
  return box;
}

void
jk_journal_keys_close_time (JkJournalKeys *self,
                            const JkTimeRecord *record,
                            guint8 out[static JK_JOURNAL_TIME_BYTES])
{
  Context context;
  guint8 plain[TIME_BYTES];

  jk_bytes_put_u64 (plain, record->exam_ms);
  jk_bytes_put_u64 (plain + 8, (guint64) record->wall_ms);
  jk_bytes_put_u64 (plain + 16, record->sequence);
  memcpy (plain + 24, record->boot_id, JK_BOOT_ID_BYTES);
  fill_context (self, NULL, 0, &context);
  close_into (self, TIME_PURPOSE, &context, plain, sizeof plain, self->n_times++, out);
}

GBytes *
jk_journal_keys_open_row (const JkJournalKeys *self,
                          guint64 sequence,
                          const guint8 *box,
                          gsize size)
{
  Context context;

  fill_row_context (self, sequence, &context);
  return open_box (self, ROW_PURPOSE, &context, box, size);
}

GBytes *
jk_journal_keys_open_side (const JkJournalKeys *self, const char *name, GBytes *box)
{
  Context context;
  gsize size;
  const guint8 *data = g_bytes_get_data (box, &size);

  fill_context (self, name, strlen (name), &context);
  return open_box (self, SIDE_PURPOSE, &context, data, size);
}

gboolean
jk_journal_keys_open_time (const JkJournalKeys *self, GBytes *box, JkTimeRecord *out_record)
{
  Context context;
  gsize size;
  const guint8 *data = g_bytes_get_data (box, &size);

  fill_context (self, NULL, 0, &context);
  g_autoptr (GBytes) plain = open_box (self, TIME_PURPOSE, &context, data, size);

  if (plain == NULL || g_bytes_get_size (plain) != TIME_BYTES)
    return FALSE;
  const guint8 *at = g_bytes_get_data (plain, NULL);
  out_record->exam_ms = jk_bytes_get_u64 (at);
  out_record->wall_ms = (gint64) jk_bytes_get_u64 (at + 8);
  out_record->sequence = jk_bytes_get_u64 (at + 16);
  memcpy (out_record->boot_id, at + 24, JK_BOOT_ID_BYTES);
  return TRUE;
}
