/* SPDX-License-Identifier: Apache-2.0 */
/* tests/crypto/check.h: what the tests of this folder share. */
#pragma once

#include "crypto/error.h"
#include "crypto/guard.h"
#include "crypto/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* The error is of this folder and code, says something, and is cleared. */
#define assert_crypto_error(error, wanted)                                                         \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    assert_true ((error)->domain == JK_CRYPTO_ERROR);                                              \
    assert_int_equal ((error)->code, wanted);                                                      \
    assert_true (strlen ((error)->message) > 20);                                                  \
    g_clear_error (&(error));                                                                      \
  } while (0)

#define assert_bytes_equal(bytes, data, size)                                                      \
  do {                                                                                             \
    assert_int_equal (g_bytes_get_size (bytes), size);                                             \
    assert_memory_equal (g_bytes_get_data (bytes, NULL), data, size);                              \
  } while (0)

static inline JkSecret *
check_secret (const char *text)
{
  return jk_secret_new_copy (text, strlen (text));
}

/* 32 bytes: first, first + 1, ... */
static inline JkSecret *
check_key (guint8 first)
{
  JkSecret *key = jk_secret_new (JK_KEY_BYTES);
  for (guint i = 0; i < JK_KEY_BYTES; i++)
    jk_secret_get_mutable (key)[i] = (guint8) (first + i);
  return key;
}

static inline int
check_setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}
