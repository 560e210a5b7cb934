/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/text.h"

typedef struct {
  JkTestExam *exam;
  char *text;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  g_file_get_contents (jk_test_exam_get_envelopes_path (f->exam), &f->text, NULL, NULL);
  assert_non_null (f->text);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  g_free (f->text);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

static guint
count (const char *text, const char *wanted)
{
  guint n = 0;

  for (const char *at = strstr (text, wanted); at != NULL; at = strstr (at + 1, wanted))
    n++;
  return n;
}

static void
each_code_stands_there_once (void **state)
{
  const Fixture *f = *state;

  assert_int_equal (count (f->text, jk_test_exam_get_start_code (f->exam)), 1);
  for (guint hall = 0; hall < 2; hall++) {
    assert_int_equal (count (f->text, jk_test_exam_get_room_code (f->exam, hall)), 1);
    for (JkRoleName role = JK_ROLE_CHIEF; role <= JK_ROLE_SPARE_2; role++)
      assert_int_equal (count (f->text, jk_test_exam_get_passcode (f->exam, hall, role)), 1);
  }
}

static void
each_envelope_is_a_page_with_one_code (void **state)
{
  const Fixture *f = *state;
  g_auto (GStrv) pages = g_strsplit (f->text, "\f", -1);

  assert_int_equal (g_strv_length (pages), 1 + 2 * (1 + JK_ROLES));
  assert_int_equal (count (pages[0], jk_test_exam_get_start_code (f->exam)), 1);
  assert_int_equal (count (pages[1], jk_test_exam_get_room_code (f->exam, 0)), 1);
  assert_int_equal (count (pages[7], jk_test_exam_get_passcode (f->exam, 1, JK_ROLE_CHIEF)), 1);
  for (guint n = 0; pages[n] != NULL; n++) {
    assert_int_equal (count (pages[n], JK_TEST_EXAM_NAME), 1);
    assert_int_equal (count (pages[n], "Build (构建): 1\n"), 1);
    assert_int_equal (count (pages[n], "2021-04-24T09:00"), 1);
    assert_int_equal (count (pages[n], n == 0 ? "all (全部)" : n <= 5 ? ": 01\n" : ": 02\n"), 1);
  }
}

static void
each_half_of_a_start_code_has_a_page_in_each_hall (void **state)
{
  const JkTestExamOptions options = { .n_first = 1, .n_second = 1, .halves = TRUE };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  char *text = jk_office_dup_envelopes (jk_test_exam_get_office (exam), 1, "2021-04-24T09:00");
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  const char *first = jk_test_exam_get_start_code (exam);
  const char *second = jk_test_exam_get_second_start_code (exam);

  assert_int_equal (g_strv_length (pages), 2 * (1 + JK_ROLES + 2));
  for (guint hall = 0; hall < 2; hall++) {
    const char *chief = pages[hall * 7 + 5];
    const char *proctor = pages[hall * 7 + 6];
    assert_int_equal (count (chief, first), 1);
    assert_int_equal (count (chief, "For (交给): the chief proctor"), 1);
    assert_int_equal (count (proctor, second), 1);
    assert_int_equal (count (proctor, "For (交给): the second proctor"), 1);
  }
  assert_int_equal (count (text, first), 2);
  assert_int_equal (count (text, second), 2);
  jk_text_wipe (text);
}

static void
a_reprint_holds_added_passcodes_too (void **state)
{
  const Fixture *f = *state;
  const JkOffice *office = jk_test_exam_get_office (f->exam);
  JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);

  hall->passcodes[hall->n_passcodes++] = check_secret ("0123456789ABC");
  char *all = jk_office_dup_envelopes (office, 1, "2021-04-24T09:00");
  char *added = jk_office_dup_added_envelopes (office, hall, (JkRoleName) 5, 1, "2021-04-24T09:00");
  assert_int_equal (count (all, "0123-4567-89ABC"), 1);
  assert_int_equal (count (all, "role spare-3"), 1);
  assert_int_equal (count (added, "\f"), 0);
  assert_int_equal (count (added, "0123-4567-89ABC"), 1);
  assert_int_equal (count (added, "Hall (考场): 01\n"), 1);
  jk_text_wipe (all);
  jk_text_wipe (added);
  g_clear_pointer (&hall->passcodes[--hall->n_passcodes], jk_secret_free);
}

static void
assert_absent (const Fixture *f, const JkSecret *secret)
{
  g_autofree char *hex = jk_text_hex (jk_secret_get (secret), jk_secret_get_size (secret));

  assert_null (strstr (f->text, hex));
  assert_null (
      memmem (f->text, strlen (f->text), jk_secret_get (secret), jk_secret_get_size (secret)));
}

static void
nothing_else_secret_stands_there (void **state)
{
  const Fixture *f = *state;
  const JkOffice *office = jk_test_exam_get_office (f->exam);

  assert_absent (f, office->seed);
  assert_absent (f, office->paper_key);
  assert_absent (f, office->bank_key);
  for (guint n = 0; n < office->halls->len; n++) {
    const JkOfficeHall *hall = g_ptr_array_index (office->halls, n);
    assert_absent (f, hall->seed);
    assert_absent (f, hall->roster_key);
    assert_absent (f, hall->roll_key);
  }
  for (guint n = 0; n < jk_test_exam_get_n_candidates (f->exam); n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (f->exam, n);
    assert_null (strstr (f->text, candidate->name));
    assert_null (strstr (f->text, candidate->admission));
    assert_null (strstr (f->text, candidate->id_number));
  }
}

static void
a_reprint_is_the_same (void **state)
{
  const Fixture *f = *state;
  char *again = jk_office_dup_envelopes (jk_test_exam_get_office (f->exam), 1, "2021-04-24T09:00");

  assert_string_equal (again, f->text);
  jk_text_wipe (again);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_code_stands_there_once),
    cmocka_unit_test (each_envelope_is_a_page_with_one_code),
    cmocka_unit_test (each_half_of_a_start_code_has_a_page_in_each_hall),
    cmocka_unit_test (a_reprint_holds_added_passcodes_too),
    cmocka_unit_test (nothing_else_secret_stands_there),
    cmocka_unit_test (a_reprint_is_the_same),
  };
  return cmocka_run_group_tests_name ("envelopes", tests, set_up, tear_down);
}
