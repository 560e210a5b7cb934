/* SPDX-License-Identifier: Apache-2.0 */
/* result/error.c: the error domain of this folder. */
#include "result/error.h"

G_DEFINE_QUARK (jk_result_error, jk_result_error)
