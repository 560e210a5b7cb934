/* SPDX-License-Identifier: Apache-2.0 */
/* desk/checks.h: the check of a PC before an exam (环境检测), a list of lights without a window.
 *
 * A light stops nothing by itself: what the seat refuses, it refuses whether anybody looked or not.
 * Looking begins the proof of a restart where there is none (sitting/boot-marker.h), and lets the
 * log of a session that is not open yet know of the disk what was found; it changes nothing else.
 */
#pragma once

#include "desk/desk.h"

typedef enum {
  JK_LIGHT_GREEN,
  JK_LIGHT_AMBER, /* look at it; an exam can be held */
  JK_LIGHT_RED,   /* an exam here will fail or wants two proctors, unless somebody does something */
  JK_N_LIGHTS,
} JkLight;

/* In the order of the list. */
typedef enum {
  JK_CHECK_SESSION,   /* which one is shown, and what else is here */
  JK_CHECK_BANK,      /* of that session: here, the right one, whole */
  JK_CHECK_CLOCK,     /* against the session's start, window and zone */
  JK_CHECK_DISK_KIND, /* under the stores: whether it keeps what it is given */
  JK_CHECK_DISK_ROOM, /* for what the session needs; not where the disk cannot be written */
  JK_CHECK_RESTART,   /* whether it outlived one; likewise */
  JK_CHECK_SECOND,    /* the second place of each commit */
  JK_CHECK_VERSION,   /* of this program, and of the files that wait in the inbox */
  JK_CHECK_MEMORY,
  JK_CHECK_SWAP, /* what is swapped out may hold questions and answers, and stays on the disk */
  JK_CHECK_BATTERY,
  JK_CHECK_DISPLAY, /* these two where a window says what it has */
  JK_CHECK_FONTS,
  JK_N_CHECKS,
} JkCheckKind;

typedef struct {
  /* Owned */
  char *found;    /* short, the same in every language: names, numbers, units; may be "" */
  char *sentence; /* what was found, what was expected and what to do; NULL when it is green */
  /* Plain */
  JkCheckKind kind;
  JkLight light;
} JkCheck;

/* What only a window knows. */
typedef struct {
  int width, height; /* of the monitor, as GDK gives it: application pixels */
  guint scale;       /* of them to those of the device */
  gboolean has_chinese_font;
} JkScreenFacts;

/* Looks at everything, of the session that is shown. screen is copied; NULL: there is no window. On
 * a worker, some 0.1 s and what it takes to hash the bank. Errors: BUSY. */
void jk_desk_check_async (JkDesk *self,
                          const JkScreenFacts *screen,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* The list: of JkCheck, each kind at most once, ascending. The caller unrefs; NULL on error. */
GPtrArray *jk_desk_check_finish (JkDesk *self, GAsyncResult *result, GError **error);
void jk_check_free (JkCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkCheck, jk_check_free)
