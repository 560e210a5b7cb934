/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/replay.h: what a journal says: state is what replaying its rows gives; no second truth.
 *
 * Used when a sitting resumes, and by the centre before marking. Pure. */
#pragma once

#include "crypto/chain.h"
#include "paper/answers.h"
#include "sitting/ledger.h"

typedef struct _JkReplay JkReplay;

/* An order that the sitting obeyed: in one of its rows, or (ARRIVED after RETIRE) by going on
 * elsewhere. */
typedef struct {
  guint64 sequence; /* of the row */
  JkEvent event;
  guint64 exam_ms;   /* of the row */
  guint64 own_ms;    /* when it came: jk_ledger_get_own_limit_ms */
  JkOrdered ordered; /* amount 0 for HANDED_IN; for ARRIVED jk_replay_get_age_ms of its row */
} JkObeyed;

/* first is link 0. */
JkReplay *jk_replay_new (const JkDigest *first);
void jk_replay_free (JkReplay *self);

/* Takes the next row in plaintext: sequence without a hole, legal in the state table, exam time not
 * going back, payload in range (positions below the paper's items once started), head commitments
 * as the chain gives them, no order twice, no answer at or after the limit of the ledger. Errors:
 * CHAIN, STATE, ARGUMENT; the message names the row. */
gboolean jk_replay_take (JkReplay *self, const guint8 *row, gsize size, GError **error);

JkState jk_replay_get_state (const JkReplay *self);
guint64 jk_replay_get_n_rows (const JkReplay *self);
guint64 jk_replay_get_exam_ms (const JkReplay *self); /* of the last row */
gint64 jk_replay_get_wall_ms (const JkReplay *self);

/* How far this wall time is from the last row's, in either direction; at most JK_GAP_MS_MAX. */
guint64 jk_replay_get_age_ms (const JkReplay *self, gint64 wall_ms);
const guint8 *jk_replay_get_boot_id (const JkReplay *self);
const JkDigest *jk_replay_get_link (const JkReplay *self);           /* after the last row */
const JkIdentified *jk_replay_get_identified (const JkReplay *self); /* NULL before it */
const JkStarted *jk_replay_get_started (const JkReplay *self);       /* NULL before it */
const JkHandedIn *jk_replay_get_handed_in (const JkReplay *self); /* the last one; NULL before it */

/* The link after the last HANDED_IN row; NULL before it. */
const JkDigest *jk_replay_get_handed_in_link (const JkReplay *self);

/* What time the candidate has. */
const JkLedger *jk_replay_get_ledger (const JkReplay *self);
guint64 jk_replay_get_extended_ms (const JkReplay *self);
guint64 jk_replay_get_gaps_ms (const JkReplay *self);        /* while running, together */
guint64 jk_replay_get_longest_gap_ms (const JkReplay *self); /* of these the longest */
guint32 jk_replay_get_restarts (const JkReplay *self);
guint32 jk_replay_get_n_heads (const JkReplay *self);

/* The orders obeyed, in the order of their rows: their number is the epoch. No id comes twice. */
guint32 jk_replay_get_epoch (const JkReplay *self);
const JkObeyed *jk_replay_get_obeyed (const JkReplay *self, guint32 n);
gboolean jk_replay_has_obeyed (const JkReplay *self, const guint8 id[static JK_ORDER_ID_BYTES]);

/* A proctor consented to a hand-in in the last minutes, since the last one. */
gboolean jk_replay_has_consent (const JkReplay *self);

/* Arrived at another station, which has signed no head of it yet. */
gboolean jk_replay_is_waiting (const JkReplay *self);

/* The highest beacon of the console so far; 0: none. */
guint64 jk_replay_get_beacon (const JkReplay *self);

/* The signing key of the station that wrote the row of this sequence, ARRIVED being the new one's
 * first; NULL before IDENTIFIED. */
const guint8 *jk_replay_get_station (const JkReplay *self, guint64 sequence);
guint32 jk_replay_get_n_moves (const JkReplay *self); /* ARRIVED rows */

/* Mask and flag at a position; 0 and FALSE when never touched. */
guint16 jk_replay_get_answer (const JkReplay *self, guint position);
gboolean jk_replay_is_flagged (const JkReplay *self, guint position);

/* The position last visited or answered; 0 at first. */
guint jk_replay_get_position (const JkReplay *self);

/* The n-th head (0 first), to check its signature with the station's key. */
const JkHead *jk_replay_get_head (const JkReplay *self, guint32 n, guint64 *out_sequence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkReplay, jk_replay_free)
