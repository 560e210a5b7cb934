/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/options.c */
#include "tool/options.h"

#include "said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  /* Owned */
  JkTestSaid *said;
  char *name;
  GStrv files;
  /* Plain */
  int exit_code;
} Parse;

static void
parse_clear (Parse *self)
{
  jk_test_said_free (self->said);
  g_free (self->name);
  g_strfreev (self->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parse, parse_clear)

/* One command with --name NAME and n_files files, as if it were "bank check". */
static gboolean
parse (Parse *self, int n_files, const char *const *arguments)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, "whose it is", "NAME" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  gboolean goes_on;

  self->said = jk_test_said_new (NULL);
  jk_test_said_listen (self->said);
  goes_on = jk_options_parse (&self->said->tool,
                              "bank check",
                              entries,
                              (int) g_strv_length ((GStrv) arguments),
                              (char **) arguments,
                              n_files,
                              &self->files,
                              &self->exit_code);
  jk_test_said_stop (self->said);
  return goes_on;
}

static void
options_and_files_are_told_apart (void **state)
{
  g_auto (Parse) self = { NULL };
  const char *const arguments[] = { "check", "one", "--name", "n", "--json", "--", "--two", NULL };

  assert_true (parse (&self, 2, arguments));
  assert_string_equal (self.name, "n");
  assert_true (self.said->tool.json);
  assert_string_equal (self.files[0], "one");
  assert_string_equal (self.files[1], "--two");
  assert_null (self.files[2]);
}

static void
any_number_of_files_may_be_allowed (void **state)
{
  g_auto (Parse) self = { NULL };
  const char *const arguments[] = { "check", "a", "b", "c", NULL };

  assert_true (parse (&self, -1, arguments));
  assert_int_equal (g_strv_length (self.files), 3);
}

static void
an_unknown_option_is_wrong_use (void **state)
{
  g_auto (Parse) self = { NULL };
  const char *const arguments[] = { "check", "--nonsense", "a", NULL };

  assert_false (parse (&self, 1, arguments));
  assert_int_equal (self.exit_code, JK_EXIT_USAGE);
  assert_non_null (strstr (self.said->err, "--nonsense"));
  assert_non_null (strstr (self.said->err, "bank check --help"));
}

static void
another_number_of_files_is_wrong_use (void **state)
{
  g_auto (Parse) none = { NULL };
  g_auto (Parse) two = { NULL };
  const char *const no_file[] = { "check", NULL };
  const char *const two_files[] = { "check", "a", "b", NULL };

  assert_false (parse (&none, 1, no_file));
  assert_int_equal (none.exit_code, JK_EXIT_USAGE);
  assert_non_null (strstr (none.said->err, "takes 1 file, 0 given"));
  assert_false (parse (&two, 1, two_files));
  assert_int_equal (two.exit_code, JK_EXIT_USAGE);
}

static void
help_names_the_command_and_its_options (void **state)
{
  static const char *const words[] = { "--help", "-h" };

  for (guint n = 0; n < G_N_ELEMENTS (words); n++) {
    g_auto (Parse) self = { NULL };
    const char *const arguments[] = { "check", "--nonsense", words[n], NULL };
    assert_false (parse (&self, 1, arguments));
    assert_int_equal (self.exit_code, JK_EXIT_OK);
    assert_true (g_str_has_prefix (self.said->out, "Usage: jikaoctl bank check DIR/bank.ini\n\n"));
    assert_non_null (strstr (self.said->out, "--name=NAME"));
    assert_non_null (strstr (self.said->out, "--json"));
    assert_string_equal (self.said->err, "");
  }
}

static void
a_needed_option_is_named (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  jk_test_said_listen (said);
  assert_true (jk_options_require (&said->tool, "score", "out", "x"));
  assert_false (jk_options_require (&said->tool, "score", "out", NULL));
  jk_test_said_stop (said);
  assert_string_equal (said->err, "jikaoctl: score needs --out; see jikaoctl score --help.\n");
}

static void
the_first_needed_option_that_is_missing_is_named (void **state)
{
  static const char *const needed[] = { "bank", "out", NULL }, *const only[] = { "bank", NULL };
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  char *out = NULL, *bank = (char *) "b";
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_STRING, &out, "", "X" },
    { "bank", 0, 0, G_OPTION_ARG_STRING, &bank, "", "X" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  jk_test_said_listen (said);
  assert_true (jk_options_require_all (&said->tool, "score", entries, only));
  assert_false (jk_options_require_all (&said->tool, "score", entries, needed));
  jk_test_said_stop (said);
  assert_string_equal (said->err, "jikaoctl: score needs --out; see jikaoctl score --help.\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (options_and_files_are_told_apart),
    cmocka_unit_test (any_number_of_files_may_be_allowed),
    cmocka_unit_test (an_unknown_option_is_wrong_use),
    cmocka_unit_test (another_number_of_files_is_wrong_use),
    cmocka_unit_test (help_names_the_command_and_its_options),
    cmocka_unit_test (a_needed_option_is_named),
    cmocka_unit_test (the_first_needed_option_that_is_missing_is_named),
  };

  return cmocka_run_group_tests_name ("options", tests, NULL, NULL);
}
