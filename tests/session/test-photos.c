/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "crypto/derive.h"
#include "session/photos.h"
#include "session/purpose.h"
#include "support/photo.h"
#include "support/vector.h"

#define N 4
#define STEP 4096

typedef struct {
  JkTestRandom *random;
  JkSecret *keys;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->random = jk_test_random_new (1);
  f->keys = jk_secret_new (N * JK_KEY_BYTES);
  for (guint n = 0; n < N; n++)
    memset (jk_secret_get_mutable (f->keys) + n * JK_KEY_BYTES, (int) n + 1, JK_KEY_BYTES);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_secret_free (f->keys);
  jk_test_random_free (f->random);
  g_free (f);
  return 0;
}

static GBytes *
close_photos (const Fixture *f, GBytes *const *photos)
{
  return jk_photos_close (photos, N, f->keys, check_id (), jk_test_random_get (f->random), 100);
}

static JkSecret *
key_of (const Fixture *f, guint record)
{
  return jk_secret_new_part (f->keys, record * JK_KEY_BYTES, JK_KEY_BYTES);
}

static JkPhotosHead
read_head (GBytes *section)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (section, &size);
  JkPhotosHead head;

  assert_true (jk_photos_read_head (data, size, N, &head));
  return head;
}

/* A copy of the row that begins with the mark of this record's key. */
static guint8 *
dup_row (const Fixture *f, GBytes *section, guint record)
{
  JkPhotosHead head = read_head (section);
  const guint8 *at = (const guint8 *) g_bytes_get_data (section, NULL) + JK_PHOTOS_HEAD_BYTES;
  g_autoptr (JkSecret) key = key_of (f, record);
  guint8 mark[JK_RECORD_MARK_BYTES];

  jk_record_mark (key, check_id (), mark);
  for (guint n = 0; n < N; n++, at += head.row_size)
    if (memcmp (at, mark, sizeof mark) == 0)
      return g_memdup2 (at, head.row_size);
  fail ();
  return NULL;
}

static void
each_photo_opens_with_its_own_key (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) first = jk_test_photo_new (1, 200);
  g_autoptr (GBytes) third = jk_test_photo_new (3, 5000);
  GBytes *const photos[N] = { first, NULL, third, NULL };
  g_autoptr (GBytes) section = close_photos (f, photos);
  JkPhotosHead head = read_head (section);

  assert_int_equal (head.n_photos, 2);
  for (guint record = 0; record < N; record++) {
    g_autofree guint8 *row = dup_row (f, section, record);
    for (guint other = 0; other < N; other++) {
      g_autoptr (JkSecret) key = key_of (f, other);
      g_autoptr (GBytes) photo = NULL;
      gboolean is_open = jk_photos_open_row (row, head.row_size, record, key, check_id (), &photo);
      assert_int_equal (is_open, other == record);
      if (is_open && photos[record] != NULL)
        assert_true (g_bytes_equal (photo, photos[record]));
      else
        assert_null (photo);
    }
  }
}

static void
a_photo_is_bound_to_record_session_and_purpose (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) first = jk_test_photo_new (1, 200);
  GBytes *const photos[N] = { first };
  g_autoptr (GBytes) section = close_photos (f, photos);
  g_autofree guint8 *row = dup_row (f, section, 0);
  g_autoptr (JkSecret) key = key_of (f, 0);
  g_autoptr (GBytes) photo = NULL;
  gsize row_size = read_head (section).row_size;
  g_autofree guint8 *out = g_malloc (row_size);
  guint8 id[JK_BANK_ID_BYTES];
  guint8 context[JK_BANK_ID_BYTES + 4] = { 0 };

  memcpy (id, check_id (), sizeof id);
  memcpy (context, check_id (), sizeof id);
  id[0] ^= 1;
  assert_false (jk_photos_open_row (row, row_size, 1, key, check_id (), &photo));
  assert_false (jk_photos_open_row (row, row_size, 0, key, id, &photo));
  assert_false (jk_box_open (jk_secret_get (key),
                             JK_PURPOSE_PHOTO,
                             context,
                             sizeof context,
                             row + JK_RECORD_MARK_BYTES,
                             row_size - JK_RECORD_MARK_BYTES,
                             out));
  assert_true (jk_photos_open_row (row, row_size, 0, key, check_id (), &photo));
}

static void
a_changed_photo_does_not_open (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) first = jk_test_photo_new (1, 200);
  GBytes *const photos[N] = { first };
  g_autoptr (GBytes) section = close_photos (f, photos);
  g_autofree guint8 *row = dup_row (f, section, 0);
  g_autoptr (JkSecret) key = key_of (f, 0);
  gsize row_size = read_head (section).row_size;

  for (gsize at = JK_RECORD_MARK_BYTES; at < row_size; at += 7) {
    g_autoptr (GBytes) photo = NULL;
    row[at] ^= 0x10;
    assert_false (jk_photos_open_row (row, row_size, 0, key, check_id (), &photo));
    row[at] ^= 0x10;
  }
  for (gsize size = row_size - STEP; size < row_size; size += 512) {
    g_autoptr (GBytes) photo = NULL;
    assert_false (jk_photos_open_row (row, size, 0, key, check_id (), &photo));
  }
}

/* Rows and their order are the same whoever has a photo: only the largest shows, in steps. */
static void
sizes_and_places_say_nothing_about_who (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) small = jk_test_photo_new (1, 200);
  g_autoptr (GBytes) large = jk_test_photo_new (2, 9000);
  GBytes *const one[N] = { large, NULL, NULL, NULL };
  GBytes *const other[N] = { NULL, small, NULL, large };
  g_autoptr (GBytes) one_section = close_photos (f, one);
  g_autoptr (GBytes) other_section = close_photos (f, other);
  gsize row_size = read_head (one_section).row_size;
  const guint8 *a = (const guint8 *) g_bytes_get_data (one_section, NULL) + JK_PHOTOS_HEAD_BYTES;
  const guint8 *b = (const guint8 *) g_bytes_get_data (other_section, NULL) + JK_PHOTOS_HEAD_BYTES;

  assert_int_equal (g_bytes_get_size (one_section), g_bytes_get_size (other_section));
  assert_int_equal (row_size, JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD + 3 * STEP);
  for (guint n = 0; n < N; n++)
    assert_memory_equal (a + n * row_size, b + n * row_size, JK_RECORD_MARK_BYTES);
  for (guint n = 1; n < N; n++)
    assert_true (memcmp (a + (n - 1) * row_size, a + n * row_size, JK_RECORD_MARK_BYTES) < 0);
}

static void
rows_grow_in_steps (void **state)
{
  gsize around = JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD;

  assert_int_equal (jk_photos_measure_row (1), around + STEP);
  assert_int_equal (jk_photos_measure_row (STEP - 4), around + STEP);
  assert_int_equal (jk_photos_measure_row (STEP - 3), around + 2 * STEP);
  assert_int_equal (jk_photos_measure_row (JK_PHOTO_BYTES_MAX), around + 17 * STEP);
}

static void
nobody_s_photos_are_no_section (void **state)
{
  GBytes *const photos[N] = { NULL };
  assert_null (close_photos (*state, photos));
}

static void
the_largest_photo_fits (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) largest = jk_test_photo_new (1, JK_PHOTO_BYTES_MAX);
  GBytes *const photos[N] = { NULL, largest };
  g_autoptr (GBytes) section = close_photos (f, photos);
  g_autofree guint8 *row = dup_row (f, section, 1);
  g_autoptr (JkSecret) key = key_of (f, 1);
  g_autoptr (GBytes) photo = NULL;

  assert_true (jk_photos_open_row (row, read_head (section).row_size, 1, key, check_id (), &photo));
  assert_true (g_bytes_equal (photo, largest));
}

static void
a_head_that_contradicts_the_section_is_refused (void **state)
{
  static const struct {
    guint32 n_photos, row_size;
    gsize more;
  } heads[] = {
    { 0, 56 + STEP, 0 }, { N + 1, 56 + STEP, 0 },  { 1, 56, 0 },        { 1, 56 + STEP + 8, 0 },
    { 1, 55 + STEP, 0 }, { 1, 56 + 18 * STEP, 0 }, { 1, 56 + STEP, 1 }, { 1, 56 + STEP, 56 + STEP },
    { 1, 0, 0 },         { 1, 0xFFFFFFFF, 0 },
  };
  guint8 data[JK_PHOTOS_HEAD_BYTES];
  JkPhotosHead head;

  for (guint n = 0; n < G_N_ELEMENTS (heads); n++) {
    jk_bytes_put_u32 (data, heads[n].n_photos);
    jk_bytes_put_u32 (data + 4, heads[n].row_size);
    guint64 size = sizeof data + (guint64) N * heads[n].row_size + heads[n].more;
    assert_false (jk_photos_read_head (data, size, N, &head));
  }
  jk_bytes_put_u32 (data, N);
  jk_bytes_put_u32 (data + 4, 56 + STEP);
  assert_true (jk_photos_read_head (data, sizeof data + N * (56 + STEP), N, &head));
}

/* Closed with the right key, and yet not of its form. */
static void
a_wrong_size_or_filling_is_refused (void **state)
{
  const Fixture *f = *state;
  const struct {
    guint32 size;
    gsize at; /* a byte of the filling that is not zero; 0: none */
    gboolean is_good;
  } contents[] = {
    { 100, 0, TRUE },    { STEP - 4, 0, TRUE },    { STEP - 3, 0, FALSE }, { 0xFFFFFFFF, 0, FALSE },
    { 100, 104, FALSE }, { 100, STEP - 1, FALSE }, { 0, 4, FALSE },        { 100, 103, TRUE },
  };
  g_autoptr (JkSecret) key = key_of (f, 2);
  guint8 context[JK_BANK_ID_BYTES + 4];
  guint8 nonce[JK_BOX_NONCE_BYTES] = { 0 };
  JkDigest photo_key;

  memcpy (context, check_id (), JK_BANK_ID_BYTES);
  jk_bytes_put_u32 (context + JK_BANK_ID_BYTES, 2);
  jk_mac (key, JK_PURPOSE_PHOTO_KEY, NULL, 0, &photo_key);
  for (guint n = 0; n < G_N_ELEMENTS (contents); n++) {
    guint8 content[STEP] = { 0 };
    guint8 row[JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD + STEP];
    g_autoptr (GBytes) photo = NULL;

    jk_bytes_put_u32 (content, contents[n].size);
    if (contents[n].at > 0)
      content[contents[n].at] = 1;
    jk_record_mark (key, check_id (), row);
    jk_box_close (photo_key.bytes,
                  JK_PURPOSE_PHOTO,
                  context,
                  sizeof context,
                  content,
                  sizeof content,
                  nonce,
                  row + JK_RECORD_MARK_BYTES);
    assert_int_equal (jk_photos_open_row (row, sizeof row, 2, key, check_id (), &photo),
                      contents[n].is_good);
  }
}

/* The document shows the beginning of the section and the digest of all of it. */
static void
the_bytes_are_those_of_the_document (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) photo = g_bytes_new_static ("photo", 5);
  GBytes *const photos[] = { photo, NULL };
  g_autoptr (JkSecret) keys = jk_secret_new (2 * JK_KEY_BYTES);
  g_autoptr (GBytes) wanted = jk_test_vector ("session-photos");
  guint8 shown[64 + JK_DIGEST_BYTES];
  JkDigest digest;

  memset (jk_secret_get_mutable (keys), 0x11, JK_KEY_BYTES);
  memset (jk_secret_get_mutable (keys) + JK_KEY_BYTES, 0x22, JK_KEY_BYTES);
  g_autoptr (GBytes) section =
      jk_photos_close (photos, 2, keys, check_id (), jk_test_random_get (f->random), 0);
  jk_hash (NULL, g_bytes_get_data (section, NULL), g_bytes_get_size (section), &digest);
  memcpy (shown, g_bytes_get_data (section, NULL), 64);
  memcpy (shown + 64, digest.bytes, JK_DIGEST_BYTES);
  g_autoptr (GBytes) found = g_bytes_new (shown, sizeof shown);
  assert_true (g_bytes_equal (found, wanted));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (each_photo_opens_with_its_own_key),
    TEST (a_photo_is_bound_to_record_session_and_purpose),
    TEST (a_changed_photo_does_not_open),
    TEST (sizes_and_places_say_nothing_about_who),
    TEST (rows_grow_in_steps),
    TEST (nobody_s_photos_are_no_section),
    TEST (the_largest_photo_fits),
    TEST (a_head_that_contradicts_the_section_is_refused),
    TEST (a_wrong_size_or_filling_is_refused),
    TEST (the_bytes_are_those_of_the_document),
  };
  return cmocka_run_group_tests_name ("photos", tests, check_setup, NULL);
}
