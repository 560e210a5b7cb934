/* SPDX-License-Identifier: Apache-2.0 */
/* session/act.h: what proctors can order, as one table: what must hold before, who must sign, and
 * which event follows (domain.md section 4.8). Pure: no clock, no disk, no keys.
 *
 * The table is the authority for panel, console and station alike; state.h says which event has a
 * place in which state, and tests/session/test-act.c that both agree. */
#pragma once

#include "session/state.h"

/* The numbers are those of the order format and never change. */
typedef enum {
  JK_ACT_OPEN = 1,          /* 开放登录: log-in opens on this station */
  JK_ACT_OPEN_RED = 2,      /* the same on a disk without proof of a restart */
  JK_ACT_OPEN_OUTSIDE = 3,  /* the same though the PC's date is out of the window */
  JK_ACT_END = 4,           /* 结束考试 on this station */
  JK_ACT_LATE = 5,          /* 迟到入场: so many minutes late */
  JK_ACT_WALK_IN = 6,       /* a spare record for somebody not on the roll */
  JK_ACT_WRONG_ID = 7,      /* entry though the ID number on the roll is wrong */
  JK_ACT_UNLOCK = 8,        /* 允许重新登录 */
  JK_ACT_ABSENT = 9,        /* 标记缺考 */
  JK_ACT_NOT_ABSENT = 10,   /* 撤销缺考 */
  JK_ACT_EXTEND = 11,       /* 延时 */
  JK_ACT_CREDIT = 12,       /* 补时: time lost given back; amount 0: what the gaps took */
  JK_ACT_PAUSE = 13,        /* 暂停考试 */
  JK_ACT_RESUME = 14,       /* 恢复考试 */
  JK_ACT_RELEASE = 15,      /* 续考: goes on after gaps beyond the policy */
  JK_ACT_CONSENT = 16,      /* hand-in in the last minutes */
  JK_ACT_MESSAGE = 17,      /* 发送提醒 */
  JK_ACT_INCIDENT = 18,     /* 异常情况登记 */
  JK_ACT_VIOLATION = 19,    /* 违纪登记 */
  JK_ACT_FORCE = 20,        /* 强制收卷 */
  JK_ACT_REOPEN = 21,       /* 恢复为考试中; amount: time given with it */
  JK_ACT_MOVE = 22,         /* 换座, 换机 */
  JK_ACT_RETIRE = 23,       /* what a dead seat does when it comes back: it ends there; amount: exam
                               time the hall knows was used there; 0: not known */
  JK_ACT_COPY = 24,         /* copy the results to where this order came from */
  JK_ACT_COLLECT = 25,      /* 收卷确认: the sealed result of this digest is in hand */
  JK_ACT_REVOKE_ROLE = 26,  /* amount: the role */
  JK_ACT_NAME_PERSON = 27,  /* who a spare's envelope went to; amount: the role, text: the name */
  JK_ACT_NAME_CONSOLE = 28, /* subject: the console's signing key */
  JK_ACT_WIPE = 29,         /* 数据清除 */
  JK_N_ACTS,
} JkAct;

/* A session on one station. */
typedef enum {
  JK_STAGE_LOADED,
  JK_STAGE_OPEN,
  JK_STAGE_ENDED,
  JK_N_STAGES,
} JkStage;

typedef enum {
  JK_TARGET_STATION, /* the session on a station; names no record */
  JK_TARGET_RECORD,  /* a record before it has a sitting, or whatever its sitting does */
  JK_TARGET_SITTING, /* a sitting */
} JkActTarget;

/* How the panel asks before it signs. */
typedef enum {
  JK_CONFIRM_NONE,
  JK_CONFIRM_YES,
  JK_CONFIRM_TYPED,  /* the candidate's seat, or the session's code, is typed */
  JK_CONFIRM_COUNTS, /* due, present, absent, handed in, handed in with no answer */
} JkConfirm;

/* What must hold beside stage and state. */
typedef enum {
  JK_NEED_NOTHING,
  JK_NEED_HELD,          /* the gaps of the sitting are beyond the policy */
  JK_NEED_ABSENT,        /* the record is marked absent */
  JK_NEED_PRESENT,       /* it is not */
  JK_NEED_FREE_SPARE,    /* the record is a spare one that nobody has */
  JK_NEED_NO_SPARE,      /* the record is a candidate's */
  JK_NEED_ALL_HANDED_IN, /* every sitting here is sealed, or moved away */
  JK_NEED_ALL_COLLECTED, /* every result here was collected and copied, or the sitting
                             moved away */
  JK_NEED_DIGEST,        /* the subject is the outer digest of the sealed result */
} JkNeed;

/* What the order must carry beside its reason. */
typedef enum {
  JK_CARRY_TEXT = 1 << 0,
  JK_CARRY_SUBJECT = 1 << 1,
  JK_CARRY_STATION = 1 << 2, /* it names one station */
} JkCarry;

typedef struct {
  const char *name;   /* "extend": in commands, logs and files */
  guint32 stages;     /* set of JK_BIT (JkStage) */
  guint32 states;     /* set of JK_BIT (JkState); 0 for JK_TARGET_STATION */
  guint64 amount_min; /* ms, or a role */
  guint64 amount_max; /* 0: carries none */
  JkActTarget target;
  JkConfirm confirm;
  JkNeed need;
  JkEvent event;       /* what the sitting records; 0: nothing, the station log does */
  guint carries;       /* set of JkCarry */
  guint n_signers;     /* for one record, or the station */
  guint n_signers_all; /* for every record; 0: one record only */
  gboolean chief;      /* one of the signers is the 主考 */
  gboolean reason;     /* must be given */
} JkActRule;

#define JK_BIT(n) (1u << (n))

/* The rule of an act; NULL when there is no such act. */
const JkActRule *jk_act_get_rule (JkAct act);

/* The act of that name; FALSE when there is none. */
gboolean jk_act_parse (const char *name, JkAct *out_act);

/* Half a sentence on what a need wants, for a refusal: "..., but this needs a sitting that is held
 * because of its gaps". Lent. */
const char *jk_need_get_text (JkNeed need);

/* "loaded", "open", "ended"; lent. */
const char *jk_stage_get_name (JkStage stage);
