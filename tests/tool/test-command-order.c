/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-order.c */
#include "tool/commands.h"

#include "orders.h"

#include <errno.h>
#include <glib/gstdio.h>

static void
an_order_is_made_signed_twice_and_shown (void **state)
{
  JkTestWay *way = *state;

  put_passcodes (way);
  make_order (way, "pause.jkorder", "pause", "0", NULL);
  expect_shown (way, "pause.jkorder", JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "second one sign"));
  sign_order (way, "pause.jkorder", "both.jkorder", JK_EXIT_OK);
  expect_shown (way, "both.jkorder", JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "signed by chief and proctor"));
  assert_non_null (strstr (way->said->out, "amendment: 0"));
  sign_order (way, "both.jkorder", "three.jkorder", JK_EXIT_REFUSED);
  sign_order (way, "pause.jkorder", "both.jkorder", JK_EXIT_STORAGE);
}

static void
an_order_needs_its_options (void **state)
{
  JkTestWay *way = *state;
  const char *const ends[][3] = {
    { "--act", "nothing", "USAGE" },    { "--record", "-7", "USAGE" },
    { "--minutes", "-7", "USAGE" },     { "--subject", "12", "USAGE" },
    { "--role", "candidate", "USAGE" },
  };

  put_passcodes (way);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    assert_int_equal (jk_test_said_run (way->said,
                                        "order",
                                        "new",
                                        "--session",
                                        way->session,
                                        "--authorities",
                                        PATH ("pinned"),
                                        "--act",
                                        "open",
                                        "--role",
                                        "chief",
                                        "--secrets",
                                        PATH ("secrets/chief"),
                                        ends[i][0],
                                        ends[i][1],
                                        PATH ("x.jkorder"),
                                        NULL),
                      JK_EXIT_USAGE);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "new", PATH ("x.jkorder"), NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "sign", PATH ("x"), PATH ("y"), NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "show", PATH ("x.jkorder"), NULL);
}

/* Runs order new as the chief, with up to two more options of two words. */
static int
run_new (JkTestWay *way, const char *act, const char *const more[4], const char *secrets)
{
  return jk_test_said_run (way->said,
                           "order",
                           "new",
                           "--session",
                           way->session,
                           "--authorities",
                           PATH ("pinned"),
                           "--role",
                           "chief",
                           "--reason",
                           "rehearsed",
                           "--act",
                           act,
                           PATH ("new.jkorder"),
                           "--secrets",
                           secrets,
                           more[0],
                           more[0] != NULL ? more[1] : NULL,
                           more[0] != NULL && more[1] != NULL ? more[2] : NULL,
                           NULL);
}

static void
whom_an_order_is_for_is_never_left_out (void **state)
{
  JkTestWay *way = *state;
  const struct {
    const char *act;
    const char *more[4];
    const char *said; /* NULL: it is given */
  } cases[] = {
    { "pause", { NULL }, "--every for all" },
    { "pause", { "--record", "-1" }, "--every for all" },
    { "pause", { "--every", "--record", "0" }, "--every for all" },
    { "force", { "--every" }, "for one candidate" },
    { "open", { "--every" }, "whole PCs" },
    { "open", { "--record", "0" }, "whole PCs" },
    { "open", { NULL }, NULL },
    { "pause", { "--every" }, NULL },
    { "pause", { "--record", "0" }, NULL },
  };

  put_passcodes (way);
  for (gsize n = 0; n < G_N_ELEMENTS (cases); n++) {
    gboolean is_given = cases[n].said == NULL;
    assert_int_equal (run_new (way, cases[n].act, cases[n].more, PATH ("secrets/chief")),
                      is_given ? JK_EXIT_OK : JK_EXIT_USAGE);
    assert_int_equal (jk_test_way_has (way, "new.jkorder"), is_given);
    if (is_given)
      g_unlink (PATH ("new.jkorder"));
    else
      assert_non_null (strstr (way->said->err, cases[n].said));
  }
}

/* Makes one more order, which must have this number. */
static void
expect_number (JkTestWay *way, const char *const more[4], const char *number)
{
  g_autofree char *fact = g_strdup_printf ("counter: %s\n", number);

  assert_int_equal (run_new (way, "open", more, PATH ("secrets/chief")), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, fact));
  g_unlink (PATH ("new.jkorder"));
}

static void
orders_of_a_role_are_counted (void **state)
{
  static const char *const nothing[4], *const ninth[4] = { "--counter", "9" };
  JkTestWay *way = *state;

  put_passcodes (way);
  jk_test_way_put (way, "secrets/chief.counter", "40\n");
  expect_number (way, nothing, "41");
  expect_number (way, nothing, "42");
  expect_number (way, ninth, "9");
  expect_number (way, nothing, "43");
  g_unlink (PATH ("secrets/chief.counter"));
  expect_number (way, nothing, "1");

  jk_test_way_put (way, "secrets/chief.counter", "many\n");
  assert_int_equal (run_new (way, "open", nothing, PATH ("secrets/chief")), JK_EXIT_REFUSED);
  assert_false (jk_test_way_has (way, "new.jkorder"));
  g_unlink (PATH ("secrets/chief.counter"));
}

static void
without_a_file_of_secrets_the_number_is_said (void **state)
{
  static const char *const nothing[4], *const none[4] = { "--counter", "-1" },
                                              *const many[4] = { "--counter", "4294967296" };
  JkTestWay *way = *state;

  assert_int_equal (run_new (way, "open", nothing, "-"), JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "--counter N"));
  assert_int_equal (run_new (way, "open", none, PATH ("secrets/chief")), JK_EXIT_USAGE);
  assert_int_equal (run_new (way, "open", many, PATH ("secrets/chief")), JK_EXIT_USAGE);
}

static void
an_order_and_its_number_are_kept_together_or_not_at_all (void **state)
{
  static const char *const nothing[4];
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));

  put_passcodes (way);
  for (guint n = 1;; n++) {
    g_autofree char *kept = NULL;
    jk_test_way_put (way, "secrets/chief.counter", "6\n");
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    int exit_code = run_new (way, "open", nothing, PATH ("secrets/chief"));
    gboolean has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    assert_int_equal (jk_test_way_has (way, "new.jkorder"), exit_code == JK_EXIT_OK);
    g_unlink (PATH ("new.jkorder"));
    assert_true (g_file_get_contents (PATH ("secrets/chief.counter"), &kept, NULL, NULL));
    if (exit_code == JK_EXIT_OK)
      assert_string_equal (kept, "7\n");
    if (!has_failed)
      break;
  }
  g_unlink (PATH ("secrets/chief.counter"));
}

static void
another_passcode_gives_no_order (void **state)
{
  JkTestWay *way = *state;

  put_passcodes (way);
  jk_test_way_expect (way,
                      JK_EXIT_SECRET,
                      "order",
                      "new",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--role",
                      "proctor",
                      "--act",
                      "pause",
                      "--every",
                      "--secrets",
                      PATH ("secrets/chief"),
                      PATH ("x.jkorder"),
                      NULL);
  assert_false (jk_test_way_has (way, "x.jkorder"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_order_is_made_signed_twice_and_shown),
    cmocka_unit_test (an_order_needs_its_options),
    cmocka_unit_test (whom_an_order_is_for_is_never_left_out),
    cmocka_unit_test (orders_of_a_role_are_counted),
    cmocka_unit_test (without_a_file_of_secrets_the_number_is_said),
    cmocka_unit_test (an_order_and_its_number_are_kept_together_or_not_at_all),
    cmocka_unit_test (another_passcode_gives_no_order),
  };

  return cmocka_run_group_tests_name ("command-order",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
