/* SPDX-License-Identifier: Apache-2.0 */
/* tool/secrets.h: passphrases and codes for a command: from --secrets FILE or from the terminal,
 * never from the command line or the environment, where other programs can read them.
 *
 * FILE holds name=value lines and must be readable by its owner only (0600); "-" is standard input.
 */
#pragma once

#include "crypto/secret.h"
#include "tool/tool.h"

#define JK_SECRET_LINE_BYTES_MAX 1024

typedef struct _JkSecrets JkSecrets;

/* Reads the file; path NULL asks the terminal for each secret when it is needed. Errors:
 * JK_BASE_ERROR_MISSING, STORAGE, TOO_LARGE, TEXT (rights). */
JkSecrets *jk_secrets_load (const char *path, GError **error);
void jk_secrets_free (JkSecrets *self);

/* A copy of the secret of that name; prompt is what the terminal shows. Errors: JK_BASE_ERROR_CODE
 * (there is none, or it is too long). */
JkSecret *
jk_secrets_dup (const JkSecrets *self, const char *name, const char *prompt, GError **error);

/* The same as text, zero-terminated inside guarded memory. */
JkSecret *
jk_secrets_dup_text (const JkSecrets *self, const char *name, const char *prompt, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSecrets, jk_secrets_free)
