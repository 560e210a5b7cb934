/* SPDX-License-Identifier: Apache-2.0 */
/* base/number.c: whole numbers, whatever other threads do meanwhile. */
#include "base/number.h"

#include <errno.h>
#include <string.h>

gboolean
jk_number_parse (const char *text, gint64 min, gint64 max, gint64 *out_number)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_number != NULL, FALSE);

  const char *digits = *text == '-' ? text + 1 : text;
  gsize n_digits = strspn (digits, "0123456789");
  if (n_digits == 0 || digits[n_digits] != '\0')
    return FALSE;

  errno = 0;
  gint64 number = g_ascii_strtoll (text, NULL, 10);
  /* Only ERANGE is said of the number; any other errno is left by what GLib does on the way. */
  if (errno == ERANGE || number < min || number > max)
    return FALSE;
  *out_number = number;
  return TRUE;
}
