/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"

#include "session/amend-people.h"

#define CORRECTED "[amendment]\nnumber=1\nreason=x\n[roster]\ncorrected=c.csv\n"
#define ADDED "[amendment]\nnumber=1\nreason=x\n[roster]\nadded=a.csv\n"

typedef struct {
  JkTestExam *exam;
  JkRoll *roll;
} Fixture;

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3 };
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new_with (&options);
  f->roll = jk_session_open_roll (jk_test_exam_get_session (f->exam, 0),
                                  jk_test_exam_get_centre (f->exam),
                                  NULL);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_roll_free (f->roll);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

/* Tables as people write them. */
static void
put (const Fixture *f, const char *file, const char *rows)
{
  g_autofree char *table = g_strconcat (AMENDED_HEADINGS, rows, NULL);
  g_autofree char *path = jk_test_folder_put_text (jk_test_exam_get_folder (f->exam), file, table);
}

static JkAmendPeople *
merge (const JkAmendSource *source, const Fixture *f, char **out_said)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkAmendPeople *people = jk_amend_people_new (source, f->roll, "01", report);

  *out_said = jk_report_dup_text (report);
  return people;
}

static void
rows_are_put_over_the_roll (void **state)
{
  const Fixture *f = *state;
  guint n_before = jk_roll_get_n (f->roll);
  g_autofree char *said = NULL;

  put (f, "c.csv", "2101050340101003,三号,男,居民身份证," AMENDED_ID_1 ",01,31,4-(1)\n");
  put (f, "a.csv", "2101050340101801,补报者,男,居民身份证," AMENDED_ID_2 ",01,03,4-(1)\n");
  g_autoptr (JkAmendSource) source = amended_load (f->exam, CORRECTED "added=a.csv\n");
  g_autoptr (JkAmendPeople) people = merge (source, f, &said);
  assert_int_equal (people->people->len, n_before + 1);
  assert_int_equal (people->changes->len, 2);
  const JkAmendChange *changes = (const JkAmendChange *) (gpointer) people->changes->data;
  assert_int_equal (changes[0].index, 2);
  assert_false (changes[0].added);
  assert_string_equal (changes[0].id_number, AMENDED_ID_1);
  assert_int_equal (changes[1].index, n_before);
  assert_true (changes[1].added);
  for (guint n = 0; n < people->people->len; n++)
    assert_int_equal (g_array_index (people->people, JkPerson, n).index, n);
  assert_string_equal (g_array_index (people->people, JkPerson, 2).seat, "31");
  jk_amend_people_free (NULL);
}

static void
two_people_may_change_their_seats (void **state)
{
  const Fixture *f = *state;
  g_autofree char *said = NULL;

  put (f,
       "c.csv",
       "2101050340101001,一号,男,居民身份证," AMENDED_ID_1 ",01,02,4-(1)\n"
       "2101050340101002,二号,男,居民身份证," AMENDED_ID_2 ",01,01,4-(1)\n");
  g_autoptr (JkAmendSource) source = amended_load (f->exam, CORRECTED);
  g_autoptr (JkAmendPeople) people = merge (source, f, &said);
  assert_non_null (people);
}

static void
assert_fault (const Fixture *f, const char *ini, const char *wanted)
{
  g_autofree char *said = NULL;
  g_autoptr (JkAmendSource) source = amended_load (f->exam, ini);

  assert_null (merge (source, f, &said));
  if (strstr (said, wanted) == NULL)
    print_error ("%s\n", said);
  assert_non_null (strstr (said, wanted));
  assert_null (strstr (said, AMENDED_ID_1));
}

static void
each_fault_is_told (void **state)
{
  const Fixture *f = *state;

  put (f, "c.csv", "2101050340101009,九号,男,居民身份证," AMENDED_ID_1 ",01,09,4-(1)\n");
  assert_fault (f, CORRECTED, "2101050340101009 is not on the roll");
  put (f, "c.csv", "2101050340101001,一号,男,居民身份证," AMENDED_ID_1 ",02,01,4-(1)\n");
  assert_fault (f, CORRECTED, "is in hall 02");
  put (f, "c.csv", "2101050340101001,一号,男,居民身份证," AMENDED_ID_1 ",01,02,4-(1)\n");
  assert_fault (f, CORRECTED, "the seat 02");
  put (f, "c.csv", "2101050340101002,一号,男,居民身份证," AMENDED_ID_1 ",01,01,4-(1)\n");
  assert_fault (f,
                CORRECTED "[renumbered]\n2101050340101001=2101050340101002\n",
                "the admission number 2101050340101002");
  put (f,
       "c.csv",
       "2101050340101001,一号,男,居民身份证," AMENDED_ID_1 ",01,01,4-(1)\n"
       "2101050340101777,一号,男,居民身份证," AMENDED_ID_2 ",01,31,4-(1)\n");
  assert_fault (f,
                CORRECTED "[renumbered]\n2101050340101001=2101050340101777\n",
                "2101050340101001 is corrected twice");
  put (f, "a.csv", "2101050340101001,一号,男,居民身份证," AMENDED_ID_1 ",01,31,4-(1)\n");
  assert_fault (f, ADDED, "2101050340101001 is on the roll already");
  put (f, "a.csv", "2101050340101801,补报者,男,居民身份证," AMENDED_ID_1 ",02,31,4-(1)\n");
  assert_fault (f, ADDED, "is in hall 02");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rows_are_put_over_the_roll),
    cmocka_unit_test (two_people_may_change_their_seats),
    cmocka_unit_test (each_fault_is_told),
  };
  return cmocka_run_group_tests_name ("amend-people", tests, set_up, tear_down);
}
