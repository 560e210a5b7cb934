/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/receipt.c */
#include "result/receipt.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/guard.h"
#include "support/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Digests of the example: 00 01 .. 1f and 20 21 .. 3f. */
static void
compute (guint32 record, guint32 seal_number, JkDigest *out_receipt)
{
  JkDigest session;
  JkDigest link;

  for (guint i = 0; i < JK_DIGEST_BYTES; i++) {
    session.bytes[i] = (guint8) i;
    link.bytes[i] = (guint8) (JK_DIGEST_BYTES + i);
  }
  jk_receipt_compute (&session, record, seal_number, &link, out_receipt);
}

static void
the_receipt_of_the_example_is_the_same (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("result-receipt");
  JkDigest receipt;

  compute (7, 1, &receipt);
  assert_int_equal (g_bytes_get_size (vector), JK_DIGEST_BYTES);
  assert_memory_equal (receipt.bytes, g_bytes_get_data (vector, NULL), JK_DIGEST_BYTES);
}

static void
record_and_seal_number_change_the_receipt (void **state)
{
  JkDigest one;
  JkDigest two;
  JkDigest three;

  compute (7, 1, &one);
  compute (8, 1, &two);
  compute (7, 2, &three);
  assert_false (jk_digest_equal (&one, &two));
  assert_false (jk_digest_equal (&one, &three));
}

static void
the_code_has_twenty_letters_and_a_check (void **state)
{
  JkDigest receipt;
  compute (7, 1, &receipt);
  g_autofree char *code = jk_receipt_dup_code (&receipt);
  assert_string_equal (code, "BNTF-5C57-EXSH-MJ2V-E56J8");
}

static void
a_copied_code_is_that_of_its_receipt_only (void **state)
{
  char letters[JK_RECEIPT_LETTERS + 1];
  JkDigest one;
  JkDigest two;

  compute (7, 1, &one);
  compute (7, 2, &two);
  assert_true (jk_receipt_parse (" bntf5c57 exshmj2v-E56J８", letters, NULL));
  assert_string_equal (letters, "BNTF5C57EXSHMJ2VE56J8");
  assert_true (jk_receipt_has_code (&one, letters));
  assert_false (jk_receipt_has_code (&two, letters));
}

static void
the_last_letter_of_a_code_counts (void **state)
{
  char letters[JK_RECEIPT_LETTERS + 1];
  JkDigest receipt;

  compute (7, 1, &receipt);
  assert_true (jk_receipt_parse ("BNTF-5C57-EXSH-MJ2V-E56J8", letters, NULL));
  receipt.bytes[JK_RECEIPT_LETTERS * 5 / 8 - 1] ^= 0x10; /* the last of 100 bits */
  assert_false (jk_receipt_has_code (&receipt, letters));
}

static void
a_mistyped_code_is_told (void **state)
{
  static const char *const typed[] = {
    "",
    "BNTF-5C57-EXSH-MJ2V-E56J9",
    "BNTF-5C57-EXSH-MJ2V-E56J",
    "BNTF-5C57-EXSH-MJ2V-E56JU",
  };
  char letters[JK_RECEIPT_LETTERS + 1];

  for (guint n = 0; n < G_N_ELEMENTS (typed); n++) {
    g_autoptr (GError) error = NULL;
    assert_false (jk_receipt_parse (typed[n], letters, &error));
    assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE));
  }
}

static void
a_qr_code_carries_digest_and_signature (void **state)
{
  guint8 public_key[JK_PUBLIC_BYTES], signature[JK_SIGNATURE_BYTES];
  g_autoptr (JkSecret) key = jk_sign_key_new (jk_random_system (), "test: receipt", 0, public_key);
  JkDigest receipt = { { 1, 2, 3 } }, read;
  g_autofree char *text = jk_receipt_dup_qr (&receipt, key);
  g_autofree char *bare = g_strndup (text, 2 * JK_DIGEST_BYTES);

  assert_true (jk_receipt_parse_qr (text, &read));
  assert_true (jk_digest_equal (&read, &receipt));
  assert_true (jk_receipt_parse_qr (bare, &read));
  assert_true (jk_text_parse_hex (strchr (text, ':') + 1, signature, sizeof signature));
  assert_true (jk_sign_verify (public_key,
                               "jikao 1 receipt signed",
                               receipt.bytes,
                               JK_DIGEST_BYTES,
                               signature));
  for (gsize cut = 0; cut < strlen (text); cut++) {
    g_autofree char *part = g_strndup (text, cut);
    assert_int_equal (jk_receipt_parse_qr (part, &read), cut == 2 * JK_DIGEST_BYTES);
  }
  text[0] = 'g';
  assert_false (jk_receipt_parse_qr (text, &read));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_receipt_of_the_example_is_the_same),
    cmocka_unit_test (record_and_seal_number_change_the_receipt),
    cmocka_unit_test (the_code_has_twenty_letters_and_a_check),
    cmocka_unit_test (a_copied_code_is_that_of_its_receipt_only),
    cmocka_unit_test (the_last_letter_of_a_code_counts),
    cmocka_unit_test (a_mistyped_code_is_told),
    cmocka_unit_test (a_qr_code_carries_digest_and_signature),
  };
  if (!jk_guard_init (NULL))
    return 1;
  return cmocka_run_group_tests_name ("receipt", tests, NULL, NULL);
}
