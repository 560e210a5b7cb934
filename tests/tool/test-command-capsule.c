/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-capsule.c: from the disk of a dead PC to another one, and to the centre. */
#include "base/limits.h"
#include "base/text.h"
#include "desk/check-moving.h"
#include "score/centre.h"
#include "score/table.h"
#include "said.h"

#define CAPSULE "dead.jkcapsule"

typedef struct {
  Hall *hall;
  JkTestSaid *said;
  char *secrets; /* path */
  char *roles;   /* path */
  char *store;   /* of the first PC, as another PC reads it */
  const char *session;
  const char *authorities;
} Scene;

static int
set_up_scene (void **state)
{
  Scene *self = g_new0 (Scene, 1);
  void *hall = *state;

  set_up_hall (&hall);
  self->hall = hall;
  const JkTestExam *exam = self->hall->exam;
  JkTestFolder *folder = self->hall->pcs[0].desk->folder;
  const char *chief = jk_test_exam_get_passcode (exam, 0, JK_ROLE_CHIEF);
  const char *proctor = jk_test_exam_get_passcode (exam, 0, JK_ROLE_PROCTOR);
  g_autofree char *secret = g_strdup_printf ("passcode=%s\n", chief);
  g_autofree char *both =
      g_strdup_printf ("chief-passcode=%s\nproctor-passcode=%s\n", chief, proctor);
  self->secrets = jk_test_folder_put_text (folder, "secrets", secret);
  self->roles = jk_test_folder_put_text (folder, "roles", both);
  assert_int_equal (g_chmod (self->secrets, 0600), 0);
  assert_int_equal (g_chmod (self->roles, 0600), 0);
  self->said = jk_test_said_new (jk_test_exam_get_world (exam));
  self->session = jk_test_exam_get_session_path (exam, 0);
  self->authorities = jk_test_exam_get_authorities_path (exam);
  *state = self;
  return 0;
}

static int
tear_down_scene (void **state)
{
  Scene *self = *state;
  void *hall = self->hall;

  tear_down_hall (&hall);
  jk_test_said_free (self->said);
  g_free (self->secrets);
  g_free (self->roles);
  g_free (self->store);
  g_free (self);
  return 0;
}

static char *
dup_on_stick (Scene *self, const char *name)
{
  return jk_test_folder_dup_path (self->hall->stick, name);
}

/* The PC is killed, and its disk read by another. */
static void
kill_pc (Scene *self, Pc *pc)
{
  self->store = dup_store_path (pc, record_of (self->hall, 0));
  g_autoptr (GHashTable) disk = read_disk (pc);

  g_clear_object (&pc->panel);
  close_desk (pc->desk);
  write_disk (disk);
}

static int
run_capsule (Scene *self, const char *store, const char *out)
{
  return jk_test_said_run (self->said,
                           "capsule",
                           "--session",
                           self->session,
                           "--authorities",
                           self->authorities,
                           "--role",
                           "chief",
                           "--secrets",
                           self->secrets,
                           store,
                           out,
                           NULL);
}

/* The value of a fact that was printed. The caller frees. */
static char *
dup_fact (const Scene *self, const char *name)
{
  g_autofree char *start = g_strdup_printf ("%s: ", name);
  const char *at = strstr (self->said->out, start);

  assert_non_null (at);
  at += strlen (start);
  return g_strndup (at, strcspn (at, "\n"));
}

/* The order that retires the dead PC, on the stick, whose number is the next one. */
static void
retire (Scene *self, const char *station, const char *minutes)
{
  g_autofree char *path = dup_on_stick (self, "retire.jkorder");
  int exit_code = jk_test_said_run (self->said,
                                    "order",
                                    "new",
                                    "--session",
                                    self->session,
                                    "--authorities",
                                    self->authorities,
                                    "--role",
                                    "chief",
                                    "--act",
                                    "retire",
                                    "--record",
                                    "0",
                                    "--station",
                                    station,
                                    "--minutes",
                                    minutes,
                                    "--reason",
                                    "the power supply is dead",
                                    "--secrets",
                                    self->secrets,
                                    path,
                                    NULL);

  if (exit_code != JK_EXIT_OK)
    fail_msg ("%s", self->said->err);
}

/* The first PC dies with two answers after ten minutes; what it had goes on at the second. */
static Pc *
go_on (Scene *self)
{
  Pc *first = sit_at (self->hall, 0, 0);
  g_autofree char *capsule = dup_on_stick (self, CAPSULE);

  jk_test_clock_pass_s (first->desk->clock, 10 * S_PER_MIN);
  follow_ms (1500); /* exam time is noted */
  choose (first->desk, 1, 1);
  await_save (first->desk, JK_SAVE_SAVED);
  kill_pc (self, first);
  if (run_capsule (self, self->store, capsule) != JK_EXIT_OK)
    fail_msg ("%s", self->said->err);
  g_autofree char *station = dup_fact (self, "station");
  retire (self, station, "0");
  Pc *second = open_pc (self->hall, 1);
  assert_ok (move_in_from (second, stick_of (self->hall), JK_ORDER_EVERY, NULL));
  await_page (second->desk, JK_PAGE_ARRIVED);
  return second;
}

static void
what_a_dead_pc_had_goes_on_at_another (void **state)
{
  Scene *self = *state;
  Pc *second = go_on (self);
  guint32 record = record_of (self->hall, 0);
  JkSitting *sitting = sitting_of (second, record);

  assert_int_equal (chosen (second->desk, 0), 1 << 1);
  assert_int_equal (chosen (second->desk, 1), 1 << 1);
  assert_int_equal (chosen (second->desk, 4), 1 << 0);
  assert_true (jk_desk_item_is_flagged (jk_desk_get_item (second->desk->desk, 4)));
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 10 * MS_PER_MIN);
  assert_true (jk_desk_continue (second->desk->desk, NULL));

  /* The dead one comes back with the same paper, sees the order on the stick, and ends. */
  Pc *first = &self->hall->pcs[0];
  open_desk (first->desk);
  await_page (first->desk, JK_PAGE_ANSWERING);
  JkSitting *old = sitting_of (first, record);
  for (guint n = 0; n < JK_TEST_EXAM_PAPER_ITEMS; n++) {
    assert_string_equal (jk_blob_get_id (jk_sitting_get_item (old, n)),
                         jk_blob_get_id (jk_sitting_get_item (sitting, n)));
    assert_int_equal (jk_sitting_get_answer (old, n), jk_sitting_get_answer (sitting, n));
  }
  g_autoptr (GBytes) order = jk_test_folder_get_bytes (self->hall->stick, "retire.jkorder");
  g_free (jk_test_folder_put (first->desk->folder, "inbox/retire.jkorder", order));
  await_page (first->desk, JK_PAGE_MOVED);
  g_autoptr (GBytes) obeyed = jk_sitting_read_move (old, NULL);
  g_autoptr (JkOrder) why = jk_order_parse ("store", obeyed, NULL);
  assert_string_equal (jk_order_get_terms (why)->reason, "the power supply is dead");
  assert_int_equal (jk_desk_get_page (second->desk->desk), JK_PAGE_ANSWERING);
}

/* A result in a folder of its own; its path. The caller frees. */
static char *
hand_in_at (Scene *self, Pc *pc, const char *folder)
{
  g_autofree char *path = jk_test_folder_dup_path (self->hall->stick, folder);
  g_autofree char *name = g_strdup_printf ("%s/0.jkresult", folder);

  jk_test_clock_pass_s (pc->desk->clock, 30 * S_PER_MIN);
  assert_ok (hand_in (pc->desk));
  assert_int_equal (g_mkdir (path, 0700), 0);
  GBytes *result = jk_sitting_get_result (sitting_of (pc, record_of (self->hall, 0)));
  return jk_test_folder_put (self->hall->stick, name, result);
}

/* The proctors close the hall by what lies in a folder. */
static int
close_hall (Scene *self, const char *results, const char *room)
{
  g_autofree char *from = dup_on_stick (self, results);
  g_autofree char *out = dup_on_stick (self, "sheet");

  return jk_test_said_run (self->said,
                           "handin",
                           "new",
                           "--session",
                           self->session,
                           "--authorities",
                           self->authorities,
                           "--results",
                           from,
                           "--room",
                           room,
                           "--out",
                           out,
                           "--secrets",
                           self->roles,
                           NULL);
}

/* The one that the sheet names counts at the centre; the other is kept, and its file named. */
static void
assert_named_one_counts (Scene *self, const char *named, const char *other)
{
  const JkTestExam *exam = self->hall->exam;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autofree char *path = dup_fact (self, "sheet");
  const JkStorage *storage = jk_test_exam_get_world (exam)->storage;
  const char *const files[] = { other, named };
  g_autoptr (GError) error = NULL;

  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, JK_SHEET_BYTES_MAX, &error);
  JkSheet *sheet = jk_sheet_open (path, bytes, session, &error);
  assert_ok (error);
  g_autoptr (JkSheetMerge) sheets = jk_sheet_merge_new (&sheet, 1);
  g_autoptr (JkCentre) centre = jk_centre_open (jk_test_exam_get_world (exam),
                                                session,
                                                jk_test_exam_get_bank_path (exam),
                                                jk_test_exam_get_keys_path (exam),
                                                jk_test_exam_get_centre (exam),
                                                &error);
  assert_ok (error);
  g_autoptr (JkTable) table = jk_table_new (centre, sheets);
  for (guint n = 0; n < G_N_ELEMENTS (files); n++) {
    g_autoptr (GBytes) result = jk_storage_read (storage, files[n], JK_RESULT_BYTES_MAX, NULL);
    assert_true (jk_table_take (table, files[n], result));
  }
  assert_int_equal (jk_table_get_standing (table, 0), JK_STANDING_QUARANTINED);
  assert_non_null (strstr (jk_table_get_reason (table, 0), "names another"));
  assert_int_equal (jk_table_get_standing (table, 1), JK_STANDING_FINAL);
  assert_int_equal (jk_table_get_n_final (table), 1);
}

static void
of_two_branches_the_one_on_the_sheet_counts (void **state)
{
  Scene *self = *state;
  Pc *second = go_on (self);
  Pc *first = &self->hall->pcs[0];

  assert_true (jk_desk_continue (second->desk->desk, NULL));
  choose (second->desk, 2, 0);
  g_autofree char *named = hand_in_at (self, second, "named");
  /* The dead one comes back to proctors who know nothing of the order, and they let it go on. */
  open_desk (first->desk);
  await_page (first->desk, JK_PAGE_HELD);
  open_panel (self->hall, first);
  assert_ok (give_act (self->hall, first, JK_ACT_RELEASE, record_of (self->hall, 0)));
  await_page (first->desk, JK_PAGE_ANSWERING);
  g_autofree char *other = hand_in_at (self, first, "other");
  g_autofree char *station =
      jk_text_hex (jk_station_get_sign_public (first->desk->desk->station), JK_PUBLIC_BYTES);
  g_autofree char *text =
      g_strdup_printf ("[absent]\nrecords=1;2;3;4;5\n[record 0]\nlost-from=%s\n", station);
  g_autofree char *room = jk_test_folder_put_text (self->hall->stick, "room.ini", text);

  /* With both in hand, people must say which. */
  g_autoptr (GBytes) both = jk_test_folder_get_bytes (self->hall->stick, "other/0.jkresult");
  g_autofree char *copy = jk_test_folder_put (self->hall->stick, "named/1.jkresult", both);
  assert_int_equal (close_hall (self, "named", room), JK_EXIT_FINDINGS);
  assert_non_null (strstr (self->said->err, "have one seal number and differ"));
  assert_int_equal (g_unlink (copy), 0);
  if (close_hall (self, "named", room) != JK_EXIT_OK)
    fail_msg ("%s%s", self->said->out, self->said->err);
  assert_named_one_counts (self, named, other);
}

static void
its_facts_say_how_the_pc_is_retired (void **state)
{
  Scene *self = *state;
  Pc *first = sit_at (self->hall, 0, 0);
  g_autofree char *early = dup_on_stick (self, CAPSULE);
  g_autofree char *late = dup_on_stick (self, "late.jkcapsule");
  g_autofree char *station =
      jk_text_hex (jk_station_get_sign_public (first->desk->desk->station), JK_PUBLIC_BYTES);

  kill_pc (self, first);
  assert_int_equal (run_capsule (self, self->store, early), JK_EXIT_OK);
  g_autofree char *named = dup_fact (self, "station");
  g_autofree char *answered = dup_fact (self, "answered");
  g_autofree char *one = dup_fact (self, "signers");
  assert_string_equal (named, station);
  assert_string_equal (answered, "2");
  assert_string_equal (one, "1");
  assert_int_equal (jk_test_folder_count (self->hall->stick), 1);
  jk_test_clock_pass_s (first->desk->clock, 120 * S_PER_MIN);
  assert_int_equal (run_capsule (self, self->store, late), JK_EXIT_OK);
  g_autofree char *two = dup_fact (self, "signers");
  assert_string_equal (two, "2");
}

static void
what_was_moved_before_the_pc_died_needs_no_order (void **state)
{
  Scene *self = *state;
  Pc *first = sit_at (self->hall, 0, 0);
  g_autofree char *capsule = dup_on_stick (self, CAPSULE);

  assert_ok (give_act (self->hall, first, JK_ACT_MOVE, record_of (self->hall, 0)));
  kill_pc (self, first);
  assert_int_equal (run_capsule (self, self->store, capsule), JK_EXIT_OK);
  g_autofree char *none = dup_fact (self, "signers");
  assert_string_equal (none, "0");
  Pc *second = open_pc (self->hall, 1);
  assert_ok (move_in_from (second, stick_of (self->hall), JK_ORDER_EVERY, NULL));
}

static void
what_cannot_be_taken_off_leaves_nothing (void **state)
{
  Scene *self = *state;
  Pc *first = sit_at (self->hall, 0, 0);
  g_autofree char *capsule = dup_on_stick (self, CAPSULE);
  g_autofree char *gone = dup_on_stick (self, "gone.jkjournal");

  kill_pc (self, first);
  assert_int_equal (run_capsule (self, gone, capsule), JK_EXIT_STORAGE);
  assert_int_equal (run_capsule (self, self->secrets, capsule), JK_EXIT_REFUSED);
  assert_int_equal (jk_test_said_run (self->said,
                                      "capsule",
                                      "--session",
                                      jk_test_exam_get_session_path (self->hall->exam, 1),
                                      "--authorities",
                                      self->authorities,
                                      "--role",
                                      "chief",
                                      "--secrets",
                                      self->secrets,
                                      self->store,
                                      capsule,
                                      NULL),
                    JK_EXIT_SECRET);
  assert_int_equal (jk_test_folder_count (self->hall->stick), 0);
  assert_int_equal (run_capsule (self, self->store, capsule), JK_EXIT_OK);
  assert_int_equal (run_capsule (self, self->store, capsule), JK_EXIT_STORAGE);
  assert_int_equal (jk_test_folder_count (self->hall->stick), 1);
}

static void
it_needs_its_options (void **state)
{
  Scene *self = *state;

  assert_int_equal (jk_test_said_run (self->said, "capsule", "a", "b", NULL), JK_EXIT_USAGE);
  assert_int_equal (run_capsule (self, "a", NULL), JK_EXIT_USAGE);
  assert_int_equal (jk_test_said_run (self->said,
                                      "capsule",
                                      "--session",
                                      self->session,
                                      "--authorities",
                                      self->authorities,
                                      "--role",
                                      "cleaner",
                                      "--secrets",
                                      self->secrets,
                                      "a",
                                      "b",
                                      NULL),
                    JK_EXIT_SECRET);
}

#define SCENE(name) cmocka_unit_test_setup_teardown (name, set_up_scene, tear_down_scene)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    SCENE (what_a_dead_pc_had_goes_on_at_another),
    SCENE (of_two_branches_the_one_on_the_sheet_counts),
    SCENE (its_facts_say_how_the_pc_is_retired),
    SCENE (what_was_moved_before_the_pc_died_needs_no_order),
    SCENE (what_cannot_be_taken_off_leaves_nothing),
    SCENE (it_needs_its_options),
  };
  return cmocka_run_group_tests_name ("capsule", tests, check_build_exam, check_free_exam);
}
