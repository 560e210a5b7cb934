/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift.h: items from Moodle's GIFT text (corpora README, "GIFT (Moodle's rules)").
 *
 * Single choice, multiple choice (weights above zero are right) and true/false become items; every
 * other type is named and refused with file and line. Decisions where dialects differ: only T,
 * TRUE, F, FALSE in upper case are true/false; text marked [html] or [markdown] is refused, [plain]
 * and [moodle] are plain text; several {} in one block are refused; $CATEGORY lines are skipped. */
#pragma once

#include "bank/item.h"
#include "base/report.h"

/* The items of one file, each complete; all faults go to report. Never NULL; the caller unrefs.
 * text is as jk_text_from_bytes gives it. */
GPtrArray *jk_gift_parse (const char *file, const char *text, JkReport *report);
