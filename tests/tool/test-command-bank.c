/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-bank.c */
#include "tool/commands.h"

#include "way.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)

static const char *const endings[] = { ".jkbank", ".jkkeys", ".jkbank.key" };

static int
build (JkTestWay *way, const char *authority, const char *secrets, const char *out)
{
  return jk_test_said_run (way->said,
                           "bank",
                           "build",
                           "--authority",
                           PATH (authority),
                           "--centre",
                           PATH ("office/centre.jkpub"),
                           "--out",
                           PATH (out),
                           "--secrets",
                           PATH (secrets),
                           PATH ("bank/bank.ini"),
                           NULL);
}

static guint
count_made (JkTestWay *way, const char *out)
{
  guint n_made = 0;

  for (guint n = 0; n < G_N_ELEMENTS (endings); n++) {
    g_autofree char *name = g_strconcat (out, endings[n], NULL);
    n_made += jk_test_way_has (way, name) ? 1 : 0;
  }
  return n_made;
}

static const char *
put_broken (JkTestWay *way)
{
  g_autofree char *ini = NULL;

  assert_true (g_file_get_contents (PATH ("bank/bank.ini"), &ini, NULL, NULL));
  jk_test_way_put (way, "broken/items.gift", "// [id:A-A-1]\n题干{\n=甲\n=乙\n}\n");
  return jk_test_way_put (way, "broken/bank.ini", ini);
}

static void
a_good_source_is_counted (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way, JK_EXIT_OK, "bank", "check", PATH ("bank/bank.ini"), NULL);
  assert_non_null (strstr (way->said->out,
                           "sections: 3\nelements: 12\nitems: 12\nsingle: 6\nmultiple: 3\n"
                           "judge: 3\ncell: "));
  jk_test_way_expect (way, JK_EXIT_OK, "bank", "check", "--json", PATH ("bank/bank.ini"), NULL);
  jk_test_said_check_json (way->said, FALSE);
}

static const char surveyed[] =
    "// [id:s1] [tag:point:A-1] [tag:difficulty:1]\n来电接入的第一步是（ ）。{~排队 =导航}\n\n"
    "// [id:s2] [tag:point:A-2] [tag:difficulty:2]\n工单要写明（ ）。{~甲 ~乙 ~丙 ~丁 ~己 =戊}\n\n"
    "// [id:m1] [tag:point:B-1] [tag:difficulty:2]\n属于外呼的有（ ）。{~%50%回访 ~%50%营销}\n\n"
    "// [id:j1] [tag:point:B-1] [tag:difficulty:5]\n座席与客户争辩。{F}\n\n"
    "// [id:j2] [tag:point:B-1] [tag:difficulty:5]\n座席和客户争辩。{F}\n";

static void
a_source_is_surveyed_and_notices_are_no_faults (void **state)
{
  JkTestWay *way = *state;
  const char *ini;

  jk_test_way_put (way, "surveyed/x.gift", surveyed);
  ini = jk_test_way_put (way,
                         "surveyed/bank.ini",
                         "[bank]\nname=x\nsources=x.gift\n[sections]\nA=a\nB=b\n"
                         "[elements]\nA-1=a;X\nA-2=b;X\nB-1=c;X\nB-2=d;Y\n");
  jk_test_way_expect (way, JK_EXIT_OK, "bank", "check", ini, NULL);
  assert_non_null (strstr (way->said->out,
                           "cell: A 2/0/0\ncell: B 0/1/2\n"
                           "difficulty-percent: 20.0/40.0/0.0/0.0/40.0\n"
                           "difficulty-percent-of-single: 50.0/50.0/0.0/0.0/0.0\n"
                           "difficulty-percent-of-multiple: 0.0/100.0/0.0/0.0/0.0\n"
                           "difficulty-percent-of-judge: 0.0/0.0/0.0/0.0/100.0\n"
                           "key-percent: 0.0/50.0/0.0/0.0/0.0/50.0\n"
                           "true-percent: 0.0\nrights-percent: 100.0/0.0/0.0/0.0\n"
                           "importance-percent: 75.0/25.0/0.0\n"
                           "items-per-element-mean: 1.2\nitems-per-element-min: 0\n"
                           "items-per-element-max: 3\nlike-pairs: 0\nnotices: 3\n"));
  assert_non_null (strstr (way->said->err, "elements B-2 without an item"));
  assert_non_null (strstr (way->said->err, "importance X:Y:Z of 3:1:0"));
  assert_non_null (strstr (way->said->err, "coverage: 4 elements"));
  jk_test_way_expect (way, JK_EXIT_OK, "--json", "bank", "check", ini, NULL);
  jk_test_said_check_json (way->said, FALSE);
  assert_non_null (strstr (way->said->out, "\"cell\":[\"A 2/0/0\",\"B 0/1/2\"]"));
  assert_non_null (strstr (way->said->out, "\"findings\":[{\"kind\":\"notice\""));
  assert_string_equal (way->said->err, "");
}

static void
faults_of_a_source_are_findings (void **state)
{
  JkTestWay *way = *state;
  const char *broken = put_broken (way);

  jk_test_way_expect (way, JK_EXIT_FINDINGS, "bank", "check", broken, NULL);
  assert_non_null (strstr (way->said->err, "items.gift: line 1"));
  assert_string_equal (way->said->out, "");
  jk_test_way_expect (way, JK_EXIT_FINDINGS, "bank", "check", "--json", broken, NULL);
  jk_test_said_check_json (way->said, FALSE);
  jk_test_way_expect (way, JK_EXIT_FINDINGS, "bank", "check", PATH ("none.ini"), NULL);
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "bank",
                      "build",
                      "--authority",
                      PATH ("office/authority.jkkey"),
                      "--centre",
                      PATH ("office/centre.jkpub"),
                      "--out",
                      PATH ("faulty"),
                      "--secrets",
                      PATH ("secrets/office"),
                      broken,
                      NULL);
  assert_int_equal (count_made (way, "faulty"), 0);
}

static void
a_bank_has_three_files (void **state)
{
  JkTestWay *way = *state;
  struct stat info;

  assert_int_equal (build (way, "office/authority.jkkey", "secrets/office", "new"), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "items: 12\n"));
  assert_non_null (strstr (way->said->out, "new.jkbank.key\n"));
  assert_int_equal (count_made (way, "new"), 3);
  assert_int_equal (stat (PATH ("new.jkbank.key"), &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
a_build_with_json_prints_one_object (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "--json",
                      "bank",
                      "build",
                      "--authority",
                      PATH ("office/authority.jkkey"),
                      "--centre",
                      PATH ("office/centre.jkpub"),
                      "--centre",
                      PATH ("other/centre.jkpub"),
                      "--bank-version",
                      "2 修订",
                      "--out",
                      PATH ("objects"),
                      "--secrets",
                      PATH ("secrets/office"),
                      PATH ("bank/bank.ini"),
                      NULL);
  assert_non_null (strstr (way->said->out, "\"version\":\"2 修订\""));
  assert_string_equal (way->said->err, "");
  jk_test_said_check_json (way->said, FALSE);
}

static void
an_existing_file_stops_the_build_before_any_work (void **state)
{
  JkTestWay *way = *state;

  for (guint n = 0; n < G_N_ELEMENTS (endings); n++) {
    g_autofree char *stem = g_strdup_printf ("taken-%u", n);
    g_autofree char *name = g_strconcat (stem, endings[n], NULL);
    g_autofree char *text = NULL;

    jk_test_way_put (way, name, "precious");
    assert_int_equal (build (way, "office/authority.jkkey", "secrets/none", stem), JK_EXIT_STORAGE);
    assert_non_null (strstr (way->said->err, name));
    assert_int_equal (count_made (way, stem), 1);
    assert_true (g_file_get_contents (PATH (name), &text, NULL, NULL));
    assert_string_equal (text, "precious");
  }
}

static void
keys_and_secrets_are_judged_by_class (void **state)
{
  JkTestWay *way = *state;

  assert_int_equal (build (way, "office/authority.jkkey", "secrets/wrong", "none"), JK_EXIT_SECRET);
  assert_int_equal (build (way, "office/authority.jkpub", "secrets/office", "none"),
                    JK_EXIT_REFUSED);
  assert_int_equal (build (way, "office/none.jkkey", "secrets/office", "none"), JK_EXIT_STORAGE);
  assert_int_equal (count_made (way, "none"), 0);
  jk_test_way_expect (way, JK_EXIT_USAGE, "bank", "build", "--out", "x", "bank.ini", NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "bank",
                      "build",
                      "--out",
                      "x",
                      "--authority",
                      "a",
                      "bank.ini",
                      NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "bank", "build", "--authority", "a", "bank.ini", NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "bank",
                      "build",
                      "--out",
                      "x",
                      "--authority",
                      "a",
                      "--centre",
                      "c",
                      "--bank-version",
                      "a\nb",
                      "bank.ini",
                      NULL);
}

static void
a_disk_that_fails_leaves_no_half_bank (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  guint n_failed = 0;

  for (guint n = 1; n < 2000; n++) {
    g_autofree char *stem = g_strdup_printf ("torn-%u", n);
    int exit_code;

    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    exit_code = build (way, "office/authority.jkkey", "secrets/office", stem);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    assert_int_equal (count_made (way, stem), exit_code == JK_EXIT_OK ? 3 : 0);
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 20, 1900);
}

static void
show (JkTestWay *way, int exit_code, const char *pinned, const char *file, const char *json)
{
  jk_test_way_expect (way,
                      exit_code,
                      "bank",
                      "show",
                      "--authorities",
                      PATH (pinned),
                      file,
                      json,
                      NULL);
}

static void
a_bank_is_shown_once_it_is_verified (void **state)
{
  JkTestWay *way = *state;

  show (way, JK_EXIT_OK, "pinned", PATH ("office/bank.jkbank"), NULL);
  assert_non_null (strstr (way->said->out,
                           "scope: library\nsigner: pinned for rehearsals\nitems: 12\ndigest: "));
  show (way, JK_EXIT_OK, "pinned", PATH ("office/bank.jkbank"), "--json");
  jk_test_said_check_json (way->said, FALSE);
}

static void
a_changed_cut_or_foreign_bank_is_refused (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bytes = NULL;
  g_autofree char *other = NULL;
  gsize size;

  assert_true (g_file_get_contents (PATH ("office/bank.jkbank"), &bytes, &size, NULL));
  bytes[size - 9] ^= 1;
  assert_true (g_file_set_contents (PATH ("changed.jkbank"), bytes, (gssize) size, NULL));
  show (way, JK_EXIT_REFUSED, "pinned", PATH ("changed.jkbank"), NULL);
  assert_non_null (strstr (way->said->err, "changed.jkbank"));
  assert_string_equal (way->said->out, "");
  assert_true (g_file_set_contents (PATH ("cut.jkbank"), bytes, (gssize) size - 8, NULL));
  show (way, JK_EXIT_REFUSED, "pinned", PATH ("cut.jkbank"), NULL);
  show (way, JK_EXIT_REFUSED, "pinned", PATH ("office/bank.jkkeys"), NULL);
  show (way, JK_EXIT_STORAGE, "pinned", PATH ("none.jkbank"), NULL);
  show (way, JK_EXIT_STORAGE, "nowhere", PATH ("office/bank.jkbank"), NULL);

  assert_true (g_file_get_contents (PATH ("other/authority.jkpub"), &other, NULL, NULL));
  jk_test_way_put (way, "strange/other.jkpub", other);
  show (way, JK_EXIT_REFUSED, "strange", PATH ("office/bank.jkbank"), "--json");
  assert_non_null (strstr (way->said->out, "bank.jkbank"));
  jk_test_said_check_json (way->said, FALSE);
  jk_test_way_expect (way, JK_EXIT_USAGE, "bank", "show", PATH ("office/bank.jkbank"), NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_source_is_counted),
    cmocka_unit_test (a_source_is_surveyed_and_notices_are_no_faults),
    cmocka_unit_test (faults_of_a_source_are_findings),
    cmocka_unit_test (a_bank_has_three_files),
    cmocka_unit_test (a_build_with_json_prints_one_object),
    cmocka_unit_test (an_existing_file_stops_the_build_before_any_work),
    cmocka_unit_test (keys_and_secrets_are_judged_by_class),
    cmocka_unit_test (a_disk_that_fails_leaves_no_half_bank),
    cmocka_unit_test (a_bank_is_shown_once_it_is_verified),
    cmocka_unit_test (a_changed_cut_or_foreign_bank_is_refused),
  };

  return cmocka_run_group_tests_name ("command-bank",
                                      tests,
                                      jk_test_way_setup_bank,
                                      jk_test_way_teardown);
}
