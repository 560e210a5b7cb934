/* SPDX-License-Identifier: Apache-2.0 */
/* base/number.h: whole numbers from text that a file or a person gave.
 *
 * Why not g_ascii_string_to_signed: it takes any errno for a fault. When two threads come to GLib's
 * numbers for the first time at the same moment, one waits for the C locale that both want, the
 * wait leaves EAGAIN, and "1" "is not a signed number" (GLib 2.74; one start of jikao in sixty
 * refused its session file that way, as the window's thread reads style sheets while the desk reads
 * files). */
#pragma once

#include <glib.h>

/* Whether text is a whole number from min to max and nothing else: digits of ASCII, a minus before
 * them or nothing, no blank and no plus. out_number stays as it was when it is not. */
gboolean jk_number_parse (const char *text, gint64 min, gint64 max, gint64 *out_number);
