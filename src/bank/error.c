/* SPDX-License-Identifier: Apache-2.0 */
/* bank/error.c: the error domain of this folder. */
#include "bank/error.h"

G_DEFINE_QUARK (jk_bank_error, jk_bank_error)
