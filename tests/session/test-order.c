/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/limits.h"
#include "session/session-private.h"
#include "support/orders.h"
#include "support/vector.h"

typedef struct {
  JkTestExam *exam;
  JkOrderTerms terms;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  jk_test_order_init (&f->terms, f->exam, 0, JK_ACT_EXTEND, 3, NULL);
  f->terms.record = 2;
  f->terms.amount = 10 * 60000;
  f->terms.reason = "考试机死机";
  f->terms.text = "seat 07";
  f->terms.epoch = 1;
  f->terms.states = JK_BIT (JK_STATE_RUNNING);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

static void
what_is_written_is_read_back (void **state)
{
  Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  f->terms.amendment = 99;
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autoptr (JkOrder) order = jk_order_parse ("stick", bytes, &error);

  assert_null (error);
  const JkOrderTerms *terms = jk_order_get_terms (order);
  assert_string_equal (jk_order_get_file (order), "stick");
  assert_string_equal (terms->hall, "01");
  assert_string_equal (terms->text, "seat 07");
  assert_string_equal (terms->reason, "考试机死机");
  assert_memory_equal (terms->id, f->terms.id, JK_ORDER_ID_BYTES);
  assert_memory_equal (terms->device, f->terms.device, JK_PUBLIC_BYTES);
  assert_memory_equal (terms->station, f->terms.station, JK_PUBLIC_BYTES);
  assert_memory_equal (terms->subject, f->terms.subject, JK_ORDER_SUBJECT_BYTES);
  assert_true (jk_digest_equal (&terms->session,
                                jk_session_get_digest (jk_test_exam_get_session (f->exam, 0))));
  assert_int_equal (terms->act, JK_ACT_EXTEND);
  assert_int_equal (terms->counter, 3);
  assert_int_equal (terms->amount, 600000);
  assert_int_equal (terms->wall_ms, f->terms.wall_ms);
  assert_int_equal (terms->record, 2);
  assert_int_equal (terms->amendment, 99);
  assert_int_equal (terms->epoch, 1);
  assert_int_equal (terms->states, JK_BIT (JK_STATE_RUNNING));
  assert_int_equal (jk_order_get_n_signers (order), 2);
  assert_int_equal (jk_order_get_signer (order, 0), JK_ROLE_CHIEF);
  assert_int_equal (jk_order_get_signer (order, 1), JK_ROLE_PROCTOR);
  assert_ptr_equal (jk_order_get_bytes (order), bytes);
}

static void
fresh_terms_are_for_everybody_in_any_state (void **state)
{
  const Fixture *f = *state;
  const JkSession *session = jk_test_exam_get_session (f->exam, 0);
  const JkWorld *world = jk_test_exam_get_world (f->exam);
  static const guint8 zeros[JK_PUBLIC_BYTES];
  JkOrderTerms a, b;

  jk_order_terms_init (&a, session, JK_ACT_PAUSE, world, 1);
  jk_order_terms_init (&b, session, JK_ACT_PAUSE, world, 2);
  assert_int_equal (a.record, JK_ORDER_EVERY);
  assert_int_equal (a.epoch, JK_ORDER_ANY_EPOCH);
  assert_int_equal (a.states, 0);
  assert_memory_equal (a.station, zeros, sizeof zeros);
  assert_string_equal (a.hall, "01");
  assert_int_equal (a.wall_ms, world->clock->wall_ms (world->clock));
  assert_memory_not_equal (a.id, b.id, JK_ORDER_ID_BYTES);
}

static void
fresh_terms_name_the_amendment_in_force (void **state)
{
  const Fixture *f = *state;
  JkSession *session = (JkSession *) jk_test_exam_get_session (f->exam, 0);
  JkOrderTerms terms;

  for (guint n = 0; n < 3; n++) {
    session->amendment_number = n;
    jk_order_terms_init (&terms, session, JK_ACT_PAUSE, jk_test_exam_get_world (f->exam), 1);
    assert_int_equal (terms.amendment, n);
  }
}

static void
a_second_signature_leaves_the_digest (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) one = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  g_autoptr (GBytes) two =
      jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_SPARE_1, JK_ROLE_PROCTOR);
  g_autoptr (JkOrder) a = jk_order_parse ("stick", one, NULL);
  g_autoptr (JkOrder) b = jk_order_parse ("stick", two, NULL);

  assert_int_equal (jk_order_get_n_signers (a), 1);
  assert_true (jk_digest_equal (jk_order_get_digest (a), jk_order_get_digest (b)));
}

static void
another_word_is_another_digest (void **state)
{
  Fixture *f = *state;
  g_autoptr (GBytes) one = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  f->terms.reason = "考试机死机了";
  g_autoptr (GBytes) two = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  g_autoptr (JkOrder) a = jk_order_parse ("stick", one, NULL);
  g_autoptr (JkOrder) b = jk_order_parse ("stick", two, NULL);

  assert_false (jk_digest_equal (jk_order_get_digest (a), jk_order_get_digest (b)));
}

static void
nobody_signs_twice_and_nobody_third (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSecret) key = check_key (1);
  g_autoptr (JkSecret) sign = jk_secret_new (64);
  g_autoptr (GBytes) one = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  g_autoptr (GBytes) two =
      jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);

  assert_null (jk_order_countersign ("stick", one, JK_ROLE_CHIEF, sign, &error));
  assert_session_refused (error, ORDER_FORM);
  assert_null (jk_order_countersign ("stick", two, JK_ROLE_SPARE_1, sign, &error));
  assert_session_refused (error, ORDER_FORM);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (one, 0, 100);
  assert_null (jk_order_countersign ("stick", cut, JK_ROLE_SPARE_1, sign, &error));
  assert_session_refused (error, ORDER_FORM);
}

static void
every_truncation_and_every_longer_order_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  gsize size = g_bytes_get_size (bytes);

  for (gsize n = 0; n < size; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (bytes, NULL), n);
    assert_null (jk_order_parse ("stick", cut, &error));
    assert_session_refused (error, ORDER_FORM);
  }
  g_autofree guint8 *longer = g_malloc0 (size + 72);
  memcpy (longer, g_bytes_get_data (bytes, NULL), size);
  for (gsize more = 1; more <= 72; more += 71) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) data = g_bytes_new (longer, size + more);
    assert_null (jk_order_parse ("stick", data, &error));
    assert_session_refused (error, ORDER_FORM);
  }
}

static void
every_flipped_bit_is_refused (void **state)
{
  const Fixture *f = *state;
  JkSession *session = (JkSession *) jk_test_exam_get_session (f->exam, 0);
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  session->amendment_number = JK_AMENDMENTS_MAX; /* so that each number is a possible one */
  for (gsize bit = 0; bit < 8 * size; bit++) {
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *bad = g_memdup2 (data, size);
    bad[bit / 8] ^= (guint8) (1u << (bit % 8));
    g_autoptr (GBytes) flipped = g_bytes_new (bad, size);
    g_autoptr (JkOrder) order = jk_order_parse ("stick", flipped, &error);
    if (order != NULL)
      assert_false (jk_order_check (order, session, &error));
    assert_non_null (error);
    assert_int_equal (error->domain, JK_SESSION_ERROR);
  }
}

static void
lengths_beyond_the_limits_are_refused_before_they_are_used (void **state)
{
  const Fixture *f = *state;
  static const gsize places[] = { 196, 198, 200 };
  g_autoptr (GBytes) bytes = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *bad = g_memdup2 (data, size);
    bad[places[i]] = bad[places[i] + 1] = 0xff;
    g_autoptr (GBytes) changed = g_bytes_new (bad, size);
    assert_null (jk_order_parse ("stick", changed, &error));
    assert_session_refused (error, ORDER_FORM);
  }
}

static void
numbers_and_zeros_that_cannot_be_are_refused (void **state)
{
  const Fixture *f = *state;
  static const struct {
    gsize at;
    guint8 byte;
  } bad[] = { { 15, 1 }, { 202, 100 }, { 203, 1 }, { 204, 1 }, { 207, 1 } };
  g_autoptr (GBytes) bytes = jk_test_order_sign (f->exam, 0, &f->terms, JK_ROLE_CHIEF, 0);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    guint8 *copy = g_memdup2 (data, size);
    copy[bad[i].at] = bad[i].byte;
    g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
    assert_null (jk_order_parse ("stick", changed, &error));
    assert_session_refused (error, ORDER_FORM);
  }
}

/* The order of the document: all of it by hand, signed with a key of the seed 1. */
static void
the_example_of_the_document_is_what_is_written (void **state)
{
  g_autoptr (JkTestRandom) random = jk_test_random_new (1);
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_random_get (random), "example: order", 0, public_key);
  g_autoptr (GBytes) wanted = jk_test_vector ("session-order");
  JkOrderTerms terms = {
    .hall = "01",
    .text = "",
    .reason = "考试机死机",
    .counter = 5,
    .amount = 600000,
    .wall_ms = 1619226061500,
    .record = 7,
    .epoch = JK_ORDER_ANY_EPOCH,
    .states = JK_BIT (JK_STATE_RUNNING) | JK_BIT (JK_STATE_PAUSED),
    .act = JK_ACT_EXTEND,
  };

  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    terms.session.bytes[i] = (guint8) i;
  memcpy (terms.id, check_id (), JK_ORDER_ID_BYTES);
  memset (terms.device, 0x22, sizeof terms.device);
  g_autoptr (GBytes) order = jk_order_write (&terms, JK_ROLE_CHIEF, key);
  assert_int_equal (g_bytes_get_size (order), g_bytes_get_size (wanted));
  assert_memory_equal (g_bytes_get_data (order, NULL),
                       g_bytes_get_data (wanted, NULL),
                       g_bytes_get_size (wanted));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_is_written_is_read_back),
    TEST (fresh_terms_are_for_everybody_in_any_state),
    TEST (fresh_terms_name_the_amendment_in_force),
    TEST (a_second_signature_leaves_the_digest),
    TEST (another_word_is_another_digest),
    TEST (nobody_signs_twice_and_nobody_third),
    TEST (every_truncation_and_every_longer_order_is_refused),
    TEST (every_flipped_bit_is_refused),
    TEST (lengths_beyond_the_limits_are_refused_before_they_are_used),
    TEST (numbers_and_zeros_that_cannot_be_are_refused),
    cmocka_unit_test (the_example_of_the_document_is_what_is_written),
  };
  return cmocka_run_group_tests_name ("order", tests, check_setup, NULL);
}
