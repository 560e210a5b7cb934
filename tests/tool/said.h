/* SPDX-License-Identifier: Apache-2.0 */
/* tool/said.h: a jikaoctl of the test's own, whose words are kept instead of printed. */
#pragma once

#include "tool/tool.h"

typedef struct {
  JkTool tool;
  /* Owned */
  char *out; /* of the last run; never NULL */
  char *err;
  GString *everything; /* of all runs, both streams */
  size_t out_size;
  size_t err_size;
} JkTestSaid;

JkTestSaid *jk_test_said_new (const JkWorld *world);
void jk_test_said_free (JkTestSaid *self);

/* Begins and ends a stretch whose words are kept in out and err. */
void jk_test_said_listen (JkTestSaid *self);
void jk_test_said_stop (JkTestSaid *self);

/* Runs one command line without its argv[0]; returns its exit code. json is off at its start. */
int jk_test_said_run (JkTestSaid *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
int jk_test_said_run_list (JkTestSaid *self, const char *const *arguments);

/* Fails when out is not JSON: one text, or, with lines, one on each line. */
void jk_test_said_check_json (const JkTestSaid *self, gboolean lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestSaid, jk_test_said_free)
