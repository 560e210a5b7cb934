/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/error.c: the error domain of this folder. */
#include "crypto/error.h"

G_DEFINE_QUARK (jk_crypto_error, jk_crypto_error)
