/* SPDX-License-Identifier: Apache-2.0 */
/* tool/tool.h: jikaoctl: its commands, its exit codes, and what every command is given. */
#pragma once

#include "base/report.h"
#include "base/world.h"

#include <stdio.h>

typedef enum {
  JK_EXIT_OK = 0,
  JK_EXIT_FINDINGS = 1, /* the work was done, or not, because of faults that are listed */
  JK_EXIT_USAGE = 2,
  JK_EXIT_REFUSED = 3, /* a file that is broken, forged or foreign */
  JK_EXIT_STORAGE = 4,
  JK_EXIT_SECRET = 5, /* wrong passphrase, code or number */
} JkExit;

typedef struct {
  /* Borrowed */
  const JkWorld *world;
  FILE *out;
  FILE *err;
  /* Plain */
  gboolean json;
} JkTool;

typedef struct {
  const char *group;   /* "bank" */
  const char *name;    /* "build"; NULL when the group is the command */
  const char *usage;   /* what follows the name */
  const char *summary; /* one line for --help */
  int (*run) (JkTool *tool, int argc, char **argv);
} JkCommand;

/* Runs one command line; argv[0] is the program. Returns a JkExit. */
int jk_tool_run (JkTool *tool, int argc, char **argv);

/* "bank build"; the caller frees. */
char *jk_command_dup_name (const JkCommand *self);

/* Every command, ended by one without group. */
const JkCommand *jk_tool_get_commands (void);
