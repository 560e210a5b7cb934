/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life.h: one candidate's sitting from the keys of the PC to the sealed result, undone and
 * sealed again, on a disk of torture/disk.h, and what it was told meanwhile. */
#pragma once

#include "disk.h"
#include "life-orders.h"
#include "result/result.h"
#include "support/exam.h"

#define JK_LIFE_PCS 2 /* the first one, and the one that a sitting may be moved to */

/* How far a sitting is on its way to the second PC. */
typedef enum {
  JK_LIFE_AT_HOME,
  JK_LIFE_GONE,     /* the first PC obeyed, and gave the capsule */
  JK_LIFE_ARRIVING, /* to the second PC, which has its keys */
  JK_LIFE_ARRIVED,  /* and waits for the candidate's click */
  JK_LIFE_CLICKING, /* the click is on its way */
  JK_LIFE_SETTLED,
} JkLifeMove;

/* What the candidate, and everybody else, had been told at one moment of the sitting. */
typedef struct {
  gboolean has_station[JK_LIFE_PCS]; /* the keys of the PC were made */
  gboolean has_begun;                /* begin, or resume, came back */
  gboolean has_started;
  guint64 n_rows;   /* acknowledged */
  guint64 saved_ms; /* exam time of the last row that was acknowledged */
  guint64 seen_ms;  /* exam time on the screen */
  gint64 wall_ms;
  guint16 saved[JK_TEST_EXAM_PAPER_ITEMS]; /* answers acknowledged */
  guint16 flags;                           /* acknowledged, a bit to a question */
  guint position, mask; /* of the answer under way; position JK_LIFE_NONE: none is */
  guint flag_position;  /* of the flag under way */
  guint epoch;          /* orders acknowledged: the first so many of life-orders.h */
  guint order;          /* the one under way; JK_LIFE_NONE: none is */
  JkLifeMove move;
  GBytes *results[JK_LIFE_SEALS]; /* sealed and acknowledged; NULL before. Borrowed from the life */
} JkTold;

#define JK_LIFE_NONE G_MAXUINT

typedef struct {
  guint n_answers; /* at a time: each time that the candidate sits down */
  guint n_seconds; /* that pass after each six */
  guint n_kills;   /* so often the program is killed, and resumes */
} JkLifePlan;

typedef struct _JkLife JkLife;

/* A life of the first candidate of exam on disk, who is given these orders. All are lent. */
JkLife *jk_life_new (const JkTestExam *exam, const JkLifeOrders *orders, JkTestDisk *disk);
void jk_life_free (JkLife *self);

/* Each commit goes to the second place JK_LIFE_SECOND too, from the next time that the candidate
 * sits down. */
#define JK_LIFE_SECOND "/stick"
void jk_life_use_second (JkLife *self);

/* On another disk whose first part forgot: what is in JK_LIFE_SECOND alone holds all that told
 * says, for who has the key of a role; then what the first part lacks is taken back from there.
 * Returns what is wrong in words, or NULL; has_keys: the first part still has the keys of the PC.
 * The caller frees. */
char *
jk_life_judge_second (const JkLife *self, const JkTold *told, JkTestDisk *disk, gboolean has_keys);

/* Lives as planned, up to the sealed result, closes, opens it once more. Ends at the first error;
 * what was told remains. */
gboolean jk_life_live (JkLife *self, const JkLifePlan *plan, GError **error);

/* The same after an error and a restart of the program: goes on, or begins where nothing was begun.
 */
gboolean jk_life_go_on (JkLife *self, const JkLifePlan *plan, GError **error);

/* All that was told, in order: jk_test_disk_mark was called with the index of each. */
guint jk_life_get_n_told (const JkLife *self);
const JkTold *jk_life_get_told (const JkLife *self, guint n);

/* The last of it. */
const JkTold *jk_life_get_last (const JkLife *self);

/* Whether told is of a life that moves, before anybody was ordered to: like any other life. */
gboolean jk_life_is_old_story (const JkLife *self, const JkTold *told);

/* All rows as they were written, u32 size and row; NULL before the end. Lent. */
GBytes *jk_life_get_rows (const JkLife *self);

/* On another disk, maybe hours later: whether all that told says is there, and the sitting can go
 * on. Returns what is wrong in words, or NULL. thorough: also goes on and looks again. The caller
 * frees. */
char *jk_life_judge (const JkLife *self, const JkTold *told, JkTestDisk *disk, gboolean thorough);

/* On another disk with a sitting, which fails as it may: the candidate logs in as if there was
 * none. TRUE when that was refused. */
gboolean jk_life_is_begun_once (const JkLife *self, JkTestDisk *disk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLife, jk_life_free)
