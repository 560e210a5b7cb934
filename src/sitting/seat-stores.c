/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-stores.c: what happens to the files under a seat becomes rows of its log. */
#include "sitting/seat-private.h"

static JkSeatStore *
store_of (JkSeat *self, guint32 record)
{
  JkSeatStore *store = g_hash_table_lookup (self->stores, GUINT_TO_POINTER (record));

  if (store == NULL) {
    store = g_new0 (JkSeatStore, 1);
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

/* A copy that is no more wanted is no copy either. */
static gboolean
note_second (JkSeat *self, guint32 record, JkSecondState second, GError **error)
{
  JkSeatStore *store = store_of (self, record);
  JkLogStore what = second == JK_SECOND_ALIVE ? JK_LOG_STORE_COPY_BACK : JK_LOG_STORE_COPY_LOST;
  gboolean is_news =
      second != store->second && (second != JK_SECOND_NONE || store->second == JK_SECOND_ALIVE);

  if (is_news && !jk_log_add_store (self->log, what, record, error))
    return FALSE;
  store->second = second;
  return TRUE;
}

static gboolean
note_sitting (JkSeat *self, JkSitting *sitting, GError **error)
{
  JkJournal *journal = jk_sitting_get_journal (sitting);
  guint32 record = jk_sitting_get_person (sitting)->index;
  JkSeatStore *store = store_of (self, record);
  gboolean is_full = jk_journal_get_store_state (journal) != JK_STORE_OK;

  if (is_full != store->is_full) {
    JkLogStore what = is_full ? JK_LOG_STORE_FULL : JK_LOG_STORE_ROOM;
    if (!jk_log_add_store (self->log, what, record, error))
      return FALSE;
    store->is_full = is_full;
  }
  return note_second (self, record, jk_journal_get_second_state (journal, NULL), error) &&
         note_replaced (self, record, jk_journal_get_n_replaced (journal), error);
}

gboolean
jk_seat_note_stores (JkSeat *self, GError **error)
{
  if (!note_replaced (self, JK_ORDER_EVERY, jk_log_get_n_replaced (self->log), error))
    return FALSE;
  for (guint i = 0; i < jk_seat_get_n_sittings (self); i++) {
    if (!note_sitting (self, jk_seat_get_sitting (self, i), error))
      return FALSE;
  }
  return TRUE;
}
