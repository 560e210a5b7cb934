/* SPDX-License-Identifier: Apache-2.0 */
/* tests of session/rolls.c */
#include "amended.h"
#include "check.h"

#include "session/rolls.h"
#include "session/session-private.h"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3 };
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

static const char *
get_name (const JkRolls *rolls, guint amendment, guint32 record)
{
  const JkRoll *roll = jk_rolls_get (rolls, jk_rolls_find (rolls, amendment));
  return jk_roll_get_person (roll, record)->name;
}

static void
a_session_as_built_has_one_roll (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkRolls) rolls = jk_rolls_open (session, jk_test_exam_get_centre (exam), NULL);

  assert_int_equal (jk_rolls_get_n (rolls), 1);
  assert_int_equal (jk_rolls_find (rolls, 0), 0);
  assert_string_equal (get_name (rolls, 0, 2), "考生03");
  jk_rolls_free (NULL);
}

static void
each_amendment_keeps_its_roll (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  guint n_before = jk_session_get_n_records (session);

  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=停电\n[window]\nlatest-entry-min=45\n");
  amended_put_table (exam, "c.csv", "2101050340101003", "三号", AMENDED_ID_2, "33");
  amended_put_table (exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_1, "03");
  amended_make_and_apply (
      exam,
      session,
      "[amendment]\nnumber=2\nreason=核对\n[roster]\ncorrected=c.csv\nadded=a.csv\n");
  g_autoptr (JkRolls) rolls = jk_rolls_open (session, jk_test_exam_get_centre (exam), NULL);

  assert_int_equal (jk_rolls_get_n (rolls), 2);
  assert_int_equal (jk_rolls_find (rolls, 1), 0);
  assert_int_equal (jk_rolls_find (rolls, 2), 1);
  assert_string_equal (get_name (rolls, 0, 2), "考生03");
  assert_string_equal (get_name (rolls, 1, 2), "考生03");
  assert_string_equal (get_name (rolls, 2, 2), "三号");
  assert_int_equal (jk_roll_get_n (jk_rolls_get (rolls, 0)), n_before);
  assert_int_equal (jk_roll_get_n (jk_rolls_get (rolls, 1)), n_before + 1);
  assert_false (jk_secret_equal (jk_roll_get_record_key (jk_rolls_get (rolls, 0), 2),
                                 jk_roll_get_record_key (jk_rolls_get (rolls, 1), 2)));
  assert_true (jk_secret_equal (jk_roll_get_record_key (jk_rolls_get (rolls, 0), 1),
                                jk_roll_get_record_key (jk_rolls_get (rolls, 1), 1)));
}

static void
a_key_that_is_nobody_s_opens_none (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkSecret) key = check_key (9);
  g_autoptr (GError) error = NULL;

  assert_null (jk_rolls_open (session, key, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

/* Of two rolls the one given is changed in memory. */
static void
a_roll_that_does_not_open_is_told (void **state)
{
  const JkTestExam *exam = *state;

  amended_put_table (exam, "c.csv", "2101050340101003", "三号", AMENDED_ID_2, "33");
  g_autoptr (JkSession) first = amended_open (exam, 0);
  g_autofree char *path =
      amended_make (exam, first, "[amendment]\nnumber=1\nreason=核对\n[roster]\ncorrected=c.csv\n");
  for (guint n = 0; n < 2; n++) {
    g_autoptr (JkSession) session = amended_open (exam, 0);
    g_autoptr (GError) error = NULL;

    amended_apply (exam, session, path);
    g_bytes_unref (session->rolls->pdata[n]);
    session->rolls->pdata[n] = g_bytes_new_static ("no roll", 7);
    assert_null (jk_rolls_open (session, jk_test_exam_get_centre (exam), &error));
    assert_session_refused (error, CONTENT);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_exam (a_session_as_built_has_one_roll),
    with_exam (each_amendment_keeps_its_roll),
    with_exam (a_key_that_is_nobody_s_opens_none),
    with_exam (a_roll_that_does_not_open_is_told),
  };
  return cmocka_run_group_tests_name ("rolls", tests, NULL, NULL);
}
