/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/secret-entry.h"

typedef struct {
  JkSecretEntry *entry;
  GtkEditable *inner;
  GtkWindow *window;
} Scene;

static void
begin (Scene *self)
{
  self->entry = JK_SECRET_ENTRY (jk_secret_entry_new ());
  self->inner = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  self->window = jk_stage_show (GTK_WIDGET (self->entry));
}

static void
assert_holds (Scene *self, const char *expected)
{
  g_autoptr (JkSecret) secret = jk_secret_entry_dup_secret (self->entry);

  assert_string_equal ((const char *) jk_secret_get (secret), expected);
}

static void
gtk_sees_dots_only (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (GTK_ENTRY (scene.entry), "11010x国");
  assert_holds (&scene, "11010x国");
  assert_string_equal (gtk_editable_get_text (scene.inner), "•••••••");
  assert_string_equal (gtk_entry_buffer_get_text (gtk_entry_get_buffer (GTK_ENTRY (scene.entry))),
                       "•••••••");
  assert_false (gtk_editable_get_enable_undo (scene.inner));
  jk_stage_close (scene.window);
}

static void
text_is_put_in_and_taken_out_in_the_middle (void **state)
{
  Scene scene;
  int position = 1;

  begin (&scene);
  jk_stage_type (GTK_ENTRY (scene.entry), "a国d");
  gtk_editable_insert_text (scene.inner, "bc", -1, &position);
  assert_holds (&scene, "abc国d");
  assert_int_equal (position, 3);
  gtk_editable_delete_text (scene.inner, 2, 4);
  assert_holds (&scene, "abd");
  gtk_editable_set_text (GTK_EDITABLE (scene.entry), "xyz");
  assert_holds (&scene, "xyz");
  assert_string_equal (gtk_editable_get_text (scene.inner), "•••");
  jk_secret_entry_clear (scene.entry);
  assert_true (jk_secret_entry_is_empty (scene.entry));
  assert_string_equal (gtk_editable_get_text (scene.inner), "");
  jk_stage_close (scene.window);
}

static void
no_more_is_taken_than_there_is_room_for (void **state)
{
  g_autofree char *long_text = g_strnfill (JK_SECRET_ENTRY_CHARS_MAX + 5, '7');
  Scene scene;

  begin (&scene);
  gtk_editable_set_text (GTK_EDITABLE (scene.entry), long_text);
  long_text[JK_SECRET_ENTRY_CHARS_MAX] = '\0';
  assert_holds (&scene, long_text);
  gtk_editable_set_text (GTK_EDITABLE (scene.entry), "ab\nc");
  assert_holds (&scene, "ab");
  jk_stage_close (scene.window);
}

static void
it_is_shown_only_where_no_other_program_reads (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (GTK_ENTRY (scene.entry), "1101");
  g_setenv ("GTK_A11Y", "atspi", TRUE);
  jk_secret_entry_set_shown (scene.entry, TRUE);
  assert_string_equal (gtk_editable_get_text (scene.inner), "••••");
  g_setenv ("GTK_A11Y", "none", TRUE);
  jk_secret_entry_set_shown (scene.entry, TRUE);
  assert_string_equal (gtk_editable_get_text (scene.inner), "1101");
  jk_stage_type (GTK_ENTRY (scene.entry), "5");
  assert_string_equal (gtk_editable_get_text (scene.inner), "11015");
  jk_secret_entry_set_shown (scene.entry, FALSE);
  assert_string_equal (gtk_editable_get_text (scene.inner), "•••••");
  assert_holds (&scene, "11015");
  jk_stage_close (scene.window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (gtk_sees_dots_only),
    cmocka_unit_test (text_is_put_in_and_taken_out_in_the_middle),
    cmocka_unit_test (no_more_is_taken_than_there_is_room_for),
    cmocka_unit_test (it_is_shown_only_where_no_other_program_reads),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
