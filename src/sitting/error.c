/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/error.c: the error domain of this folder. */
#include "sitting/error.h"

G_DEFINE_QUARK (jk_sitting_error, jk_sitting_error)
