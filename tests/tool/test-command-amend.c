/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-amend.c, and of --amend in the commands that read a session */
#include "tool/commands.h"

#include "closing-way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)
#define HEADINGS "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n"
#define ADMISSION "2101050340101777"
#define ID_NUMBER "110108199001019014"

/* Makes the amendment of an ini; more options may follow. */
static int
amend (JkTestWay *way, const char *ini, const char *option, const char *value)
{
  g_autofree char *office = jk_test_way_find (way, "hall", ".office");

  return jk_test_said_run (way->said,
                           "session",
                           "amend",
                           "--session",
                           way->session,
                           "--office",
                           office,
                           "--authority",
                           PATH ("office/authority.jkkey"),
                           "--authorities",
                           PATH ("pinned"),
                           "--out",
                           PATH ("amended"),
                           "--secrets",
                           PATH ("secrets/office"),
                           jk_test_way_put (way, "amend.ini", ini),
                           option,
                           value,
                           NULL);
}

static void
show (JkTestWay *way, const char *amendment, int expected)
{
  check_exit (way,
              jk_test_said_run (way->said,
                                "session",
                                "show",
                                "--authorities",
                                PATH ("pinned"),
                                way->session,
                                amendment != NULL ? "--amend" : NULL,
                                amendment,
                                NULL),
              expected);
}

static void
faults_of_people_s_files_are_findings (void **state)
{
  JkTestWay *way = *state;

  check_exit (way,
              amend (way, "[amendment]\nnumber=1\nreason=x\n[roles]\nrevoke=boss\n", NULL, NULL),
              JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "boss"));
  jk_test_way_put (way,
                   "c.csv",
                   HEADINGS "2101050340101009,九号,男,居民身份证," ID_NUMBER ",01,09,4-(1)\n");
  check_exit (
      way,
      amend (way, "[amendment]\nnumber=1\nreason=x\n[roster]\ncorrected=c.csv\n", NULL, NULL),
      JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "not on the roll"));
  assert_null (strstr (way->said->err, ID_NUMBER));
  assert_false (jk_test_way_has (way, "amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend"));
}

static void
wrong_use_is_told (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, jk_test_said_run (way->said, "session", "amend", "x.ini", NULL), JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "--session"));
}

static void
an_amendment_is_made_and_shown (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_put (way,
                   "c.csv",
                   HEADINGS ADMISSION
                   ",二号,男,居民身份证," ID_NUMBER ",01,02,4-(1)\n"
                   "2101050340101003,三号,男,居民身份证,110108199001019022,01,03,4-(1)\n");
  check_exit (way,
              amend (way,
                     "[amendment]\nnumber=1\nreason=改期\n[window]\nstarts=2021-04-25T14:00\n"
                     "[roles]\nrevoke=spare-1\nnew-spares=1\n[roster]\ncorrected=c.csv\n"
                     "[renumbered]\n2101050340101002=" ADMISSION "\n",
                     NULL,
                     NULL),
              JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "-01-amend-1.jkamend"));
  assert_non_null (strstr (way->said->out, "-01-amend-1-envelopes.txt"));

  show (way, NULL, JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "2021-04-24T09:00"));
  assert_non_null (strstr (way->said->out, "amendment: 0"));
  show (way, PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend"), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "2021-04-25T14:00"));
  assert_non_null (strstr (way->said->out, "amendment: 1"));
  assert_non_null (strstr (way->said->out, "spare-1 (revoked)"));
  assert_non_null (strstr (way->said->out, "spare-3"));
}

static void
a_missing_amendment_is_named (void **state)
{
  JkTestWay *way = *state;
  const char *second = "[amendment]\nnumber=2\nreason=x\n[window]\nlatest-entry-min=45\n";

  check_exit (way, amend (way, second, NULL, NULL), JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "--amend"));
  check_exit (
      way,
      amend (way, second, "--amend", PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend")),
      JK_EXIT_OK);
  show (way, PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-2.jkamend"), JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "load 1 first"));
}

static void
a_corrected_person_sits_and_is_scored (void **state)
{
  JkTestWay *way = *state;
  const char *amendment = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  g_autofree char *secrets = g_strdup_printf ("room-code=%s\nstart-code=%s\nadmission=" ADMISSION
                                              "\nid-number=" ID_NUMBER "\n",
                                              way->room_code,
                                              way->start_code);

  /* The old numbers, then the new ones; then both commands of the centre. */
  check_exit (way, jk_test_way_sit (way, 1, "--amend", amendment, NULL), JK_EXIT_SECRET);
  jk_test_way_put (way, "secrets/1", secrets);
  check_exit (way, jk_test_way_sit (way, 1, NULL), JK_EXIT_SECRET);
  check_exit (way, jk_test_way_sit (way, 1, "--amend", amendment, NULL), JK_EXIT_OK);
  g_autofree char *result = jk_test_way_find (way, "results", ".jkresult");
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "--amend",
                      amendment,
                      "--authorities",
                      PATH ("pinned"),
                      "--centre",
                      PATH ("office/centre.jkkey"),
                      "--secrets",
                      PATH ("secrets/office"),
                      result,
                      NULL);
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "score",
                      "--session",
                      way->session,
                      "--amend",
                      amendment,
                      "--bank",
                      way->bank,
                      "--keys",
                      PATH ("office/bank.jkkeys"),
                      "--centre",
                      PATH ("office/centre.jkkey"),
                      "--authorities",
                      PATH ("pinned"),
                      "--results",
                      PATH ("results"),
                      "--out",
                      PATH ("scores"),
                      "--secrets",
                      PATH ("secrets/office"),
                      NULL);
  assert_non_null (strstr (way->said->out, "scored: 1"));
}

/* A command of the centre on the only result, which began under the amendment: with it or without.
 */
static void
ask_centre (JkTestWay *way, const char *const *command, const char *amendment, int expected)
{
  g_autofree char *result = jk_test_way_find (way, "results", ".jkresult");
  const char *const common[] = { "--session",     way->session,
                                 "--authorities", PATH ("pinned"),
                                 "--centre",      PATH ("office/centre.jkkey"),
                                 "--secrets",     PATH ("secrets/office"),
                                 result,          amendment != NULL ? "--amend" : NULL,
                                 amendment,       NULL };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (guint n = 0; command[n] != NULL; n++)
    g_ptr_array_add (arguments, (gpointer) command[n]);
  for (guint n = 0; n < G_N_ELEMENTS (common); n++)
    g_ptr_array_add (arguments, (gpointer) common[n]);
  check_exit (way,
              jk_test_said_run_list (way->said, (const char *const *) arguments->pdata),
              expected);
  if (expected == JK_EXIT_REFUSED)
    assert_non_null (strstr (way->said->err, "begun under amendment 1"));
}

static void
the_receipt_of_an_amended_sitting_is_verified (void **state)
{
  JkTestWay *way = *state;
  const char *amendment = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  g_autofree char *receipt = jk_test_way_dup_receipt (way, 0);
  const char *const command[] = { "receipt",   "verify", "--bank", way->bank,
                                  "--receipt", receipt,  NULL };

  ask_centre (way, command, NULL, JK_EXIT_REFUSED);
  ask_centre (way, command, amendment, JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "verified: the receipt is of this result"));
}

static void
the_result_of_an_amended_sitting_is_released (void **state)
{
  JkTestWay *way = *state;
  const char *amendment = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  const char *const command[] = { "score",    "release", "--by",  "A",          "--by", "B",
                                  "--reason", "checked", "--out", PATH ("let"), NULL };

  ask_centre (way, command, NULL, JK_EXIT_REFUSED);
  assert_false (jk_test_way_has (way, "let"));
  ask_centre (way, command, amendment, JK_EXIT_OK);
  g_autofree char *release = jk_test_way_find (way, "let", ".jkrelease");
  assert_non_null (release);
}

/* The roster as the amendment left it. */
static void
put_corrected_roster (JkTestWay *way)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  assert_true (g_file_get_contents (PATH ("roster.csv"), &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint n = 0; lines[n] != NULL; n++) {
    const char *line = lines[n];
    if (strstr (line, "2101050340101002") != NULL)
      line = ADMISSION ",二号,男,居民身份证," ID_NUMBER ",01,02,4-(1),0";
    else if (strstr (line, "2101050340101003") != NULL)
      line = "2101050340101003,三号,男,居民身份证,110108199001019022,01,03,4-(1),0";
    g_string_append_printf (out, "%s\n", line);
  }
  jk_test_way_put (way, "corrected.csv", out->str);
}

static void
lint (JkTestWay *way, const char *folder, const char *roster, const char *amendment, int expected)
{
  g_autofree char *office = jk_test_way_find (way, folder, ".office");
  g_autofree char *session = jk_test_way_find (way, folder, ".jksession");
  g_autofree char *bank = jk_test_way_find (way, folder, ".jkbank");

  check_exit (way,
              jk_test_said_run (way->said,
                                "session",
                                "lint",
                                "--bank",
                                bank,
                                "--office",
                                office,
                                "--authorities",
                                PATH ("pinned"),
                                "--secrets",
                                PATH ("secrets/office"),
                                "--roster",
                                PATH (roster),
                                session,
                                amendment != NULL ? "--amend" : NULL,
                                amendment,
                                NULL),
              expected);
}

static void
lint_logs_in_whom_the_amendments_left (void **state)
{
  JkTestWay *way = *state;
  const char *first = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  const char *second = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-2.jkamend");

  put_corrected_roster (way);
  lint (way, "hall", "corrected.csv", NULL, JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "two numbers that open no record of their hall"));
  lint (way, "hall", "corrected.csv", first, JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "amendment: 1\ncandidates: 6\nlogged-in: 6\n"));
  assert_non_null (strstr (way->said->out, "starts: 2021-04-25T14:00"));
  assert_non_null (strstr (way->said->out, "records-of-nobody: 0"));
  lint (way, "hall", "roster.csv", first, JK_EXIT_FINDINGS);
  lint (way, "hall", "corrected.csv", second, JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "load 1 first"));
  lint (way, "hall", "corrected.csv", way->session, JK_EXIT_REFUSED);
}

/* Of another build by the same authority. */
static void
lint_refuses_an_amendment_of_no_hall_it_was_given (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "session",
                      "build",
                      "--bank",
                      PATH ("office/bank.jkbank"),
                      "--authority",
                      PATH ("office/authority.jkkey"),
                      "--centre",
                      PATH ("office/centre.jkpub"),
                      "--out",
                      PATH ("again"),
                      "--secrets",
                      PATH ("secrets/office"),
                      PATH ("session.ini"),
                      NULL);
  lint (way,
        "again",
        "roster.csv",
        PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend"),
        JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "for none of the 1 session files given"));
}

/* spare-3 orders "copy", with a passcode that is not its own. */
static void
order_as_added (JkTestWay *way, const char *amendment, int expected)
{
  check_exit (way,
              jk_test_said_run (way->said,
                                "order",
                                "new",
                                "--session",
                                way->session,
                                "--authorities",
                                PATH ("pinned"),
                                "--role",
                                "spare-3",
                                "--act",
                                "copy",
                                "--secrets",
                                PATH ("secrets/wrong"),
                                PATH ("order"),
                                amendment != NULL ? "--amend" : NULL,
                                amendment,
                                NULL),
              expected);
}

static void
a_role_that_an_amendment_added_is_known_to_orders (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *secrets = g_strdup_printf ("passcode=%s\n", way->start_code);

  jk_test_way_put (way, "secrets/wrong", secrets);
  order_as_added (way, NULL, JK_EXIT_USAGE);
  order_as_added (way, PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend"), JK_EXIT_SECRET);
}

static void
an_amended_hall_is_closed (void **state)
{
  JkTestWay *way = *state;
  const char *amendment = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  g_autofree char *receipt = jk_test_way_dup_receipt (way, 0);
  g_autofree char *text =
      g_strdup_printf ("[absent]\nrecords=0;2;3;4;5\n[record 1]\nreceipt-1=%s\n", receipt);

  const char *room = jk_test_way_put (way, "room.ini", text);
  check_exit (way,
              close_hall (way, PATH ("results"), room, "closed", "--amend", amendment, NULL),
              JK_EXIT_OK);
  g_autofree char *sheet = jk_test_way_find (way, "closed", ".jkhandin");
  g_autofree char *result = jk_test_way_find (way, "results", ".jkresult");
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "handin",
                      "check",
                      "--session",
                      way->session,
                      "--amend",
                      amendment,
                      "--authorities",
                      PATH ("pinned"),
                      sheet,
                      result,
                      NULL);
  assert_non_null (strstr (way->said->out, "receipts: 1"));
}

/* The centre's command on all results, with the amendment or without. */
static void
score (JkTestWay *way, const char *out, const char *amendment, int expected)
{
  check_exit (way,
              jk_test_said_run (way->said,
                                "score",
                                "--session",
                                way->session,
                                "--bank",
                                way->bank,
                                "--keys",
                                PATH ("office/bank.jkkeys"),
                                "--centre",
                                PATH ("office/centre.jkkey"),
                                "--authorities",
                                PATH ("pinned"),
                                "--results",
                                PATH ("results"),
                                "--out",
                                PATH (out),
                                "--secrets",
                                PATH ("secrets/office"),
                                amendment != NULL ? "--amend" : NULL,
                                amendment,
                                NULL),
              expected);
}

/* The third candidate sat before the correction came; the second began under it. */
static void
a_person_corrected_after_the_start_is_scored (void **state)
{
  JkTestWay *way = *state;
  const char *amendment = PATH ("amended/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend");
  g_autofree char *text = NULL;

  check_exit (way, jk_test_way_sit (way, 2, NULL), JK_EXIT_OK);
  score (way, "scores-2", amendment, JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "scored: 2"));
  assert_true (g_file_get_contents (PATH ("scores-2/scores.csv"), &text, NULL, NULL));
  assert_non_null (strstr (text, "三号"));

  g_autofree char *listed = NULL;
  score (way, "scores-3", NULL, JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->out, "scored: 1"));
  assert_true (g_file_get_contents (PATH ("scores-3/quarantine.csv"), &listed, NULL, NULL));
  assert_non_null (strstr (listed, "was begun under amendment 1; expected at most 0"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (faults_of_people_s_files_are_findings),
    cmocka_unit_test (wrong_use_is_told),
    cmocka_unit_test (an_amendment_is_made_and_shown),
    cmocka_unit_test (a_missing_amendment_is_named),
    cmocka_unit_test (a_corrected_person_sits_and_is_scored),
    cmocka_unit_test (the_receipt_of_an_amended_sitting_is_verified),
    cmocka_unit_test (the_result_of_an_amended_sitting_is_released),
    cmocka_unit_test (lint_logs_in_whom_the_amendments_left),
    cmocka_unit_test (lint_refuses_an_amendment_of_no_hall_it_was_given),
    cmocka_unit_test (a_role_that_an_amendment_added_is_known_to_orders),
    cmocka_unit_test (an_amended_hall_is_closed),
    cmocka_unit_test (a_person_corrected_after_the_start_is_scored),
  };
  return cmocka_run_group_tests_name ("command-amend",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
