/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/plan-tables.c */
#include "plan/plan.h"
#include "plan/shipped.h"

static const char small[] = "[plan]\n"
                            "title=t\noccupation=o\noccupation-code=c\nissuer=i\nplace=p\n"
                            "issued=2021-01-01\n"
                            "[theory]\nname=n\nduration-min=90\n"
                            "[document-id]\nname=ID\n"
                            "[level-4]\nname=四级\ntitle=x\nin-scope=true\nfee-total=3\n"
                            "fee-theory=1\nfee-practical=2\ndocuments=id\n"
                            "[level-3]\nname=三级\ntitle=y\nfee-total=1\nfee-theory=1\n"
                            "[path-4-1]\ntext=t\nkind=work\nyears=1\ndocuments=id\n"
                            "[path-4-2]\ntext=t\nkind=education\ndocuments=id\n"
                            "[batch-1]\ndate=2021-04-24\ndeadline=2021-04-11\nlevel=4\n"
                            "status=planned\n";

static void
a_small_plan_is_enough (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkPlan) plan = jk_plan_parse ("plan.ini", small, report);

  assert_non_null (plan);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_plan_get_practical_minutes (plan), 0);
  assert_int_equal (jk_plan_get_n_contacts (plan), 0);
  assert_int_equal (jk_plan_get_n_precautions (plan), 0);
}

static void
every_fault_is_found_at_its_line (void **state)
{
  static const char *const changes[][4] = {
    { "fee-total=3", "fee-total=4", "a total of 4 yuan where the parts make 3", "the sum" },
    { "fee-practical=2", "fee-practical=x", "fee-practical = x", "a whole number" },
    { "documents=id\n[level-3]", "documents=ID\n[level-3]", "document “ID”", "[document-ID]" },
    { "years=1\ndocuments=id", "years=1\ndocuments=id;no", "document “no”", "[document-ID]" },
    { "kind=work", "kind=work;luck", "kind “luck”", "work, education" },
    { "kind=education\n", "kind=education\nyears=2\n", "without work", "where kind has work" },
    { "years=1\n", "", "no key “years”", "a whole number" },
    { "years=1\n", "years=0\n", "years = 0", "from 1 to 60" },
    { "[path-4-2]", "[path-2-2]", "a path of level 2", "[level-N]" },
    { "[path-4-2]", "[path-4-0]", "[path-4-0]", "a group of this kind" },
    { "[path-4-2]", "[path-4-100]", "[path-4-100]", "a group of this kind" },
    { "[path-4-2]", "[path-4]", "[path-4]", "a group of this kind" },
    { "[path-4-2]", "[path-04-2]", "[path-04-2]", "a group of this kind" },
    { "[level-3]", "[level-6]", "[level-6]", "a group of this kind" },
    { "[level-3]", "[level-3x]", "[level-3x]", "a group of this kind" },
    { "[document-id]\n", "[document-]\nname=x\n[document-id]\n", "[document-]", "a group" },
    { "level=4", "level=3", "level 3, which this plan does not certify", "in-scope = true" },
    { "level=4", "level=5", "level 5, which this plan does not certify", "in-scope = true" },
    { "deadline=2021-04-11", "deadline=2021-04-24", "on or after", "before the day" },
    { "deadline=2021-04-11", "deadline=2021-4-11", "deadline = 2021-4-11", "a day as" },
    { "status=planned", "status=maybe", "status = maybe", "planned, changed or cancelled" },
    { "status=planned", "status=changed", "no key “original-date”", "a day as" },
    { "status=planned",
      "status=changed\noriginal-date=2021-04-24",
      "the same day",
      "other than date" },
    { "status=planned",
      "status=planned\noriginal-date=2021-04-17",
      "was not moved",
      "status = changed only" },
    { "in-scope=true", "in-scope=maybe", "in-scope = maybe", "true or false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *bad = changed (small, changes[i][0], changes[i][1]);
    g_autoptr (JkReport) report = jk_report_new ();
    assert_null (jk_plan_parse ("plan.ini", bad, report));
    g_autofree char *text = jk_report_dup_text (report);
    if (strstr (text, changes[i][2]) == NULL || strstr (text, changes[i][3]) == NULL)
      fail_msg ("wanted “%s” and “%s”, not:\n%s", changes[i][2], changes[i][3], text);
    assert_non_null (strstr (text, "plan.ini: line "));
  }
}

static void
a_moved_batch_keeps_its_original_date (void **state)
{
  g_autofree char *text =
      changed (small, "status=planned", "status=changed\noriginal-date=2021-04-17");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkPlan) plan = jk_plan_parse ("plan.ini", text, report);

  assert_non_null (plan);
  assert_int_equal (jk_plan_get_batch (plan, 0)->status, JK_BATCH_MOVED);
}

static void
a_cancelled_batch_is_read (void **state)
{
  g_autofree char *text = changed (small, "status=planned", "status=cancelled");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkPlan) plan = jk_plan_parse ("plan.ini", text, report);

  assert_non_null (plan);
  assert_int_equal (jk_plan_get_batch (plan, 0)->status, JK_BATCH_CANCELLED);
}

static void
a_plan_without_batches_levels_or_paths_is_refused (void **state)
{
  g_autofree char *text = g_strndup (small, (gsize) (strstr (small, "[path-4-1]") - small));
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (jk_plan_parse ("plan.ini", text, report));
  g_autofree char *found = jk_report_dup_text (report);
  assert_int_equal (jk_report_get_n_faults (report), 2);
  assert_non_null (strstr (found, "no eligibility path for level 4"));
  assert_non_null (strstr (found, "no batch"));

  g_autofree char *less = g_strndup (small, (gsize) (strstr (small, "[level-4]") - small));
  g_autoptr (JkReport) second = jk_report_new ();
  assert_null (jk_plan_parse ("plan.ini", less, second));
  g_autofree char *more = jk_report_dup_text (second);
  assert_non_null (strstr (more, "no level in scope"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_small_plan_is_enough),
    cmocka_unit_test (every_fault_is_found_at_its_line),
    cmocka_unit_test (a_moved_batch_keeps_its_original_date),
    cmocka_unit_test (a_cancelled_batch_is_read),
    cmocka_unit_test (a_plan_without_batches_levels_or_paths_is_refused),
  };
  return cmocka_run_group_tests_name ("plan-tables", tests, NULL, NULL);
}
