/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "crypto/box.h"
#include "session/person.h"
#include "session/purpose.h"
#include "support/vector.h"

#define N 2

/* A roll of a person and a spare record; the key is check_key (0). */
static GBytes *
close_roll (void)
{
  g_autoptr (JkSecret) roll_key = check_key (0);
  g_autoptr (JkSecret) record_keys = jk_secret_new (N * JK_KEY_BYTES);
  JkTestRandom *random = jk_test_random_new (1);
  JkPerson people[N] = { check_person (), { "", "", "", "", "", .index = 1, .spare = TRUE } };

  people[0].index = 0;
  memset (jk_secret_get_mutable (record_keys), 0x11, JK_KEY_BYTES);
  memset (jk_secret_get_mutable (record_keys) + JK_KEY_BYTES, 0x22, JK_KEY_BYTES);
  GBytes *bytes =
      jk_roll_close (people, N, record_keys, roll_key, check_id (), jk_test_random_get (random), 0);
  jk_test_random_free (random);
  return bytes;
}

static JkRoll *
open_roll (gconstpointer data, gsize size, guint8 key, GError **error)
{
  g_autoptr (JkSecret) roll_key = check_key (key);
  return jk_roll_open (data, size, roll_key, check_id (), "x.jksession", error);
}

static void
a_roll_opens_as_it_was_closed (void **state)
{
  g_autoptr (GBytes) bytes = close_roll ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JkRoll) roll =
      open_roll (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, &error);

  assert_null (error);
  assert_int_equal (jk_roll_get_n (roll), N);
  assert_string_equal (jk_roll_get_person (roll, 0)->name, "安知行");
  assert_int_equal (jk_roll_get_person (roll, 0)->extra_min, 30);
  assert_int_equal (jk_roll_get_person (roll, 1)->extra_min, 0);
  assert_true (jk_roll_get_person (roll, 1)->spare);
  g_autoptr (JkSecret) key = jk_roll_dup_record_key (roll, 1);
  assert_int_equal (jk_secret_get (key)[31], 0x22);
  assert_true (jk_secret_equal (jk_roll_get_record_key (roll, 1), key));
}

static void
the_bytes_are_those_of_the_document (void **state)
{
  g_autoptr (GBytes) bytes = close_roll ();
  g_autoptr (GBytes) wanted = jk_test_vector ("session-roll");

  assert_true (g_bytes_equal (bytes, wanted));
}

static void
another_key_does_not_open_it (void **state)
{
  g_autoptr (GBytes) bytes = close_roll ();
  g_autoptr (GError) error = NULL;

  assert_null (open_roll (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 1, &error));
  assert_non_null (strstr (error->message, "x.jksession"));
  assert_session_refused (error, CONTENT);
}

static void
a_flipped_bit_or_another_length_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = close_roll ();
  gsize size = g_bytes_get_size (bytes);
  g_autoptr (GError) error = NULL;

  for (gsize bit = 0; bit < size * 8; bit++) {
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_null (open_roll (copy, size, 0, &error));
    assert_session_refused (error, CONTENT);
  }
  for (gsize n = 0; n < size; n++) {
    assert_null (open_roll (g_bytes_get_data (bytes, NULL), n, 0, &error));
    assert_session_refused (error, CONTENT);
  }
}

/* A roll whose boxes open, whatever is in them. */
static JkRoll *
open_content (const guint8 *people, gsize size, gsize n_keys, GError **error)
{
  static const guint8 nonce[JK_BOX_NONCE_BYTES] = { 1 };
  static const guint8 keys[4 * JK_KEY_BYTES] = { 0 };
  g_autoptr (JkSecret) key = check_key (0);
  gsize keys_at = 4 + size + JK_BOX_OVERHEAD;
  gsize roll_size = keys_at + n_keys * JK_KEY_BYTES + JK_BOX_OVERHEAD;
  g_autofree guint8 *roll = g_malloc (roll_size);

  jk_bytes_put_u32 (roll, (guint32) (size + JK_BOX_OVERHEAD));
  jk_box_close (jk_secret_get (key),
                JK_PURPOSE_ROLL_PEOPLE,
                check_id (),
                JK_BANK_ID_BYTES,
                people,
                size,
                nonce,
                roll + 4);
  jk_box_close (jk_secret_get (key),
                JK_PURPOSE_ROLL_KEYS,
                check_id (),
                JK_BANK_ID_BYTES,
                keys,
                n_keys * JK_KEY_BYTES,
                nonce,
                roll + keys_at);
  return open_roll (roll, roll_size, 0, error);
}

static void
content_that_contradicts_itself_is_refused (void **state)
{
  JkPerson person = check_person ();
  gsize size = 4 + jk_person_measure (&person);
  g_autofree guint8 *people = g_malloc0 (size + 1);
  g_autoptr (GError) error = NULL;

  person.index = 0;
  jk_person_put (&person, people + 4);
  jk_bytes_put_u32 (people, 1);
  g_autoptr (JkRoll) good = open_content (people, size, 1, &error);
  assert_non_null (good);

  assert_null (open_content (people, size, 2, &error)); /* more keys than people */
  assert_session_refused (error, CONTENT);
  assert_null (open_content (people, size + 1, 1, &error)); /* something behind */
  assert_session_refused (error, CONTENT);
  assert_null (open_content (people, size - 1, 1, &error)); /* a person cut short */
  assert_session_refused (error, CONTENT);
  jk_bytes_put_u32 (people, 0); /* nobody */
  assert_null (open_content (people, size, 0, &error));
  assert_session_refused (error, CONTENT);
  jk_bytes_put_u32 (people, 25001); /* beyond limits.h */
  assert_null (open_content (people, size, 1, &error));
  assert_session_refused (error, CONTENT);
  jk_bytes_put_u32 (people, 1);
  jk_bytes_put_u32 (people + 4, 1); /* the first has number 1 */
  assert_null (open_content (people, size, 1, &error));
  assert_session_refused (error, CONTENT);
}

static void
nothing_is_freed_without_harm (void **state)
{
  jk_roll_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_roll_opens_as_it_was_closed),
    cmocka_unit_test (the_bytes_are_those_of_the_document),
    cmocka_unit_test (another_key_does_not_open_it),
    cmocka_unit_test (a_flipped_bit_or_another_length_is_refused),
    cmocka_unit_test (content_that_contradicts_itself_is_refused),
    cmocka_unit_test (nothing_is_freed_without_harm),
  };
  return cmocka_run_group_tests_name ("roll", tests, check_setup, NULL);
}
