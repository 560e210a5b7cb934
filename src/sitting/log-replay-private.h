/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-replay-private.h: what the files of JkLogReplay share. For log-replay*.c only. */
#pragma once

#include "base/limits.h"
#include "sitting/log-replay.h"

#include <string.h>

typedef enum {
  REFUSED_BEFORE = 1,
  OBEYED_BEFORE = 2,
} JkLogFate;

typedef struct {
  guint n_failed;
  guint64 boot_ms; /* of the last one */
  guint8 boot_id[JK_BOOT_ID_BYTES];
} JkLogTally;

typedef struct {
  guint8 id[JK_ORDER_ID_BYTES];
  guint32 act, record;
} JkLogOrder;

typedef struct {
  gboolean is_absent;
} JkLogNote;

typedef struct {
  guint64 last;
  guint n_seen;
} JkLogDevice;

struct _JkLogReplay {
  /* Plain */
  JkLogRow last;
  guint64 n_rows, n_after_head;
  JkDigest link, session;
  guint8 station[JK_PUBLIC_BYTES];
  JkStage stage;
  guint n_obeyed, n_refused, n_idle; /* idle: refused, with the id not used up */
  guint32 amendment, revoked_roles, named_roles, n_unlisted;
  gboolean has_roster_key, is_wiped, is_red, is_red_allowed, is_outside_allowed;
  gboolean is_wiping;
  guint8 names[JK_ROLES + 1][JK_ORDER_ID_BYTES];
  guint8 wipe[JK_ORDER_ID_BYTES];
  JkDigest amendments[JK_AMENDMENTS_MAX]; /* of the files, number 1 first */
  JkLogTally passcodes[JK_ROLES_MAX + 1]; /* wrong ones in a row, by role */

  /* Owned; keys are GBytes, but for the records */
  GHashTable *ids;      /* to JkLogFate */
  GHashTable *refusals; /* digest and reason */
  GHashTable *tallies;  /* to JkLogTally */
  GHashTable *consoles;
  GHashTable *devices; /* to JkLogDevice */
  GArray *orders;      /* of JkLogOrder: those that a sitting takes over when it begins */
  GHashTable *notes;   /* record to JkLogNote */
  GHashTable *sent;    /* record to the seal number of its result that was copied last */
  GHashTable *copies;  /* set of records, JK_ORDER_EVERY for the log: stores with a second copy */
};

/* The value of these bytes; NULL when there is none. */
gpointer jk_log_find (GHashTable *table, gconstpointer key, gsize size);

/* What a refusal is told from others by. */
void
jk_log_put_refusal (guint8 out[static JK_DIGEST_BYTES + 1], const JkDigest *digest, guint32 reason);
