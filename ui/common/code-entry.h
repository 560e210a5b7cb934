/* SPDX-License-Identifier: Apache-2.0 */
/* common/code-entry.h: an entry for a printed code: shows it in groups, as it is printed, however
 * it is typed. Nothing is judged here: jk_code_parse does. */
#pragma once

#include <gtk/gtk.h>

/* Property, at construction: "letters" (guint), of the whole code with its check letter; those of a
 * start code. */
#define JK_TYPE_CODE_ENTRY (jk_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (JkCodeEntry, jk_code_entry, JK, CODE_ENTRY, GtkEntry)

GtkWidget *jk_code_entry_new (void);

/* The letters of typed, in capitals and in groups of four with dashes; a letter that would stand
 * alone after n_letters joins the last group. The caller frees. */
char *jk_code_entry_dup_grouped (const char *typed, guint n_letters);
