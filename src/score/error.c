/* SPDX-License-Identifier: Apache-2.0 */
/* score/error.c: the error domain of this folder. */
#include "score/error.h"

G_DEFINE_QUARK (jk_score_error, jk_score_error)
