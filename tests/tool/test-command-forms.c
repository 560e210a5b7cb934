/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-forms.c */
#include "tool/commands.h"

#include "closing-way.h"
#include "orders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define WRONG_PASSCODE "04HM-ASW9-NF6YX"

/* The forms into a folder, with the chief's passcode; further options up to NULL. */
static int
make_forms (JkTestWay *way, const char *secrets, const char *out, ...)
{
  const char *const fixed[] = { "session",       "forms",         "--session", way->session,
                                "--authorities", PATH ("pinned"), "--role",    "chief",
                                "--secrets",     PATH (secrets),  "--out",     PATH (out) };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list rest;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (gpointer) fixed[i]);
  va_start (rest, out);
  for (const char *each = va_arg (rest, const char *); each != NULL;
       each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (way->said, (const char *const *) arguments->pdata);
}

static void
check_pdf (JkTestWay *way, const char *folder, const char *ending)
{
  g_autofree char *path = jk_test_way_find (way, folder, ending);
  g_autofree char *bytes = NULL;
  struct stat info;

  assert_non_null (strstr (way->said->out, path));
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  assert_true (g_str_has_prefix (bytes, "%PDF-"));
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
before_the_exam_there_are_two_forms (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, make_forms (way, "secrets/chief", "before", NULL), JK_EXIT_OK);
  check_pdf (way, "before", "-01-sign-in.pdf");
  check_pdf (way, "before", "-01-seating.pdf");
  assert_int_equal (count_files (way, "before"), 2);
  assert_null (strstr (way->said->out, "set-aside"));
  check_exit (way, make_forms (way, "secrets/chief", "objects", "--json", NULL), JK_EXIT_OK);
  jk_test_said_check_json (way->said, FALSE);
}

static void
with_a_sheet_there_is_the_record_too (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "room.ini", G_MAXUINT, "");

  check_exit (way, close_hall (way, PATH ("results"), room, "made", NULL), JK_EXIT_OK);
  g_autofree char *sheet = jk_test_way_find (way, "made", "-01-1.jkhandin");
  check_exit (way, make_forms (way, "secrets/chief", "after", "--sheet", sheet, NULL), JK_EXIT_OK);
  check_pdf (way, "after", "-01-sign-in.pdf");
  check_pdf (way, "after", "-01-record.pdf");
  assert_int_equal (count_files (way, "after"), 3);
  assert_non_null (strstr (way->said->out, "sheets-set-aside: 0\n"));
}

static void
a_file_that_is_there_is_kept_and_nothing_is_added (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, make_forms (way, "secrets/chief", "kept", NULL), JK_EXIT_OK);
  g_autofree char *path = jk_test_way_find (way, "kept", "-sign-in.pdf");
  assert_int_equal (g_unlink (path), 0);
  check_exit (way, make_forms (way, "secrets/chief", "kept", NULL), JK_EXIT_STORAGE);
  assert_int_equal (count_files (way, "kept"), 1);
}

static void
whatever_fails_leaves_all_forms_or_none (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  guint n;

  for (n = 1;; n++) {
    g_autofree char *out = g_strdup_printf ("disk/%u", n);
    jk_test_storage_heal (disk);
    jk_test_storage_only (disk, PATH ("disk"));
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    int found = make_forms (way, "secrets/chief", out, NULL);
    if (!jk_test_storage_has_failed (disk))
      break;
    assert_int_equal (count_files (way, out), found == JK_EXIT_OK ? 2 : 0);
  }
  assert_true (n > 10);
  jk_test_storage_only (disk, NULL);
  jk_test_storage_heal (disk);
}

static void
nothing_is_made_without_the_passcode_or_of_a_broken_sheet (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_put (way, "secrets/wrong-chief", "passcode=" WRONG_PASSCODE "\n");
  check_exit (way, make_forms (way, "secrets/wrong-chief", "no", NULL), JK_EXIT_SECRET);
  check_exit (way,
              make_forms (way, "secrets/chief", "no", "--role", "cleaner", NULL),
              JK_EXIT_SECRET);
  check_exit (way,
              make_forms (way, "secrets/chief", "no", "--sheet", way->session, NULL),
              JK_EXIT_REFUSED);
  check_exit (way,
              make_forms (way, "secrets/chief", "no", "--session", PATH ("nothing"), NULL),
              JK_EXIT_STORAGE);
  check_exit (way, make_forms (way, "secrets/nowhere", "no", NULL), JK_EXIT_STORAGE);
  assert_false (jk_test_way_has (way, "no"));
}

static void
wrong_use_is_told (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, jk_test_said_run (way->said, "session", "forms", NULL), JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "--session"));
  check_exit (way, make_forms (way, "secrets/chief", "no", "more", NULL), JK_EXIT_USAGE);
}

static int
set_up (void **state)
{
  int code = jk_test_way_setup_sat (state);

  put_passcodes (*state);
  return code;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (before_the_exam_there_are_two_forms),
    cmocka_unit_test (with_a_sheet_there_is_the_record_too),
    cmocka_unit_test (a_file_that_is_there_is_kept_and_nothing_is_added),
    cmocka_unit_test (whatever_fails_leaves_all_forms_or_none),
    cmocka_unit_test (nothing_is_made_without_the_passcode_or_of_a_broken_sheet),
    cmocka_unit_test (wrong_use_is_told),
  };
  return cmocka_run_group_tests_name ("command-forms", tests, set_up, jk_test_way_teardown);
}
