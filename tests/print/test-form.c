/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/form.c */
#include "print/form.h"
#include "print/printed.h"

static JkTestExam *exam;

static int
set_up (void **state)
{
  exam = jk_test_exam_new_with (&(JkTestExamOptions){ .rehearsal = TRUE });
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

static void
a_form_has_the_name_of_its_session_and_hall (void **state)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  static const char *const ends[JK_N_FORMS] = { "-01-sign-in.pdf",
                                                "-01-seating.pdf",
                                                "-01-record.pdf" };

  for (guint i = 0; i < JK_N_FORMS; i++) {
    g_autofree char *name = jk_form_dup_file_name (session, (JkForm) i);
    assert_int_equal (strlen (name), 6 + strlen (ends[i]));
    assert_true (g_str_has_prefix (name, jk_session_get_short_name (session)));
    assert_true (g_str_has_suffix (name, ends[i]));
  }
}

static void
draw (JkDocument *document, gconstpointer data)
{
  jk_form_draw_head (document, JK_FORM_SIGN_IN, data, 17);
  jk_form_draw_heading (document, "一、小标题");
  jk_form_draw_note (document, "说明文字");
  jk_form_draw_signatures (document);
}

static void
head_and_signatures_are_on_it (void **state)
{
  static const char *const wanted[] = {
    "签到表（试考）",
    ("场次：" JK_TEST_EXAM_NAME),
    "考场：01",
    "级别：",
    "开考时间：2021-04-24 09:00（90 分钟）",
    "应考：17人",
    "一、小标题",
    "说明文字",
    "主考签名：",
    "监考人员签名：",
    "第1页共1页",
  };
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jk_form_print (JK_FORM_SIGN_IN, session, draw, session, &error);
  g_auto (GStrv) pages = read_pages (pdf, error);
  g_autofree char *dense = dup_dense (pages[0]);

  assert_int_equal (g_strv_length (pages), 1);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *each = dup_dense (wanted[i]);
    if (strstr (dense, each) == NULL)
      fail_msg ("%s is not in\n%s", each, dense);
  }
  assert_non_null (strstr (dense, jk_session_get_short_name (session)));
}

static void
people_are_in_the_order_of_their_seats (void **state)
{
  JkPerson people[] = { { "", "临", "", "", "", .spare = TRUE },
                        { "", "无座", "", "", "" },
                        { "", "十", "", "10", "" },
                        { "", "九", "", "9", "" },
                        { "", "座临", "", "1", "", .spare = TRUE },
                        { "", "又九", "", "9", "" } };
  static const char *const order[] = { "九", "又九", "十", "无座", "座临", "临" };
  g_autoptr (JkRoll) roll = make_roll (people, G_N_ELEMENTS (people));
  g_autoptr (GPtrArray) sorted = jk_form_sort_people (roll);

  assert_int_equal (sorted->len, G_N_ELEMENTS (order));
  for (guint i = 0; i < sorted->len; i++)
    assert_string_equal (((const JkPerson *) g_ptr_array_index (sorted, i))->name, order[i]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_form_has_the_name_of_its_session_and_hall),
    cmocka_unit_test (head_and_signatures_are_on_it),
    cmocka_unit_test (people_are_in_the_order_of_their_seats),
  };
  return cmocka_run_group_tests_name ("form", tests, set_up, tear_down);
}
