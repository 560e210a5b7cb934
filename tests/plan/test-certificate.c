/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/certificate.c */
#include "plan/certificate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
check (const char *text, JkCertificateForm wanted_form, guint wanted_level)
{
  guint level = 7;
  assert_int_equal (jk_certificate_parse (text, &level), wanted_form);
  assert_int_equal (level, wanted_level);
}

static void
vocational_numbers_have_their_level_as_11th_digit (void **state)
{
  check ("1401001002400123", JK_CERTIFICATE_VOCATIONAL, 4);
  check (" 1401 0010 0230 0123 ", JK_CERTIFICATE_VOCATIONAL, 3);
  check ("１４０１００１００２５００１２３", JK_CERTIFICATE_VOCATIONAL, 5);
  check ("1401001002000123", JK_CERTIFICATE_VOCATIONAL, 0);
  check ("1401001002900123", JK_CERTIFICATE_VOCATIONAL, 0);
}

static void
skill_numbers_have_their_level_as_16th_letter (void **state)
{
  check ("Y000123XXXXXX195000001", JK_CERTIFICATE_SKILL, 5);
  check ("s000011000001214000001", JK_CERTIFICATE_SKILL, 4);
  check ("S000011000001218000001", JK_CERTIFICATE_SKILL, 0);
}

static void
numbers_of_the_highest_rank_name_no_level (void **state)
{
  check ("GY00012300000119400001", JK_CERTIFICATE_SENIOR, 0);
}

static void
other_numbers_are_unknown_and_no_more (void **state)
{
  static const char *const texts[] = {
    "",
    "140100100240012",
    "14010010024001234",
    "140100100240012X",
    "X000123000000195000001",
    "Y000123XXXXXX19500000X",
    "Y000123XXXXXX19500000",
    "京证字第 123 号",
    "\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], JK_CERTIFICATE_UNKNOWN, 0);
  assert_int_equal (jk_certificate_parse ("1401001002400123", NULL), JK_CERTIFICATE_VOCATIONAL);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (vocational_numbers_have_their_level_as_11th_digit),
    cmocka_unit_test (skill_numbers_have_their_level_as_16th_letter),
    cmocka_unit_test (numbers_of_the_highest_rank_name_no_level),
    cmocka_unit_test (other_numbers_are_unknown_and_no_more),
  };
  return cmocka_run_group_tests_name ("certificate", tests, NULL, NULL);
}
