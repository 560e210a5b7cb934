/* SPDX-License-Identifier: Apache-2.0 */
/* tests/paper/check.h: what the tests of this folder share. */
#pragma once

#include "crypto/guard.h"
#include "paper/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* The error is of this folder and code, its message holds the words, and it is cleared. */
#define assert_paper_error(error, wanted, words)                                                   \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    assert_true ((error)->domain == JK_PAPER_ERROR);                                               \
    assert_int_equal ((error)->code, wanted);                                                      \
    if (strstr ((error)->message, words) == NULL)                                                  \
      fail_msg ("“%s” lacks “%s”", (error)->message, words);                                       \
    g_clear_error (&(error));                                                                      \
  } while (0)

static inline int
check_setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}
