/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/bank.c */
#include "bank/bank.h"

#include "fixture.h"

#include "bank/bank-private.h"
#include "bank/error.h"
#include "base/error.h"
#include "base/limits.h"
#include "envelope/error.h"
#include "support/vector.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define assert_error(error, wanted_domain, wanted_code)                                            \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    assert_true ((error)->domain == (wanted_domain));                                              \
    assert_int_equal ((error)->code, wanted_code);                                                 \
    assert_true (strlen ((error)->message) > 20);                                                  \
    g_clear_error (&(error));                                                                      \
  } while (0)

static JkBlob *
open_blob (const JkBank *bank, const JkSecret *library_key, guint32 item, GError **error)
{
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (library_key);
  guint8 key[JK_KEY_BYTES];

  jk_bank_derive_item_key (bank_key, item, key);
  return jk_bank_open_blob (bank, item, key, error);
}

static void
a_bank_gives_back_its_source (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  g_autoptr (GError) error = NULL;

  assert_true (jk_bank_check_whole (bank, &error));
  assert_true (jk_bank_unlock (bank, key, &error));
  assert_true (jk_bank_unlock (bank, key, &error));
  assert_string_equal (jk_bank_get_file (bank), fixture->bank_path);
  assert_true (jk_bank_is_library (bank));
  assert_int_equal (jk_bank_get_n_items (bank), FIXTURE_ITEMS);
  assert_non_null (jk_bank_get_digest (bank));
  assert_string_equal (jk_bank_get_name (bank), "Tiny bank");
  assert_int_equal (jk_bank_get_n_sections (bank), 2);
  assert_string_equal (jk_bank_get_section_code (bank, 0), "A");
  assert_string_equal (jk_bank_get_section_name (bank, 1), "Work");
  assert_int_equal (jk_bank_get_n_elements (bank), 3);
  assert_true (jk_bank_load_elements (bank, &error));
  assert_true (jk_bank_load_elements (bank, &error));
  assert_string_equal (jk_bank_get_element_code (bank, 2), "B-1");
  assert_string_equal (jk_bank_get_element_name (bank, 0), "Letters");
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++) {
    g_autoptr (JkBlob) blob = open_blob (bank, key, i, &error);
    const JkItem *item = jk_source_get_item (source, i);
    assert_non_null (blob);
    assert_string_equal (jk_blob_get_id (blob), item->id);
    assert_string_equal (jk_blob_get_stem (blob), item->stem);
    assert_int_equal (jk_blob_get_n_options (blob), item->options->len);
    assert_int_equal (jk_index_get_type (jk_bank_get_index (bank), i), item->type);
    assert_int_equal (jk_index_get_difficulty (jk_bank_get_index (bank), i), item->difficulty);
  }
  jk_bank_free (NULL);
}

static void
the_index_numbers_enemies_and_counts_options (void **state)
{
  static const guint enemies[] = { 1, 1, 0, 0, 2 };
  static const guint n_options[] = { 4, 4, 2, 2, 2 };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);

  assert_true (jk_bank_unlock (bank, key, NULL));
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++) {
    JkIndexRow row;
    jk_index_get_row (jk_bank_get_index (bank), i, &row);
    assert_int_equal (row.enemy, enemies[i]);
    assert_int_equal (row.n_options, n_options[i]);
    assert_int_equal (row.n_pinned, i == 0);
    assert_int_equal (row.section, i >= 3);
  }
}

static void
a_wrong_key_opens_nothing (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autoptr (JkSecret) wrong = jk_secret_new (JK_KEY_BYTES);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  g_autoptr (GError) error = NULL;

  assert_false (jk_bank_unlock (bank, wrong, &error));
  assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_KEY);
  assert_true (jk_bank_unlock (bank, key, &error));
  assert_null (open_blob (bank, wrong, 0, &error));
  assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_ITEM);
  assert_null (jk_bank_open (fixture_disk (fixture),
                             fixture->bank_path,
                             fixture->centre_public.bytes,
                             &error));
  assert_error (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_SIGNER);
}

static void
an_items_key_opens_that_item_only (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (key);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  guint8 item_key[JK_KEY_BYTES];

  assert_true (jk_bank_unlock (bank, key, NULL));
  jk_bank_derive_item_key (bank_key, 1, item_key);
  for (guint32 i = 0; i < FIXTURE_ITEMS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JkBlob) blob = jk_bank_open_blob (bank, i, item_key, &error);
    assert_int_equal (blob != NULL, i == 1);
  }
}

/* What refuses the file, when what a station reads is read; TRUE when nothing does. */
static gboolean
read_all (const Fixture *fixture, const char *path, const JkSecret *key, GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (fixture_disk (fixture), path, fixture->signer, error);

  if (bank == NULL || !jk_bank_unlock (bank, key, error))
    return FALSE;
  for (guint32 i = 0; i < jk_bank_get_n_items (bank); i++) {
    g_autoptr (JkBlob) blob = open_blob (bank, key, i, error);
    if (blob == NULL)
      return FALSE;
  }
  return TRUE;
}

/* What refuses the file when it is loaded. */
static gboolean
check_all (const Fixture *fixture, const char *path, GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (fixture_disk (fixture), path, fixture->signer, error);
  return bank != NULL && jk_bank_check_whole (bank, error);
}

static void
every_flipped_bit_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_tiny_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  gsize size = fixture_get_size (fixture->bank_path);
  guint n_item = 0;
  guint n_unread = 0;

  for (gsize bit = 0; bit < size * 8; bit++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = fixture_put_flipped (fixture, fixture->bank_path, "flip.jkbank", bit);
    assert_false (check_all (fixture, path, &error));
    assert_true (error->domain == JK_ENVELOPE_ERROR);
    g_clear_error (&error);

    /* A file that changes after it was loaded: what is read is checked. */
    if (read_all (fixture, path, key, &error)) {
      n_unread++;
    } else if (error->domain == JK_BANK_ERROR) {
      assert_int_equal (error->code, JK_BANK_ERROR_ITEM);
      n_item++;
    } else {
      assert_true (error->domain == JK_ENVELOPE_ERROR);
    }
  }

  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  assert_true (jk_bank_unlock (bank, key, NULL));
  guint32 blobs_size = jk_index_get_blob_size (jk_bank_get_index (bank), 0) +
                       jk_index_get_blob_size (jk_bank_get_index (bank), 1);
  assert_int_equal (n_item, blobs_size * 8);
  /* The outer digest, which only check_whole reads, and zeros between and after 3 sections. */
  assert_in_range (n_unread, JK_DIGEST_BYTES * 8, (JK_DIGEST_BYTES + 3 * 7) * 8);
}

/* Where the box of an item begins in the file; the file holds it. */
static gsize
find_box (const guint8 *file, gsize size, const JkIndexRow *row)
{
  for (gsize at = 0; at + row->blob_size <= size; at++) {
    JkDigest digest;
    jk_hash (NULL, file + at, row->blob_size, &digest);
    if (memcmp (digest.bytes, row->blob_digest, JK_BLOB_DIGEST_BYTES) == 0)
      return at;
  }
  fail ();
  return 0;
}

/* A station has the keys of its own items, so the box alone proves nothing. */
static void
an_item_closed_again_under_its_own_key_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_tiny_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (key);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  g_autofree char *file = NULL;
  guint8 item_key[JK_KEY_BYTES], number[4] = { 0 }, nonce[JK_BOX_NONCE_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;
  JkIndexRow row;
  gsize size, file_size;

  assert_true (jk_bank_unlock (bank, key, NULL));
  jk_index_get_row (jk_bank_get_index (bank), 0, &row);
  jk_bank_derive_item_key (bank_key, 0, item_key);
  g_autofree guint8 *plain = jk_bank_read_item (bank, 0, item_key, &size, NULL);
  assert_true (g_file_get_contents (fixture->bank_path, &file, &file_size, NULL));
  guint8 *box = (guint8 *) file + find_box ((const guint8 *) file, file_size, &row);
  jk_box_close (item_key, JK_BANK_ITEM_PURPOSE, number, sizeof number, plain, size, nonce, box);
  assert_true (g_file_set_contents (fixture->bank_path, file, (gssize) file_size, NULL));
  assert_false (read_all (fixture, fixture->bank_path, key, &error));
  assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_ITEM);
}

static void
every_truncation_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  assert_non_null (key);
  g_autoptr (GBytes) whole = jk_test_folder_get_bytes (fixture->folder, "tiny.jkbank");

  for (gsize n = 0; n < g_bytes_get_size (whole); n++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, n);
    g_autofree char *path = jk_test_folder_put (fixture->folder, "cut.jkbank", cut);
    g_autoptr (GError) error = NULL;
    assert_null (jk_bank_open (fixture_disk (fixture), path, fixture->signer, &error));
    assert_true (error->domain == JK_ENVELOPE_ERROR);
  }
}

static void
a_disk_that_fails_is_an_error_and_nothing_worse (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = fixture_build_default (fixture);
  JkTestStorage *disk = jk_test_world_get_storage (fixture->world);

  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean ok = read_all (fixture, fixture->bank_path, key, &error);
    if (!jk_test_storage_has_failed (disk)) {
      assert_true (ok);
      break;
    }
    if (!ok)
      assert_true (error->domain == JK_BASE_ERROR);
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
  }
}

static void
a_signed_manifest_of_another_form_is_refused (void **state)
{
  static const char id[] = "[byte 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = jk_secret_new (JK_KEY_BYTES);
  g_autofree char *scope = g_strdup_printf ("('other', %s, uint32 1)", id);
  g_autofree char *none = g_strdup_printf ("('library', %s, uint32 0)", id);
  g_autofree char *many = g_strdup_printf ("('library', %s, uint32 1000001)", id);
  g_autofree char *two = g_strdup_printf ("('library', %s, uint32 2)", id);
  const Forgery forgeries[] = {
    { .body = scope },
    { .body = "('library', [byte 1], uint32 1)" },
    { .body = none },
    { .body = many },
    { .body = two },
    { .index_rows = 2 },
    { .without_tables = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++) {
    g_autoptr (GError) error = NULL;
    fixture_forge (fixture, key, &forgeries[i]);
    assert_null (
        jk_bank_open (fixture_disk (fixture), fixture->bank_path, fixture->signer, &error));
    assert_error (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_MANIFEST);
  }
}

static void
signed_tables_and_rows_beyond_limits_are_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = jk_secret_new (JK_KEY_BYTES);
  g_autofree char *name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');
  g_autoptr (GString) digest = g_string_new ("@ay [0");
  for (guint i = 1; i < JK_DIGEST_BYTES; i++)
    g_string_append (digest, ",0");
  g_string_append (digest, "]");
  g_autofree char *long_name =
      g_strdup_printf ("('%s', %s, [('A','a')], 1, [])", name, digest->str);
  g_autofree char *no_sections = g_strdup_printf ("('x', %s, [], 1, [])", digest->str);
  g_autofree char *no_code = g_strdup_printf ("('x', %s, [('','a')], 1, [])", digest->str);
  g_autofree char *no_elements = g_strdup_printf ("('x', %s, [('A','a')], 0, [])", digest->str);
  const Forgery forgeries[] = {
    { .tables = "('x', [1], [('A','a')], 1, [])" },
    { .tables = long_name },
    { .tables = no_sections },
    { .tables = no_code },
    { .tables = no_elements },
    { .section = 1 },
    { .size_more = 1 },
    { .n_options = 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++) {
    g_autoptr (GError) error = NULL;
    fixture_forge (fixture, key, &forgeries[i]);
    g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
    assert_false (jk_bank_unlock (bank, key, &error));
    assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_INDEX);
  }
}

static void
a_list_of_elements_of_another_form_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = jk_secret_new (JK_KEY_BYTES);
  const Forgery usual = { 0 };
  g_autoptr (GError) error = NULL;

  fixture_forge (fixture, key, &usual);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  assert_true (jk_bank_unlock (bank, key, &error));
  assert_false (jk_bank_load_elements (bank, &error));
  assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_INDEX);
}

static void
a_signed_blob_that_is_not_as_its_row_says_is_refused (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) key = jk_secret_new (JK_KEY_BYTES);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  const Forgery forgeries[] = {
    { .blob = garbage },
    { .type = JK_ITEM_SINGLE },
    { .type = JK_ITEM_MULTIPLE, .n_pinned = 1 },
  };

  fixture_forge (fixture, key, &(Forgery){ 0 });
  assert_true (read_all (fixture, fixture->bank_path, key, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++) {
    g_autoptr (GError) error = NULL;
    fixture_forge (fixture, key, &forgeries[i]);
    assert_false (read_all (fixture, fixture->bank_path, key, &error));
    assert_error (error, JK_BANK_ERROR, JK_BANK_ERROR_ITEM);
  }
}

static void
blobs_are_found_across_checkpoints_and_writes (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) gift = g_string_new (NULL);
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (gift,
                            "// [id:i%u] [tag:point:A-1] [tag:difficulty:1]\nItem %u%*s.{T}\n\n",
                            i,
                            i,
                            (int) (i % 17 * 200),
                            "x");
  g_autoptr (JkSource) source = fixture_load_source (fixture, gift->str);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);

  assert_true (jk_bank_unlock (bank, key, NULL));
  for (guint32 i = 0; i < 200; i++) {
    g_autoptr (JkBlob) blob = open_blob (bank, key, i, NULL);
    assert_non_null (blob);
    assert_string_equal (jk_blob_get_stem (blob), jk_source_get_item (source, i)->stem);
  }
}

static void
the_example_of_the_formats_is_read (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_tiny_gift);
  g_autoptr (JkSecret) key = fixture_build (fixture, source);
  assert_non_null (key);
  g_autoptr (GBytes) built = jk_test_folder_get_bytes (fixture->folder, "tiny.jkbank");
  g_autoptr (GBytes) example = jk_test_vector ("bank-tiny");

  assert_int_equal (g_bytes_get_size (built), g_bytes_get_size (example));
  assert_true (g_bytes_equal (built, example));

  g_autoptr (GBytes) key_bytes = jk_test_vector ("bank-tiny-key");
  g_autoptr (GBytes) rows = jk_test_vector ("bank-tiny-rows");
  g_autoptr (JkSecret) example_key =
      jk_secret_new_copy (g_bytes_get_data (key_bytes, NULL), g_bytes_get_size (key_bytes));
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  assert_true (jk_bank_unlock (bank, example_key, NULL));
  assert_int_equal (g_bytes_get_size (rows), jk_bank_get_n_items (bank) * JK_INDEX_ROW_BYTES);
  assert_memory_equal (jk_bank_get_index (bank)->rows,
                       g_bytes_get_data (rows, NULL),
                       g_bytes_get_size (rows));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_bank_gives_back_its_source),
    cmocka_unit_test (the_index_numbers_enemies_and_counts_options),
    cmocka_unit_test (a_wrong_key_opens_nothing),
    cmocka_unit_test (an_items_key_opens_that_item_only),
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (an_item_closed_again_under_its_own_key_is_refused),
    cmocka_unit_test (every_truncation_is_refused),
    cmocka_unit_test (a_disk_that_fails_is_an_error_and_nothing_worse),
    cmocka_unit_test (a_signed_manifest_of_another_form_is_refused),
    cmocka_unit_test (signed_tables_and_rows_beyond_limits_are_refused),
    cmocka_unit_test (a_list_of_elements_of_another_form_is_refused),
    cmocka_unit_test (a_signed_blob_that_is_not_as_its_row_says_is_refused),
    cmocka_unit_test (blobs_are_found_across_checkpoints_and_writes),
    cmocka_unit_test (the_example_of_the_formats_is_read),
  };
  return cmocka_run_group_tests_name ("bank/bank", tests, NULL, NULL);
}
