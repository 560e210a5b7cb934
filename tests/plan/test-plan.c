/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/plan.c, and of the plan that ships against domain.md section 1. */
#include "plan/plan.h"
#include "plan/shipped.h"

static JkPlan *
load (void)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  JkPlan *plan = jk_plan_parse (PLAN_FILE, text, report);
  g_autofree char *found = jk_report_dup_text (report);
  assert_string_equal (found, "");
  assert_non_null (plan);
  return plan;
}

static void
the_shipped_plan_names_itself (void **state)
{
  g_autoptr (JkPlan) plan = load ();

  assert_string_equal (jk_plan_get_title (plan), "呼叫中心服务员 2021 年职业技能等级认定计划");
  assert_string_equal (jk_plan_get_occupation (plan), "呼叫中心服务员");
  assert_string_equal (jk_plan_get_occupation_code (plan), "4-04-05-03");
  assert_string_equal (jk_plan_get_issuer (plan), "北京阿博泰克北大青鸟信息技术有限公司");
  assert_string_equal (jk_plan_get_place (plan),
                       "北大青鸟研修学院主楼（北京市海淀区上庄镇上庄路 117 号）");
}

static void
the_shipped_plan_has_its_contacts (void **state)
{
  static const char *const wanted[][2] = {
    { "registration", "zhiye.jb-aptech.com.cn" },
    { "enquiry", "zhiye.jb-apttech.com.cn" },
    { "complaint", "zhiye.jb-apttech.com.cn" },
    { "complaint-mail", "tousu@bdqn.cn" },
  };
  g_autoptr (JkPlan) plan = load ();

  assert_int_equal (jk_plan_get_n_contacts (plan), G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const char *label = NULL;
    assert_string_equal (jk_plan_get_contact (plan, i, &label), wanted[i][1]);
    assert_string_equal (label, wanted[i][0]);
    assert_non_null (jk_plan_get_contact (plan, i, NULL));
  }
}

static void
the_shipped_plan_has_its_levels_and_fees (void **state)
{
  static const JkPlanLevel wanted[] = {
    { "四级", "呼叫服务员", 4, TRUE, 300, 100, 200, 0 },
    { "三级", "助理呼叫服务师", 3, TRUE, 340, 100, 240, 0 },
    { "二级", "呼叫服务师", 2, FALSE, 670, 100, 280, 290 },
    { "一级", "高级呼叫服务师", 1, FALSE, 740, 100, 310, 330 },
  };
  g_autoptr (JkPlan) plan = load ();

  assert_int_equal (jk_plan_get_n_levels (plan), G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const JkPlanLevel *level = jk_plan_find_level (plan, wanted[i].number);
    assert_ptr_equal (level, jk_plan_get_level (plan, i));
    assert_string_equal (level->name, wanted[i].name);
    assert_string_equal (level->title, wanted[i].title);
    assert_int_equal (level->in_scope, wanted[i].in_scope);
    assert_int_equal (level->fee_total, wanted[i].fee_total);
    assert_int_equal (level->fee_theory, wanted[i].fee_theory);
    assert_int_equal (level->fee_practical, wanted[i].fee_practical);
    assert_int_equal (level->fee_review, wanted[i].fee_review);
  }
  assert_null (jk_plan_find_level (plan, 5));
}

static GDate
day (guint date)
{
  GDate value;
  g_date_clear (&value, 1);
  g_date_set_dmy (&value,
                  (GDateDay) (date % 100),
                  (GDateMonth) (date / 100 % 100),
                  (GDateYear) (date / 10000));
  return value;
}

static void
every_batch_is_a_saturday_and_its_deadline_the_sunday_13_days_before (void **state)
{
  static const guint wanted[][3] = {
    { 20210424, 20210411, 4 }, { 20210626, 20210613, 4 }, { 20210821, 20210808, 4 },
    { 20211023, 20211010, 3 }, { 20211127, 20211114, 4 },
  };
  g_autoptr (JkPlan) plan = load ();

  assert_int_equal (jk_plan_get_n_batches (plan), G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const JkPlanBatch *batch = jk_plan_get_batch (plan, i);
    assert_ptr_equal (batch, jk_plan_find_batch (plan, i + 1));
    assert_int_equal (batch->number, i + 1);
    assert_int_equal (batch->date, wanted[i][0]);
    assert_int_equal (batch->deadline, wanted[i][1]);
    assert_int_equal (batch->level, wanted[i][2]);
    assert_int_equal (batch->status, JK_BATCH_PLANNED);

    GDate exam = day (batch->date);
    GDate deadline = day (batch->deadline);
    assert_int_equal (g_date_get_weekday (&exam), G_DATE_SATURDAY);
    assert_int_equal (g_date_get_weekday (&deadline), G_DATE_SUNDAY);
    assert_int_equal (g_date_days_between (&deadline, &exam), 13);
  }
  assert_null (jk_plan_find_batch (plan, 6));
}

static void
the_shipped_plan_has_its_ten_paths (void **state)
{
  static const struct {
    const char *id, *kind;
    guint years;
    const char *part;
    guint n_documents;
  } wanted[] = {
    { "4-(1)", "work", 1, "在本职业连续工作 1 年以上", 2 },
    { "4-(2)", "education", 0, "以中级技能为培养目标", 2 },
    { "4-(3)", "training", 0, "呼叫服务员正规培训", 2 },
    { "3-(1)", "work", 6, "连续工作 6 年以上", 2 },
    { "3-(2)", "education", 0, "以高级技能为培养目标", 3 },
    { "3-(3)", "certificate+work", 4, "连续从事本职业工作 4 年以上", 3 },
    { "3-(4)", "certificate+work+training", 3, "连续从事本职业工作 3 年以上", 4 },
    { "3-(5)", "education", 0, "具有本专业大学专科", 3 },
    { "3-(6)", "education+work", 1, "具有非本专业大学专科", 4 },
    { "3-(7)", "education+training", 0, "助理呼叫服务师正规培训", 4 },
  };
  g_autoptr (JkPlan) plan = load ();

  assert_int_equal (jk_plan_get_n_paths (plan), G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const JkPlanPath *path = jk_plan_get_path (plan, i);
    assert_string_equal (path->id, wanted[i].id);
    assert_string_equal (path->kind, wanted[i].kind);
    assert_int_equal (path->years, wanted[i].years);
    assert_int_equal (path->level, wanted[i].id[0] - '0');
    assert_non_null (strstr (path->text, wanted[i].part));
    assert_int_equal (g_strv_length ((char **) path->documents), wanted[i].n_documents);
    assert_string_equal (path->documents[0], "有效身份证原件");
  }
}

static void
documents_of_a_path_are_names (void **state)
{
  g_autoptr (JkPlan) plan = load ();
  const JkPlanPath *path = jk_plan_find_path (plan, "3-(4)");

  assert_string_equal (path->documents[1], "考生个人签署的工作经历承诺书");
  assert_string_equal (path->documents[2], "呼叫服务员职业资格证书号或原件");
  assert_string_equal (path->documents[3], "考生个人签署的培训经历承诺书");
  assert_null (path->documents[4]);
}

static void
a_path_is_found_by_full_width_forms_too (void **state)
{
  g_autoptr (JkPlan) plan = load ();
  const JkPlanPath *path = jk_plan_find_path (plan, "4-(2)");

  assert_non_null (path);
  assert_ptr_equal (jk_plan_find_path (plan, "4－（２）"), path);
  assert_ptr_equal (jk_plan_find_path (plan, " 4-（2） "), path);
  assert_ptr_equal (jk_plan_find_path (plan, "4 - (2)"), path);
  assert_null (jk_plan_find_path (plan, "4-(4)"));
  assert_null (jk_plan_find_path (plan, ""));
}

static void
the_shipped_plan_has_90_and_30_minutes (void **state)
{
  g_autoptr (JkPlan) plan = load ();
  assert_int_equal (jk_plan_get_theory_minutes (plan), 90);
  assert_int_equal (jk_plan_get_practical_minutes (plan), 30);
}

static void
the_shipped_plan_has_ten_precautions (void **state)
{
  static const char *const parts[] = {
    "消毒",     "37.3度",         "全程佩戴口罩",   "免洗手消毒液", "键盘及鼠标",
    "不要聚集", "非必要不可外出", "考务办公室老师", "有序离开",     "不得进入考场",
  };
  g_autoptr (JkPlan) plan = load ();

  assert_int_equal (jk_plan_get_n_precautions (plan), G_N_ELEMENTS (parts));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_non_null (strstr (jk_plan_get_precaution (plan, i), parts[i]));
}

/* Each change makes exactly one fault, at a line, and no plan. */
static void
every_fault_is_found (void **state)
{
  static const char *const changes[][4] = {
    { "issued=2021-03-29", "issued=2021-02-29", "issued = 2021-02-29", "a day as" },
    { "occupation=", "occupatoin=", "occupatoin", "a key of this group" },
    { "\nurl=", "\nlink=x\nurl=", "link", "a key of this group" },
    { "[practical]", "[practicle]", "practicle", "a group of this kind" },
    { "duration-min=90", "duration-min=0", "duration-min = 0", "from 1 to 1440" },
    { "\n3=考生进入", "\n33=考生进入", "key “33”", "3: numbers from 1 without a hole" },
    { "enquiry=zhiye.jb-apttech.com.cn", "enquiry=", "enquiry", "a text" },
  };
  g_autofree char *text = shipped_text (PLAN_FILE);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *bad = changed (text, changes[i][0], changes[i][1]);
    g_autoptr (JkReport) report = jk_report_new ();
    assert_null (jk_plan_parse ("plan.ini", bad, report));
    g_autofree char *found = jk_report_dup_text (report);
    if (strstr (found, changes[i][2]) == NULL || strstr (found, changes[i][3]) == NULL)
      fail_msg ("wanted “%s” and “%s”, not:\n%s", changes[i][2], changes[i][3], found);
    assert_non_null (strstr (found, "plan.ini: line "));
  }
}

static void
all_faults_come_in_one_report (void **state)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autofree char *one = changed (text, "title=呼叫中心服务员 2021", "titel=呼叫中心服务员 2021");
  g_autofree char *two = changed (one, "fee-total=300", "fee-total=301");
  g_autofree char *three = changed (two, "date=2021-06-26", "date=2021-06-31");
  g_autofree char *four = changed (three, "kind=training", "kind=luck");
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (jk_plan_parse ("plan.ini", four, report));
  assert_int_equal (jk_report_get_n_faults (report), 5); /* a missing title and an unknown titel */
}

static void
what_is_no_key_file_is_refused (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (jk_plan_parse ("plan.ini", "", report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
  jk_plan_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_shipped_plan_names_itself),
    cmocka_unit_test (the_shipped_plan_has_its_contacts),
    cmocka_unit_test (the_shipped_plan_has_its_levels_and_fees),
    cmocka_unit_test (every_batch_is_a_saturday_and_its_deadline_the_sunday_13_days_before),
    cmocka_unit_test (the_shipped_plan_has_its_ten_paths),
    cmocka_unit_test (documents_of_a_path_are_names),
    cmocka_unit_test (a_path_is_found_by_full_width_forms_too),
    cmocka_unit_test (the_shipped_plan_has_90_and_30_minutes),
    cmocka_unit_test (the_shipped_plan_has_ten_precautions),
    cmocka_unit_test (every_fault_is_found),
    cmocka_unit_test (all_faults_come_in_one_report),
    cmocka_unit_test (what_is_no_key_file_is_refused),
  };
  return cmocka_run_group_tests_name ("plan", tests, NULL, NULL);
}
