/* SPDX-License-Identifier: Apache-2.0 */
/* result/refused.h: one exam for all tests of a file, results of it, and how they are refused. */
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"
#include "crypto/error.h"
#include "envelope/error.h"
#include "result/body.h"
#include "result/error.h"
#include "result/receipt.h"
#include "sitting/error.h"
#include "support/handed-in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static JkTestExam *exam;

/* For cmocka_run_group_tests_name. */
static inline int
set_up (void **state)
{
  exam = jk_test_exam_new ();
  return 0;
}

/* Likewise. */
static inline int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

/* Candidate n with two answers, a head and the hand-in. */
static inline JkTestHandedIn *
hand_in (guint n)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (exam, n);
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_answer (sitting, 1, 2);
  jk_test_handed_in_end (sitting);
  return sitting;
}

/* Opens with the centre's key. */
static inline JkResult *
open_as (GBytes *bytes, const JkSession *session, const JkSecret *record_key, GError **error)
{
  return jk_result_open ("r.jkresult",
                         bytes,
                         session,
                         jk_test_exam_get_centre (exam),
                         record_key,
                         error);
}

/* Refused with this error, in a sentence that begins with the file. */
static inline void
check_refused (GBytes *bytes, const JkSecret *record_key, GQuark domain, gint code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkResult) result =
      open_as (bytes, jk_test_exam_get_session (exam, 0), record_key, &error);

  assert_null (result);
  if (!g_error_matches (error, domain, code))
    fail_msg ("wanted %s %d, not %s %d: %s",
              g_quark_to_string (domain),
              code,
              g_quark_to_string (error->domain),
              error->code,
              error->message);
  assert_true (g_str_has_prefix (error->message, "r.jkresult"));
}

/* The same of parts put together. */
static inline void
check_forgery (const JkTestForgery *parts, GQuark domain, gint code)
{
  g_autoptr (GBytes) bytes = jk_test_forge (exam, parts);
  check_refused (bytes, NULL, domain, code);
}
