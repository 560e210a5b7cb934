/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/manifest.h: signer, sections and body of an envelope. Private to the folder. */
#pragma once

#include "base/limits.h"
#include "envelope/head.h"

typedef struct {
  /* Owned */
  char *name;
  /* Plain */
  guint64 offset; /* in the file */
  guint64 size;
  guint64 rows;
  JkDigest digest;
} JkManifestSection;

typedef struct {
  /* Owned */
  GVariant *body;
  JkManifestSection sections[JK_ENVELOPE_SECTIONS_MAX];
  /* Plain */
  guint n_sections;
  guint8 signer[JK_PUBLIC_BYTES];
} JkManifest;

/* Frees what it owns; a zeroed one is fine. */
void jk_manifest_clear (JkManifest *self);

/* Whether name is one a section may have: 1 to JK_ID_BYTES_MAX of [a-z0-9-]. */
gboolean jk_manifest_is_name (const char *name);

/* The section of this name, or NULL; lent. */
const JkManifestSection *jk_manifest_find (const JkManifest *self, const char *name);

/* The bytes of a manifest; their number depends on names and body only. */
GBytes *jk_manifest_print (const JkManifest *self);

/* Reads a manifest whose signature has been checked, with the zeros after it; the sections' offsets
 * come from the sizes, which must fill the file exactly. Errors: MANIFEST, LENGTH. */
gboolean jk_manifest_parse (const char *file,
                            const JkHead *head,
                            GBytes *padded,
                            const char *body_type,
                            JkManifest *out_manifest,
                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkManifest, jk_manifest_clear)
