/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/code-entry.h"

static void
assert_grouped (const char *typed, guint n_letters, const char *expected)
{
  g_autofree char *grouped = jk_code_entry_dup_grouped (typed, n_letters);

  assert_string_equal (grouped, expected);
}

static void
letters_stand_in_groups_as_printed (void **state)
{
  assert_grouped ("", 13, "");
  assert_grouped ("abcd", 13, "ABCD");
  assert_grouped ("abcde", 13, "ABCD-E");
  assert_grouped (" ab-cd ef gh", 13, "ABCD-EFGH");
  assert_grouped ("ABCDEFGHIJKLM", 13, "ABCD-EFGH-IJKLM");
  assert_grouped ("ABCDEFGHIJK", 11, "ABCD-EFGH-IJK");
  assert_grouped ("ABCDEFGHIJKLMNOPQRSTU", 21, "ABCD-EFGH-IJKL-MNOP-QRSTU");
}

static void
what_is_typed_letter_by_letter_stands_there_in_order (void **state)
{
  GtkWidget *entry = jk_code_entry_new ();
  GtkWindow *window = jk_stage_show (entry);

  jk_stage_type (GTK_ENTRY (entry), "q2vm 0z913k1xx");
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "Q2VM-0Z91-3K1XX");
  assert_int_equal (gtk_editable_get_position (GTK_EDITABLE (entry)), 15);
  jk_stage_close (window);
}

static void
a_letter_typed_in_the_middle_moves_the_rest_on (void **state)
{
  GtkWidget *entry = jk_code_entry_new ();
  GtkWindow *window = jk_stage_show (entry);
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (entry));
  int position = 2;

  gtk_editable_set_text (GTK_EDITABLE (entry), "abefghi");
  assert_string_equal (gtk_editable_get_text (inner), "ABEF-GHI");
  gtk_editable_insert_text (inner, "c-d", -1, &position);
  assert_string_equal (gtk_editable_get_text (inner), "ABCD-EFGH-I");
  assert_int_equal (position, 4);
  jk_stage_close (window);
}

static void
a_letter_taken_away_closes_the_groups (void **state)
{
  GtkWidget *entry = jk_code_entry_new ();
  GtkWindow *window = jk_stage_show (entry);
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  gtk_editable_set_text (GTK_EDITABLE (entry), "abcdef");
  gtk_editable_delete_text (inner, 1, 2);
  assert_string_equal (gtk_editable_get_text (inner), "ACDE-F");
  gtk_editable_delete_text (inner, 5, 6);
  assert_string_equal (gtk_editable_get_text (inner), "ACDE");
  jk_stage_close (window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (letters_stand_in_groups_as_printed),
    cmocka_unit_test (what_is_typed_letter_by_letter_stands_there_in_order),
    cmocka_unit_test (a_letter_typed_in_the_middle_moves_the_rest_on),
    cmocka_unit_test (a_letter_taken_away_closes_the_groups),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
