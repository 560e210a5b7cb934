/* SPDX-License-Identifier: Apache-2.0 */
/* station/rules.h: what a candidate reads before the exam, in the language shown. Pure. */
#pragma once

#include "plan/policy.h"

/* 本场规则: a sentence for each rule of the policy that concerns a candidate; zero-terminated, the
 * caller frees with g_strfreev. duration_min is what this candidate has, extra_min of it beyond the
 * others. */
char **jk_rules_dup (const JkPolicy *policy, guint duration_min, guint extra_min);

/* 操作说明, and the points of the 诚信考试承诺书; likewise. */
char **jk_rules_dup_operation (void);
char **jk_rules_dup_promise (void);
