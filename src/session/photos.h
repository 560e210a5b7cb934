/* SPDX-License-Identifier: Apache-2.0 */
/* session/photos.h: the photos of a hall as a section of its session file (FORMATS.md section 6).
 *
 * A row for each record, spare ones and those without a photo too, all of one size: neither rows
 * nor sizes say who has one. Each is closed under KDF (record key), so that who has a record's key
 * opens its photo and no other: the candidate by log-in, the proctors and the centre by the roll.
 * Rows stand in the order of their marks, which are those of the records. Private to this folder.
 */
#pragma once

#include "session/record-private.h"

#define JK_PHOTOS_HEAD_BYTES 8

typedef struct {
  guint n_photos; /* at least 1 */
  guint n_rows;
  gsize row_size;
} JkPhotosHead;

/* Bytes of a row when the largest photo of the hall has so many. */
gsize jk_photos_measure_row (gsize largest);

/* Closes n photos, in the order of the records; NULL in photos: that record has none. Uses
 * ("session: photo", first_use + record). NULL when nobody has one: then there is no section. */
GBytes *jk_photos_close (GBytes *const *photos,
                         guint n,
                         const JkSecret *record_keys,
                         const guint8 id[static JK_BANK_ID_BYTES],
                         const JkRandom *random,
                         guint64 first_use);

/* Reads the head of a section of size bytes. FALSE when it contradicts size, n_rows or limits.h. */
gboolean jk_photos_read_head (const guint8 data[static JK_PHOTOS_HEAD_BYTES],
                              guint64 size,
                              guint n_rows,
                              JkPhotosHead *out_head);

/* Opens a row, which begins with the mark of this key; *out_photo is NULL when the record has no
 * photo. FALSE when it does not open, or is not of its form. */
gboolean jk_photos_open_row (const guint8 *row,
                             gsize row_size,
                             guint32 record,
                             const JkSecret *record_key,
                             const guint8 id[static JK_BANK_ID_BYTES],
                             GBytes **out_photo);
