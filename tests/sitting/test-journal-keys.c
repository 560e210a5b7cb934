/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/journal-keys.h"

typedef struct {
  JkTestWorld *world;
  JkSecret *reader, *other;
  JkJournalMeta meta;
  JkJournalKeys keys;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  JkSealPublic readers[2];

  self->world = jk_test_world_new (1);
  const JkRandom *random = jk_test_world_get (self->world)->random;
  self->reader = jk_seal_key_new (random, "test: reader", 0, &readers[0]);
  self->other = jk_seal_key_new (random, "test: reader", 1, &readers[1]);
  self->meta = (JkJournalMeta){ .version = 1, .suite = 1, .session = { { 4 } } };
  jk_journal_keys_draw (&self->keys, random, "00007.jkjournal", readers, 1, &self->meta);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_journal_keys_clear (&self->keys);
  jk_journal_meta_clear (&self->meta);
  jk_secret_free (self->reader);
  jk_secret_free (self->other);
  jk_test_world_free (self->world);
  g_free (self);
  return 0;
}

static void
a_reader_unseals_what_was_drawn (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkJournalKeys again;

  jk_journal_keys_unseal (&again,
                          jk_test_world_get (self->world)->random,
                          &self->meta,
                          self->reader,
                          &error);
  assert_ok (error);
  assert_true (jk_secret_equal (again.key, self->keys.key));
  assert_true (jk_digest_equal (&again.first_link, &self->keys.first_link));
  assert_memory_equal (again.place, self->keys.place, sizeof again.place);
  jk_journal_keys_clear (&again);
}

static void
nobody_else_unseals_it (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkJournalKeys again;

  assert_false (jk_journal_keys_unseal (&again,
                                        jk_test_world_get (self->world)->random,
                                        &self->meta,
                                        self->other,
                                        &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  self->meta.sitting[0] ^= 1;
  assert_false (jk_journal_keys_unseal (&again,
                                        jk_test_world_get (self->world)->random,
                                        &self->meta,
                                        self->reader,
                                        &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
a_sealed_key_of_a_wrong_size_is_refused (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_world_get (self->world)->random;
  g_autoptr (GError) error = NULL;
  JkSealPublic reader;
  JkJournalKeys again;

  jk_seal_get_public (self->reader, &reader);
  g_bytes_unref (self->meta.key);
  self->meta.key = jk_seal (&reader,
                            1,
                            "jikao 1 sitting key",
                            self->keys.place,
                            sizeof self->keys.place,
                            "short",
                            5,
                            random,
                            "test: seal",
                            0);
  assert_false (jk_journal_keys_unseal (&again, random, &self->meta, self->reader, &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT);
}

static void
each_name_has_keys_of_its_own (void **state)
{
  Fixture *self = *state;
  g_auto (JkJournalMeta) meta = { .session = self->meta.session };
  JkSealPublic reader;
  JkJournalKeys other;

  jk_seal_get_public (self->reader, &reader);
  jk_journal_keys_draw (&other,
                        jk_test_world_get (self->world)->random,
                        "00008.jkjournal",
                        &reader,
                        1,
                        &meta);
  assert_false (jk_secret_equal (other.key, self->keys.key));
  assert_memory_not_equal (meta.sitting, self->meta.sitting, JK_SITTING_ID_BYTES);
  assert_false (jk_digest_equal (&other.first_link, &self->keys.first_link));
  jk_journal_keys_clear (&other);
}

static void
a_row_opens_at_its_place_only (void **state)
{
  Fixture *self = *state;
  g_autofree guint8 *box = jk_journal_keys_close_row (&self->keys, 5, "row", 3);
  g_autoptr (GBytes) row = jk_journal_keys_open_row (&self->keys, 5, box, 3 + JK_BOX_OVERHEAD);

  assert_non_null (row);
  assert_memory_equal (g_bytes_get_data (row, NULL), "row", 3);
  assert_null (jk_journal_keys_open_row (&self->keys, 6, box, 3 + JK_BOX_OVERHEAD));
  assert_null (jk_journal_keys_open_row (&self->keys, 5, box, 2 + JK_BOX_OVERHEAD));
  assert_null (jk_journal_keys_open_row (&self->keys, 5, box, 1));
  assert_null (jk_journal_keys_open_row (&self->keys, 5, NULL, 0));
  box[30] ^= 1;
  assert_null (jk_journal_keys_open_row (&self->keys, 5, box, 3 + JK_BOX_OVERHEAD));
}

static void
a_side_entry_opens_under_its_name_only (void **state)
{
  Fixture *self = *state;
  guint8 *data = jk_journal_keys_close_side (&self->keys, "item 1", "blob", 4);
  g_autoptr (GBytes) box = g_bytes_new_take (data, 4 + JK_BOX_OVERHEAD);
  g_autoptr (GBytes) blob = jk_journal_keys_open_side (&self->keys, "item 1", box);

  assert_non_null (blob);
  assert_memory_equal (g_bytes_get_data (blob, NULL), "blob", 4);
  assert_null (jk_journal_keys_open_side (&self->keys, "item 2", box));
}

static void
the_time_record_comes_back (void **state)
{
  Fixture *self = *state;
  JkTimeRecord record = { 61000, -5, 9, { 1, 2 } }, again;
  guint8 data[JK_JOURNAL_TIME_BYTES], later[JK_JOURNAL_TIME_BYTES];

  jk_journal_keys_close_time (&self->keys, &record, data);
  g_autoptr (GBytes) box = g_bytes_new_static (data, sizeof data);
  assert_true (jk_journal_keys_open_time (&self->keys, box, &again));
  assert_memory_equal (&again, &record, sizeof record);
  jk_journal_keys_close_time (&self->keys, &record, later);
  assert_memory_not_equal (data, later, JK_BOX_NONCE_BYTES);
  data[40] ^= 1;
  assert_false (jk_journal_keys_open_time (&self->keys, box, &again));
}

static void
a_row_is_no_time_record (void **state)
{
  Fixture *self = *state;
  guint8 plain[40] = { 0 };
  JkTimeRecord record;
  guint8 *data = jk_journal_keys_close_row (&self->keys, 1, plain, sizeof plain);
  g_autoptr (GBytes) box = g_bytes_new_take (data, JK_JOURNAL_TIME_BYTES);

  assert_false (jk_journal_keys_open_time (&self->keys, box, &record));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_reader_unseals_what_was_drawn),
    TEST (nobody_else_unseals_it),
    TEST (a_sealed_key_of_a_wrong_size_is_refused),
    TEST (each_name_has_keys_of_its_own),
    TEST (a_row_opens_at_its_place_only),
    TEST (a_side_entry_opens_under_its_name_only),
    TEST (the_time_record_comes_back),
    TEST (a_row_is_no_time_record),
  };
  return cmocka_run_group_tests_name ("journal-keys", tests, check_setup, NULL);
}
