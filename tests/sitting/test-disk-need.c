/* SPDX-License-Identifier: Apache-2.0 */
/* tests of sitting/disk-need.c; against a sitting that was sat: tests/tool/test-disk-taken.c. */
#include "sitting/disk-need.h"

#include "base/limits.h"
#include "crypto/guard.h"
#include "sitting/disk.h"
#include "support/exam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define MIB G_GUINT64_CONSTANT (1048576)

static void
everything_that_is_copied_counts (void **state)
{
  JkDiskNeed disk = { .n_items = 90, .duration_min = 90 };
  guint64 bare = jk_disk_need_estimate (&disk);

  disk.session_bytes = 1000;
  disk.bank_bytes = 20000;
  disk.paper_bytes = 300000;
  assert_int_equal (jk_disk_need_estimate (&disk), bare + 321000);
  assert_in_range (bare, 5 * MIB, 8 * MIB);
}

static void
more_items_and_minutes_need_more (void **state)
{
  JkDiskNeed disk = { .n_items = 90, .duration_min = 90 };
  guint64 bare = jk_disk_need_estimate (&disk);

  disk.n_items++;
  assert_true (jk_disk_need_estimate (&disk) > bare);
  disk.n_items--;
  disk.duration_min++;
  assert_true (jk_disk_need_estimate (&disk) > bare);
}

/* A small bank changes nothing; a large one makes large papers possible; nobody's paper has more
 * than so many of the largest items. */
static void
a_session_needs_room_for_its_largest_paper (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  guint64 largest = JK_TEST_EXAM_PAPER_ITEMS * (guint64) JK_BLOB_BYTES_MAX;

  assert_int_equal (jk_disk_need_of_session (session, 0, TRUE), JK_DISK_NEEDED_BYTES);
  assert_int_equal (jk_disk_need_of_session (session, MIB, TRUE), JK_DISK_NEEDED_BYTES);
  assert_int_equal (jk_disk_need_of_session (session, MIB, FALSE), JK_DISK_NEEDED_BYTES + MIB);
  guint64 most = jk_disk_need_of_session (session, JK_BANK_BYTES_MAX, TRUE);
  assert_int_equal (jk_disk_need_of_session (session, largest, TRUE), most);
  assert_true (2 * largest < JK_DISK_NEEDED_BYTES || most > 2 * largest);
}

static void
a_long_paper_of_pictures_needs_more_than_the_usual_room (void **state)
{
  const JkTestExamOptions options = { .long_items = TRUE };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  guint64 need = jk_disk_need_of_session (session, 100 * MIB, TRUE);

  assert_in_range (need, 200 * MIB, 250 * MIB);
  assert_int_equal (jk_disk_need_of_session (session, 100 * MIB, FALSE), need + 100 * MIB);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everything_that_is_copied_counts),
    cmocka_unit_test (more_items_and_minutes_need_more),
    cmocka_unit_test (a_session_needs_room_for_its_largest_paper),
    cmocka_unit_test (a_long_paper_of_pictures_needs_more_than_the_usual_room),
  };

  if (!jk_guard_init (NULL))
    return 1;
  return cmocka_run_group_tests_name ("disk-need", tests, NULL, NULL);
}
