/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/purpose.h"

static int
set_up (void **state)
{
  *state = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static JkOffice *
open_office (const JkTestExam *exam, GBytes *bytes, const JkSecret *passphrase, GError **error)
{
  return jk_office_open ("x.office",
                         bytes,
                         passphrase,
                         jk_test_exam_get_world (exam)->costs->passphrase,
                         error);
}

static void
assert_same_hall (const JkOfficeHall *a, const JkOfficeHall *b)
{
  assert_string_equal (a->name, b->name);
  assert_true (jk_secret_equal (a->seed, b->seed));
  assert_true (jk_secret_equal (a->roster_key, b->roster_key));
  assert_true (jk_secret_equal (a->roll_key, b->roll_key));
  assert_true (jk_secret_equal (a->room_code, b->room_code));
  for (guint n = 0; n < JK_ROLES; n++)
    assert_true (jk_secret_equal (a->passcodes[n], b->passcodes[n]));
}

static void
an_office_opens_as_it_was_locked (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);
  g_autoptr (GBytes) bytes =
      jk_office_lock (office, passphrase, jk_test_exam_get_world (exam), NULL);
  g_autoptr (JkOffice) again = open_office (exam, bytes, passphrase, NULL);

  assert_non_null (again);
  assert_memory_equal (again->id, office->id, sizeof office->id);
  assert_string_equal (again->name, JK_TEST_EXAM_NAME);
  assert_true (jk_secret_equal (again->seed, office->seed));
  assert_true (jk_secret_equal (again->paper_key, office->paper_key));
  assert_true (jk_secret_equal (again->bank_key, office->bank_key));
  assert_true (jk_secret_equal (again->start_code, office->start_code));
  assert_int_equal (again->halls->len, 2);
  for (guint n = 0; n < 2; n++)
    assert_same_hall (g_ptr_array_index (again->halls, n), g_ptr_array_index (office->halls, n));
}

static void
a_wrong_passphrase_or_a_cheap_file_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);
  g_autoptr (GBytes) bytes = jk_office_lock (jk_test_exam_get_office (exam),
                                             passphrase,
                                             jk_test_exam_get_world (exam),
                                             NULL);
  g_autoptr (JkSecret) other = check_secret ("another passphrase");
  g_autoptr (GError) error = NULL;

  assert_null (open_office (exam, bytes, other, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_office_open ("x.office", bytes, passphrase, (JkCost){ 3, 64 }, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
}

/* Opens a file that holds this, under the right passphrase; CONTENT. */
static void
assert_content_refused (const JkTestExam *exam, const JkSecret *content)
{
  const JkWorld *world = jk_test_exam_get_world (exam);
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);
  g_autoptr (GBytes) bytes = jk_lockbox_close (passphrase,
                                               JK_PURPOSE_OFFICE,
                                               content,
                                               world->costs->passphrase,
                                               world->random,
                                               "test: lock",
                                               0,
                                               NULL);
  g_autoptr (GError) error = NULL;

  assert_null (open_office (exam, bytes, passphrase, &error));
  assert_session_refused (error, CONTENT);
}

static void
every_truncation_of_the_content_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);
  g_autoptr (GBytes) bytes = jk_office_lock (jk_test_exam_get_office (exam),
                                             passphrase,
                                             jk_test_exam_get_world (exam),
                                             NULL);
  g_autoptr (JkSecret) content = jk_lockbox_open (passphrase,
                                                  JK_PURPOSE_OFFICE,
                                                  g_bytes_get_data (bytes, NULL),
                                                  g_bytes_get_size (bytes),
                                                  jk_test_exam_get_world (exam)->costs->passphrase,
                                                  "x",
                                                  NULL);

  for (gsize size = 1; size < jk_secret_get_size (content); size += 7) {
    g_autoptr (JkSecret) cut = jk_secret_new_slice (content, 0, size);
    assert_content_refused (exam, cut);
  }
}

/* An office with one secret of another size; locks all the same. */
static void
assert_office_refused (const JkTestExam *exam, const JkOffice *office)
{
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);
  g_autoptr (GBytes) bytes =
      jk_office_lock (office, passphrase, jk_test_exam_get_world (exam), NULL);
  g_autoptr (GError) error = NULL;

  assert_null (open_office (exam, bytes, passphrase, &error));
  assert_session_refused (error, CONTENT);
}

static void
a_secret_of_another_size_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *good = jk_test_exam_get_office (exam);
  g_autoptr (JkSecret) odd = jk_secret_new (5);
  JkOfficeHall *hall = g_ptr_array_index (good->halls, 0);
  JkSecret **const of_hall[] = {
    &hall->seed, &hall->roster_key, &hall->roll_key, &hall->room_code, &hall->passcodes[3],
  };

  for (guint n = 0; n < 4; n++) {
    JkOffice office = *good;
    JkSecret **const of_office[] = {
      &office.seed,
      &office.paper_key,
      &office.bank_key,
      &office.start_code,
    };
    *of_office[n] = odd;
    assert_office_refused (exam, &office);
  }
  for (guint n = 0; n < G_N_ELEMENTS (of_hall); n++) {
    JkSecret *kept = *of_hall[n];
    *of_hall[n] = odd;
    assert_office_refused (exam, good);
    *of_hall[n] = kept;
  }
}

static void
an_office_without_halls_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  JkOffice office = *jk_test_exam_get_office (exam);

  office.halls = none;
  assert_office_refused (exam, &office);
}

static void
a_hall_s_amendments_and_added_passcodes_are_kept (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);
  JkOfficeHall *hall = g_ptr_array_index (office->halls, 1);
  JkOfficeHall before = *hall;
  const JkSecret *passphrase = jk_test_exam_get_passphrase (exam);

  hall->passcodes[hall->n_passcodes++] = check_secret ("0123456789ABC");
  hall->n_amendments = JK_AMENDMENTS_MAX;
  memset (hall->amendment.bytes, 7, JK_DIGEST_BYTES);
  g_autoptr (GBytes) bytes =
      jk_office_lock (office, passphrase, jk_test_exam_get_world (exam), NULL);
  g_autoptr (JkOffice) again = open_office (exam, bytes, passphrase, NULL);
  const JkOfficeHall *kept = g_ptr_array_index (again->halls, 1);
  assert_int_equal (kept->n_passcodes, JK_ROLES + 1);
  assert_true (jk_secret_equal (kept->passcodes[JK_ROLES], hall->passcodes[JK_ROLES]));
  assert_int_equal (kept->n_amendments, JK_AMENDMENTS_MAX);
  assert_true (jk_digest_equal (&kept->amendment, &hall->amendment));

  hall->n_amendments = JK_AMENDMENTS_MAX + 1;
  assert_office_refused (exam, office);
  hall->n_amendments = 0;
  hall->n_passcodes = JK_ROLES - 1;
  assert_office_refused (exam, office);
  jk_secret_free (hall->passcodes[JK_ROLES]);
  *hall = before;
}

static void
a_half_built_one_is_freed_without_harm (void **state)
{
  JkOffice *office = jk_office_new ("half");

  jk_office_add_hall (office, "01");
  jk_office_free (office);
  jk_office_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_office_opens_as_it_was_locked),
    cmocka_unit_test (a_wrong_passphrase_or_a_cheap_file_is_refused),
    cmocka_unit_test (every_truncation_of_the_content_is_refused),
    cmocka_unit_test (a_secret_of_another_size_is_refused),
    cmocka_unit_test (an_office_without_halls_is_refused),
    cmocka_unit_test (a_hall_s_amendments_and_added_passcodes_are_kept),
    cmocka_unit_test (a_half_built_one_is_freed_without_harm),
  };
  return cmocka_run_group_tests_name ("office", tests, set_up, tear_down);
}
