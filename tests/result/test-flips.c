/* SPDX-License-Identifier: Apache-2.0 */
/* Every single-bit flip and every truncation of small files of each kind that travels. */
#include "bank/answer-keys.h"
#include "bank/error.h"
#include "result/result.h"
#include "session/amended.h"
#include "support/closing.h"
#include "support/flips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define FILE_NAME "small.file"

static JkTestExam *exam;
static guint8 authority[JK_PUBLIC_BYTES];

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 1 };

  exam = jk_test_exam_new_with (&options);
  jk_sign_get_public (jk_test_exam_get_authority (exam), authority);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

static void
run (const JkTestFlips *kind, const char *path)
{
  g_autoptr (GBytes) bytes = jk_storage_read (jk_storage_system (), path, G_MAXINT32, NULL);

  assert_non_null (bytes);
  jk_test_flips_run (kind, bytes);
}

/* An unlocked bank with every item opened. */
static gboolean
read_bank (JkBank *bank, JkDigest *out_read, GError **error)
{
  const JkSecret *library = jk_test_exam_get_library_key (exam);
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (library);
  g_autoptr (JkHash) hash = jk_hash_new ("test");

  if (!jk_bank_unlock (bank, library, error))
    return FALSE;
  jk_hash_update (hash, jk_bank_get_content_digest (bank)->bytes, JK_DIGEST_BYTES);
  for (guint32 i = 0; i < jk_bank_get_n_items (bank); i++) {
    guint8 key[JK_KEY_BYTES];
    jk_bank_derive_item_key (bank_key, i, key);
    g_autoptr (JkBlob) blob = jk_bank_open_blob (bank, i, key, error);
    if (blob == NULL)
      return FALSE;
    jk_hash_update (hash, jk_blob_get_stem (blob), strlen (jk_blob_get_stem (blob)));
  }
  jk_hash_finish (hash, out_read);
  return TRUE;
}

static gboolean
open_bank (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (&file->storage, FILE_NAME, authority, error);

  return bank != NULL && jk_bank_check_whole (bank, error) && read_bank (bank, out_read, error);
}

static gboolean
open_bank_by_parts (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (&file->storage, FILE_NAME, authority, error);

  return bank != NULL && read_bank (bank, out_read, error);
}

/* A blob is checked against the signed index when it is read. */
static gboolean
is_item_error (const GError *error)
{
  return g_error_matches (error, JK_BANK_ERROR, JK_BANK_ERROR_ITEM);
}

static gboolean
is_no_error (const GError *error)
{
  return FALSE;
}

static gboolean
open_keys (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkAnswerKeys) keys =
      jk_answer_keys_open (&file->storage,
                           FILE_NAME,
                           authority,
                           jk_test_exam_get_centre (exam),
                           jk_bank_get_content_digest (jk_test_exam_get_library (exam)),
                           error);
  g_autoptr (JkHash) hash = jk_hash_new ("test");

  if (keys == NULL)
    return FALSE;
  for (guint32 i = 0; i < jk_answer_keys_get_n (keys); i++)
    jk_hash_update_u32 (hash, jk_answer_keys_get_right (keys, i));
  jk_hash_finish (hash, out_read);
  return TRUE;
}

static gboolean
open_session (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  JkWorld world = *jk_test_exam_get_world (exam);

  world.storage = &file->storage;
  g_autoptr (JkSession) session =
      jk_session_open (&world, FILE_NAME, jk_test_exam_get_authorities (exam), error);
  if (session != NULL)
    *out_read = *jk_session_get_digest (session);
  return session != NULL;
}

static gboolean
open_result (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkResult) result = jk_result_open (FILE_NAME,
                                                file->bytes,
                                                jk_test_exam_get_session (exam, 0),
                                                jk_test_exam_get_centre (exam),
                                                NULL,
                                                error);
  if (result != NULL)
    *out_read = *jk_result_get_receipt (result);
  return result != NULL;
}

static gboolean
open_sheet (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkSheet) sheet =
      jk_sheet_open (FILE_NAME, file->bytes, jk_test_exam_get_session (exam, 0), error);
  if (sheet != NULL)
    *out_read = *jk_sheet_get_digest (sheet);
  return sheet != NULL;
}

static gboolean
open_amendment (const JkTestOneFile *file, JkDigest *out_read, GError **error)
{
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (&file->storage, FILE_NAME, jk_test_exam_get_session (exam, 0), error);
  if (amendment != NULL)
    jk_hash (NULL,
             jk_amendment_get_reason (amendment),
             strlen (jk_amendment_get_reason (amendment)),
             out_read);
  return amendment != NULL;
}

static void
no_change_of_a_bank_is_overlooked (void **state)
{
  const JkTestFlips kind = { .name = ".jkbank", .open = open_bank, .has_signer = TRUE };

  run (&kind, jk_bank_get_file (jk_test_exam_get_library (exam)));
}

static void
no_change_of_a_bank_read_by_parts_is_overlooked (void **state)
{
  const JkTestFlips kind = { ".jkbank by parts", open_bank_by_parts, TRUE, is_item_error };

  run (&kind, jk_bank_get_file (jk_test_exam_get_library (exam)));
}

static void
no_change_of_answer_keys_is_overlooked (void **state)
{
  const JkTestFlips kind = { ".jkkeys", open_keys, TRUE, is_no_error };

  run (&kind, jk_test_exam_get_keys_path (exam));
}

static void
no_change_of_a_session_is_overlooked (void **state)
{
  const JkTestFlips kind = { .name = ".jksession", .open = open_session };

  run (&kind, jk_test_exam_get_session_path (exam, 0));
}

/* With all that one can hold: a date, roles gone and come, a corrected and an added person. */
static void
no_change_of_an_amendment_is_overlooked (void **state)
{
  const JkTestFlips kind = { .name = ".jkamend", .open = open_amendment, .has_signer = TRUE };
  g_autoptr (JkSession) session = amended_open (exam, 0);

  amended_put_table (exam, "c.csv", "2101050340101001", "二号", AMENDED_ID_1, "02");
  amended_put_table (exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_2, "03");
  g_autofree char *path = amended_make (exam,
                                        session,
                                        "[amendment]\nnumber=1\nreason=改期\n[window]\n"
                                        "starts=2021-04-25T14:00\n[roles]\nrevoke=spare-2\n"
                                        "new-spares=1\n[roster]\ncorrected=c.csv\nadded=a.csv\n");
  run (&kind, path);
}

static void
no_change_of_a_result_is_overlooked (void **state)
{
  const JkTestFlips kind = { .name = ".jkresult", .open = open_result };
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);

  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  jk_test_flips_run (&kind, bytes);
}

static void
no_change_of_a_closing_sheet_is_overlooked (void **state)
{
  const JkTestFlips kind = { .name = ".jkhandin", .open = open_sheet };
  const JkSheetNote note = { "W601", "手机", 0, JK_NOTE_VIOLATION };
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);

  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
  jk_test_closing_add (closing, jk_test_row_of (closing, result, sitting));
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_LOST));
  g_array_append_val (closing->notes, note);
  g_autoptr (GBytes) bytes = jk_test_closing_sign (closing);
  jk_test_flips_run (&kind, bytes);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (no_change_of_a_bank_is_overlooked),
    cmocka_unit_test (no_change_of_a_bank_read_by_parts_is_overlooked),
    cmocka_unit_test (no_change_of_answer_keys_is_overlooked),
    cmocka_unit_test (no_change_of_a_session_is_overlooked),
    cmocka_unit_test (no_change_of_an_amendment_is_overlooked),
    cmocka_unit_test (no_change_of_a_result_is_overlooked),
    cmocka_unit_test (no_change_of_a_closing_sheet_is_overlooked),
  };
  return cmocka_run_group_tests_name ("flips", tests, set_up, tear_down);
}
