/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-amend.h: three amendments of the exam's first hall, for the tests of seats:
 *
 *   1  candidate 1 has new numbers, a person is added
 *   2  the start is 13:30, the latest entry 45 minutes
 *   3  the proctor is revoked, spare-3 is added */
#pragma once

#include "check-seat.h"

#include "session/amend.h"
#include "session/amended.h"

#define CHECK_CORRECTED 1
#define CHECK_NEW_ADMISSION "2101050340101777"
#define CHECK_ADDED_ADMISSION "2101050340101801"
#define CHECK_ADDED_ROLE ((JkRoleName) 5)
#define CHECK_AMENDMENTS 3

/* What the office made. */
static struct {
  char *paths[CHECK_AMENDMENTS + 1]; /* of number n */
  char *other;                       /* another number 1 */
  char *foreign;                     /* number 1 of the other hall */
} made;

/* Another number 1; then the office forgets that it made it, as after a backup. */
static inline void
check_make_other (const JkTestExam *exam)
{
  const JkStorage *storage = jk_storage_system ();
  g_autoptr (JkSession) office = amended_open (exam, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) book =
      jk_storage_read (storage, jk_test_exam_get_office_path (exam), 1 << 24, &error);
  g_autofree char *path =
      amended_make (exam,
                    office,
                    "[amendment]\nnumber=1\nreason=x\n[window]\nlatest-entry-min=9\n");

  assert_ok (error);
  made.other = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "other.jkamend");
  assert_int_equal (storage->rename (storage, path, made.other), 0);
  jk_storage_write (storage, jk_test_exam_get_office_path (exam), 0600, book, &error);
  assert_ok (error);
}

static inline int
check_build_amended (void **state)
{
  static const char *const inis[] = {
    NULL,
    "[amendment]\nnumber=1\nreason=核对\n[roster]\ncorrected=c.csv\nadded=a.csv\n"
    "[renumbered]\n2101050340101002=" CHECK_NEW_ADMISSION "\n",
    "[amendment]\nnumber=2\nreason=停电\n[window]\nstarts=2021-04-24T13:30\nlatest-entry-min=45\n",
    "[amendment]\nnumber=3\nreason=密码袋遗失\n[roles]\nrevoke=proctor\nnew-spares=1\n",
  };

  if (check_build_exam (state) != 0)
    return -1;
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) office = amended_open (exam, 0);
  g_autoptr (JkSession) next_door = amended_open (exam, 1);
  check_make_other (exam);
  amended_put_table (exam, "c.csv", CHECK_NEW_ADMISSION, "改名者", AMENDED_ID_1, "02");
  amended_put_table (exam, "a.csv", CHECK_ADDED_ADMISSION, "补报者", AMENDED_ID_2, "40");
  for (guint n = 1; n <= CHECK_AMENDMENTS; n++) {
    made.paths[n] = amended_make (exam, office, inis[n]);
    amended_apply (exam, office, made.paths[n]);
  }
  made.foreign = amended_make (exam,
                               next_door,
                               "[amendment]\nnumber=1\nreason=x\n[window]\nlatest-entry-min=9\n");
  return 0;
}

static inline int
check_free_amended (void **state)
{
  for (guint n = 1; n <= CHECK_AMENDMENTS; n++)
    g_free (made.paths[n]);
  g_free (made.other);
  g_free (made.foreign);
  return check_free_exam (state);
}

/* Amendments up to that number come to the seat. */
static inline void
must_amend (Fixture *self, guint number)
{
  for (guint n = jk_session_get_amendment_number (jk_seat_get_session (self->seat)) + 1;
       n <= number;
       n++) {
    g_autoptr (GError) error = NULL;
    gboolean ok = jk_seat_take_amendment (self->seat, made.paths[n], &error);
    assert_ok (error);
    assert_true (ok);
  }
}

/* Refused with this error and these words; nothing is logged and nothing changes. */
static inline void
assert_not_amended (Fixture *self, const char *path, GQuark domain, gint code, const char *said)
{
  g_autoptr (GError) error = NULL;
  guint64 n_rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  guint number = jk_session_get_amendment_number (jk_seat_get_session (self->seat));

  assert_false (jk_seat_take_amendment (self->seat, path, &error));
  if (strstr (error->message, said) == NULL)
    fail_msg ("“%s” does not say “%s”", error->message, said);
  assert_error (error, domain, code);
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), n_rows);
  assert_int_equal (jk_session_get_amendment_number (jk_seat_get_session (self->seat)), number);
}

/* The copy of an amendment in the seat; the caller frees. */
static inline char *
dup_copy (const Fixture *self, guint number)
{
  return g_strdup_printf ("%s/%s-%s/amendment-%03u.jkamend",
                          jk_station_get_folder (self->station),
                          jk_session_get_short_name (self->session),
                          jk_session_get_hall (self->session),
                          number);
}

/* The keys of the added role, from its printed page. */
static inline void
open_added_role (const Fixture *self, JkRoleKeys *out_keys)
{
  g_autofree char *path = g_build_filename (jk_test_exam_get_out_path (self->exam),
                                            JK_TEST_EXAM_NAME "-01-amend-3-envelopes.txt",
                                            NULL);
  g_autofree char *pages = NULL;
  g_autoptr (JkSession) session = amended_open (self->exam, 0);

  assert_true (g_file_get_contents (path, &pages, NULL, NULL));
  const char *code = strstr (strstr (pages, "spare-3"), "\n    ") + strlen ("\n    ");
  g_autofree char *passcode = g_strndup (code, strcspn (code, "\n"));
  for (guint n = 1; n <= CHECK_AMENDMENTS; n++)
    amended_apply (self->exam, session, made.paths[n]);
  assert_true (jk_role_open (jk_session_get_role (session, CHECK_ADDED_ROLE - 1),
                             passcode,
                             jk_test_exam_get_world (self->exam),
                             "envelope",
                             out_keys,
                             NULL));
}

/* An order of one role, given under an amendment. */
static inline GBytes *
order_of (Fixture *self, JkRoleName role, const JkSecret *sign_key, guint amendment)
{
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);

  terms.amendment = amendment;
  return jk_order_write (&terms, role, sign_key);
}

/* What the seat is when amendment 1 came to it, at once or after any number of attempts. */
static inline void
assert_first_in_force (Fixture *self)
{
  g_autofree char *path = dup_copy (self, 1);

  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_int_equal (jk_session_get_amendment_number (jk_seat_get_session (self->seat)), 1);
  assert_int_equal (jk_log_replay_get_amendment (jk_seat_get_log (self->seat)), 1);
  assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Of the corrected person the new numbers log in, and the old ones do not. */
static inline void
assert_corrected (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  assert_null (log_in (self, CHECK_CORRECTED, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  JkSitting *sitting = jk_seat_log_in (self->seat, CHECK_NEW_ADMISSION, AMENDED_ID_1, &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_person (sitting)->index, record_of (self, CHECK_CORRECTED));
  assert_string_equal (jk_sitting_get_person (sitting)->name, "改名者");
}
