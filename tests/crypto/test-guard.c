/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

int __real_sodium_init (void);
int __wrap_sodium_init (void);
int __real_setrlimit (int resource, const struct rlimit *limit);
int __wrap_setrlimit (int resource, const struct rlimit *limit);
int __wrap_setrlimit64 (int resource, const struct rlimit *limit);
int __real_prctl (int option, ...);
int __wrap_prctl (int option, ...);

/* Which call fails next: "" for none. */
static const char *failing = "";

int
__wrap_sodium_init (void)
{
  return g_str_equal (failing, "sodium_init") ? -1 : __real_sodium_init ();
}

int
__wrap_setrlimit (int resource, const struct rlimit *limit)
{
  if (!g_str_equal (failing, "setrlimit"))
    return __real_setrlimit (resource, limit);
  errno = EPERM;
  return -1;
}

/* What setrlimit is called when file offsets have 64 bits. */
int
__wrap_setrlimit64 (int resource, const struct rlimit *limit)
{
  return __wrap_setrlimit (resource, limit);
}

int
__wrap_prctl (int option, ...)
{
  va_list arguments;
  va_start (arguments, option);
  unsigned long value = va_arg (arguments, unsigned long);
  va_end (arguments);

  if (!g_str_equal (failing, "prctl"))
    return __real_prctl (option, value, 0UL, 0UL, 0UL);
  errno = EPERM;
  return -1;
}

static void
starting_turns_core_dumps_off (void **state)
{
  g_autoptr (GError) error = NULL;
  struct rlimit limit = { 1, 1 };

  assert_true (jk_guard_init (&error));
  assert_null (error);
  assert_int_equal (getrlimit (RLIMIT_CORE, &limit), 0);
  assert_int_equal (limit.rlim_cur, 0);
  assert_int_equal (limit.rlim_max, 0);
  assert_int_equal (__real_prctl (PR_GET_DUMPABLE, 0UL, 0UL, 0UL, 0UL), 0);
}

static void
starting_twice_is_fine (void **state)
{
  assert_true (jk_guard_init (NULL));
  assert_true (jk_guard_init (NULL));
}

static void
a_call_that_fails_is_an_error (void **state)
{
  const char *calls[] = { "sodium_init", "setrlimit", "prctl" };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (GError) error = NULL;
    failing = calls[i];
    gboolean started = jk_guard_init (&error);
    failing = "";
    assert_false (started);
    assert_crypto_error (error, JK_CRYPTO_ERROR_MEMORY);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (starting_turns_core_dumps_off),
    cmocka_unit_test (starting_twice_is_fine),
    cmocka_unit_test (a_call_that_fails_is_an_error),
  };
  return cmocka_run_group_tests_name ("guard", tests, NULL, NULL);
}
