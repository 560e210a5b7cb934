/* SPDX-License-Identifier: Apache-2.0 */
/* tests/session/check.h: what the tests of this folder share. */
#pragma once

#include "base/error.h"
#include "crypto/error.h"
#include "crypto/guard.h"
#include "session/error.h"
#include "support/exam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>
#include <cmocka.h>

/* The error is of this domain and code, says something, and is cleared. */
#define assert_refused(error, wanted_domain, wanted_code)                                          \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    assert_string_equal (g_quark_to_string ((error)->domain), g_quark_to_string (wanted_domain));  \
    assert_int_equal ((error)->code, wanted_code);                                                 \
    assert_true (strlen ((error)->message) > 20);                                                  \
    g_clear_error (&(error));                                                                      \
  } while (0)

#define assert_session_refused(error, wanted)                                                      \
  assert_refused (error, JK_SESSION_ERROR, JK_SESSION_ERROR_##wanted)

static inline int
check_setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
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

static inline JkSecret *
check_secret (const char *text)
{
  return jk_secret_new_copy (text, strlen (text));
}

/* The session id of examples: 0x40, 0x41, ... */
static inline const guint8 *
check_id (void)
{
  static const guint8 id[JK_BANK_ID_BYTES] = {
    0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f,
  };
  return id;
}

static inline JkPerson
check_person (void)
{
  return (JkPerson){
    .admission = "2101050340101012",
    .name = "安知行",
    .masked_id = "110108********0019",
    .seat = "01",
    .path = "4-(1)",
    .index = 3,
    .sex = 'M',
    .extra_min = 30,
  };
}

/* A printed code with its last letter (the check) or its first one changed; the caller frees. */
static inline char *
check_mistype (const char *code)
{
  char *typed = g_strdup (code);
  typed[strlen (typed) - 1] = typed[strlen (typed) - 1] == '7' ? '8' : '7';
  return typed;
}
