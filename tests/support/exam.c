/* SPDX-License-Identifier: Apache-2.0 */
/* support/exam.c: the sources are read, checked and built by the code under test. */
#include "support/exam-private.h"

#include "base/text.h"
#include "crypto/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CODE_TEXT_BYTES 24
#define GROUP_LETTERS 4
#define START_CODE_LETTERS ((gsize) 13)

void
jk_test_exam_check (GError *error)
{
  if (error == NULL)
    return;
  print_error ("%s\n", error->message);
  g_error_free (error);
  fail ();
}

static void
check_report (const JkReport *report)
{
  g_autofree char *text = jk_report_dup_text (report);

  if (jk_report_get_n_faults (report) == 0)
    return;
  print_error ("%s\n", text);
  fail ();
}

static void
make_keys (JkTestExam *self)
{
  const JkRandom *random = self->world->random;
  GError *error = NULL;

  self->authority = jk_key_new (JK_KEY_AUTHORITY, "test authority", random);
  self->centre = jk_key_new (JK_KEY_CENTRE, "test centre", random);
  memcpy (self->centre_public.bytes, jk_key_get_public (self->centre), JK_PUBLIC_BYTES);
  self->passphrase = jk_secret_new_copy ("test passphrase", strlen ("test passphrase"));

  g_autoptr (GBytes) public_key = jk_key_print_public (self->authority);
  g_autofree char *path = jk_test_folder_put (
      self->folder,
      self->options.rehearsal_key ? "authorities/test.rehearsal.jkpub" : "authorities/test.jkpub",
      public_key);
  self->authorities_path = jk_test_folder_dup_path (self->folder, "authorities");
  self->authorities = jk_authorities_load (self->world->storage, self->authorities_path, &error);
  jk_test_exam_check (error);
}

static void
build_library (JkTestExam *self)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *ini_path = jk_test_folder_dup_path (self->folder, "bank/bank.ini");
  g_autoptr (JkSource) source = jk_source_load (self->world->storage, ini_path, report);
  GError *error = NULL;

  check_report (report);
  self->library_path = jk_test_folder_dup_path (self->folder, "library.jkbank");
  self->keys_path = jk_test_folder_dup_path (self->folder, "library.jkkeys");
  jk_bank_build (source,
                 self->world,
                 jk_key_get_secret (self->authority),
                 &self->centre_public,
                 1,
                 "1",
                 self->library_path,
                 self->keys_path,
                 &self->library_key,
                 &error);
  jk_test_exam_check (error);
  self->library = jk_bank_open (self->world->storage,
                                self->library_path,
                                jk_key_get_public (self->authority),
                                &error);
  jk_test_exam_check (error);
  jk_bank_unlock (self->library, self->library_key, &error);
  jk_test_exam_check (error);
}

static void
load_source (JkTestExam *self)
{
  g_autoptr (JkReport) report = jk_report_new ();
  GError *error = NULL;

  self->source = jk_session_source_load (self->world, self->ini_path, report);
  check_report (report);
  assert_non_null (self->source);
  self->out_path = jk_test_folder_dup_path (self->folder, "out");
  jk_storage_make_folder (self->world->storage, self->out_path, 0700, &error);
  jk_test_exam_check (error);
}

/* A code of the office as it is printed. */
static char *
dup_code (const JkSecret *letters)
{
  gsize n = jk_secret_get_size (letters);
  GString *text = g_string_sized_new (CODE_TEXT_BYTES);

  for (gsize i = 0; i < n; i++) {
    if (i > 0 && i % GROUP_LETTERS == 0 && i + 1 < n)
      g_string_append_c (text, '-');
    g_string_append_c (text, (char) jk_secret_get (letters)[i]);
  }
  return g_string_free (text, FALSE);
}

static void
open_office (JkTestExam *self)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      jk_storage_read (self->world->storage, self->office_path, JK_TEXT_FILE_BYTES_MAX, &error);

  jk_test_exam_check (error);
  self->office = jk_office_open (self->office_path,
                                 bytes,
                                 self->passphrase,
                                 self->world->costs->passphrase,
                                 &error);
  jk_test_exam_check (error);
  for (guint n = 0; n < (self->options.halves ? 2 : 1); n++) {
    g_autoptr (JkSecret) part =
        jk_secret_new_slice (self->office->start_code, n * START_CODE_LETTERS, START_CODE_LETTERS);
    self->start_codes[n] = dup_code (part);
  }
  for (guint n = 0; n < self->n_halls; n++) {
    const JkOfficeHall *hall = g_ptr_array_index (self->office->halls, n);
    self->halls[n].room_code = dup_code (hall->room_code);
    for (guint role = 0; role < JK_ROLES; role++)
      self->halls[n].passcodes[role] = dup_code (hall->passcodes[role]);
  }
}

static void
build_session (JkTestExam *self)
{
  JkSessionInputs inputs;
  GError *error = NULL;

  jk_test_exam_get_inputs (self, &inputs);
  jk_session_build (&inputs, self->world, NULL, &error);
  jk_test_exam_check (error);
  self->bank_path = g_build_filename (self->out_path, JK_TEST_EXAM_NAME ".jkbank", NULL);
  self->office_path = g_build_filename (self->out_path, JK_TEST_EXAM_NAME ".office", NULL);
  self->envelopes_path =
      g_build_filename (self->out_path, JK_TEST_EXAM_NAME "-envelopes.txt", NULL);
  for (guint n = 0; n < self->n_halls; n++) {
    JkTestHall *hall = &self->halls[n];
    hall->path = g_strdup_printf ("%s/%s-%02u.jksession", self->out_path, JK_TEST_EXAM_NAME, n + 1);
    if (self->options.rehearsal_key && !self->options.rehearsal)
      continue;
    hall->session = jk_session_open (self->world, hall->path, self->authorities, &error);
    jk_test_exam_check (error);
  }
  open_office (self);
}

JkTestExam *
jk_test_exam_new_with (const JkTestExamOptions *options)
{
  JkTestExam *self = g_new0 (JkTestExam, 1);
  GError *error = NULL;

  jk_guard_init (&error);
  jk_test_exam_check (error);
  self->options = *options;
  if (self->options.n_first == 0)
    self->options.n_first = 6;
  self->folder = jk_test_folder_new ();
  self->fakes = jk_test_world_new (MAX (options->seed, 1));
  self->world = jk_test_world_get (self->fakes);
  jk_test_exam_put_sources (self);
  make_keys (self);
  build_library (self);
  load_source (self);
  if (!options->inputs_only)
    build_session (self);
  return self;
}

JkTestExam *
jk_test_exam_new (void)
{
  const JkTestExamOptions options = { .n_second = 2 };
  return jk_test_exam_new_with (&options);
}

static void
hall_clear (JkTestHall *hall)
{
  for (guint n = 0; n < JK_ROLES; n++)
    jk_text_wipe (hall->passcodes[n]);
  jk_text_wipe (hall->room_code);
  jk_session_free (hall->session);
  g_free (hall->path);
}

static void
free_candidates (JkTestExam *self)
{
  for (guint n = 0; n < self->n_candidates; n++) {
    g_free ((char *) self->candidates[n].admission);
    g_free ((char *) self->candidates[n].id_number);
    g_free ((char *) self->candidates[n].name);
    g_free ((char *) self->candidates[n].seat);
  }
  g_free (self->candidates);
}

void
jk_test_exam_free (JkTestExam *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < JK_TEST_HALLS_MAX; n++)
    hall_clear (&self->halls[n]);
  free_candidates (self);
  jk_office_free (self->office);
  jk_authorities_free (self->authorities);
  jk_session_source_free (self->source);
  jk_bank_free (self->library);
  jk_secret_free (self->library_key);
  jk_secret_free (self->passphrase);
  jk_key_free (self->centre);
  jk_key_free (self->authority);
  for (guint n = 0; n < JK_START_CODES_MAX; n++)
    g_free (self->start_codes[n]);
  g_free (self->envelopes_path);
  g_free (self->office_path);
  g_free (self->bank_path);
  g_free (self->out_path);
  g_free (self->authorities_path);
  g_free (self->ini_path);
  g_free (self->keys_path);
  g_free (self->library_path);
  jk_test_world_free (self->fakes);
  jk_test_folder_free (self->folder);
  g_free (self);
}
