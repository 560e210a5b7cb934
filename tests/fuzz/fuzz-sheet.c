/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a closing sheet: as they are, and signed by the two roles it names; one that
 * is taken is printed, and merged with another. */
#include "repair.h"

#include "result/sheet-private.h"
#include "result/sheet-text.h"
#include "support/closing.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkSession *session;
static JkTestClosing *roles; /* with the rows of another sheet */
static GBytes *honest;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  session = jk_test_exam_get_session (fuzz_exam (), 0);
  roles = jk_test_closing_new (fuzz_exam (), 0);
  jk_test_closing_add (roles, jk_test_row (0, JK_SEAT_LOST));
  jk_test_closing_add (roles, jk_test_row (1, JK_SEAT_ABSENT));
  honest = jk_test_closing_sign (roles);
  return 0;
}

/* The second role's signature over what the sheet says now; the first role's key. */
static const JkSecret *
countersign (guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes ("fuzz", bytes, JK_KIND_CLOSING_SHEET, JK_SHEET_BODY, NULL, NULL);
  const JkSecret *first = roles->keys[0].sign;
  guint8 message[JK_SHEET_SIGNED_BYTES], names[2];
  JkSheetSigners signers;
  JkDigest predecessor = { { 0 } }, digest;
  guint32 number;
  gsize rows_size, texts_size, sign_size, n;

  guint8 *rows = fuzz_find_section (data, size, JK_SHEET_ROWS_SECTION, &rows_size);
  guint8 *texts = fuzz_find_section (data, size, JK_SHEET_TEXTS_SECTION, &texts_size);
  guint8 *signature = fuzz_find_section (data, size, JK_SHEET_SIGN_SECTION, &sign_size);
  if (envelope == NULL || rows == NULL || texts == NULL || sign_size != JK_SIGNATURE_BYTES)
    return first;
  GVariant *body = jk_envelope_get_body (envelope);
  g_variant_get_child (body, 2, "u", &number);
  g_variant_get_child (body, 4, "y", &names[0]);
  g_variant_get_child (body, 5, "y", &names[1]);
  g_variant_get_child (body, 6, "b", &signers.alone);
  signers.first = (JkRoleName) names[0];
  signers.second = (JkRoleName) names[1];
  if (names[0] < 1 || names[0] > JK_ROLES || names[1] < 1 || names[1] > JK_ROLES)
    return first;
  g_autoptr (GVariant) before = g_variant_get_child_value (body, 3);
  const guint8 *before_bytes = g_variant_get_fixed_array (before, &n, 1);
  if (n == JK_DIGEST_BYTES)
    memcpy (predecessor.bytes, before_bytes, n);
  g_autoptr (GBytes) row_bytes = g_bytes_new_static (rows, rows_size);
  g_autoptr (GBytes) text_bytes = g_bytes_new_static (texts, texts_size);
  jk_sheet_compute_digest (jk_session_get_digest (session),
                           number,
                           &predecessor,
                           row_bytes,
                           text_bytes,
                           &digest);
  jk_sheet_put_signed (message, &digest, &signers);
  jk_sign (roles->keys[names[1] - 1].sign,
           JK_SHEET_SIGN_PURPOSE,
           message,
           sizeof message,
           signature);
  return roles->keys[names[0] - 1].sign;
}

static void
read_all (JkSheet *sheet)
{
  g_autofree char *text = jk_sheet_dup_text (sheet, session);
  JkSheet *both[] = { jk_sheet_open ("other", honest, session, NULL), sheet };
  JkSheetCounts counts;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint n = 0; n < jk_sheet_get_n_rows (sheet); n++)
    g_assert_cmpuint (jk_sheet_get_row (sheet, n)->record, <, jk_session_get_n_records (session));
  g_autoptr (JkSheetMerge) merge = jk_sheet_merge_new (both, G_N_ELEMENTS (both));
  jk_sheet_merge_count (merge, &counts);
  for (guint n = 0; n < jk_sheet_merge_get_n_sheets (merge); n++)
    g_assert_nonnull (jk_sheet_merge_get_reason (merge, n));
  for (guint n = 0; n < jk_sheet_merge_get_n_rows (merge); n++)
    g_assert_nonnull (jk_sheet_merge_get_seat (merge, n));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) plain = g_bytes_new_static (data, size);
  g_autoptr (JkSheet) unsigned_sheet = jk_sheet_open ("fuzz", plain, session, NULL);

  if (!fuzz_repair_envelope (copy, size, JK_KIND_CLOSING_SHEET, roles->keys[0].sign))
    return 0;
  fuzz_repair_envelope (copy, size, JK_KIND_CLOSING_SHEET, countersign (copy, size));
  g_autoptr (GBytes) bytes = g_bytes_new_static (copy, size);
  JkSheet *sheet = jk_sheet_open ("fuzz", bytes, session, NULL);
  if (sheet != NULL)
    read_all (sheet);
  return 0;
}
