/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/desk-receipt.c */
#include "check-desk.h"

static void
before_the_hand_in_there_is_no_receipt (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_null (jk_desk_dup_receipt (self->desk));
  assert_null (jk_desk_dup_receipt_qr (self->desk));
  begin (self);
  choose (self, 0, 0);
  await_save (self, JK_SAVE_SAVED);
  assert_null (jk_desk_dup_receipt (self->desk));
  assert_null (jk_desk_dup_receipt_qr (self->desk));
}

static void
code_and_qr_are_of_one_receipt_and_the_same_after_a_restart (void **state)
{
  Fixture *self = *state;
  JkDigest receipt;
  char letters[JK_RECEIPT_LETTERS + 1];

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  g_autofree char *code = jk_desk_dup_receipt (self->desk);
  g_autofree char *qr = jk_desk_dup_receipt_qr (self->desk);
  assert_true (jk_receipt_parse (code, letters, NULL));
  assert_true (jk_receipt_parse_qr (qr, &receipt));
  assert_true (jk_receipt_has_code (&receipt, letters));
  restart (self);
  g_autofree char *code_again = jk_desk_dup_receipt (self->desk);
  g_autofree char *qr_again = jk_desk_dup_receipt_qr (self->desk);
  assert_string_equal (code_again, code);
  assert_string_equal (qr_again, qr);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (before_the_hand_in_there_is_no_receipt, set_up, tear_down),
    cmocka_unit_test_setup_teardown (code_and_qr_are_of_one_receipt_and_the_same_after_a_restart,
                                     set_up,
                                     tear_down),
  };
  return cmocka_run_group_tests_name ("desk-receipt", tests, check_build_exam, check_free_exam);
}
