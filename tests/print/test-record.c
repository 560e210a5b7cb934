/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/record.c */
#include "print/record.h"
#include "base/text.h"
#include "print/printed.h"
#include "result/receipt.h"
#include "result/refused.h"
#include "session/session-private.h"
#include "support/closing.h"

/* Takes the sheets. Without blanks. */
static char *
print_sheets (JkSheet **sheets, guint n, const JkRoll *roll)
{
  g_autoptr (JkSheetMerge) merge = jk_sheet_merge_new (sheets, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jk_record_form (jk_test_exam_get_session (exam, 0), merge, roll, &error);
  g_auto (GStrv) pages = read_pages (pdf, error);
  g_autofree char *all = g_strjoinv ("", pages);

  return dup_dense (all);
}

static void
check_has (const char *text, const char *wanted, guint n)
{
  if (count_in (text, wanted) != n)
    fail_msg ("%s is there %u times, not %u, in\n%s", wanted, count_in (text, wanted), n, text);
}

/* Candidates 0 to 2 handed in, 3 absent, 4 never seen, 5 ill. */
static void
add_hall (JkTestClosing *closing, GString *receipts, GString *digests)
{
  for (guint i = 0; i < 3; i++) {
    g_autoptr (JkTestHandedIn) sitting = hand_in (i);
    g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
    JkSheetRow row = jk_test_row_of (closing, result, sitting);
    JkDigest receipt;
    jk_receipt_compute (jk_session_get_digest (sitting->session),
                        i,
                        1,
                        &sitting->handed_in_link,
                        &receipt);
    g_autofree char *code = jk_receipt_dup_code (&receipt);
    g_autofree char *digest = jk_text_hex (row.digest.bytes, 4);
    g_string_append_printf (receipts, "%s\n", code);
    g_string_append_printf (digests, "%s\n", digest);
    jk_test_closing_add (closing, row);
  }
  jk_test_closing_add (closing, jk_test_row (3, JK_SEAT_ABSENT));
  jk_test_closing_add (closing, jk_test_row (4, JK_SEAT_NEVER_SEEN));
  jk_test_closing_add (closing, jk_test_row (5, JK_SEAT_LEFT_ILL));
}

static void
check_lines (const char *text, const char *lines)
{
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);

  for (guint i = 0; i < 3; i++)
    check_has (text, each[i], 1);
}

static void
counts_rows_and_codes_are_on_paper (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_autoptr (GString) receipts = g_string_new (NULL);
  g_autoptr (GString) digests = g_string_new (NULL);
  g_autoptr (JkRoll) roll = open_roll (exam);

  add_hall (closing, receipts, digests);
  JkSheet *sheet = jk_test_closing_make (closing, "a");
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (sheet));
  g_autofree char *text = print_sheets (&sheet, 1, roll);

  check_has (text, "考场情况记录单", 2); /* title and foot */
  check_has (text, "应考实考缺考未到违纪已开考已收卷已发回执64110333", 1);
  check_has (text, "三数一致", 1);
  check_lines (text, receipts->str);
  check_lines (text, digests->str);
  for (guint i = 0; i < 6; i++)
    check_has (text, jk_test_exam_get_candidate (exam, i)->name, 1);
  check_has (text, jk_test_exam_get_candidate (exam, 0)->admission, 0);
  check_has (text, "seat0", 1);
  check_has (text, "因病离场", 1);
  check_has (text, code, 1);
  check_has (text, "主考、监考已采用", 1);
  check_has (text, "主考签名：", 1);
  check_has (text, "监考人员签名：", 1);
  check_has (text, "二、违纪与异常情况无三、", 1);
}

static void
without_a_roll_there_are_no_names (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkSheetNote note = { "", "事实", 2, JK_NOTE_INCIDENT };

  g_array_append_val (closing->notes, note);
  for (guint i = 0; i < 6; i++)
    jk_test_closing_add (closing, jk_test_row (i, JK_SEAT_ABSENT));
  JkSheet *sheet = jk_test_closing_make (closing, "a");
  g_autofree char *text = print_sheets (&sheet, 1, NULL);

  check_has (text, "考生0", 0);
  check_has (text, "三数一致", 1);
  check_has (text, "异常—seat2事实1", 1);
}

static void
notes_have_code_person_and_facts (void **state)
{
  const JkSheetNote notes[] = { { "E201", "停电两分钟 <b>", JK_NOTE_ROOM, JK_NOTE_INCIDENT },
                                { "W601", "使用手机", 1, JK_NOTE_VIOLATION },
                                { "", "迟到", 3, JK_NOTE_INCIDENT } };
  JkPerson people[] = { { "1", "甲", "", "1", "" }, { "2", "乙", "", "2", "" } };
  g_autoptr (JkRoll) roll = make_roll (people, G_N_ELEMENTS (people)); /* has no record 3 */
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);

  g_array_append_vals (closing->notes, notes, G_N_ELEMENTS (notes));
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  JkSheet *sheet = jk_test_closing_make (closing, "a");
  g_autofree char *text = print_sheets (&sheet, 1, roll);

  check_has (text, "违纪W601seat1乙使用手机1", 1);
  check_has (text, "异常E201全考场停电两分钟<b>1", 1);
  check_has (text, "异常—记录3迟到1", 1);
  assert_true (strstr (text, "使用手机") < strstr (text, "停电两分钟")); /* violations first */
}

static void
who_was_alone_revoked_or_spare_is_said (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  JkSession *session = (JkSession *) closing->session;
  JkSheetRow walk_in = jk_test_row (7, JK_SEAT_LOST);
  walk_in.spare = TRUE;

  closing->second = JK_ROLE_SPARE_1;
  closing->alone = TRUE;
  jk_test_closing_add (closing, walk_in);
  session->revoked = JK_ROLE_BIT (JK_ROLE_CHIEF);
  JkSheet *sheet = jk_test_closing_make (closing, "a");
  g_autofree char *text = print_sheets (&sheet, 1, NULL);
  session->revoked = 0;

  check_has (text, "主考（已撤销）、备用1（一人签署）", 1);
  check_has (text, "答卷遗失（临时）", 1);
  check_has (text, "01000100", 1);
  check_has (text, "三数不一致", 1); /* sat, and no result */
}

static void
a_sheet_that_was_set_aside_is_named_and_its_rows_are_not (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  JkSheet *sheets[3];
  const JkSheetNote note = { "", "后来的事", JK_NOTE_ROOM, JK_NOTE_INCIDENT };

  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  sheets[0] = jk_test_closing_make (closing, "a");
  closing->second = JK_ROLE_SPARE_2;
  sheets[1] = jk_test_closing_make (closing, "b");
  closing->second = JK_ROLE_PROCTOR;
  jk_test_closing_next (closing, sheets[0]);
  closing->number = 3;
  jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_ABSENT));
  g_array_append_val (closing->notes, note);
  sheets[2] = jk_test_closing_make (closing, "c");
  g_autofree char *text = print_sheets (sheets, G_N_ELEMENTS (sheets), NULL);

  check_has (text, "seat1", 1);
  check_has (text, "seat2", 0);
  check_has (text, "后来的事", 0);
  check_has (text, "主考、监考已采用", 1);
  check_has (text, "与已采用的同号收卷单内容相同", 1);
  check_has (text, "前一张缺失或未采用，暂不计入", 1);
}

static void
two_contents_of_one_number_count_for_nothing (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  JkSheet *sheets[2];

  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  sheets[0] = jk_test_closing_make (closing, "a");
  jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_ABSENT));
  sheets[1] = jk_test_closing_make (closing, "b");
  g_autofree char *text = print_sheets (sheets, G_N_ELEMENTS (sheets), NULL);

  check_has (text, "seat1", 0);
  check_has (text, "与其他收卷单矛盾，未采用", 2);
}

static void
a_hall_without_a_sheet_has_an_empty_record (void **state)
{
  g_autofree char *text = print_sheets (NULL, 0, NULL);

  check_has (text, "一、各座位情况无二、", 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (counts_rows_and_codes_are_on_paper),
    cmocka_unit_test (without_a_roll_there_are_no_names),
    cmocka_unit_test (notes_have_code_person_and_facts),
    cmocka_unit_test (who_was_alone_revoked_or_spare_is_said),
    cmocka_unit_test (a_sheet_that_was_set_aside_is_named_and_its_rows_are_not),
    cmocka_unit_test (two_contents_of_one_number_count_for_nothing),
    cmocka_unit_test (a_hall_without_a_sheet_has_an_empty_record),
  };
  return cmocka_run_group_tests_name ("record", tests, set_up, tear_down);
}
