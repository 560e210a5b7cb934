/* SPDX-License-Identifier: Apache-2.0 */
/* bank/build.h: from a checked source to the office's .jkbank, .jkkeys and library key, and from
 * the office's bank to a session's own.
 *
 * A bank is closed under two keys: the index key opens tables and index, the item key of an item,
 * KDF (bank key, item number), opens that item's blob. In the office both come from the library
 * key; for a session the index key comes from the paper key, and the bank key is fresh and goes to
 * no station (design.md section 3). */
#pragma once

#include "bank/bank.h"
#include "bank/source.h"
#include "base/world.h"

/* Builds the office's bank and answer keys. authority signs; the answer keys are sealed to the
 * centres (1 to JK_CENTRES_MAX). Chance comes from world->random only, each use from its own
 * substream, and nothing of the keys moves a byte of the bank (P3). *out_library_key opens the bank
 * afterwards. Errors: STORAGE. */
gboolean jk_bank_build (const JkSource *source,
                        const JkWorld *world,
                        const JkSecret *authority,
                        const JkSealPublic *centres,
                        gsize n_centres,
                        const char *version,
                        const char *bank_path,
                        const char *keys_path,
                        JkSecret **out_library_key,
                        GError **error);

/* Writes every item of an unlocked office bank again, closed for one session. id is the session's
 * 16 bytes. Memory stays small; each blob is checked as it is read. Errors: those of
 * jk_bank_open_blob, STORAGE. */
gboolean jk_bank_reseal (const JkBank *library,
                         const JkSecret *library_key,
                         const guint8 id[static JK_BANK_ID_BYTES],
                         const JkSecret *paper_key,
                         const JkSecret *bank_key,
                         const JkWorld *world,
                         const JkSecret *authority,
                         const char *path,
                         JkDigest *out_digest,
                         GError **error);
