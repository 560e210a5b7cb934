/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

#include "base/bytes.h"

#define FILE_NAME "hall.jksession"

/* A head whose lengths fit a file of 64 + 40 + 64 + 8 bytes. */
static JkHead
make_head (void)
{
  JkHead head = { .kind = JK_KIND_SESSION, .manifest_size = 33, .n_sections = 1, .file_size = 176 };

  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    head.digest.bytes[i] = (guint8) (0xa0 + i);
  return head;
}

static void
numbers_are_padded_to_a_multiple_of_eight (void **state)
{
  assert_true (jk_head_pad (0) == 0);
  assert_true (jk_head_pad (1) == 8);
  assert_true (jk_head_pad (8) == 8);
  assert_true (jk_head_pad (9) == 16);
  assert_true (jk_head_pad (JK_BANK_BYTES_MAX) == JK_BANK_BYTES_MAX);
}

static void
places_follow_from_the_manifest (void **state)
{
  JkHead head = make_head ();

  assert_int_equal (jk_head_get_signature_offset (&head), 104);
  assert_int_equal (jk_head_get_sections_offset (&head), 168);
}

static void
only_a_bank_may_be_large (void **state)
{
  for (guint kind = JK_KIND_BANK; kind <= JK_KIND_CLOSING_SHEET; kind++) {
    guint64 wanted = kind == JK_KIND_BANK ? JK_BANK_BYTES_MAX : JK_SMALL_ENVELOPE_BYTES_MAX;
    assert_true (jk_head_get_size_max ((guint16) kind) == wanted);
  }
}

static void
a_head_is_written_as_documented (void **state)
{
  JkHead head = make_head ();
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];

  jk_head_write (&head, bytes);
  assert_memory_equal (bytes, "JIKAO\r\n\x1a", 8);
  assert_memory_equal (bytes + 8, "\x03\0\x01\0\x01\0\0\0", 8);
  assert_memory_equal (bytes + 16, "\x21\0\0\0\x01\0\0\0", 8);
  assert_memory_equal (bytes + 24, "\xb0\0\0\0\0\0\0\0", 8);
  assert_memory_equal (bytes + 32, head.digest.bytes, JK_DIGEST_BYTES);
}

static void
a_head_comes_back (void **state)
{
  JkHead head = make_head ();
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];
  JkHead back;

  jk_head_write (&head, bytes);
  assert_true (jk_head_read (FILE_NAME, bytes, sizeof bytes, JK_KIND_SESSION, &back, NULL));
  assert_int_equal (back.kind, head.kind);
  assert_int_equal (back.manifest_size, head.manifest_size);
  assert_int_equal (back.n_sections, head.n_sections);
  assert_true (back.file_size == head.file_size);
  assert_true (jk_digest_equal (&back.digest, &head.digest));
  assert_true (jk_head_read (FILE_NAME, bytes, sizeof bytes, 0, &back, NULL));
}

static void
a_foreign_beginning_is_refused (void **state)
{
  static const char *const foreign[] = { "P", "PK\3\4", "JIKAO\n\x1a", "SQLite format 3" };
  g_autoptr (GError) error = NULL;
  JkHead back;

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++) {
    assert_false (jk_head_read (FILE_NAME,
                                (const guint8 *) foreign[i],
                                strlen (foreign[i]),
                                JK_KIND_SESSION,
                                &back,
                                &error));
    assert_refused (error, JK_ENVELOPE_ERROR_FOREIGN, FILE_NAME);
  }
}

static void
a_head_cut_short_is_refused_at_every_byte (void **state)
{
  JkHead head = make_head ();
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];
  g_autoptr (GError) error = NULL;
  JkHead back;

  jk_head_write (&head, bytes);
  for (gsize size = 0; size < sizeof bytes; size++) {
    g_autofree guint8 *part = g_memdup2 (bytes, size);
    assert_false (jk_head_read (FILE_NAME, part, size, JK_KIND_SESSION, &back, &error));
    assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
  }
}

/* Refused with a number put in place. */
static void
expect_number (gsize offset, guint16 number, JkKind kind, JkEnvelopeError code, const char *word)
{
  JkHead head = make_head ();
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];
  g_autoptr (GError) error = NULL;
  JkHead back;

  jk_head_write (&head, bytes);
  jk_bytes_put_u16 (bytes + offset, number);
  assert_false (jk_head_read (FILE_NAME, bytes, sizeof bytes, kind, &back, &error));
  assert_non_null (strstr (error->message, word));
  assert_refused (error, code, FILE_NAME);
}

static void
another_kind_is_refused_by_name (void **state)
{
  expect_number (8, JK_KIND_BANK, JK_KIND_SESSION, JK_ENVELOPE_ERROR_KIND, ".jkbank");
  expect_number (8, 0, JK_KIND_SESSION, JK_ENVELOPE_ERROR_KIND, "unknown");
  expect_number (8, 0x0103, JK_KIND_SESSION, JK_ENVELOPE_ERROR_KIND, "unknown");
}

static void
what_this_program_does_not_know_is_of_another_version (void **state)
{
  expect_number (8, 0, 0, JK_ENVELOPE_ERROR_VERSION, "kind 0,");
  expect_number (8, 7, 0, JK_ENVELOPE_ERROR_VERSION, "kind 7,");
  expect_number (10, 0, JK_KIND_SESSION, JK_ENVELOPE_ERROR_VERSION, "suite 0,");
  expect_number (10, 2, JK_KIND_SESSION, JK_ENVELOPE_ERROR_VERSION, "suite 2,");
  expect_number (12, 0, JK_KIND_SESSION, JK_ENVELOPE_ERROR_VERSION, "version 0.0");
  expect_number (12, 2, JK_KIND_SESSION, JK_ENVELOPE_ERROR_VERSION, "version 2.0");
  expect_number (14, 0x100, JK_KIND_SESSION, JK_ENVELOPE_ERROR_VERSION, "version 1.256");
}

static void
expect_length (JkHead head, guint64 size, const char *word)
{
  g_autoptr (GError) error = NULL;

  assert_false (jk_head_check_lengths (&head, FILE_NAME, size, &error));
  assert_non_null (strstr (error->message, word));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
}

static void
lengths_that_fit_are_accepted (void **state)
{
  JkHead head = make_head ();

  assert_true (jk_head_check_lengths (&head, FILE_NAME, 176, NULL));
  head.file_size = 168;
  head.n_sections = JK_ENVELOPE_SECTIONS_MAX;
  assert_true (jk_head_check_lengths (&head, FILE_NAME, 168, NULL));
  head.file_size = JK_SMALL_ENVELOPE_BYTES_MAX;
  head.manifest_size = JK_MANIFEST_BYTES_MAX;
  assert_true (jk_head_check_lengths (&head, FILE_NAME, JK_SMALL_ENVELOPE_BYTES_MAX, NULL));
  head.kind = JK_KIND_BANK;
  head.file_size = JK_BANK_BYTES_MAX;
  assert_true (jk_head_check_lengths (&head, FILE_NAME, JK_BANK_BYTES_MAX, NULL));
}

static void
lengths_that_do_not_fit_are_refused (void **state)
{
  JkHead head = make_head ();

  expect_length (head, 175, "states 176 bytes, but it has 175");
  expect_length (head, 177, "states 176 bytes, but it has 177");

  head.file_size = JK_SMALL_ENVELOPE_BYTES_MAX + 8;
  expect_length (head, head.file_size, "268435464 bytes, more than 268435456");
  head.kind = JK_KIND_BANK;
  head.file_size = JK_BANK_BYTES_MAX + 8;
  expect_length (head, head.file_size, "bytes, more than");
  head.file_size = G_MAXUINT64;
  expect_length (head, head.file_size, "bytes, more than");

  head = make_head ();
  head.n_sections = JK_ENVELOPE_SECTIONS_MAX + 1;
  expect_length (head, 176, "17 sections, more than 16");
  head = make_head ();
  head.manifest_size = JK_MANIFEST_BYTES_MAX + 1;
  expect_length (head, 176, "1048577 bytes of manifest, more than 1048576");
  head.manifest_size = G_MAXUINT32;
  expect_length (head, 176, "bytes of manifest, more than");
  head.manifest_size = JK_PUBLIC_BYTES - 1;
  expect_length (head, 176, "31 bytes of manifest, fewer than 32");
  head.manifest_size = 41;
  head.file_size = 175;
  expect_length (head, 175, "41 bytes of manifest, too many for a file of 175");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_are_padded_to_a_multiple_of_eight),
    cmocka_unit_test (places_follow_from_the_manifest),
    cmocka_unit_test (only_a_bank_may_be_large),
    cmocka_unit_test (a_head_is_written_as_documented),
    cmocka_unit_test (a_head_comes_back),
    cmocka_unit_test (a_foreign_beginning_is_refused),
    cmocka_unit_test (a_head_cut_short_is_refused_at_every_byte),
    cmocka_unit_test (another_kind_is_refused_by_name),
    cmocka_unit_test (what_this_program_does_not_know_is_of_another_version),
    cmocka_unit_test (lengths_that_fit_are_accepted),
    cmocka_unit_test (lengths_that_do_not_fit_are_refused),
  };
  return cmocka_run_group_tests_name ("head", tests, NULL, NULL);
}
