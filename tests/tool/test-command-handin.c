/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-handin.c, and of closing sheets through the command line: two that
 * contradict, one lost and made again, a seat recovered a day later. */
#include "tool/commands.h"

#include "closing-way.h"

#define NOBODY G_MAXUINT

static void
a_hall_that_is_closed_well_has_no_findings (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way,
                               "full.ini",
                               NOBODY,
                               "[note 1]\nkind=violation\nrecord=1\ncode=W601\nfacts=手机\n");

  check_exit (way,
              close_hall (way, jk_test_way_path (way, "results"), room, "full", NULL),
              JK_EXIT_OK);
  check_exit (way, check_hall (way, "full", "results", NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out,
                           "results: 3\ndue: 6\npresent: 3\nabsent: 3\nnever-seen: 0\n"
                           "violations: 1\nstarted: 3\nsealed: 3\nreceipts: 3\nmissing: 0\n"
                           "extra: 0\n"));
}

static void
missing_and_extra_are_named_by_seat_and_record (void **state)
{
  JkTestWay *way = *state;

  copy_results (way, "without-1", 1);
  check_exit (way, check_hall (way, "full", "without-1", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "seat 02, record 1, seal number 1: found no result"));
  assert_non_null (strstr (way->said->out, "missing: 1\nextra: 0\n"));

  const char *room = put_room (way, "lost.ini", 1, "[record 1]\nstate=lost\nseal=1\n");
  check_exit (way,
              close_hall (way, jk_test_way_path (way, "without-1"), room, "lost", NULL),
              JK_EXIT_OK);
  check_exit (way, check_hall (way, "lost", "results", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err,
                           "seat 02, record 1, seal number 1: found a result that "
                           "no sheet names"));
  assert_non_null (strstr (way->said->err, "started, and no result"));
  assert_non_null (strstr (way->said->out,
                           "started: 3\nsealed: 2\nreceipts: 2\nmissing: 0\n"
                           "extra: 1\n"));
}

static void
a_receipt_that_was_not_given_is_a_finding (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "no-slip.ini", 2, "");

  check_exit (way,
              close_hall (way, jk_test_way_path (way, "results"), room, "no-slip", NULL),
              JK_EXIT_OK);
  assert_non_null (strstr (way->said->err, "record 2: found a result and no receipt"));
  check_exit (way, check_hall (way, "no-slip", "results", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "record 2, seal number 1: found no receipt given"));
}

static void
a_seat_recovered_a_day_later_is_added_by_a_second_sheet (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *first = jk_test_way_find (way, "lost", "-01-1.jkhandin");
  const char *room = put_room (way, "late.ini", NOBODY, "");
  const char *results = jk_test_way_path (way, "results");

  check_exit (way, close_hall (way, results, room, "late", "--after", first, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "number: 2\n"));
  assert_non_null (strstr (way->said->out, "rows: 1\n"));
  check_exit (way, check_hall (way, "lost", "late", "results", NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "sheets: 2\nlast: 2\n"));

  /* Nothing is left to say. */
  g_autofree char *second = jk_test_way_find (way, "late", "-01-2.jkhandin");
  check_exit (way,
              close_hall (way, results, room, "x", "--after", first, "--after", second, NULL),
              JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "nothing that the sheets before do not say"));
  /* And without the first, the second is of no use. */
  check_exit (way, check_hall (way, "late", "results", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "sheet 1 is missing"));
}

static void
two_sheets_that_contradict_are_both_named (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, check_hall (way, "full", "no-slip", "results", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "full/"));
  assert_non_null (strstr (way->said->err, "no-slip/"));
  assert_non_null (strstr (way->said->err, "say different things"));
  assert_non_null (strstr (way->said->out, "last: 0\n"));
  assert_non_null (strstr (way->said->out, "extra: 3\n"));
  /* Nor is a sheet made that changes what was signed. */
  g_autofree char *first = jk_test_way_find (way, "lost", ".jkhandin");
  const char *room = put_room (way, "changed.ini", 0, "[record 0]\nstate=forced\n");
  check_exit (
      way,
      close_hall (way, jk_test_way_path (way, "results"), room, "changed", "--after", first, NULL),
      JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "it changes the row of record 0"));
  assert_false (jk_test_way_has (way, "changed"));
}

static void
a_lost_sheet_made_again_by_others_is_accepted (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "lost.ini", 1, "[record 1]\nstate=lost\nseal=1\n");

  check_exit (way,
              close_hall (way,
                          jk_test_way_path (way, "without-1"),
                          room,
                          "lost-again",
                          "--first",
                          "spare-2",
                          "--second",
                          "spare-1",
                          NULL),
              JK_EXIT_OK);
  check_exit (way, check_hall (way, "lost-again", "late", "results", NULL), JK_EXIT_OK);
  check_exit (way, check_hall (way, "lost", "lost-again", "late", "results", NULL), JK_EXIT_OK);
}

static void
a_broken_or_foreign_file_is_refused (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = jk_test_way_find (way, "full", ".jkhandin");
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  jk_test_way_put (way, "bent/x.jkhandin", "");
  assert_true (
      g_file_set_contents (jk_test_way_path (way, "bent/x.jkhandin"), bytes, (gssize) size, NULL));
  check_exit (way, check_hall (way, "bent", "results", NULL), JK_EXIT_REFUSED);
  jk_test_way_put (way, "garbage/x.jkresult", "garbage");
  check_exit (way, check_hall (way, "full", "results", "garbage", NULL), JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->out, "missing: 0\n"));
  check_exit (way, check_hall (way, "results", NULL), JK_EXIT_USAGE);
}

static void
sheets_are_paper_for_people_and_objects_for_programs (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = jk_test_way_find (way, "full", ".jkhandin");
  const char *pinned = jk_test_way_path (way, "pinned");

#define SHOW(exit_code, ...)                                                                       \
  jk_test_way_expect (way,                                                                         \
                      exit_code,                                                                   \
                      "handin",                                                                    \
                      "show",                                                                      \
                      "--session",                                                                 \
                      way->session,                                                                \
                      "--authorities",                                                             \
                      pinned,                                                                      \
                      __VA_ARGS__,                                                                 \
                      NULL)
  SHOW (JK_EXIT_OK, path);
  for (guint n = 0; n < 3; n++) {
    g_autofree char *code = jk_test_way_dup_receipt (way, n);
    assert_non_null (strstr (way->said->out, code));
  }
  assert_non_null (strstr (way->said->out, "收卷单 CLOSING SHEET 1"));
  assert_null (strstr (way->said->out, "考生01"));
  SHOW (JK_EXIT_OK, "--json", path);
  jk_test_said_check_json (way->said, TRUE);
  assert_non_null (strstr (way->said->out, "\"event\":\"note\""));
  SHOW (JK_EXIT_USAGE, path, path);
  SHOW (JK_EXIT_REFUSED, way->session);
  SHOW (JK_EXIT_STORAGE, "nowhere.jkhandin");
#undef SHOW
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "handin",
                      "check",
                      "--json",
                      "--session",
                      way->session,
                      "--authorities",
                      pinned,
                      path,
                      NULL);
  jk_test_said_check_json (way->said, FALSE);
  assert_string_equal (way->said->err, "");
  assert_non_null (strstr (way->said->out, "\"missing\":3"));
  jk_test_way_expect (way, JK_EXIT_USAGE, "handin", "show", path, NULL);
  assert_non_null (strstr (way->said->err, "--session"));
}

/* Makes the amendment that revokes the first spare. */
static const char *
revoke_spare (JkTestWay *way)
{
  g_autofree char *office = jk_test_way_find (way, "hall", ".office");

  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "session",
                      "amend",
                      "--session",
                      way->session,
                      "--office",
                      office,
                      "--authority",
                      jk_test_way_path (way, "office/authority.jkkey"),
                      "--authorities",
                      jk_test_way_path (way, "pinned"),
                      "--out",
                      jk_test_way_path (way, "amended"),
                      "--secrets",
                      jk_test_way_path (way, "secrets/office"),
                      jk_test_way_put (way,
                                       "amend.ini",
                                       "[amendment]\nnumber=1\nreason=x\n[roles]\n"
                                       "revoke=spare-1\n"),
                      NULL);
  return jk_test_way_path (way, "amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
}

/* A command of office or centre on the sheet of that folder, under the amendment. */
static void
ask (JkTestWay *way,
     int expected,
     const char *amendment,
     const char *const *command,
     const char *said)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const common[] = {
    "--session", way->session, "--authorities", jk_test_way_path (way, "pinned"), "--amend",
    amendment,   NULL
  };

  for (guint n = 0; command[n] != NULL; n++)
    g_ptr_array_add (arguments, (gpointer) command[n]);
  for (guint n = 0; n < G_N_ELEMENTS (common); n++)
    g_ptr_array_add (arguments, (gpointer) common[n]);
  check_exit (way,
              jk_test_said_run_list (way->said, (const char *const *) arguments->pdata),
              expected);
  if (strstr (way->said->everything->str, said) == NULL)
    fail_msg ("“%s” lacks “%s”", way->said->everything->str, said);
}

static void
a_sheet_of_a_revoked_role_is_flagged_and_no_new_one_is_made (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "revoked.ini", NOBODY, "");
  const char *results = jk_test_way_path (way, "results");
  const char *amendment = revoke_spare (way);

  check_exit (way,
              close_hall (way, results, room, "theirs", "--second", "spare-1", NULL),
              JK_EXIT_OK);
  check_exit (way, check_hall (way, "theirs", "results", NULL), JK_EXIT_OK);
  g_autofree char *sheet = jk_test_way_find (way, "theirs", ".jkhandin");
  const char *const check[] = { "handin", "check", sheet, NULL };
  const char *const show[] = { "handin", "show", sheet, NULL };
  const char *const as_json[] = { "handin", "show", "--json", sheet, NULL };
  const char *const score[] = { "score",
                                "--bank",
                                way->bank,
                                "--keys",
                                jk_test_way_path (way, "office/bank.jkkeys"),
                                "--centre",
                                jk_test_way_path (way, "office/centre.jkkey"),
                                "--results",
                                results,
                                "--out",
                                jk_test_way_path (way, "revoked-scores"),
                                "--secrets",
                                jk_test_way_path (way, "secrets/office"),
                                "--sheet",
                                sheet,
                                NULL };
  ask (way, JK_EXIT_FINDINGS, amendment, check, "chief and spare-1, one of which was revoked");
  ask (way, JK_EXIT_OK, amendment, show, "spare-1 已撤销 REVOKED");
  ask (way, JK_EXIT_OK, amendment, as_json, "\"revoked\":\"yes\"");
  ask (way, JK_EXIT_FINDINGS, amendment, score, "chief and spare-1, one of which was revoked");
  assert_non_null (strstr (way->said->out, "final: 3"));

  check_exit (
      way,
      close_hall (way, results, room, "refused", "--second", "spare-1", "--amend", amendment, NULL),
      JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "revoked the role spare-1"));
  assert_false (jk_test_way_has (way, "refused"));

  /* Made again by two roles in force it is the same sheet, and there is nothing to flag. */
  check_exit (way, close_hall (way, results, room, "ours", "--amend", amendment, NULL), JK_EXIT_OK);
  g_autofree char *again = jk_test_way_find (way, "ours", ".jkhandin");
  const char *const both[] = { "handin", "check", sheet, again, NULL };
  ask (way, JK_EXIT_FINDINGS, amendment, both, "missing: 3");
  assert_null (strstr (way->said->err, "revoked"));
}

int
main (void)
{
  /* Each goes on from what the one before made. */
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_hall_that_is_closed_well_has_no_findings),
    cmocka_unit_test (missing_and_extra_are_named_by_seat_and_record),
    cmocka_unit_test (a_receipt_that_was_not_given_is_a_finding),
    cmocka_unit_test (a_seat_recovered_a_day_later_is_added_by_a_second_sheet),
    cmocka_unit_test (two_sheets_that_contradict_are_both_named),
    cmocka_unit_test (a_lost_sheet_made_again_by_others_is_accepted),
    cmocka_unit_test (a_broken_or_foreign_file_is_refused),
    cmocka_unit_test (sheets_are_paper_for_people_and_objects_for_programs),
    cmocka_unit_test (a_sheet_of_a_revoked_role_is_flagged_and_no_new_one_is_made),
  };

  return cmocka_run_group_tests_name ("command-handin",
                                      tests,
                                      jk_test_way_setup_sat,
                                      jk_test_way_teardown);
}
