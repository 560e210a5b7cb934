/* SPDX-License-Identifier: Apache-2.0 */
/* plan/shipped.h: the files under data/, and one of them with a change. */
#pragma once

#include "base/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PLAN_FILE "data/plans/call-centre-2021.ini"

/* The text of a file of the source tree. The caller frees. */
static inline char *
shipped_text (const char *name)
{
  const char *root = g_getenv ("JIKAO_SOURCE_ROOT");
  assert_non_null (root);
  g_autofree char *path = g_build_filename (root, name, NULL);
  char *text = NULL;
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* A text with the first from (which must be there) as to. The caller frees. */
static inline char *
changed (const char *text, const char *from, const char *to)
{
  GString *string = g_string_new (text);
  assert_int_equal (g_string_replace (string, from, to, 1), 1);
  return g_string_free (string, FALSE);
}

/* The report has exactly one fault, and its sentence has each of the two parts. */
static inline void
check_one_fault (const JkReport *report, const char *found, const char *expected)
{
  g_autofree char *text = jk_report_dup_text (report);
  if (jk_report_get_n_faults (report) != 1 || strstr (text, found) == NULL ||
      strstr (text, expected) == NULL)
    fail_msg ("wanted one fault with “%s” and “%s”, not:\n%s", found, expected, text);
}
