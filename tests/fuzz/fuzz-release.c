/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a release: as the file, of which everything but the MAC is read before it; and
 * as names and reason, which come back from the file as they went in. */
#include "repair.h"

#include "score/release.h"

#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkSession *session;
static const JkSecret *centre;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  session = jk_test_exam_get_session (fuzz_exam (), 0);
  centre = jk_test_exam_get_centre (fuzz_exam ());
  return 0;
}

static void
write_and_read (const char *const *lines, guint32 seal_number)
{
  const JkReleaseTerms terms = {
    .first = lines[0],
    .second = lines[1],
    .reason = lines[2],
    .result = { { 7 } },
    .record = seal_number % JK_RECORDS_MAX,
    .seal_number = MAX (seal_number, 1),
  };

  if (!jk_release_check_people (&terms, NULL))
    return;
  g_autoptr (GBytes) bytes = jk_release_write (&terms, session, centre);
  g_autoptr (JkRelease) release = jk_release_open ("fuzz", bytes, session, centre, NULL);
  g_assert_nonnull (release);
  const JkReleaseTerms *found = jk_release_get_terms (release);
  g_autofree char *name = jk_release_dup_file_name (found, session);
  g_assert_cmpstr (found->first, ==, terms.first);
  g_assert_cmpstr (found->second, ==, terms.second);
  g_assert_cmpstr (found->reason, ==, terms.reason);
  g_assert_cmpuint (found->record, ==, terms.record);
  g_assert_cmpuint (found->seal_number, ==, terms.seal_number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (JkRelease) release = jk_release_open ("fuzz", bytes, session, centre, NULL);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);

  if (g_strv_length (lines) == 3)
    write_and_read ((const char *const *) lines, (guint32) size);
  return 0;
}
