/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/carried.c: which sitting of those that lie in a folder goes on at a PC. */
#include "check-moving.h"

#include "desk/carried.h"

/* Somebody moved from the first PC to the stick; the name of the capsule. The caller frees. */
static char *
bring (Hall *self, guint n, guint candidate)
{
  Pc *pc = sit_at (self, n, candidate);

  return move_away (self, pc, record_of (self, candidate));
}

static GError *
move_in (Hall *self, guint n, guint32 record)
{
  return move_in_from (&self->pcs[n], stick_of (self), record, NULL);
}

/* The refusal that a PC gives, which names this. */
static void
assert_refused (Hall *self, guint n, guint32 record, JkDeskError code, const char *text)
{
  g_autoptr (GError) error = move_in (self, n, record);

  assert_non_null (error);
  if (strstr (error->message, text) == NULL || !g_str_has_suffix (error->message, "."))
    fail_msg ("%s", error->message);
  assert_error (error, JK_DESK_ERROR, code);
  assert_int_equal (jk_seat_get_n_sittings (self->pcs[n].desk->desk->seat), 0);
}

static void
an_empty_folder_says_what_to_do (void **state)
{
  Hall *self = *state;

  open_pc (self, 1);
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, "nobody on the way");
  assert_refused (self,
                  1,
                  record_of (self, 0),
                  JK_DESK_ERROR_NOBODY,
                  jk_test_exam_get_candidate (self->exam, 0)->name);
}

static void
an_order_without_answers_lets_nobody_go_on (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);

  take_off (self, name);
  open_pc (self, 1);
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, "but not the answers");
  assert_refused (self, 1, record_of (self, 0), JK_DESK_ERROR_NOBODY, "but not the answers");
  assert_refused (self, 1, record_of (self, 1), JK_DESK_ERROR_NOBODY, "nothing of");
}

static void
the_order_inside_is_enough (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);
  g_autofree char *order = dup_order_name (name);

  take_off (self, order);
  open_pc (self, 1);
  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
}

static void
who_is_of_another_hall_is_not_of_this_one (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);
  Pc *other = &self->pcs[1];
  Ended how = { 0 };

  arrive (other->desk, jk_test_exam_get_session_path (self->exam, 1));
  open_desk (other->desk);
  jk_desk_open_room_async (other->desk->desk,
                           jk_test_exam_get_room_code (self->exam, 1),
                           ended,
                           &how);
  assert_ok (await (&how));
  open_panel_of (self, other, 1);
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, "nobody of session");
  assert_refused (self, 1, 0, JK_DESK_ERROR_NOBODY, "nobody of session");
}

/* One byte inside, the whole head, or all of it. */
static void
a_damaged_one_is_named (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);
  g_autoptr (GBytes) whole = jk_test_folder_get_bytes (self->stick, name);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  gsize size = g_bytes_get_size (whole);

  open_pc (self, 1);
  data[size - 1] ^= 1;
  g_autoptr (GBytes) changed = g_bytes_new (data, size);
  g_free (jk_test_folder_put (self->stick, name, changed));
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, name);
  for (guint n = 0; n < 2; n++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, n == 0 ? 40 : 0);
    g_free (jk_test_folder_put (self->stick, name, cut));
    assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, name);
  }
  g_free (jk_test_folder_put (self->stick, name, whole));
  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
}

static void
of_several_candidates_one_is_named (void **state)
{
  Hall *self = *state;
  g_autofree char *one = bring (self, 0, 0);
  g_autofree char *other = bring (self, 1, 1);

  open_pc (self, 2);
  assert_refused (self,
                  2,
                  JK_ORDER_EVERY,
                  JK_DESK_ERROR_SEVERAL,
                  jk_test_exam_get_candidate (self->exam, 1)->name);
  assert_ok (move_in (self, 2, record_of (self, 1)));
  assert_non_null (sitting_of (&self->pcs[2], record_of (self, 1)));
}

/* A stick that goes round in a room: who came from it before is not asked for again. */
static void
who_is_here_already_is_not_asked_for (void **state)
{
  Hall *self = *state;
  g_autofree char *one = bring (self, 0, 0);
  Pc *pc = open_pc (self, 2);

  assert_ok (move_in (self, 2, JK_ORDER_EVERY));
  assert_true (jk_desk_continue (pc->desk->desk, NULL));
  jk_test_clock_pass_s (pc->desk->clock, 30 * S_PER_MIN);
  assert_ok (hand_in (pc->desk));
  jk_test_clock_set_wall_ms (pc->desk->clock, NINE_OF_CLOCK_MS);
  g_autofree char *other = bring (self, 1, 1);
  open_panel (self, pc);
  assert_ok (move_in (self, 2, JK_ORDER_EVERY));
  assert_non_null (sitting_of (pc, record_of (self, 1)));
}

/* A candidate who moves twice with one stick. */
static void
of_two_files_the_newer_one_goes_on (void **state)
{
  Hall *self = *state;
  g_autofree char *early = bring (self, 0, 0);
  Pc *second = open_pc (self, 1);
  Pc *third = open_pc (self, 2);

  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
  assert_true (jk_desk_continue (second->desk->desk, NULL));
  choose (second->desk, 2, 1);
  g_autofree char *late = move_away (self, second, record_of (self, 0));
  assert_string_not_equal (early, late);
  assert_int_equal (jk_test_folder_count (self->stick), 4);
  assert_ok (move_in (self, 2, record_of (self, 0)));
  assert_int_equal (chosen (third->desk, 2), 1 << 1);
  assert_int_equal (jk_sitting_get_restarts (sitting_of (third, record_of (self, 0))), 0);
}

/* While the newer one is damaged, nobody goes on with less. */
static void
an_older_file_does_not_stand_in_for_a_damaged_one (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);
  g_autoptr (GBytes) whole = jk_test_folder_get_bytes (self->stick, name);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 9);

  open_pc (self, 1);
  g_free (jk_test_folder_put (self->stick, "z.jkcapsule", cut));
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, "z.jkcapsule does not open");
  take_off (self, "z.jkcapsule");
  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
}

/* Nobody knows whose it was: who goes on must be said. */
static void
beside_a_damaged_one_nobody_goes_on_unnamed (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);

  open_pc (self, 1);
  g_free (jk_test_folder_put_text (self->stick, "z.jkcapsule", "torn"));
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NOBODY, "z.jkcapsule is damaged");
  assert_ok (move_in (self, 1, record_of (self, 0)));
}

static void
between_two_branches_people_choose (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);
  g_autofree char *order = dup_order_name (name);
  char *names[2];

  for (guint n = 0; n < 2; n++) {
    Pc *pc = open_pc (self, 1 + n);
    assert_ok (move_in (self, 1 + n, record_of (self, 0)));
    assert_true (jk_desk_continue (pc->desk->desk, NULL));
    choose (pc->desk, 1 + n, 1);
  }
  take_off (self, name);
  take_off (self, order);
  for (guint n = 0; n < 2; n++)
    names[n] = move_away (self, &self->pcs[1 + n], record_of (self, 0));
  close_desk (self->pcs[0].desk);
  g_clear_object (&self->pcs[0].panel);
  g_free ((char *) self->pcs[0].desk->place.store);
  self->pcs[0].desk->place.store = jk_test_folder_dup_path (self->pcs[0].desk->folder, "fresh");
  open_pc (self, 0);
  for (guint n = 0; n < 2; n++)
    assert_refused (self, 0, JK_ORDER_EVERY, JK_DESK_ERROR_SEVERAL, names[n]);
  take_off (self, names[0]);
  assert_ok (move_in (self, 0, JK_ORDER_EVERY));
  assert_int_equal (chosen (self->pcs[0].desk, 2), 1 << 1);
  g_free (names[0]);
  g_free (names[1]);
}

/* What was copied off a dead PC goes on by an order that retires that PC and no other; of two, by
 * that of more people. */
static void
a_dead_pcs_copy_goes_on_by_its_retirement (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  guint8 dead[JK_PUBLIC_BYTES];

  memcpy (dead, jk_station_get_sign_public (first->desk->desk->station), sizeof dead);
  copy_dead (self, first, 0, "dead.jkcapsule");
  Pc *second = open_pc (self, 1);
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NO_ORDER, "no order that retires");
  g_autoptr (GBytes) wrong_pc =
      make_retire (self, jk_station_get_sign_public (second->desk->desk->station), 0, 500, 0);
  g_free (jk_test_folder_put (self->stick, "a.jkorder", wrong_pc));
  g_autoptr (GBytes) wrong_person = make_retire (self, dead, 1, 501, 0);
  g_free (jk_test_folder_put (self->stick, "b.jkorder", wrong_person));
  g_free (jk_test_folder_put_text (self->stick, "c.jkorder", "no order"));
  assert_refused (self, 1, JK_ORDER_EVERY, JK_DESK_ERROR_NO_ORDER, "no order that retires");
  g_autoptr (GBytes) by_two = make_retire (self, dead, 0, 502, JK_ROLE_PROCTOR);
  g_free (jk_test_folder_put (self->stick, "d.jkorder", by_two));
  g_autoptr (GBytes) by_one = make_retire (self, dead, 0, 503, 0);
  g_free (jk_test_folder_put (self->stick, "e.jkorder", by_one));
  jk_test_clock_pass_s (second->desk->clock, 60 * S_PER_MIN); /* old: one alone may not */
  open_panel (self, second);
  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
  assert_int_equal (chosen (second->desk, 0), 1 << 1);
}

static void
among_thousands_of_other_files_it_is_found (void **state)
{
  Hall *self = *state;
  g_autofree char *name = bring (self, 0, 0);

  for (guint n = 0; n < 2000; n++) {
    g_autofree char *other = g_strdup_printf ("%04u.%s", n, n % 4 == 0 ? "jkorder" : "docx");
    g_free (jk_test_folder_put_text (self->stick, other, "something"));
  }
  open_pc (self, 1);
  assert_ok (move_in (self, 1, JK_ORDER_EVERY));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (an_empty_folder_says_what_to_do),
    TEST (an_order_without_answers_lets_nobody_go_on),
    TEST (the_order_inside_is_enough),
    TEST (who_is_of_another_hall_is_not_of_this_one),
    TEST (a_damaged_one_is_named),
    TEST (of_several_candidates_one_is_named),
    TEST (who_is_here_already_is_not_asked_for),
    TEST (of_two_files_the_newer_one_goes_on),
    TEST (an_older_file_does_not_stand_in_for_a_damaged_one),
    TEST (beside_a_damaged_one_nobody_goes_on_unnamed),
    TEST (between_two_branches_people_choose),
    TEST (a_dead_pcs_copy_goes_on_by_its_retirement),
    TEST (among_thousands_of_other_files_it_is_found),
  };
  return cmocka_run_group_tests_name ("carried", tests, check_build_exam, check_free_exam);
}
