/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"

#include "session/amend-private.h"

#include <unistd.h>

#define NEW_START "[amendment]\nnumber=%u\nreason=停电\n[window]\nstarts=2021-04-24T1%u:30\n"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3, .n_second = 1 };
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

/* An amendment that moves the start to 1N:30. */
static char *
make_start (const JkTestExam *exam, const JkSession *session, guint number)
{
  g_autofree char *ini = g_strdup_printf (NEW_START, number, number);
  return amended_make (exam, session, ini);
}

/* Logs in to hall 01; NULL and LOGIN when the numbers are no pair. */
static JkRecord *
log_in (const JkTestExam *exam,
        const JkSession *session,
        const char *admission,
        const char *id_number,
        JkSecret **out_key)
{
  g_autoptr (JkSecret) roster_key =
      jk_session_open_room (session, jk_test_exam_get_room_code (exam, 0), NULL);
  g_autoptr (GError) error = NULL;
  JkRecord *record = jk_session_log_in (session, roster_key, admission, id_number, out_key, &error);

  if (record == NULL)
    assert_session_refused (error, LOGIN);
  return record;
}

static void
assert_refused_to_amend (JkSession *session,
                         const JkTestExam *exam,
                         const char *path,
                         const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, session, NULL);

  assert_non_null (amendment);
  assert_false (jk_session_can_amend (session, amendment, &error));
  assert_session_refused (error, AMENDMENT);
  assert_false (jk_session_amend (session, amendment, &error));
  if (strstr (error->message, wanted) == NULL)
    print_error ("%s\n", error->message);
  assert_non_null (strstr (error->message, wanted));
  assert_session_refused (error, AMENDMENT);
}

static void
amendments_come_in_turn_or_are_refused_by_name (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) office = amended_open (exam, 0);
  g_autoptr (JkSession) station = amended_open (exam, 0);
  char *paths[4] = { NULL };

  for (guint n = 1; n <= 3; n++) {
    paths[n] = make_start (exam, office, n);
    amended_apply (exam, office, paths[n]);
  }
  assert_int_equal (jk_session_get_amendment_number (station), 0);
  assert_refused_to_amend (station, exam, paths[2], "amendment 2 came, but 1 is missing");
  amended_apply (exam, station, paths[1]);
  assert_refused_to_amend (station, exam, paths[3], "amendment 3 came, but 2 is missing");
  assert_refused_to_amend (station, exam, paths[3], "load 2 first");
  assert_refused_to_amend (station, exam, paths[1], "1 is in force already");
  assert_int_equal (jk_session_get_amendment_number (station), 1);
  assert_string_equal (jk_session_get_starts (station), "2021-04-24T11:30");
  amended_apply (exam, station, paths[2]);
  amended_apply (exam, station, paths[3]);
  assert_int_equal (jk_session_get_amendment_number (station), 3);
  assert_string_equal (jk_session_get_starts (station), "2021-04-24T13:30");
  assert_true (jk_digest_equal (jk_session_get_digest (station),
                                jk_session_get_digest (jk_test_exam_get_session (exam, 0))));
  for (guint n = 1; n <= 3; n++)
    g_free (paths[n]);
}

static void
what_could_come_into_force_is_not_in_force_yet (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autofree char *path = make_start (exam, session, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, session, &error);

  assert_true (jk_session_can_amend (session, amendment, &error));
  assert_int_equal (jk_session_get_amendment_number (session), 0);
  assert_string_equal (jk_session_get_starts (session), "2021-04-24T09:00");
  assert_true (jk_session_amend (session, amendment, &error));
  assert_true (jk_digest_equal (&session->state_digest, jk_amendment_get_digest (amendment)));
  assert_false (jk_session_can_amend (session, amendment, &error));
  assert_session_refused (error, AMENDMENT);
}

static void
one_made_on_top_of_another_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) office = amended_open (exam, 0);
  g_autoptr (JkSession) station = amended_open (exam, 0);
  g_autofree char *first = make_start (exam, office, 1);
  g_autoptr (GBytes) bytes =
      jk_storage_read (jk_test_exam_get_world (exam)->storage, first, 1 << 20, NULL);
  g_autofree char *kept =
      jk_test_folder_put (jk_test_exam_get_folder (exam), "kept.jkamend", bytes);

  /* The office forgets it, as after a backup, and makes another first one and a second. */
  amended_apply (exam, station, kept);
  g_autoptr (GBytes) office_file = jk_office_lock (jk_test_exam_get_office (exam),
                                                   jk_test_exam_get_passphrase (exam),
                                                   jk_test_exam_get_world (exam),
                                                   NULL);
  assert_true (jk_storage_write (jk_test_exam_get_world (exam)->storage,
                                 jk_test_exam_get_office_path (exam),
                                 0600,
                                 office_file,
                                 NULL));
  assert_int_equal (unlink (first), 0);
  amended_make_and_apply (exam,
                          office,
                          "[amendment]\nnumber=1\nreason=x\n[window]\n"
                          "latest-entry-min=45\n");
  assert_int_equal (jk_session_get_policy (office)->latest_entry_min, 45);
  g_autofree char *second = make_start (exam, office, 2);
  assert_refused_to_amend (station, exam, second, "on top of another amendment 1");
}

static void
one_of_another_hall_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) first = amended_open (exam, 0);
  g_autoptr (JkSession) second = amended_open (exam, 1);
  g_autofree char *path = make_start (exam, first, 1);
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, first, NULL);
  g_autoptr (GError) error = NULL;

  assert_false (jk_session_amend (second, amendment, &error));
  assert_session_refused (error, AMENDMENT);
  assert_null (jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, second, &error));
  assert_non_null (strstr (error->message, "hall 02"));
  assert_session_refused (error, AMENDMENT);
}

/* The paper that these numbers open. */
static JkOwnPaper *
open_paper (const JkTestExam *exam, const JkSession *session, const JkRecord *record, JkSecret *key)
{
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (exam);
  g_autoptr (JkBank) bank = jk_test_exam_open_bank (exam);
  GError *error = NULL;
  JkOwnPaper *own = jk_own_paper_open (session, bank, record, key, paper_key, &error);

  assert_null (error);
  return own;
}

static void
a_corrected_person_keeps_index_and_paper (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 1);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkOwnPaper) before = jk_test_exam_open_paper (exam, 1);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkSecret) none = NULL;
  JkDigest digests[2];

  amended_put_table (exam, "c.csv", "2101050340101777", "改名者", AMENDED_ID_1, "02");
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=证件号码有误\n[roster]\ncorrected=c.csv\n"
                          "[renumbered]\n2101050340101002=2101050340101777\n");
  assert_null (log_in (exam, session, candidate->admission, candidate->id_number, &none));
  assert_null (log_in (exam, session, candidate->admission, AMENDED_ID_1, &none));
  g_autoptr (JkRecord) record = log_in (exam, session, "2101050340101777", AMENDED_ID_1, &key);
  assert_int_equal (jk_record_get_person (record)->index, 1);
  assert_string_equal (jk_record_get_person (record)->name, "改名者");
  g_autoptr (JkOwnPaper) after = open_paper (exam, session, record, key);
  jk_paper_get_digest (jk_own_paper_get_paper (before), &digests[0]);
  jk_paper_get_digest (jk_own_paper_get_paper (after), &digests[1]);
  assert_true (jk_digest_equal (&digests[0], &digests[1]));

  for (guint n = 0; n < 3; n += 2) {
    const JkTestCandidate *other = jk_test_exam_get_candidate (exam, n);
    g_autoptr (JkSecret) other_key = NULL;
    g_autoptr (JkRecord) kept =
        log_in (exam, session, other->admission, other->id_number, &other_key);
    assert_int_equal (jk_record_get_person (kept)->index, n);
  }
}

static void
a_name_alone_can_be_corrected (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkSecret) key = NULL;

  amended_put_table (exam,
                     "c.csv",
                     candidate->admission,
                     "正确的名字",
                     candidate->id_number,
                     candidate->seat);
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=错字\n[roster]\ncorrected=c.csv\n");
  g_autoptr (JkRecord) record =
      log_in (exam, session, candidate->admission, candidate->id_number, &key);
  assert_string_equal (jk_record_get_person (record)->name, "正确的名字");
}

static void
an_added_person_takes_the_next_index (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  guint n_before = jk_session_get_n_records (session);

  for (guint n = 0; n < 2; n++) {
    g_autofree char *admission = g_strdup_printf ("210105034010180%u", n);
    g_autofree char *seat = g_strdup_printf ("4%u", n);
    g_autofree char *ini =
        g_strdup_printf ("[amendment]\nnumber=%u\nreason=补报\n[roster]\nadded=a.csv\n", n + 1);
    const char *id_number = n == 0 ? AMENDED_ID_1 : AMENDED_ID_2;
    g_autoptr (JkSecret) key = NULL;

    amended_put_table (exam, "a.csv", admission, "补报者", id_number, seat);
    amended_make_and_apply (exam, session, ini);
    assert_int_equal (jk_session_get_n_records (session), n_before + n + 1);
    g_autoptr (JkRecord) record = log_in (exam, session, admission, id_number, &key);
    assert_int_equal (jk_record_get_person (record)->index, n_before + n);
    g_autoptr (JkOwnPaper) own = open_paper (exam, session, record, key);
    assert_int_equal (jk_paper_get_n (jk_own_paper_get_paper (own)), JK_TEST_EXAM_PAPER_ITEMS);
  }
}

static void
the_roll_is_the_amended_one (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  guint n_before = jk_session_get_n_records (session);

  amended_put_table (exam, "c.csv", "2101050340101003", "三号", AMENDED_ID_2, "33");
  amended_put_table (exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_1, "03");
  amended_make_and_apply (
      exam,
      session,
      "[amendment]\nnumber=1\nreason=核对\n[roster]\ncorrected=c.csv\nadded=a.csv\n");
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, jk_test_exam_get_centre (exam), NULL);
  assert_int_equal (jk_roll_get_n (roll), n_before + 1);
  assert_string_equal (jk_roll_get_person (roll, 2)->name, "三号");
  assert_string_equal (jk_roll_get_person (roll, 2)->seat, "33");
  assert_string_equal (jk_roll_get_person (roll, 2)->masked_id, "110108********9022");
  assert_string_equal (jk_roll_get_person (roll, n_before)->seat, "03");
  assert_true (jk_roll_get_person (roll, 3)->spare);
  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    g_autoptr (JkSecret) key = jk_roll_dup_record_key (roll, n);
    g_autoptr (JkRecord) record = jk_session_open_record (session, n, key, NULL);
    assert_non_null (record);
  }
}

static void
roles_are_revoked_and_added (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autofree char *pages = NULL;
  JkRoleKeys keys = { NULL };

  amended_make_and_apply (
      exam,
      session,
      "[amendment]\nnumber=1\nreason=密码袋遗失\n[roles]\nrevoke=spare-1;chief\nnew-spares=2\n");
  assert_int_equal (jk_session_get_n_roles (session), JK_ROLES + 2);
  assert_true (jk_session_is_role_revoked (session, JK_ROLE_CHIEF));
  assert_false (jk_session_is_role_revoked (session, JK_ROLE_PROCTOR));
  assert_true (jk_session_is_role_revoked (session, JK_ROLE_SPARE_1));
  assert_false (jk_session_is_role_revoked (session, (JkRoleName) 6));
  assert_string_equal (jk_role_name_get (jk_session_get_role (session, 5)->name), "spare-4");

  g_autofree char *path = g_build_filename (jk_test_exam_get_out_path (exam),
                                            JK_TEST_EXAM_NAME "-01-amend-1-envelopes.txt",
                                            NULL);
  assert_true (g_file_get_contents (path, &pages, NULL, NULL));
  const char *page = strstr (pages, "spare-4");
  assert_non_null (page);
  const char *code = strstr (page, "\n    ") + strlen ("\n    ");
  g_autofree char *passcode = g_strndup (code, strcspn (code, "\n"));
  assert_true (jk_role_open (jk_session_get_role (session, 5),
                             passcode,
                             jk_test_exam_get_world (exam),
                             "x",
                             &keys,
                             NULL));
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, keys.seal, NULL);
  assert_int_equal (jk_roll_get_n (roll), jk_session_get_n_records (session));
  jk_role_keys_clear (&keys);
}

/* Two amendments of which the second is changed in memory before it comes into force. */
static void
what_does_not_fit_changes_nothing (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) roll = g_bytes_ref (session->roll);

  amended_put_table (exam, "c.csv", "2101050340101003", "三号", AMENDED_ID_2, "33");
  g_autofree char *path = amended_make (exam,
                                        session,
                                        "[amendment]\nnumber=1\nreason=核对\n[window]\n"
                                        "starts=2021-04-24T10:00\n[roles]\nnew-spares=1\n[roster]\n"
                                        "corrected=c.csv\n");
  for (guint fault = 0; fault < 7; fault++) {
    g_autoptr (JkAmendment) amendment =
        jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, session, NULL);
    g_autoptr (GBytes) lookups = g_bytes_ref (amendment->retired);
    switch (fault) {
    case 0:
      amendment->n_records++;
      break;
    case 1: /* a row that is not there */
      g_clear_pointer (&amendment->retired, g_bytes_unref);
      amendment->retired = g_bytes_new_static ("0123456789abcdef", JK_LOOKUP_BYTES);
      break;
    case 2: /* no old row goes, so that the hall has one more */
      g_clear_pointer (&amendment->retired, g_bytes_unref);
      amendment->retired = g_bytes_new_static ("", 0);
      break;
    case 3: /* a row that is there already */
      g_clear_pointer (&amendment->records, g_bytes_unref);
      amendment->records =
          g_bytes_new (jk_session_get_row (session, 0), JK_LOOKUP_BYTES + session->record_size);
      if (memcmp (g_bytes_get_data (lookups, NULL),
                  jk_session_get_row (session, 0),
                  JK_LOOKUP_BYTES) == 0)
        continue;
      break;
    case 4:
      amendment->revoked = JK_ROLE_BIT (9);
      break;
    case 5:
      amendment->roles[0].name = JK_ROLE_SPARE_2;
      break;
    case 6:
      amendment->revoked = JK_ROLE_BIT (1) | JK_ROLE_BIT (2) | JK_ROLE_BIT (3) | JK_ROLE_BIT (4);
      jk_role_clear (&amendment->roles[0]);
      amendment->n_roles = 0;
      break;
    }
    assert_false (jk_session_can_amend (session, amendment, &error));
    assert_session_refused (error, CONTENT);
    assert_false (jk_session_amend (session, amendment, &error));
    assert_session_refused (error, CONTENT);
    assert_int_equal (jk_session_get_amendment_number (session), 0);
    assert_string_equal (jk_session_get_starts (session), "2021-04-24T09:00");
    assert_int_equal (jk_session_get_n_roles (session), JK_ROLES);
    assert_ptr_equal (session->roll, roll);
    assert_int_equal (session->revoked, 0);
  }
  amended_apply (exam, session, path);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_exam (amendments_come_in_turn_or_are_refused_by_name),
    with_exam (what_could_come_into_force_is_not_in_force_yet),
    with_exam (one_made_on_top_of_another_is_refused),
    with_exam (one_of_another_hall_is_refused),
    with_exam (a_corrected_person_keeps_index_and_paper),
    with_exam (a_name_alone_can_be_corrected),
    with_exam (an_added_person_takes_the_next_index),
    with_exam (the_roll_is_the_amended_one),
    with_exam (roles_are_revoked_and_added),
    with_exam (what_does_not_fit_changes_nothing),
  };
  return cmocka_run_group_tests_name ("session-amend", tests, NULL, NULL);
}
