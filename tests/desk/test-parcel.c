/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/parcel.c: a stick that is pulled, full, protected or broken loses nothing. */
#include "desk/parcel.h"

#include "base/error.h"
#include "check-stick.h"
#include "crypto/guard.h"
#include "envelope/envelope.h"
#include "support/exam.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define NAME "2104-01-3-s1.jkresult"
#define OLDER "2104-01-3-s0.jkresult"
#define N_OTHERS 5000

typedef struct {
  /* Owned */
  JkTestFolder *folder; /* the stick */
  JkTestStorage *disk;
  JkParcel *parcel;
  GBytes *bytes, *other; /* of the parcel; of another whole file */
  Stick *stick;          /* NULL: none is needed */
} Scene;

static GBytes *
read_whole (const char *path)
{
  char *data;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static int
build_exam (void **state)
{
  const JkTestExamOptions options = { .n_second = 2 };

  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
free_exam (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

/* Any two whole files will do. */
static int
set_up (void **state)
{
  const JkTestExam *exam = *state;
  Scene *self = g_new0 (Scene, 1);

  const JkDigest session = { { 1 } };
  self->folder = jk_test_folder_new ();
  self->disk = jk_test_storage_new (NULL);
  self->bytes = read_whole (jk_test_exam_get_session_path (exam, 0));
  self->other = read_whole (jk_test_exam_get_session_path (exam, 1));
  self->parcel = jk_parcel_new (NAME, self->bytes, &session, 3, NULL);
  assert_non_null (self->parcel);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Scene *self = *state;

  stick_free (self->stick);
  jk_parcel_free (self->parcel);
  g_bytes_unref (self->bytes);
  g_bytes_unref (self->other);
  jk_test_storage_free (self->disk);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static gboolean
deliver_to (Scene *self, const char *folder, gboolean *out_was_there, GError **error)
{
  return jk_parcel_deliver (self->parcel,
                            jk_test_storage_get (self->disk),
                            folder,
                            out_was_there,
                            error);
}

static gboolean
deliver (Scene *self, GError **error)
{
  gboolean was_there;

  return deliver_to (self, jk_test_folder_get_path (self->folder), &was_there, error);
}

static void
assert_there (Scene *self, GBytes *wanted)
{
  g_autoptr (GBytes) there = jk_test_folder_get_bytes (self->folder, NAME);

  assert_true (g_bytes_equal (there, wanted));
}

static void
what_is_no_result_is_no_parcel (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("nothing", 7);
  g_autoptr (GError) error = NULL;
  const JkDigest session = { { 1 } };

  assert_null (jk_parcel_new (NAME, bytes, &session, 3, &error));
  assert_non_null (strstr (error->message, NAME));
  jk_parcel_free (NULL);
}

static void
it_arrives_and_is_kept_the_second_time (void **state)
{
  Scene *self = *state;
  const char *folder = jk_test_folder_get_path (self->folder);
  gboolean was_there;

  assert_true (deliver_to (self, folder, &was_there, NULL));
  assert_false (was_there);
  assert_there (self, self->bytes);
  jk_test_storage_heal (self->disk);
  assert_true (deliver_to (self, folder, &was_there, NULL));
  assert_true (was_there);
  assert_int_equal (jk_test_storage_get_n_calls (self->disk, JK_TEST_PWRITE), 0);
  assert_int_equal (jk_test_storage_get_n_calls (self->disk, JK_TEST_FORGET), 1);
  assert_int_equal (jk_test_folder_count (self->folder), 1);
}

/* The stick after a failure: no copy or a whole one, and all that lay there before. */
static void
check_nothing_lost (Scene *self, GBytes *older)
{
  g_autofree char *path = jk_test_folder_dup_path (self->folder, NAME);
  g_autoptr (GBytes) still = jk_test_folder_get_bytes (self->folder, OLDER);

  assert_true (g_bytes_equal (still, older));
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    assert_there (self, self->bytes);
}

static void
pull_at_every_call (Scene *self, int number, JkTestFault fault)
{
  g_autofree char *path = jk_test_folder_dup_path (self->folder, NAME);
  g_autofree char *older = jk_test_folder_put (self->folder, OLDER, self->other);
  guint n_failures = 0;

  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (self->disk);
    jk_test_storage_limit_transfer (self->disk, g_bytes_get_size (self->bytes) / 3);
    jk_test_storage_fail (self->disk, JK_TEST_ANY, n, number, fault);
    gboolean ok = deliver (self, &error);
    assert_int_equal (ok, error == NULL);
    assert_int_equal (jk_test_storage_get_n_open (self->disk), 0);
    gboolean has_failed = jk_test_storage_has_failed (self->disk);
    check_nothing_lost (self, self->other);
    n_failures += ok ? 0 : 1;
    /* Put in again, it is as if nothing had happened, and no leftover stays. */
    jk_test_storage_heal (self->disk);
    assert_true (deliver (self, NULL));
    assert_there (self, self->bytes);
    if (ok && fault == JK_TEST_ONCE)
      assert_int_equal (jk_test_folder_count (self->folder), 2);
    assert_int_equal (g_unlink (path), 0);
    if (!has_failed)
      break;
  }
  assert_in_range (n_failures, 12, 30);
}

static void
pulled_at_any_call_nothing_is_lost (void **state)
{
  const int numbers[] = { EIO, ENODEV, ENOSPC, EROFS, EACCES };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    pull_at_every_call (*state, numbers[i], JK_TEST_ONCE);
    pull_at_every_call (*state, numbers[i], JK_TEST_FOR_GOOD);
  }
}

static void
a_torn_write_is_swept_and_done_again (void **state)
{
  Scene *self = *state;
  g_autoptr (GError) error = NULL;

  /* With the power gone, the part that was begun is not even removed. */
  jk_test_storage_tear (self->disk, 1, 100, EIO);
  jk_test_storage_fail (self->disk, JK_TEST_UNLINK, 1, EIO, JK_TEST_FOR_GOOD);
  assert_false (deliver (self, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  assert_int_equal (jk_test_folder_count (self->folder), 1);
  jk_test_storage_heal (self->disk);
  assert_true (deliver (self, NULL));
  assert_int_equal (jk_test_folder_count (self->folder), 1);
  assert_there (self, self->bytes);
}

static void
a_stick_that_keeps_other_bytes_is_found_out (void **state)
{
  Scene *self = *state;
  g_autoptr (GError) error = NULL;

  jk_test_storage_on_forget (self->disk, jk_test_storage_spoil, NULL);
  assert_false (deliver (self, &error));
  assert_non_null (strstr (error->message, "use another stick"));
  /* And what it kept does not count as a copy. */
  jk_test_storage_on_forget (self->disk, NULL, NULL);
  assert_true (deliver (self, NULL));
  assert_there (self, self->bytes);
}

static void
a_truncated_copy_is_replaced (void **state)
{
  Scene *self = *state;
  g_autoptr (GBytes) torn =
      g_bytes_new_from_bytes (self->bytes, 0, g_bytes_get_size (self->bytes) - 1);
  g_autofree char *path = jk_test_folder_put (self->folder, NAME, torn);
  gboolean was_there;

  assert_true (deliver_to (self, jk_test_folder_get_path (self->folder), &was_there, NULL));
  assert_false (was_there);
  assert_there (self, self->bytes);
}

static void
another_whole_copy_is_never_overwritten (void **state)
{
  Scene *self = *state;
  g_autofree char *path = jk_test_folder_put (self->folder, NAME, self->other);
  g_autoptr (GError) error = NULL;

  assert_false (deliver (self, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS));
  assert_there (self, self->other);
}

static void
without_its_folder_nothing_is_made (void **state)
{
  Scene *self = *state;
  g_autofree char *folder = jk_test_folder_dup_path (self->folder, "pulled");
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  assert_false (deliver_to (self, folder, &was_there, &error));
  assert_non_null (strstr (error->message, "plugged in"));
  assert_int_equal (jk_test_folder_count (self->folder), 0);
}

static void
thousands_of_other_files_are_left_alone (void **state)
{
  Scene *self = *state;

  for (guint i = 0; i < N_OTHERS; i++) {
    g_autofree char *name = g_strdup_printf ("DCIM%04u.JPG", i);
    g_autofree char *path = jk_test_folder_put_text (self->folder, name, "x");
  }
  assert_true (deliver (self, NULL));
  assert_int_equal (jk_test_folder_count (self->folder), N_OTHERS + 1);
}

/* The bytes in the image are changed behind the back of the file system: only a read that asks the
 * medium sees it. */
static void
spoil_image (int fd, gpointer user_data)
{
  Stick *stick = user_data;

  stick_spoil (stick, NAME);
}

static void
on_a_real_stick_the_medium_is_read_back (void **state)
{
  Scene *self = *state;
  Stick *stick = self->stick = stick_new (8);
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  assert_true (deliver_to (self, stick->mount, &was_there, &error));
  stick_spoil (stick, NAME);
  g_autofree char *path = g_build_filename (stick->mount, NAME, NULL);
  g_autoptr (GBytes) from_memory = read_whole (path);
  assert_true (g_bytes_equal (from_memory, self->bytes));
  g_autoptr (GBytes) back = jk_storage_read_back (jk_storage_system (), path, G_MAXSIZE, NULL);
  assert_false (g_bytes_equal (back, self->bytes));
  /* Spoilt, it is no copy: it is made anew. Spoilt while it is made, it is found out. */
  if (!deliver_to (self, stick->mount, &was_there, &error))
    fail_msg ("%s", error->message);
  assert_false (was_there);
  assert_int_equal (g_unlink (path), 0);
  jk_test_storage_on_forget (self->disk, spoil_image, stick);
  assert_false (deliver_to (self, stick->mount, &was_there, &error));
  assert_non_null (strstr (error->message, "use another stick"));
}

static void
a_real_stick_that_is_full_or_protected_says_so (void **state)
{
  Scene *self = *state;
  Stick *stick = self->stick = stick_new (8);
  g_autofree char *filling = g_build_filename (stick->mount, "film.mkv", NULL);
  g_autoptr (GError) full = NULL, protected = NULL;
  gboolean was_there;

  stick_fill (stick, "film.mkv");
  assert_false (deliver_to (self, stick->mount, &was_there, &full));
  assert_non_null (strstr (full->message, "free space"));
  assert_int_equal (g_unlink (filling), 0);
  stick_protect (stick, TRUE);
  assert_false (deliver_to (self, stick->mount, &was_there, &protected));
  assert_non_null (strstr (protected->message, "write-protected"));
  stick_protect (stick, FALSE);
  assert_true (deliver_to (self, stick->mount, &was_there, NULL));
  /* Protected after it was filled, it still proves what it holds. */
  stick_protect (stick, TRUE);
  assert_true (deliver_to (self, stick->mount, &was_there, NULL));
  assert_true (was_there);
}

static void
the_newest_words_of_a_pc_take_the_place_of_the_older (void **state)
{
  Scene *self = *state;
  const char *const words[] = { "[absent]\nrecords=1\n", "[absent]\nrecords=1;2\n" };
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "pc.jkroom");

  for (guint n = 0; n < 2 * G_N_ELEMENTS (words); n++) {
    const char *text = words[n / 2];
    g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
    g_autoptr (JkParcel) parcel = jk_parcel_new_words ("pc.jkroom", bytes);
    g_autoptr (GError) error = NULL;
    g_autofree char *there = NULL;
    gboolean was_there;
    assert_true (jk_parcel_deliver (parcel,
                                    jk_test_storage_get (self->disk),
                                    jk_test_folder_get_path (self->folder),
                                    &was_there,
                                    &error));
    assert_int_equal (was_there, n % 2);
    assert_true (g_file_get_contents (path, &there, NULL, NULL));
    assert_string_equal (there, text);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_is_no_result_is_no_parcel),
    TEST (the_newest_words_of_a_pc_take_the_place_of_the_older),
    TEST (it_arrives_and_is_kept_the_second_time),
    TEST (pulled_at_any_call_nothing_is_lost),
    TEST (a_torn_write_is_swept_and_done_again),
    TEST (a_stick_that_keeps_other_bytes_is_found_out),
    TEST (a_truncated_copy_is_replaced),
    TEST (another_whole_copy_is_never_overwritten),
    TEST (without_its_folder_nothing_is_made),
    TEST (thousands_of_other_files_are_left_alone),
    TEST (on_a_real_stick_the_medium_is_read_back),
    TEST (a_real_stick_that_is_full_or_protected_says_so),
  };
  return cmocka_run_group_tests_name ("parcel", tests, build_exam, free_exam);
}
