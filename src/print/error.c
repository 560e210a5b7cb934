/* SPDX-License-Identifier: Apache-2.0 */
/* print/error.c: the error domain of this folder. */
#include "print/error.h"

G_DEFINE_QUARK (jk_print_error, jk_print_error)
