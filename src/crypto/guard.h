/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/guard.h: what a program does first, before it touches a secret. */
#pragma once

#include <glib.h>

/* Starts libsodium and turns core dumps off (RLIMIT_CORE 0, not dumpable): a dump would hold keys.
 * Call once from main and from each test program. Errors: MEMORY. */
gboolean jk_guard_init (GError **error);
