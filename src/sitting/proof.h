/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/proof.h: the proof of log-in in an IDENTIFIED row: only who opened the record, and so had
 * its numbers, can write it. The sitting writes it, the centre checks it with the record key of the
 * roll. */
#pragma once

#include "crypto/derive.h"
#include "crypto/sign.h"

#include <string.h>

#define JK_PROOF_PURPOSE "jikao 1 log-in proof"
#define JK_PROOF_SITTING_BYTES 16

/* MAC (record key, purpose, session digest, sitting id, station's signing key). */
static inline void
jk_proof_compute (const JkSecret *record_key,
                  const JkDigest *session,
                  const guint8 sitting_id[static JK_PROOF_SITTING_BYTES],
                  const guint8 station[static JK_PUBLIC_BYTES],
                  JkDigest *out_proof)
{
  guint8 data[JK_DIGEST_BYTES + JK_PROOF_SITTING_BYTES + JK_PUBLIC_BYTES];

  memcpy (data, session->bytes, JK_DIGEST_BYTES);
  memcpy (data + JK_DIGEST_BYTES, sitting_id, JK_PROOF_SITTING_BYTES);
  memcpy (data + JK_DIGEST_BYTES + JK_PROOF_SITTING_BYTES, station, JK_PUBLIC_BYTES);
  jk_mac (record_key, JK_PROOF_PURPOSE, data, sizeof data, out_proof);
}
