/* SPDX-License-Identifier: Apache-2.0 */
/* support/exam-get.c: what an exam has, and what a station does with it. */
#include "support/exam-private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

const JkWorld *
jk_test_exam_get_world (const JkTestExam *self)
{
  return self->world;
}

JkTestWorld *
jk_test_exam_get_fakes (const JkTestExam *self)
{
  return self->fakes;
}

const JkTestFolder *
jk_test_exam_get_folder (const JkTestExam *self)
{
  return self->folder;
}

const JkSecret *
jk_test_exam_get_authority (const JkTestExam *self)
{
  return jk_key_get_secret (self->authority);
}

const JkSecret *
jk_test_exam_get_passphrase (const JkTestExam *self)
{
  return self->passphrase;
}

const JkSecret *
jk_test_exam_get_centre (const JkTestExam *self)
{
  return jk_key_get_secret (self->centre);
}

const JkSealPublic *
jk_test_exam_get_centre_public (const JkTestExam *self)
{
  return &self->centre_public;
}

const JkSecret *
jk_test_exam_get_library_key (const JkTestExam *self)
{
  return self->library_key;
}

const JkBank *
jk_test_exam_get_library (const JkTestExam *self)
{
  return self->library;
}

const JkSessionSource *
jk_test_exam_get_source (const JkTestExam *self)
{
  return self->source;
}

const char *
jk_test_exam_get_keys_path (const JkTestExam *self)
{
  return self->keys_path;
}

const char *
jk_test_exam_get_ini_path (const JkTestExam *self)
{
  return self->ini_path;
}

const char *
jk_test_exam_get_authorities_path (const JkTestExam *self)
{
  return self->authorities_path;
}

const char *
jk_test_exam_get_out_path (const JkTestExam *self)
{
  return self->out_path;
}

const JkAuthorities *
jk_test_exam_get_authorities (const JkTestExam *self)
{
  return self->authorities;
}

void
jk_test_exam_get_inputs (const JkTestExam *self, JkSessionInputs *out_inputs)
{
  *out_inputs = (JkSessionInputs){
    .source = self->source,
    .library = self->library,
    .library_key = self->library_key,
    .authority = jk_key_get_secret (self->authority),
    .passphrase = self->passphrase,
    .centres = &self->centre_public,
    .n_centres = 1,
    .folder = self->out_path,
  };
}

const char *
jk_test_exam_get_bank_path (const JkTestExam *self)
{
  return self->bank_path;
}

const char *
jk_test_exam_get_session_path (const JkTestExam *self, guint hall)
{
  return self->halls[hall].path;
}

const char *
jk_test_exam_get_office_path (const JkTestExam *self)
{
  return self->office_path;
}

const char *
jk_test_exam_get_envelopes_path (const JkTestExam *self)
{
  return self->envelopes_path;
}

const JkSession *
jk_test_exam_get_session (const JkTestExam *self, guint hall)
{
  return self->halls[hall].session;
}

const char *
jk_test_exam_get_start_code (const JkTestExam *self)
{
  return self->start_codes[0];
}

const char *
jk_test_exam_get_second_start_code (const JkTestExam *self)
{
  return self->start_codes[1];
}

const char *
jk_test_exam_get_room_code (const JkTestExam *self, guint hall)
{
  return self->halls[hall].room_code;
}

const char *
jk_test_exam_get_passcode (const JkTestExam *self, guint hall, JkRoleName role)
{
  return self->halls[hall].passcodes[role - 1];
}

const JkOffice *
jk_test_exam_get_office (const JkTestExam *self)
{
  return self->office;
}

guint
jk_test_exam_get_n_candidates (const JkTestExam *self)
{
  return self->n_candidates;
}

const JkTestCandidate *
jk_test_exam_get_candidate (const JkTestExam *self, guint n)
{
  assert_true (n < self->n_candidates);
  return &self->candidates[n];
}

JkRecord *
jk_test_exam_log_in (const JkTestExam *self, guint n, JkSecret **out_record_key)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self, n);
  const JkTestHall *hall = &self->halls[candidate->hall];
  GError *error = NULL;
  g_autoptr (JkSecret) roster_key = jk_session_open_room (hall->session, hall->room_code, &error);

  jk_test_exam_check (error);
  JkRecord *record = jk_session_log_in (hall->session,
                                        roster_key,
                                        candidate->admission,
                                        candidate->id_number,
                                        out_record_key,
                                        &error);
  jk_test_exam_check (error);
  return record;
}

JkSecret *
jk_test_exam_open_start (const JkTestExam *self)
{
  GError *error = NULL;
  JkSecret *paper_key = jk_session_open_start (self->halls[0].session,
                                               self->start_codes[0],
                                               self->start_codes[1],
                                               &error);

  jk_test_exam_check (error);
  return paper_key;
}

JkBank *
jk_test_exam_open_bank (const JkTestExam *self)
{
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (self);
  GError *error = NULL;
  JkBank *bank = jk_session_open_bank (self->halls[0].session,
                                       self->world->storage,
                                       self->bank_path,
                                       paper_key,
                                       &error);

  jk_test_exam_check (error);
  return bank;
}

JkOwnPaper *
jk_test_exam_open_paper (const JkTestExam *self, guint n)
{
  g_autoptr (JkSecret) record_key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (self, n, &record_key);
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (self);
  g_autoptr (JkBank) bank = jk_test_exam_open_bank (self);
  GError *error = NULL;
  JkOwnPaper *own =
      jk_own_paper_open (self->halls[jk_test_exam_get_candidate (self, n)->hall].session,
                         bank,
                         record,
                         record_key,
                         paper_key,
                         &error);

  jk_test_exam_check (error);
  return own;
}
