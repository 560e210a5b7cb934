/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/tool.c */
#include "tool/tool.h"

#include "said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
help_lists_every_command (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  assert_int_equal (jk_test_said_run (said, "--help", NULL), JK_EXIT_OK);
  for (const JkCommand *each = jk_tool_get_commands (); each->group != NULL; each++) {
    g_autofree char *name = jk_command_dup_name (each);
    g_autofree char *line = g_strdup_printf ("  jikaoctl %s %s\n", name, each->usage);
    assert_non_null (strstr (said->out, line));
    assert_non_null (strstr (said->out, each->summary));
  }
  assert_string_equal (said->err, "");
  assert_int_equal (jk_test_said_run (said, "-h", NULL), JK_EXIT_OK);
}

static void
help_for_a_group_lists_its_commands (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  assert_int_equal (jk_test_said_run (said, "bank", "--help", NULL), JK_EXIT_OK);
  assert_non_null (strstr (said->out, "jikaoctl bank build"));
  assert_null (strstr (said->out, "jikaoctl key new"));
}

static void
every_command_has_help_of_its_own (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  for (const JkCommand *each = jk_tool_get_commands (); each->group != NULL; each++) {
    g_autofree char *name = jk_command_dup_name (each);
    g_autofree char *begin = g_strdup_printf ("Usage: jikaoctl %s ", name);
    int exit_code = each->name != NULL
                        ? jk_test_said_run (said, each->group, each->name, "--help", NULL)
                        : jk_test_said_run (said, each->group, "--help", NULL);
    assert_int_equal (exit_code, JK_EXIT_OK);
    assert_true (g_str_has_prefix (said->out, begin));
    assert_string_equal (said->err, "");
  }
}

static void
every_command_refuses_an_unknown_option (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  for (const JkCommand *each = jk_tool_get_commands (); each->group != NULL; each++) {
    int exit_code = each->name != NULL
                        ? jk_test_said_run (said, each->group, each->name, "--no-such", NULL)
                        : jk_test_said_run (said, each->group, "--no-such", NULL);
    assert_int_equal (exit_code, JK_EXIT_USAGE);
    assert_non_null (strstr (said->err, "--no-such"));
  }
}

static void
no_command_and_unknown_commands_are_wrong_use (void **state)
{
  const char *const nothing[] = { NULL };
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  assert_int_equal (jk_test_said_run_list (said, nothing), JK_EXIT_USAGE);
  assert_int_equal (jk_test_said_run (said, "--json", NULL), JK_EXIT_USAGE);
  assert_int_equal (jk_test_said_run (said, "bank", NULL), JK_EXIT_USAGE);
  assert_int_equal (jk_test_said_run (said, "bank", "burn", NULL), JK_EXIT_USAGE);
  assert_non_null (strstr (said->err, "\"bank burn\""));
  assert_int_equal (jk_test_said_run (said, "build", NULL), JK_EXIT_USAGE);
  assert_int_equal (jk_test_said_run (said, "--nonsense", "bank", NULL), JK_EXIT_USAGE);
  assert_string_equal (said->out, "");
}

static void
json_may_stand_before_the_command (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  assert_int_equal (jk_test_said_run (said, "--json", "bank", "burn", NULL), JK_EXIT_USAGE);
  assert_string_equal (said->err, "");
  jk_test_said_check_json (said, FALSE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (help_lists_every_command),
    cmocka_unit_test (help_for_a_group_lists_its_commands),
    cmocka_unit_test (every_command_has_help_of_its_own),
    cmocka_unit_test (every_command_refuses_an_unknown_option),
    cmocka_unit_test (no_command_and_unknown_commands_are_wrong_use),
    cmocka_unit_test (json_may_stand_before_the_command),
  };

  return cmocka_run_group_tests_name ("tool", tests, NULL, NULL);
}
