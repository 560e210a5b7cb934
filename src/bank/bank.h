/* SPDX-License-Identifier: Apache-2.0 */
/* bank/bank.h: an opened .jkbank: signed, closed, read item by item and never whole.
 *
 * Envelope kind 1, body "(sayu)": scope ("library" or "session"), id 16 bytes, items. Sections:
 * "tables" and "index", closed under KDF (parent, "jikao 1 bank index"), and "blobs". */
#pragma once

#include "bank/blob.h"
#include "bank/index.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "envelope/envelope.h"

#define JK_BANK_ID_BYTES 16

typedef struct _JkBank JkBank;

/* Opens a bank file: head, lengths, signer, signature; nothing secret is read. Errors: those of
 * jk_envelope_open. */
JkBank *jk_bank_open (const JkStorage *storage,
                      const char *path,
                      const guint8 authority[static JK_PUBLIC_BYTES],
                      GError **error);
void jk_bank_free (JkBank *self);

const char *jk_bank_get_file (const JkBank *self);
const guint8 *jk_bank_get_id (const JkBank *self);
gboolean jk_bank_is_library (const JkBank *self);
guint32 jk_bank_get_n_items (const JkBank *self);
const JkDigest *jk_bank_get_digest (const JkBank *self); /* outer digest */

/* Hashes the whole file once, as loading does. Errors: STORAGE, DIGEST. */
gboolean jk_bank_check_whole (const JkBank *self, GError **error);

/* Opens tables and index with the library key or the paper key. The functions below need it.
 * Errors: KEY, INDEX, STORAGE, DIGEST. */
gboolean jk_bank_unlock (JkBank *self, const JkSecret *parent, GError **error);

const char *jk_bank_get_name (const JkBank *self);
const JkIndex *jk_bank_get_index (const JkBank *self);
guint jk_bank_get_n_sections (const JkBank *self);
const char *jk_bank_get_section_code (const JkBank *self, guint n);
const char *jk_bank_get_section_name (const JkBank *self, guint n);
guint jk_bank_get_n_elements (const JkBank *self);

/* Takes the elements' codes and names apart, which no draw needs. The two functions below need it.
 * Errors: INDEX. */
gboolean jk_bank_load_elements (JkBank *self, GError **error);
const char *jk_bank_get_element_code (const JkBank *self, guint n);
const char *jk_bank_get_element_name (const JkBank *self, guint n);

/* BLAKE2b over the plaintext blobs in order: the same for a bank and every session made from it. It
 * ties the answer keys to the bank. */
const JkDigest *jk_bank_get_content_digest (const JkBank *self);

/* The key of one item, into plain memory that the caller wipes. */
void jk_bank_derive_item_key (const JkSecret *bank_key,
                              guint32 item,
                              guint8 out_key[static JK_KEY_BYTES]);

/* The bank key of an office bank, from its library key. */
JkSecret *jk_bank_derive_library_bank_key (const JkSecret *library_key);

/* Reads, checks and opens one blob. Errors: ITEM, STORAGE. */
JkBlob *jk_bank_open_blob (const JkBank *self,
                           guint32 item,
                           const guint8 key[static JK_KEY_BYTES],
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkBank, jk_bank_free)
