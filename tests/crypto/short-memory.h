/* SPDX-License-Identifier: Apache-2.0 */
/* tests/crypto/short-memory.h: Argon2id that finds no memory while memory_is_short.
 *
 * libsodium has no seam for it, so its test programs are linked with --wrap=crypto_pwhash. */
#pragma once

#include <glib.h>

int __real_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *password,
                          unsigned long long password_size,
                          const unsigned char *salt,
                          unsigned long long passes,
                          size_t memory,
                          int algorithm);
int __wrap_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *password,
                          unsigned long long password_size,
                          const unsigned char *salt,
                          unsigned long long passes,
                          size_t memory,
                          int algorithm);

static gboolean memory_is_short;

int
__wrap_crypto_pwhash (unsigned char *out,
                      unsigned long long out_size,
                      const char *password,
                      unsigned long long password_size,
                      const unsigned char *salt,
                      unsigned long long passes,
                      size_t memory,
                      int algorithm)
{
  if (memory_is_short)
    return -1;
  return __real_crypto_pwhash (out,
                               out_size,
                               password,
                               password_size,
                               salt,
                               passes,
                               memory,
                               algorithm);
}
