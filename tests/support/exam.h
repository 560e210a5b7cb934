/* SPDX-License-Identifier: Apache-2.0 */
/* support/exam.h: a whole exam in a folder of its own, small enough for every test.
 *
 * Four items in each of three sections, papers of six, the plan and policy that ship, candidates of
 * one or two halls, one authority, one scoring centre. Everything comes from one seed. A step that
 * fails fails the test with its message. */
#pragma once

#include "session/build.h"
#include "session/own-paper.h"
#include "support/folder.h"
#include "support/world.h"

#define JK_TEST_EXAM_ITEMS 12
#define JK_TEST_EXAM_PAPER_ITEMS 6
#define JK_TEST_EXAM_LONG_ITEMS 90
#define JK_TEST_EXAM_NAME "2021-04-24-T"

typedef struct _JkTestExam JkTestExam;

typedef struct {
  guint64 seed;           /* of the world; 0 counts as 1 */
  guint n_first;          /* candidates of hall 01; 0: six */
  guint n_second;         /* of hall 02; 0: there is no such hall */
  guint extra_min;        /* extra time of the first candidate */
  guint n_photos;         /* so many candidates of hall 01, from the first on, have a photo */
  guint variant;          /* other keys, source order of options and feedback, same questions */
  gboolean rehearsal;     /* the session is one */
  gboolean halves;        /* the start code is two of them */
  gboolean rehearsal_key; /* the authority is pinned for rehearsals only */
  gboolean long_items;    /* 90 items on a paper of all, stems of 20 to 400 Han characters */
  const char *han;        /* of 1000 or more, nothing else; they are passages of it. NULL: random */
  gboolean inputs_only;   /* the session is not built: the getters below it give NULL */
} JkTestExamOptions;

typedef struct {
  const char *admission;
  const char *id_number;
  const char *name;
  const char *seat;
  guint hall;     /* 0: hall 01 */
  guint32 record; /* index in its hall */
} JkTestCandidate;

/* With six candidates in hall 01 and two in hall 02, a real session. */
JkTestExam *jk_test_exam_new (void);
JkTestExam *jk_test_exam_new_with (const JkTestExamOptions *options);
void jk_test_exam_free (JkTestExam *self);

const JkWorld *jk_test_exam_get_world (const JkTestExam *self);
JkTestWorld *jk_test_exam_get_fakes (const JkTestExam *self);
const JkTestFolder *jk_test_exam_get_folder (const JkTestExam *self);

/* What the office has; lent. */
const JkSecret *jk_test_exam_get_authority (const JkTestExam *self); /* Ed25519 */
const JkSecret *jk_test_exam_get_passphrase (const JkTestExam *self);
const JkSecret *jk_test_exam_get_centre (const JkTestExam *self); /* X25519 */
const JkSealPublic *jk_test_exam_get_centre_public (const JkTestExam *self);
const JkSecret *jk_test_exam_get_library_key (const JkTestExam *self);
const JkBank *jk_test_exam_get_library (const JkTestExam *self); /* unlocked */
const JkSessionSource *jk_test_exam_get_source (const JkTestExam *self);
const char *jk_test_exam_get_keys_path (const JkTestExam *self);        /* .jkkeys */
const char *jk_test_exam_get_ini_path (const JkTestExam *self);         /* session.ini */
const char *jk_test_exam_get_authorities_path (const JkTestExam *self); /* folder of .jkpub */
const char *jk_test_exam_get_out_path (const JkTestExam *self); /* folder of what is built */
const JkAuthorities *jk_test_exam_get_authorities (const JkTestExam *self);

/* What jk_session_build takes, for tests that build again; all borrowed from self. */
void jk_test_exam_get_inputs (const JkTestExam *self, JkSessionInputs *out_inputs);

/* What was built; lent. hall is 0 or 1; codes are as printed. */
const char *jk_test_exam_get_bank_path (const JkTestExam *self);
const char *jk_test_exam_get_session_path (const JkTestExam *self, guint hall);
const char *jk_test_exam_get_office_path (const JkTestExam *self);
const char *jk_test_exam_get_envelopes_path (const JkTestExam *self);
const JkSession *jk_test_exam_get_session (const JkTestExam *self, guint hall);
const char *jk_test_exam_get_start_code (const JkTestExam *self);
const char *jk_test_exam_get_second_start_code (const JkTestExam *self); /* NULL unless halves */
const char *jk_test_exam_get_room_code (const JkTestExam *self, guint hall);
const char *jk_test_exam_get_passcode (const JkTestExam *self, guint hall, JkRoleName role);
const JkOffice *jk_test_exam_get_office (const JkTestExam *self);

/* The candidates, those of hall 01 first. */
guint jk_test_exam_get_n_candidates (const JkTestExam *self);
const JkTestCandidate *jk_test_exam_get_candidate (const JkTestExam *self, guint n);

/* The photo that candidate n of hall 01 has if any: 1000 bytes and 500 more for each before. */
GBytes *jk_test_exam_dup_photo (guint n);

/* What a station does, for candidate n; the caller frees. */
JkRecord *jk_test_exam_log_in (const JkTestExam *self, guint n, JkSecret **out_record_key);
JkSecret *jk_test_exam_open_start (const JkTestExam *self);
JkBank *jk_test_exam_open_bank (const JkTestExam *self);
JkOwnPaper *jk_test_exam_open_paper (const JkTestExam *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestExam, jk_test_exam_free)
