/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/envelope.h: the signed container of every file that travels (design.md section 4).
 *
 *     head 64   "JIKAO\r\n\x1a" 8, u16 kind, u16 suite = 1, u16 version, u16 0,
 *               u32 manifest bytes, u32 sections, u64 file bytes, outer digest 32
 *     manifest  GVariant little endian "(aya(sttay)v)": signer's Ed25519 key (32 bytes), sections
 *               (name, size, rows, BLAKE2b-256 of the section), body of the kind; then zeros to a
 *               multiple of 8
 *     signature 64  Ed25519 by the signer over ("jikao 1 envelope", head with the outer digest as
 *               zeros, manifest with its zeros)
 *     sections  in the order of the manifest, each at a multiple of 8, zeros between and after
 *
 * The outer digest is BLAKE2b-256 of all after the head. Order of reading, always: head, lengths
 * against the size and limits.h, signature, digests, content. An opened envelope has passed head,
 * lengths, signer and signature; a section is checked against its digest when it is loaded. */
#pragma once

#include "base/file.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

typedef enum {
  JK_KIND_BANK = 1,
  JK_KIND_KEYS = 2,
  JK_KIND_SESSION = 3,
  JK_KIND_AMENDMENT = 4,
  JK_KIND_RESULT = 5,
  JK_KIND_CLOSING_SHEET = 6,
} JkKind;

#define JK_ENVELOPE_HEAD_BYTES 64

typedef struct _JkEnvelope JkEnvelope;

/* Opens a file and keeps it open for reading at places: head, manifest and signature are read now,
 * sections later. body_type is what the manifest's body must be, e.g. "(ayssu)". signer NULL
 * accepts any key and only checks that the signature is that key's (results: the station names
 * itself). Errors: MISSING, STORAGE, and all of JkEnvelopeError but DIGEST. */
JkEnvelope *jk_envelope_open (const JkStorage *storage,
                              const char *path,
                              JkKind kind,
                              const char *body_type,
                              const guint8 *signer,
                              GError **error);

/* The same from bytes; file is for messages. */
JkEnvelope *jk_envelope_open_bytes (const char *file,
                                    GBytes *bytes,
                                    JkKind kind,
                                    const char *body_type,
                                    const guint8 *signer,
                                    GError **error);
void jk_envelope_free (JkEnvelope *self);

const char *jk_envelope_get_file (const JkEnvelope *self);

/* The body; a normal-form variant of body_type. Lent. */
GVariant *jk_envelope_get_body (const JkEnvelope *self);
const guint8 *jk_envelope_get_signer (const JkEnvelope *self); /* JK_PUBLIC_BYTES */

/* The outer digest as the head states it; true only after jk_envelope_check_whole. */
const JkDigest *jk_envelope_get_digest (const JkEnvelope *self);

/* Hashes everything after the head against the outer digest, which covers every section digest too,
 * and checks that the filling between sections is zeros. Errors: STORAGE, DIGEST. */
gboolean jk_envelope_check_whole (const JkEnvelope *self, GError **error);

/* Size and rows of a section as signed; FALSE when there is no such section. */
gboolean jk_envelope_find_section (const JkEnvelope *self,
                                   const char *name,
                                   guint64 *out_size,
                                   guint64 *out_rows);

/* A whole section, checked against its digest; row_size > 0 demands rows x row_size = size first.
 * Errors: STORAGE, DIGEST, LENGTH, MANIFEST (no such section). */
GBytes *
jk_envelope_load_section (const JkEnvelope *self, const char *name, gsize row_size, GError **error);

/* The same into memory the caller gives (exactly the section's size), for large sections that are
 * decrypted in place. */
gboolean jk_envelope_load_section_into (const JkEnvelope *self,
                                        const char *name,
                                        gpointer out,
                                        gsize size,
                                        GError **error);

/* Part of a section, NOT checked: the caller knows its digest. Errors: STORAGE, LENGTH. */
gboolean jk_envelope_read_section (const JkEnvelope *self,
                                   const char *name,
                                   guint64 offset,
                                   gpointer out,
                                   gsize size,
                                   GError **error);

/* Only the head and the outer digest, without any key: what a courier or jikaoctl show can tell.
 * Errors: FOREIGN, VERSION, LENGTH, DIGEST. */
gboolean jk_envelope_peek (const char *file,
                           GBytes *bytes,
                           JkKind *out_kind,
                           JkDigest *out_digest,
                           GError **error);

/* A kind's name for messages: "question bank (.jkbank)"; lent. */
const char *jk_kind_get_name (JkKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkEnvelope, jk_envelope_free)
