/* SPDX-License-Identifier: Apache-2.0 */
/* plan/certificate.c: nothing here keeps or quotes a number. */
#include "plan/certificate.h"
#include "base/text.h"

#include <string.h>

#define VOCATIONAL_DIGITS 16u
#define VOCATIONAL_LEVEL_AT 10u
#define SKILL_LETTERS 22u
#define SKILL_LEVEL_AT 15u

/* Bodies of an employer or of society; parts of the body's code may be letters. */
static gboolean
is_skill (const char *number)
{
  return (number[0] == 'Y' || number[0] == 'S') &&
         jk_text_are_digits (number, SKILL_LEVEL_AT - 2, SKILL_LETTERS);
}

static gboolean
is_senior (const char *number)
{
  return g_ascii_isupper (number[0]) && g_ascii_isupper (number[1]) &&
         jk_text_are_digits (number, 2, SKILL_LETTERS);
}

static JkCertificateForm
find_form (const char *number)
{
  gsize n = strlen (number);

  if (n == VOCATIONAL_DIGITS && jk_text_are_digits (number, 0, n))
    return JK_CERTIFICATE_VOCATIONAL;
  if (n == SKILL_LETTERS && is_senior (number))
    return JK_CERTIFICATE_SENIOR;
  if (n == SKILL_LETTERS && is_skill (number))
    return JK_CERTIFICATE_SKILL;
  return JK_CERTIFICATE_UNKNOWN;
}

JkCertificateForm
jk_certificate_parse (const char *text, guint *out_level)
{
  g_return_val_if_fail (text != NULL, JK_CERTIFICATE_UNKNOWN);

  char *number = jk_text_canonical_number (text);
  JkCertificateForm form = find_form (number);
  guint level = 0;
  if (form == JK_CERTIFICATE_VOCATIONAL)
    level = (guint) g_ascii_digit_value (number[VOCATIONAL_LEVEL_AT]);
  else if (form == JK_CERTIFICATE_SKILL)
    level = (guint) g_ascii_digit_value (number[SKILL_LEVEL_AT]);
  jk_text_wipe (number);

  if (out_level != NULL)
    *out_level = level <= 5 ? level : 0;
  return form;
}
