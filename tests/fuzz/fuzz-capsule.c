/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a capsule: as they are, and as the inside of one, sealed to the chief with
 * rows that are chained and signed, as the PC that had the sitting can. */
#include "repair.h"

#include "base/bytes.h"
#include "sitting/capsule.h"
#include "support/closing.h"

#define PURPOSE "jikao 1 capsule"
#define HEAD_BYTES 48
#define FIRST_AT JK_SITTING_ID_BYTES
#define ROWS_AT (FIRST_AT + JK_DIGEST_BYTES + 8)

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkSession *session;
static JkTestClosing *roles; /* for the chief's key */
static JkTestHandedIn *sitting;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  session = jk_test_exam_get_session (fuzz_exam (), 0);
  roles = jk_test_closing_new (fuzz_exam (), 0);
  sitting = jk_test_handed_in_new (fuzz_exam (), 0);
  return 0;
}

/* As the PC reads them where the sitting goes on. */
static void
read_entry (const JkSideEntry *entry)
{
  if (g_str_equal (entry->name, "paper"))
    jk_paper_free (jk_paper_from_bytes (entry->data, entry->size, NULL));
  if (!g_str_has_prefix (entry->name, "item "))
    return;
  g_autoptr (JkBlob) blob = jk_blob_decode (entry->data, entry->size);
  for (guint n = 0; blob != NULL && n < jk_blob_get_n_options (blob); n++)
    g_assert_true (g_utf8_validate (jk_blob_get_option (blob, n), -1, NULL));
  for (guint n = 0; blob != NULL && n < jk_blob_get_n_pictures (blob); n++)
    g_bytes_unref (jk_blob_dup_picture (blob, n));
}

static void
open_capsule (GBytes *bytes)
{
  guint32 record = 0;
  g_autoptr (JkCapsule) capsule =
      jk_capsule_open ("fuzz", bytes, session, roles->keys[0].seal, NULL);

  jk_capsule_peek (bytes, &record, NULL);
  if (capsule == NULL)
    return;
  g_assert_cmpuint (jk_capsule_get_record (capsule), ==, record);
  g_assert_nonnull (jk_replay_get_started (jk_capsule_get_replay (capsule)));
  for (guint n = 0; n < jk_capsule_get_n_entries (capsule); n++) {
    JkSideEntry entry = jk_capsule_get_entry (capsule, n);
    g_autofree guint8 *copy = g_memdup2 (entry.data, entry.size);
    entry.data = copy;
    read_entry (&entry);
  }
}

static void
repair (guint8 *inside, gsize size)
{
  JkDigest first;

  if (size < ROWS_AT + 4)
    return;
  memcpy (first.bytes, inside + FIRST_AT, JK_DIGEST_BYTES);
  const FuzzChain chain = {
    .purpose = JK_HEAD_PURPOSE,
    .first = &first,
    .session = jk_session_get_digest (session),
    .station = jk_station_get_sign_key (sitting->station),
    .record = jk_record_get_person (sitting->record)->index,
    .head = JK_EVENT_HEAD,
  };
  gsize left = size - ROWS_AT - 4;
  fuzz_repair_rows (&chain,
                    inside + ROWS_AT + 4,
                    MIN (left, (gsize) jk_bytes_get_u32 (inside + ROWS_AT)));
}

static GBytes *
seal (const guint8 *inside, gsize size)
{
  const JkRandom *random = jk_test_exam_get_world (fuzz_exam ())->random;
  GByteArray *out = g_byte_array_new ();
  guint8 head[HEAD_BYTES] = "JKCAPS\r\n\1\0\1\0";
  JkSealPublic chief;

  jk_bytes_put_u32 (head + 12, jk_record_get_person (sitting->record)->index);
  memcpy (head + 16, jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES);
  jk_seal_get_public (roles->keys[0].seal, &chief);
  g_autoptr (GBytes) sealed =
      jk_seal (&chief, 1, PURPOSE, head, sizeof head, inside, size, random, "fuzz", 0);
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
  return g_byte_array_free_to_bytes (out);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) plain = g_bytes_new_static (data, size);
  g_autofree guint8 *inside = g_memdup2 (data, size);

  open_capsule (plain);
  repair (inside, size);
  g_autoptr (GBytes) capsule = seal (inside, size);
  open_capsule (capsule);
  return 0;
}
