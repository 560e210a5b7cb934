/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "session/person.h"
#include "session/purpose.h"
#include "session/record-private.h"
#include "support/vector.h"

#define SIZE 600
#define HEAD (JK_RECORD_MARK_BYTES + JK_BOX_OVERHEAD)

typedef struct {
  JkTestRandom *random;
  JkSecret *record_key;
  JkSecret *paper_key;
  JkPaperKeys *keys;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (JkSecret) seed = check_key (0x80);
  g_autoptr (JkSecret) item_keys = jk_secret_new (2 * JK_KEY_BYTES);
  JkDigest paper;

  jk_hash (NULL, "paper", 5, &paper);
  memset (jk_secret_get_mutable (item_keys), 0x11, JK_KEY_BYTES);
  memset (jk_secret_get_mutable (item_keys) + JK_KEY_BYTES, 0x22, JK_KEY_BYTES);
  f->random = jk_test_random_new (1);
  f->record_key = check_key (0);
  f->paper_key = check_key (0x20);
  f->keys = jk_paper_keys_new (seed, &paper, item_keys);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_paper_keys_free (f->keys);
  jk_secret_free (f->paper_key);
  jk_secret_free (f->record_key);
  jk_test_random_free (f->random);
  g_free (f);
  return 0;
}

static GBytes *
close_record (const Fixture *f, gsize size)
{
  const JkPerson person = check_person ();
  return jk_record_close (&person,
                          f->keys,
                          f->record_key,
                          f->paper_key,
                          check_id (),
                          size,
                          jk_test_random_get (f->random),
                          7);
}

static JkRecord *
open_record (const Fixture *f, GBytes *bytes)
{
  return jk_record_open (g_bytes_get_data (bytes, NULL),
                         g_bytes_get_size (bytes),
                         f->record_key,
                         check_id ());
}

static void
a_record_opens_as_it_was_closed (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes = close_record (f, SIZE);
  g_autoptr (JkRecord) record = open_record (f, bytes);

  assert_int_equal (g_bytes_get_size (bytes), SIZE);
  assert_non_null (record);
  assert_string_equal (jk_record_get_person (record)->name, "安知行");
  assert_int_equal (jk_record_get_person (record)->index, 3);
  assert_int_equal (jk_record_get_person (record)->extra_min, 30);

  g_autoptr (JkPaperKeys) keys =
      jk_record_open_paper (record, f->record_key, f->paper_key, check_id ());
  assert_non_null (keys);
  assert_int_equal (jk_paper_keys_get_n (keys), 2);
  assert_int_equal (jk_paper_keys_get_item_key (keys, 1)[0], 0x22);
  assert_true (
      jk_secret_equal (jk_paper_keys_get_draw_seed (keys), jk_paper_keys_get_draw_seed (f->keys)));
  assert_true (jk_digest_equal (jk_paper_keys_get_paper_digest (keys),
                                jk_paper_keys_get_paper_digest (f->keys)));
}

static void
the_bytes_are_those_of_the_document (void **state)
{
  const Fixture *f = *state;
  const JkPerson person = check_person ();
  g_autoptr (GBytes) bytes = close_record (f, jk_record_measure (&person, 1, 2));
  g_autoptr (GBytes) wanted = jk_test_vector ("session-record");
  g_autoptr (JkRecord) record = open_record (f, wanted);

  assert_true (g_bytes_equal (bytes, wanted));
  assert_non_null (record);
}

static void
the_longest_person_decides_the_size (void **state)
{
  g_autofree char *name = g_strnfill (300, 'n');
  JkPerson people[] = { check_person (), check_person () };

  people[1].name = name;
  assert_int_equal (jk_record_measure (people, 2, 2) - jk_record_measure (people, 1, 2),
                    300 - strlen (people[0].name));
  assert_int_equal (jk_record_measure (people, 1, 3) - jk_record_measure (people, 1, 2),
                    JK_KEY_BYTES);
}

static void
another_key_or_session_does_not_open_it (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes = close_record (f, SIZE);
  static const guint8 other_id[JK_BANK_ID_BYTES] = { 1 };

  assert_null (jk_record_open (g_bytes_get_data (bytes, NULL), SIZE, f->paper_key, check_id ()));
  assert_null (jk_record_open (g_bytes_get_data (bytes, NULL), SIZE, f->record_key, other_id));
}

static void
the_inside_needs_both_keys_and_the_session (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes = close_record (f, SIZE);
  g_autoptr (JkRecord) record = open_record (f, bytes);
  static const guint8 other_id[JK_BANK_ID_BYTES] = { 1 };

  assert_null (jk_record_open_paper (record, f->paper_key, f->paper_key, check_id ()));
  assert_null (jk_record_open_paper (record, f->record_key, f->record_key, check_id ()));
  assert_null (jk_record_open_paper (record, f->record_key, f->paper_key, other_id));
}

static void
a_flipped_bit_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes = close_record (f, SIZE);

  for (gsize bit = 0; bit < SIZE * 8; bit++) {
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), SIZE);
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_null (jk_record_open (copy, SIZE, f->record_key, check_id ()));
  }
}

static void
another_length_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes = close_record (f, SIZE);

  for (gsize size = 0; size < SIZE; size++)
    assert_null (jk_record_open (g_bytes_get_data (bytes, NULL), size, f->record_key, check_id ()));
  assert_null (jk_record_open (g_bytes_get_data (bytes, NULL),
                               JK_RECORD_BYTES_MAX + 1,
                               f->record_key,
                               check_id ()));
}

/* A record whose box opens, whatever its content. */
static JkRecord *
open_content (const Fixture *f, const guint8 *content, gsize size)
{
  static const guint8 nonce[JK_BOX_NONCE_BYTES] = { 1 };
  g_autofree guint8 *record = g_malloc (HEAD + size);

  jk_record_mark (f->record_key, check_id (), record);
  jk_box_close (jk_secret_get (f->record_key),
                JK_PURPOSE_RECORD,
                check_id (),
                JK_BANK_ID_BYTES,
                content,
                size,
                nonce,
                record + JK_RECORD_MARK_BYTES);
  return jk_record_open (record, HEAD + size, f->record_key, check_id ());
}

static void
content_that_contradicts_itself_is_refused (void **state)
{
  const Fixture *f = *state;
  const JkPerson person = check_person ();
  gsize person_size = jk_person_measure (&person);
  guint8 content[SIZE] = { 0 };
  const guint32 inner = JK_BOX_OVERHEAD + 64 + 2 * JK_KEY_BYTES;
  const struct {
    guint32 person;
    guint32 inner;
  } faults[] = {
    { SIZE, inner },                       /* a person beyond the end */
    { (guint32) person_size, SIZE },       /* an inner box beyond the end */
    { (guint32) person_size, inner - 1 },  /* half a key */
    { (guint32) person_size, inner - 64 }, /* no key at all */
    { (guint32) person_size + 1, inner },  /* a person followed by something */
    { (guint32) person_size - 1, inner },  /* a person cut short */
  };

  jk_person_put (&person, content + 8);
  for (guint n = 0; n < G_N_ELEMENTS (faults); n++) {
    jk_bytes_put_u32 (content, faults[n].person);
    jk_bytes_put_u32 (content + 4, faults[n].inner);
    assert_null (open_content (f, content, sizeof content));
  }

  jk_bytes_put_u32 (content, (guint32) person_size);
  jk_bytes_put_u32 (content + 4, inner);
  g_autoptr (JkRecord) good = open_content (f, content, sizeof content);
  assert_non_null (good);
  content[SIZE - 1] = 1;
  assert_null (open_content (f, content, sizeof content));
}

static void
nothing_is_freed_without_harm (void **state)
{
  jk_record_free (NULL);
  jk_paper_keys_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_record_opens_as_it_was_closed),
    cmocka_unit_test (the_bytes_are_those_of_the_document),
    cmocka_unit_test (the_longest_person_decides_the_size),
    cmocka_unit_test (another_key_or_session_does_not_open_it),
    cmocka_unit_test (the_inside_needs_both_keys_and_the_session),
    cmocka_unit_test (a_flipped_bit_is_refused),
    cmocka_unit_test (another_length_is_refused),
    cmocka_unit_test (content_that_contradicts_itself_is_refused),
    cmocka_unit_test (nothing_is_freed_without_harm),
  };

  if (check_setup (NULL) != 0)
    return 1;
  return cmocka_run_group_tests_name ("record", tests, set_up, tear_down);
}
