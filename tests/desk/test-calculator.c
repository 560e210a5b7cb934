/* SPDX-License-Identifier: Apache-2.0 */
#include "desk/calculator.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *
press_all (JkCalculator *self, const char *keys)
{
  jk_calculator_init (self);
  for (; *keys != '\0'; keys++)
    jk_calculator_press (self, *keys);
  return jk_calculator_get_shown (self);
}

static void
keys_show_what_a_calculator_shows (void **state)
{
  static const struct {
    const char *keys, *shown;
  } rows[] = {
    { "", "0" },
    { "007", "7" },
    { ".5", "0.5" },
    { "1..2", "1.2" },
    { "1.20", "1.20" },
    { ".1+.2=", "0.3" },
    { "1.1*1.1=", "1.21" },
    { "2+3*4=", "20" },
    { "10/4=", "2.5" },
    { "1/3=", "0.33333333333" },
    { "2/3=", "0.66666666667" },
    { "200/3=", "66.6666666667" },
    { "2/3=~", "-0.66666666667" },
    { "5+=", "5" },
    { "5+-3=", "2" },
    { "5=", "5" },
    { "5+3==", "8" },
    { "5+3=2", "2" },
    { "5+3=+2=", "10" },
    { "200+10%", "20" },
    { "200+10%=", "220" },
    { "200-10%=", "180" },
    { "200*10%=", "20" },
    { "50%", "0.5" },
    { "5~", "-5" },
    { "5~~", "5" },
    { "5~2", "-52" },
    { "~5", "5" },
    { "8-3~=", "11" },
    { "8-3=~", "-5" },
    { "12<", "1" },
    { "1<", "0" },
    { "5~<", "0" },
    { "1.2<<", "1" },
    { "8-3=<", "5" },
    { "12C", "0" },
    { "5+3C2=", "2" },
    { "1234567890123", "123456789012" },
    { "0.123456789012", "0.12345678901" },
    { "999999999999+0.4=", "999999999999" },
    { "0.00000000001/2=", "0.00000000001" },
    { "0.00000000001/3=", "0" },
    { "7x?", "7" },
  };
  JkCalculator self;

  for (guint n = 0; n < G_N_ELEMENTS (rows); n++) {
    const char *got = press_all (&self, rows[n].keys);
    if (strcmp (got, rows[n].shown) != 0)
      fail_msg ("%s shows %s, expected %s", rows[n].keys, got, rows[n].shown);
    assert_int_equal (jk_calculator_get_fault (&self), JK_CALCULATOR_FINE);
  }
}

static void
dividing_by_zero_says_so_and_a_digit_begins_anew (void **state)
{
  JkCalculator self;

  assert_string_equal (press_all (&self, "5/0="), "0");
  assert_int_equal (jk_calculator_get_fault (&self), JK_CALCULATOR_BY_ZERO);
  for (const char *keys = "+-*/=%~<."; *keys != '\0'; keys++)
    jk_calculator_press (&self, *keys);
  assert_int_equal (jk_calculator_get_fault (&self), JK_CALCULATOR_BY_ZERO);
  jk_calculator_press (&self, '7');
  assert_int_equal (jk_calculator_get_fault (&self), JK_CALCULATOR_FINE);
  assert_string_equal (jk_calculator_get_shown (&self), "7");
  jk_calculator_press (&self, '=');
  assert_string_equal (jk_calculator_get_shown (&self), "7");
}

static void
a_result_of_more_digits_than_there_are_says_so (void **state)
{
  static const char *const keys[] = {
    "999999999999+1=",  "999999999999+0.5=", "999999999999~-1=",
    "1000000*1000000=", "999999999999/0.1=", "999999999999+200%",
  };
  JkCalculator self;

  for (guint n = 0; n < G_N_ELEMENTS (keys); n++) {
    press_all (&self, keys[n]);
    if (jk_calculator_get_fault (&self) != JK_CALCULATOR_TOO_LARGE)
      fail_msg ("%s: shows %s", keys[n], jk_calculator_get_shown (&self));
  }
  jk_calculator_press (&self, 'C');
  assert_int_equal (jk_calculator_get_fault (&self), JK_CALCULATOR_FINE);
}

static void
an_operation_waits_until_it_is_done (void **state)
{
  JkCalculator self;

  press_all (&self, "5+");
  assert_int_equal (jk_calculator_get_operation (&self), '+');
  jk_calculator_press (&self, '*');
  assert_int_equal (jk_calculator_get_operation (&self), '*');
  jk_calculator_press (&self, '3');
  jk_calculator_press (&self, '=');
  assert_int_equal (jk_calculator_get_operation (&self), 0);
}

/* A number of up to 12 digits, as it is typed. */
static char *
make_number (GRand *chance)
{
  guint n = g_rand_int_range (chance, 1, JK_CALCULATOR_DIGITS + 1);
  guint point = g_rand_int_range (chance, 0, n + 1);
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < n; k++) {
    if (k == point && k > 0)
      g_string_append_c (text, '.');
    g_string_append_c (text, '0' + g_rand_int_range (chance, k == 0 && point != 1 ? 1 : 0, 10));
  }
  if (g_rand_boolean (chance))
    g_string_append_c (text, '~');
  return g_string_free (text, FALSE);
}

static long double
read_number (const char *typed)
{
  long double value = strtold (typed, NULL);

  return strchr (typed, '~') != NULL ? -value : value;
}

static long double
work_out (long double left, char operation, long double right)
{
  switch (operation) {
  case '+':
    return left + right;
  case '-':
    return left - right;
  case '*':
    return left * right;
  default:
    return left / right;
  }
}

static void
every_result_is_the_true_one_rounded_once (void **state)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (4);
  JkCalculator self;
  guint n_compared = 0;

  for (guint n = 0; n < 40000; n++) {
    g_autofree char *left = make_number (chance);
    g_autofree char *right = make_number (chance);
    char operation = "+-*/"[g_rand_int_range (chance, 0, 4)];
    g_autofree char *keys = g_strdup_printf ("%s%c%s=", left, operation, right);
    long double wanted = work_out (read_number (left), operation, read_number (right));
    const char *shown = press_all (&self, keys);

    if (jk_calculator_get_fault (&self) == JK_CALCULATOR_BY_ZERO) {
      assert_true (operation == '/' && read_number (right) == 0);
      continue;
    }
    if (jk_calculator_get_fault (&self) == JK_CALCULATOR_TOO_LARGE) {
      assert_true (fabsl (wanted) >= 999999999999.5L - 1e-6L);
      continue;
    }
    /* Half of the last digit that can be shown. */
    long double places = 11 - fmaxl (0, floorl (log10l (fmaxl (fabsl (wanted), 1))));
    long double error = fabsl (strtold (shown, NULL) - wanted);
    if (error > 0.5L * powl (10, -places) * (1 + 1e-6L))
      fail_msg ("%s shows %s", keys, shown);
    n_compared++;
  }
  assert_true (n_compared > 20000);
}

static void
no_keys_show_more_digits_than_there_are (void **state)
{
  static const char keys[] = "0123456789.+-*/=%~<C999000...===";
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);
  JkCalculator self;

  jk_calculator_init (&self);
  for (guint n = 0; n < 200000; n++) {
    guint n_digits = 0;

    jk_calculator_press (&self, keys[g_rand_int_range (chance, 0, sizeof keys - 1)]);
    const char *shown = jk_calculator_get_shown (&self);
    for (const char *at = shown; *at != '\0'; at++)
      n_digits += g_ascii_isdigit (*at) != 0;
    assert_in_range (n_digits, 1, JK_CALCULATOR_DIGITS);
    assert_in_range (strspn (shown, "-0123456789."), strlen (shown), strlen (shown));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (keys_show_what_a_calculator_shows),
    cmocka_unit_test (dividing_by_zero_says_so_and_a_digit_begins_anew),
    cmocka_unit_test (a_result_of_more_digits_than_there_are_says_so),
    cmocka_unit_test (an_operation_waits_until_it_is_done),
    cmocka_unit_test (every_result_is_the_true_one_rounded_once),
    cmocka_unit_test (no_keys_show_more_digits_than_there_are),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
