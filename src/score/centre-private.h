/* SPDX-License-Identifier: Apache-2.0 */
/* score/centre-private.h: what a table needs of a centre beyond centre.h. For this folder only. */
#pragma once

#include "score/centre.h"

/* The bank, unlocked; its index and names may be read from any thread. */
const JkBank *jk_centre_get_bank (const JkCentre *self);
