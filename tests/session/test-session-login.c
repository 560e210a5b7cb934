/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bank/build.h"
#include "bank/error.h"
#include "envelope/error.h"

int __real_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *password,
                          unsigned long long password_size,
                          const unsigned char *salt,
                          unsigned long long passes,
                          size_t memory,
                          int algorithm);
int __wrap_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *password,
                          unsigned long long password_size,
                          const unsigned char *salt,
                          unsigned long long passes,
                          size_t memory,
                          int algorithm);

static guint n_guesses;
static gboolean memory_is_short;

int
__wrap_crypto_pwhash (unsigned char *out,
                      unsigned long long out_size,
                      const char *password,
                      unsigned long long password_size,
                      const unsigned char *salt,
                      unsigned long long passes,
                      size_t memory,
                      int algorithm)
{
  n_guesses++;
  if (memory_is_short)
    return -1;
  return __real_crypto_pwhash (out,
                               out_size,
                               password,
                               password_size,
                               salt,
                               passes,
                               memory,
                               algorithm);
}

typedef struct {
  JkTestExam *exam;
  const JkSession *session;
  JkSecret *roster_key;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  f->session = jk_test_exam_get_session (f->exam, 0);
  f->roster_key = jk_session_open_room (f->session, jk_test_exam_get_room_code (f->exam, 0), NULL);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_secret_free (f->roster_key);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

/* The number of the record that the pair opens, or -1 and LOGIN; one guess is paid for either. */
static int
log_in (const Fixture *f, const char *admission, const char *id_number)
{
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  n_guesses = 0;
  g_autoptr (JkRecord) record =
      jk_session_log_in (f->session, f->roster_key, admission, id_number, &key, &error);
  assert_int_equal (n_guesses, 1);
  if (record != NULL)
    return (int) jk_record_get_person (record)->index;
  assert_null (key);
  assert_string_equal (
      error->message,
      "Admission number or ID number is not correct; check both and type them again.");
  assert_session_refused (error, LOGIN);
  return -1;
}

static void
every_candidate_logs_in (void **state)
{
  const Fixture *f = *state;

  for (guint n = 0; n < 6; n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (f->exam, n);
    g_autoptr (JkSecret) key = NULL;
    g_autoptr (JkRecord) record = jk_test_exam_log_in (f->exam, n, &key);
    const JkPerson *person = jk_record_get_person (record);

    assert_int_equal (person->index, candidate->record);
    assert_string_equal (person->name, candidate->name);
    assert_string_equal (person->admission, candidate->admission);
    assert_string_equal (person->seat, candidate->seat);
    assert_null (strstr (person->masked_id, candidate->id_number + 6));
    assert_false (person->spare);
  }
}

/* Every character from ! to ~ as its full-width form. */
static char *
dup_full_width (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    g_string_append_unichar (out, (gunichar) *text + 0xfee0);
  return g_string_free (out, FALSE);
}

static void
numbers_are_read_as_people_type_them (void **state)
{
  const Fixture *f = *state;

  for (guint n = 0; n < 6; n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (f->exam, n);
    g_autofree char *full = dup_full_width (candidate->id_number);
    g_autofree char *lower = g_ascii_strdown (candidate->id_number, -1);
    g_autofree char *brackets = g_strdup_printf (" (%s)\t", candidate->id_number);
    g_autofree char *full_brackets = g_strdup_printf ("（%s）", full);
    g_autofree char *admission = dup_full_width (candidate->admission);

    assert_int_equal (log_in (f, candidate->admission, full), n);
    assert_int_equal (log_in (f, candidate->admission, lower), n);
    assert_int_equal (log_in (f, candidate->admission, brackets), n);
    assert_int_equal (log_in (f, admission, full_brackets), n);
  }
}

static void
a_wrong_pair_does_not_say_which_number_is_wrong (void **state)
{
  const Fixture *f = *state;
  const JkTestCandidate *first = jk_test_exam_get_candidate (f->exam, 0);
  const JkTestCandidate *second = jk_test_exam_get_candidate (f->exam, 1);
  const JkTestCandidate *elsewhere = jk_test_exam_get_candidate (f->exam, 6);

  assert_int_equal (log_in (f, first->admission, second->id_number), -1);
  assert_int_equal (log_in (f, "9999999999999999", first->id_number), -1);
  assert_int_equal (log_in (f, first->id_number, first->admission), -1);
  assert_int_equal (log_in (f, elsewhere->admission, elsewhere->id_number), -1);
  assert_int_equal (log_in (f, "", ""), -1);
  assert_int_equal (log_in (f, "\xff", "\xff"), -1);
}

static void
another_roster_key_opens_nothing (void **state)
{
  Fixture other = *(const Fixture *) *state;
  const JkTestCandidate *first = jk_test_exam_get_candidate (other.exam, 0);
  g_autoptr (JkSecret) key = check_key (0);

  other.roster_key = key;
  assert_int_equal (log_in (&other, first->admission, first->id_number), -1);
}

static void
too_little_memory_is_told_as_such (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  memory_is_short = TRUE;
  assert_null (jk_session_log_in (f->session, f->roster_key, "1", "2", &key, &error));
  memory_is_short = FALSE;
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_MEMORY);
}

static void
the_roll_opens_every_record_by_its_number (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkRoll) roll =
      jk_session_open_roll (f->session, jk_test_exam_get_centre (f->exam), NULL);
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    g_autoptr (JkSecret) key = jk_roll_dup_record_key (roll, n);
    g_autoptr (JkRecord) record = jk_session_open_record (f->session, n, key, NULL);
    assert_int_equal (jk_record_get_person (record)->index, n);
    assert_int_equal (jk_record_get_person (record)->spare, n >= 6);
    assert_null (jk_session_open_record (f->session, n + 1, key, &error));
    assert_session_refused (error, CONTENT);
  }
  g_autoptr (JkSecret) stranger = check_key (0);
  assert_null (jk_session_open_record (f->session, 0, stranger, &error));
  assert_session_refused (error, CONTENT);
}

static void
the_key_of_a_log_in_is_that_of_the_roll (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkRoll) roll =
      jk_session_open_roll (f->session, jk_test_exam_get_centre (f->exam), NULL);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (f->exam, 2, &key);
  g_autoptr (JkSecret) listed = jk_roll_dup_record_key (roll, 2);

  assert_true (jk_secret_equal (key, listed));
}

/* The same session built again from other chance; the path of its bank, which the caller frees. */
static char *
build_again (const Fixture *f)
{
  JkWorld world = *jk_test_exam_get_world (f->exam);
  JkTestRandom *random = jk_test_random_new (99);
  JkSessionInputs inputs;
  g_autofree char *folder = jk_test_folder_dup_path (jk_test_exam_get_folder (f->exam), "again");

  world.random = jk_test_random_get (random);
  jk_test_exam_get_inputs (f->exam, &inputs);
  inputs.folder = folder;
  assert_true (jk_storage_make_folder (world.storage, folder, 0700, NULL));
  assert_true (jk_session_build (&inputs, &world, NULL, NULL));
  jk_test_random_free (random);
  return g_build_filename (folder, JK_TEST_EXAM_NAME ".jkbank", NULL);
}

static JkBank *
open_bank (const Fixture *f, const char *path, const JkSecret *paper_key, GError **error)
{
  return jk_session_open_bank (f->session,
                               jk_test_exam_get_world (f->exam)->storage,
                               path,
                               paper_key,
                               error);
}

static void
only_the_bank_of_this_build_opens (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (f->exam);
  g_autoptr (JkSecret) other_key = check_key (0);
  g_autofree char *again = build_again (f);
  const char *own = jk_test_exam_get_bank_path (f->exam);
  g_autoptr (JkBank) bank = open_bank (f, own, paper_key, NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (jk_bank_get_n_items (bank), JK_TEST_EXAM_ITEMS);
  assert_null (open_bank (f, again, paper_key, &error));
  assert_session_refused (error, BANK);
  assert_null (
      open_bank (f, jk_bank_get_file (jk_test_exam_get_library (f->exam)), paper_key, &error));
  assert_session_refused (error, BANK);
  assert_null (open_bank (f, own, other_key, &error));
  assert_refused (error, JK_BANK_ERROR, JK_BANK_ERROR_KEY);
  assert_null (open_bank (f, jk_test_exam_get_session_path (f->exam, 0), paper_key, &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_KIND);
}

/* Same authority, same session, same keys, other bytes: only the digest tells. */
static void
a_bank_of_this_session_with_another_digest_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (f->exam);
  g_autoptr (JkSecret) bank_key = check_key (0);
  const JkWorld *world = jk_test_exam_get_world (f->exam);
  g_autofree char *path =
      jk_test_folder_dup_path (jk_test_exam_get_folder (f->exam), "other.jkbank");
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  assert_true (jk_bank_reseal (jk_test_exam_get_library (f->exam),
                               jk_test_exam_get_library_key (f->exam),
                               jk_session_get_id (f->session),
                               paper_key,
                               bank_key,
                               world,
                               jk_test_exam_get_authority (f->exam),
                               path,
                               &digest,
                               &error));
  assert_null (open_bank (f, path, paper_key, &error));
  assert_session_refused (error, BANK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_candidate_logs_in),
    cmocka_unit_test (numbers_are_read_as_people_type_them),
    cmocka_unit_test (a_wrong_pair_does_not_say_which_number_is_wrong),
    cmocka_unit_test (another_roster_key_opens_nothing),
    cmocka_unit_test (too_little_memory_is_told_as_such),
    cmocka_unit_test (the_roll_opens_every_record_by_its_number),
    cmocka_unit_test (the_key_of_a_log_in_is_that_of_the_roll),
    cmocka_unit_test (only_the_bank_of_this_build_opens),
    cmocka_unit_test (a_bank_of_this_session_with_another_digest_is_refused),
  };
  return cmocka_run_group_tests_name ("session-login", tests, set_up, tear_down);
}
