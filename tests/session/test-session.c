/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include "base/code.h"
#include "crypto/key.h"
#include "envelope/error.h"

/* A disk whose one file lies in memory, so that thousands of damaged copies cost nothing. */
typedef struct {
  JkStorage storage; /* first, so that the table leads back here */
  const guint8 *data;
  gsize size;
} Memory;

static int
memory_open (const JkStorage *storage, const char *path, int flags, mode_t mode)
{
  return 100;
}

static ssize_t
memory_pread (const JkStorage *storage, int fd, void *out, size_t size, off_t offset)
{
  const Memory *memory = (const Memory *) storage;
  gsize left = (gsize) offset < memory->size ? memory->size - (gsize) offset : 0;
  gsize n = MIN (size, left);

  if (n > 0)
    memcpy (out, memory->data + offset, n);
  return (ssize_t) n;
}

static int
memory_size (const JkStorage *storage, int fd, guint64 *out_size)
{
  *out_size = ((const Memory *) storage)->size;
  return 0;
}

static int
memory_close (const JkStorage *storage, int fd)
{
  return 0;
}

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 1 };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

/* Opens these bytes as a session file. */
static JkSession *
open_bytes (const JkTestExam *exam, const guint8 *data, gsize size, GError **error)
{
  Memory memory = {
    .storage = {
      .open = memory_open,
      .pread = memory_pread,
      .size = memory_size,
      .close = memory_close,
    },
    .data = data,
    .size = size,
  };
  JkWorld world = *jk_test_exam_get_world (exam);

  world.storage = &memory.storage;
  return jk_session_open (&world, "x.jksession", jk_test_exam_get_authorities (exam), error);
}

static GBytes *
read_file (const JkTestExam *exam)
{
  GBytes *bytes = jk_storage_read (jk_test_exam_get_world (exam)->storage,
                                   jk_test_exam_get_session_path (exam, 0),
                                   JK_TEXT_FILE_BYTES_MAX,
                                   NULL);
  assert_non_null (bytes);
  return bytes;
}

static void
an_opened_session_says_what_the_office_decided (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  const JkOffice *office = jk_test_exam_get_office (exam);
  g_autofree char *short_name = jk_code_format_short (office->id, JK_SHORT_BITS);
  guint8 authority[JK_PUBLIC_BYTES];

  jk_sign_get_public (jk_test_exam_get_authority (exam), authority);
  assert_string_equal (jk_session_get_name (session), JK_TEST_EXAM_NAME);
  assert_string_equal (jk_session_get_file (session), jk_test_exam_get_session_path (exam, 0));
  assert_memory_equal (jk_session_get_id (session), office->id, JK_BANK_ID_BYTES);
  assert_string_equal (jk_session_get_short_name (session), short_name);
  assert_string_equal (jk_session_get_hall (session), "01");
  assert_string_equal (jk_session_get_starts (session), "2021-04-24T09:00");
  assert_int_equal (jk_session_get_build_number (session), 1);
  assert_false (jk_session_is_rehearsal (session));
  assert_memory_equal (jk_session_get_authority (session), authority, JK_PUBLIC_BYTES);
  assert_int_equal (jk_excerpt_get_level (jk_session_get_excerpt (session)), 4);
  assert_int_equal (jk_session_get_policy (session)->login_tries, 5);
  assert_int_equal (jk_blueprint_get_n_items (jk_session_get_blueprint (session)),
                    JK_TEST_EXAM_PAPER_ITEMS);
  assert_int_equal (jk_session_get_n_records (session), 1 + jk_session_count_spares (1));
  assert_int_equal (jk_session_get_n_roles (session), JK_ROLES);
  assert_int_equal (jk_session_get_role (session, 3)->name, JK_ROLE_SPARE_2);
  assert_ptr_equal (jk_session_find_role (session, JK_ROLE_SPARE_2),
                    jk_session_get_role (session, 3));
  assert_null (jk_session_find_role (session, JK_ROLES + 1));
  assert_int_equal (jk_session_get_n_centres (session), 1);
  assert_memory_equal (jk_session_get_centre (session, 0)->bytes,
                       jk_test_exam_get_centre_public (exam)->bytes,
                       JK_PUBLIC_BYTES);
}

static void
its_digests_are_those_of_the_files (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (GBytes) bytes = read_file (exam);
  g_autoptr (GBytes) bank = jk_storage_read (jk_test_exam_get_world (exam)->storage,
                                             jk_test_exam_get_bank_path (exam),
                                             JK_TEXT_FILE_BYTES_MAX,
                                             NULL);
  JkDigest digest;

  jk_hash (NULL,
           (const guint8 *) g_bytes_get_data (bytes, NULL) + JK_ENVELOPE_HEAD_BYTES,
           g_bytes_get_size (bytes) - JK_ENVELOPE_HEAD_BYTES,
           &digest);
  assert_true (jk_digest_equal (&digest, jk_session_get_digest (session)));
  jk_hash (NULL,
           (const guint8 *) g_bytes_get_data (bank, NULL) + JK_ENVELOPE_HEAD_BYTES,
           g_bytes_get_size (bank) - JK_ENVELOPE_HEAD_BYTES,
           &digest);
  assert_true (jk_digest_equal (&digest, jk_session_get_bank_digest (session)));
}

/* Where the signature ends and the sections begin. */
static gsize
find_sections (const JkTestExam *exam, gsize size)
{
  g_autoptr (JkEnvelope) envelope = forge_open (exam);
  guint64 total = 0;

  for (guint n = 0; forge_sections[n] != NULL; n++) {
    guint64 section, rows;
    assert_true (jk_envelope_find_section (envelope, forge_sections[n], &section, &rows));
    total += (section + 7) / 8 * 8;
  }
  return size - (gsize) total;
}

static void
every_flipped_bit_before_the_sections_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) bytes = read_file (exam);
  gsize size = g_bytes_get_size (bytes);
  gsize n_bits = find_sections (exam, size) * 8;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  g_autoptr (GError) error = NULL;

  for (gsize bit = 0; bit < n_bits; bit++) {
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_null (open_bytes (exam, copy, size, &error));
    assert_true (error->domain == JK_ENVELOPE_ERROR);
    if (bit / 8 < 8)
      assert_int_equal (error->code, JK_ENVELOPE_ERROR_FOREIGN);
    else if (bit / 8 < 10)
      assert_int_equal (error->code, JK_ENVELOPE_ERROR_KIND);
    else if (bit / 8 < 14)
      assert_int_equal (error->code, JK_ENVELOPE_ERROR_VERSION);
    g_clear_error (&error);
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
  }
}

static void
a_flipped_bit_of_the_sections_is_refused_as_a_wrong_digest (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) bytes = read_file (exam);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  g_autoptr (GError) error = NULL;

  for (gsize at = find_sections (exam, size); at < size; at += 13) {
    guint8 bit = (guint8) (1u << at % 8);
    copy[at] ^= bit;
    assert_null (open_bytes (exam, copy, size, &error));
    assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST);
    copy[at] ^= bit;
  }
}

/* What opening does first with the sections, for every bit, without paying for the signature. */
static void
every_flipped_bit_of_the_sections_changes_the_digest (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) bytes = read_file (exam);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  const Memory memory = {
    .storage = {
      .open = memory_open,
      .pread = memory_pread,
      .size = memory_size,
      .close = memory_close,
    },
    .data = copy,
    .size = size,
  };
  g_autoptr (JkEnvelope) envelope = jk_envelope_open (&memory.storage,
                                                      "x.jksession",
                                                      JK_KIND_SESSION,
                                                      JK_SESSION_BODY,
                                                      NULL,
                                                      NULL);
  assert_true (jk_envelope_check_whole (envelope, NULL));
  for (gsize bit = find_sections (exam, size) * 8; bit < size * 8; bit++) {
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_envelope_check_whole (envelope, NULL));
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
  }
}

static void
every_truncation_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) bytes = read_file (exam);
  g_autoptr (GError) error = NULL;

  for (gsize size = 0; size < g_bytes_get_size (bytes); size++) {
    assert_null (open_bytes (exam, g_bytes_get_data (bytes, NULL), size, &error));
    assert_true (error->domain == JK_ENVELOPE_ERROR);
    assert_true (error->code == JK_ENVELOPE_ERROR_LENGTH ||
                 (size < 8 && error->code == JK_ENVELOPE_ERROR_FOREIGN));
    g_clear_error (&error);
  }
}

static void
a_disk_that_fails_is_told_as_such (void **state)
{
  const JkTestExam *exam = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam));
  g_autoptr (GError) error = NULL;

  for (guint n = 1;; n++) {
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_PREAD, n, EIO, JK_TEST_ONCE);
    g_autoptr (JkSession) session = jk_session_open (jk_test_exam_get_world (exam),
                                                     jk_test_exam_get_session_path (exam, 0),
                                                     jk_test_exam_get_authorities (exam),
                                                     &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    assert_null (session);
    assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  }
  assert_null (error);
  jk_test_storage_heal (disk);
}

static void
another_authority_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_exam_get_world (exam)->random, "test: stranger", 0, public_key);
  const JkForgery forgery = { .key = key };
  g_autoptr (GError) error = NULL;

  assert_null (forge_and_open (exam, &forgery, &error));
  assert_session_refused (error, AUTHORITY);
}

static void
a_rehearsal_key_opens_rehearsals_only (void **state)
{
  JkTestExamOptions options = { .n_first = 1, .rehearsal_key = TRUE };
  g_autoptr (JkTestExam) real = jk_test_exam_new_with (&options);
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open (jk_test_exam_get_world (real),
                                jk_test_exam_get_session_path (real, 0),
                                jk_test_exam_get_authorities (real),
                                &error));
  assert_session_refused (error, AUTHORITY);

  options.rehearsal = TRUE;
  g_autoptr (JkTestExam) rehearsal = jk_test_exam_new_with (&options);
  assert_true (jk_session_is_rehearsal (jk_test_exam_get_session (rehearsal, 0)));
}

static void
a_cost_below_the_floor_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkCosts dear_code = { { 3, 64 }, { 1, 8 }, { 1, 8 } };
  const JkCosts dear_login = { { 1, 8 }, { 1, 16 }, { 1, 8 } };
  const JkCosts *const costs[] = { &dear_code, &dear_login };
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (costs); n++) {
    JkWorld world = *jk_test_exam_get_world (exam);
    world.costs = costs[n];
    assert_null (jk_session_open (&world,
                                  jk_test_exam_get_session_path (exam, 0),
                                  jk_test_exam_get_authorities (exam),
                                  &error));
    assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
  }

  const JkForgery lowered = { .child_index = 7, .child = g_variant_new ("(uu)", 0, 8) };
  assert_null (forge_and_open (exam, &lowered, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
}

static void
a_body_that_breaks_limits_is_refused (void **state)
{
  const JkForgery forgery = { .child_index = 9, .child = g_variant_new_uint32 (2) };
  g_autoptr (GError) error = NULL;

  assert_null (forge_and_open (*state, &forgery, &error));
  assert_session_refused (error, CONTENT);
}

static void
texts_with_a_fault_are_refused_with_the_first (void **state)
{
  static const struct {
    const char *section;
    const char *text;
  } faults[] = {
    { JK_SECTION_PLAN, "[plan]\n" },         { JK_SECTION_POLICY, "[policy]\nlogin-tries=many\n" },
    { JK_SECTION_BLUEPRINT, "no key file" }, { JK_SECTION_PLAN, "\xff" },
    { JK_SECTION_POLICY, "\xff" },           { JK_SECTION_BLUEPRINT, "\xff" },
  };
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (faults[n].text, strlen (faults[n].text));
    const JkForgery forgery = { .section = faults[n].section, .bytes = bytes };
    assert_null (forge_and_open (*state, &forgery, &error));
    assert_session_refused (error, CONTENT);
  }
}

static void
records_must_be_sorted_and_as_many_as_said (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkEnvelope) envelope = forge_open (exam);
  g_autoptr (GBytes) records = jk_envelope_load_section (envelope, JK_SECTION_RECORDS, 0, NULL);
  gsize size = g_bytes_get_size (records);
  gsize row = size / 3;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (records, NULL), size);
  g_autoptr (GError) error = NULL;

  memcpy (copy, copy + row, JK_LOOKUP_BYTES); /* the second lookup twice */
  g_autoptr (GBytes) unsorted = g_bytes_new (copy, size);
  const JkForgery twice = { .section = JK_SECTION_RECORDS, .bytes = unsorted, .rows = 3 };
  assert_null (forge_and_open (exam, &twice, &error));
  assert_session_refused (error, CONTENT);

  g_autoptr (GBytes) two = g_bytes_new_from_bytes (records, 0, 2 * row);
  const JkForgery fewer = { .section = JK_SECTION_RECORDS, .bytes = two, .rows = 2 };
  assert_null (forge_and_open (exam, &fewer, &error));
  assert_session_refused (error, CONTENT);

  const JkForgery uneven = { .section = JK_SECTION_RECORDS, .bytes = two, .rows = 3 };
  assert_null (forge_and_open (exam, &uneven, &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_LENGTH);
}

static void
records_too_small_for_a_paper_are_refused (void **state)
{
  const JkForgery forgery = { .child_index = 13, .child = g_variant_new_uint32 (64) };
  g_autoptr (GError) error = NULL;

  assert_null (forge_and_open (*state, &forgery, &error));
  assert_session_refused (error, CONTENT);
}

static void
wraps_of_another_form_are_refused (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("what", 4);
  const JkForgery forgery = { .section = JK_SECTION_WRAPS, .bytes = bytes };
  g_autoptr (GError) error = NULL;

  assert_null (forge_and_open (*state, &forgery, &error));
  assert_session_refused (error, CONTENT);
}

static void
an_unchanged_copy_signed_again_opens (void **state)
{
  const JkForgery forgery = { NULL };
  g_autoptr (JkSession) session = forge_and_open (*state, &forgery, NULL);

  assert_non_null (session);
  jk_session_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_opened_session_says_what_the_office_decided),
    cmocka_unit_test (its_digests_are_those_of_the_files),
    cmocka_unit_test (every_flipped_bit_before_the_sections_is_refused),
    cmocka_unit_test (a_flipped_bit_of_the_sections_is_refused_as_a_wrong_digest),
    cmocka_unit_test (every_flipped_bit_of_the_sections_changes_the_digest),
    cmocka_unit_test (every_truncation_is_refused),
    cmocka_unit_test (a_disk_that_fails_is_told_as_such),
    cmocka_unit_test (another_authority_is_refused),
    cmocka_unit_test (a_rehearsal_key_opens_rehearsals_only),
    cmocka_unit_test (a_cost_below_the_floor_is_refused),
    cmocka_unit_test (a_body_that_breaks_limits_is_refused),
    cmocka_unit_test (texts_with_a_fault_are_refused_with_the_first),
    cmocka_unit_test (records_must_be_sorted_and_as_many_as_said),
    cmocka_unit_test (records_too_small_for_a_paper_are_refused),
    cmocka_unit_test (wraps_of_another_form_are_refused),
    cmocka_unit_test (an_unchanged_copy_signed_again_opens),
  };
  return cmocka_run_group_tests_name ("session", tests, set_up, tear_down);
}
