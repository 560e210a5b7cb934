/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/head.h: the 64 bytes every envelope begins with, frozen for ever. Private to the folder.
 */
#pragma once

#include "envelope/envelope.h"

#define JK_HEAD_SUITE 1
#define JK_HEAD_VERSION 1

/* What the signature of an envelope is for. */
#define JK_HEAD_PURPOSE "jikao 1 envelope"

typedef struct {
  guint16 kind;
  guint32 manifest_size; /* without the zeros after it */
  guint32 n_sections;
  guint64 file_size;
  JkDigest digest; /* of all after the head */
} JkHead;

/* n rounded up to a multiple of 8; at most 2^64 - 8. */
guint64 jk_head_pad (guint64 n);

/* Where the signature and the first section stand. */
guint64 jk_head_get_signature_offset (const JkHead *self);
guint64 jk_head_get_sections_offset (const JkHead *self);

/* The largest file of a kind. */
guint64 jk_head_get_size_max (guint16 kind);

/* Writes the 64 bytes. */
void jk_head_write (const JkHead *self, guint8 out_bytes[static JK_ENVELOPE_HEAD_BYTES]);

/* Reads a head from the first size bytes of a file (fewer than 64 only where the file ends before):
 * magic, kind, then suite, version and the reserved field. kind 0: any that this program knows.
 * Errors: FOREIGN, LENGTH (ends within the head), KIND, VERSION. */
gboolean jk_head_read (const char *file,
                       const guint8 *bytes,
                       gsize size,
                       JkKind kind,
                       JkHead *out_head,
                       GError **error);

/* The lengths against the actual size, limits.h and each other. Errors: LENGTH. */
gboolean
jk_head_check_lengths (const JkHead *self, const char *file, guint64 actual_size, GError **error);
