/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/seating.c */
#include "print/seating.h"
#include "print/printed.h"

static JkTestExam *exam;

static int
set_up (void **state)
{
  exam = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

static char **
print_roll (const JkRoll *roll)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jk_seating_form (jk_test_exam_get_session (exam, 0), roll, &error);

  return read_pages (pdf, error);
}

static void
everybody_of_the_hall_has_one_box_without_whole_numbers (void **state)
{
  g_autoptr (JkRoll) roll = open_roll (exam);
  g_auto (GStrv) pages = print_roll (roll);

  assert_int_equal (g_strv_length (pages), 1);
  for (guint i = 0; i < jk_test_exam_get_n_candidates (exam); i++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, i);
    guint wanted = candidate->hall == 0 ? 1 : 0;
    g_autofree char *letters = g_strdup_printf ("尾号 %s", candidate->admission + 12);
    assert_int_equal (strlen (candidate->admission), 16);
    assert_int_equal (count_on_pages (pages, candidate->name), wanted);
    assert_int_equal (count_on_pages (pages, letters), wanted);
    assert_int_equal (count_on_pages (pages, candidate->admission), 0);
  }
  assert_int_equal (count_on_pages (pages, "尾号"), 6); /* no box for a spare record */
  assert_int_equal (count_on_pages (pages, "讲"), 1);
}

static void
boxes_stand_by_seat_over_as_many_pages_as_they_need (void **state)
{
  g_autoptr (JkRoll) roll = make_long_roll (1000);
  g_auto (GStrv) pages = print_roll (roll);

  assert_true (g_strv_length (pages) > 20);
  assert_non_null (strstr (pages[0], "考生999号")); /* at seat 1 */
  assert_null (strstr (pages[0], "考生0号"));
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("考生%u号", i);
    assert_int_equal (count_on_pages (pages, name), 1);
  }
}

static void
a_hostile_name_is_a_name (void **state)
{
  g_autoptr (JkRoll) roll = make_hostile_roll ();
  g_auto (GStrv) pages = print_roll (roll);

  assert_int_equal (g_strv_length (pages), 1);
  check_hostile (pages);
}

static void
who_has_no_seat_has_a_box_at_the_end (void **state)
{
  JkPerson people[] = { { "12", "无座者", "", "", "" }, { "345678", "有座者", "", "3", "" } };
  g_autoptr (JkRoll) roll = make_roll (people, G_N_ELEMENTS (people));
  g_auto (GStrv) pages = print_roll (roll);

  assert_non_null (strstr (pages[0], "无座者"));
  assert_non_null (strstr (pages[0], "—"));
  assert_non_null (strstr (pages[0], "尾号 12"));
  assert_non_null (strstr (pages[0], "尾号 5678"));
  assert_true (strstr (pages[0], "有座者") < strstr (pages[0], "无座者"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everybody_of_the_hall_has_one_box_without_whole_numbers),
    cmocka_unit_test (boxes_stand_by_seat_over_as_many_pages_as_they_need),
    cmocka_unit_test (a_hostile_name_is_a_name),
    cmocka_unit_test (who_has_no_seat_has_a_box_at_the_end),
  };
  return cmocka_run_group_tests_name ("seating", tests, set_up, tear_down);
}
