/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/centre.c: results begun before an amendment, or under one. */
#include "session/amended.h"

#include "base/bytes.h"
#include "result/error.h"
#include "score/error.h"
#include "score/table.h"
#include "support/handed-in.h"

#define CORRECTED 1u
#define OTHER_NAME                                                                                 \
  "[amendment]\nnumber=1\nreason=核对\n[roster]\ncorrected=c.csv\n"                              \
  "[renumbered]\n2101050340101002=2101050340101777\n"
#define NO_RECORDS "[amendment]\nnumber=%u\nreason=x\n[window]\nlatest-entry-min=%u\n"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3, .extra_min = 30 };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

#define with_exam(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

static JkCentre *
open_centre (const JkTestExam *exam, const JkSession *session)
{
  GError *error = NULL;
  JkCentre *centre = jk_centre_open (jk_test_exam_get_world (exam),
                                     session,
                                     jk_test_exam_get_bank_path (exam),
                                     jk_test_exam_get_keys_path (exam),
                                     jk_test_exam_get_centre (exam),
                                     &error);
  if (centre == NULL)
    fail_msg ("%s", error->message);
  return centre;
}

/* The second candidate gets another number, name and ID number. */
static JkSession *
correct (const JkTestExam *exam)
{
  JkSession *session = amended_open (exam, 0);

  amended_put_table (exam, "c.csv", "2101050340101777", "二号", AMENDED_ID_2, "02");
  amended_make_and_apply (exam, session, OTHER_NAME);
  return session;
}

/* Logged in as the session was built, begun under an amendment. */
static JkTestHandedIn *
begin_under (const JkTestExam *exam, guint n, guint32 amendment, guint minutes)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (exam, n);
  const JkPaper *paper = jk_own_paper_get_paper (sitting->own);
  JkStarted started = {
    .allotted_ms = minutes * 60000u,
    .n_items = jk_paper_get_n (paper),
    .amendment = amendment,
  };
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  JkDigest digest;
  guint at = 0;

  sitting->link = sitting->first_link;
  sitting->sequence = 2;
  for (guint row = 0; row < 2; row++) {
    guint32 size = jk_bytes_get_u32 (sitting->rows->data + at);
    jk_chain_next (&sitting->link, sitting->rows->data + at + 4, size, &sitting->link);
    at += 4 + size;
  }
  g_byte_array_set_size (sitting->rows, at);
  jk_paper_get_digest (paper, &digest);
  memcpy (started.paper_digest, digest.bytes, JK_DIGEST_BYTES);
  jk_test_handed_in_add (sitting, JK_EVENT_STARTED, out, jk_payload_put_started (out, &started));
  return sitting;
}

static GBytes *
end (JkTestHandedIn *sitting)
{
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_end (sitting);
  return jk_test_handed_in_seal (sitting);
}

static void
check_counts (const JkCentre *centre, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JkScore score;

  if (!jk_centre_score (centre, "r", bytes, &score, &error))
    fail_msg ("%s", error->message);
  assert_int_equal (score.answered, 1);
  assert_false (score.has_revoked_signer);
  jk_score_clear (&score);
}

static void
check_refused (const JkCentre *centre, GBytes *bytes, GQuark domain, gint code, const char *said)
{
  g_autoptr (GError) error = NULL;
  JkScore score;

  assert_false (jk_centre_score (centre, "r.jkresult", bytes, &score, &error));
  if (!g_error_matches (error, domain, code) || strstr (error->message, said) == NULL)
    fail_msg ("%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
}

static void
what_was_begun_before_a_correction_counts (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = correct (exam);
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  g_autoptr (JkTable) table = jk_table_new (centre, NULL);
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, CORRECTED);
  g_autoptr (GBytes) bytes = end (sitting);

  check_counts (centre, bytes);
  assert_true (jk_table_take (table, "r", bytes));
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  const char *row = strstr (scores, "2101050340101777");
  assert_non_null (row);
  assert_non_null (strstr (row, "二号"));
  assert_int_equal (jk_table_get_n_scored (table), 1);
}

static void
who_logged_in_before_and_began_after_counts (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = correct (exam);
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  g_autoptr (JkTestHandedIn) sitting = begin_under (exam, CORRECTED, 1, 90);
  g_autoptr (GBytes) bytes = end (sitting);

  check_counts (centre, bytes);
}

/* The key stays that of the numbers, so both rolls prove the log-in. */
static void
a_name_alone_may_be_corrected (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, CORRECTED);
  g_autoptr (JkSession) session = amended_open (exam, 0);

  amended_put_table (exam, "c.csv", candidate->admission, "二号", candidate->id_number, "02");
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=x\n[roster]\ncorrected=c.csv\n");
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  for (guint32 amendment = 0; amendment < 2; amendment++) {
    g_autoptr (JkTestHandedIn) sitting = begin_under (exam, CORRECTED, amendment, 90);
    g_autoptr (GBytes) bytes = end (sitting);
    check_counts (centre, bytes);
  }

  /* The corrected name belongs to no sitting that began before it. */
  g_autoptr (JkTestHandedIn) early = begin_under (exam, CORRECTED, 0, 90);
  JkTestForgery parts;
  g_bytes_unref (end (early));
  jk_test_handed_in_get_parts (early, &parts);
  parts.name = "二号";
  g_autoptr (GBytes) forged = jk_test_forge (exam, &parts);
  check_refused (centre, forged, JK_SCORE_ERROR, JK_SCORE_ERROR_PERSON, "another person");

  g_autoptr (JkTestHandedIn) late = begin_under (exam, CORRECTED, 1, 90);
  g_bytes_unref (end (late));
  jk_test_handed_in_get_parts (late, &parts);
  parts.name = "二号";
  g_autoptr (GBytes) corrected = jk_test_forge (exam, &parts);
  check_counts (centre, corrected);
}

static void
a_log_in_that_no_roll_proves_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = correct (exam);
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  g_autoptr (JkTestHandedIn) sitting = begin_under (exam, CORRECTED, 1, 90);
  JkTestForgery parts;

  g_bytes_unref (end (sitting));
  jk_test_handed_in_get_parts (sitting, &parts);
  parts.sitting_id[3] ^= 1;
  g_autoptr (GBytes) bytes = jk_test_forge (exam, &parts);
  check_refused (centre, bytes, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF, "logged in");
}

static void
an_amendment_that_is_not_loaded_is_named (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkTestHandedIn) sitting = begin_under (exam, CORRECTED, 2, 90);
  g_autoptr (GBytes) bytes = end (sitting);

  for (guint n = 1; n <= 2; n++) {
    g_autoptr (JkCentre) centre = open_centre (exam, session);
    g_autofree char *ini = g_strdup_printf (NO_RECORDS, n, 40 + n);
    check_refused (centre,
                   bytes,
                   JK_RESULT_ERROR,
                   JK_RESULT_ERROR_AMENDMENT,
                   n == 1 ? "r.jkresult was begun under amendment 2; expected at most 0"
                          : "r.jkresult was begun under amendment 2; expected at most 1");
    amended_make_and_apply (exam, session, ini);
  }
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  check_counts (centre, bytes);
}

/* The first candidate's extra time ends with the correction; who began before it keeps it. */
static void
time_is_that_of_the_person_who_began (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autoptr (JkSession) session = amended_open (exam, 0);

  amended_put_table (exam, "c.csv", candidate->admission, "一号", candidate->id_number, "01");
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=x\n[roster]\ncorrected=c.csv\n");
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  g_autoptr (JkTestHandedIn) early = begin_under (exam, 0, 0, 120);
  g_autoptr (GBytes) bytes = end (early);
  check_counts (centre, bytes);

  g_autoptr (JkTestHandedIn) late = begin_under (exam, 0, 1, 120);
  JkTestForgery parts;
  g_bytes_unref (end (late));
  jk_test_handed_in_get_parts (late, &parts);
  parts.name = "一号";
  g_autoptr (GBytes) forged = jk_test_forge (exam, &parts);
  check_refused (centre, forged, JK_SCORE_ERROR, JK_SCORE_ERROR_TIME, "more time");
}

static const JkStarted *
get_started (JkSitting *sitting)
{
  return jk_replay_get_started (jk_journal_get_replay (jk_sitting_get_journal (sitting)));
}

/* Begins, is stopped, and goes on where the correction has come into force meanwhile. */
static void
a_running_sitting_keeps_what_it_began_under (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  JkTestClock *clock = jk_test_world_get_clock (jk_test_exam_get_fakes (exam));
  g_autofree char *store = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "store");
  g_autoptr (JkStation) station = jk_station_open (world, store, "test PC", NULL);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (exam, CORRECTED, &key);
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (exam, CORRECTED);
  JkSittingPlace place = {
    .world = world,
    .session = jk_test_exam_get_session (exam, 0),
    .station = station,
    .sealer = jk_result_sealer (),
  };

  g_autoptr (JkSitting) sitting = jk_sitting_begin (&place, record, key, NULL);
  assert_int_not_equal (jk_sitting_confirm (sitting, NULL), 0);
  assert_int_not_equal (jk_sitting_start (sitting, own, NULL), 0);
  assert_int_not_equal (jk_sitting_answer (sitting, 0, 1, NULL), 0);
  jk_sitting_free (g_steal_pointer (&sitting));

  g_autoptr (JkSession) session = correct (exam);
  g_autoptr (JkCentre) centre = open_centre (exam, session);
  place.session = session;
  sitting = jk_sitting_resume (&place, CORRECTED, NULL);
  assert_string_equal (jk_sitting_get_person (sitting)->admission, "2101050340101002");
  assert_string_equal (jk_sitting_get_person (sitting)->name, "考生02");
  assert_int_equal (get_started (sitting)->amendment, 0);
  jk_test_clock_pass_s (clock, 60 * 60);
  g_autoptr (GError) error = NULL;
  if (!jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error))
    fail_msg ("%s", error->message);
  check_counts (centre, jk_sitting_get_result (sitting));
}

/* Who logs in and begins with the amendment loaded carries its number. */
static void
a_start_carries_the_number_in_force (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autofree char *store = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "store");
  g_autoptr (JkStation) station = jk_station_open (world, store, "test PC", NULL);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (exam, 2, &key);
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (exam, 2);
  g_autoptr (JkSession) session = correct (exam);
  const JkSittingPlace place = {
    .world = world,
    .session = session,
    .station = station,
    .sealer = jk_result_sealer (),
  };
  g_autoptr (JkSitting) sitting = jk_sitting_begin (&place, record, key, NULL);

  assert_int_not_equal (jk_sitting_confirm (sitting, NULL), 0);
  assert_int_not_equal (jk_sitting_start (sitting, own, NULL), 0);
  assert_int_equal (get_started (sitting)->amendment, 1);
}

static void
an_order_of_a_revoked_role_is_flagged (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  g_autoptr (JkTestHandedIn) other = jk_test_handed_in_new (exam, 2);

  jk_test_handed_in_obey (sitting, JK_ACT_EXTEND, 10u * 60000u);
  g_autoptr (GBytes) bytes = end (sitting);
  g_autoptr (GBytes) unordered = end (other);
  g_autoptr (JkCentre) before = open_centre (exam, session);
  check_counts (before, bytes);
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=遗失\n[roles]\nrevoke=proctor\n");

  g_autoptr (JkCentre) centre = open_centre (exam, session);
  g_autoptr (JkTable) table = jk_table_new (centre, NULL);
  assert_true (jk_table_take (table, "r.jkresult", bytes));
  assert_true (jk_table_take (table, "o.jkresult", unordered));
  assert_int_equal (jk_table_get_n_scored (table), 2);
  assert_true (jk_table_get_score (table, 0)->has_revoked_signer);
  assert_false (jk_table_get_score (table, 2)->has_revoked_signer);
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  assert_non_null (strstr (scores, "延时 10 分钟；含已撤销监考角色签署的指令\"\r\n"));
  g_autofree char *files = jk_table_dup_files_csv (table);
  assert_non_null (strstr (files,
                           "it obeys an order signed by a role that was revoked since\"\r\n"
                           "\"o.jkresult\""));
  const char *last = strstr (files, "\"o.jkresult\"");
  assert_null (strstr (last, "revoked"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_exam (what_was_begun_before_a_correction_counts),
    with_exam (who_logged_in_before_and_began_after_counts),
    with_exam (a_name_alone_may_be_corrected),
    with_exam (a_log_in_that_no_roll_proves_is_refused),
    with_exam (an_amendment_that_is_not_loaded_is_named),
    with_exam (time_is_that_of_the_person_who_began),
    with_exam (a_running_sitting_keeps_what_it_began_under),
    with_exam (a_start_carries_the_number_in_force),
    with_exam (an_order_of_a_revoked_role_is_flagged),
  };
  return cmocka_run_group_tests_name ("amended", tests, NULL, NULL);
}
