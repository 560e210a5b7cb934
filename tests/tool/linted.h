/* SPDX-License-Identifier: Apache-2.0 */
/* tool/linted.h: what the tests of lint share. */
#pragma once

#include "base/report.h"
#include "support/exam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* The report has these words on one line; NULL: it has no finding. */
static inline void
assert_says (const JkReport *report, const char *words)
{
  g_autofree char *text = jk_report_dup_text (report);

  if (words == NULL ? *text != '\0' : strstr (text, words) == NULL)
    fail_msg ("“%s” lacks “%s”", text, words != NULL ? words : "nothing");
}

/* Two halls, 4 and 2 candidates, the first with a photo; for cmocka. */
static inline int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 4, .n_second = 2, .n_photos = 1 };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

/* Likewise. */
static inline int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

/* The office file opened anew, so that a test may change it. */
static inline JkOffice *
open_office (const JkTestExam *exam)
{
  const JkWorld *world = jk_test_exam_get_world (exam);
  const char *path = jk_test_exam_get_office_path (exam);
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage, path, 1 << 20, NULL);
  JkOffice *office = jk_office_open (path,
                                     bytes,
                                     jk_test_exam_get_passphrase (exam),
                                     world->costs->passphrase,
                                     NULL);

  assert_non_null (office);
  return office;
}
