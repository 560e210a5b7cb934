/* SPDX-License-Identifier: Apache-2.0 */
/* session/authorities.h: whose signature a program accepts: the .jkpub files of one folder.
 *
 * NAME.jkpub is pinned for everything; NAME.rehearsal.jkpub opens rehearsal sessions (试考) only:
 * the demonstration key's secret is public. */
#pragma once

#include "crypto/key.h"

typedef struct _JkAuthorities JkAuthorities;

/* Reads every .jkpub of kind authority in a folder; a broken one is an error that names it. Errors:
 * MISSING, STORAGE, JK_CRYPTO_ERROR_FORMAT. */
JkAuthorities *jk_authorities_load (const JkStorage *storage, const char *folder, GError **error);
void jk_authorities_free (JkAuthorities *self);

/* Whether the key is pinned; *out_rehearsals_only when only for rehearsals. */
gboolean jk_authorities_accepts (const JkAuthorities *self,
                                 const guint8 public_key[static JK_PUBLIC_BYTES],
                                 gboolean *out_rehearsals_only);
guint jk_authorities_get_n (const JkAuthorities *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAuthorities, jk_authorities_free)
