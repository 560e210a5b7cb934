/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/handin.c: several PCs copy to one stick, and one of them makes the closing sheet.
 */
#include "check-handin.h"

#include "base/error.h"

static gboolean
lies_there (Hall *self, const char *name)
{
  g_autofree char *path = jk_test_folder_dup_path (self->stick, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static JkSheet *
read_sheet (Hall *self, const JkHandinSheet *sheet)
{
  g_autofree char *path = jk_test_folder_dup_path (self->stick, sheet->name);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  JkSheet *read = jk_sheet_open (path, bytes, jk_test_exam_get_session (self->exam, 0), &error);
  assert_ok (error);
  return read;
}

static void
what_three_pcs_copied_adds_up_on_one_sheet (void **state)
{
  Hall *self = *state;
  JkHandinWord words[N_DUE];
  JkHandinSheet *made = NULL;

  for (guint candidate = 0; candidate < 2; candidate++)
    sit_at (self, candidate, candidate);
  Pc *pc = open_pc (self, 2);
  jk_test_clock_pass_s (pc->desk->clock, OPENS_MIN * S_PER_MIN);
  for (guint candidate = 0; candidate < 2; candidate++)
    copy_to_stick (self, finish_at (self, &self->pcs[candidate], candidate, TRUE));
  open_panel (self, pc);
  assert_ok (give_act (self, pc, JK_ACT_ABSENT, record_of (self, 2)));
  g_autoptr (JkHandin) before = look (self, pc, NULL, 0);
  assert_int_equal (before->n_results, 2);
  assert_int_equal (before->unexplained->len, N_DUE - 3);
  assert_false (before->is_ready);
  assert_true (before->has_news);
  assert_string_equal (((JkHandinPerson *) before->unexplained->pdata[0])->name,
                       jk_test_exam_get_candidate (self->exam, 3)->name);

  guint n = list_words (self, 3, words);
  g_autoptr (JkHandin) handin = look (self, pc, words, n);
  assert_true (handin->is_ready);
  assert_int_equal (handin->findings->len, 0);
  assert_int_equal (handin->without_slip->len, 0);
  assert_int_equal (handin->counts.due, N_DUE);
  assert_int_equal (handin->counts.absent, 1);
  assert_int_equal (handin->counts.started, 2);
  assert_int_equal (handin->counts.sealed, 2);
  assert_int_equal (handin->counts.receipts, 2);

  const JkHandinSigning signing = signing_of (self, words, n);
  assert_ok (sign (pc, &signing, &made));
  g_autoptr (JkHandinSheet) sheet = made;
  g_autoptr (JkSheet) read = read_sheet (self, sheet);
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (read));
  assert_string_equal (sheet->code, code);
  assert_int_equal (jk_sheet_get_n_rows (read), N_DUE);
  assert_int_equal (jk_sheet_get_second_role (read), JK_ROLE_PROCTOR);
  assert_false (jk_sheet_is_alone (read));
  assert_int_equal (sheet->n_orders, 0);

  g_autoptr (JkHandin) after = look (self, pc, NULL, 0);
  assert_false (after->has_news);
  assert_false (after->is_ready);
  assert_int_equal (after->number, 2);
}

static void
a_sheet_that_leaves_somebody_out_is_not_signed (void **state)
{
  Hall *self = *state;
  const JkHandinSigning signing = signing_of (self, NULL, 0);

  copy_to_stick (self, hand_in_at (self, 0, 0, TRUE));
  g_autoptr (GError) error = sign (&self->pcs[0], &signing, NULL);
  assert_non_null (error);
  assert_non_null (strstr (error->message, "5 of the roll"));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_UNEXPLAINED);
}

static void
who_has_no_slip_is_named_and_may_be_signed_for (void **state)
{
  Hall *self = *state;
  JkHandinWord words[N_DUE];

  copy_to_stick (self, hand_in_at (self, 0, 0, FALSE));
  g_autoptr (JkHandin) handin = look (self, &self->pcs[0], words, list_words (self, 1, words));
  assert_int_equal (handin->without_slip->len, 1);
  assert_int_equal (handin->counts.receipts, 0);
  assert_int_equal (handin->n_shown, 1);
  assert_true (handin->is_ready);
}

static void
a_word_for_who_has_a_result_is_one_too_many (void **state)
{
  Hall *self = *state;
  JkHandinWord words[N_DUE];
  guint n = list_words (self, 1, words);

  copy_to_stick (self, hand_in_at (self, 0, 0, TRUE));
  words[n] = (JkHandinWord){ record_of (self, 0), JK_SEAT_ABSENT };
  g_autoptr (JkHandin) handin = look (self, &self->pcs[0], words, n + 1);
  assert_true (handin->is_ready);
  assert_int_equal (handin->counts.absent, 0);
}

/* As where somebody was sent to another seat before the start. */
static void
who_left_a_pc_and_has_no_result_is_asked_for (void **state)
{
  Hall *self = *state;
  Pc *pc = sit_at (self, 0, 0);
  JkHandinWord words[N_DUE];

  assert_ok (give_act (self, pc, JK_ACT_MOVE, record_of (self, 0)));
  await_page (pc->desk, JK_PAGE_MOVED);
  guint n = list_words (self, 1, words);
  g_autoptr (JkHandin) handin = look (self, pc, words, n);
  assert_int_equal (handin->unexplained->len, 1);
  assert_int_equal (handin->counts.due, N_DUE);
  words[n] = (JkHandinWord){ record_of (self, 0), JK_SEAT_LOST };
  g_autoptr (JkHandin) said = look (self, pc, words, n + 1);
  assert_true (said->is_ready);
  assert_int_equal (said->counts.started, 1);
  assert_int_equal (said->counts.sealed, 0);
}

static void
what_is_missing_to_sign_is_asked_for (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkHandinWord words[N_DUE];
  guint n = list_words (self, 0, words);
  JkHandinSigning cases[5];
  const char *const sentences[] = { "once more",
                                    "second person",
                                    "second person",
                                    "another",
                                    "spare" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    cases[i] = signing_of (self, words, n);
  cases[0].again = "";
  cases[1].second = 0;
  cases[2].second_passcode = NULL;
  cases[3].second = JK_ROLE_CHIEF;
  cases[4].alone = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = sign (pc, &cases[i], NULL);
    assert_non_null (error);
    assert_non_null (strstr (error->message, sentences[i]));
    assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  }
}

static void
a_wrong_passcode_signs_nothing (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkHandinWord words[N_DUE];
  guint n = list_words (self, 0, words);
  JkHandinSigning first = signing_of (self, words, n), second = first;

  first.again = second.second_passcode = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_SPARE_1);
  g_autoptr (GError) again = sign (pc, &first, NULL);
  assert_error (again, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  g_autoptr (GError) other = sign (pc, &second, NULL);
  assert_error (other, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  g_autofree char *name = jk_sheet_dup_file_name (jk_test_exam_get_session (self->exam, 0), 1);
  assert_false (lies_there (self, name));
}

static void
one_alone_signs_with_a_spare_and_the_sheet_says_so (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkHandinWord words[N_DUE];
  JkHandinSigning signing = signing_of (self, words, list_words (self, 0, words));
  JkHandinSheet *made = NULL;

  signing.alone = TRUE;
  signing.second = JK_ROLE_SPARE_1;
  signing.second_passcode = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_SPARE_1);
  assert_ok (sign (pc, &signing, &made));
  g_autoptr (JkHandinSheet) sheet = made;
  g_autoptr (JkSheet) read = read_sheet (self, sheet);
  assert_true (jk_sheet_is_alone (read));
}

static void
a_sheet_that_could_not_be_read_is_kept (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkHandinWord words[N_DUE];
  const JkHandinSigning signing = signing_of (self, words, list_words (self, 0, words));
  const JkSession *session = jk_test_exam_get_session (self->exam, 0);
  g_autofree char *name = jk_sheet_dup_file_name (session, 1);

  g_free (jk_test_folder_put_text (self->stick, name, "garbage"));
  g_autoptr (GError) error = sign (pc, &signing, NULL);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_UNEXPLAINED);
  g_autofree char *path = jk_test_folder_dup_path (self->stick, name);
  g_autofree char *text = NULL;
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "garbage");
}

static void
a_closed_panel_reads_and_signs_nothing (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  const JkHandinSigning signing = signing_of (self, NULL, 0);
  Made made = { 0 };

  jk_panel_close (pc->panel);
  jk_panel_read_handin_async (pc->panel, stick_of (self), &signing.said, read_ended, &made);
  g_autoptr (GError) error = await (&made.ended);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  g_autoptr (GError) refused = sign (pc, &signing, NULL);
  assert_error (refused, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
}

static void
a_stick_that_fails_has_a_whole_sheet_or_none (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  JkHandinWord words[N_DUE];
  const JkHandinSigning signing = signing_of (self, words, list_words (self, 0, words));
  g_autofree char *name = jk_sheet_dup_file_name (jk_test_exam_get_session (self->exam, 0), 1);
  guint n_failed = 0;

  for (guint n = 1; n < 100; n++) {
    jk_test_storage_heal (disk);
    jk_test_storage_only (disk, stick_of (self));
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    JkHandinSheet *made = NULL;
    g_autoptr (GError) error = sign (pc, &signing, &made);
    g_autoptr (JkHandinSheet) sheet = made;
    gboolean has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    n_failed += has_failed;
    if (sheet != NULL)
      jk_sheet_free (read_sheet (self, sheet));
    if (!has_failed)
      break;
    /* One that came to lie there, and was not proven, is whole: it is the sheet. */
    if (lies_there (self, name)) {
      const JkHandinSheet lying = { .name = name };
      jk_sheet_free (read_sheet (self, &lying));
      take_off (self, name);
    }
  }
  jk_test_storage_only (disk, NULL);
  assert_true (n_failed > 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_three_pcs_copied_adds_up_on_one_sheet),
    TEST (a_sheet_that_leaves_somebody_out_is_not_signed),
    TEST (who_has_no_slip_is_named_and_may_be_signed_for),
    TEST (a_word_for_who_has_a_result_is_one_too_many),
    TEST (who_left_a_pc_and_has_no_result_is_asked_for),
    TEST (what_is_missing_to_sign_is_asked_for),
    TEST (a_wrong_passcode_signs_nothing),
    TEST (one_alone_signs_with_a_spare_and_the_sheet_says_so),
    TEST (a_sheet_that_could_not_be_read_is_kept),
    TEST (a_closed_panel_reads_and_signs_nothing),
    TEST (a_stick_that_fails_has_a_whole_sheet_or_none),
  };

  return cmocka_run_group_tests_name ("handin", tests, check_build_exam, check_free_exam);
}
