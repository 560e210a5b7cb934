/* SPDX-License-Identifier: Apache-2.0 */
/* desk/calculator.c: the calculator on an exam desk. */
#include "desk/calculator.h"

#include <string.h>

#define SCALE_MAX (JK_CALCULATOR_DIGITS - 1)
#define LIMIT G_GINT64_CONSTANT (1000000000000) /* 10^JK_CALCULATOR_DIGITS */
#define DIVISION_SCALE 24

/* Every product, and every quotient with its further digits, of two numbers below LIMIT fits. */
__extension__ typedef __int128 Wide;

static Wide
power (guint exponent)
{
  Wide result = 1;

  while (exponent-- > 0)
    result *= 10;
  return result;
}

/* Drops n digits; a half goes away from zero. */
static Wide
drop (Wide digits, guint n)
{
  Wide unit = power (n);
  Wide half = digits < 0 ? -(unit / 2) : unit / 2;

  return n == 0 ? digits : (digits + half) / unit;
}

static guint
count_digits (Wide digits)
{
  guint n = 1;

  while ((digits /= 10) != 0)
    n++;
  return n;
}

/* Rounds to what can be shown. */
static JkCalculatorFault
fit (Wide digits, guint scale, JkDecimal *out)
{
  guint n = count_digits (digits);
  guint beyond = n > JK_CALCULATOR_DIGITS ? n - JK_CALCULATOR_DIGITS : 0;

  beyond = MAX (beyond, scale > SCALE_MAX ? scale - SCALE_MAX : 0);
  beyond = MIN (beyond, scale);
  digits = drop (digits, beyond);
  scale -= beyond;
  while (scale > 0 && digits % 10 == 0) {
    digits /= 10;
    scale--;
  }
  if (digits >= LIMIT || digits <= -LIMIT)
    return JK_CALCULATOR_TOO_LARGE;
  out->digits = (gint64) digits;
  out->scale = scale;
  return JK_CALCULATOR_FINE;
}

static JkCalculatorFault
add (JkDecimal left, JkDecimal right, int sign, JkDecimal *out)
{
  guint scale = MAX (left.scale, right.scale);
  Wide sum = left.digits * power (scale - left.scale) +
             sign * (Wide) right.digits * power (scale - right.scale);

  return fit (sum, scale, out);
}

static JkCalculatorFault
divide (JkDecimal left, JkDecimal right, JkDecimal *out)
{
  if (right.digits == 0)
    return JK_CALCULATOR_BY_ZERO;
  return fit (left.digits * power (DIVISION_SCALE) / right.digits,
              left.scale + DIVISION_SCALE - right.scale,
              out);
}

static JkCalculatorFault
operate (JkDecimal left, char operation, JkDecimal right, JkDecimal *out)
{
  switch (operation) {
  case '+':
    return add (left, right, 1, out);
  case '-':
    return add (left, right, -1, out);
  case '*':
    return fit ((Wide) left.digits * right.digits, left.scale + right.scale, out);
  default:
    return divide (left, right, out);
  }
}

/* Of what was typed, which has no more digits than there are. */
static JkDecimal
parse (const char *text)
{
  Wide digits = 0;
  const char *point = strchr (text, '.');
  JkDecimal value;

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      digits = 10 * digits + g_ascii_digit_value (*at);
  fit (*text == '-' ? -digits : digits, point != NULL ? strlen (point + 1) : 0, &value);
  return value;
}

static void
show (JkCalculator *self)
{
  gint64 unit = (gint64) power (self->value.scale);
  gint64 digits = ABS (self->value.digits);
  const char *sign = self->value.digits < 0 ? "-" : "";

  if (self->value.scale == 0)
    g_snprintf (self->shown, sizeof self->shown, "%s%" G_GINT64_FORMAT, sign, digits);
  else
    g_snprintf (self->shown,
                sizeof self->shown,
                "%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT,
                sign,
                digits / unit,
                (int) self->value.scale,
                digits % unit);
}

static void
take (JkCalculator *self, JkCalculatorFault fault)
{
  if (fault != JK_CALCULATOR_FINE)
    jk_calculator_init (self);
  self->fault = fault;
  self->is_typing = FALSE;
  show (self);
}

static void
type (JkCalculator *self, char key)
{
  guint n_digits = 0;

  if (!self->is_typing)
    g_strlcpy (self->shown, "0", sizeof self->shown);
  for (const char *at = self->shown; *at != '\0'; at++)
    n_digits += g_ascii_isdigit (*at) != 0;

  gsize size = strlen (self->shown);
  gboolean is_zero = g_str_equal (self->shown, "0") || g_str_equal (self->shown, "-0");
  if (key == '.' ? strchr (self->shown, '.') == NULL : is_zero || n_digits < JK_CALCULATOR_DIGITS) {
    if (key != '.' && is_zero)
      size--;
    self->shown[size] = key;
    self->shown[size + 1] = '\0';
  }
  self->is_typing = self->has_right = TRUE;
  self->value = parse (self->shown);
}

static void
take_back (JkCalculator *self)
{
  gsize size = strlen (self->shown);

  if (!self->is_typing)
    return;
  self->shown[size - 1] = '\0';
  if (size == 1 || g_str_equal (self->shown, "-"))
    g_strlcpy (self->shown, "0", sizeof self->shown);
  self->value = parse (self->shown);
}

/* What is typed stays as it was typed: "0." and its sign. */
static void
change_sign (JkCalculator *self)
{
  self->has_right = TRUE;
  self->value.digits = -self->value.digits;
  if (!self->is_typing)
    show (self);
  else if (self->shown[0] == '-')
    memmove (self->shown, self->shown + 1, strlen (self->shown));
  else {
    memmove (self->shown + 1, self->shown, strlen (self->shown) + 1);
    self->shown[0] = '-';
  }
}

static void
take_percent (JkCalculator *self)
{
  const JkDecimal hundred = { .digits = 100 };
  JkDecimal value = self->value;
  JkCalculatorFault fault = JK_CALCULATOR_FINE;

  if (self->operation == '+' || self->operation == '-')
    fault = operate (self->left, '*', value, &value);
  if (fault == JK_CALCULATOR_FINE)
    fault = divide (value, hundred, &self->value);
  self->has_right = TRUE;
  take (self, fault);
}

static void
work_out (JkCalculator *self)
{
  JkCalculatorFault fault = JK_CALCULATOR_FINE;

  if (self->operation != 0 && self->has_right)
    fault = operate (self->left, self->operation, self->value, &self->value);
  self->operation = 0;
  take (self, fault);
}

void
jk_calculator_init (JkCalculator *self)
{
  *self = (JkCalculator){ .shown = "0" };
}

void
jk_calculator_press (JkCalculator *self, char key)
{
  if (key == '\0' || strchr ("0123456789.+-*/=%~<C", key) == NULL)
    return;
  if (self->fault != JK_CALCULATOR_FINE && !g_ascii_isdigit (key) && key != 'C')
    return;
  if (self->fault != JK_CALCULATOR_FINE || key == 'C')
    jk_calculator_init (self);
  if (g_ascii_isdigit (key) || key == '.')
    type (self, key);
  else if (key == '<')
    take_back (self);
  else if (key == '~')
    change_sign (self);
  else if (key == '%')
    take_percent (self);
  else if (key != 'C')
    work_out (self);
  if (self->fault == JK_CALCULATOR_FINE && strchr ("+-*/", key) != NULL) {
    self->left = self->value;
    self->operation = key;
    self->has_right = FALSE;
  }
}

const char *
jk_calculator_get_shown (const JkCalculator *self)
{
  return self->shown;
}

JkCalculatorFault
jk_calculator_get_fault (const JkCalculator *self)
{
  return self->fault;
}

char
jk_calculator_get_operation (const JkCalculator *self)
{
  return self->operation;
}
