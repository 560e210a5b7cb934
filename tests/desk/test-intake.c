/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/intake.c */
#include "desk/intake.h"

#include "base/error.h"
#include "support/folder.h"
#include "support/storage.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define BANK_BYTES (1024u * 1024)
#define N_OTHERS 5000

typedef struct {
  /* Owned */
  JkTestFolder *stick, *pc;
  JkTestStorage *disk;
  char *place;
} Scene;

static int
set_up (void **state)
{
  Scene *self = g_new0 (Scene, 1);

  self->stick = jk_test_folder_new ();
  self->pc = jk_test_folder_new ();
  self->disk = jk_test_storage_new (NULL);
  self->place = jk_test_folder_dup_path (self->pc, "incoming");
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Scene *self = *state;

  jk_test_storage_free (self->disk);
  jk_test_folder_free (self->stick);
  jk_test_folder_free (self->pc);
  g_free (self->place);
  g_free (self);
  return 0;
}

static void
put (Scene *self, const char *name, const char *text)
{
  g_autofree char *path = jk_test_folder_put_text (self->stick, name, text);
}

static JkIntake *
take_in (Scene *self, GHashTable *skip, GCancellable *cancellable, GError **error)
{
  return jk_intake_new (jk_test_storage_get (self->disk),
                        jk_test_folder_get_path (self->stick),
                        self->place,
                        skip,
                        NULL,
                        cancellable,
                        error);
}

static void
assert_copy (const JkIntakeFile *file, const char *name, const char *text)
{
  g_autofree char *data = NULL;

  assert_string_equal (file->name, name);
  assert_null (file->problem);
  assert_true (g_file_get_contents (file->copy, &data, NULL, NULL));
  assert_string_equal (data, text);
}

static void
what_can_be_taken_is_copied_in_the_order_of_taking (void **state)
{
  Scene *self = *state;
  g_autofree char *folder = jk_test_folder_dup_path (self->stick, "folder.jkbank");

  put (self, "10.jkamend", "ten");
  put (self, "2.jkamend", "two");
  put (self, "a.jkorder", "order");
  put (self, "B.JKBANK", "bank");
  put (self, "z.jksession", "session");
  put (self, "._z.jksession", "what a Mac leaves");
  put (self, ".jkbank", "no name");
  put (self, "holiday.jpg", "other");
  assert_int_equal (g_mkdir (folder, 0700), 0);
  g_autoptr (JkIntake) intake = take_in (self, NULL, NULL, NULL);
  assert_int_equal (jk_intake_get_n (intake), 5);
  assert_copy (jk_intake_get (intake, 0), "z.jksession", "session");
  assert_copy (jk_intake_get (intake, 1), "B.JKBANK", "bank");
  assert_copy (jk_intake_get (intake, 2), "2.jkamend", "two");
  assert_copy (jk_intake_get (intake, 3), "10.jkamend", "ten");
  assert_copy (jk_intake_get (intake, 4), "a.jkorder", "order");
  assert_int_equal (jk_test_folder_count (self->stick), 9);
}

static void
people_who_move_are_named_and_stay_where_they_are (void **state)
{
  Scene *self = *state;

  put (self, "b.JKCAPSULE", "one");
  put (self, "a.jkcapsule", "other");
  put (self, "._c.jkcapsule", "double");
  g_autoptr (JkIntake) intake = take_in (self, NULL, NULL, NULL);
  assert_int_equal (jk_intake_get_n (intake), 0);
  const GPtrArray *capsules = jk_intake_get_capsules (intake);
  assert_int_equal (capsules->len, 2);
  assert_string_equal (capsules->pdata[0], "a.jkcapsule");
  assert_string_equal (capsules->pdata[1], "b.JKCAPSULE");
  assert_int_equal (jk_test_folder_count (self->pc), 0);
}

static void
freed_it_leaves_nothing_behind (void **state)
{
  Scene *self = *state;

  put (self, "a.jkorder", "order");
  JkIntake *intake = take_in (self, NULL, NULL, NULL);
  assert_int_equal (jk_test_folder_count (self->pc), 1);
  jk_intake_free (intake);
  assert_int_equal (jk_test_folder_count (self->pc), 0);
  jk_intake_free (NULL);
  /* And an empty stick makes nothing. */
  g_autofree char *path = jk_test_folder_dup_path (self->stick, "a.jkorder");
  assert_int_equal (g_unlink (path), 0);
  g_autoptr (JkIntake) empty = take_in (self, NULL, NULL, NULL);
  assert_int_equal (jk_intake_get_n (empty), 0);
  assert_int_equal (jk_test_folder_count (self->pc), 0);
}

static void
what_was_seen_is_listed_and_not_copied_until_it_changes (void **state)
{
  Scene *self = *state;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  put (self, "a.jkorder", "order");
  g_autoptr (JkIntake) first = take_in (self, NULL, NULL, NULL);
  const char *mark = jk_intake_get (first, 0)->mark;
  g_hash_table_add (seen, (gpointer) mark);
  g_autoptr (JkIntake) second = take_in (self, seen, NULL, NULL);
  assert_int_equal (jk_intake_get_n (second), 0);
  assert_true (jk_intake_has (second, mark));
  put (self, "a.jkorder", "another order");
  g_autoptr (JkIntake) third = take_in (self, seen, NULL, NULL);
  assert_int_equal (jk_intake_get_n (third), 1);
  assert_false (jk_intake_has (third, mark));
}

static void
a_folder_that_is_gone_is_told_in_one_sentence (void **state)
{
  Scene *self = *state;
  g_autoptr (GError) error = NULL;

  assert_null (jk_intake_new (jk_test_storage_get (self->disk),
                              "/media/nowhere",
                              self->place,
                              NULL,
                              NULL,
                              NULL,
                              &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  assert_non_null (strstr (error->message, "/media/nowhere"));
  assert_non_null (strstr (error->message, "plugged in"));
}

/* Each of the two has its copy or its sentence, and so has a folder that cannot be made. */
static void
pulled_at_any_call_each_file_has_its_copy_or_its_sentence (void **state)
{
  Scene *self = *state;
  guint n_problems = 0, n_errors = 0;

  put (self, "a.jkorder", "one");
  put (self, "b.jkorder", "two");
  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (self->disk);
    jk_test_storage_fail (self->disk, JK_TEST_ANY, n, EIO, JK_TEST_FOR_GOOD);
    JkIntake *intake = take_in (self, NULL, NULL, &error);
    assert_int_equal (intake == NULL, error != NULL);
    n_errors += error != NULL ? 1 : 0;
    for (guint i = 0; intake != NULL && i < 2; i++) {
      const JkIntakeFile *file = jk_intake_get (intake, i);
      assert_int_equal (file->copy == NULL, file->problem != NULL);
      n_problems += file->copy == NULL ? 1 : 0;
    }
    gboolean has_failed = jk_test_storage_has_failed (self->disk);
    jk_test_storage_heal (self->disk);
    jk_intake_free (intake);
    assert_int_equal (jk_test_storage_get_n_open (self->disk), 0);
    if (!has_failed)
      break;
  }
  assert_in_range (n_errors, 2, 15);
  assert_in_range (n_problems, 10, 40);
}

static void
a_file_too_long_is_not_even_copied (void **state)
{
  Scene *self = *state;
  g_autofree char *film = g_strnfill (20000, 'x');

  put (self, "film.jkorder", film);
  put (self, "good.jkorder", "order");
  g_autoptr (JkIntake) intake = take_in (self, NULL, NULL, NULL);
  const JkIntakeFile *file = jk_intake_get (intake, 0);
  assert_null (file->copy);
  assert_true (g_error_matches (file->problem, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE));
  assert_copy (jk_intake_get (intake, 1), "good.jkorder", "order");
}

static void
thousands_of_other_files_are_passed_over (void **state)
{
  Scene *self = *state;

  for (guint i = 0; i < N_OTHERS; i++) {
    g_autofree char *name = g_strdup_printf ("DCIM%04u.JPG", i);
    put (self, name, "x");
  }
  put (self, "a.jkorder", "order");
  g_autoptr (JkIntake) intake = take_in (self, NULL, NULL, NULL);
  assert_int_equal (jk_intake_get_n (intake), 1);
}

typedef struct {
  guint64 done, total;
} Seen;

static void
see (const char *name, guint64 done, guint64 total, gpointer user_data)
{
  Seen *self = user_data;

  self->done = done;
  self->total = total;
}

static void
put_bank (Scene *self)
{
  g_autofree char *data = g_malloc0 (BANK_BYTES);
  g_autoptr (GBytes) bytes = g_bytes_new (data, BANK_BYTES);
  g_autofree char *path = jk_test_folder_put (self->stick, "a.jkbank", bytes);
}

static void
progress_ends_at_all_bytes (void **state)
{
  Scene *self = *state;
  Seen seen = { 0 };
  g_autoptr (JkProgress) progress = jk_progress_new (g_main_context_default (), see, &seen);

  put_bank (self);
  put (self, "a.jkorder", "order");
  g_autoptr (JkIntake) intake = jk_intake_new (jk_test_storage_get (self->disk),
                                               jk_test_folder_get_path (self->stick),
                                               self->place,
                                               NULL,
                                               progress,
                                               NULL,
                                               NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  assert_int_equal (seen.done, BANK_BYTES + 5);
  assert_int_equal (seen.total, BANK_BYTES + 5);
}

static void
cancel_in_the_copy (const char *path, gpointer user_data)
{
  if (strstr (path, ".part-") != NULL)
    g_cancellable_cancel (user_data);
}

static void
cancelled_it_leaves_nothing_behind (void **state)
{
  Scene *self = *state;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  put (self, "a.jksession", "session");
  put_bank (self);
  jk_test_storage_watch (self->disk, cancel_in_the_copy, cancellable);
  assert_null (take_in (self, NULL, cancellable, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_autofree char *copy = g_build_filename (self->place, "a.jkbank", NULL);
  assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
a_sentence_names_the_stick (void **state)
{
  Scene *self = *state;
  const char *stick = jk_test_folder_get_path (self->stick);
  g_autoptr (JkIntake) intake = take_in (self, NULL, NULL, NULL);
  g_autofree char *said = g_strdup_printf ("%s/a.jkbank: no bank.", self->place);
  g_autofree char *wanted = g_strdup_printf ("%s/a.jkbank: no bank.", stick);
  g_autofree char *sentence = jk_intake_dup_sentence (intake, said);

  assert_string_equal (sentence, wanted);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_can_be_taken_is_copied_in_the_order_of_taking),
    TEST (people_who_move_are_named_and_stay_where_they_are),
    TEST (freed_it_leaves_nothing_behind),
    TEST (what_was_seen_is_listed_and_not_copied_until_it_changes),
    TEST (a_folder_that_is_gone_is_told_in_one_sentence),
    TEST (pulled_at_any_call_each_file_has_its_copy_or_its_sentence),
    TEST (a_file_too_long_is_not_even_copied),
    TEST (thousands_of_other_files_are_passed_over),
    TEST (progress_ends_at_all_bytes),
    TEST (cancelled_it_leaves_nothing_behind),
    TEST (a_sentence_names_the_stick),
  };
  return cmocka_run_group_tests_name ("intake", tests, NULL, NULL);
}
