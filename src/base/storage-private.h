/* SPDX-License-Identifier: Apache-2.0 */
/* base/storage-private.h: what storage.c and file.c share: the words of a refused call. */
#pragma once

#include "base/error.h"
#include "base/storage.h"

/* Fills error with a sentence: which file, which action was refused, why (number is an errno), and
 * what to do. */
void jk_storage_set_error (GError **error,
                           JkBaseError code,
                           const char *path,
                           const char *action,
                           int number);
