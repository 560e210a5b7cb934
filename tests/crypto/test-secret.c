/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "support/random.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void
a_new_secret_is_zeros (void **state)
{
  const gsize sizes[] = { 1, 31, 32, 4096, 4097, JK_SECRET_BYTES_MAX };

  for (guint n = 0; n < G_N_ELEMENTS (sizes); n++) {
    g_autoptr (JkSecret) secret = jk_secret_new (sizes[n]);
    assert_int_equal (jk_secret_get_size (secret), sizes[n]);
    for (gsize i = 0; i < sizes[n]; i++)
      assert_int_equal (jk_secret_get (secret)[i], 0);
  }
}

static void
freeing_nothing_is_fine (void **state)
{
  jk_secret_free (NULL);
}

static void
a_copy_is_not_the_original (void **state)
{
  char text[] = "code";
  g_autoptr (JkSecret) secret = jk_secret_new_copy (text, 4);

  jk_wipe (text, 4);
  assert_memory_equal (jk_secret_get (secret), "code", 4);
}

static void
a_slice_is_a_copy_of_its_part (void **state)
{
  g_autoptr (JkSecret) secret = check_secret ("abcdef");
  g_autoptr (JkSecret) slice = jk_secret_new_slice (secret, 2, 3);

  jk_secret_get_mutable (secret)[2] = 'X';
  assert_int_equal (jk_secret_get_size (slice), 3);
  assert_memory_equal (jk_secret_get (slice), "cde", 3);
}

static void
a_part_lends_the_bytes_and_leaves_them (void **state)
{
  g_autoptr (JkSecret) secret = check_secret ("abcdef");
  JkSecret *part = jk_secret_new_part (secret, 2, 3);

  assert_ptr_equal (jk_secret_get (part), jk_secret_get (secret) + 2);
  assert_int_equal (jk_secret_get_size (part), 3);
  jk_secret_free (part);
  assert_memory_equal (jk_secret_get (secret), "abcdef", 6);
}

static void
random_secrets_differ_by_use_and_index (void **state)
{
  g_autoptr (JkTestRandom) random = jk_test_random_new (1);
  const JkRandom *handle = jk_test_random_get (random);
  g_autoptr (JkSecret) a = jk_secret_new_random (handle, "a", 0, 32);
  g_autoptr (JkSecret) b = jk_secret_new_random (handle, "b", 0, 32);
  g_autoptr (JkSecret) c = jk_secret_new_random (handle, "a", 1, 32);

  assert_false (jk_secret_equal (a, b));
  assert_false (jk_secret_equal (a, c));
  assert_false (jk_secret_equal (b, c));
}

static void
equal_compares_size_and_bytes (void **state)
{
  g_autoptr (JkSecret) a = check_secret ("abc");
  g_autoptr (JkSecret) same = check_secret ("abc");
  g_autoptr (JkSecret) longer = check_secret ("abcd");
  g_autoptr (JkSecret) other = check_secret ("abd");

  assert_true (jk_secret_equal (a, same));
  assert_false (jk_secret_equal (a, longer));
  assert_false (jk_secret_equal (a, other));
}

static void
wiping_leaves_zeros (void **state)
{
  guint8 bytes[5] = { 1, 2, 3, 4, 5 };
  const guint8 wanted[5] = { 0, 0, 0, 0, 5 };

  jk_wipe (bytes, 4);
  jk_wipe (NULL, 0);
  assert_memory_equal (bytes, wanted, 5);
}

/* How a child ends that reads this byte of a secret of 32. */
static int
read_in_child (gsize offset)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0) {
    g_autoptr (JkSecret) secret = jk_secret_new (32);
    const volatile guint8 *bytes = jk_secret_get (secret);
    /* cmocka's handler would go on with the next test. */
    signal (SIGSEGV, SIG_DFL);
    g_assert (bytes[offset] <= 255);
    _exit (0);
  }
  assert_true (child > 0);
  assert_int_equal (waitpid (child, &status, 0), child);
  return status;
}

static void
a_byte_after_the_end_cannot_be_read (void **state)
{
  assert_int_equal (read_in_child (31), 0);
  int status = read_in_child (32);
  assert_true (WIFSIGNALED (status));
  assert_int_equal (WTERMSIG (status), SIGSEGV);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_new_secret_is_zeros),
    cmocka_unit_test (freeing_nothing_is_fine),
    cmocka_unit_test (a_copy_is_not_the_original),
    cmocka_unit_test (a_slice_is_a_copy_of_its_part),
    cmocka_unit_test (a_part_lends_the_bytes_and_leaves_them),
    cmocka_unit_test (random_secrets_differ_by_use_and_index),
    cmocka_unit_test (equal_compares_size_and_bytes),
    cmocka_unit_test (wiping_leaves_zeros),
    cmocka_unit_test (a_byte_after_the_end_cannot_be_read),
  };
  return cmocka_run_group_tests_name ("secret", tests, check_setup, NULL);
}
