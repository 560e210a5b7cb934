/* SPDX-License-Identifier: Apache-2.0 */
/* tool/commands.h: the commands of jikaoctl. */
#pragma once

#include "tool/tool.h"

/* Each takes its own arguments, argv[0] being its name, and returns a JkExit; see jikaoctl(1). */
int jk_command_key_new (JkTool *tool, int argc, char **argv);
int jk_command_key_check (JkTool *tool, int argc, char **argv);
int jk_command_key_show (JkTool *tool, int argc, char **argv);
int jk_command_bank_check (JkTool *tool, int argc, char **argv);
int jk_command_bank_build (JkTool *tool, int argc, char **argv);
int jk_command_bank_show (JkTool *tool, int argc, char **argv);
int jk_command_roster_check (JkTool *tool, int argc, char **argv);
int jk_command_session_build (JkTool *tool, int argc, char **argv);
int jk_command_session_lint (JkTool *tool, int argc, char **argv);
int jk_command_session_amend (JkTool *tool, int argc, char **argv);
int jk_command_session_forms (JkTool *tool, int argc, char **argv);
int jk_command_session_show (JkTool *tool, int argc, char **argv);
int jk_command_order_new (JkTool *tool, int argc, char **argv);
int jk_command_order_sign (JkTool *tool, int argc, char **argv);
int jk_command_order_show (JkTool *tool, int argc, char **argv);
int jk_command_capsule (JkTool *tool, int argc, char **argv);
int jk_command_sit (JkTool *tool, int argc, char **argv);
int jk_command_receipt_verify (JkTool *tool, int argc, char **argv);
int jk_command_result_verify (JkTool *tool, int argc, char **argv);
int jk_command_handin_new (JkTool *tool, int argc, char **argv);
int jk_command_handin_check (JkTool *tool, int argc, char **argv);
int jk_command_handin_show (JkTool *tool, int argc, char **argv);
int jk_command_score_release (JkTool *tool, int argc, char **argv);
int jk_command_score (JkTool *tool, int argc, char **argv);
