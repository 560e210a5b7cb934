/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as an order: as they are, and of this session, signed by one or two of its roles,
 * as a proctor with a passcode can; one that is sound is judged in many situations. */
#include "repair.h"

#include "session/order.h"
#include "session/purpose.h"
#include "support/closing.h"

#define N_SIGNERS_AT 14
#define SESSION_AT 32
#define SIGNATURE_BYTES (8 + JK_SIGNATURE_BYTES)

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkSession *session;
static JkTestClosing *roles; /* for their keys */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  session = jk_test_exam_get_session (fuzz_exam (), 0);
  roles = jk_test_closing_new (fuzz_exam (), 0);
  return 0;
}

/* A situation that the order's own id chooses. */
static void
judge (const JkOrder *order)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const guint8 *id = terms->id;
  const JkSituation situation = {
    .station = id,
    .revoked_roles = id[0] % 8 == 0 ? id[1] : 0,
    .stage = (JkStage) (id[2] % JK_N_STAGES),
    .state = (JkState) (id[3] % JK_N_STATES),
    .epoch = id[4],
    .is_known = id[5] % 8 == 0,
    .is_held = id[6] % 2,
    .is_absent = id[7] % 2,
    .is_spare = id[8] % 2,
    .is_taken = id[9] % 2,
    .all_handed_in = id[10] % 2,
    .all_collected = id[11] % 2,
    .has_result = id[12] % 2,
  };

  jk_order_judge (order, &situation, NULL);
  jk_order_is_for (order, id);
}

static void
take (GBytes *bytes)
{
  g_autoptr (JkOrder) order = jk_order_parse ("fuzz", bytes, NULL);

  if (order == NULL)
    return;
  g_autofree char *summary = jk_order_dup_summary (order);
  g_assert_true (g_utf8_validate (summary, -1, NULL));
  g_autoptr (GBytes) twice = jk_order_countersign ("fuzz",
                                                   bytes,
                                                   JK_ROLE_SPARE_1,
                                                   roles->keys[JK_ROLE_SPARE_1 - 1].sign,
                                                   NULL);
  if (twice != NULL) {
    g_autoptr (JkOrder) same = jk_order_parse ("fuzz", twice, NULL);
    g_assert_nonnull (same);
    g_assert_true (jk_digest_equal (jk_order_get_digest (order), jk_order_get_digest (same)));
  }
  if (jk_order_check (order, session, NULL))
    judge (order);
}

/* data with the session's digest in it, signed by the chief and, when it is odd, by the proctor. */
static GBytes *
sign (const guint8 *data, gsize size)
{
  guint8 *copy = g_memdup2 (data, size);
  guint n_signers = 1 + copy[N_SIGNERS_AT] % 2;
  gsize content_size = size - n_signers * (gsize) SIGNATURE_BYTES;

  memcpy (copy + SESSION_AT, jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES);
  copy[N_SIGNERS_AT] = 0;
  for (guint i = 0; i < n_signers; i++) {
    guint8 *at = copy + content_size + i * (gsize) SIGNATURE_BYTES;
    memset (at, 0, 8);
    at[0] = (guint8) (i + 1);
    jk_sign (roles->keys[i].sign, JK_PURPOSE_ORDER, copy, content_size, at + 8);
  }
  copy[N_SIGNERS_AT] = (guint8) n_signers;
  return g_bytes_new_take (copy, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) plain = g_bytes_new (data, size);

  take (plain);
  if (size >= SESSION_AT + JK_DIGEST_BYTES + 2 * SIGNATURE_BYTES) {
    g_autoptr (GBytes) signed_bytes = sign (data, size);
    take (signed_bytes);
  }
  return 0;
}
