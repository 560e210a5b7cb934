/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a .jkamend: as they are, and signed by the session's own authority, as an
 * office that was broken into can; one that is taken is put into force. */
#include "repair.h"

#include "session/amend.h"
#include "support/flips.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkTestExam *exam;
static JkSession *session;

/* One with nothing in force. */
static void
open_session (void)
{
  jk_session_free (session);
  session = jk_session_open (jk_test_exam_get_world (exam),
                             jk_test_exam_get_session_path (exam, 0),
                             jk_test_exam_get_authorities (exam),
                             NULL);
  g_assert_nonnull (session);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  exam = fuzz_exam ();
  open_session ();
  return 0;
}

/* file must outlive what is opened. */
static JkAmendment *
open_amendment (JkTestOneFile *file, GBytes *bytes)
{
  jk_test_one_file_init (file);
  file->bytes = bytes;
  return jk_amendment_open (&file->storage, "fuzz", session, NULL);
}

static void
put_into_force (const JkAmendment *amendment)
{
  guint n_records = jk_session_get_n_records (session);

  if (!jk_session_amend (session, amendment, NULL)) {
    g_assert_cmpuint (jk_session_get_amendment_number (session), ==, 0);
    g_assert_cmpuint (jk_session_get_n_records (session), ==, n_records);
    return;
  }
  g_assert_cmpuint (jk_session_get_amendment_number (session), ==, 1);
  g_assert_cmpuint (jk_session_get_n_records (session), <=, JK_RECORDS_MAX);
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, jk_test_exam_get_centre (exam), NULL);
  g_assert_true (roll == NULL || jk_roll_get_n (roll) == jk_session_get_n_records (session));
  open_session ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) before = g_bytes_new_static (data, size);
  g_autoptr (GBytes) after = g_bytes_new_static (copy, size);
  JkTestOneFile one, other;
  g_autoptr (JkAmendment) plain = open_amendment (&one, before);

  if (!fuzz_repair_envelope (copy, size, JK_KIND_AMENDMENT, jk_test_exam_get_authority (exam)))
    return 0;
  g_autoptr (JkAmendment) amendment = open_amendment (&other, after);
  if (amendment == NULL)
    return 0;
  g_assert_cmpuint (jk_amendment_get_number (amendment), <=, JK_AMENDMENTS_MAX);
  g_assert_true (g_utf8_validate (jk_amendment_get_reason (amendment), -1, NULL));
  put_into_force (amendment);
  return 0;
}
