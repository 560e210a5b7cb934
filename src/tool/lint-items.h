/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-items.h: what the opened items of a session show: their ids and their pictures.
 *
 * Each item is looked at once, whoever drew it; items may be given from several threads. */
#pragma once

#include "bank/blob.h"
#include "base/report.h"

typedef struct _JkLintItems JkLintItems;

/* For the items of one bank. */
JkLintItems *jk_lint_items_new (guint32 n_items);
void jk_lint_items_free (JkLintItems *self);

/* Looks at an item. */
void jk_lint_items_take (JkLintItems *self, guint32 item, const JkBlob *blob);

/* The id of an item that was taken, NULL otherwise; lent. Not while others take. */
const char *jk_lint_items_get_id (const JkLintItems *self, guint32 item);
guint jk_lint_items_get_n_pictures (const JkLintItems *self);

/* In order of items: a picture that cannot be shown is a fault, a stem that speaks of a picture the
 * item does not have a notice. file is the bank's. */
void jk_lint_items_report (const JkLintItems *self, const char *file, JkReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLintItems, jk_lint_items_free)
