/* SPDX-License-Identifier: Apache-2.0 */
/* session/error.c: the error domain of this folder. */
#include "session/error.h"

G_DEFINE_QUARK (jk_session_error, jk_session_error)
