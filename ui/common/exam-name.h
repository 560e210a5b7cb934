/* SPDX-License-Identifier: Apache-2.0 */
/* common/exam-name.h: what a session is called in front of candidates. */
#pragma once

#include "session/session.h"

/* "呼叫中心服务员 四级 · 理论知识考试", as the session has it. The caller frees. */
char *jk_exam_name_dup (const JkSession *session);

/* "考场 01　开考时间 2021-04-24 09:00", in the language shown. The caller frees. */
char *jk_exam_name_dup_place (const JkSession *session);
