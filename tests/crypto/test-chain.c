/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "crypto/chain.h"
#include "support/vector.h"

static void
links_are_those_of_the_document (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("crypto-chain");
  const char *rows[] = { "one", "", "第三" };
  guint8 made[4 * JK_DIGEST_BYTES];
  JkDigest link, commitment;

  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    link.bytes[i] = (guint8) i;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    jk_chain_next (&link, rows[i], strlen (rows[i]), &link);
    memcpy (made + i * JK_DIGEST_BYTES, link.bytes, JK_DIGEST_BYTES);
  }
  jk_chain_commit (&link, "jikao 1 example", &commitment);
  memcpy (made + 3 * JK_DIGEST_BYTES, commitment.bytes, JK_DIGEST_BYTES);
  assert_bytes_equal (vector, made, sizeof made);
}

static void
an_empty_row_is_a_row (void **state)
{
  const JkDigest zero = { 0 };
  JkDigest link;

  jk_chain_next (&zero, NULL, 0, &link);
  assert_false (jk_digest_equal (&zero, &link));
}

static void
a_changed_row_changes_the_link (void **state)
{
  const JkDigest zero = { 0 };
  guint8 row[40] = { 0 };
  JkDigest link, other;

  jk_chain_next (&zero, row, sizeof row, &link);
  for (guint bit = 0; bit < 8 * sizeof row; bit++) {
    row[bit / 8] ^= (guint8) (1u << bit % 8);
    jk_chain_next (&zero, row, sizeof row, &other);
    row[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_digest_equal (&link, &other));
  }
  jk_chain_next (&zero, row, sizeof row - 1, &other);
  assert_false (jk_digest_equal (&link, &other));
}

static void
rows_cannot_change_places (void **state)
{
  JkDigest a = { 0 };
  JkDigest b = { 0 };

  jk_chain_next (&a, "1", 1, &a);
  jk_chain_next (&a, "2", 1, &a);
  jk_chain_next (&b, "2", 1, &b);
  jk_chain_next (&b, "1", 1, &b);
  assert_false (jk_digest_equal (&a, &b));
}

static void
a_commitment_differs_by_purpose_and_link (void **state)
{
  const JkDigest link = { { 1 } };
  const JkDigest other = { { 2 } };
  JkDigest a, b, c;

  jk_chain_commit (&link, "head", &a);
  jk_chain_commit (&link, "receipt", &b);
  jk_chain_commit (&other, "head", &c);
  assert_false (jk_digest_equal (&a, &b));
  assert_false (jk_digest_equal (&a, &c));
  assert_false (jk_digest_equal (&a, &link));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (links_are_those_of_the_document),
    cmocka_unit_test (an_empty_row_is_a_row),
    cmocka_unit_test (a_changed_row_changes_the_link),
    cmocka_unit_test (rows_cannot_change_places),
    cmocka_unit_test (a_commitment_differs_by_purpose_and_link),
  };
  return cmocka_run_group_tests_name ("chain", tests, check_setup, NULL);
}
