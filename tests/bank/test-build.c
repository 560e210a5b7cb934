/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/build.c: P3, what is left after a fault, and session banks. */
#include "bank/build.h"

#include "fixture.h"

#include "bank/answer-keys.h"
#include "bank/error.h"
#include "base/error.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#define N_SOURCES 300u

static const guint8 session_id[JK_BANK_ID_BYTES] = "session number 1";

static JkSecret *
make_key (guint8 fill)
{
  JkSecret *key = jk_secret_new (JK_KEY_BYTES);
  memset (jk_secret_get_mutable (key), fill, JK_KEY_BYTES);
  return key;
}

/* A session's bank at path; its digest goes to out_digest. */
static gboolean
reseal (const Fixture *fixture,
        const JkSecret *key,
        const char *path,
        JkDigest *out_digest,
        GError **error)
{
  g_autoptr (JkBank) bank =
      jk_bank_open (fixture_disk (fixture), fixture->bank_path, fixture->signer, error);
  g_autoptr (JkSecret) paper_key = make_key (3);
  g_autoptr (JkSecret) bank_key = make_key (4);

  return bank != NULL && jk_bank_unlock (bank, key, error) &&
         jk_bank_reseal (bank,
                         key,
                         session_id,
                         paper_key,
                         bank_key,
                         jk_test_world_get (fixture->world),
                         fixture->authority,
                         path,
                         out_digest,
                         error);
}

static void
a_session_bank_holds_the_same_items_under_other_keys (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autofree char *path = jk_test_folder_dup_path (fixture->folder, "session.jkbank");
  g_autoptr (JkSecret) paper_key = make_key (3);
  g_autoptr (JkSecret) bank_key = make_key (4);
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  assert_true (reseal (fixture, key, path, &digest, &error));
  g_autoptr (JkBank) library = fixture_open (fixture, fixture->bank_path);
  g_autoptr (JkBank) session = fixture_open (fixture, path);
  assert_false (jk_bank_is_library (session));
  assert_memory_equal (jk_bank_get_id (session), session_id, JK_BANK_ID_BYTES);
  assert_true (jk_digest_equal (jk_bank_get_digest (session), &digest));
  assert_true (jk_bank_check_whole (session, &error));
  assert_false (jk_bank_unlock (session, key, &error));
  g_clear_error (&error);
  assert_true (jk_bank_unlock (session, paper_key, &error));
  assert_true (jk_bank_unlock (library, key, &error));
  assert_true (
      jk_digest_equal (jk_bank_get_content_digest (session), jk_bank_get_content_digest (library)));
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++) {
    guint8 item_key[JK_KEY_BYTES];
    g_autoptr (JkSecret) library_bank_key = jk_bank_derive_library_bank_key (key);
    JkIndexRow one;
    JkIndexRow two;
    jk_index_get_row (jk_bank_get_index (library), i, &one);
    jk_index_get_row (jk_bank_get_index (session), i, &two);
    assert_memory_not_equal (one.blob_digest, two.blob_digest, JK_BLOB_DIGEST_BYTES);
    memcpy (one.blob_digest, two.blob_digest, JK_BLOB_DIGEST_BYTES);
    assert_int_equal (one.blob_size, two.blob_size);
    assert_int_equal (one.element, two.element);
    assert_int_equal (one.enemy, two.enemy);
    jk_bank_derive_item_key (library_bank_key, i, item_key);
    g_autoptr (JkBlob) foreign = jk_bank_open_blob (session, i, item_key, NULL);
    assert_null (foreign);
    jk_bank_derive_item_key (bank_key, i, item_key);
    g_autoptr (JkBlob) blob = jk_bank_open_blob (session, i, item_key, &error);
    assert_non_null (blob);
  }
}

static char *
pick_letters (GRand *rand, guint n)
{
  char *text = g_malloc (n + 1);
  for (guint i = 0; i < n; i++)
    text[i] = (char) g_rand_int_range (rand, 'a', 'z' + 1);
  text[n] = '\0';
  return text;
}

/* A choice with these options, begun at another one, with other right ones and feedback. */
static void
append_choice (GString *gift, GPtrArray *options, gboolean multiple, GRand *rand)
{
  guint n = options->len;
  guint first = (guint) g_rand_int_range (rand, 0, (gint32) n);
  guint right = (guint) g_rand_int_range (rand, 0, (gint32) n);
  guint n_right = multiple ? (guint) g_rand_int_range (rand, 2, (gint32) n + 1) : 1;

  g_string_append (gift, "{");
  for (guint i = 0; i < n; i++) {
    gboolean is_right = (i + n - right) % n < n_right;
    const char *sign = !is_right ? "~" : multiple ? "~%50%" : "=";
    g_autofree char *feedback = pick_letters (rand, (guint) g_rand_int_range (rand, 1, 9));
    g_string_append_printf (gift,
                            "%s%s",
                            sign,
                            (const char *) g_ptr_array_index (options, (first + i) % n));
    if (g_rand_boolean (rand))
      g_string_append_printf (gift, "#%s", feedback);
  }
  g_string_append (gift, "}\n\n");
}

/* One item into both texts: the same question, and chance of its own for what is right. */
static void
append_item (GString *const gifts[2], guint number, GRand *rand)
{
  guint type = (guint) g_rand_int_range (rand, 1, 4);
  g_autofree char *stem = pick_letters (rand, (guint) g_rand_int_range (rand, 5, 60));
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (g_free);
  guint n_options = (guint) g_rand_int_range (rand, 2, 9);
  guint element = (guint) g_rand_int_range (rand, 1, 3);
  guint difficulty = (guint) g_rand_int_range (rand, 1, 6);
  guint enemy = (guint) g_rand_int_range (rand, 0, 4);
  gboolean is_pinned = type != 3 && g_rand_int_range (rand, 0, 4) == 0;

  for (guint i = 0; i < n_options; i++) {
    g_autofree char *tail = pick_letters (rand, (guint) g_rand_int_range (rand, 1, 20));
    g_ptr_array_add (options, g_strdup_printf ("%c%s", 'A' + (char) i, tail));
  }
  for (guint i = 0; i < 2; i++) {
    g_autofree char *rationale = pick_letters (rand, (guint) g_rand_int_range (rand, 1, 30));
    g_string_append_printf (gifts[i],
                            "// [id:i%u] [tag:point:A-%u] [tag:difficulty:%u]",
                            number,
                            element,
                            difficulty);
    if (enemy > 0)
      g_string_append_printf (gifts[i], " [tag:enemy:e%u]", enemy);
    if (is_pinned)
      g_string_append_printf (gifts[i],
                              " [tag:pinned:%s]",
                              (const char *) g_ptr_array_index (options, 0));
    g_string_append_printf (gifts[i], "\n%u %s ", number, stem);
    if (type == 3)
      g_string_append_printf (gifts[i],
                              "{%s####%s}\n\n",
                              g_rand_boolean (rand) ? "T" : "FALSE#no#yes",
                              rationale);
    else
      append_choice (gifts[i], options, type == 2, rand);
  }
}

/* The bytes of library, session bank and answer keys made from a source, always from the same
 * chance. */
static void
build_files (const char *gift, GBytes *out_files[3])
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  g_autofree char *path = jk_test_folder_dup_path (fixture->folder, "session.jkbank");
  JkDigest digest;

  assert_true (reseal (fixture, key, path, &digest, NULL));
  out_files[0] = jk_test_folder_get_bytes (fixture->folder, "tiny.jkbank");
  out_files[1] = jk_test_folder_get_bytes (fixture->folder, "session.jkbank");
  out_files[2] = jk_test_folder_get_bytes (fixture->folder, "tiny.jkkeys");
}

static void
p3_what_is_right_changes_no_byte_for_the_stations (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (40405);

  for (guint n = 0; n < N_SOURCES; n++) {
    g_autoptr (GString) one = g_string_new (NULL);
    g_autoptr (GString) two = g_string_new (NULL);
    GString *const gifts[2] = { one, two };
    GBytes *files[2][3];
    guint n_items = (guint) g_rand_int_range (rand, 1, 12);

    for (guint i = 0; i < n_items; i++)
      append_item (gifts, i, rand);
    /* At least this one has another key. */
    g_string_append (one, "// [id:last] [tag:point:B-1] [tag:difficulty:1]\nLast. {T}\n");
    g_string_append (two, "// [id:last] [tag:point:B-1] [tag:difficulty:1]\nLast. {F}\n");
    build_files (one->str, files[0]);
    build_files (two->str, files[1]);
    assert_true (g_bytes_equal (files[0][0], files[1][0]));
    assert_true (g_bytes_equal (files[0][1], files[1][1]));
    assert_false (g_bytes_equal (files[0][2], files[1][2]));
    for (guint i = 0; i < 6; i++)
      g_bytes_unref (files[i / 3][i % 3]);
  }
}

static void
a_different_question_changes_the_bank (void **state)
{
  GBytes *files[2][3];

  build_files ("// [id:a] [tag:point:A-1] [tag:difficulty:1]\nOne. {T}\n", files[0]);
  build_files ("// [id:a] [tag:point:A-1] [tag:difficulty:1]\nTwo. {T}\n", files[1]);
  assert_false (g_bytes_equal (files[0][0], files[1][0]));
  assert_false (g_bytes_equal (files[0][1], files[1][1]));
  for (guint i = 0; i < 6; i++)
    g_bytes_unref (files[i / 3][i % 3]);
}

static void
no_text_of_an_item_is_in_the_clear (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  static const char *const names[] = { "tiny.jkbank", "tiny.jkkeys" };
  static const char *const texts[] = { "Alpha", "vowels", "It is first", "Tiny bank", "a1", "A-1" };

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (fixture->folder, names[i]);
    gsize size;
    gconstpointer data = g_bytes_get_data (bytes, &size);
    for (gsize text = 0; text < G_N_ELEMENTS (texts); text++)
      if (strlen (texts[text]) > 3)
        assert_null (memmem (data, size, texts[text], strlen (texts[text])));
    assert_null (memmem (data, size, jk_secret_get (key), JK_KEY_BYTES));
  }
}

static gboolean
build (const Fixture *fixture, const JkSource *source, JkSecret **out_key, GError **error)
{
  return jk_bank_build (source,
                        jk_test_world_get (fixture->world),
                        fixture->authority,
                        &fixture->centre_public,
                        1,
                        "1",
                        fixture->bank_path,
                        fixture->keys_path,
                        out_key,
                        error);
}

/* No part of a file lies about, and what has its name is whole. */
static void
assert_nothing_half_written (const Fixture *fixture, const char *bank_path)
{
  g_autoptr (GDir) folder = g_dir_open (jk_test_folder_get_path (fixture->folder), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    assert_null (strstr (name, ".part-"));
  if (g_file_test (bank_path, G_FILE_TEST_EXISTS)) {
    g_autoptr (JkBank) bank = fixture_open (fixture, bank_path);
    assert_true (jk_bank_check_whole (bank, NULL));
  }
}

static void
a_build_that_fails_leaves_nothing_half_written (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_gift);
  JkTestStorage *disk = jk_test_world_get_storage (fixture->world);
  guint n_before = jk_test_folder_count (fixture->folder);

  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JkSecret) key = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    gboolean ok = build (fixture, source, &key, &error);
    gboolean has_failed = jk_test_storage_has_failed (disk);
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
    jk_test_storage_heal (disk);
    if (ok) {
      g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
      assert_true (jk_bank_check_whole (bank, NULL) && jk_bank_unlock (bank, key, NULL));
      assert_int_equal (jk_test_folder_count (fixture->folder), n_before + 2);
    } else {
      assert_true (error->domain == JK_BASE_ERROR);
      assert_null (key);
      assert_nothing_half_written (fixture, fixture->bank_path);
    }
    if (!has_failed)
      break;
    g_unlink (fixture->bank_path);
    g_unlink (fixture->keys_path);
  }
}

static void
a_reseal_that_fails_leaves_nothing_half_written (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autofree char *path = jk_test_folder_dup_path (fixture->folder, "session.jkbank");
  JkTestStorage *disk = jk_test_world_get_storage (fixture->world);

  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    JkDigest digest;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean ok = reseal (fixture, key, path, &digest, &error);
    gboolean has_failed = jk_test_storage_has_failed (disk);
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
    jk_test_storage_heal (disk);
    assert_nothing_half_written (fixture, path);
    assert_true (!ok || g_file_test (path, G_FILE_TEST_EXISTS));
    if (!ok)
      assert_true (error->domain == JK_BASE_ERROR);
    if (!has_failed)
      break;
    g_unlink (path);
  }
}

static void
a_changed_item_stops_the_reseal (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autofree char *path = jk_test_folder_dup_path (fixture->folder, "session.jkbank");
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  guint64 blobs = 0;
  assert_true (jk_bank_unlock (bank, key, NULL));
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++)
    blobs += jk_index_get_blob_size (jk_bank_get_index (bank), i);

  gsize size = fixture_get_size (fixture->bank_path);
  guint n_refused = 0;
  for (gsize byte = 0; byte < size; byte += 16) {
    g_autoptr (GError) error = NULL;
    JkDigest digest;
    g_free (fixture_put_flipped (fixture, fixture->bank_path, "tiny.jkbank", byte * 8));
    if (!reseal (fixture, key, path, &digest, &error) && error->domain == JK_BANK_ERROR) {
      assert_int_equal (error->code, JK_BANK_ERROR_ITEM);
      n_refused++;
    }
    g_free (fixture_put_flipped (fixture, fixture->bank_path, "tiny.jkbank", byte * 8));
  }
  assert_in_range (n_refused, blobs / 16 - 1, blobs / 16 + 1);
}

static void
a_signed_bank_with_another_content_digest_is_not_resealed (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = make_key (9);
  g_autofree char *path = jk_test_folder_dup_path (fixture->folder, "session.jkbank");
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  fixture_forge (fixture, key, &(Forgery){ 0 });
  assert_false (reseal (fixture, key, path, &digest, &error));
  assert_true (error->domain == JK_BANK_ERROR);
  assert_int_equal (error->code, JK_BANK_ERROR_ITEM);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_session_bank_holds_the_same_items_under_other_keys),
    cmocka_unit_test (p3_what_is_right_changes_no_byte_for_the_stations),
    cmocka_unit_test (a_different_question_changes_the_bank),
    cmocka_unit_test (no_text_of_an_item_is_in_the_clear),
    cmocka_unit_test (a_build_that_fails_leaves_nothing_half_written),
    cmocka_unit_test (a_reseal_that_fails_leaves_nothing_half_written),
    cmocka_unit_test (a_changed_item_stops_the_reseal),
    cmocka_unit_test (a_signed_bank_with_another_content_digest_is_not_resealed),
  };
  return cmocka_run_group_tests_name ("bank/build", tests, NULL, NULL);
}
