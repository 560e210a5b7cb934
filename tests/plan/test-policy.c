/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/policy.c */
#include "plan/policy.h"
#include "plan/shipped.h"

#define POLICY_FILE "data/policies/standard.ini"

static void
the_shipped_policy_is_that_of_the_domain_report (void **state)
{
  g_autofree char *text = shipped_text (POLICY_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  JkPolicy policy;

  assert_true (jk_policy_parse (POLICY_FILE, text, report, &policy));
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (policy.latest_entry_min, 25);
  assert_int_equal (policy.absent_after_min, 30);
  assert_int_equal (policy.earliest_hand_in_min, 30);
  assert_int_equal (policy.last_minutes_need_consent, 0);
  assert_int_equal (policy.n_warn, 3);
  assert_int_equal (policy.warn_at_min[0], 15);
  assert_int_equal (policy.warn_at_min[1], 5);
  assert_int_equal (policy.warn_at_min[2], 1);
  assert_int_equal (policy.gap_each_max_s, 180);
  assert_int_equal (policy.gaps_total_max_s, 600);
  assert_int_equal (policy.restarts_max, 3);
  assert_int_equal (policy.pass_percent, 60);
  assert_int_equal (policy.reading_s, 30);
  assert_int_equal (policy.login_tries, 5);
  assert_int_equal (policy.login_wait_s, 60);
  assert_int_equal (policy.login_wait_max_s, 480);
  assert_false (policy.show_score);
  assert_int_equal (policy.end, JK_END_OWN);
  assert_int_equal (policy.login_opens_min, 15);
  assert_int_equal (policy.window_min, 720);
  assert_int_equal (policy.zone_min, 480);
  assert_true (policy.late_shortens);
  assert_int_equal (policy.extension_max_min, 60);
  assert_int_equal (policy.credit_max_min, 60);
  assert_int_equal (policy.copy_age_max_s, 600);
  assert_false (policy.screen_reader);
}

static void
screen_readers_are_for_every_seat_only_where_a_policy_says_so (void **state)
{
  g_autofree char *text = shipped_text (POLICY_FILE);
  g_autofree char *with = changed (text, "\nscreen-reader=false", "\nscreen-reader=true");
  g_autofree char *without = changed (text, "\nscreen-reader=false", "");
  g_autoptr (JkReport) report = jk_report_new ();
  JkPolicy policy;

  assert_true (jk_policy_parse (POLICY_FILE, with, report, &policy));
  assert_true (policy.screen_reader);
  assert_true (jk_policy_parse (POLICY_FILE, without, report, &policy));
  assert_false (policy.screen_reader);
  assert_int_equal (jk_report_get_n (report), 0);
}

static void
every_fault_is_found (void **state)
{
  static const char *const changes[][4] = {
    { "\nlatest-entry-min=25", "", "no key “latest-entry-min”", "a whole number" },
    { "\nlatest-entry-min=25",
      "\nlatest-entry-min=31",
      "more than absent-after-min = 30",
      "rules" },
    { "\ngap-each-max-s=180", "\ngap-each-max-s=601", "more than gaps-total-max-s = 600", "rules" },
    { "\nlogin-wait-s=60", "\nlogin-wait-s=481", "more than login-wait-max-s = 480", "rules" },
    { "\nrestarts-max=3", "\nrestarts-max=-1", "restarts-max = -1", "from 0 to 100" },
    { "\npass-mark=60", "\npass-mark=101", "pass-mark = 101", "from 1 to 100" },
    { "\npass-mark=60", "\npass-mark=60\nbonus=1", "bonus", "a key of this group" },
    { "\nshow-score=false", "", "no key “show-score”", "true or false" },
    { "\nshow-score=false", "\nshow-score=no", "show-score = no", "true or false" },
    { "\nlate-shortens=true", "", "no key “late-shortens”", "true or false" },
    { "\nend=own", "\nend=never", "end = never", "own or common" },
    { "\nend=own", "", "no key “end”", "" },
    { "\nzone-min=480", "\nzone-min=900", "zone-min = 900", "from -840 to 840" },
    { "\ncredit-max-min=60", "", "no key “credit-max-min”", "a whole number" },
    { "\ncredit-max-min=60", "\ncredit-max-min=1441", "credit-max-min = 1441", "from 0 to 1440" },
    { "\ncopy-age-max-s=600", "", "no key “copy-age-max-s”", "a whole number" },
    { "\nscreen-reader=false", "\nscreen-reader=1", "screen-reader = 1", "true or false" },
    { "\nwindow-min=720", "\nwindow-min=29", "more than window-min = 29", "rules" },
    { "\nlogin-opens-min=15", "\nlogin-opens-min=721", "more than window-min = 720", "rules" },
    { "\nwarn-at-min=15;5;1", "\nwarn-at-min=15;x;1", "“x”", "each smaller" },
    { "\nwarn-at-min=15;5;1", "\nwarn-at-min=15;15", "“15” after “15”", "each smaller" },
    { "\nwarn-at-min=15;5;1", "\nwarn-at-min=9;8;7;6;5;4;3;2;1", "9 numbers", "each smaller" },
    { "\nwarn-at-min=15;5;1", "\nwarn-at-min=", "warn-at-min", "values with ;" },
  };
  g_autofree char *text = shipped_text (POLICY_FILE);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *bad = changed (text, changes[i][0], changes[i][1]);
    g_autoptr (JkReport) report = jk_report_new ();
    JkPolicy policy = { .reading_s = 7 };
    assert_false (jk_policy_parse (POLICY_FILE, bad, report, &policy));
    check_one_fault (report, changes[i][2], changes[i][3]);
    assert_int_equal (policy.reading_s, 7);
  }
}

static void
what_is_no_key_file_is_refused (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkPolicy policy;
  assert_false (jk_policy_parse ("p.ini", "", report, &policy));
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

static void
faults_of_an_earlier_file_do_not_count (void **state)
{
  g_autofree char *text = shipped_text (POLICY_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  JkPolicy policy;

  jk_report_add (report, JK_FINDING_FAULT, "other", "", "x", "y", "");
  assert_true (jk_policy_parse (POLICY_FILE, text, report, &policy));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_shipped_policy_is_that_of_the_domain_report),
    cmocka_unit_test (screen_readers_are_for_every_seat_only_where_a_policy_says_so),
    cmocka_unit_test (every_fault_is_found),
    cmocka_unit_test (what_is_no_key_file_is_refused),
    cmocka_unit_test (faults_of_an_earlier_file_do_not_count),
  };
  return cmocka_run_group_tests_name ("policy", tests, NULL, NULL);
}
