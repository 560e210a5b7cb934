/* SPDX-License-Identifier: Apache-2.0 */
/* bank/error.h: what is wrong with a bank that travels. Faults of sources go to a JkReport. */
#pragma once

#include <glib.h>

#define JK_BANK_ERROR (jk_bank_error_quark ())

typedef enum {
  JK_BANK_ERROR_KEY,     /* the key given does not open it */
  JK_BANK_ERROR_INDEX,   /* index or tables contradict themselves or limits.h */
  JK_BANK_ERROR_ITEM,    /* an item's bytes are not what the signed index says */
  JK_BANK_ERROR_FOREIGN, /* answer keys of another bank */
} JkBankError;

GQuark jk_bank_error_quark (void);
