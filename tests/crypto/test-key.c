/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "short-memory.h"

#include "base/code.h"
#include "base/limits.h"
#include "crypto/hash.h"
#include "crypto/key.h"
#include "crypto/lockbox.h"
#include "support/random.h"
#include "support/vector.h"

static const JkCost cheap = { 1, 8 };

typedef struct {
  JkTestRandom *random;
  JkSecret *passphrase;
  JkKey *authority;
  JkKey *centre;
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  const JkRandom *random;

  self->random = jk_test_random_new (1);
  random = jk_test_random_get (self->random);
  self->passphrase = check_secret ("passphrase");
  self->authority = jk_key_new (JK_KEY_AUTHORITY, "Demonstration", random);
  self->centre = jk_key_new (JK_KEY_CENTRE, "阅卷中心", random);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  jk_key_free (self->authority);
  jk_key_free (self->centre);
  jk_secret_free (self->passphrase);
  jk_test_random_free (self->random);
  g_free (self);
  return 0;
}

static GBytes *
lock (Fixture *self, const JkKey *key)
{
  const JkRandom *random = jk_test_random_get (self->random);
  return jk_key_lock (key, self->passphrase, cheap, random, NULL);
}

static JkKey *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return jk_key_parse_public ("x.jkpub", bytes, error);
}

static void
assert_same_public (const JkKey *a, const JkKey *b)
{
  assert_int_equal (jk_key_get_kind (a), jk_key_get_kind (b));
  assert_string_equal (jk_key_get_name (a), jk_key_get_name (b));
  assert_memory_equal (jk_key_get_public (a), jk_key_get_public (b), JK_PUBLIC_BYTES);
}

static void
a_new_key_has_kind_name_and_both_halves (void **state)
{
  Fixture *self = *state;
  guint8 signer[JK_PUBLIC_BYTES];
  JkSealPublic sealer;

  assert_int_equal (jk_key_get_kind (self->authority), JK_KEY_AUTHORITY);
  assert_int_equal (jk_key_get_kind (self->centre), JK_KEY_CENTRE);
  assert_string_equal (jk_key_get_name (self->centre), "阅卷中心");
  jk_sign_get_public (jk_key_get_secret (self->authority), signer);
  jk_seal_get_public (jk_key_get_secret (self->centre), &sealer);
  assert_memory_equal (jk_key_get_public (self->authority), signer, JK_PUBLIC_BYTES);
  assert_memory_equal (jk_key_get_public (self->centre), sealer.bytes, JK_PUBLIC_BYTES);
  jk_key_free (NULL);
}

static void
keys_of_other_names_are_other_keys (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkKey) other =
      jk_key_new (JK_KEY_CENTRE, "阅卷中心 2", jk_test_random_get (self->random));

  assert_memory_not_equal (jk_key_get_public (other),
                           jk_key_get_public (self->centre),
                           JK_PUBLIC_BYTES);
}

static void
names_that_fit_no_file_are_refused (void **state)
{
  g_autofree char *longest = g_strnfill (JK_NAME_BYTES_MAX, 'n');
  g_autofree char *too_long = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');

  assert_true (jk_key_check_name ("评价机构 2021"));
  assert_true (jk_key_check_name (longest));
  assert_false (jk_key_check_name (too_long));
  assert_false (jk_key_check_name (""));
  assert_false (jk_key_check_name (" a"));
  assert_false (jk_key_check_name ("a "));
  assert_false (jk_key_check_name ("a\nb"));
  assert_false (jk_key_check_name ("a\\b"));
  assert_false (jk_key_check_name ("a\xff"));
}

static void
key_files_are_those_of_the_document (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) authority = lock (self, self->authority);
  g_autoptr (GBytes) authority_wanted = jk_test_vector ("crypto-key-authority");
  g_autoptr (GBytes) centre = lock (self, self->centre);
  g_autoptr (GBytes) centre_wanted = jk_test_vector ("crypto-key-centre");

  assert_true (g_bytes_equal (authority, authority_wanted));
  assert_true (g_bytes_equal (centre, centre_wanted));
}

static void
a_locked_key_opens_as_it_was (void **state)
{
  Fixture *self = *state;
  const JkKey *keys[] = { self->authority, self->centre };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GBytes) locked = lock (self, keys[i]);
    g_autoptr (JkKey) opened = jk_key_open ("x.jkkey", locked, self->passphrase, cheap, NULL);
    assert_non_null (opened);
    assert_same_public (opened, keys[i]);
    assert_true (jk_secret_equal (jk_key_get_secret (opened), jk_key_get_secret (keys[i])));
  }
}

static void
a_wrong_passphrase_or_low_cost_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) locked = lock (self, self->centre);
  g_autoptr (JkSecret) wrong = check_secret ("passphrasf");
  g_autoptr (GError) error = NULL;

  assert_null (jk_key_open ("x.jkkey", locked, wrong, cheap, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_key_open ("x.jkkey", locked, self->passphrase, (JkCost){ 3, 65536 }, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
}

static void
locking_passes_errors_on (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_random_get (self->random);
  g_autoptr (GError) error = NULL;

  assert_null (jk_key_lock (self->centre, self->passphrase, (JkCost){ 0, 8 }, random, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
  memory_is_short = TRUE;
  GBytes *locked = jk_key_lock (self->centre, self->passphrase, cheap, random, &error);
  memory_is_short = FALSE;
  assert_null (locked);
  assert_crypto_error (error, JK_CRYPTO_ERROR_MEMORY);
}

#define KEY_32 "0123456789abcdef0123456789abcdef"

static void
a_lockbox_around_no_key_is_refused (void **state)
{
  Fixture *self = *state;
  const struct {
    const char *bytes;
    gsize size;
  } contents[] = {
    { "x", 1 },
    { "\x02\0\x01\0n0123456789abcdef0123456789abcde", 36 },
    { "\x03\0\x01\0n" KEY_32, 37 },
    { "\0\0\x01\0n" KEY_32, 37 },
    { "\x02\0\x02\0n" KEY_32, 37 },
    { "\x02\0\xff\xffn" KEY_32, 37 },
    { "\x02\0\x01\0n" KEY_32 "!", 38 },
    { "\x02\0\0\0" KEY_32, 36 },
    { "\x02\0\x02\0n\0" KEY_32, 38 },
    { "\x02\0\x01\0\xff" KEY_32, 37 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JkSecret) content = jk_secret_new_copy (contents[i].bytes, contents[i].size);
    g_autoptr (GBytes) locked = jk_lockbox_close (self->passphrase,
                                                  "jikao 1 key file",
                                                  content,
                                                  cheap,
                                                  jk_test_random_get (self->random),
                                                  "test",
                                                  0,
                                                  NULL);
    assert_null (jk_key_open ("x.jkkey", locked, self->passphrase, cheap, &error));
    assert_true (g_str_has_prefix (error->message, "x.jkkey: "));
    assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
  }
}

static void
a_public_file_reads_back (void **state)
{
  Fixture *self = *state;
  const JkKey *keys[] = { self->authority, self->centre };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) printed = jk_key_print_public (keys[i]);
    g_autoptr (JkKey) key = jk_key_parse_public ("x.jkpub", printed, &error);
    assert_null (error);
    assert_same_public (key, keys[i]);
    assert_null (jk_key_get_secret (key));
    g_autoptr (GBytes) again = jk_key_print_public (key);
    assert_true (g_bytes_equal (printed, again));
  }
}

#define DEMO_PUBLIC "6f4a2def25100d898fb8a8e193604151a01b32ae413ed79cfa1db2d8f9944889"

static void
a_public_file_is_that_of_the_document (void **state)
{
  Fixture *self = *state;
  static const char wanted[] = "[key]\nkind=authority\nname=Demonstration\n"
                               "public=" DEMO_PUBLIC "\ncheck=5FY5Y4\n";
  g_autoptr (GBytes) printed = jk_key_print_public (self->authority);
  g_autofree char *check = jk_key_dup_check (self->authority);

  assert_bytes_equal (printed, wanted, sizeof wanted - 1);
  assert_string_equal (check, "5FY5Y4");
}

static void
check_is_read_in_either_case (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkKey) key = parse ("[key]\nkind=authority\nname=Demonstration\n"
                                 "public=" DEMO_PUBLIC "\ncheck=5fy5y4\n",
                                 NULL);

  assert_non_null (key);
  assert_same_public (key, self->authority);
}

/* Refused, and the message has this word. */
static void
assert_public_refused (const char *text, const char *word)
{
  g_autoptr (GError) error = NULL;

  assert_null (parse (text, &error));
  assert_non_null (strstr (error->message, "x.jkpub"));
  assert_non_null (strstr (error->message, word));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
}

static void
a_public_file_with_a_fault_is_refused (void **state)
{
  const char *publicly = "public=" DEMO_PUBLIC;
  const struct {
    const char *kind, *name, *public_line, *check, *word;
  } files[] = {
    { "kind=proctor", "name=D", publicly, "check=5FY5Y4", "centre" },
    { "kind=centre", "name=D", publicly, "check=5FY5Y4", "check" },
    { "", "name=D", publicly, "check=5FY5Y4", "kind" },
    { "kind=authority", "", publicly, "check=5FY5Y4", "name" },
    { "kind=authority", "name=D\x01", publicly, "check=5FY5Y4", "name" },
    { "kind=authority", "name=D", "public=12", "check=5FY5Y4", "64 hexadecimal digits" },
    { "kind=authority", "name=D", "", "check=5FY5Y4", "public" },
    { "kind=authority", "name=D", publicly, "check=5FY5Y5", "5FY5Y4" },
    { "kind=authority", "name=D", publicly, "", "check" },
    { "kind=authority", "name=D\nsecret=1", publicly, "check=5FY5Y4", "secret" },
    { "kind=authority", "name=D", "public=" DEMO_PUBLIC "00", "check=5FY5Y4", "64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *text = g_strdup_printf ("[key]\n%s\n%s\n%s\n%s\n",
                                             files[i].kind,
                                             files[i].name,
                                             files[i].public_line,
                                             files[i].check);
    assert_public_refused (text, files[i].word);
  }
}

static void
a_flipped_digit_of_a_public_key_is_refused (void **state)
{
  static const char format[] = "[key]\nkind=authority\nname=D\npublic=%s\ncheck=5FY5Y4\n";

  for (guint i = 0; i < 64; i++) {
    char digits[] = DEMO_PUBLIC;
    digits[i] = digits[i] == '0' ? '1' : '0';
    g_autofree char *text = g_strdup_printf (format, digits);
    assert_public_refused (text, "check");
  }
}

/* The check fits, but nobody can hold the secret half. */
static void
a_public_key_without_secret_half_is_refused (void **state)
{
  for (guint kind = JK_KEY_AUTHORITY; kind <= JK_KEY_CENTRE; kind++) {
    guint8 input[34] = { (guint8) kind };
    JkDigest digest;
    jk_hash ("jikao 1 public key", input, sizeof input, &digest);
    g_autofree char *check = jk_code_format_short (digest.bytes, 30);
    g_autofree char *zeros = g_strnfill (64, '0');
    g_autofree char *text = g_strdup_printf ("[key]\nkind=%s\nname=D\npublic=%s\ncheck=%s\n",
                                             kind == JK_KEY_CENTRE ? "centre" : "authority",
                                             zeros,
                                             check);
    assert_public_refused (text, "secret half");
  }
}

static void
a_file_that_is_no_key_file_is_refused (void **state)
{
  g_autofree char *large = g_strnfill (JK_LINE_BYTES_MAX + 1, '\n');

  assert_public_refused ("", "[group]");
  assert_public_refused ("JKLOCK", "x.jkpub");
  assert_public_refused ("[other]\nkind=centre\n", "other");
  assert_public_refused ("[key]\nname=\xff\xfe\n", "x.jkpub");
  assert_public_refused (large, "at most");
}

#define KEY_TEST(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    KEY_TEST (a_new_key_has_kind_name_and_both_halves),
    KEY_TEST (keys_of_other_names_are_other_keys),
    cmocka_unit_test (names_that_fit_no_file_are_refused),
    KEY_TEST (key_files_are_those_of_the_document),
    KEY_TEST (a_locked_key_opens_as_it_was),
    KEY_TEST (a_wrong_passphrase_or_low_cost_is_refused),
    KEY_TEST (locking_passes_errors_on),
    KEY_TEST (a_lockbox_around_no_key_is_refused),
    KEY_TEST (a_public_file_reads_back),
    KEY_TEST (a_public_file_is_that_of_the_document),
    KEY_TEST (check_is_read_in_either_case),
    cmocka_unit_test (a_public_file_with_a_fault_is_refused),
    cmocka_unit_test (a_flipped_digit_of_a_public_key_is_refused),
    cmocka_unit_test (a_public_key_without_secret_half_is_refused),
    cmocka_unit_test (a_file_that_is_no_key_file_is_refused),
  };
  return cmocka_run_group_tests_name ("key", tests, check_setup, NULL);
}
