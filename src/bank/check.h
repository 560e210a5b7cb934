/* SPDX-License-Identifier: Apache-2.0 */
/* bank/check.h: what a source must be before it may become a bank. */
#pragma once

#include "bank/source.h"

/* Reports every fault of items and elements, in the order of the source, then what its authors
 * should look at: elements without an item, and an importance mix outside X >= 80 %, Y <= 15 %, Z
 * <= 5 %. file is the bank.ini, for findings about elements. */
void jk_check_source (const JkSource *source, const char *file, JkReport *report);

/* Whether text is 1 to JK_ID_BYTES_MAX of 0-9 A-Z a-z . - _ (ids stand in tables and file names).
 */
gboolean jk_check_is_code (const char *text);
