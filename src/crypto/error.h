/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/error.h: what cryptography refuses. */
#pragma once

#include <glib.h>

#define JK_CRYPTO_ERROR (jk_crypto_error_quark ())

typedef enum {
  JK_CRYPTO_ERROR_SECRET, /* wrong passphrase, code or key, or changed bytes: no way to tell apart
                           */
  JK_CRYPTO_ERROR_FORMAT, /* not of this form at all: too short, wrong magic, impossible counts */
  JK_CRYPTO_ERROR_COST,   /* cheaper to guess than this program accepts, or too dear to compute */
  JK_CRYPTO_ERROR_MEMORY, /* no memory for Argon2id or for guarded pages */
} JkCryptoError;

GQuark jk_crypto_error_quark (void);
