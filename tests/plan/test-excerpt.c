/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/excerpt.c */
#include "plan/excerpt.h"
#include "plan/shipped.h"

static JkPlan *
load (void)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  JkPlan *plan = jk_plan_parse (PLAN_FILE, text, report);
  assert_non_null (plan);
  return plan;
}

static void
an_excerpt_says_what_the_plan_says (void **state)
{
  g_autoptr (JkPlan) plan = load ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *text = jk_excerpt_dup_text (plan, jk_plan_find_batch (plan, 4));
  g_autoptr (JkExcerpt) excerpt = jk_excerpt_parse ("e", text, report);

  assert_non_null (excerpt);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_string_equal (jk_excerpt_get_title (excerpt), jk_plan_get_title (plan));
  assert_string_equal (jk_excerpt_get_occupation (excerpt), "呼叫中心服务员");
  assert_string_equal (jk_excerpt_get_occupation_code (excerpt), "4-04-05-03");
  assert_string_equal (jk_excerpt_get_place (excerpt), jk_plan_get_place (plan));
  assert_string_equal (jk_excerpt_get_level_name (excerpt), "三级");
  assert_string_equal (jk_excerpt_get_level_title (excerpt), "助理呼叫服务师");
  assert_int_equal (jk_excerpt_get_level (excerpt), 3);
  assert_int_equal (jk_excerpt_get_batch (excerpt), 4);
  assert_int_equal (jk_excerpt_get_date (excerpt), 20211023);
  assert_string_equal (jk_excerpt_get_subject (excerpt), "理论知识考试");
  assert_int_equal (jk_excerpt_get_duration_min (excerpt), 90);
  assert_int_equal (jk_excerpt_get_n_precautions (excerpt), 10);
  for (guint i = 0; i < 10; i++)
    assert_string_equal (jk_excerpt_get_precaution (excerpt, i), jk_plan_get_precaution (plan, i));
  assert_non_null (strstr (text, "complaint-mail=tousu@bdqn.cn"));
}

static void
the_same_plan_gives_the_same_bytes (void **state)
{
  g_autoptr (JkPlan) plan = load ();
  g_autofree char *one = jk_excerpt_dup_text (plan, jk_plan_find_batch (plan, 1));
  g_autofree char *two = jk_excerpt_dup_text (plan, jk_plan_find_batch (plan, 1));
  assert_string_equal (one, two);
}

static void
every_fault_is_found (void **state)
{
  static const char *const changes[][4] = {
    { "batch=1", "batch=0", "batch = 0", "from 1 to 99" },
    { "date=2021-04-24", "date=today", "date = today", "a day as" },
    { "level=4", "level=9", "level = 9", "from 1 to 5" },
    { "duration-min=90", "duration-min=1441", "duration-min = 1441", "from 1 to 1440" },
    { "\n3=", "\n4444=", "4444", "a key of this group" },
    { "title=", "titel=", "titel", "a key of this group" },
    { "enquiry=zhiye.jb-apttech.com.cn", "enquiry=", "enquiry", "a text" },
  };
  g_autoptr (JkPlan) plan = load ();
  g_autofree char *text = jk_excerpt_dup_text (plan, jk_plan_find_batch (plan, 1));

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *bad = changed (text, changes[i][0], changes[i][1]);
    g_autoptr (JkReport) report = jk_report_new ();
    assert_null (jk_excerpt_parse ("e", bad, report));
    g_autofree char *found = jk_report_dup_text (report);
    assert_non_null (strstr (found, changes[i][2]));
    assert_non_null (strstr (found, changes[i][3]));
  }
}

static void
what_is_no_key_file_is_refused (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (jk_excerpt_parse ("e", "", report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
  jk_excerpt_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_excerpt_says_what_the_plan_says),
    cmocka_unit_test (the_same_plan_gives_the_same_bytes),
    cmocka_unit_test (every_fault_is_found),
    cmocka_unit_test (what_is_no_key_file_is_refused),
  };
  return cmocka_run_group_tests_name ("excerpt", tests, NULL, NULL);
}
