/* SPDX-License-Identifier: Apache-2.0 */
/* tool/options.h: the options of one command, parsed by GLib, with what must be there. */
#pragma once

#include "tool/tool.h"

/* Parses argv against entries; exactly n_files arguments must remain (-1: any number), which go to
 * *out_files (zero-terminated, the caller frees). --help is answered here. Returns TRUE to go on,
 * else *out_exit is set. */
gboolean jk_options_parse (JkTool *tool,
                           const char *command,
                           const GOptionEntry *entries,
                           int argc,
                           char **argv,
                           int n_files,
                           char ***out_files,
                           int *out_exit);

/* Whether a needed option was given; otherwise says which one is missing. */
gboolean
jk_options_require (JkTool *tool, const char *command, const char *option, const char *value);

/* The same for several options of the entries that were parsed, each with one text; needed ends
 * with NULL. */
gboolean jk_options_require_all (JkTool *tool,
                                 const char *command,
                                 const GOptionEntry *entries,
                                 const char *const *needed);
