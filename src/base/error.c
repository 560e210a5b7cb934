/* SPDX-License-Identifier: Apache-2.0 */
/* base/error.c: the error domain of this folder. */
#include "base/error.h"

G_DEFINE_QUARK (jk_base_error, jk_base_error)
