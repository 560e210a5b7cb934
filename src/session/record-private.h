/* SPDX-License-Identifier: Apache-2.0 */
/* session/record-private.h: what finds a record by its key alone. Private to this folder. */
#pragma once

#include "session/record.h"

#define JK_RECORD_MARK_BYTES 16

/* The first bytes of a record closed under this key. */
void jk_record_mark (const JkSecret *record_key,
                     const guint8 id[static JK_BANK_ID_BYTES],
                     guint8 out_mark[static JK_RECORD_MARK_BYTES]);
