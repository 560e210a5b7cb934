/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-stores.c: what happens to the files under a seat becomes rows of its log. */
#include "sitting/seat-private.h"

static JkSeatStore *
store_of (JkSeat *self, guint32 record)
{
  JkSeatStore *store = g_hash_table_lookup (self->stores, GUINT_TO_POINTER (record));

  if (store == NULL) {
    store = g_new0 (JkSeatStore, 1);
    /* As the log had it at the restart: whoever wrote that copy does so no more. */
    if (!self->is_open && jk_log_replay_has_copy (jk_seat_get_log (self), record))
      store->second = JK_SECOND_ALIVE;
    g_hash_table_insert (self->stores, GUINT_TO_POINTER (record), store);
  }
  return store;
}

static gboolean
note_replaced (JkSeat *self, guint32 record, guint n_replaced, GError **error)
{
  JkSeatStore *store = store_of (self, record);

  for (; store->n_replaced < n_replaced; store->n_replaced++) {
    if (!jk_log_add_store (self->log, JK_LOG_STORE_REPLACED, record, error))
      return FALSE;
  }
  return TRUE;
}

/* A copy that is no more wanted is no copy either; one that is wanted and was never there is lost.
 */
static gboolean
note_second (JkSeat *self, guint32 record, JkSecondState second, GError **error)
{
  JkSeatStore *store = store_of (self, record);

  if (second == JK_SECOND_NONE && (self->second != NULL || store->second == JK_SECOND_ALIVE))
    second = JK_SECOND_LOST;
  JkLogStore what = second == JK_SECOND_ALIVE ? JK_LOG_STORE_COPY_BACK : JK_LOG_STORE_COPY_LOST;
  gboolean is_news = second != store->second && second != JK_SECOND_NONE;
  if (is_news && !jk_log_add_store (self->log, what, record, error))
    return FALSE;
  store->second = second;
  return TRUE;
}

static gboolean
note_aside (JkSeat *self, guint32 record, guint n_aside, GError **error)
{
  JkSeatStore *store = store_of (self, record);

  for (; store->n_aside < n_aside; store->n_aside++) {
    if (!jk_log_add_store (self->log, JK_LOG_STORE_ASIDE, record, error))
      return FALSE;
  }
  return TRUE;
}

/* From one trouble to another is news too. */
static gboolean
note_state (JkSeat *self, guint32 record, JkStoreState state, GError **error)
{
  static const JkLogStore rows[] = {
    [JK_STORE_OK] = JK_LOG_STORE_ROOM,
    [JK_STORE_FULL] = JK_LOG_STORE_FULL,
    [JK_STORE_FAILED] = JK_LOG_STORE_FAILED,
  };
  JkSeatStore *store = store_of (self, record);

  if (state != store->state && !jk_log_add_store (self->log, rows[state], record, error))
    return FALSE;
  store->state = state;
  return TRUE;
}

static gboolean
note_sitting (JkSeat *self, JkSitting *sitting, GError **error)
{
  JkJournal *journal = jk_sitting_get_journal (sitting);
  guint32 record = jk_sitting_get_person (sitting)->index;

  return note_state (self, record, jk_journal_get_store_state (journal), error) &&
         note_aside (self, record, jk_journal_get_n_aside (journal), error) &&
         note_second (self, record, jk_journal_get_second_state (journal, NULL), error) &&
         note_replaced (self, record, jk_journal_get_n_replaced (journal), error);
}

static gboolean
note_log (JkSeat *self, GError **error)
{
  JkLog *log = self->log;

  return note_replaced (self, JK_ORDER_EVERY, jk_log_get_n_replaced (log), error) &&
         note_aside (self, JK_ORDER_EVERY, jk_log_get_n_aside (log), error) &&
         note_second (self, JK_ORDER_EVERY, jk_log_get_second_state (log, NULL), error);
}

gboolean
jk_seat_note_stores (JkSeat *self, GError **error)
{
  if (!note_log (self, error))
    return FALSE;
  for (guint i = 0; i < jk_seat_get_n_sittings (self); i++) {
    if (!note_sitting (self, jk_seat_get_sitting (self, i), error))
      return FALSE;
  }
  self->is_open = TRUE;
  return TRUE;
}
