/* SPDX-License-Identifier: Apache-2.0 */
/* desk/page.h: which page a desk shows. Pure: no clock, no disk, no window.
 *
 * The page follows from what seat and sitting say and from nothing else, so that after a crash the
 * candidate is where they were (P9). */
#pragma once

#include "session/act.h"

typedef enum {
  JK_PAGE_NO_SESSION, /* nothing is loaded here */
  JK_PAGE_CLOSED,     /* a session is here; the room code, or an order, opens log-in */
  JK_PAGE_LOG_IN,     /* 考生登录 */
  JK_PAGE_CONFIRM,    /* 信息确认, then 考场规则, 考生须知 and 承诺书 */
  JK_PAGE_WAITING,    /* 等待开考: until the start code is typed */
  JK_PAGE_ANSWERING,  /* 作答, and 交卷 in two steps */
  JK_PAGE_PAUSED,     /* by the proctors */
  JK_PAGE_HELD,       /* gaps beyond the policy: a proctor lets it go on */
  JK_PAGE_ARRIVED,    /* came from another PC: goes on with the candidate's click */
  JK_PAGE_HANDED_IN,  /* 回执, until the proctor has confirmed it */
  JK_PAGE_COLLECTED,  /* 已收卷: idle, until somebody else logs in */
  JK_PAGE_MOVED,      /* goes on at another PC */
  JK_PAGE_ENDED,      /* the session has ended on this PC, and nobody sat here to the end */
  JK_N_PAGES,
} JkPage;

typedef struct {
  JkStage stage;
  JkState state;      /* of the sitting that is shown; NONE: there is none */
  gboolean has_seat;  /* a session is loaded */
  gboolean has_entry; /* that candidate logged in since this program was started: only then are
                         the keys here with which a paper is opened */
  gboolean is_held, is_waiting; /* as the sitting says */
  gboolean is_dismissed;        /* a collected candidate has left: the next may log in */
} JkPageFacts;

/* The page of these facts; every combination has one. */
JkPage jk_page_choose (const JkPageFacts *facts);

/* "log-in", "answering" ...: for logs, tests and style classes; lent. */
const char *jk_page_get_name (JkPage page);
