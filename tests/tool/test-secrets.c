/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/secrets.c */
#include "tool/secrets.h"

#include "base/error.h"
#include "crypto/guard.h"
#include "support/folder.h"

#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char *
put (const JkTestFolder *folder, const char *text, mode_t mode)
{
  char *path = jk_test_folder_put_text (folder, "secrets", text);

  assert_int_equal (chmod (path, mode), 0);
  return path;
}

static void
check_secret (const JkSecrets *secrets, const char *name, const char *expected)
{
  g_autoptr (JkSecret) found = jk_secrets_dup (secrets, name, "prompt", NULL);
  g_autoptr (JkSecret) text = jk_secrets_dup_text (secrets, name, "prompt", NULL);

  assert_non_null (found);
  assert_int_equal (jk_secret_get_size (found), strlen (expected));
  assert_memory_equal (jk_secret_get (found), expected, strlen (expected));
  assert_string_equal ((const char *) jk_secret_get (text), expected);
}

static void
check_missing (const JkSecrets *secrets, const char *name)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_secrets_dup (secrets, name, "prompt", &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE));
  assert_non_null (strstr (error->message, name));
}

static void
a_file_holds_secrets_by_name (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path =
      put (folder, "start-code=AAAA\r\ncode=B = B\n\nempty=\nno line\nlast=口令", 0600);
  g_autoptr (JkSecrets) secrets = jk_secrets_load (path, NULL);

  assert_non_null (secrets);
  check_secret (secrets, "start-code", "AAAA");
  check_secret (secrets, "code", "B = B");
  check_secret (secrets, "last", "口令");
  check_missing (secrets, "empty");
  check_missing (secrets, "no line");
  check_missing (secrets, "start");
  check_missing (secrets, "las");
}

static void
a_file_that_others_may_read_is_refused (void **state)
{
  static const mode_t modes[] = { 0644, 0640, 0604, 0660, 0601 };
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();

  for (guint n = 0; n < G_N_ELEMENTS (modes); n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = put (folder, "code=very secret\n", modes[n]);
    assert_null (jk_secrets_load (path, &error));
    assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
    assert_non_null (strstr (error->message, path));
    assert_null (strstr (error->message, "very secret"));
  }
}

static void
a_missing_file_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_secrets_load ("/nonexistent/secrets", &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  jk_secrets_free (NULL);
}

static void
a_folder_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GError) error = NULL;

  assert_null (jk_secrets_load (jk_test_folder_get_path (folder), &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
}

static void
a_file_that_is_too_long_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *text = g_strnfill (64 * 1024 + 1, 'x');
  g_autofree char *path = put (folder, text, 0600);
  g_autoptr (GError) error = NULL;

  assert_null (jk_secrets_load (path, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE));
}

static void
a_secret_that_is_too_long_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *fits = g_strnfill (JK_SECRET_LINE_BYTES_MAX, 'x');
  g_autofree char *text = g_strdup_printf ("fits=%s\nlong=%sy\n", fits, fits);
  g_autofree char *path = put (folder, text, 0600);
  g_autoptr (JkSecrets) secrets = jk_secrets_load (path, NULL);

  check_secret (secrets, "fits", fits);
  check_missing (secrets, "long");
}

static void
secrets_come_from_standard_input (void **state)
{
  g_autoptr (JkSecrets) secrets = NULL;
  int before = dup (STDIN_FILENO);
  int ends[2];

  assert_int_equal (pipe (ends), 0);
  assert_int_equal (write (ends[1], "code=ABC\n", 9), 9);
  close (ends[1]);
  assert_true (dup2 (ends[0], STDIN_FILENO) >= 0);
  secrets = jk_secrets_load ("-", NULL);
  dup2 (before, STDIN_FILENO);
  close (before);
  close (ends[0]);
  assert_non_null (secrets);
  check_secret (secrets, "code", "ABC");
}

/* Asks in a process whose terminal this one is; typed goes in once the prompt has come. Returns 0
 * when the process got expected (NULL: no secret); everything shown goes to *out_shown. */
static int
ask_at_a_terminal (const char *typed, const char *expected, char **out_shown)
{
  GString *shown = g_string_new (NULL);
  char buffer[256];
  ssize_t got;
  int terminal, status;
  pid_t child = forkpty (&terminal, NULL, NULL, NULL);

  assert_true (child >= 0);
  if (child == 0) {
    g_autoptr (JkSecrets) secrets = jk_secrets_load (NULL, NULL);
    JkSecret *found = jk_secrets_dup_text (secrets, "code", "Room code", NULL);
    gboolean same = found == NULL || expected == NULL
                        ? found == NULL && expected == NULL
                        : strcmp ((const char *) jk_secret_get (found), expected) == 0;
    jk_secret_free (found);
    jk_secrets_free (g_steal_pointer (&secrets));
    exit (same ? 0 : 1);
  }
  while (strstr (shown->str, "Room code: ") == NULL &&
         (got = read (terminal, buffer, sizeof buffer)) > 0)
    g_string_append_len (shown, buffer, got);
  assert_int_equal (write (terminal, typed, strlen (typed)), strlen (typed));
  while ((got = read (terminal, buffer, sizeof buffer)) > 0)
    g_string_append_len (shown, buffer, got);
  assert_int_equal (waitpid (child, &status, 0), child);
  close (terminal);
  *out_shown = g_string_free (shown, FALSE);
  return status;
}

static void
the_terminal_is_asked_without_echo (void **state)
{
  g_autofree char *shown = NULL;

  assert_int_equal (ask_at_a_terminal ("K7QM-4XHT\n", "K7QM-4XHT", &shown), 0);
  assert_non_null (strstr (shown, "Room code: "));
  assert_null (strstr (shown, "K7QM"));
}

static void
ctrl_c_gives_no_secret (void **state)
{
  g_autofree char *shown = NULL;
  g_autofree char *again = NULL;

  assert_int_equal (ask_at_a_terminal ("K7\003\n", NULL, &shown), 0);
  assert_int_equal (ask_at_a_terminal ("\n", NULL, &again), 0);
}

static void
without_a_terminal_there_is_no_secret (void **state)
{
  int status;
  pid_t child = fork ();

  if (child == 0) {
    setsid ();
    g_autoptr (JkSecrets) secrets = jk_secrets_load (NULL, NULL);
    g_autoptr (GError) error = NULL;
    JkSecret *found = jk_secrets_dup (secrets, "code", "Room code", &error);
    gboolean refused = found == NULL && g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
    g_clear_error (&error);
    jk_secrets_free (g_steal_pointer (&secrets));
    exit (refused ? 0 : 1);
  }
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_int_equal (status, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_file_holds_secrets_by_name),
    cmocka_unit_test (a_file_that_others_may_read_is_refused),
    cmocka_unit_test (a_missing_file_is_refused),
    cmocka_unit_test (a_folder_is_refused),
    cmocka_unit_test (a_file_that_is_too_long_is_refused),
    cmocka_unit_test (a_secret_that_is_too_long_is_refused),
    cmocka_unit_test (secrets_come_from_standard_input),
    cmocka_unit_test (the_terminal_is_asked_without_echo),
    cmocka_unit_test (ctrl_c_gives_no_secret),
    cmocka_unit_test (without_a_terminal_there_is_no_secret),
  };

  if (!jk_guard_init (NULL))
    return 1;
  return cmocka_run_group_tests_name ("secrets", tests, NULL, NULL);
}
