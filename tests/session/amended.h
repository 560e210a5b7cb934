/* SPDX-License-Identifier: Apache-2.0 */
/* tests/session/amended.h: amendments of an exam, from an ini to a session with them in force. */
#pragma once

#include "session/build-amend.h"
#include "support/exam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define AMENDED_HEADINGS "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n"

/* People who are on no roster. */
#define AMENDED_ID_1 "110108199001019014"
#define AMENDED_ID_2 "110108199001019022"

/* The hall's session file, opened again. */
static inline JkSession *
amended_open (const JkTestExam *exam, guint hall)
{
  JkSession *session = jk_session_open (jk_test_exam_get_world (exam),
                                        jk_test_exam_get_session_path (exam, hall),
                                        jk_test_exam_get_authorities (exam),
                                        NULL);
  assert_non_null (session);
  return session;
}

/* Puts a file into force; fails the test when it is refused. */
static inline void
amended_apply (const JkTestExam *exam, JkSession *session, const char *path)
{
  GError *error = NULL;
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (jk_test_exam_get_world (exam)->storage, path, session, &error);
  gboolean is_amended = amendment != NULL && jk_session_amend (session, amendment, &error);

  if (!is_amended)
    print_error ("%s\n", error->message);
  assert_true (is_amended);
}

/* A row of a table as the office writes it. */
static inline char *
amended_row (const char *admission, const char *name, const char *id_number, const char *seat)
{
  return g_strdup_printf ("%s,%s,男,居民身份证,%s,01,%s,4-(1)\n", admission, name, id_number, seat);
}

/* Writes a table of one row into the exam's folder. */
static inline void
amended_put_table (const JkTestExam *exam,
                   const char *file,
                   const char *admission,
                   const char *name,
                   const char *id_number,
                   const char *seat)
{
  g_autofree char *row = amended_row (admission, name, id_number, seat);
  g_autofree char *table = g_strconcat (AMENDED_HEADINGS, row, NULL);

  g_free (jk_test_folder_put_text (jk_test_exam_get_folder (exam), file, table));
}

/* Reads an ini of this text, which must be good. */
static inline JkAmendSource *
amended_load (const JkTestExam *exam, const char *ini)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path =
      jk_test_folder_put_text (jk_test_exam_get_folder (exam), "amend.ini", ini);
  JkAmendSource *source =
      jk_amend_source_load (jk_test_exam_get_world (exam), path, 20210424, report);

  if (source == NULL) {
    g_autofree char *text = jk_report_dup_text (report);
    print_error ("%s\n", text);
  }
  assert_non_null (source);
  return source;
}

static inline JkAmendInputs
amended_inputs (const JkTestExam *exam, const JkSession *session, const JkAmendSource *source)
{
  return (JkAmendInputs){
    .source = source,
    .session = session,
    .bank_path = jk_test_exam_get_bank_path (exam),
    .office_path = jk_test_exam_get_office_path (exam),
    .authority = jk_test_exam_get_authority (exam),
    .passphrase = jk_test_exam_get_passphrase (exam),
    .folder = jk_test_exam_get_out_path (exam),
  };
}

/* Makes the next amendment of session; its path, which the caller frees, or NULL and what was
 * said: the findings, else the error. */
static inline char *
amended_try (const JkTestExam *exam, const JkSession *session, const char *ini, char **out_said)
{
  g_autoptr (JkAmendSource) source = amended_load (exam, ini);
  g_autoptr (JkReport) report = jk_report_new ();
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  JkAmendInputs inputs = amended_inputs (exam, session, source);

  if (jk_amend_build (&inputs, jk_test_exam_get_world (exam), report, &files, &error))
    return g_build_filename (inputs.folder, files[0], NULL);
  *out_said =
      jk_report_get_n_faults (report) > 0 ? jk_report_dup_text (report) : g_strdup (error->message);
  return NULL;
}

/* The same, and it must be made. */
static inline char *
amended_make (const JkTestExam *exam, const JkSession *session, const char *ini)
{
  char *said = NULL;
  char *path = amended_try (exam, session, ini, &said);

  if (path == NULL)
    print_error ("%s\n", said);
  assert_non_null (path);
  return path;
}

/* Makes the next amendment and puts it into force. */
static inline void
amended_make_and_apply (const JkTestExam *exam, JkSession *session, const char *ini)
{
  g_autofree char *path = amended_make (exam, session, ini);
  amended_apply (exam, session, path);
}
