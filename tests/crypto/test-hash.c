/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/text.h"
#include "crypto/hash.h"

static void
assert_digest_hex (const JkDigest *digest, const char *wanted)
{
  g_autofree char *hex = jk_text_hex (digest->bytes, JK_DIGEST_BYTES);
  assert_string_equal (hex, wanted);
}

static void
a_hash_is_created_and_freed (void **state)
{
  g_autoptr (JkHash) hash = jk_hash_new ("jikao 1 example");
  assert_non_null (hash);
  jk_hash_free (NULL);
}

static void
without_purpose_it_is_what_b2sum_gives (void **state)
{
  JkDigest digest;

  jk_hash (NULL, "abc", 3, &digest);
  assert_digest_hex (&digest, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  jk_hash (NULL, NULL, 0, &digest);
  assert_digest_hex (&digest, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void
a_purpose_is_its_length_and_its_bytes (void **state)
{
  JkDigest with_purpose, by_hand;

  jk_hash ("ab", "cd", 2, &with_purpose);
  jk_hash (NULL,
           "\x02"
           "abcd",
           5,
           &by_hand);
  assert_true (jk_digest_equal (&with_purpose, &by_hand));
}

static void
purpose_and_data_cannot_be_confused (void **state)
{
  JkDigest a, b;

  jk_hash ("ab", "cd", 2, &a);
  jk_hash ("abc", "d", 1, &b);
  assert_false (jk_digest_equal (&a, &b));
}

static void
a_purpose_of_255_bytes_is_taken (void **state)
{
  g_autofree char *purpose = g_strnfill (255, 'p');
  g_autofree char *by_hand = g_strconcat ("\xff", purpose, "x", NULL);
  JkDigest a, b;

  jk_hash (purpose, "x", 1, &a);
  jk_hash (NULL, by_hand, 257, &b);
  assert_true (jk_digest_equal (&a, &b));
}

static void
pieces_give_the_digest_of_the_whole (void **state)
{
  guint8 data[1000];
  JkDigest whole, pieces;

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 7);
  jk_hash ("jikao 1 example", data, sizeof data, &whole);
  for (gsize cut = 0; cut <= sizeof data; cut += 37) {
    g_autoptr (JkHash) hash = jk_hash_new ("jikao 1 example");
    jk_hash_update (hash, data, cut);
    jk_hash_update (hash, NULL, 0);
    jk_hash_update (hash, data + cut, sizeof data - cut);
    jk_hash_finish (hash, &pieces);
    assert_true (jk_digest_equal (&whole, &pieces));
  }
}

static void
numbers_are_little_endian (void **state)
{
  g_autoptr (JkHash) hash = jk_hash_new (NULL);
  JkDigest numbers, bytes;

  jk_hash_update_u32 (hash, 0x04030201u);
  jk_hash_update_u64 (hash, G_GUINT64_CONSTANT (0x0c0b0a0908070605));
  jk_hash_finish (hash, &numbers);
  jk_hash (NULL, "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c", 12, &bytes);
  assert_true (jk_digest_equal (&numbers, &bytes));
}

static void
digests_differ_by_one_bit (void **state)
{
  JkDigest a, b;

  jk_hash ("jikao 1 example", "x", 1, &a);
  for (guint bit = 0; bit < 8 * JK_DIGEST_BYTES; bit++) {
    b = a;
    assert_true (jk_digest_equal (&a, &b));
    b.bytes[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_digest_equal (&a, &b));
  }
}

static void
a_table_of_digests_finds_by_content (void **state)
{
  g_autoptr (GHashTable) table = jk_digest_table_new (g_free, NULL);
  JkDigest one, two;

  jk_hash (NULL, "1", 1, &one);
  jk_hash (NULL, "2", 1, &two);
  g_hash_table_add (table, g_memdup2 (&one, sizeof one));
  assert_true (g_hash_table_contains (table, &one));
  assert_false (g_hash_table_contains (table, &two));
  two = one;
  two.bytes[JK_DIGEST_BYTES - 1] ^= 1;
  assert_false (g_hash_table_contains (table, &two));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_hash_is_created_and_freed),
    cmocka_unit_test (without_purpose_it_is_what_b2sum_gives),
    cmocka_unit_test (a_purpose_is_its_length_and_its_bytes),
    cmocka_unit_test (purpose_and_data_cannot_be_confused),
    cmocka_unit_test (a_purpose_of_255_bytes_is_taken),
    cmocka_unit_test (pieces_give_the_digest_of_the_whole),
    cmocka_unit_test (numbers_are_little_endian),
    cmocka_unit_test (digests_differ_by_one_bit),
    cmocka_unit_test (a_table_of_digests_finds_by_content),
  };
  return cmocka_run_group_tests_name ("hash", tests, check_setup, NULL);
}
