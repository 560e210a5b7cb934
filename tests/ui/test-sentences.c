/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "base/error.h"
#include "desk/error.h"
#include "session/error.h"
#include "sitting/error.h"
#include "station/sentences.h"
#include "ui/fake-desk.h"

/* What no candidate's step can meet: files and orders of offices and proctors. */
static gboolean
is_proctors (GQuark domain, int code)
{
  if (domain == JK_SESSION_ERROR)
    return code == JK_SESSION_ERROR_AUTHORITY || code == JK_SESSION_ERROR_CONTENT ||
           code == JK_SESSION_ERROR_PASSCODE || code == JK_SESSION_ERROR_BUILD ||
           code >= JK_SESSION_ERROR_ORDER_FORM;
  if (domain == JK_BASE_ERROR)
    return code != JK_BASE_ERROR_STORAGE && code != JK_BASE_ERROR_CODE;
  return FALSE;
}

static void
check_domain (GQuark domain, int last, GHashTable *seen)
{
  for (int code = 0; code <= last; code++) {
    const char *sentence = jk_sentence_find (domain, code);
    if (is_proctors (domain, code)) {
      assert_null (sentence);
      continue;
    }
    if (sentence == NULL)
      fail_msg ("%s %d has no sentence", g_quark_to_string (domain), code);
    if (!g_hash_table_add (seen, (gpointer) sentence))
      fail_msg ("%s is said twice", sentence);
  }
  assert_null (jk_sentence_find (domain, last + 1));
  assert_null (jk_sentence_find (domain, -1));
}

static void
each_code_a_candidate_can_meet_has_a_sentence_of_its_own (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  check_domain (JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT, seen);
  check_domain (JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_AMENDMENT, seen);
  check_domain (JK_DESK_ERROR, JK_DESK_ERROR_NO_BANK, seen);
  check_domain (JK_BASE_ERROR, JK_BASE_ERROR_TEXT, seen);
  assert_null (jk_sentence_find (G_FILE_ERROR, 0));
}

static void
assert_said (JkDesk *desk, GQuark domain, int code, const char *message, const char *part)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, message);
  g_autofree char *sentence = jk_sentence_dup (desk, error);

  if (strstr (sentence, part) == NULL)
    fail_msg ("“%s” does not say “%s”", sentence, part);
}

static void
the_wrong_seat_names_the_right_one (void **state)
{
  assert_said (NULL,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_SEAT,
               "The seat of this candidate is 07, and this is 12; go there, or ask the proctor.",
               "Your seat is 07 by your admission ticket, and this is 12.");
  assert_said (NULL,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_SEAT,
               "said in other words",
               "This seat does not match your admission ticket.");
}

static void
wrong_numbers_tell_how_many_tries_there_are_and_the_other_reason (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);

  assert_said (desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, "", "is not correct");
  assert_said (desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, "", "After 5 wrong tries");
  assert_said (desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, "", "not be in this session");
}

static void
wrong_numbers_name_the_session_that_is_not_open_yet (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);
  const GError error = { JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, (char *) "" };
  g_autofree char *alone = jk_sentence_dup (desk, &error);

  assert_null (strstr (alone, "is not open yet"));
  desk->beside[JK_STAGE_LOADED] = jk_desk_get_session (desk);
  assert_said (desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, "", "is not open yet");
}

static void
late_is_told_from_too_late (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);

  desk->start_in_ms = -25 * 60 * 1000;
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE, "", "You are late");
  desk->start_in_ms -= 1;
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE, "", "Entry time is over");
}

static void
who_comes_too_early_is_told_how_long_it_takes (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);
  guint opens_min = jk_session_get_policy (jk_desk_get_session (desk))->login_opens_min;

  desk->start_in_ms = (gint64) (opens_min + 3) * 60 * 1000 - 1;
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR, "", "in 3 minutes");
  desk->start_in_ms = (gint64) opens_min * 60 * 1000 + 1;
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR, "", "in 1 minute.");
  /* The clock was set meanwhile, or it was another session's hour. */
  desk->start_in_ms = 0;
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR, "", "not time to log in");
  desk->start_in_ms = (gint64) (opens_min + 3) * 60 * 1000;
  desk->beside[JK_STAGE_OPEN] = jk_desk_get_session (desk);
  assert_said (desk, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR, "", "not time to log in");
  assert_said (NULL, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR, "", "not time to log in");
}

static void
what_is_unknown_calls_the_proctor (void **state)
{
  assert_said (NULL, G_FILE_ERROR, G_FILE_ERROR_IO, "x", "Raise your hand for the proctor.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_code_a_candidate_can_meet_has_a_sentence_of_its_own),
    cmocka_unit_test (the_wrong_seat_names_the_right_one),
    cmocka_unit_test (wrong_numbers_tell_how_many_tries_there_are_and_the_other_reason),
    cmocka_unit_test (wrong_numbers_name_the_session_that_is_not_open_yet),
    cmocka_unit_test (late_is_told_from_too_late),
    cmocka_unit_test (who_comes_too_early_is_told_how_long_it_takes),
    cmocka_unit_test (what_is_unknown_calls_the_proctor),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
