/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/release.c */
#include "score/release.h"
#include "base/error.h"
#include "base/limits.h"
#include "score/error.h"
#include "score/marked.h"

#include <string.h>

static JkTestExam *exam;

static int
set_up (void **state)
{
  exam = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

static JkReleaseTerms
example (void)
{
  return (JkReleaseTerms){ .first = "王一",
                           .second = "李二",
                           .reason = "U盘次日送达，封条完好",
                           .result = { { 1, 2, 3 } },
                           .record = 3,
                           .seal_number = 2 };
}

static GBytes *
write_example (void)
{
  const JkReleaseTerms terms = example ();
  return jk_release_write (&terms,
                           jk_test_exam_get_session (exam, 0),
                           jk_test_exam_get_centre (exam));
}

static JkRelease *
open_release (GBytes *bytes, guint hall, const JkSecret *centre, GError **error)
{
  return jk_release_open ("a.jkrelease",
                          bytes,
                          jk_test_exam_get_session (exam, hall),
                          centre,
                          error);
}

static void
refused (GBytes *bytes, guint hall, const JkSecret *centre, const char *words)
{
  g_autoptr (GError) error = NULL;

  assert_null (open_release (bytes, hall, centre, &error));
  assert_true (g_error_matches (error, JK_SCORE_ERROR, JK_SCORE_ERROR_RELEASE));
  assert_true (g_str_has_prefix (error->message, "a.jkrelease: "));
  assert_non_null (strstr (error->message, words));
}

static void
what_two_people_said_is_read (void **state)
{
  g_autoptr (GBytes) bytes = write_example ();
  g_autoptr (JkRelease) release = open_release (bytes, 0, jk_test_exam_get_centre (exam), NULL);
  const JkReleaseTerms wanted = example ();
  const JkReleaseTerms *terms = jk_release_get_terms (release);
  g_autofree char *name = jk_release_dup_file_name (terms, jk_test_exam_get_session (exam, 0));

  assert_string_equal (jk_release_get_file (release), "a.jkrelease");
  assert_string_equal (terms->first, wanted.first);
  assert_string_equal (terms->second, wanted.second);
  assert_string_equal (terms->reason, wanted.reason);
  assert_true (jk_digest_equal (&terms->result, &wanted.result));
  assert_int_equal (terms->record, 3);
  assert_int_equal (terms->seal_number, 2);
  assert_true (g_str_has_suffix (name, "-01-3-s2-041060.jkrelease"));
  jk_release_free (NULL);
}

static void
another_hall_and_another_centre_are_refused (void **state)
{
  g_autoptr (GBytes) bytes = write_example ();
  g_autoptr (JkSecret) other = jk_secret_new (JK_KEY_BYTES);

  refused (bytes, 1, jk_test_exam_get_centre (exam), "another session or hall");
  refused (bytes, 0, other, "without this centre's key");
}

static void
every_flipped_bit_and_every_cut_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = write_example ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const JkReleaseTerms wanted = example ();
  guint n_harmless = 0;

  for (gsize cut = 0; cut + 1 < size; cut++) {
    g_autoptr (GBytes) shorter = g_bytes_new (data, cut);
    g_autoptr (JkRelease) release = open_release (shorter, 0, jk_test_exam_get_centre (exam), NULL);
    assert_null (release);
  }
  for (gsize bit = 0; bit < size * 8; bit++) {
    g_autofree guint8 *changed = g_memdup2 (data, size);
    changed[bit / 8] ^= (guint8) (1 << bit % 8);
    g_autoptr (GBytes) flipped = g_bytes_new (changed, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JkRelease) release =
        open_release (flipped, 0, jk_test_exam_get_centre (exam), &error);
    if (release == NULL) {
      assert_non_null (error);
      continue;
    }
    /* A hexadecimal digit in the other case, or a blank after the last line, says the same. */
    const JkReleaseTerms *terms = jk_release_get_terms (release);
    assert_string_equal (terms->first, wanted.first);
    assert_string_equal (terms->second, wanted.second);
    assert_string_equal (terms->reason, wanted.reason);
    assert_true (jk_digest_equal (&terms->result, &wanted.result));
    assert_int_equal (terms->record, wanted.record);
    n_harmless++;
  }
  assert_in_range (n_harmless, 1, 3 * 64 + 8);
}

static void
people_and_reason_must_be_there_and_differ (void **state)
{
  g_autofree char *long_name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'x');
  g_autofree char *long_reason = g_strnfill (JK_NOTE_FACTS_BYTES_MAX + 1, 'x');
  const struct {
    const char *first, *second, *reason;
    const char *words;
  } cases[] = {
    { "", "B", "r", "two people" },
    { "A", " B", "r", "two people" },
    { "A", "B\n", "r", "two people" },
    { "A\\n", "B", "r", "two people" },
    { long_name, "B", "r", "two people" },
    { "A", "\xff", "r", "two people" },
    { "王 一", "王  一", "r", "different" },
    { "Wang", "ＷＡＮＧ", "r", "different" },
    { "A", "B", "", "reason" },
    { "A", "B", "one\ntwo", "reason" },
    { "A", "B", long_reason, "reason" },
  };
  JkReleaseTerms terms = example ();

  assert_true (jk_release_check_people (&terms, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    terms.first = cases[i].first;
    terms.second = cases[i].second;
    terms.reason = cases[i].reason;
    assert_false (jk_release_check_people (&terms, &error));
    assert_true (g_error_matches (error, JK_SCORE_ERROR, JK_SCORE_ERROR_RELEASE));
    assert_non_null (strstr (error->message, cases[i].words));
  }
  /* The centre's key does not make one person two. */
  terms = example ();
  terms.second = terms.first;
  g_autoptr (GBytes) alone =
      jk_release_write (&terms, jk_test_exam_get_session (exam, 0), jk_test_exam_get_centre (exam));
  refused (alone, 0, jk_test_exam_get_centre (exam), "two people and a reason");
}

static void
a_file_that_is_no_release_is_refused (void **state)
{
  const JkSecret *centre = jk_test_exam_get_centre (exam);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) binary = g_bytes_new_static ("\xff\xfe", 2);
  g_autoptr (GBytes) large =
      g_bytes_new_take (g_strnfill (JK_RELEASE_BYTES_MAX + 1, '#'), JK_RELEASE_BYTES_MAX + 1);
  g_autoptr (GError) text = NULL;
  g_autoptr (GError) size = NULL;

  refused (empty, 0, centre, "expected a release");
  assert_null (open_release (binary, 0, centre, &text));
  assert_true (g_error_matches (text, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
  assert_null (open_release (large, 0, centre, &size));
  assert_true (g_error_matches (size, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_two_people_said_is_read),
    cmocka_unit_test (another_hall_and_another_centre_are_refused),
    cmocka_unit_test (every_flipped_bit_and_every_cut_is_refused),
    cmocka_unit_test (people_and_reason_must_be_there_and_differ),
    cmocka_unit_test (a_file_that_is_no_release_is_refused),
  };
  return cmocka_run_group_tests_name ("release", tests, set_up, tear_down);
}
