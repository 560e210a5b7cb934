/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/centre.c */
#include "bank/error.h"
#include "base/bytes.h"
#include "base/error.h"
#include "crypto/error.h"
#include "envelope/error.h"
#include "envelope/writer.h"
#include "result/error.h"
#include "result/receipt.h"
#include "score/centre-private.h"
#include "score/error.h"
#include "score/marked.h"
#include "session/error.h"

static Marked marked;

static int
set_up (void **state)
{
  marked_init (&marked, FALSE);
  return 0;
}

static int
tear_down (void **state)
{
  marked_clear (&marked);
  return 0;
}

static void
score_bytes (GBytes *bytes, JkScore *score)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good = jk_centre_score (marked.centre, "r", bytes, score, &error);
  if (!is_good)
    fail_msg ("%s", error->message);
}

static void
check_refused (GBytes *bytes, GQuark domain, gint code)
{
  g_autoptr (GError) error = NULL;
  JkScore score = { .total_half_points = 99 };

  assert_false (jk_centre_score (marked.centre, "r.jkresult", bytes, &score, &error));
  if (!g_error_matches (error, domain, code))
    fail_msg ("%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  assert_non_null (strstr (error->message, "r.jkresult"));
  assert_int_equal (score.total_half_points, 99);
}

static void
all_right_has_the_full_marks_of_every_section (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, JK_TEST_EXAM_PAPER_ITEMS);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  JkDigest receipt;
  JkScore score;

  score_bytes (bytes, &score);
  assert_int_equal (score.record, 0);
  assert_int_equal (score.seal_number, 1);
  assert_int_equal (score.total_half_points, 14);
  assert_int_equal (score.section_half_points[0], 4);
  assert_int_equal (score.section_half_points[1], 6);
  assert_int_equal (score.section_half_points[2], 4);
  assert_int_equal (score.answered, 6);
  assert_true (score.passed);
  assert_int_equal (score.exam_ms, 6000);
  assert_int_equal (score.extended_ms, 0);
  assert_int_equal (score.hand_in, JK_HAND_IN_VOLUNTARY);
  jk_receipt_compute (jk_session_get_digest (sitting->session),
                      0,
                      1,
                      &sitting->handed_in_link,
                      &receipt);
  assert_true (jk_digest_equal (&score.receipt, &receipt));
  jk_score_clear (&score);
}

static void
all_wrong_has_nothing (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 1, 0);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  JkScore score;

  score_bytes (bytes, &score);
  assert_int_equal (score.total_half_points, 0);
  for (guint i = 0; i < 3; i++)
    assert_int_equal (score.section_half_points[i], 0);
  assert_int_equal (score.answered, 6);
  assert_false (score.passed);
  jk_score_clear (&score);
}

static void
an_empty_paper_has_nothing (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (marked.exam, 2);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  JkScore score;

  score_bytes (bytes, &score);
  assert_int_equal (score.answered, 0);
  assert_int_equal (score.total_half_points, 0);
  jk_score_clear (&score);
}

/* The paper has singles, then the multiple, then judges: 2 2 2 4 2 2 half-points. 60 % of 14
 * half-points is 8.4: three singles and the multiple (10) pass, three singles (6) fail. */
static void
the_pass_mark_is_that_of_the_policy (void **state)
{
  static const struct {
    guint n_right, half_points;
    gboolean passed;
  } wanted[] = {
    { 3, 6, FALSE },
    { 4, 10, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 3, wanted[i].n_right);
    g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
    JkScore score;
    score_bytes (bytes, &score);
    assert_int_equal (score.total_half_points, wanted[i].half_points);
    assert_int_equal (score.passed, wanted[i].passed);
    jk_score_clear (&score);
  }
}

static void
the_last_answer_counts (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (marked.exam, 0);
  JkScore score;

  jk_test_handed_in_answer (sitting, 0, wrong_of (&marked, sitting, 0));
  jk_test_handed_in_answer (sitting, 0, right_of (&marked, sitting, 0));
  jk_test_handed_in_answer (sitting, 1, right_of (&marked, sitting, 1));
  jk_test_handed_in_answer (sitting, 1, 0);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  score_bytes (bytes, &score);
  assert_int_equal (score.answered, 1);
  assert_int_equal (score.total_half_points, 2);
  jk_score_clear (&score);
}

static void
the_paper_drawn_here_is_the_stations (void **state)
{
  for (guint n = 0; n < 4; n++) {
    g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (marked.exam, n);
    g_autoptr (JkPaper) paper = jk_centre_draw (marked.centre, n, NULL);
    JkDigest one;
    JkDigest two;

    assert_non_null (paper);
    jk_paper_get_digest (paper, &one);
    jk_paper_get_digest (jk_own_paper_get_paper (own), &two);
    assert_true (jk_digest_equal (&one, &two));
  }
}

static void
a_record_beyond_the_roll_has_no_paper (void **state)
{
  guint n = jk_roll_get_n (jk_centre_get_roll (marked.centre));
  g_autoptr (GError) error = NULL;

  assert_int_equal (n, jk_session_get_n_records (jk_centre_get_session (marked.centre)));
  assert_null (jk_centre_draw (marked.centre, n, &error));
  assert_true (g_error_matches (error, JK_SCORE_ERROR, JK_SCORE_ERROR_PERSON));
}

/* Replaces STARTED, the third row, and writes what follows again. */
static void
start_again (JkTestHandedIn *sitting, const JkStarted *started)
{
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  gsize at = 0;

  sitting->link = sitting->first_link;
  sitting->sequence = 2;
  for (guint i = 0; i < 2; i++) {
    guint32 size = jk_bytes_get_u32 (sitting->rows->data + at);
    jk_chain_next (&sitting->link, sitting->rows->data + at + 4, size, &sitting->link);
    at += 4 + (gsize) size;
  }
  g_byte_array_set_size (sitting->rows, (guint) at);
  jk_test_handed_in_add (sitting, JK_EVENT_STARTED, out, jk_payload_put_started (out, started));
}

static void
get_started (const JkTestHandedIn *sitting, JkStarted *started)
{
  JkDigest digest;

  jk_paper_get_digest (jk_own_paper_get_paper (sitting->own), &digest);
  *started = (JkStarted){ .allotted_ms = 90u * 60000u, .n_items = JK_TEST_EXAM_PAPER_ITEMS };
  memcpy (started->paper_digest, digest.bytes, JK_DIGEST_BYTES);
}

static void
another_paper_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (marked.exam, 0);
  JkStarted started;

  get_started (sitting, &started);
  started.paper_digest[5] ^= 1;
  start_again (sitting, &started);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) digest = jk_test_handed_in_seal (sitting);
  check_refused (digest, JK_SCORE_ERROR, JK_SCORE_ERROR_PAPER);

  g_autoptr (JkTestHandedIn) longer = jk_test_handed_in_new (marked.exam, 0);
  get_started (longer, &started);
  started.n_items = 7;
  start_again (longer, &started);
  jk_test_handed_in_end (longer);
  g_autoptr (GBytes) items = jk_test_handed_in_seal (longer);
  check_refused (items, JK_SCORE_ERROR, JK_SCORE_ERROR_PAPER);
}

static void
more_time_than_the_plan_has_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (marked.exam, 0);
  JkStarted started;

  get_started (sitting, &started);
  started.allotted_ms++;
  start_again (sitting, &started);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  check_refused (bytes, JK_SCORE_ERROR, JK_SCORE_ERROR_TIME);
}

static void
a_hand_in_may_be_a_minute_late_and_no_more (void **state)
{
  g_autoptr (JkTestHandedIn) good = jk_test_handed_in_new (marked.exam, 0);
  g_autoptr (JkTestHandedIn) late = jk_test_handed_in_new (marked.exam, 0);
  JkScore score;

  good->exam_ms = 91u * 60000u;
  jk_test_handed_in_end (good);
  g_autoptr (GBytes) good_bytes = jk_test_handed_in_seal (good);
  score_bytes (good_bytes, &score);
  jk_score_clear (&score);

  late->exam_ms = 91u * 60000u + 1;
  jk_test_handed_in_end (late);
  g_autoptr (GBytes) late_bytes = jk_test_handed_in_seal (late);
  check_refused (late_bytes, JK_SCORE_ERROR, JK_SCORE_ERROR_TIME);
}

static void
an_extension_gives_time_and_is_told (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (marked.exam, 0);
  JkScore score;

  jk_test_handed_in_obey (sitting, JK_ACT_EXTEND, 10u * 60000u);
  sitting->exam_ms = 99u * 60000u;
  jk_test_handed_in_answer (sitting, 0, right_of (&marked, sitting, 0));
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  score_bytes (bytes, &score);
  assert_int_equal (score.extended_ms, 600000);
  assert_int_equal (score.total_half_points, 2);
  jk_score_clear (&score);
}

static void
an_answer_its_item_does_not_have_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) many = jk_test_handed_in_new (marked.exam, 0);
  g_autoptr (JkTestHandedIn) high = jk_test_handed_in_new (marked.exam, 1);

  jk_test_handed_in_answer (many, 0, 3); /* a single with two options */
  jk_test_handed_in_end (many);
  g_autoptr (GBytes) many_bytes = jk_test_handed_in_seal (many);
  check_refused (many_bytes, JK_SCORE_ERROR, JK_SCORE_ERROR_ANSWER);

  jk_test_handed_in_answer (high, 5, 4); /* a judge with a third option */
  jk_test_handed_in_end (high);
  g_autoptr (GBytes) high_bytes = jk_test_handed_in_seal (high);
  check_refused (high_bytes, JK_SCORE_ERROR, JK_SCORE_ERROR_ANSWER);
}

static void
another_person_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, 6);
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  parts.name = "别人";
  g_autoptr (GBytes) name = jk_test_forge (marked.exam, &parts);
  check_refused (name, JK_SCORE_ERROR, JK_SCORE_ERROR_PERSON);
  jk_test_handed_in_get_parts (sitting, &parts);
  parts.admission = "2101050340101002";
  g_autoptr (GBytes) admission = jk_test_forge (marked.exam, &parts);
  check_refused (admission, JK_SCORE_ERROR, JK_SCORE_ERROR_PERSON);
}

static void
a_log_in_that_is_not_proven_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, 6);
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  parts.sitting_id[3] ^= 1;
  g_autoptr (GBytes) bytes = jk_test_forge (marked.exam, &parts);
  check_refused (bytes, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF);
}

static void
what_is_no_result_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("not a result", 12);
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 4, 6);
  g_autoptr (GBytes) other_hall = jk_test_handed_in_seal (sitting);
  g_autoptr (GError) error = NULL;
  JkScore score;

  assert_false (jk_centre_score (marked.centre, "r", bytes, &score, &error));
  assert_true (error->domain == JK_ENVELOPE_ERROR);
  check_refused (other_hall, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN);
}

#define THREADS 4

static gpointer
score_often (gpointer data)
{
  guint *sum = g_new0 (guint, 1);

  for (guint i = 0; i < 5; i++) {
    JkScore score;
    if (!jk_centre_score (marked.centre, "r", data, &score, NULL))
      return sum;
    *sum += score.total_half_points;
    jk_score_clear (&score);
  }
  return sum;
}

static void
several_threads_score_with_one_centre (void **state)
{
  GBytes *bytes[THREADS];
  GThread *threads[THREADS];

  for (guint n = 0; n < THREADS; n++) {
    g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, n, n);
    bytes[n] = jk_test_handed_in_seal (sitting);
  }
  for (guint n = 0; n < THREADS; n++)
    threads[n] = g_thread_new ("score", score_often, bytes[n]);
  for (guint n = 0; n < THREADS; n++) {
    g_autofree guint *sum = g_thread_join (threads[n]);
    assert_int_equal (*sum, 5 * 2 * n);
    g_bytes_unref (bytes[n]);
  }
}

static void
another_centre_opens_nothing (void **state)
{
  const JkWorld *world = jk_test_exam_get_world (marked.exam);
  JkSealPublic other;
  g_autoptr (JkSecret) key = jk_seal_key_new (world->random, "test: other centre", 0, &other);
  g_autoptr (GError) error = NULL;

  assert_null (jk_centre_open (world,
                               jk_test_exam_get_session (marked.exam, 0),
                               jk_test_exam_get_bank_path (marked.exam),
                               jk_test_exam_get_keys_path (marked.exam),
                               key,
                               &error));
  assert_true (g_error_matches (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET));
  jk_centre_free (NULL);
}

static JkCentre *
open_with (const char *bank_path, const char *keys_path, GError **error)
{
  return jk_centre_open (jk_test_exam_get_world (marked.exam),
                         jk_test_exam_get_session (marked.exam, 0),
                         bank_path,
                         keys_path,
                         jk_test_exam_get_centre (marked.exam),
                         error);
}

static void
missing_files_are_named (void **state)
{
  g_autoptr (GError) bank = NULL;
  g_autoptr (GError) keys = NULL;

  assert_null (open_with ("/nowhere.jkbank", jk_test_exam_get_keys_path (marked.exam), &bank));
  assert_true (g_error_matches (bank, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  assert_null (open_with (jk_test_exam_get_bank_path (marked.exam), "/nowhere.jkkeys", &keys));
  assert_true (g_error_matches (keys, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

/* A .jkkeys of the right authority and bank with the key of one item only. */
static char *
forge_keys (void)
{
  static const char *const sections[] = { "keys", NULL };
  const JkWorld *world = jk_test_exam_get_world (marked.exam);
  const JkDigest *content = jk_bank_get_content_digest (jk_centre_get_bank (marked.centre));
  GVariant *digest =
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, content->bytes, JK_DIGEST_BYTES, 1);
  g_autoptr (GVariant) inside = g_variant_ref_sink (
      g_variant_new_parsed ("(%@ay, 'n', '1', [('A-A-1', uint16 1, '')])", digest));
  g_autoptr (GBytes) sealed = jk_seal (jk_test_exam_get_centre_public (marked.exam),
                                       1,
                                       "jikao 1 answer keys",
                                       NULL,
                                       0,
                                       g_variant_get_data (inside),
                                       g_variant_get_size (inside),
                                       world->random,
                                       "test: keys",
                                       0);
  char *path = jk_test_folder_dup_path (jk_test_exam_get_folder (marked.exam), "short.jkkeys");
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (world->storage,
                                                                path,
                                                                0600,
                                                                JK_KIND_KEYS,
                                                                g_variant_new ("(u)", 1),
                                                                sections,
                                                                NULL);
  assert_true (jk_envelope_writer_append (writer,
                                          g_bytes_get_data (sealed, NULL),
                                          g_bytes_get_size (sealed),
                                          NULL));
  assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  assert_true (jk_envelope_writer_finish (writer,
                                          jk_test_exam_get_authority (marked.exam),
                                          NULL,
                                          NULL,
                                          NULL));
  return path;
}

static void
answer_keys_that_do_not_fit_the_bank_are_refused (void **state)
{
  g_autofree char *path = forge_keys ();
  g_autoptr (GError) error = NULL;

  assert_null (open_with (jk_test_exam_get_bank_path (marked.exam), path, &error));
  assert_true (g_error_matches (error, JK_SCORE_ERROR, JK_SCORE_ERROR_KEYS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (all_right_has_the_full_marks_of_every_section),
    cmocka_unit_test (all_wrong_has_nothing),
    cmocka_unit_test (an_empty_paper_has_nothing),
    cmocka_unit_test (the_pass_mark_is_that_of_the_policy),
    cmocka_unit_test (the_last_answer_counts),
    cmocka_unit_test (the_paper_drawn_here_is_the_stations),
    cmocka_unit_test (a_record_beyond_the_roll_has_no_paper),
    cmocka_unit_test (another_paper_is_refused),
    cmocka_unit_test (more_time_than_the_plan_has_is_refused),
    cmocka_unit_test (a_hand_in_may_be_a_minute_late_and_no_more),
    cmocka_unit_test (an_extension_gives_time_and_is_told),
    cmocka_unit_test (an_answer_its_item_does_not_have_is_refused),
    cmocka_unit_test (another_person_is_refused),
    cmocka_unit_test (a_log_in_that_is_not_proven_is_refused),
    cmocka_unit_test (what_is_no_result_is_refused),
    cmocka_unit_test (several_threads_score_with_one_centre),
    cmocka_unit_test (another_centre_opens_nothing),
    cmocka_unit_test (missing_files_are_named),
    cmocka_unit_test (answer_keys_that_do_not_fit_the_bank_are_refused),
  };
  return cmocka_run_group_tests_name ("centre", tests, set_up, tear_down);
}
