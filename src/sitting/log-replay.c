/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-replay.c: what the rows of a station log give. Forbidden here: clock, disk, keys.
 *
 * A row is checked completely before anything of it is taken, so a refused row leaves no trace. */
#include "sitting/log-replay-private.h"

#include "sitting/error.h"

#include <string.h>

static void
unref_bytes (gpointer data)
{
  g_bytes_unref (data);
}

static GHashTable *
new_table (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_bytes_hash, g_bytes_equal, unref_bytes, free_value);
}

static void
put (GHashTable *table, gconstpointer key, gsize size, gpointer value)
{
  g_hash_table_insert (table, g_bytes_new (key, size), value);
}

JkLogReplay *
jk_log_replay_new (const JkDigest *first)
{
  JkLogReplay *self = g_new0 (JkLogReplay, 1);

  self->link = *first;
  self->ids = new_table (NULL);
  self->refusals = new_table (NULL);
  self->tallies = new_table (g_free);
  self->consoles = new_table (NULL);
  self->devices = new_table (g_free);
  self->orders = g_array_new (FALSE, FALSE, sizeof (JkLogOrder));
  self->notes = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  self->sent = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->copies = g_hash_table_new (g_direct_hash, g_direct_equal);
  return self;
}

void
jk_log_replay_free (JkLogReplay *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->refusals);
  g_hash_table_unref (self->tallies);
  g_hash_table_unref (self->consoles);
  g_hash_table_unref (self->devices);
  g_array_unref (self->orders);
  g_hash_table_unref (self->notes);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->copies);
  g_free (self);
}

static gboolean
refuse (GError **error, JkSittingError code, guint64 sequence, const char *what)
{
  g_set_error (error,
               JK_SITTING_ERROR,
               (gint) code,
               "Row %" G_GUINT64_FORMAT " of the station log %s.",
               sequence,
               what);
  return FALSE;
}

/* Whether the event has a place in this stage. */
static gboolean
has_place (const JkLogReplay *self, const JkLogRow *row)
{
  if (self->n_rows == 0 || row->event == JK_LOG_LOADED)
    return self->n_rows == 0 && row->event == JK_LOG_LOADED;
  switch (row->event) {
  case JK_LOG_OPENED:
    return self->stage != JK_STAGE_ENDED && !self->has_roster_key;
  case JK_LOG_LOGIN_FAILED:
  case JK_LOG_LOGGED_IN:
    return self->stage == JK_STAGE_OPEN;
  case JK_LOG_OBEYED:
    return (jk_act_get_rule (row->act)->stages & JK_BIT (self->stage)) != 0;
  case JK_LOG_AMENDED:
    return row->number == self->amendment + 1 && row->number <= JK_AMENDMENTS_MAX &&
           !self->is_wiped;
  case JK_LOG_REFUSED:
    return row->number != 0 || jk_log_replay_may_list (self);
  case JK_LOG_UNLISTED:
    return row->number > self->n_unlisted;
  case JK_LOG_WIPED:
    return self->stage == JK_STAGE_ENDED && (self->is_wiping || !self->is_wiped);
  default:
    return TRUE;
  }
}

static gboolean
check_row (const JkLogReplay *self, const JkLogRow *row, GError **error)
{
  guint64 expected = self->n_rows + 1;
  JkDigest commitment;

  if (row->sequence != expected)
    return refuse (error,
                   JK_SITTING_ERROR_CHAIN,
                   expected,
                   "is not there: another stands in its place");
  if (expected > JK_LOG_ROWS_MAX)
    return refuse (error, JK_SITTING_ERROR_CHAIN, expected, "is one more than a log may have");
  if (!has_place (self, row))
    return refuse (error, JK_SITTING_ERROR_STATE, expected, "has no place there");
  if (row->event == JK_LOG_OBEYED && jk_log_replay_is_known (self, row->id))
    return refuse (error, JK_SITTING_ERROR_STATE, expected, "obeys an order a second time");
  if (row->event == JK_LOG_OBEYED && self->n_obeyed >= JK_ORDERS_MAX)
    return refuse (error, JK_SITTING_ERROR_STATE, expected, "obeys more orders than there can be");
  jk_chain_commit (&self->link, JK_LOG_HEAD_PURPOSE, &commitment);
  if (row->event == JK_LOG_HEAD && !jk_digest_equal (&commitment, &row->digest))
    return refuse (error, JK_SITTING_ERROR_CHAIN, expected, "commits to another chain");
  return TRUE;
}

static JkLogNote *
note_of (JkLogReplay *self, guint32 record)
{
  JkLogNote *note = g_hash_table_lookup (self->notes, GUINT_TO_POINTER (record));

  if (note == NULL) {
    note = g_new0 (JkLogNote, 1);
    g_hash_table_insert (self->notes, GUINT_TO_POINTER (record), note);
  }
  return note;
}

static void
take_device (JkLogReplay *self, const JkLogRow *row)
{
  JkLogDevice *device = jk_log_find (self->devices, row->key, sizeof row->key);

  if (device == NULL) {
    device = g_new0 (JkLogDevice, 1);
    put (self->devices, row->key, sizeof row->key, device);
  }
  device->n_seen++;
  device->last = MAX (device->last, row->counter);
}

static void
take_unlock (JkLogReplay *self, const JkLogRow *row)
{
  static const guint8 zeros[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GBytes) tally = g_bytes_new_static (row->subject, sizeof row->subject);

  if (memcmp (row->subject, zeros, sizeof zeros) != 0) {
    g_hash_table_remove (self->tallies, tally);
    return;
  }
  g_hash_table_remove_all (self->tallies);
  memset (self->passcodes, 0, sizeof self->passcodes);
}

static void
take_role (JkLogReplay *self, const JkLogRow *row)
{
  if (row->act == JK_ACT_REVOKE_ROLE) {
    self->revoked_roles |= JK_BIT (row->amount);
  } else if (row->amount >= 1 && row->amount <= JK_ROLES) {
    self->named_roles |= JK_BIT (row->amount);
    memcpy (self->names[row->amount], row->id, JK_ORDER_ID_BYTES);
  }
}

/* Given for a record that may have no sitting yet. */
static void
keep_order (JkLogReplay *self, const JkLogRow *row)
{
  JkLogOrder order = { .act = row->act, .record = row->record };

  memcpy (order.id, row->id, sizeof order.id);
  g_array_append_val (self->orders, order);
}

static void
take_obeyed (JkLogReplay *self, const JkLogRow *row)
{
  switch (row->act) {
  case JK_ACT_OPEN:
  case JK_ACT_OPEN_RED:
  case JK_ACT_OPEN_OUTSIDE:
    self->stage = JK_STAGE_OPEN;
    self->is_red_allowed |= row->act == JK_ACT_OPEN_RED;
    self->is_outside_allowed |= row->act == JK_ACT_OPEN_OUTSIDE;
    break;
  case JK_ACT_END:
    self->stage = JK_STAGE_ENDED;
    self->has_roster_key = FALSE;
    break;
  case JK_ACT_LATE:
  case JK_ACT_WALK_IN:
  case JK_ACT_WRONG_ID:
  case JK_ACT_INCIDENT:
  case JK_ACT_VIOLATION:
    keep_order (self, row);
    break;
  case JK_ACT_ABSENT:
  case JK_ACT_NOT_ABSENT:
    note_of (self, row->record)->is_absent = row->act == JK_ACT_ABSENT;
    break;
  case JK_ACT_WIPE:
    self->is_wiping = TRUE;
    memcpy (self->wipe, row->id, sizeof self->wipe);
    break;
  case JK_ACT_UNLOCK:
    take_unlock (self, row);
    break;
  case JK_ACT_REVOKE_ROLE:
  case JK_ACT_NAME_PERSON:
    take_role (self, row);
    break;
  case JK_ACT_NAME_CONSOLE:
    put (self->consoles, row->subject, sizeof row->subject, NULL);
    break;
  default:
    break;
  }
  self->n_obeyed++;
  put (self->ids, row->id, sizeof row->id, GUINT_TO_POINTER (OBEYED_BEFORE));
  take_device (self, row);
}

static void
take_refused (JkLogReplay *self, const JkLogRow *row)
{
  guint8 refusal[JK_DIGEST_BYTES + 1];

  jk_log_put_refusal (refusal, &row->digest, row->code);
  put (self->refusals, refusal, sizeof refusal, NULL);
  self->n_refused++;
  self->n_idle += row->number == 0 ? 1 : 0;
  if (row->number == 0 || jk_log_replay_is_known (self, row->id))
    return;
  put (self->ids, row->id, sizeof row->id, GUINT_TO_POINTER (REFUSED_BEFORE));
  take_device (self, row);
}

static void
count_failed (JkLogTally *tally, const JkLogRow *row)
{
  tally->n_failed++;
  tally->boot_ms = row->boot_ms;
  memcpy (tally->boot_id, row->boot_id, JK_BOOT_ID_BYTES);
}

static void
take_failed (JkLogReplay *self, const JkLogRow *row)
{
  JkLogTally *tally = jk_log_find (self->tallies, &row->digest, sizeof row->digest);

  if (tally == NULL) {
    tally = g_new0 (JkLogTally, 1);
    put (self->tallies, &row->digest, sizeof row->digest, tally);
  }
  count_failed (tally, row);
}

static void
take_passcode (JkLogReplay *self, const JkLogRow *row)
{
  JkLogTally *tally = &self->passcodes[row->number];

  if (row->code == JK_LOG_PASSCODE_WRONG)
    count_failed (tally, row);
  else
    *tally = (JkLogTally){ 0 };
}

static void
take_event (JkLogReplay *self, const JkLogRow *row)
{
  g_autoptr (GBytes) digest = g_bytes_new_static (&row->digest, sizeof row->digest);

  switch (row->event) {
  case JK_LOG_LOADED:
    self->session = row->digest;
    memcpy (self->station, row->key, JK_PUBLIC_BYTES);
    break;
  case JK_LOG_OPENED:
    self->stage = JK_STAGE_OPEN;
    self->has_roster_key = TRUE;
    break;
  case JK_LOG_LOGIN_FAILED:
    take_failed (self, row);
    break;
  case JK_LOG_LOGGED_IN:
    g_hash_table_remove (self->tallies, digest);
    break;
  case JK_LOG_OBEYED:
    take_obeyed (self, row);
    break;
  case JK_LOG_REFUSED:
    take_refused (self, row);
    break;
  case JK_LOG_AMENDED:
    self->amendment = row->number;
    self->amendments[row->number - 1] = row->digest;
    break;
  case JK_LOG_UNLISTED:
    self->n_unlisted = row->number;
    break;
  case JK_LOG_PASSCODE:
    take_passcode (self, row);
    break;
  case JK_LOG_STORE:
    if (row->code == JK_LOG_STORE_RED || row->code == JK_LOG_STORE_SOUND)
      self->is_red = row->code == JK_LOG_STORE_RED;
    else if (row->code == JK_LOG_STORE_COPY_BACK)
      g_hash_table_add (self->copies, GUINT_TO_POINTER (row->record));
    else if (row->code == JK_LOG_STORE_COPY_LOST)
      g_hash_table_remove (self->copies, GUINT_TO_POINTER (row->record));
    break;
  case JK_LOG_COPIED:
    g_hash_table_insert (self->sent,
                         GUINT_TO_POINTER (row->record),
                         GUINT_TO_POINTER (row->number));
    break;
  case JK_LOG_WIPED:
    self->is_wiped = TRUE;
    self->is_wiping = FALSE;
    break;
  default:
    break;
  }
}

gboolean
jk_log_replay_take (JkLogReplay *self, const guint8 *data, gsize size, GError **error)
{
  JkLogRow row;

  if (!jk_log_row_from_bytes (data, size, &row))
    return refuse (error, JK_SITTING_ERROR_CHAIN, self->n_rows + 1, "is not of the form of a row");
  if (!check_row (self, &row, error))
    return FALSE;
  jk_chain_next (&self->link, data, size, &self->link);
  take_event (self, &row);
  self->n_rows = row.sequence;
  self->n_after_head = row.event == JK_LOG_HEAD ? 0 : self->n_after_head + 1;
  self->last = row;
  return TRUE;
}
