/* SPDX-License-Identifier: Apache-2.0 */
/* panel/handin-text.h: the numbers of a closing sheet in words, in the language shown. */
#pragma once

#include "desk/handin.h"

/* Who came and who did not. The caller frees. */
char *jk_handin_text_dup_people (const JkHandin *handin);

/* Whether those who started have results, and results receipts. */
gboolean jk_handin_text_is_even (const JkHandin *handin);

/* The same in words. Numbers prove nothing while somebody is missing in them, and then that is
 * said. The caller frees. */
char *jk_handin_text_dup_balance (const JkHandin *handin);

/* Why the sheet cannot be signed as it was found; NULL: it can. The caller frees. */
char *jk_handin_text_dup_why_not (const JkHandin *handin);
