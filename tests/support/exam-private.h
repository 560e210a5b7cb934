/* SPDX-License-Identifier: Apache-2.0 */
/* support/exam-private.h: what the files of JkTestExam share. */
#pragma once

#include "base/limits.h"
#include "crypto/key.h"
#include "support/exam.h"

#define JK_TEST_HALLS_MAX 2

typedef struct {
  /* Owned */
  char *path;
  JkSession *session;
  char *room_code;
  char *passcodes[JK_ROLES];
} JkTestHall;

struct _JkTestExam {
  /* Owned */
  JkTestFolder *folder;
  JkTestWorld *fakes;
  JkKey *authority;
  JkKey *centre;
  JkSecret *passphrase;
  JkSecret *library_key;
  JkBank *library;
  JkSessionSource *source;
  JkAuthorities *authorities;
  JkOffice *office;
  JkTestCandidate *candidates;
  char *library_path;
  char *keys_path;
  char *ini_path;
  char *authorities_path;
  char *out_path;
  char *bank_path;
  char *office_path;
  char *envelopes_path;
  char *start_codes[JK_START_CODES_MAX];
  JkTestHall halls[JK_TEST_HALLS_MAX];
  /* Borrowed */
  const JkWorld *world;
  /* Plain */
  JkTestExamOptions options;
  JkSealPublic centre_public;
  guint n_candidates;
  guint n_halls;
};

/* Fails the test when error is set. */
void jk_test_exam_check (GError *error);

/* Invents the candidates, and writes bank, blueprint, plan, policy, roster and session.ini. */
void jk_test_exam_put_sources (JkTestExam *self);
