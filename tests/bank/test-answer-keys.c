/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/answer-keys.c */
#include "bank/answer-keys.h"

#include "fixture.h"

#include "bank/bank-private.h"
#include "bank/error.h"
#include "base/error.h"
#include "base/limits.h"
#include "crypto/error.h"
#include "envelope/error.h"
#include "envelope/writer.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static JkAnswerKeys *
open_keys (const Fixture *fixture, const char *path, const JkDigest *content, GError **error)
{
  return jk_answer_keys_open (fixture_disk (fixture),
                              path,
                              fixture->signer,
                              fixture->centre,
                              content,
                              error);
}

static void
the_right_options_are_those_of_the_source (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (key);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  g_autoptr (GError) error = NULL;

  assert_true (jk_bank_unlock (bank, key, &error));
  g_autoptr (JkAnswerKeys) keys =
      open_keys (fixture, fixture->keys_path, jk_bank_get_content_digest (bank), &error);
  assert_non_null (keys);
  assert_int_equal (jk_answer_keys_get_n (keys), FIXTURE_ITEMS);
  assert_string_equal (jk_answer_keys_get_version (keys), "1");
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++) {
    const JkItem *item = jk_source_get_item (source, i);
    guint8 item_key[JK_KEY_BYTES];
    jk_bank_derive_item_key (bank_key, i, item_key);
    g_autoptr (JkBlob) blob = jk_bank_open_blob (bank, i, item_key, &error);
    assert_string_equal (jk_answer_keys_get_id (keys, i), item->id);
    assert_string_equal (jk_answer_keys_get_rationale (keys, i),
                         item->rationale == NULL ? "" : item->rationale);
    guint16 right = 0;
    for (guint o = 0; o < item->options->len; o++)
      for (guint c = 0; c < jk_blob_get_n_options (blob); c++) {
        const JkOption *option = g_ptr_array_index (item->options, o);
        if (option->right && strcmp (option->text, jk_blob_get_option (blob, c)) == 0)
          right |= (guint16) (1u << c);
      }
    if (item->type == JK_ITEM_JUDGE)
      right = item->judge_true ? 1 : 2;
    assert_int_equal (jk_answer_keys_get_right (keys, i), right);
  }
  jk_answer_keys_free (NULL);
}

static void
only_a_centre_opens_them (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  assert_non_null (key);
  JkSealPublic other_public;
  g_autoptr (JkSecret) other =
      jk_seal_key_new (jk_test_world_get (fixture->world)->random, "test: other", 0, &other_public);
  g_autoptr (GError) error = NULL;

  assert_null (jk_answer_keys_open (fixture_disk (fixture),
                                    fixture->keys_path,
                                    fixture->signer,
                                    other,
                                    NULL,
                                    &error));
  assert_true (error->domain == JK_CRYPTO_ERROR);
  assert_int_equal (error->code, JK_CRYPTO_ERROR_SECRET);
  assert_non_null (strstr (error->message, fixture->keys_path));
}

static void
answer_keys_of_another_bank_are_foreign (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  assert_non_null (key);
  g_autoptr (GError) error = NULL;
  JkDigest content = { { 1 } };

  assert_null (open_keys (fixture, fixture->keys_path, &content, &error));
  assert_true (error->domain == JK_BANK_ERROR);
  assert_int_equal (error->code, JK_BANK_ERROR_FOREIGN);
  g_autoptr (JkAnswerKeys) keys = open_keys (fixture, fixture->keys_path, NULL, NULL);
  assert_non_null (keys);
}

static void
a_bank_is_not_taken_for_answer_keys (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  assert_non_null (key);
  g_autoptr (GError) error = NULL;

  assert_null (open_keys (fixture, fixture->bank_path, NULL, &error));
  assert_true (error->domain == JK_ENVELOPE_ERROR);
  assert_int_equal (error->code, JK_ENVELOPE_ERROR_KIND);
}

static void
every_flipped_bit_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_tiny_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  assert_non_null (key);
  gsize size = fixture_get_size (fixture->keys_path);
  guint n_unread = 0;

  for (gsize bit = 0; bit < size * 8; bit++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = fixture_put_flipped (fixture, fixture->keys_path, "flip.jkkeys", bit);
    g_autoptr (JkAnswerKeys) keys = open_keys (fixture, path, NULL, &error);
    if (keys != NULL)
      n_unread++;
    else
      assert_true (error->domain == JK_ENVELOPE_ERROR);
  }
  /* The outer digest and the zeros after the one section, which a check of the whole file reads. */
  assert_in_range (n_unread, JK_DIGEST_BYTES * 8, (JK_DIGEST_BYTES + 7) * 8);
}

static void
a_disk_that_fails_is_an_error_and_nothing_worse (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  assert_non_null (key);
  JkTestStorage *disk = jk_test_world_get_storage (fixture->world);

  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    g_autoptr (JkAnswerKeys) keys = open_keys (fixture, fixture->keys_path, NULL, &error);
    if (!jk_test_storage_has_failed (disk)) {
      assert_non_null (keys);
      break;
    }
    if (keys == NULL)
      assert_true (error->domain == JK_BASE_ERROR);
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
  }
}

/* Answer keys for one item, sealed and signed as they should be, with this inside. */
static void
put_keys (const Fixture *fixture, GBytes *inside)
{
  const char *const sections[] = { "keys", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = jk_seal (&fixture->centre_public,
                                       1,
                                       JK_KEYS_PURPOSE,
                                       NULL,
                                       0,
                                       g_bytes_get_data (inside, NULL),
                                       g_bytes_get_size (inside),
                                       jk_test_world_get (fixture->world)->random,
                                       "test: seal",
                                       0);
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (fixture_disk (fixture),
                                                                fixture->keys_path,
                                                                0600,
                                                                JK_KIND_KEYS,
                                                                g_variant_new ("(u)", 1),
                                                                sections,
                                                                &error);
  assert_non_null (writer);
  assert_true (jk_envelope_writer_append (writer,
                                          g_bytes_get_data (sealed, NULL),
                                          g_bytes_get_size (sealed),
                                          &error));
  assert_true (jk_envelope_writer_end_section (writer, 0, &error));
  assert_true (jk_envelope_writer_finish (writer, fixture->authority, NULL, NULL, &error));
}

/* The bytes of answer keys with a digest of so many zeros and these parts. */
static GBytes *
make_inside (guint digest_bytes, const char *name, const char *version, const char *items)
{
  g_autoptr (GString) text = g_string_new ("(@ay [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < digest_bytes; i++)
    g_string_append (text, i > 0 ? ",0" : "0");
  g_string_append_printf (text, "], '%s', '%s', %s)", name, version, items);
  g_autoptr (GVariant) variant =
      g_variant_parse (G_VARIANT_TYPE (JK_KEYS_TYPE), text->str, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) swapped = jk_bank_swap_variant (g_steal_pointer (&variant));
  return g_variant_get_data_as_bytes (swapped);
}

static void
signed_answer_keys_beyond_limits_are_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');
  g_autofree char *text = g_strnfill (JK_RATIONALE_BYTES_MAX + 1, 'r');
  g_autofree char *long_id = g_strdup_printf ("[('%s', 1, '')]", name);
  g_autofree char *long_rationale = g_strdup_printf ("[('a', 1, '%s')]", text);
  GBytes *const cases[] = {
    make_inside (32, "x", "1", "[('a', 3, '')]"),
    make_inside (31, "x", "1", "[('a', 1, '')]"),
    make_inside (32, name, "1", "[('a', 1, '')]"),
    make_inside (32, "x", name, "[('a', 1, '')]"),
    make_inside (32, "x", "1", "[]"),
    make_inside (32, "x", "1", "[('a', 1, ''), ('b', 1, '')]"),
    make_inside (32, "x", "1", "[('', 1, '')]"),
    make_inside (32, "x", "1", "[('a', 0, '')]"),
    make_inside (32, "x", "1", "[('a', 256, '')]"),
    make_inside (32, "x", "1", long_id),
    make_inside (32, "x", "1", long_rationale),
    g_bytes_new_static ("garbage", 7),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    put_keys (fixture, cases[i]);
    g_autoptr (JkAnswerKeys) keys = open_keys (fixture, fixture->keys_path, NULL, &error);
    assert_int_equal (keys != NULL, i == 0);
    if (keys == NULL) {
      assert_true (error->domain == JK_BANK_ERROR);
      assert_int_equal (error->code, JK_BANK_ERROR_INDEX);
    }
    g_bytes_unref (cases[i]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_right_options_are_those_of_the_source),
    cmocka_unit_test (only_a_centre_opens_them),
    cmocka_unit_test (answer_keys_of_another_bank_are_foreign),
    cmocka_unit_test (a_bank_is_not_taken_for_answer_keys),
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (a_disk_that_fails_is_an_error_and_nothing_worse),
    cmocka_unit_test (signed_answer_keys_beyond_limits_are_refused),
  };
  return cmocka_run_group_tests_name ("bank/answer-keys", tests, NULL, NULL);
}
