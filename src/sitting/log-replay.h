/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-replay.h: what a station log says: state is what replaying its rows gives. Pure: no
 * clock, no disk, no keys. */
#pragma once

#include "crypto/chain.h"
#include "plan/policy.h"
#include "sitting/log-row.h"

typedef struct _JkLogReplay JkLogReplay;

/* first is link 0. */
JkLogReplay *jk_log_replay_new (const JkDigest *first);
void jk_log_replay_free (JkLogReplay *self);

/* Takes the next row in plaintext. Errors: CHAIN (form, sequence, a head of another chain), STATE
 * (an event that has no place now, an id that was obeyed before); the message names the row, and a
 * refused row leaves no trace. */
gboolean jk_log_replay_take (JkLogReplay *self, const guint8 *row, gsize size, GError **error);

guint64 jk_log_replay_get_n_rows (const JkLogReplay *self);
const JkDigest *jk_log_replay_get_link (const JkLogReplay *self);    /* after the last row */
guint64 jk_log_replay_get_n_after_head (const JkLogReplay *self);    /* rows since the last head */
const JkLogRow *jk_log_replay_get_last (const JkLogReplay *self);    /* NULL before the first */
const guint8 *jk_log_replay_get_station (const JkLogReplay *self);   /* its key, as loaded */
const JkDigest *jk_log_replay_get_session (const JkLogReplay *self); /* as loaded */

JkStage jk_log_replay_get_stage (const JkLogReplay *self);
gboolean jk_log_replay_has_roster_key (const JkLogReplay *self); /* the store keeps it */
gboolean jk_log_replay_is_wiped (const JkLogReplay *self);
gboolean jk_log_replay_is_red (const JkLogReplay *self); /* the disk was found so last */

/* Whether each commit of a sitting, or (JK_ORDER_EVERY) of this log itself, goes to a second place,
 * as far as the rows say. */
gboolean jk_log_replay_has_copy (const JkLogReplay *self, guint32 record);

/* Whether the result of this seal number was copied to a stick or folder, and none after it. */
gboolean jk_log_replay_is_copied (const JkLogReplay *self, guint32 record, guint32 seal_number);
gboolean jk_log_replay_is_red_allowed (const JkLogReplay *self); /* by two proctors */
gboolean jk_log_replay_is_outside_allowed (const JkLogReplay *self);
guint32 jk_log_replay_get_amendment (const JkLogReplay *self); /* the last one in force; 0: none */

/* The outer digest of the file of an amendment in force, number from 1. Lent. */
const JkDigest *jk_log_replay_get_amendment_digest (const JkLogReplay *self, guint32 number);

/* Whether an order of this id was obeyed, or refused though it was genuine. One that was not signed
 * by whom it names uses up no id, or a forgery could keep the genuine order out. */
gboolean jk_log_replay_is_known (const JkLogReplay *self,
                                 const guint8 id[static JK_ORDER_ID_BYTES]);
gboolean jk_log_replay_is_obeyed (const JkLogReplay *self,
                                  const guint8 id[static JK_ORDER_ID_BYTES]);
guint jk_log_replay_get_n_obeyed (const JkLogReplay *self);
guint jk_log_replay_get_n_refused (const JkLogReplay *self); /* rows */

/* Whether one more refusal that uses up no id may have a row: JK_LOG_REFUSALS_MAX do. */
gboolean jk_log_replay_may_list (const JkLogReplay *self);

/* How many refusals had no row of their own, as the last row that counts them says. */
guint32 jk_log_replay_get_n_unlisted (const JkLogReplay *self);

/* Whether this refusal stands here already: what lies on a stick is offered again and again. */
gboolean
jk_log_replay_is_refused (const JkLogReplay *self, const JkDigest *digest, JkLogReason reason);

/* Roles. Sets of JK_BIT (JkRoleName). */
guint32 jk_log_replay_get_revoked_roles (const JkLogReplay *self);
guint32 jk_log_replay_get_named_roles (const JkLogReplay *self);

/* The order that names who has the envelope of a role, the last one; NULL when none does. */
const guint8 *jk_log_replay_get_name_order (const JkLogReplay *self, JkRoleName role);
gboolean jk_log_replay_is_console (const JkLogReplay *self,
                                   const guint8 key[static JK_PUBLIC_BYTES]);

/* Records. */
gboolean jk_log_replay_is_absent (const JkLogReplay *self, guint32 record);
gboolean jk_log_replay_is_taken (const JkLogReplay *self, guint32 record); /* by a walk-in */

/* The orders that were obeyed for a record, or for every one, whether or not it had a sitting then:
 * LATE, WALK_IN, WRONG_ID, INCIDENT, VIOLATION, in the order in which they came. The n-th (0
 * first) id, JK_ORDER_ID_BYTES, lent; NULL when there are no more. */
const guint8 *
jk_log_replay_get_order_for (const JkLogReplay *self, guint n, guint32 record, JkAct *out_act);

/* The n-th of all of these, whomever it is for. */
const guint8 *jk_log_replay_get_order (const JkLogReplay *self, guint n);

/* The last of these of one act and for this record alone; NULL when there is none. */
const guint8 *jk_log_replay_find_order (const JkLogReplay *self, JkAct act, guint32 record);

/* The order to wipe that was obeyed and is not carried out yet; NULL when there is none. */
const guint8 *jk_log_replay_get_wipe_order (const JkLogReplay *self);

/* Failed log-ins since the last good one or the last unlocking, and how long the next must wait.
 * Time counts on within a boot; after a restart, whose length nobody knows, the wait begins again
 * with the boot. */
guint jk_log_replay_get_n_failed (const JkLogReplay *self, const JkDigest *tally);
guint64 jk_log_replay_get_wait_ms (const JkLogReplay *self,
                                   const JkPolicy *policy,
                                   const JkDigest *tally,
                                   const guint8 boot_id[static JK_BOOT_ID_BYTES],
                                   guint64 boot_ms);

/* The same for the passcodes of roles: wrong ones since the last right one, or the last unlocking
 * of every candidate; role is 1 to JK_ROLES_MAX. */
guint jk_log_replay_get_n_wrong (const JkLogReplay *self, JkRoleName role);
guint64 jk_log_replay_get_passcode_wait_ms (const JkLogReplay *self,
                                            const JkPolicy *policy,
                                            JkRoleName role,
                                            const guint8 boot_id[static JK_BOOT_ID_BYTES],
                                            guint64 boot_ms);

/* The highest number that a device gave an order that was here; 0: none was. */
guint64 jk_log_replay_get_last_counter (const JkLogReplay *self,
                                        const guint8 device[static JK_PUBLIC_BYTES]);

/* How many orders of a device have not been here though a later one has. Shown, never refused:
 * stations take orders in any order, and those for other PCs never come here. */
guint64 jk_log_replay_count_missing (const JkLogReplay *self,
                                     const guint8 device[static JK_PUBLIC_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLogReplay, jk_log_replay_free)
