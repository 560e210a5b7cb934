/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/sign-in.c */
#include "print/sign-in.h"
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
  g_autoptr (GBytes) pdf = jk_sign_in_form (jk_test_exam_get_session (exam, 0), roll, &error);

  return read_pages (pdf, error);
}

static void
everybody_of_the_hall_is_on_it_once_and_no_whole_id_number (void **state)
{
  g_autoptr (JkRoll) roll = open_roll (exam);
  g_auto (GStrv) pages = print_roll (roll);

  for (guint i = 0; i < jk_test_exam_get_n_candidates (exam); i++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, i);
    guint wanted = candidate->hall == 0 ? 1 : 0;
    assert_int_equal (count_on_pages (pages, candidate->name), wanted);
    assert_int_equal (count_on_pages (pages, candidate->admission), wanted);
    assert_int_equal (count_on_pages (pages, candidate->id_number), 0);
  }
  for (guint i = 0; i < 6; i++)
    assert_non_null (strstr (pages[0], jk_roll_get_person (roll, i)->masked_id));
  assert_int_equal (count_on_pages (pages, "临时"), 2 + 1); /* two spare records, and the note */
  assert_int_equal (count_on_pages (pages, "签到（签名）"), 1);
  assert_int_equal (count_on_pages (pages, "交卷签名"), 1);
}

static void
heads_are_on_every_page_and_a_thousand_people_are_printed (void **state)
{
  g_autoptr (JkRoll) roll = make_long_roll (1000);
  g_auto (GStrv) pages = print_roll (roll);

  assert_true (g_strv_length (pages) > 50);
  assert_non_null (strstr (pages[0], "考生999号")); /* at seat 1 */
  assert_null (strstr (pages[1], "考生999号"));
  for (guint i = 0; i + 1 < g_strv_length (pages); i++)
    assert_int_equal (count_in (pages[i], "准考证号"), 1);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("考生%u号", i);
    g_autofree char *admission = g_strdup_printf ("21010503402%05u", i);
    assert_int_equal (count_on_pages (pages, name), 1);
    assert_int_equal (count_on_pages (pages, admission), 1);
  }
}

static void
a_hostile_name_is_a_name (void **state)
{
  g_autoptr (JkRoll) roll = make_hostile_roll ();
  g_auto (GStrv) pages = print_roll (roll);

  assert_int_equal (g_strv_length (pages), 1);
  check_hostile (pages);
  assert_int_equal (count_on_pages (pages, "2101050340101012"), 7);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everybody_of_the_hall_is_on_it_once_and_no_whole_id_number),
    cmocka_unit_test (heads_are_on_every_page_and_a_thousand_people_are_printed),
    cmocka_unit_test (a_hostile_name_is_a_name),
  };
  return cmocka_run_group_tests_name ("sign-in", tests, set_up, tear_down);
}
