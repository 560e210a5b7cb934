/* SPDX-License-Identifier: Apache-2.0 */
/* What proctors and candidates meet at a PC when the office has moved the session to another date,
 * corrected a number and added people: without the amendment, with it, and when it is gone. */
#include "check-people.h"

#include "session/amended.h"

#define N_DUE 3
#define DAYS_LATER 28
#define MS_PER_DAY G_GINT64_CONSTANT (86400000)
#define CORRECTED 1
#define ADDED_ID_3 "110108199001019030"

/* What the office made. */
static char *amendment;

static void
make_amendment (const JkTestExam *exam)
{
  const JkTestCandidate *wrong = jk_test_exam_get_candidate (exam, CORRECTED);
  g_autoptr (JkSession) office = amended_open (exam, 0);
  g_autofree char *ten = amended_row ("2101050340101801", "补报者一", AMENDED_ID_2, "10");
  g_autofree char *nine = amended_row ("2101050340101802", "补报者二", ADDED_ID_3, "9");
  g_autofree char *added = g_strconcat (AMENDED_HEADINGS, ten, nine, NULL);

  amended_put_table (exam, "c.csv", wrong->admission, wrong->name, AMENDED_ID_1, "02");
  g_free (jk_test_folder_put_text (jk_test_exam_get_folder (exam), "a.csv", added));
  amendment =
      amended_make (exam,
                    office,
                    "[amendment]\nnumber=1\nreason=改期\n[window]\nstarts=2021-05-22T09:00\n"
                    "[roster]\ncorrected=c.csv\nadded=a.csv\n");
}

static int
build_exam (void **state)
{
  const JkTestExamOptions options = { .n_first = N_DUE, .n_photos = 2, .rehearsal = TRUE };

  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new_with (&options);
  make_amendment (*state);
  return 0;
}

static int
free_exam (void **state)
{
  g_free (amendment);
  return check_free_exam (state);
}

/* Five minutes before the start of another day. */
static void
set_days_later (Scene *self, gint days)
{
  jk_test_clock_set_wall_ms (self->desk->clock,
                             NINE_OF_CLOCK_MS - 5 * MS_PER_MIN + days * MS_PER_DAY);
}

static void
bring_amendment (Scene *self)
{
  arrive (self->desk, amendment);
  jk_desk_take_inbox (self->desk->desk);
  assert_null (jk_desk_get_fault (self->desk->desk, 0));
  jk_desk_look (self->desk->desk);
}

static void
a_session_that_was_moved_asks_for_its_amendment (void **state)
{
  Scene self;

  come_early (&self, state);
  set_days_later (&self, DAYS_LATER);
  g_autoptr (GError) error = log_in (self.desk, 0);
  assert_non_null (strstr (error->message, "moved to another date, load its amendment"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_DATE);
  jk_test_clock_set_wall_ms (self.desk->clock, NINE_OF_CLOCK_MS + 60 * MS_PER_MIN);
  error = log_in (self.desk, 0);
  assert_non_null (strstr (error->message, "load its amendment"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE);

  bring_amendment (&self);
  set_days_later (&self, DAYS_LATER);
  assert_ok (log_in (self.desk, 0));
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_CONFIRM);
  go (&self);
}

static void
the_old_date_is_told_apart_after_the_amendment (void **state)
{
  Scene self;

  come_early (&self, state);
  bring_amendment (&self);
  g_autoptr (GError) error = log_in (self.desk, 0);
  assert_non_null (strstr (error->message, "2021-05-22T09:00"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_DATE);
  go (&self);
}

static void
the_list_is_the_amended_one (void **state)
{
  Scene self;

  come_early (&self, state);
  g_autoptr (GPtrArray) before = read_people (&self);
  assert_int_equal (before->len, N_DUE + 2);
  bring_amendment (&self);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_int_equal (people->len, N_DUE + 2 + 2);
  assert_string_equal (get_person (people, N_DUE)->seat, "9");
  assert_string_equal (get_person (people, N_DUE)->name, "补报者二");
  assert_string_equal (get_person (people, N_DUE + 1)->seat, "10");
  assert_true (get_person (people, N_DUE + 2)->is_spare);
  assert_string_not_equal (find_person (&self, people, CORRECTED)->masked_id,
                           find_person (&self, before, CORRECTED)->masked_id);
  go (&self);
}

/* Its record has another key then, and the photo is in the file under the old one. */
static void
whose_number_was_corrected_has_no_photo_and_the_others_have (void **state)
{
  Scene self;

  come_early (&self, state);
  bring_amendment (&self);
  g_autoptr (GBytes) gone = read_photo (&self, record_of_candidate (&self, CORRECTED));
  g_autoptr (GBytes) there = read_photo (&self, record_of_candidate (&self, 0));
  assert_null (gone);
  assert_non_null (there);
  go (&self);
}

static void
without_the_amendment_that_was_in_force_nothing_may_be_ordered (void **state)
{
  Scene self;

  come_early (&self, state);
  bring_amendment (&self);
  const JkSession *session = jk_desk_get_session (self.desk->desk);
  g_autofree char *copy = g_strdup_printf ("%s/%s-%s/amendment-001.jkamend",
                                           jk_station_get_folder (self.desk->desk->station),
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session));
  g_autofree char *in_box = g_path_get_basename (amendment);
  g_autofree char *mail = g_build_filename (self.desk->place.inbox, in_box, NULL);
  go (&self);
  close_desk (self.desk);
  g_assert_no_errno (g_unlink (copy));
  g_assert_no_errno (g_unlink (mail));
  open_desk (self.desk);
  self.panel = jk_panel_new (self.desk->desk);
  g_autoptr (GError) error = type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF);
  assert_non_null (strstr (error->message, "load amendment 1 again"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT);

  /* As one that was open when the disk failed. */
  g_autofree char *why = NULL;
  self.panel->role = JK_ROLE_CHIEF;
  assert_false (jk_panel_may_why (self.panel, JK_ACT_ABSENT, record_of (&self), &why));
  assert_non_null (strstr (why, "load amendment 1 again"));
  jk_panel_close (self.panel);

  bring_amendment (&self);
  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  assert_true (jk_panel_may (self.panel, JK_ACT_ABSENT, record_of (&self)));
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_session_that_was_moved_asks_for_its_amendment),
    TEST (the_old_date_is_told_apart_after_the_amendment),
    TEST (the_list_is_the_amended_one),
    TEST (whose_number_was_corrected_has_no_photo_and_the_others_have),
    TEST (without_the_amendment_that_was_in_force_nothing_may_be_ordered),
  };
  return cmocka_run_group_tests_name ("people-amended", tests, build_exam, free_exam);
}
