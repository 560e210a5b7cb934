/* SPDX-License-Identifier: Apache-2.0 */
/* support/vector.h: the examples of src/FORMATS.md as bytes, so that it and the code cannot part.
 */
#pragma once

#include <glib.h>

/* The block that begins with "```hex NAME" and ends with "```": hexadecimal digits; blanks count
 * for nothing, and # begins a comment to the line's end. Needs JIKAO_SOURCE_ROOT; the test fails
 * when the block is missing or malformed. The caller unrefs. */
GBytes *jk_test_vector (const char *name);
