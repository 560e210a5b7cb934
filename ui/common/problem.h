/* SPDX-License-Identifier: Apache-2.0 */
/* common/problem.h: the one line of a form that says why it was not taken. */
#pragma once

#include "common/paragraph.h"

/* Shows sentence in the line, and says it to who listens with a screen reader. NULL: the line goes,
 * and nothing is said. */
void jk_problem_tell (JkParagraph *line, const char *sentence);
