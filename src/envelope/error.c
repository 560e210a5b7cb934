/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/error.c: the error domain of this folder. */
#include "envelope/error.h"

G_DEFINE_QUARK (jk_envelope_error, jk_envelope_error)
