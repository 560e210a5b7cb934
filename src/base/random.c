/* SPDX-License-Identifier: Apache-2.0 */
/* base/random.c: chance from the kernel.
 *
 * Nothing else in src/ may draw random bytes. */
#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

static void
system_fill (const JkRandom *self, const char *use, guint64 index, gpointer out, gsize size)
{
  guint8 *at = out;

  while (size > 0) {
    gssize n = getrandom (at, size, 0);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      g_error ("The kernel gives no random bytes: %s.", g_strerror (errno));
    at += n;
    size -= (gsize) n;
  }
}

static const JkRandom system_random = { .fill = system_fill };

const JkRandom *
jk_random_system (void)
{
  return &system_random;
}

void
jk_random_fill (const JkRandom *self, const char *use, guint64 index, gpointer out, gsize size)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (use != NULL);
  g_return_if_fail (out != NULL || size == 0);

  self->fill (self, use, index, out, size);
}
