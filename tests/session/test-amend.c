/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"
#include "forge.h"

#include "envelope/error.h"
#include "session/amend-private.h"
#include "support/random.h"
#include "support/vector.h"

typedef struct {
  JkTestExam *exam;
  JkSession *session;
  char *path; /* a date, a spare, a corrected and an added person */
} Fixture;

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 2, .n_second = 1 };
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new_with (&options);
  f->session = amended_open (f->exam, 0);
  amended_put_table (f->exam, "c.csv", "2101050340101002", "二号", AMENDED_ID_1, "02");
  amended_put_table (f->exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_2, "03");
  f->path = amended_make (f->exam,
                          f->session,
                          "[amendment]\nnumber=1\nreason=改期\n[window]\n"
                          "starts=2021-04-25T14:00\n[roles]\nrevoke=spare-2\nnew-spares=1\n"
                          "[roster]\ncorrected=c.csv\nadded=a.csv\n");
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  g_free (f->path);
  jk_session_free (f->session);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

static JkAmendment *
open_path (const Fixture *f, const char *path, GError **error)
{
  return jk_amendment_open (jk_test_exam_get_world (f->exam)->storage, path, f->session, error);
}

static void
an_opened_amendment_says_what_it_changes (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkAmendment) amendment = open_path (f, f->path, NULL);

  assert_string_equal (jk_amendment_get_file (amendment), f->path);
  assert_int_equal (jk_amendment_get_number (amendment), 1);
  assert_string_equal (jk_amendment_get_reason (amendment), "改期");
  assert_string_equal (jk_amendment_get_starts (amendment), "2021-04-25T14:00");
  assert_true (jk_amendment_changes_roster (amendment));
  assert_int_equal (jk_amendment_get_n_roles (amendment), 1);
  assert_int_equal (amendment->n_retired, 1);
  assert_int_equal (amendment->n_changed, 2);
  jk_amendment_free (NULL);
}

static const char *const sections[] = {
  JK_SECTION_KEYS, JK_SECTION_RETIRED, JK_SECTION_RECORDS, JK_SECTION_ROLL, NULL,
};

/* The fixture's file with one child of the body or one section changed, signed again. */
static JkAmendment *
open_forged (const Fixture *f, const JkForgery *forgery, GError **error)
{
  const JkStorage *storage = jk_test_exam_get_world (f->exam)->storage;
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open (storage, f->path, JK_KIND_AMENDMENT, JK_AMEND_BODY, NULL, NULL);
  g_autofree char *path =
      jk_test_folder_dup_path (jk_test_exam_get_folder (f->exam), "forged.jkamend");
  gsize index = forgery->child != NULL ? forgery->child_index : G_MAXSIZE;
  GVariant *body = forge_body (jk_envelope_get_body (envelope), index, forgery->child);
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (storage, path, 0600, JK_KIND_AMENDMENT, body, sections, NULL);

  for (guint n = 0; sections[n] != NULL; n++) {
    gboolean is_changed = g_strcmp0 (sections[n], forgery->section) == 0;
    g_autoptr (GBytes) kept = jk_envelope_load_section (envelope, sections[n], 0, NULL);
    GBytes *bytes = is_changed ? forgery->bytes : kept;
    guint64 size, rows;

    assert_true (jk_envelope_find_section (envelope, sections[n], &size, &rows));
    assert_true (jk_envelope_writer_append (writer,
                                            g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes),
                                            NULL));
    assert_true (jk_envelope_writer_end_section (writer, is_changed ? forgery->rows : rows, NULL));
  }
  assert_true (jk_envelope_writer_finish (
      writer,
      forgery->key != NULL ? forgery->key : jk_test_exam_get_authority (f->exam),
      NULL,
      NULL,
      NULL));
  return open_path (f, path, error);
}

static GVariant *
text (gsize length)
{
  g_autofree char *letters = g_strnfill (length, 'x');
  return g_variant_new_string (letters);
}

static GVariant *
names (guint8 first, guint8 second)
{
  const guint8 both[] = { first, second };
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, both, sizeof both, 1);
}

static GVariant *
role (guint8 name)
{
  return g_variant_new ("(y@ay@ay@ay)",
                        name,
                        forge_bytes (JK_PUBLIC_BYTES, 9),
                        forge_bytes (JK_PUBLIC_BYTES, 9),
                        forge_bytes (1, 0));
}

static GVariant *
roles (guint n, guint8 first, guint8 step)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yayayay)"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add_value (&builder, role ((guint8) (first + i * step)));
  return g_variant_builder_end (&builder);
}

static void
every_field_of_the_body_keeps_to_its_limits (void **state)
{
  const Fixture *f = *state;
  const struct {
    gsize index;
    GVariant *child;
  } faults[] = {
    { 0, forge_bytes (15, 1) },
    { 1, forge_bytes (31, 1) },
    { 2, forge_bytes (33, 1) },
    { 3, g_variant_new_string ("") },
    { 3, text (JK_ID_BYTES_MAX + 1) },
    { 4, g_variant_new_uint32 (0) },
    { 4, g_variant_new_uint32 (JK_AMENDMENTS_MAX + 1) },
    { 5, g_variant_new_string ("") },
    { 5, text (JK_NAME_BYTES_MAX + 1) },
    { 6, g_variant_new_string ("2021-02-30T09:00") },
    { 6, text (JK_ID_BYTES_MAX + 1) },
    { 7, g_variant_new_uint32 (JK_MINUTES_MAX + 1) },
    { 8, names (0, 1) },
    { 8, names (2, 2) },
    { 8, names (1, JK_ROLES_MAX + 1) },
    { 9, roles (1, JK_ROLES_MAX + 1, 1) },
    { 9, roles (2, 5, 0) },
    { 9, roles (JK_ROLES_MAX + 1, 5, 0) },
    { 10, g_variant_new_uint32 (0) },
    { 10, g_variant_new_uint32 (JK_RECORDS_MAX + 1) },
    { 11, g_variant_new_uint32 ((guint32) f->session->record_size + 1) },
  };
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++) {
    const JkForgery forgery = { .child_index = faults[n].index, .child = faults[n].child };
    g_autoptr (JkAmendment) amendment = open_forged (f, &forgery, &error);
    assert_null (amendment);
    assert_session_refused (error, CONTENT);
  }
}

static void
only_the_session_s_own_authority_may_amend_it (void **state)
{
  const Fixture *f = *state;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) stranger =
      jk_sign_key_new (jk_test_exam_get_world (f->exam)->random, "test: other", 0, public_key);
  const JkForgery forgery = { .key = stranger };
  g_autoptr (GError) error = NULL;

  assert_null (open_forged (f, &forgery, &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_SIGNER);
}

static void
one_of_another_build_is_refused (void **state)
{
  const Fixture *f = *state;
  const JkForgery id = { .child_index = 0, .child = forge_bytes (JK_BANK_ID_BYTES, 7) };
  const JkForgery digest = { .child_index = 1, .child = forge_bytes (JK_DIGEST_BYTES, 7) };
  g_autoptr (GError) error = NULL;

  assert_null (open_forged (f, &id, &error));
  assert_session_refused (error, AMENDMENT);
  assert_null (open_forged (f, &digest, &error));
  assert_session_refused (error, AMENDMENT);
}

static void
sections_that_contradict_the_body_are_refused (void **state)
{
  const Fixture *f = *state;
  gsize row_size = JK_LOOKUP_BYTES + f->session->record_size;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autofree guint8 *zeros = g_malloc0 (3 * row_size);
  g_autoptr (GBytes) twice = g_bytes_new (zeros, 2 * row_size);
  g_autoptr (GBytes) lookups = g_bytes_new (zeros, 2 * JK_LOOKUP_BYTES);
  g_autoptr (GBytes) odd = g_bytes_new (zeros, 3);
  zeros[0] = 1;
  zeros[JK_LOOKUP_BYTES] = 2;
  zeros[2 * JK_LOOKUP_BYTES] = 3;
  g_autoptr (GBytes) many = g_bytes_new (zeros, 3 * JK_LOOKUP_BYTES);
  const JkForgery forgeries[] = {
    { .section = JK_SECTION_KEYS, .bytes = nothing },
    { .section = JK_SECTION_KEYS, .bytes = odd },
    { .section = JK_SECTION_RETIRED, .bytes = lookups, .rows = 2 },
    { .section = JK_SECTION_RETIRED, .bytes = many, .rows = 3 },
    { .section = JK_SECTION_RECORDS, .bytes = twice, .rows = 2 },
    { .section = JK_SECTION_ROLL, .bytes = nothing },
  };
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (forgeries); n++) {
    assert_null (open_forged (f, &forgeries[n], &error));
    assert_session_refused (error, CONTENT);
  }
  const JkForgery lengths = { .section = JK_SECTION_RETIRED, .bytes = lookups, .rows = 1 };
  assert_null (open_forged (f, &lengths, &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_LENGTH);
}

/* 32 bytes: first, first + 1, ... */
static GVariant *
counting (guint8 first, gsize size)
{
  guint8 bytes[JK_DIGEST_BYTES];

  for (gsize n = 0; n < size; n++)
    bytes[n] = (guint8) (first + n);
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

/* The amendment that FORMATS.md shows. */
static GBytes *
make_example (const JkSecret *key)
{
  const guint8 revoked = JK_ROLE_SPARE_1;
  GVariant *body = g_variant_new ("(@ay@ay@aysussu@ay@a(yayayay)uu)",
                                  counting (0x40, JK_BANK_ID_BYTES),
                                  counting (0x60, JK_DIGEST_BYTES),
                                  counting (0x60, JK_DIGEST_BYTES),
                                  "01",
                                  1,
                                  "改期",
                                  "2021-04-24T13:30",
                                  JK_AMEND_STAYS,
                                  g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &revoked, 1, 1),
                                  roles (0, 0, 0),
                                  8,
                                  400);
  g_autoptr (GVariant) keys =
      g_variant_ref_sink (g_variant_new ("(@ay@ay)", counting (0, 0), counting (0, 0)));
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (jk_storage_system (),
                                                                NULL,
                                                                0600,
                                                                JK_KIND_AMENDMENT,
                                                                body,
                                                                sections,
                                                                NULL);
  GBytes *bytes;

  for (guint n = 0; sections[n] != NULL; n++) {
    if (n == 0)
      assert_true (jk_envelope_writer_append (writer,
                                              g_variant_get_data (keys),
                                              g_variant_get_size (keys),
                                              NULL));
    assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  }
  assert_true (jk_envelope_writer_finish (writer, key, &bytes, NULL, NULL));
  return bytes;
}

static void
the_example_is_made_to_the_byte (void **state)
{
  g_autoptr (JkTestRandom) random = jk_test_random_new (1);
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_random_get (random), "example: envelope", 0, public_key);
  g_autoptr (GBytes) bytes = make_example (key);
  g_autoptr (GBytes) wanted = jk_test_vector ("session-amendment");
  g_autoptr (JkEnvelope) envelope = jk_envelope_open_bytes ("x.jkamend",
                                                            wanted,
                                                            JK_KIND_AMENDMENT,
                                                            JK_AMEND_BODY,
                                                            public_key,
                                                            NULL);

  assert_true (g_bytes_equal (bytes, wanted));
  assert_true (jk_envelope_check_whole (envelope, NULL));
}

static void
a_disk_that_fails_is_told_as_such (void **state)
{
  const Fixture *f = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (f->exam));
  g_autoptr (GError) error = NULL;

  for (guint n = 1;; n++) {
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_PREAD, n, EIO, JK_TEST_ONCE);
    g_autoptr (JkAmendment) amendment = open_path (f, f->path, &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    assert_null (amendment);
    assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  }
  assert_null (error);
  jk_test_storage_heal (disk);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_opened_amendment_says_what_it_changes),
    cmocka_unit_test (every_field_of_the_body_keeps_to_its_limits),
    cmocka_unit_test (only_the_session_s_own_authority_may_amend_it),
    cmocka_unit_test (one_of_another_build_is_refused),
    cmocka_unit_test (sections_that_contradict_the_body_are_refused),
    cmocka_unit_test (the_example_is_made_to_the_byte),
    cmocka_unit_test (a_disk_that_fails_is_told_as_such),
  };
  return cmocka_run_group_tests_name ("amend", tests, set_up, tear_down);
}
