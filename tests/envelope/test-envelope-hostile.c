/* SPDX-License-Identifier: Apache-2.0 */
/* Every way to change the example of FORMATS.md without its key, and some with it. */
#include "example.h"

#include "base/bytes.h"

#define FILE_NAME "hall.jksession"
#define NONE (-1)

static JkEnvelope *
open_bytes (GBytes *bytes, const guint8 *signer, GError **error)
{
  return jk_envelope_open_bytes (FILE_NAME, bytes, EXAMPLE_KIND, EXAMPLE_BODY_TYPE, signer, error);
}

/* Everything a careful caller does with an envelope. */
static gboolean
read_all (JkEnvelope *envelope, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) rows = NULL;

  if (envelope == NULL || !jk_envelope_check_whole (envelope, error))
    return FALSE;
  text = jk_envelope_load_section (envelope, "text", 0, error);
  if (text == NULL)
    return FALSE;
  rows = jk_envelope_load_section (envelope, "rows", EXAMPLE_ROW_BYTES, error);
  return rows != NULL;
}

/* The code these bytes are refused with, or NONE. */
static gint
get_refusal (const guint8 *data, gsize size, const guint8 *signer)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, signer, &error);

  if (read_all (envelope, &error))
    return NONE;
  gint code = error->code;
  assert_refused (error, code, FILE_NAME);
  return code;
}

static guint8 *
dup_example (gsize *out_size)
{
  g_autoptr (GBytes) bytes = example_new ();
  gconstpointer data = g_bytes_get_data (bytes, out_size);
  return g_memdup2 (data, *out_size);
}

static JkHead
read_head (const guint8 *bytes)
{
  JkHead head = { 0 };
  assert_true (jk_head_read (FILE_NAME, bytes, JK_ENVELOPE_HEAD_BYTES, 0, &head, NULL));
  return head;
}

static void
the_expected_signer_is_accepted_and_another_refused (void **state)
{
  guint8 right[JK_PUBLIC_BYTES], wrong[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, right);
  g_autoptr (JkSecret) other = example_key (1, wrong);
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  assert_int_equal (get_refusal (data, size, right), NONE);
  assert_int_equal (get_refusal (data, size, wrong), JK_ENVELOPE_ERROR_SIGNER);
}

static void
a_named_signer_without_its_signature_is_refused (void **state)
{
  guint8 right[JK_PUBLIC_BYTES], wrong[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, right);
  g_autoptr (JkSecret) other = example_key (1, wrong);
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  memcpy (data + JK_ENVELOPE_HEAD_BYTES, wrong, JK_PUBLIC_BYTES);
  example_rehash (data, size);
  assert_int_equal (get_refusal (data, size, wrong), JK_ENVELOPE_ERROR_SIGNATURE);
  assert_int_equal (get_refusal (data, size, NULL), JK_ENVELOPE_ERROR_SIGNATURE);
}

static void
a_signature_for_another_purpose_is_refused (void **state)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  JkHead head = read_head (data);
  gsize signed_size = (gsize) jk_head_get_signature_offset (&head);

  memset (data + 32, 0, JK_DIGEST_BYTES);
  jk_sign (key, "jikao 1 something", data, signed_size, data + signed_size);
  example_rehash (data, size);
  assert_int_equal (get_refusal (data, size, NULL), JK_ENVELOPE_ERROR_SIGNATURE);
}

static void
a_file_cut_at_any_byte_is_refused (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  for (gsize cut = 0; cut < size; cut++)
    assert_int_equal (get_refusal (data, cut, NULL), JK_ENVELOPE_ERROR_LENGTH);
}

static void
a_file_with_more_at_its_end_is_refused (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  for (gsize more = 1; more <= 9; more++) {
    g_autofree guint8 *longer = g_malloc0 (size + more);
    memcpy (longer, data, size);
    assert_int_equal (get_refusal (longer, size + more, NULL), JK_ENVELOPE_ERROR_LENGTH);
  }
}

/* What a flipped bit in the byte at place must be refused with; data has the flip in it. */
static gint
expect_of_flip (const guint8 *data, gsize size, gsize place, gboolean has_signer)
{
  guint64 manifest = jk_bytes_get_u32 (data + 16);

  if (place < 8)
    return JK_ENVELOPE_ERROR_FOREIGN;
  if (place < 10)
    return JK_ENVELOPE_ERROR_KIND;
  if (place < 16)
    return JK_ENVELOPE_ERROR_VERSION;
  if (place < 20)
    return manifest < JK_PUBLIC_BYTES || 64 + jk_head_pad (manifest) + 64 > size
               ? JK_ENVELOPE_ERROR_LENGTH
               : JK_ENVELOPE_ERROR_SIGNATURE;
  if (place < 24)
    return jk_bytes_get_u32 (data + 20) > JK_ENVELOPE_SECTIONS_MAX ? JK_ENVELOPE_ERROR_LENGTH
                                                                   : JK_ENVELOPE_ERROR_SIGNATURE;
  if (place < 32)
    return JK_ENVELOPE_ERROR_LENGTH;
  if (place < 64)
    return JK_ENVELOPE_ERROR_DIGEST;
  if (place < 96 && has_signer)
    return JK_ENVELOPE_ERROR_SIGNER;
  return place < 64 + jk_head_pad (manifest) + 64 ? JK_ENVELOPE_ERROR_SIGNATURE
                                                  : JK_ENVELOPE_ERROR_DIGEST;
}

static void
any_flipped_bit_is_refused (void **state)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  for (gsize bit = 0; bit < size * 8; bit++) {
    data[bit / 8] ^= (guint8) (1 << bit % 8);
    assert_int_equal (get_refusal (data, size, public_key),
                      expect_of_flip (data, size, bit / 8, TRUE));
    assert_int_equal (get_refusal (data, size, NULL), expect_of_flip (data, size, bit / 8, FALSE));
    data[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

/* Flips in what follows the head, with the outer digest put right by whoever flipped. */
static void
a_right_outer_digest_hides_no_flipped_bit (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  JkHead head = read_head (data);
  gsize sections = (gsize) jk_head_get_sections_offset (&head);

  for (gsize bit = JK_ENVELOPE_HEAD_BYTES * 8; bit < size * 8; bit++) {
    data[bit / 8] ^= (guint8) (1 << bit % 8);
    example_rehash (data, size);
    assert_int_equal (get_refusal (data, size, NULL),
                      bit / 8 < sections ? JK_ENVELOPE_ERROR_SIGNATURE : JK_ENVELOPE_ERROR_DIGEST);
    data[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

static void
filling_between_sections_is_zero (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  g_autoptr (GError) error = NULL;
  JkHead head = read_head (data);

  data[jk_head_get_sections_offset (&head) + 7] = 1;
  example_rehash (data, size);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  assert_non_null (envelope);
  assert_false (jk_envelope_check_whole (envelope, &error));
  assert_non_null (strstr (error->message, "filling"));
  assert_refused (error, JK_ENVELOPE_ERROR_DIGEST, FILE_NAME);
}

static void
filling_after_the_manifest_is_zero (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  JkHead head = read_head (data);
  gsize sections = (gsize) jk_head_get_sections_offset (&head);
  g_autoptr (GBytes) manifest = g_bytes_new (data + JK_ENVELOPE_HEAD_BYTES, head.manifest_size);
  g_autoptr (GBytes) good = example_forge (manifest, 2, 0, data + sections, size - sections);
  g_autoptr (GBytes) bad = example_forge (manifest, 2, 1, data + sections, size - sections);

  assert_true (head.manifest_size % 8 != 0);
  assert_int_equal (get_refusal (g_bytes_get_data (good, NULL), size, NULL), NONE);
  assert_int_equal (get_refusal (g_bytes_get_data (bad, NULL), size, NULL),
                    JK_ENVELOPE_ERROR_MANIFEST);
}

static void
a_signed_manifest_cut_at_any_byte_is_refused (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  JkHead head = read_head (data);
  gsize sections = (gsize) jk_head_get_sections_offset (&head);

  for (gsize cut = 0; cut < head.manifest_size; cut++) {
    g_autoptr (GBytes) manifest = g_bytes_new (data + JK_ENVELOPE_HEAD_BYTES, cut);
    if (cut < JK_PUBLIC_BYTES) {
      g_autofree guint8 *changed = g_memdup2 (data, size);
      jk_bytes_put_u32 (changed + 16, (guint32) cut);
      assert_int_equal (get_refusal (changed, size, NULL), JK_ENVELOPE_ERROR_LENGTH);
      continue;
    }
    g_autoptr (GBytes) forged = example_forge (manifest, 2, 0, data + sections, size - sections);
    assert_int_equal (
        get_refusal (g_bytes_get_data (forged, NULL), g_bytes_get_size (forged), NULL),
        JK_ENVELOPE_ERROR_MANIFEST);
  }
}

/* A signed manifest with every bit flipped in turn: refused, or of the same meaning but for what
 * the flip changed; never read beyond, which the sanitizers watch. */
static void
a_signed_manifest_with_any_flipped_bit_is_read_safely (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  JkHead head = read_head (data);
  gsize sections = (gsize) jk_head_get_sections_offset (&head);
  guint n_refused = 0;

  for (gsize bit = JK_PUBLIC_BYTES * 8; bit < (gsize) head.manifest_size * 8; bit++) {
    g_autofree guint8 *changed = g_memdup2 (data + JK_ENVELOPE_HEAD_BYTES, head.manifest_size);
    changed[bit / 8] ^= (guint8) (1 << bit % 8);
    g_autoptr (GBytes) manifest = g_bytes_new (changed, head.manifest_size);
    g_autoptr (GBytes) forged = example_forge (manifest, 2, 0, data + sections, size - sections);
    gint code = get_refusal (g_bytes_get_data (forged, NULL), size, NULL);
    assert_true (code == NONE || code == JK_ENVELOPE_ERROR_MANIFEST ||
                 code == JK_ENVELOPE_ERROR_LENGTH || code == JK_ENVELOPE_ERROR_DIGEST);
    n_refused += code != NONE;
  }
  assert_true (n_refused > 500);
}

static void
swapped_sections_are_refused (void **state)
{
  static const char *const names[] = { "one", "two", NULL };
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, EXAMPLE_KIND, example_body (), names, NULL);

  assert_true (jk_envelope_writer_append (writer, "AAAAAAAA", 8, NULL));
  assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  assert_true (jk_envelope_writer_append (writer, "BBBBBBBB", 8, NULL));
  assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  assert_true (jk_envelope_writer_finish (writer, key, &bytes, NULL, NULL));

  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *swapped = g_memdup2 (data, size);
  memcpy (swapped + size - 16, "BBBBBBBBAAAAAAAA", 16);
  example_rehash (swapped, size);
  g_autoptr (GBytes) forged = g_bytes_new (swapped, size);
  g_autoptr (JkEnvelope) envelope = open_bytes (forged, NULL, NULL);
  g_autoptr (GError) error = NULL;
  assert_true (jk_envelope_check_whole (envelope, &error));
  for (guint i = 0; i < 2; i++) {
    assert_null (jk_envelope_load_section (envelope, names[i], 0, &error));
    assert_refused (error, JK_ENVELOPE_ERROR_DIGEST, FILE_NAME);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_expected_signer_is_accepted_and_another_refused),
    cmocka_unit_test (a_named_signer_without_its_signature_is_refused),
    cmocka_unit_test (a_signature_for_another_purpose_is_refused),
    cmocka_unit_test (a_file_cut_at_any_byte_is_refused),
    cmocka_unit_test (a_file_with_more_at_its_end_is_refused),
    cmocka_unit_test (any_flipped_bit_is_refused),
    cmocka_unit_test (a_right_outer_digest_hides_no_flipped_bit),
    cmocka_unit_test (filling_between_sections_is_zero),
    cmocka_unit_test (filling_after_the_manifest_is_zero),
    cmocka_unit_test (a_signed_manifest_cut_at_any_byte_is_refused),
    cmocka_unit_test (a_signed_manifest_with_any_flipped_bit_is_read_safely),
    cmocka_unit_test (swapped_sections_are_refused),
  };
  return cmocka_run_group_tests_name ("envelope-hostile", tests, example_setup, NULL);
}
