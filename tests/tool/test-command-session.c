/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-session.c */
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

static int
build (JkTestWay *way,
       const char *bank,
       const char *authority,
       const char *secrets,
       const char *out,
       const char *ini,
       const char *json)
{
  return jk_test_said_run (way->said,
                           "session",
                           "build",
                           "--bank",
                           PATH (bank),
                           "--authority",
                           PATH (authority),
                           "--centre",
                           PATH ("office/centre.jkpub"),
                           "--out",
                           PATH (out),
                           "--secrets",
                           PATH (secrets),
                           PATH (ini),
                           json,
                           NULL);
}

static int
build_from (JkTestWay *way,
            const char *bank,
            const char *secrets,
            const char *out,
            const char *json)
{
  return build (way, bank, "office/authority.jkkey", secrets, out, "session.ini", json);
}

static guint
count_files (JkTestWay *way, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (PATH (folder), 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
a_session_has_its_files (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *envelopes = NULL;
  struct stat info;

  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/office", "first", NULL),
                    JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "session: " JK_TEST_EXAM_NAME "\nbuild: 1\n"));
  assert_non_null (strstr (way->said->out, "notice: 仅供测试\ncandidates: 6\n"));
  assert_non_null (strstr (way->said->out, "files: " JK_TEST_EXAM_NAME "-01.jksession\n"));
  assert_int_equal (count_files (way, "first"), 4);
  envelopes = jk_test_way_find (way, "first", "-envelopes.txt");
  assert_int_equal (stat (envelopes, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
a_build_with_json_prints_one_object (void **state)
{
  JkTestWay *way = *state;

  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/office", "objects", "--json"),
                    JK_EXIT_OK);
  jk_test_said_check_json (way->said, FALSE);
  assert_string_equal (way->said->err, "");
}

static void
a_session_is_never_built_over_another (void **state)
{
  JkTestWay *way = *state;

  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/office", "twice", NULL),
                    JK_EXIT_OK);
  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/office", "twice", NULL),
                    JK_EXIT_STORAGE);
  assert_int_equal (count_files (way, "twice"), 4);
}

static void
what_is_refused_leaves_no_file (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bank = NULL;
  g_autofree char *key = NULL;
  gsize size;

  assert_true (g_file_get_contents (PATH ("office/bank.jkbank"), &bank, &size, NULL));
  bank[size - 9] ^= 1;
  assert_true (g_file_set_contents (PATH ("changed.jkbank"), bank, (gssize) size, NULL));
  assert_true (g_file_get_contents (PATH ("office/bank.jkbank.key"), &key, &size, NULL));
  assert_true (g_file_set_contents (PATH ("changed.jkbank.key"), key, (gssize) size, NULL));

  assert_int_equal (build_from (way, "changed.jkbank", "secrets/office", "no", NULL),
                    JK_EXIT_REFUSED);
  assert_int_equal (build_from (way, "none.jkbank", "secrets/office", "no", NULL), JK_EXIT_STORAGE);
  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/wrong", "no", NULL),
                    JK_EXIT_SECRET);
  assert_int_equal (build_from (way, "office/bank.jkbank", "secrets/none", "no", NULL),
                    JK_EXIT_STORAGE);
  assert_int_equal (build (way,
                           "office/bank.jkbank",
                           "office/centre.jkkey",
                           "secrets/office",
                           "no",
                           "session.ini",
                           NULL),
                    JK_EXIT_SECRET);
  assert_int_equal (count_files (way, "no"), 0);
}

static void
faults_of_the_sources_are_findings (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (PATH ("session.ini"), &text, NULL, NULL));
  memcpy (strstr (text, "roster.csv"), "rostex.csv", strlen ("roster.csv"));
  jk_test_way_put (way, "broken.ini", text);
  assert_int_equal (build (way,
                           "office/bank.jkbank",
                           "office/authority.jkkey",
                           "secrets/office",
                           "no",
                           "broken.ini",
                           NULL),
                    JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "rostex.csv"));
  assert_int_equal (build (way,
                           "office/bank.jkbank",
                           "office/authority.jkkey",
                           "secrets/office",
                           "no",
                           "broken.ini",
                           "--json"),
                    JK_EXIT_FINDINGS);
  jk_test_said_check_json (way->said, FALSE);
  assert_int_equal (count_files (way, "no"), 0);
}

static void
a_disk_that_fails_leaves_no_half_session (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  guint n_failed = 0;

  /* Each third call, so that the test stays short. */
  for (guint n = 1; n < 5000; n += 3) {
    g_autofree char *folder = g_strdup_printf ("torn-%u", n);
    int exit_code;

    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    exit_code = build_from (way, "office/bank.jkbank", "secrets/office", folder, NULL);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    assert_int_equal (count_files (way, folder), exit_code == JK_EXIT_OK ? 4 : 0);
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 10, 1600);
}

static void
needed_options_are_asked_for (void **state)
{
  JkTestWay *way = *state;
  const char *const all[] = { "--bank", "b",     "--authority", "a",         "--centre",
                              "c",      "--out", "o",           "--secrets", "nofile" };

  for (guint left_out = 0; left_out < 8; left_out += 2) {
    const char *arguments[16] = { "session", "build" };
    guint n = 2;
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      if (i / 2 != left_out / 2)
        arguments[n++] = all[i];
    arguments[n] = "session.ini";
    assert_int_equal (jk_test_said_run_list (way->said, arguments), JK_EXIT_USAGE);
    assert_non_null (strstr (way->said->err, all[left_out]));
  }
  jk_test_way_expect (way, JK_EXIT_USAGE, "session", "show", "x.jksession", NULL);
}

static void
show (JkTestWay *way, int exit_code, const char *pinned, const char *file, const char *json)
{
  jk_test_way_expect (way,
                      exit_code,
                      "session",
                      "show",
                      "--authorities",
                      PATH (pinned),
                      file,
                      json,
                      NULL);
}

static void
a_session_is_shown_once_it_is_verified (void **state)
{
  JkTestWay *way = *state;

  show (way, JK_EXIT_OK, "pinned", way->session, NULL);
  assert_non_null (strstr (way->said->out, "session: " JK_TEST_EXAM_NAME "\n"));
  assert_non_null (strstr (way->said->out,
                           "hall: 01\nstarts: 2021-04-24T09:00\nbuild: 1\n"
                           "rehearsal: yes (试考)\n"));
  assert_non_null (strstr (way->said->out, "duration-min: 90\nitems: 6\n"));
  assert_non_null (strstr (way->said->out, "records: 8\nphotos: 2\n"));
  show (way, JK_EXIT_OK, "pinned", way->session, "--json");
  jk_test_said_check_json (way->said, FALSE);
}

static void
a_changed_or_foreign_session_is_refused (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bytes = NULL;
  g_autofree char *other = NULL;
  gsize size;

  assert_true (g_file_get_contents (way->session, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  assert_true (g_file_set_contents (PATH ("changed.jksession"), bytes, (gssize) size, NULL));
  show (way, JK_EXIT_REFUSED, "pinned", PATH ("changed.jksession"), NULL);
  show (way, JK_EXIT_REFUSED, "pinned", PATH ("office/bank.jkbank"), NULL);
  show (way, JK_EXIT_STORAGE, "pinned", PATH ("none.jksession"), "--json");
  jk_test_said_check_json (way->said, FALSE);
  assert_true (g_file_get_contents (PATH ("other/authority.jkpub"), &other, NULL, NULL));
  jk_test_way_put (way, "strange/other.jkpub", other);
  show (way, JK_EXIT_REFUSED, "strange", way->session, NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_session_has_its_files),
    cmocka_unit_test (a_build_with_json_prints_one_object),
    cmocka_unit_test (a_session_is_never_built_over_another),
    cmocka_unit_test (what_is_refused_leaves_no_file),
    cmocka_unit_test (faults_of_the_sources_are_findings),
    cmocka_unit_test (a_disk_that_fails_leaves_no_half_session),
    cmocka_unit_test (needed_options_are_asked_for),
    cmocka_unit_test (a_session_is_shown_once_it_is_verified),
    cmocka_unit_test (a_changed_or_foreign_session_is_refused),
  };

  return cmocka_run_group_tests_name ("command-session",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
