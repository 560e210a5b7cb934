/* SPDX-License-Identifier: Apache-2.0 */
/* bank/bank-private.h: what the writers and readers of bank and answer keys share. */
#pragma once

#include "bank/bank.h"
#include "crypto/box.h"

#define JK_BANK_BODY_TYPE "(sayu)"
#define JK_BANK_SCOPE_LIBRARY "library"
#define JK_BANK_SCOPE_SESSION "session"

/* Name, content digest, sections as pairs of code and name, count of elements, and the elements as
 * the bytes of another such list: no draw needs their names, so no station takes them apart. */
#define JK_BANK_TABLES_TYPE "(saya(ss)uay)"
#define JK_BANK_ELEMENTS_TYPE "a(ss)"
#define JK_BANK_TABLES_BYTES_MAX (32u * 1024 * 1024)

/* Of the key that opens tables and index, and of the boxes; context of both boxes is the bank's id.
 */
#define JK_BANK_INDEX_KEY_PURPOSE "jikao 1 bank index"
#define JK_BANK_INDEX_PURPOSE "jikao 1 index"
#define JK_BANK_TABLES_PURPOSE "jikao 1 tables"

/* Of an item's box; context is its number, u32. */
#define JK_BANK_ITEM_PURPOSE "jikao 1 item"

/* Of the digest over u32 length and plaintext of each blob in order. */
#define JK_BANK_CONTENT_PURPOSE "jikao 1 bank content"

#define JK_KEYS_BODY_TYPE "(u)"
#define JK_KEYS_TYPE "(ayssa(sqs))"
#define JK_KEYS_PURPOSE "jikao 1 answer keys"

/* The same values with bytes that are little endian on every machine; and back. Takes variant,
 * floating or not; the caller unrefs. */
GVariant *jk_bank_swap_variant (GVariant *variant);

/* The tables of an unlocked bank; lent. */
GVariant *jk_bank_get_tables (const JkBank *self);

/* Reads, checks and opens the bytes of one blob; the caller frees. Errors: ITEM, STORAGE. */
guint8 *jk_bank_read_item (const JkBank *self,
                           guint32 item,
                           const guint8 key[static JK_KEY_BYTES],
                           gsize *out_size,
                           GError **error);
