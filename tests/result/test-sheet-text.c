/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/sheet-text.c */
#include "result/sheet-text.h"
#include "result/refused.h"
#include "session/session-private.h"
#include "support/closing.h"

static void
all_receipts_and_the_code_of_the_sheet_are_on_paper (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < 3; i++) {
    g_autoptr (JkTestHandedIn) sitting = hand_in (i);
    g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
    JkDigest receipt;
    jk_receipt_compute (jk_session_get_digest (sitting->session),
                        i,
                        1,
                        &sitting->handed_in_link,
                        &receipt);
    g_autofree char *code = jk_receipt_dup_code (&receipt);
    g_string_append_printf (codes, "%s\n", code);
    jk_test_closing_add (closing, jk_test_row_of (closing, result, sitting));
  }
  g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "a");
  g_autofree char *text = jk_sheet_dup_text (sheet, closing->session);
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (sheet));
  g_auto (GStrv) receipts = g_strsplit (codes->str, "\n", -1);

  for (guint i = 0; i < 3; i++)
    assert_non_null (strstr (text, receipts[i]));
  assert_int_equal (strlen (code), 20 + 1 + 4);
  assert_non_null (strstr (text, code));
  assert_non_null (strstr (text, "主考"));
  assert_null (strstr (text, "SIGNED ALONE"));
  assert_null (strstr (text, jk_test_exam_get_candidate (exam, 0)->name));
  assert_null (strstr (text, jk_test_exam_get_candidate (exam, 0)->admission));
}

static void
states_notes_and_who_was_alone_are_said (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkSheetNote notes[] = { { "", "停电两分钟", JK_NOTE_ROOM, JK_NOTE_INCIDENT },
                                { "W601", "手机", 1, JK_NOTE_VIOLATION } };
  JkSheetRow walk_in = jk_test_row (7, JK_SEAT_LOST);

  walk_in.spare = TRUE;
  g_array_append_vals (closing->notes, notes, 2);
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  jk_test_closing_add (closing, walk_in);
  g_autoptr (JkSheet) first = jk_test_closing_make (closing, "a");
  jk_test_closing_next (closing, first);
  g_array_append_vals (closing->notes, notes, 2);
  jk_test_closing_add (closing, walk_in);
  closing->second = JK_ROLE_SPARE_1;
  closing->alone = TRUE;
  g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "b");
  g_autofree char *one = jk_sheet_dup_text (first, closing->session);
  g_autofree char *two = jk_sheet_dup_text (sheet, closing->session);
  g_autofree char *before = jk_sheet_dup_code (jk_sheet_get_digest (first));

  assert_non_null (strstr (one, "缺考 absent 1"));
  assert_non_null (strstr (one, "答卷遗失 临时"));
  assert_null (strstr (one, "REHEARSAL"));
  assert_non_null (strstr (two, before));
  assert_non_null (strstr (two, "SIGNED ALONE"));
  assert_non_null (strstr (two, "违纪 violation, record 1, W601: 手机"));
  assert_non_null (strstr (two, "异常 incident: 停电两分钟"));
}

static void
a_role_that_an_amendment_added_signs (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  JkRole *role = &((JkSession *) closing->session)->roles[JK_ROLES - 1];
  const JkSheetSigner chief = { closing->keys[0].sign, JK_ROLE_CHIEF };
  const JkSheetSigner added = { closing->keys[JK_ROLES - 1].sign, JK_ROLES + 1 };
  const JkSheetContent content = { .number = 1 };
  g_autoptr (GError) error = NULL;

  role->name = added.role;
  g_autoptr (GBytes) bytes =
      jk_sheet_build (closing->session, &content, &chief, &added, TRUE, &error);
  g_autoptr (JkSheet) sheet =
      bytes != NULL ? jk_sheet_open ("a", bytes, closing->session, &error) : NULL;
  g_autofree char *text = sheet != NULL ? jk_sheet_dup_text (sheet, closing->session) : NULL;
  role->name = JK_ROLE_SPARE_2;
  assert_null (error);
  assert_non_null (strstr (text, "spare-3"));
}

static void
a_role_that_was_revoked_is_marked (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  JkSession *session = (JkSession *) closing->session;

  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "a");
  g_autofree char *before = jk_sheet_dup_text (sheet, session);
  session->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  g_autofree char *after = jk_sheet_dup_text (sheet, session);
  session->revoked = 0;
  assert_null (strstr (before, "REVOKED"));
  assert_non_null (strstr (after, "主考 chief, 监考 proctor 已撤销 REVOKED\n"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (all_receipts_and_the_code_of_the_sheet_are_on_paper),
    cmocka_unit_test (states_notes_and_who_was_alone_are_said),
    cmocka_unit_test (a_role_that_an_amendment_added_signs),
    cmocka_unit_test (a_role_that_was_revoked_is_marked),
  };
  return cmocka_run_group_tests_name ("sheet-text", tests, set_up, tear_down);
}
