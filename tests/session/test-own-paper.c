/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bank/error.h"
#include "crypto/derive.h"
#include "envelope/envelope.h"
#include "session/purpose.h"

typedef struct {
  JkTestExam *exam;
  const JkSession *session;
  JkSecret *paper_key;
  JkSecret *record_key;
  JkRecord *record;
  JkPaperKeys *keys;
  JkBank *bank;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  f->session = jk_test_exam_get_session (f->exam, 0);
  f->paper_key = jk_test_exam_open_start (f->exam);
  f->record = jk_test_exam_log_in (f->exam, 1, &f->record_key);
  f->keys =
      jk_record_open_paper (f->record, f->record_key, f->paper_key, jk_session_get_id (f->session));
  f->bank = jk_test_exam_open_bank (f->exam);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_bank_free (f->bank);
  jk_paper_keys_free (f->keys);
  jk_record_free (f->record);
  jk_secret_free (f->record_key);
  jk_secret_free (f->paper_key);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

static JkOwnPaper *
open_own (const Fixture *f, const JkSecret *record_key, const JkSecret *paper_key, GError **error)
{
  return jk_own_paper_open (f->session, f->bank, f->record, record_key, paper_key, error);
}

/* Office: from the session seed. Station: with log-in and start code. Centre: with its key, the
 * roll and the office's bank. */
static void
office_station_and_centre_draw_the_same_paper (void **state)
{
  const Fixture *f = *state;
  const JkOffice *office = jk_test_exam_get_office (f->exam);
  const JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  g_autoptr (JkPool) pool =
      jk_pool_new (jk_session_get_blueprint (f->session), jk_test_exam_get_library (f->exam), NULL);
  g_autoptr (JkSecret) hall_seed = jk_derive (office->seed, JK_PURPOSE_HALL_SEED, "01", 2);
  g_autoptr (JkSecret) draw_seed = jk_derive_number (hall_seed, JK_PURPOSE_DRAW_SEED, 1);
  g_autoptr (JkPaper) office_s = jk_draw (pool, draw_seed, NULL, NULL);
  g_autoptr (JkOwnPaper) station_s = open_own (f, f->record_key, f->paper_key, NULL);

  g_autoptr (JkSecret) paper_key =
      jk_session_open_start_as_centre (f->session, jk_test_exam_get_centre (f->exam), NULL);
  g_autoptr (JkRoll) roll =
      jk_session_open_roll (f->session, jk_test_exam_get_centre (f->exam), NULL);
  g_autoptr (JkSecret) record_key = jk_roll_dup_record_key (roll, 1);
  g_autoptr (JkRecord) record = jk_session_open_record (f->session, 1, record_key, NULL);
  g_autoptr (JkPaperKeys) keys =
      jk_record_open_paper (record, record_key, paper_key, jk_session_get_id (f->session));
  g_autoptr (JkPaper) centre_s = jk_own_paper_draw (pool, keys, NULL);

  assert_true (jk_secret_equal (hall_seed, hall->seed));
  g_autoptr (GBytes) a = jk_paper_to_bytes (office_s);
  g_autoptr (GBytes) b = jk_paper_to_bytes (jk_own_paper_get_paper (station_s));
  g_autoptr (GBytes) c = jk_paper_to_bytes (centre_s);
  assert_true (g_bytes_equal (a, b));
  assert_true (g_bytes_equal (a, c));
}

static void
every_item_of_the_paper_is_open (void **state)
{
  const Fixture *f = *state;

  for (guint n = 0; n < jk_test_exam_get_n_candidates (f->exam); n++) {
    g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (f->exam, n);
    const JkPaper *paper = jk_own_paper_get_paper (own);

    assert_int_equal (jk_paper_get_n (paper), JK_TEST_EXAM_PAPER_ITEMS);
    for (guint position = 0; position < jk_paper_get_n (paper); position++) {
      const JkPaperItem *item = jk_paper_get_item (paper, position);
      const JkBlob *blob = jk_own_paper_get_blob (own, position);
      assert_true (strlen (jk_blob_get_stem (blob)) > 0);
      assert_int_equal (jk_blob_get_n_options (blob),
                        item->type == JK_ITEM_JUDGE ? 0 : item->n_options);
    }
  }
}

/* The keys of the record with one thing changed, drawn from a pool. */
static void
assert_other_paper (const Fixture *f, const JkPool *pool, const JkPaperKeys *keys)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_own_paper_draw (pool, keys, &error));
  assert_session_refused (error, PAPER);
}

static void
another_seed_digest_or_count_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkPool) pool = jk_pool_new (jk_session_get_blueprint (f->session), f->bank, NULL);
  const JkSecret *seed = jk_paper_keys_get_draw_seed (f->keys);
  JkDigest digest = *jk_paper_keys_get_paper_digest (f->keys);
  g_autoptr (JkSecret) other_seed = check_key (0);
  g_autoptr (JkSecret) items = jk_secret_new (JK_TEST_EXAM_PAPER_ITEMS * JK_KEY_BYTES);
  g_autoptr (JkSecret) fewer = jk_secret_new ((JK_TEST_EXAM_PAPER_ITEMS - 1) * JK_KEY_BYTES);

  g_autoptr (JkPaperKeys) with_seed = jk_paper_keys_new (other_seed, &digest, items);
  assert_other_paper (f, pool, with_seed);
  g_autoptr (JkPaperKeys) with_fewer = jk_paper_keys_new (seed, &digest, fewer);
  assert_other_paper (f, pool, with_fewer);
  digest.bytes[31] ^= 1;
  g_autoptr (JkPaperKeys) with_digest = jk_paper_keys_new (seed, &digest, items);
  assert_other_paper (f, pool, with_digest);
}

static void
another_blueprint_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autofree char *text = g_strdup (jk_blueprint_get_text (jk_session_get_blueprint (f->session)));
  g_autoptr (JkReport) report = jk_report_new ();
  char *cells = strstr (text, "A-A=1/0/1\nA-B=1/1/0");
  char *level = strstr (text, "level=4");

  assert_non_null (cells);
  assert_non_null (level);
  memcpy (cells, "A-B=1/1/0\nA-A=1/0/1", strlen ("A-B=1/1/0\nA-A=1/0/1"));
  g_autoptr (JkBlueprint) blueprint = jk_blueprint_parse ("b.ini", text, report);
  assert_non_null (blueprint);
  g_autoptr (JkPool) pool = jk_pool_new (blueprint, f->bank, NULL);
  assert_other_paper (f, pool, f->keys);
}

static void
another_key_opens_no_paper (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) other = check_key (0);
  g_autoptr (GError) error = NULL;

  assert_null (open_own (f, f->record_key, other, &error));
  assert_session_refused (error, PAPER);
  assert_null (open_own (f, other, f->paper_key, &error));
  assert_session_refused (error, PAPER);
}

static void
a_bank_that_was_changed_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes =
      jk_test_folder_get_bytes (jk_test_exam_get_folder (f->exam), "out/2021-04-24-T.jkbank");
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  g_autoptr (GError) error = NULL;

  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes ("x", bytes, JK_KIND_BANK, "(sayu)", NULL, NULL);
  g_autoptr (GBytes) blobs = jk_envelope_load_section (envelope, "blobs", 0, NULL);
  assert_non_null (blobs);
  gsize blobs_size = g_bytes_get_size (blobs);
  guint8 *at = memmem (copy, size, g_bytes_get_data (blobs, NULL), blobs_size);
  assert_non_null (at);
  memset (at, 0, blobs_size);
  g_autoptr (GBytes) changed = g_bytes_new (copy, size);
  g_autofree char *path =
      jk_test_folder_put (jk_test_exam_get_folder (f->exam), "changed.jkbank", changed);
  g_autoptr (JkBank) bank = jk_session_open_bank (f->session,
                                                  jk_test_exam_get_world (f->exam)->storage,
                                                  path,
                                                  f->paper_key,
                                                  NULL);
  assert_non_null (bank);
  assert_null (
      jk_own_paper_open (f->session, bank, f->record, f->record_key, f->paper_key, &error));
  assert_refused (error, JK_BANK_ERROR, JK_BANK_ERROR_ITEM);
}

static void
nothing_is_freed_without_harm (void **state)
{
  jk_own_paper_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (office_station_and_centre_draw_the_same_paper),
    cmocka_unit_test (every_item_of_the_paper_is_open),
    cmocka_unit_test (another_seed_digest_or_count_is_refused),
    cmocka_unit_test (another_blueprint_is_refused),
    cmocka_unit_test (another_key_opens_no_paper),
    cmocka_unit_test (a_bank_that_was_changed_is_refused),
    cmocka_unit_test (nothing_is_freed_without_harm),
  };
  return cmocka_run_group_tests_name ("own-paper", tests, set_up, tear_down);
}
