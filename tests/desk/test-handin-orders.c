/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/handin-orders.c: what the stick does with a closing sheet. Where nothing is to be
 * done: tests/desk/test-handin.c. */
#include "check-handin.h"

static void
the_stick_collects_and_ends_where_slips_were_compared_by_eye (void **state)
{
  Hall *self = *state;
  JkHandinWord words[N_DUE];
  guint n = list_words (self, 2, words);
  const JkHandinSaid said = { words, n, TRUE };
  JkHandinSigning signing = signing_of (self, words, n);
  JkHandinSheet *made = NULL;

  for (guint candidate = 0; candidate < 2; candidate++)
    sit_at (self, candidate, candidate);
  jk_test_clock_pass_s (self->pcs[0].desk->clock, OPENS_MIN * S_PER_MIN);
  for (guint candidate = 0; candidate < 2; candidate++)
    copy_to_stick (self, finish_at (self, &self->pcs[candidate], candidate, FALSE));
  Pc *pc = open_pc (self, 2);
  g_autoptr (JkHandin) handin = look_with (self, pc, &said);
  assert_int_equal (handin->without_slip->len, 0);
  assert_int_equal (handin->counts.receipts, 2);
  signing.said = said;
  assert_ok (sign (pc, &signing, &made));
  g_autoptr (JkHandinSheet) sheet = made;
  assert_int_equal (sheet->n_orders, 3);
  for (guint candidate = 0; candidate < 2; candidate++) {
    Fixture *desk = self->pcs[candidate].desk;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) lines = load (desk, stick_of (self), &error);
    assert_ok (error);
    await_page (desk, JK_PAGE_COLLECTED);
    while (jk_seat_get_stage (desk->desk->seat) != JK_STAGE_ENDED)
      g_main_context_iteration (NULL, TRUE);
    assert_null (jk_desk_get_fault (desk->desk, 0));
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_stick_collects_and_ends_where_slips_were_compared_by_eye),
  };

  return cmocka_run_group_tests_name ("handin-orders", tests, check_build_exam, check_free_exam);
}
