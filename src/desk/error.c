/* SPDX-License-Identifier: Apache-2.0 */
/* desk/error.c: the error domain of this folder. */
#include "desk/error.h"

G_DEFINE_QUARK (jk_desk_error, jk_desk_error)
