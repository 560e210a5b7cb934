/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include "session/purpose.h"

static int
set_up (void **state)
{
  *state = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static void
each_code_opens_the_office_s_key (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);

  for (guint n = 0; n < 2; n++) {
    const JkSession *session = jk_test_exam_get_session (exam, n);
    const JkOfficeHall *hall = g_ptr_array_index (office->halls, n);
    g_autoptr (JkSecret) roster_key =
        jk_session_open_room (session, jk_test_exam_get_room_code (exam, n), NULL);
    g_autoptr (JkSecret) paper_key =
        jk_session_open_start (session, jk_test_exam_get_start_code (exam), NULL, NULL);
    assert_true (jk_secret_equal (roster_key, hall->roster_key));
    assert_true (jk_secret_equal (paper_key, office->paper_key));
  }
}

static void
a_code_is_read_as_people_type_it (void **state)
{
  const JkTestExam *exam = *state;
  g_autofree char *lower = g_ascii_strdown (jk_test_exam_get_start_code (exam), -1);
  g_autofree char *spaced = g_strdelimit (g_strdup (lower), "-", ' ');
  g_autoptr (JkSecret) paper_key =
      jk_session_open_start (jk_test_exam_get_session (exam, 0), spaced, NULL, NULL);

  assert_true (jk_secret_equal (paper_key, jk_test_exam_get_office (exam)->paper_key));
}

static void
a_wrong_code_is_told_from_a_mistyped_one (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autofree char *room = check_mistype (jk_test_exam_get_room_code (exam, 0));
  g_autofree char *start = check_mistype (jk_test_exam_get_start_code (exam));
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open_room (session, jk_test_exam_get_room_code (exam, 1), &error));
  assert_null (strstr (error->message, jk_test_exam_get_room_code (exam, 1)));
  assert_session_refused (error, ROOM_CODE);
  assert_null (jk_session_open_room (session, room, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);

  /* A passcode has the form of a start code. */
  assert_null (jk_session_open_start (session,
                                      jk_test_exam_get_passcode (exam, 0, JK_ROLE_CHIEF),
                                      NULL,
                                      &error));
  assert_session_refused (error, START_CODE);
  assert_null (jk_session_open_start (session, start, NULL, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
  assert_null (jk_session_open_start (session, jk_test_exam_get_room_code (exam, 0), NULL, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
}

/* An exam whose start code is in two halves. */
static JkTestExam *
make_halves (void)
{
  const JkTestExamOptions options = { .n_first = 1, .n_second = 1, .halves = TRUE };
  return jk_test_exam_new_with (&options);
}

static void
two_halves_in_order_open_the_paper_key_in_each_hall (void **state)
{
  g_autoptr (JkTestExam) exam = make_halves ();
  const char *first = jk_test_exam_get_start_code (exam);
  const char *second = jk_test_exam_get_second_start_code (exam);

  assert_string_not_equal (first, second);
  assert_int_equal (jk_session_get_n_start_codes (jk_test_exam_get_session (*state, 0)), 1);
  for (guint hall = 0; hall < 2; hall++) {
    const JkSession *session = jk_test_exam_get_session (exam, hall);
    g_autoptr (JkSecret) key = jk_session_open_start (session, first, second, NULL);
    g_autoptr (JkSecret) centre_s =
        jk_session_open_start_as_centre (session, jk_test_exam_get_centre (exam), NULL);
    assert_int_equal (jk_session_get_n_start_codes (session), 2);
    assert_true (jk_secret_equal (key, jk_test_exam_get_office (exam)->paper_key));
    assert_true (jk_secret_equal (centre_s, jk_test_exam_get_office (exam)->paper_key));
  }
}

static void
halves_open_in_either_order_and_no_other_pair_does (void **state)
{
  g_autoptr (JkTestExam) exam = make_halves ();
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  const char *first = jk_test_exam_get_start_code (exam);
  const char *second = jk_test_exam_get_second_start_code (exam);
  const char *other = jk_test_exam_get_passcode (exam, 0, JK_ROLE_CHIEF);
  const char *const wrong[][2] = { { first, first },
                                   { second, second },
                                   { first, other },
                                   { other, second } };
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSecret) key = jk_session_open_start (session, second, first, &error);

  assert_null (error);
  assert_true (jk_secret_equal (key, jk_test_exam_get_office (exam)->paper_key));
  for (guint n = 0; n < G_N_ELEMENTS (wrong); n++) {
    assert_null (jk_session_open_start (session, wrong[n][0], wrong[n][1], &error));
    assert_session_refused (error, START_CODE);
  }
}

static void
a_mistyped_half_is_named (void **state)
{
  g_autoptr (JkTestExam) exam = make_halves ();
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  const char *first = jk_test_exam_get_start_code (exam);
  const char *second = jk_test_exam_get_second_start_code (exam);
  g_autofree char *bad_first = check_mistype (first);
  g_autofree char *bad_second = check_mistype (second);
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open_start (session, bad_first, second, &error));
  assert_true (g_str_has_prefix (error->message, "First (主考) half"));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
  assert_null (jk_session_open_start (session, first, bad_second, &error));
  assert_true (g_str_has_prefix (error->message, "Second (监考) half"));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
}

static void
each_passcode_opens_its_own_role (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GError) error = NULL;

  for (guint hall = 0; hall < 2; hall++)
    for (guint n = 0; n < JK_ROLES; n++) {
      const JkRole *role = jk_session_get_role (jk_test_exam_get_session (exam, hall), n);
      JkRoleKeys keys = { NULL };
      assert_true (jk_role_open (role,
                                 jk_test_exam_get_passcode (exam, hall, role->name),
                                 world,
                                 "x",
                                 &keys,
                                 NULL));
      jk_role_keys_clear (&keys);
      assert_false (jk_role_open (role,
                                  jk_test_exam_get_passcode (exam, 1 - hall, role->name),
                                  world,
                                  "x",
                                  &keys,
                                  &error));
      assert_session_refused (error, PASSCODE);
    }
}

static void
the_centre_opens_the_paper_key_without_a_code (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (JkSecret) stranger = check_key (7);
  g_autoptr (JkSecret) paper_key =
      jk_session_open_start_as_centre (session, jk_test_exam_get_centre (exam), NULL);
  g_autoptr (GError) error = NULL;

  assert_true (jk_secret_equal (paper_key, jk_test_exam_get_office (exam)->paper_key));
  assert_null (jk_session_open_start_as_centre (session, stranger, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
roles_and_centre_open_the_roll (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  JkRoleKeys keys = { NULL };
  g_autoptr (JkSecret) stranger = check_key (7);
  g_autoptr (GError) error = NULL;

  assert_true (jk_role_open (jk_session_get_role (session, 0),
                             jk_test_exam_get_passcode (exam, 0, JK_ROLE_CHIEF),
                             jk_test_exam_get_world (exam),
                             "x",
                             &keys,
                             NULL));
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, keys.seal, NULL);
  g_autoptr (JkRoll) centre_s =
      jk_session_open_roll (session, jk_test_exam_get_centre (exam), NULL);
  assert_int_equal (jk_roll_get_n (roll), jk_session_get_n_records (session));
  assert_int_equal (jk_roll_get_n (centre_s), jk_session_get_n_records (session));
  assert_string_equal (jk_roll_get_person (roll, 0)->name,
                       jk_test_exam_get_candidate (exam, 0)->name);
  jk_role_keys_clear (&keys);

  assert_null (jk_session_open_roll (session, stranger, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

/* The wraps of hall 01 with keys of another size, under the right codes. */
static GBytes *
make_short_wraps (const JkTestExam *exam)
{
  const JkWorld *world = jk_test_exam_get_world (exam);
  const JkOffice *office = jk_test_exam_get_office (exam);
  const JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  g_autoptr (JkSecret) short_key = jk_secret_new (JK_KEY_BYTES - 1);
  g_auto (JkStartWrap) start = { NULL };
  const JkHallWrap wrap = {
    .id = office->id,
    .hall = hall->name,
    .room_code = hall->room_code,
    .roster_key = short_key,
    .roll_key = short_key,
    .roles = jk_test_exam_get_centre_public (exam),
    .centres = jk_test_exam_get_centre_public (exam),
    .n_roles = 1,
    .n_centres = 1,
  };

  assert_true (jk_start_wrap_close (office->id,
                                    office->start_code,
                                    short_key,
                                    jk_test_exam_get_centre_public (exam),
                                    1,
                                    world,
                                    &start,
                                    NULL));
  return jk_wraps_close (&wrap, &start, world, NULL);
}

static void
a_wrapped_key_of_another_size_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) wraps = make_short_wraps (exam);
  const JkForgery forgery = { .section = JK_SECTION_WRAPS, .bytes = wraps };
  g_autoptr (JkSession) session = forge_and_open (exam, &forgery, NULL);
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open_room (session, jk_test_exam_get_room_code (exam, 0), &error));
  assert_session_refused (error, CONTENT);
  assert_null (jk_session_open_start (session, jk_test_exam_get_start_code (exam), NULL, &error));
  assert_session_refused (error, CONTENT);
  assert_null (jk_session_open_roll (session, jk_test_exam_get_centre (exam), &error));
  assert_session_refused (error, CONTENT);
}

static void
a_wrap_that_is_no_box_keeps_its_class (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkEnvelope) envelope = forge_open (exam);
  g_autoptr (GBytes) wraps = jk_envelope_load_section (envelope, JK_SECTION_WRAPS, 0, NULL);
  g_autoptr (GVariant) old = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE ("(ayayayayayayay)"), wraps, FALSE));
  g_autoptr (GVariant) changed = forge_body (old, 5, forge_bytes (3, 0));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (changed);
  const JkForgery forgery = { .section = JK_SECTION_WRAPS, .bytes = bytes };
  g_autoptr (JkSession) session = forge_and_open (exam, &forgery, NULL);
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open_start (session, jk_test_exam_get_start_code (exam), NULL, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT);
}

static void
a_roll_of_other_people_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);
  const JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  JkPerson person = check_person ();
  g_autoptr (JkSecret) key = check_key (0);
  g_autoptr (GError) error = NULL;

  person.index = 0;
  g_autoptr (GBytes) one = jk_roll_close (&person,
                                          1,
                                          key,
                                          hall->roll_key,
                                          office->id,
                                          jk_test_exam_get_world (exam)->random,
                                          99);
  const JkForgery fewer = { .section = JK_SECTION_ROLL, .bytes = one };
  g_autoptr (JkSession) session = forge_and_open (exam, &fewer, NULL);
  assert_null (jk_session_open_roll (session, jk_test_exam_get_centre (exam), &error));
  assert_session_refused (error, CONTENT);

  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  const JkForgery none = { .section = JK_SECTION_ROLL, .bytes = nothing };
  g_autoptr (JkSession) empty = forge_and_open (exam, &none, NULL);
  assert_null (jk_session_open_roll (empty, jk_test_exam_get_centre (exam), &error));
  assert_session_refused (error, CONTENT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_code_opens_the_office_s_key),
    cmocka_unit_test (a_code_is_read_as_people_type_it),
    cmocka_unit_test (a_wrong_code_is_told_from_a_mistyped_one),
    cmocka_unit_test (two_halves_in_order_open_the_paper_key_in_each_hall),
    cmocka_unit_test (halves_open_in_either_order_and_no_other_pair_does),
    cmocka_unit_test (a_mistyped_half_is_named),
    cmocka_unit_test (each_passcode_opens_its_own_role),
    cmocka_unit_test (the_centre_opens_the_paper_key_without_a_code),
    cmocka_unit_test (roles_and_centre_open_the_roll),
    cmocka_unit_test (a_wrapped_key_of_another_size_is_refused),
    cmocka_unit_test (a_wrap_that_is_no_box_keeps_its_class),
    cmocka_unit_test (a_roll_of_other_people_is_refused),
  };
  return cmocka_run_group_tests_name ("session-codes", tests, set_up, tear_down);
}
