/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-key.c */
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
new_key (JkTestWay *way, const char *kind, const char *name, const char *path)
{
  return jk_test_said_run (way->said,
                           "key",
                           "new",
                           "--kind",
                           kind,
                           "--name",
                           name,
                           "--secrets",
                           PATH ("secrets/new-centre"),
                           PATH (path),
                           NULL);
}

static void
a_key_has_two_files_and_six_letters (void **state)
{
  JkTestWay *way = *state;
  struct stat info;

  assert_int_equal (new_key (way, "centre", "中心", "fresh"), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "kind: centre\nname: 中心\ncheck: "));
  assert_int_equal (stat (PATH ("fresh.jkkey"), &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_int_equal (stat (PATH ("fresh.jkpub"), &info), 0);
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "key",
                      "check",
                      "--secrets",
                      PATH ("secrets/new-centre"),
                      PATH ("fresh.jkkey"),
                      NULL);
  jk_test_way_expect (way, JK_EXIT_OK, "key", "show", "--json", PATH ("fresh.jkpub"), NULL);
  jk_test_said_check_json (way->said, FALSE);
}

static void
an_existing_key_is_never_replaced (void **state)
{
  static const char *const endings[] = { ".jkkey", ".jkpub" };
  JkTestWay *way = *state;

  for (guint n = 0; n < G_N_ELEMENTS (endings); n++) {
    g_autofree char *stem = g_strdup_printf ("taken-%u", n);
    g_autofree char *name = g_strconcat (stem, endings[n], NULL);
    g_autofree char *other = g_strconcat (stem, endings[1 - n], NULL);
    g_autofree char *text = NULL;

    jk_test_way_put (way, name, "precious");
    assert_int_equal (new_key (way, "centre", "n", stem), JK_EXIT_STORAGE);
    assert_non_null (strstr (way->said->err, name));
    assert_true (g_file_get_contents (PATH (name), &text, NULL, NULL));
    assert_string_equal (text, "precious");
    assert_false (jk_test_way_has (way, other));
  }
}

static void
wrong_use_makes_nothing (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *long_name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'x');

  assert_int_equal (new_key (way, "king", "n", "none"), JK_EXIT_USAGE);
  assert_int_equal (new_key (way, "centre", "", "none"), JK_EXIT_USAGE);
  assert_int_equal (new_key (way, "centre", " n", "none"), JK_EXIT_USAGE);
  assert_int_equal (new_key (way, "centre", "a\nb", "none"), JK_EXIT_USAGE);
  assert_int_equal (new_key (way, "centre", "\xff", "none"), JK_EXIT_USAGE);
  assert_int_equal (new_key (way, "centre", long_name, "none"), JK_EXIT_USAGE);
  jk_test_way_expect (way, JK_EXIT_USAGE, "key", "new", "--kind", "centre", "none", NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "key", "new", "--name", "centre", "none", NULL);
  assert_false (jk_test_way_has (way, "none.jkkey"));
  assert_false (jk_test_way_has (way, "none.jkpub"));
}

static void
new_with_secrets (JkTestWay *way, int exit_code, const char *secrets)
{
  jk_test_way_expect (way,
                      exit_code,
                      "key",
                      "new",
                      "--kind",
                      "centre",
                      "--name",
                      "n",
                      "--secrets",
                      secrets,
                      PATH ("none"),
                      NULL);
  assert_false (jk_test_way_has (way, "none.jkkey"));
}

static void
secrets_must_be_there_long_enough_and_private (void **state)
{
  JkTestWay *way = *state;
  const char *open_to_all = jk_test_way_put (way, "secrets/open", "passphrase=long enough it is\n");

  assert_int_equal (chmod (open_to_all, 0644), 0);
  new_with_secrets (way, JK_EXIT_REFUSED, open_to_all);
  new_with_secrets (way, JK_EXIT_STORAGE, PATH ("secrets/none"));
  new_with_secrets (way, JK_EXIT_SECRET, PATH ("secrets/office"));
  new_with_secrets (way,
                    JK_EXIT_USAGE,
                    jk_test_way_put (way, "secrets/short", "passphrase=123456789\n"));
}

static void
a_disk_that_fails_leaves_no_half_key (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  guint n_failed = 0;

  for (guint n = 1; n < 1000; n++) {
    g_autofree char *stem = g_strdup_printf ("torn-%u", n);
    g_autofree char *secret = g_strconcat (stem, ".jkkey", NULL);
    g_autofree char *shown = g_strconcat (stem, ".jkpub", NULL);
    int exit_code;

    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    exit_code = new_key (way, "centre", "n", stem);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    if (exit_code != JK_EXIT_OK) {
      assert_int_equal (exit_code, JK_EXIT_STORAGE);
      assert_false (jk_test_way_has (way, secret));
      assert_false (jk_test_way_has (way, shown));
    }
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 8, 900);
}

static void
a_wrong_passphrase_is_told (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_SECRET,
                      "key",
                      "check",
                      "--secrets",
                      PATH ("secrets/wrong"),
                      PATH ("office/centre.jkkey"),
                      NULL);
  assert_null (strstr (way->said->err, "something quite else"));
  jk_test_way_expect (way,
                      JK_EXIT_SECRET,
                      "key",
                      "check",
                      "--secrets",
                      PATH ("secrets/office"),
                      PATH ("office/centre.jkkey"),
                      NULL);
}

static void
what_is_no_key_is_refused (void **state)
{
  JkTestWay *way = *state;
  const char *nonsense = jk_test_way_put (way, "nonsense.jkkey", "nonsense");

  jk_test_way_expect (way,
                      JK_EXIT_REFUSED,
                      "key",
                      "check",
                      "--json",
                      "--secrets",
                      PATH ("secrets/new-centre"),
                      nonsense,
                      NULL);
  jk_test_said_check_json (way->said, FALSE);
  jk_test_way_expect (way, JK_EXIT_REFUSED, "key", "show", nonsense, NULL);
  jk_test_way_expect (way, JK_EXIT_STORAGE, "key", "show", PATH ("none.jkpub"), NULL);
  jk_test_way_expect (way,
                      JK_EXIT_STORAGE,
                      "key",
                      "check",
                      "--secrets",
                      PATH ("secrets/new-centre"),
                      PATH ("none.jkkey"),
                      NULL);
  jk_test_way_expect (way,
                      JK_EXIT_STORAGE,
                      "key",
                      "check",
                      "--secrets",
                      PATH ("secrets/none"),
                      PATH ("office/centre.jkkey"),
                      NULL);
}

static void
show_answers (JkTestWay *way,
              int exit_code,
              const char *centre,
              const char *pinned,
              const char *secrets,
              const char *json)
{
  jk_test_way_expect (way,
                      exit_code,
                      "key",
                      "show",
                      "--centre",
                      PATH (centre),
                      "--authorities",
                      PATH (pinned),
                      "--secrets",
                      PATH (secrets),
                      PATH ("office/bank.jkkeys"),
                      json,
                      NULL);
}

static void
the_centre_reads_every_right_answer (void **state)
{
  JkTestWay *way = *state;
  g_auto (GStrv) lines = NULL;

  show_answers (way, JK_EXIT_OK, "office/centre.jkkey", "pinned", "secrets/office", NULL);
  lines = g_strsplit (way->said->out, "\n", -1);
  assert_int_equal (g_strv_length (lines), JK_TEST_EXAM_ITEMS + 1);
  for (guint n = 0; n < JK_TEST_EXAM_ITEMS; n++) {
    const char *tab = strchr (lines[n], '\t');
    assert_non_null (tab);
    assert_in_range (strspn (tab + 1, "ABCD"), 1, 4);
  }
  show_answers (way, JK_EXIT_OK, "office/centre.jkkey", "pinned", "secrets/office", "--json");
  jk_test_said_check_json (way->said, TRUE);
}

static void
answers_are_shown_to_nobody_else (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *other = NULL;

  show_answers (way, JK_EXIT_SECRET, "other/centre.jkkey", "pinned", "secrets/office", NULL);
  assert_string_equal (way->said->out, "");
  show_answers (way, JK_EXIT_SECRET, "office/centre.jkkey", "pinned", "secrets/wrong", NULL);
  show_answers (way, JK_EXIT_STORAGE, "office/centre.jkkey", "nowhere", "secrets/office", NULL);
  assert_true (g_file_get_contents (PATH ("other/authority.jkpub"), &other, NULL, NULL));
  jk_test_way_put (way, "strange/other.jkpub", other);
  show_answers (way, JK_EXIT_REFUSED, "office/centre.jkkey", "strange", "secrets/office", NULL);
  assert_non_null (strstr (way->said->err, "bank.jkkeys"));
  jk_test_way_expect (way, JK_EXIT_USAGE, "key", "show", PATH ("office/bank.jkkeys"), NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "key",
                      "show",
                      "--centre",
                      PATH ("office/centre.jkkey"),
                      PATH ("office/bank.jkkeys"),
                      NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_key_has_two_files_and_six_letters),
    cmocka_unit_test (an_existing_key_is_never_replaced),
    cmocka_unit_test (wrong_use_makes_nothing),
    cmocka_unit_test (secrets_must_be_there_long_enough_and_private),
    cmocka_unit_test (a_disk_that_fails_leaves_no_half_key),
    cmocka_unit_test (a_wrong_passphrase_is_told),
    cmocka_unit_test (what_is_no_key_is_refused),
    cmocka_unit_test (the_centre_reads_every_right_answer),
    cmocka_unit_test (answers_are_shown_to_nobody_else),
  };

  return cmocka_run_group_tests_name ("command-key",
                                      tests,
                                      jk_test_way_setup_bank,
                                      jk_test_way_teardown);
}
