/* SPDX-License-Identifier: Apache-2.0 */
/* desk/calculator.h: the calculator on an exam desk. Pure: no clock, no disk, no window.
 *
 * Decimal, so that 0.1 + 0.2 is 0.3. At most JK_CALCULATOR_DIGITS digits, a 0 before the point
 * among them; what has more is rounded, a half away from zero. Each key takes effect at once, from
 * left to right, as on the calculators people know: 2 + 3 * 4 = is 20. */
#pragma once

#include <glib.h>

#define JK_CALCULATOR_DIGITS 12

typedef enum {
  JK_CALCULATOR_FINE,
  JK_CALCULATOR_BY_ZERO,   /* something was divided by zero */
  JK_CALCULATOR_TOO_LARGE, /* a result has more digits than there are */
} JkCalculatorFault;

/* digits / 10^scale, of least scale. */
typedef struct {
  gint64 digits;
  guint scale;
} JkDecimal;

/* Plain; to be read by the calls below only. */
typedef struct {
  JkDecimal left;  /* what operation waits to be done with */
  JkDecimal value; /* what is shown */
  char operation;  /* 0: none waits */
  gboolean is_typing;
  gboolean has_right; /* since operation was pressed there is something to do it with */
  JkCalculatorFault fault;
  char shown[JK_CALCULATOR_DIGITS + 3]; /* with sign, point and end */
} JkCalculator;

/* Shows 0, nothing waits. */
void jk_calculator_init (JkCalculator *self);

/* Presses a key: 0 to 9, ".", "+", "-", "*", "/", "=", "%" (a hundredth; after + or - that many per
 * cent of what stands left), "~" (changes the sign), "<" (takes back what was typed last), "C"
 * (begins anew). Any other does nothing. After a fault only C and digits do something: they begin
 * anew. */
void jk_calculator_press (JkCalculator *self, char key);

/* "-12.5": what is shown; after a fault "0". Lent until the next key. */
const char *jk_calculator_get_shown (const JkCalculator *self);
JkCalculatorFault jk_calculator_get_fault (const JkCalculator *self);

/* The operation that waits for its second number, 0 for none. */
char jk_calculator_get_operation (const JkCalculator *self);
