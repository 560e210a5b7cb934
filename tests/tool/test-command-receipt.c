/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-receipt.c */
#include "base/text.h"
#include "result/receipt.h"
#include "support/handed-in.h"
#include "tool/commands.h"

#include "said.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

typedef struct {
  /* Owned */
  JkTestExam *exam;
  JkTestSaid *said;
  GPtrArray *paths;
  char *code;       /* of candidate 0's result */
  char *undone;     /* of the hand-in before it */
  char *other_code; /* of candidate 1's */
  char *digest;
} Slips;

static Slips slips;

static const char *
put_bytes (const char *name, GBytes *bytes)
{
  const JkTestFolder *folder = jk_test_exam_get_folder (slips.exam);
  g_autofree char *path = jk_test_folder_put (folder, name, bytes);

  g_ptr_array_add (slips.paths, g_strdup (path));
  assert_int_equal (chmod (path, 0600), 0);
  return g_ptr_array_index (slips.paths, slips.paths->len - 1);
}

static const char *
put (const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return put_bytes (name, bytes);
}

static const char *
path_of (const char *name)
{
  g_ptr_array_add (slips.paths,
                   jk_test_folder_dup_path (jk_test_exam_get_folder (slips.exam), name));
  return g_ptr_array_index (slips.paths, slips.paths->len - 1);
}

static char *
dup_code (const JkTestHandedIn *sitting)
{
  const JkDigest *session = jk_session_get_digest (sitting->session);
  JkDigest receipt;

  jk_receipt_compute (session,
                      jk_record_get_person (sitting->record)->index,
                      sitting->seal_number,
                      &sitting->handed_in_link,
                      &receipt);
  g_free (slips.digest);
  slips.digest = jk_text_hex (receipt.bytes, JK_DIGEST_BYTES);
  return jk_receipt_dup_code (&receipt);
}

/* Candidate n answers each question with its first option as shown, but the last. */
static void
answer_all (JkTestHandedIn *sitting)
{
  const JkPaper *paper = jk_own_paper_get_paper (sitting->own);

  for (guint i = 0; i + 1 < jk_paper_get_n (paper); i++)
    jk_test_handed_in_answer (sitting, i, (guint16) (1u << jk_paper_get_item (paper, i)->order[0]));
}

/* The key that support/exam.c makes, as its owner keeps it. */
static void
put_centre (const char *name, const char *file)
{
  const JkWorld *world = jk_test_exam_get_world (slips.exam);
  g_autoptr (JkKey) key = jk_key_new (JK_KEY_CENTRE, name, world->random);
  g_autoptr (JkSecret) passphrase = jk_secret_new_copy ("the centre's words", 18);
  g_autoptr (GBytes) bytes =
      jk_key_lock (key, passphrase, world->costs->passphrase, world->random, NULL);

  assert_non_null (bytes);
  put_bytes (file, bytes);
}

static int
set_up (void **state)
{
  slips.exam = jk_test_exam_new ();
  slips.said = jk_test_said_new (jk_test_exam_get_world (slips.exam));
  slips.paths = g_ptr_array_new_with_free_func (g_free);
  put_centre ("test centre", "centre.jkkey");
  put_centre ("another centre", "other.jkkey");
  put ("secrets", "centre-passphrase=the centre's words\n");
  put ("wrong", "centre-passphrase=some other words\n");

  g_autoptr (JkTestHandedIn) other = jk_test_handed_in_new (slips.exam, 1);
  answer_all (other);
  jk_test_handed_in_end (other);
  g_autoptr (GBytes) other_bytes = jk_test_handed_in_seal (other);
  put_bytes ("other.jkresult", other_bytes);
  slips.other_code = dup_code (other);

  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (slips.exam, 0);
  jk_test_handed_in_end (sitting);
  slips.undone = dup_code (sitting);
  jk_test_handed_in_reopen (sitting);
  answer_all (sitting);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  put_bytes ("a.jkresult", bytes);
  slips.code = dup_code (sitting);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_said_free (slips.said);
  jk_test_exam_free (slips.exam);
  g_ptr_array_unref (slips.paths);
  g_free (slips.code);
  g_free (slips.undone);
  g_free (slips.other_code);
  g_free (slips.digest);
  return 0;
}

/* What follows the files a centre has. */
static void
verify_with (int exit_code, const char *centre, const char *secrets, const char *bank, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const fixed[] = {
    "receipt",       "verify",
    "--session",     jk_test_exam_get_session_path (slips.exam, 0),
    "--bank",        bank,
    "--centre",      path_of (centre),
    "--secrets",     path_of (secrets),
    "--authorities", jk_test_exam_get_authorities_path (slips.exam),
  };
  va_list more;
  int found;

  for (guint n = 0; n < G_N_ELEMENTS (fixed); n++)
    g_ptr_array_add (arguments, (gpointer) fixed[n]);
  va_start (more, bank);
  for (const char *each = va_arg (more, const char *); each != NULL;
       each = va_arg (more, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (more);
  g_ptr_array_add (arguments, NULL);
  found = jk_test_said_run_list (slips.said, (const char *const *) arguments->pdata);
  if (found != exit_code)
    fail_msg ("exit %d\n%s%s", found, slips.said->out, slips.said->err);
}

#define verify(exit_code, ...)                                                                     \
  verify_with (exit_code,                                                                          \
               "centre.jkkey",                                                                     \
               "secrets",                                                                          \
               jk_test_exam_get_bank_path (slips.exam),                                            \
               __VA_ARGS__,                                                                        \
               NULL)

#define SAYS(stream, words)                                                                        \
  do {                                                                                             \
    if (strstr (slips.said->stream, words) == NULL)                                                \
      fail_msg ("“%s” lacks “%s”", slips.said->stream, words);                                     \
  } while (0)

static void
a_receipt_gives_the_answers_as_they_were_shown (void **state)
{
  verify (JK_EXIT_OK, "--receipt", slips.code, path_of ("a.jkresult"));
  SAYS (out, "record: 0\nseal: 2\n");
  SAYS (out, "verified: the receipt is of this result\n");
  SAYS (out, "items: 6\nanswered: 5\n");
  SAYS (out, "\nanswer\t1\tA\nanswer\t2\tA\nanswer\t3\tA\nanswer\t4\tA\n");
  SAYS (out, "\nanswer\t5\t正确\nanswer\t6\t\n");
  assert_string_equal (slips.said->err, "");
}

static void
the_qr_code_does_the_same (void **state)
{
  g_autofree char *upper = g_ascii_strup (slips.digest, -1);

  verify (JK_EXIT_OK, "--qr", slips.digest, path_of ("a.jkresult"));
  SAYS (out, "answer\t1\tA\n");
  verify (JK_EXIT_OK, "--qr", upper, "--receipt", slips.code, path_of ("a.jkresult"));
  verify (JK_EXIT_FINDINGS, "--qr", upper, "--receipt", slips.undone, path_of ("a.jkresult"));
  upper[0] = upper[0] == '0' ? '1' : '0';
  verify (JK_EXIT_FINDINGS, "--qr", upper, path_of ("a.jkresult"));
  SAYS (err, "belongs to another result");
  verify (JK_EXIT_USAGE, "--qr", slips.code, path_of ("a.jkresult"));
}

static void
the_questions_come_with_it_when_asked_for (void **state)
{
  verify (JK_EXIT_OK, "--receipt", slips.code, "--text", path_of ("a.jkresult"));
  SAYS (out, "的题干。");
  SAYS (out, "\tA ");
  SAYS (out, "; B ");
}

static void
objects_come_one_to_a_line (void **state)
{
  const char *list = put ("list.txt", "1\tB\n");

  verify (JK_EXIT_FINDINGS,
          "--json",
          "--receipt",
          slips.code,
          "--answers",
          list,
          "--text",
          path_of ("a.jkresult"));
  jk_test_said_check_json (slips.said, TRUE);
  SAYS (out, "{\"event\":\"answer\",\"number\":1,\"answer\":\"A\"");
  SAYS (out, "{\"event\":\"difference\",\"number\":1,\"listed\":\"B\",\"handed-in\":\"A\"}");
}

static void
the_same_list_is_the_same (void **state)
{
  const char *list = put ("list.txt", "1\tA\n2 ａ\n3. A\n4：a\n5\t对\n");

  verify (JK_EXIT_OK, "--receipt", slips.code, "--answers", list, path_of ("a.jkresult"));
  SAYS (out, "\ndifferences: 0\n");
}

static void
every_difference_of_a_list_is_told (void **state)
{
  const char *list = put ("list.txt", "1\tA\n2\tB\n4\tA\n5\t错误\n6\tA\n");

  verify (JK_EXIT_FINDINGS, "--receipt", slips.code, "--answers", list, path_of ("a.jkresult"));
  SAYS (out,
        "\ndifference\t2\tB\tA\ndifference\t3\t\tA\ndifference\t5\t错误\t正确\n"
        "difference\t6\t正确\t\ndifferences: 4\n");
}

static void
a_list_that_cannot_be_read_is_told_first (void **state)
{
  const char *list = put ("list.txt", "1\tA\n99\tA\n2\tZ\n");

  verify (JK_EXIT_FINDINGS, "--receipt", slips.code, "--answers", list, path_of ("a.jkresult"));
  SAYS (err, "list.txt: line 2: found “99 A”");
  SAYS (err, "list.txt: line 3: found “Z”");
  assert_string_equal (slips.said->out, "");
  list = put ("list.txt", "1\t\xff\n");
  verify (JK_EXIT_REFUSED, "--receipt", slips.code, "--answers", list, path_of ("a.jkresult"));
  verify (JK_EXIT_STORAGE,
          "--receipt",
          slips.code,
          "--answers",
          path_of ("none.txt"),
          path_of ("a.jkresult"));
}

static void
a_receipt_copied_wrongly_is_told_before_anything_is_read (void **state)
{
  g_autofree char *mistyped = g_strdup (slips.code);

  mistyped[0] = mistyped[0] == '7' ? '8' : '7';
  verify (JK_EXIT_SECRET, "--receipt", mistyped, path_of ("none.jkresult"));
  SAYS (err, "The receipt is not copied well. The code is mistyped: its check letter");
  verify (JK_EXIT_SECRET, "--receipt", "ABCD", path_of ("a.jkresult"));
  SAYS (err, "The receipt is not copied well. The code has 4 letters");
}

static void
a_receipt_of_another_candidate_is_told (void **state)
{
  verify (JK_EXIT_FINDINGS, "--receipt", slips.other_code, path_of ("a.jkresult"));
  SAYS (err, "belongs to another result; expected the receipt of record 0, hand-in 2");
  assert_string_equal (slips.said->out, "");
  verify (JK_EXIT_OK, "--receipt", slips.other_code, path_of ("other.jkresult"));
}

static void
a_receipt_of_an_undone_hand_in_is_told (void **state)
{
  verify (JK_EXIT_FINDINGS, "--receipt", slips.undone, path_of ("a.jkresult"));
  SAYS (err, "the receipt of hand-in 1 of this candidate, which was undone");
  SAYS (err, "-01-0-s1.jkresult");
}

static void
a_changed_or_foreign_file_is_refused (void **state)
{
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path_of ("a.jkresult"), &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_autoptr (GBytes) changed = g_bytes_new (bytes, size);
  put_bytes ("changed.jkresult", changed);
  verify (JK_EXIT_REFUSED, "--receipt", slips.code, path_of ("changed.jkresult"));
  SAYS (err, "changed.jkresult");
  verify (JK_EXIT_REFUSED, "--receipt", slips.code, jk_test_exam_get_bank_path (slips.exam));
  verify (JK_EXIT_STORAGE, "--receipt", slips.code, path_of ("none.jkresult"));
}

static void
only_this_centre_with_this_bank_reads_it (void **state)
{
  const char *bank = jk_test_exam_get_bank_path (slips.exam);
  const char *result = path_of ("a.jkresult");

  verify_with (JK_EXIT_SECRET,
               "centre.jkkey",
               "wrong",
               bank,
               "--receipt",
               slips.code,
               result,
               NULL);
  verify_with (JK_EXIT_SECRET,
               "other.jkkey",
               "secrets",
               bank,
               "--receipt",
               slips.code,
               result,
               NULL);
  verify_with (JK_EXIT_REFUSED,
               "centre.jkkey",
               "secrets",
               path_of ("library.jkbank"),
               "--receipt",
               slips.code,
               result,
               NULL);
  SAYS (err, "not the bank that session");
}

static void
any_fault_of_the_disk_is_told (void **state)
{
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (slips.exam));
  const char *bank = jk_test_exam_get_bank_path (slips.exam);
  guint n_failed = 0;

  for (guint n = 1;; n++) {
    const char *const arguments[] = {
      "receipt",
      "verify",
      "--session",
      jk_test_exam_get_session_path (slips.exam, 0),
      "--bank",
      bank,
      "--centre",
      path_of ("centre.jkkey"),
      "--secrets",
      path_of ("secrets"),
      "--authorities",
      jk_test_exam_get_authorities_path (slips.exam),
      "--receipt",
      slips.code,
      path_of ("a.jkresult"),
      NULL,
    };
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    int found = jk_test_said_run_list (slips.said, arguments);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    /* What was read to its end may fail to close. */
    assert_true (found == JK_EXIT_OK || slips.said->err[0] != '\0');
    assert_true ((found == JK_EXIT_OK) == (strstr (slips.said->out, "answered: 5") != NULL));
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 20, 500);
}

static void
what_is_missing_is_asked_for (void **state)
{
  verify (JK_EXIT_USAGE, path_of ("a.jkresult"));
  SAYS (err, "--receipt CODE or --qr HEX");
  verify (JK_EXIT_USAGE, "--receipt", slips.code);
  for (guint left_out = 0; left_out < 4; left_out++) {
    const char *const all[] = { "--session", "--authorities", "--bank", "--centre" };
    const char *arguments[16] = { "receipt", "verify", "--receipt", slips.code };
    guint n = 4;
    for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
      if (i == left_out)
        continue;
      arguments[n++] = all[i];
      arguments[n++] = "x";
    }
    arguments[n] = "x.jkresult";
    assert_int_equal (jk_test_said_run_list (slips.said, arguments), JK_EXIT_USAGE);
    SAYS (err, all[left_out]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_receipt_gives_the_answers_as_they_were_shown),
    cmocka_unit_test (the_qr_code_does_the_same),
    cmocka_unit_test (the_questions_come_with_it_when_asked_for),
    cmocka_unit_test (objects_come_one_to_a_line),
    cmocka_unit_test (the_same_list_is_the_same),
    cmocka_unit_test (every_difference_of_a_list_is_told),
    cmocka_unit_test (a_list_that_cannot_be_read_is_told_first),
    cmocka_unit_test (a_receipt_copied_wrongly_is_told_before_anything_is_read),
    cmocka_unit_test (a_receipt_of_another_candidate_is_told),
    cmocka_unit_test (a_receipt_of_an_undone_hand_in_is_told),
    cmocka_unit_test (a_changed_or_foreign_file_is_refused),
    cmocka_unit_test (only_this_centre_with_this_bank_reads_it),
    cmocka_unit_test (any_fault_of_the_disk_is_told),
    cmocka_unit_test (what_is_missing_is_asked_for),
  };

  return cmocka_run_group_tests_name ("command-receipt", tests, set_up, tear_down);
}
