/* SPDX-License-Identifier: Apache-2.0 */
/* tool/way.h: the whole way of an exam through jikaoctl alone, in a folder of its own.
 *
 * Plan, bank source and roster are those of support/exam.h; keys, bank, session, sittings and
 * scores are made by the commands. Costs are cheap, the clock is the system's. */
#pragma once

#include "said.h"
#include "support/exam.h"

typedef enum {
  JK_TEST_WAY_SOURCES, /* nothing but sources and files of secrets */
  JK_TEST_WAY_KEYS,    /* office/authority and office/centre, other/authority and other/centre */
  JK_TEST_WAY_BANK,    /* office/bank.jkbank ... */
  JK_TEST_WAY_SESSION, /* hall/..., office/right.txt, secrets/N for candidate N, secrets/roles */
  JK_TEST_WAY_SAT,     /* results/...: 0 all right, 1 all wrong, 2 at random; 3 to 5 absent */
} JkTestWayStage;

typedef struct {
  /* Owned */
  JkTestExam *exam;
  JkTestSaid *said;
  GPtrArray *paths; /* that were lent */
  char *session;
  char *bank; /* of the session */
  char *room_code;
  char *start_code;
  /* Plain */
  JkWorld world;
} JkTestWay;

JkTestWay *jk_test_way_new (JkTestWayStage stage);
void jk_test_way_free (JkTestWay *self);

/* The path of a name in its folder; lent. */
const char *jk_test_way_path (JkTestWay *self, const char *name);

/* Writes a file of mode 0600 and lends its path. */
const char *jk_test_way_put (JkTestWay *self, const char *name, const char *text);
gboolean jk_test_way_has (JkTestWay *self, const char *name);

/* Lets candidate n sit on a station of its own; more options may follow. */
int jk_test_way_sit (JkTestWay *self, guint n, ...) G_GNUC_NULL_TERMINATED;

/* The receipt that the n-th sitting printed; the caller frees. */
char *jk_test_way_dup_receipt (const JkTestWay *self, guint n);

/* The name of the only file of that ending in a folder; the caller frees. */
char *jk_test_way_find (JkTestWay *self, const char *folder, const char *ending);

/* Runs, and fails the test with what was said when the exit code is another. */
void
jk_test_way_expect (JkTestWay *self, int exit_code, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* For cmocka: a way up to a stage as *state, and its end. */
int jk_test_way_setup_sources (void **state);
int jk_test_way_setup_keys (void **state);
int jk_test_way_setup_bank (void **state);
int jk_test_way_setup_session (void **state);
int jk_test_way_setup_sat (void **state);
int jk_test_way_teardown (void **state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestWay, jk_test_way_free)
