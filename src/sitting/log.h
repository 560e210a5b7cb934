/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log.h: the station log: what happened to one session of one hall on this PC, as durable
 * rows (design.md section 5).
 *
 * L1  After TRUE the row, and what it brings along, is on disk. After FALSE of the disk it is kept,
 *     and goes into a new file as soon as there can be one (J3); until then the log takes nothing.
 * L2  Rows are closed and chained as those of a journal (journal.h), and heads signed by the
 *     station.
 * L3  The roster key lies in it from opened to ended and goes in the commit that ends.
 * L4  No number of a person is ever in it, only keyed hashes.
 *
 * The file is STATION/SHORTNAME-HALL/station.jklog. Only seat*.c calls this. Not thread-safe. */
#pragma once

#include "session/entry.h"
#include "sitting/log-replay.h"
#include "sitting/sitting.h"

#define JK_LOG_NAME "station.jklog"

typedef struct _JkLog JkLog;

/* Opens the log, and makes it, with its row LOADED, when there is none. place is borrowed. Errors:
 * FOREIGN (other PC, session or program version), CHAIN, STORE, JK_BASE_ERROR_STORAGE. */
JkLog *jk_log_open (const JkSittingPlace *place, GError **error);
void jk_log_free (JkLog *self);
const JkLogReplay *jk_log_get_replay (const JkLog *self);

/* Each writes a row and waits until it is on disk. Errors of all: STORE, and those of
 * jk_log_replay_take. */
gboolean jk_log_add_opened (JkLog *self,
                            JkLogOpening how,
                            const JkEntryVerdict *seen,
                            gint64 start_ms,
                            const JkSecret *roster_key,
                            GError **error);
gboolean jk_log_add_failed (JkLog *self, const JkDigest *tally, GError **error);

/* tally is NULL for one let in by an order. */
gboolean jk_log_add_logged_in (JkLog *self,
                               const JkDigest *tally,
                               guint32 record,
                               JkLogEntrance how,
                               const guint8 *order_id,
                               GError **error);

/* Keeps the order's bytes beside the row. END drops the roster key. */
gboolean jk_log_add_obeyed (JkLog *self, const JkOrder *order, JkLogObeyed how, GError **error);

/* order is NULL when the bytes are not those of an order; digest is theirs then. counts: the id is
 * used up. Keeps the bytes of a genuine order. */
gboolean jk_log_add_refused (JkLog *self,
                             const JkOrder *order,
                             const JkDigest *digest,
                             JkLogReason reason,
                             gboolean counts,
                             GError **error);

/* number: of refusals so far that have no row of their own, more than the row before says. */
gboolean jk_log_add_unlisted (JkLog *self, guint32 number, GError **error);
gboolean jk_log_add_passcode (JkLog *self, JkRoleName role, JkLogPasscode how, GError **error);
gboolean jk_log_add_clock (JkLog *self, gint64 before_ms, gint64 after_ms, GError **error);
gboolean jk_log_add_amended (JkLog *self, guint32 number, const JkDigest *digest, GError **error);
gboolean jk_log_add_store (JkLog *self, JkLogStore what, guint32 record, GError **error);
gboolean jk_log_add_copied (JkLog *self,
                            guint32 record,
                            guint32 seal_number,
                            const JkDigest *digest,
                            GError **error);
gboolean
jk_log_add_wiped (JkLog *self, const guint8 order_id[static JK_ORDER_ID_BYTES], GError **error);

/* Signs the chain as it stands; nothing is urgent then, so it asks for a checkpoint too. */
gboolean jk_log_add_head (JkLog *self, GError **error);

/* While hasty, rows are posted and not waited for: TRUE says that the row comes to the disk as soon
 * as that can, after those before it. For what no promise hangs on, where nobody may wait. */
void jk_log_set_hasty (JkLog *self, gboolean is_hasty);

/* The bytes of an order that stands here, by its id. The caller unrefs. Errors: CHAIN, STORE. */
GBytes *jk_log_read_order (JkLog *self, const guint8 id[static JK_ORDER_ID_BYTES], GError **error);

/* The roster key. Errors: STATE (not kept: not open yet, or ended), CHAIN, STORE. */
JkSecret *jk_log_read_roster_key (JkLog *self, GError **error);

/* Called with each row in order. Not on the caller's thread, which waits. Errors: CHAIN, STORE. */
typedef void (*JkLogRowFunc) (const JkLogRow *row, gpointer user_data);
gboolean jk_log_each_row (JkLog *self, JkLogRowFunc func, gpointer user_data, GError **error);

/* How often a copy took the place of a file whose commit failed. */
guint jk_log_get_n_replaced (JkLog *self);

/* Takes the log back from its second copy below PLACE/SHORTNAME-HALL, as jk_sitting_recover takes
 * sittings back, with the same errors; nobody has it open. *out_done is FALSE when there is nothing
 * to take back. */
gboolean jk_log_recover (const JkSittingPlace *place,
                         const char *second_place,
                         gboolean *out_done,
                         GError **error);

/* Its random id; lent. JK_SITTING_ID_BYTES. */
const guint8 *jk_log_get_id (const JkLog *self);

/* A second place for each row, as jk_journal_set_second gives it to those of a sitting, with the
 * same errors; what became of it, and how often something else lay there. */
gboolean jk_log_set_second (JkLog *self, const char *folder, GError **error);
JkSecondState jk_log_get_second_state (JkLog *self, char **out_sentence);
guint jk_log_get_n_aside (JkLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLog, jk_log_free)
