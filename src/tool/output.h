/* SPDX-License-Identifier: Apache-2.0 */
/* tool/output.h: how jikaoctl speaks: sentences for people, or, with --json, objects for programs.
 *
 * An error is one object {kind, file, place, found, expected, do}, a report an array of them; facts
 * and rows are objects. Each object and array ends its line, and nothing else goes to standard
 * output. */
#pragma once

#include "tool/tool.h"

/* Prints an error and returns its exit code; file (may be NULL) is what the command worked on. */
int jk_output_error (JkTool *tool, const char *file, const GError *error);

/* Prints a report; FINDINGS when it holds a fault, else OK. */
int jk_output_report (JkTool *tool, const JkReport *report);

/* The same for a command that goes on to print facts when there is no fault: what is no fault is
 * then left to jk_facts_add_report where objects are printed. */
int jk_output_faults (JkTool *tool, const JkReport *report);

/* A wrong command line, in one sentence without its full stop. Returns USAGE. */
int jk_output_usage (JkTool *tool, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The exit code that an error's class has (design.md section 9). */
JkExit jk_output_classify (const GError *error);

typedef struct _JkFacts JkFacts;

/* Facts about something, shown as "name: value" lines, as one row, or as one JSON object. */
JkFacts *jk_facts_new (void);
void jk_facts_free (JkFacts *self);

/* Adds a fact; control characters become blanks, so that no file can move a terminal's cursor. */
void jk_facts_add (JkFacts *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
void jk_facts_add_integer (JkFacts *self, const char *name, gint64 value);

/* Several values of one name, with blanks likewise: a line for each, or an array; not for rows. */
void jk_facts_add_list (JkFacts *self, const char *name, const char *const *values);

/* The findings as member "findings" of the object; as text they were printed before. */
void jk_facts_add_report (JkFacts *self, const JkReport *report);

/* Prints one line per fact, or the object. Returns OK. */
int jk_facts_print (const JkFacts *self, JkTool *tool);

/* Prints event and the values between tabs, or the object with a member "event" before the others,
 * and flushes. event NULL: the values only. */
void jk_facts_print_row (const JkFacts *self, JkTool *tool, const char *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkFacts, jk_facts_free)
