/* SPDX-License-Identifier: Apache-2.0 */
/* tool/tool.c: finds the command and runs it. */
#include "tool/tool.h"

#include "tool/commands.h"
#include "tool/output.h"

#include <string.h>

static const JkCommand commands[] = {
  { "key",
    "new",
    "--kind authority|centre --name NAME --secrets FILE PATH",
    "make a key: PATH.jkkey (secret) and PATH.jkpub",
    jk_command_key_new },
  { "key",
    "check",
    "--secrets FILE FILE.jkkey",
    "prove that a key file or its backup opens",
    jk_command_key_check },
  { "key",
    "show",
    "FILE.jkpub | --centre KEY --authorities DIR --secrets FILE FILE.jkkeys",
    "show a public key, or write the all-right answers of a bank",
    jk_command_key_show },
  { "bank",
    "check",
    "DIR/bank.ini",
    "report every fault of a bank's source",
    jk_command_bank_check },
  { "bank",
    "build",
    "--authority KEY --centre PUB ... --out NAME --secrets FILE DIR/bank.ini",
    "make NAME.jkbank, NAME.jkkeys and NAME.jkbank.key",
    jk_command_bank_build },
  { "bank",
    "show",
    "--authorities DIR FILE.jkbank",
    "verify a bank and show what it is",
    jk_command_bank_show },
  { "roster",
    "check",
    "[--plan FILE --level N] FILE.csv",
    "report every fault of a roster",
    jk_command_roster_check },
  { "session",
    "build",
    "--bank FILE --authority KEY --centre PUB ... --out DIR --secrets FILE session.ini",
    "draw every paper and write the files of a session",
    jk_command_session_build },
  { "session",
    "lint",
    "--bank FILE --office FILE --roster FILE [--amend FILE ...] --authorities DIR --secrets FILE "
    "FILE.jksession ...",
    "log in everybody, open every paper, and report what would go wrong on the day",
    jk_command_session_lint },
  { "session",
    "amend",
    "--session FILE [--amend FILE ...] --office FILE --authority KEY --authorities DIR "
    "[--bank FILE] --out DIR --secrets FILE amendment.ini",
    "change start, roles or people of a hall after the build",
    jk_command_session_amend },
  { "session",
    "show",
    "--authorities DIR [--amend FILE ...] FILE.jksession",
    "verify a session file and show what it is",
    jk_command_session_show },
  { "session",
    "forms",
    "--session FILE [--amend FILE ...] --authorities DIR --role ROLE --out DIR --secrets FILE "
    "[--sheet FILE ...]",
    "print what a hall signs by hand: attendance, seating and, with closing sheets, the record",
    jk_command_session_forms },
  { "order",
    "new",
    "--session FILE --authorities DIR --role ROLE --act ACT [--record N | --every] --secrets FILE "
    "[options] FILE.jkorder",
    "give an order, signed with the passcode of a role",
    jk_command_order_new },
  { "order",
    "sign",
    "--session FILE --authorities DIR --role ROLE --secrets FILE FILE.jkorder OUT.jkorder",
    "sign an order as the second person",
    jk_command_order_sign },
  { "order",
    "show",
    "--session FILE --authorities DIR FILE.jkorder",
    "verify an order and say what it is",
    jk_command_order_show },
  { "capsule",
    NULL,
    "--session FILE [--amend FILE ...] --authorities DIR --role ROLE --secrets FILE "
    "RECORD.jkjournal OUT.jkcapsule",
    "take a sitting off the disk of a dead PC, to go on at another",
    jk_command_capsule },
  { "sit",
    NULL,
    "--session FILE --bank FILE --store DIR --authorities DIR --out DIR --secrets FILE [options]",
    "sit an exam as a scripted candidate",
    jk_command_sit },
  { "receipt",
    "verify",
    "--session FILE [--amend FILE ...] --bank FILE --authorities DIR --centre KEY --secrets FILE "
    "--receipt CODE "
    "[--qr HEX] [--answers FILE] [--text] FILE.jkresult",
    "show the answers a receipt stands for, and compare them with a candidate's list",
    jk_command_receipt_verify },
  { "result",
    "verify",
    "--session FILE [--amend FILE ...] --authorities DIR [--centre KEY --secrets FILE] "
    "FILE.jkresult ...",
    "verify results",
    jk_command_result_verify },
  { "handin",
    "new",
    "--session FILE --authorities DIR --results DIR --out DIR --secrets FILE [--room FILE] "
    "[--after FILE ...] [--first ROLE] [--second ROLE] [--alone]",
    "make a hall's closing sheet, signed by two roles",
    jk_command_handin_new },
  { "handin",
    "check",
    "--session FILE --authorities DIR FILE.jkhandin ... FILE.jkresult ...",
    "compare closing sheets and results: started = sealed = receipts given",
    jk_command_handin_check },
  { "handin",
    "show",
    "--session FILE --authorities DIR FILE.jkhandin",
    "print a closing sheet as it is signed on paper",
    jk_command_handin_show },
  { "score",
    "release",
    "--session FILE [--amend FILE ...] --authorities DIR --centre KEY --by NAME --by NAME "
    "--reason TEXT --out DIR "
    "--secrets FILE FILE.jkresult",
    "let two people release a result that no closing sheet names",
    jk_command_score_release },
  { "score",
    NULL,
    "--session FILE [--amend FILE ...] --bank FILE --keys FILE --centre KEY --authorities DIR "
    "--results DIR --out DIR --secrets FILE [--sheet FILE ...] [--release FILE ...]",
    "verify, mark and list all results of a hall",
    jk_command_score },
  { NULL, NULL, NULL, NULL, NULL },
};

const JkCommand *
jk_tool_get_commands (void)
{
  return commands;
}

char *
jk_command_dup_name (const JkCommand *self)
{
  return self->name != NULL ? g_strconcat (self->group, " ", self->name, NULL)
                            : g_strdup (self->group);
}

static gboolean
is_help (const char *argument)
{
  return strcmp (argument, "--help") == 0 || strcmp (argument, "-h") == 0;
}

/* Whether name alone is no command. */
static gboolean
is_group (const char *name)
{
  gboolean is_found = FALSE;

  for (const JkCommand *each = commands; each->group != NULL; each++) {
    if (strcmp (each->group, name) != 0)
      continue;
    if (each->name == NULL)
      return FALSE;
    is_found = TRUE;
  }
  return is_found;
}

/* group NULL: every command. */
static int
print_help (JkTool *tool, const char *group)
{
  fprintf (tool->out,
           "jikaoctl: what an exam office and a scoring centre automate.\n\n"
           "Usage: jikaoctl [--json] COMMAND ...\n\n");
  for (const JkCommand *each = commands; each->group != NULL; each++) {
    g_autofree char *name = jk_command_dup_name (each);
    if (group == NULL || strcmp (group, each->group) == 0)
      fprintf (tool->out, "  jikaoctl %s %s\n      %s\n", name, each->usage, each->summary);
  }
  fprintf (
      tool->out,
      "\njikaoctl COMMAND --help tells the options of a command.\n"
      "Secrets come from --secrets FILE (0600, name=value lines; - is standard input) or the\n"
      "terminal. Exit: 0 done, 1 findings, 2 usage, 3 refused file, 4 storage, 5 wrong secret.\n"
      "See jikaoctl(1).\n");
  return JK_EXIT_OK;
}

static const JkCommand *
find (const char *group, const char *name)
{
  for (const JkCommand *each = commands; each->group != NULL; each++) {
    if (strcmp (group, each->group) == 0 &&
        (each->name == NULL || g_strcmp0 (name, each->name) == 0))
      return each;
  }
  return NULL;
}

int
jk_tool_run (JkTool *tool, int argc, char **argv)
{
  const JkCommand *command;
  const char *second;
  int first = 1;

  while (first < argc && strcmp (argv[first], "--json") == 0) {
    tool->json = TRUE;
    first++;
  }
  if (first >= argc)
    return jk_output_usage (tool, "a command is missing; jikaoctl --help lists them");
  if (is_help (argv[first]))
    return print_help (tool, NULL);

  second = first + 1 < argc ? argv[first + 1] : NULL;
  if (is_group (argv[first]) && second != NULL && is_help (second))
    return print_help (tool, argv[first]);
  command = find (argv[first], second);
  if (command == NULL)
    return jk_output_usage (tool,
                            "there is no command \"%s%s%s\"; jikaoctl --help lists them",
                            argv[first],
                            second != NULL ? " " : "",
                            second != NULL ? second : "");
  first += command->name != NULL ? 1 : 0;
  return command->run (tool, argc - first, argv + first);
}
