/* SPDX-License-Identifier: Apache-2.0 */
/* paper/error.c: the error domain of this folder. */
#include "paper/error.h"

G_DEFINE_QUARK (jk_paper_error, jk_paper_error)
