/* SPDX-License-Identifier: Apache-2.0 */
/* common/duration.h: a span of time as it is shown. */
#pragma once

#include <glib.h>

/* "04:05", from an hour on "1:04:05". The caller frees. */
char *jk_duration_dup (guint64 seconds);
