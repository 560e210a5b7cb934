/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-handin-new.c */
#include "tool/commands.h"

#include "closing-way.h"

#include <errno.h>

#define NOBODY G_MAXUINT

static void
a_sheet_is_made_once_and_named_by_number (void **state)
{
  JkTestWay *way = *state;
  const char *results = jk_test_way_path (way, "results");
  const char *room = put_room (way, "room.ini", NOBODY, "");

  check_exit (way, close_hall (way, results, room, "made", NULL), JK_EXIT_OK);
  g_autofree char *path = jk_test_way_find (way, "made", "-01-1.jkhandin");
  assert_non_null (strstr (way->said->out, path));
  assert_non_null (strstr (way->said->out, "number: 1\n"));
  assert_non_null (strstr (way->said->out, "rows: 6\n"));
  check_exit (way, close_hall (way, results, room, "made", NULL), JK_EXIT_STORAGE);
  check_exit (way, close_hall (way, results, room, "again", NULL), JK_EXIT_OK);
  g_autofree char *again = jk_test_way_find (way, "again", ".jkhandin");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  gsize sizes[2];
  assert_true (g_file_get_contents (path, &one, &sizes[0], NULL));
  assert_true (g_file_get_contents (again, &two, &sizes[1], NULL));
  assert_int_equal (sizes[0], sizes[1]);
  assert_memory_equal (one, two, sizes[0]);
  check_exit (way, close_hall (way, results, room, "objects", "--json", NULL), JK_EXIT_OK);
  jk_test_said_check_json (way->said, FALSE);
}

static void
who_signed_alone_is_said (void **state)
{
  JkTestWay *way = *state;
  const char *results = jk_test_way_path (way, "results");
  const char *room = put_room (way, "room.ini", NOBODY, "");

  check_exit (way, close_hall (way, results, room, "no", "--alone", NULL), JK_EXIT_USAGE);
  check_exit (way, close_hall (way, results, room, "no", "--second", "chief", NULL), JK_EXIT_USAGE);
  check_exit (way,
              close_hall (way, results, room, "no", "--second", "cleaner", NULL),
              JK_EXIT_USAGE);
  assert_false (jk_test_way_has (way, "no"));
  check_exit (way,
              close_hall (way, results, room, "alone", "--second", "spare-1", "--alone", NULL),
              JK_EXIT_OK);
  g_autofree char *path = jk_test_way_find (way, "alone", ".jkhandin");
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "handin",
                      "show",
                      "--session",
                      way->session,
                      "--authorities",
                      jk_test_way_path (way, "pinned"),
                      path,
                      NULL);
  assert_non_null (strstr (way->said->out, "SIGNED ALONE"));
}

static void
who_is_not_accounted_for_stops_the_sheet (void **state)
{
  JkTestWay *way = *state;
  const char *some = copy_results (way, "some", 1);
  const char *room = put_room (way, "short.ini", NOBODY, "");

  check_exit (way, close_hall (way, some, room, "no", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "seat 02, record 1"));
  check_exit (way, close_hall (way, some, room, "no", "--json", NULL), JK_EXIT_FINDINGS);
  jk_test_said_check_json (way->said, FALSE);
  room = put_room (way, "broken.ini", NOBODY, "[record 1]\nstate=gone\n");
  check_exit (way, close_hall (way, some, room, "no", NULL), JK_EXIT_FINDINGS);
  assert_false (jk_test_way_has (way, "no"));
}

static void
secrets_and_files_are_judged_by_class (void **state)
{
  JkTestWay *way = *state;
  const char *results = jk_test_way_path (way, "results");
  const char *room = put_room (way, "room.ini", NOBODY, "");
  const char *wrong = jk_test_way_put (way,
                                       "secrets/wrong-roles",
                                       "chief-passcode=04HM-ASW9-NF6YX\n"
                                       "proctor-passcode=04HM-ASW9-NF6YX\n");
  const char *office = jk_test_way_path (way, "secrets/office");
  const char *sheet = jk_test_way_path (way, "nowhere.jkhandin");

  check_exit (way, close_hall (way, results, room, "no", "--secrets", wrong, NULL), JK_EXIT_SECRET);
  check_exit (way,
              close_hall (way, results, room, "no", "--secrets", office, NULL),
              JK_EXIT_SECRET);
  check_exit (way, close_hall (way, sheet, room, "no", NULL), JK_EXIT_STORAGE);
  check_exit (way, close_hall (way, results, sheet, "no", NULL), JK_EXIT_STORAGE);
  check_exit (way, close_hall (way, results, room, "no", "--after", sheet, NULL), JK_EXIT_STORAGE);
  check_exit (way, close_hall (way, results, room, "no", "--session", room, NULL), JK_EXIT_REFUSED);
  copy_results (way, "bad", NOBODY);
  jk_test_way_put (way, "bad/x.jkresult", "garbage");
  check_exit (way,
              close_hall (way, jk_test_way_path (way, "bad"), room, "no", NULL),
              JK_EXIT_REFUSED);
  assert_false (jk_test_way_has (way, "no"));
}

static void
needed_options_are_asked_for (void **state)
{
  JkTestWay *way = *state;
  const char *const names[] = { "--session", "--authorities", "--results", "--out" };

  for (guint left_out = 0; left_out < G_N_ELEMENTS (names); left_out++) {
    const char *arguments[2 * G_N_ELEMENTS (names) + 3] = { "handin", "new" };
    guint n = 2;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      if (i == left_out)
        continue;
      arguments[n++] = names[i];
      arguments[n++] = "x";
    }
    assert_int_equal (jk_test_said_run_list (way->said, arguments), JK_EXIT_USAGE);
    assert_non_null (strstr (way->said->err, names[left_out]));
  }
}

static void
a_disk_that_fails_leaves_a_whole_sheet_or_none (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  const char *results = jk_test_way_path (way, "results");
  const char *room = put_room (way, "room.ini", NOBODY, "");
  guint n_failed = 0;

  for (guint n = 1; n < 1000; n++) {
    g_autofree char *folder = g_strdup_printf ("torn-%u", n);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    int exit_code = close_hall (way, results, room, folder, NULL);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    jk_test_storage_heal (disk);
    if (!jk_test_way_has (way, folder))
      continue;
    g_autoptr (GDir) dir = g_dir_open (jk_test_way_path (way, folder), 0, NULL);
    gboolean is_made = g_dir_read_name (dir) != NULL;
    if (exit_code == JK_EXIT_OK)
      assert_true (is_made);
    if (is_made)
      check_exit (way, check_hall (way, folder, "results", NULL), JK_EXIT_OK);
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 20, 900);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_sheet_is_made_once_and_named_by_number),
    cmocka_unit_test (who_signed_alone_is_said),
    cmocka_unit_test (who_is_not_accounted_for_stops_the_sheet),
    cmocka_unit_test (secrets_and_files_are_judged_by_class),
    cmocka_unit_test (needed_options_are_asked_for),
    cmocka_unit_test (a_disk_that_fails_leaves_a_whole_sheet_or_none),
  };

  return cmocka_run_group_tests_name ("command-handin-new",
                                      tests,
                                      jk_test_way_setup_sat,
                                      jk_test_way_teardown);
}
