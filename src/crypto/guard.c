/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/guard.c: libsodium started, core dumps off.
 *
 * Not dumpable also keeps other processes of the same user from reading this one's memory. */
#include "crypto/guard.h"

#include "crypto/error.h"

#include <sodium.h>
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

gboolean
jk_guard_init (GError **error)
{
  struct rlimit none = { 0, 0 };

  if (sodium_init () < 0) {
    g_set_error_literal (error,
                         JK_CRYPTO_ERROR,
                         JK_CRYPTO_ERROR_MEMORY,
                         "The cryptographic library does not start on this machine; expected "
                         "libsodium 1.0.18 or newer; restart the machine or reinstall libsodium.");
    return FALSE;
  }
  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    int saved_errno = errno;
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_MEMORY,
                 "Core dumps, which would hold keys, cannot be turned off: %s. Start the program "
                 "without the tool or sandbox that forbids it.",
                 g_strerror (saved_errno));
    return FALSE;
  }
  return TRUE;
}
