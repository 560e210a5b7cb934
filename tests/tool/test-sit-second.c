/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/sit-second.c, through the command that sits */
#include "tool/sit-second.h"

#include "base/text.h"
#include "orders.h"

#include <glib/gstdio.h>

/* The only folder in a folder. */
static char *
dup_inner (JkTestWay *way, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (PATH (name), 0, NULL);
  const char *inner = g_dir_read_name (dir);

  assert_non_null (inner);
  return g_strdup_printf ("%s/%s", name, inner);
}

static void
make_stick (JkTestWay *way, const char *name)
{
  assert_int_equal (g_mkdir (PATH (name), 0700), 0);
}

/* Store of record 0 on its PC. */
static char *
dup_here (JkTestWay *way)
{
  g_autofree char *station = dup_inner (way, "store-0");
  g_autofree char *there = dup_inner (way, "stick");
  g_autofree char *seat = g_path_get_basename (there);
  return g_strdup_printf ("%s/%s/00000.jkjournal", station, seat);
}

static void
what_the_pc_forgot_comes_back_from_the_stick (void **state)
{
  JkTestWay *way = *state;

  make_stick (way, "stick");
  assert_int_equal (jk_test_way_sit (way, 0, "--recover", NULL), JK_EXIT_USAGE);
  assert_int_equal (jk_test_way_sit (way, 0, "--second", PATH ("stick"), NULL), JK_EXIT_OK);
  g_autofree char *there = dup_inner (way, "stick");
  g_autofree char *copy = g_strconcat (there, "/00000.jkjournal", NULL);
  g_autofree char *here = dup_here (way);
  assert_true (jk_test_way_has (way, copy));
  assert_int_equal (g_unlink (PATH (here)), 0);

  /* Without --recover a record that nobody knows here cannot go on. */
  assert_int_not_equal (jk_test_way_sit (way, 0, "--resume", "0", NULL), JK_EXIT_OK);
  assert_int_equal (
      jk_test_way_sit (way, 0, "--resume", "0", "--second", PATH ("stick"), "--recover", NULL),
      JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "recovered\t0\n"));
  assert_non_null (strstr (way->said->out, "state\tsealed\n"));
  assert_true (jk_test_way_has (way, here));
  assert_int_equal (
      jk_test_way_sit (way, 0, "--resume", "0", "--second", PATH ("stick"), "--recover", NULL),
      JK_EXIT_OK);
  assert_null (strstr (way->said->out, "recovered"));
}

/* Public half of the PC's signing key, as "order new --station" takes it. */
static char *
dup_station_key (JkTestWay *way)
{
  g_autofree char *station = dup_inner (way, "store-4");
  g_autofree char *name = g_strdup_printf ("%s/station.keys", station);
  g_autofree char *keys = NULL;

  assert_true (g_file_get_contents (PATH (name), &keys, NULL, NULL));
  return jk_text_hex ((const guint8 *) keys + 16 + 32, 32);
}

static void
a_pc_that_lost_its_keys_too_goes_on_as_from_a_dead_one (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *codes = NULL;
  g_autofree char *passcode = NULL;

  put_passcodes (way);
  make_stick (way, "stick-4");
  make_order (way, "other.jkorder", "move", "3", NULL);
  g_autofree char *stop = g_strconcat ("3:", PATH ("other.jkorder"), NULL);
  assert_int_not_equal (
      jk_test_way_sit (way, 4, "--second", PATH ("stick-4"), "--order", stop, NULL),
      JK_EXIT_OK);
  g_autofree char *key = dup_station_key (way);
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "order",
                      "new",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--role",
                      "chief",
                      "--act",
                      "retire",
                      "--record",
                      "4",
                      "--station",
                      key,
                      "--reason",
                      "its disk forgot",
                      "--secrets",
                      PATH ("secrets/chief"),
                      PATH ("once.jkorder"),
                      NULL);
  /* The time here is too fast: how old the copy is depends on the machine, so two sign. */
  sign_order (way, "once.jkorder", "retire.jkorder", JK_EXIT_OK);
  g_autofree char *inner = dup_inner (way, "stick-4");
  g_autofree char *copy = g_strconcat (inner, "/00004.jkjournal", NULL);
  assert_true (g_file_get_contents (PATH ("secrets/4"), &codes, NULL, NULL));
  assert_true (g_file_get_contents (PATH ("secrets/chief"), &passcode, NULL, NULL));
  g_autofree char *both = g_strconcat (codes, passcode, NULL);
  jk_test_way_put (way, "secrets/5", both);
  for (guint again = 0; again < 2; again++) {
    assert_int_equal (jk_test_way_sit (way,
                                       5,
                                       "--arrive",
                                       PATH (copy),
                                       "--by",
                                       PATH ("retire.jkorder"),
                                       "--role",
                                       "chief",
                                       NULL),
                      JK_EXIT_OK);
    assert_non_null (strstr (way->said->out, "-01-4-s1.jkresult"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_the_pc_forgot_comes_back_from_the_stick),
    cmocka_unit_test (a_pc_that_lost_its_keys_too_goes_on_as_from_a_dead_one),
  };

  return cmocka_run_group_tests_name ("sit-second",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
