/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/number.c */
#include "base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define N_CHILDREN 50
#define N_THREADS 4

static gint n_ready;
static gint n_wrong;

static gpointer
parse_with_the_others (G_GNUC_UNUSED gpointer data)
{
  gint64 number = 0;

  g_atomic_int_inc (&n_ready);
  while (g_atomic_int_get (&n_ready) < N_THREADS)
    continue;
  if (!jk_number_parse ("1", 1, 9, &number) || number != 1)
    g_atomic_int_inc (&n_wrong);
  return NULL;
}

static gboolean
is_well_in_a_child (void)
{
  pid_t child = fork ();
  int status = 0;

  assert_true (child >= 0);
  if (child == 0) {
    GThread *threads[N_THREADS];
    for (guint i = 0; i < N_THREADS; i++)
      threads[i] = g_thread_new ("parse", parse_with_the_others, NULL);
    for (guint i = 0; i < N_THREADS; i++)
      g_thread_join (threads[i]);
    _exit (n_wrong == 0 ? 0 : 1);
  }
  assert_int_equal (waitpid (child, &status, 0), child);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

/* The first of the tests: what it looks for happens at the first number of a process only. With
 * g_ascii_string_to_signed every fourth child fails. */
static void
threads_that_come_to_numbers_together_all_read_them (G_GNUC_UNUSED void **state)
{
  for (guint i = 0; i < N_CHILDREN; i++)
    assert_true (is_well_in_a_child ());
}

static void
check (const char *text, gint64 min, gint64 max, gint64 expected)
{
  gint64 number = expected - 1;
  assert_true (jk_number_parse (text, min, max, &number));
  assert_int_equal (number, expected);
}

static void
check_refused (const char *text, gint64 min, gint64 max)
{
  gint64 number = 77;
  assert_false (jk_number_parse (text, min, max, &number));
  assert_int_equal (number, 77);
}

static void
a_whole_number_within_its_bounds_is_read (G_GNUC_UNUSED void **state)
{
  check ("0", 0, 9, 0);
  check ("9", 0, 9, 9);
  check ("007", 0, 9, 7);
  check ("-5", -5, 9, -5);
  check ("9223372036854775807", 0, G_MAXINT64, G_MAXINT64);
  check ("-9223372036854775808", G_MININT64, 0, G_MININT64);
}

static void
a_number_beyond_its_bounds_is_refused (G_GNUC_UNUSED void **state)
{
  check_refused ("10", 0, 9);
  check_refused ("-1", 0, 9);
  check_refused ("9223372036854775808", G_MININT64, G_MAXINT64);
  check_refused ("-9223372036854775809", G_MININT64, G_MAXINT64);
  check_refused ("99999999999999999999999999999999", G_MININT64, G_MAXINT64);
}

static void
what_is_not_only_a_number_is_refused (G_GNUC_UNUSED void **state)
{
  static const char *const texts[] = { "",   "-",   "+1",  " 1",  "1 ",  "1\n", "--1", "- 1",
                                       "1x", "0x1", "1.0", "1e1", "one", "１",  "٣" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_refused (texts[i], G_MININT64, G_MAXINT64);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (threads_that_come_to_numbers_together_all_read_them),
    cmocka_unit_test (a_whole_number_within_its_bounds_is_read),
    cmocka_unit_test (a_number_beyond_its_bounds_is_refused),
    cmocka_unit_test (what_is_not_only_a_number_is_refused),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
