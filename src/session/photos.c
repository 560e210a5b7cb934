/* SPDX-License-Identifier: Apache-2.0 */
/* session/photos.c: the section "photos" as bytes.
 *
 *     u32 records that have a photo, u32 bytes of a row, rows
 *     row: mark 16 of the record, box: u32 size of the photo (0: none), photo, zeros */
#include "session/photos.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "crypto/derive.h"
#include "session/purpose.h"

#define PHOTO_USE "session: photo"
#define SIZE_BYTES 4
#define STEP_BYTES 4096u
#define AROUND_BYTES (JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD)

static gsize
measure_content (gsize largest)
{
  return (SIZE_BYTES + largest + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
}

gsize
jk_photos_measure_row (gsize largest)
{
  return AROUND_BYTES + measure_content (largest);
}

/* The key of one photo, into memory the caller wipes. */
static void
derive_key (const JkSecret *record_key, JkDigest *out_key)
{
  jk_mac (record_key, JK_PURPOSE_PHOTO_KEY, NULL, 0, out_key);
}

static void
put_context (guint8 out[static JK_BANK_ID_BYTES + 4],
             const guint8 id[static JK_BANK_ID_BYTES],
             guint32 record)
{
  memcpy (out, id, JK_BANK_ID_BYTES);
  jk_bytes_put_u32 (out + JK_BANK_ID_BYTES, record);
}

/* nonce is drawn by the caller; out has room for the row. */
static void
close_row (GBytes *photo,
           guint32 record,
           const JkSecret *record_key,
           const guint8 id[static JK_BANK_ID_BYTES],
           const guint8 nonce[static JK_BOX_NONCE_BYTES],
           gsize row_size,
           guint8 *out)
{
  g_autofree guint8 *content = g_malloc0 (row_size - AROUND_BYTES);
  guint8 context[JK_BANK_ID_BYTES + 4];
  gsize size = 0;
  JkDigest key;

  if (photo != NULL) {
    gconstpointer data = g_bytes_get_data (photo, &size);
    jk_bytes_put_u32 (content, (guint32) size);
    memcpy (content + SIZE_BYTES, data, size);
  }
  put_context (context, id, record);
  derive_key (record_key, &key);
  jk_record_mark (record_key, id, out);
  jk_box_close (key.bytes,
                JK_PURPOSE_PHOTO,
                context,
                sizeof context,
                content,
                row_size - AROUND_BYTES,
                nonce,
                out + JK_RECORD_MARK_BYTES);
  jk_wipe (&key, sizeof key);
}

static int
compare_marks (gconstpointer a, gconstpointer b, gpointer data)
{
  return memcmp (a, b, JK_RECORD_MARK_BYTES);
}

GBytes *
jk_photos_close (GBytes *const *photos,
                 guint n,
                 const JkSecret *record_keys,
                 const guint8 id[static JK_BANK_ID_BYTES],
                 const JkRandom *random,
                 guint64 first_use)
{
  gsize largest = 0;
  guint n_photos = 0;

  g_assert (jk_secret_get_size (record_keys) == (gsize) n * JK_KEY_BYTES);
  for (guint record = 0; record < n; record++) {
    if (photos[record] == NULL)
      continue;
    g_assert (g_bytes_get_size (photos[record]) <= JK_PHOTO_BYTES_MAX);
    largest = MAX (largest, g_bytes_get_size (photos[record]));
    n_photos++;
  }
  if (n_photos == 0)
    return NULL;

  gsize row_size = jk_photos_measure_row (largest);
  gsize size = JK_PHOTOS_HEAD_BYTES + n * row_size;
  guint8 *section = g_malloc (size);
  guint8 *rows = section + JK_PHOTOS_HEAD_BYTES;
  jk_bytes_put_u32 (section, n_photos);
  jk_bytes_put_u32 (section + 4, (guint32) row_size);
  for (guint record = 0; record < n; record++) {
    guint8 nonce[JK_BOX_NONCE_BYTES];
    g_autoptr (JkSecret) key =
        jk_secret_new_part (record_keys, (gsize) record * JK_KEY_BYTES, JK_KEY_BYTES);
    jk_random_fill (random, PHOTO_USE, first_use + record, nonce, sizeof nonce);
    close_row (photos[record], record, key, id, nonce, row_size, rows + record * row_size);
  }
  g_qsort_with_data (rows, (gint) n, row_size, compare_marks, NULL);
  return g_bytes_new_take (section, size);
}

gboolean
jk_photos_read_head (const guint8 data[static JK_PHOTOS_HEAD_BYTES],
                     guint64 size,
                     guint n_rows,
                     JkPhotosHead *out_head)
{
  JkPhotosHead head = {
    .n_photos = jk_bytes_get_u32 (data),
    .n_rows = n_rows,
    .row_size = jk_bytes_get_u32 (data + 4),
  };

  if (head.n_photos < 1 || head.n_photos > n_rows)
    return FALSE;
  if (head.row_size < jk_photos_measure_row (1) ||
      head.row_size > jk_photos_measure_row (JK_PHOTO_BYTES_MAX) ||
      (head.row_size - AROUND_BYTES) % STEP_BYTES != 0)
    return FALSE;
  if (size != JK_PHOTOS_HEAD_BYTES + (guint64) n_rows * head.row_size)
    return FALSE;
  *out_head = head;
  return TRUE;
}

/* FALSE when size and filling contradict each other. */
static gboolean
parse_content (const guint8 *content, gsize content_size, GBytes **out_photo)
{
  gsize size = jk_bytes_get_u32 (content);

  if (size > JK_PHOTO_BYTES_MAX || size > content_size - SIZE_BYTES ||
      !jk_bytes_are_zeros (content + SIZE_BYTES + size, content_size - SIZE_BYTES - size))
    return FALSE;
  *out_photo = size > 0 ? g_bytes_new (content + SIZE_BYTES, size) : NULL;
  return TRUE;
}

gboolean
jk_photos_open_row (const guint8 *row,
                    gsize row_size,
                    guint32 record,
                    const JkSecret *record_key,
                    const guint8 id[static JK_BANK_ID_BYTES],
                    GBytes **out_photo)
{
  gsize content_size = row_size - AROUND_BYTES;
  g_autofree guint8 *content = g_malloc (content_size);
  guint8 context[JK_BANK_ID_BYTES + 4];
  JkDigest key;

  put_context (context, id, record);
  derive_key (record_key, &key);
  gboolean is_open = jk_box_open (key.bytes,
                                  JK_PURPOSE_PHOTO,
                                  context,
                                  sizeof context,
                                  row + JK_RECORD_MARK_BYTES,
                                  row_size - JK_RECORD_MARK_BYTES,
                                  content);
  jk_wipe (&key, sizeof key);
  return is_open && parse_content (content, content_size, out_photo);
}
