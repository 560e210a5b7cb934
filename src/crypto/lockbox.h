/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/lockbox.h: bytes under a passphrase or a printed code.
 *
 *     "JKLOCK\r\n" 8, u16 suite 1, u16 version 1, u32 passes, u32 memory KiB, u32 0, salt 16, box
 *
 * The box's associated data is the purpose and the 40 bytes before it, so a cheaper cost cannot be
 * written in afterwards. */
#pragma once

#include "base/world.h"
#include "crypto/secret.h"

/* Closes content; uses (use, index) for salt and (use, index + 1) for the nonce. Errors: COST,
 * MEMORY. */
GBytes *jk_lockbox_close (const JkSecret *passphrase,
                          const char *purpose,
                          const JkSecret *content,
                          JkCost cost,
                          const JkRandom *random,
                          const char *use,
                          guint64 index,
                          GError **error);

/* Opens; a cost below floor is refused before anything is computed. file is for messages. Errors:
 * SECRET (wrong passphrase or changed file), FORMAT, COST, MEMORY. */
JkSecret *jk_lockbox_open (const JkSecret *passphrase,
                           const char *purpose,
                           gconstpointer data,
                           gsize size,
                           JkCost floor,
                           const char *file,
                           GError **error);
