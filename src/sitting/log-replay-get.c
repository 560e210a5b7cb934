/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-replay-get.c: what is asked of a replayed station log. */
#include "sitting/log-replay-private.h"

#include <string.h>

#define MS_PER_S 1000

gpointer
jk_log_find (GHashTable *table, gconstpointer key, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (key, size);
  return g_hash_table_lookup (table, bytes);
}

void
jk_log_put_refusal (guint8 out[static JK_DIGEST_BYTES + 1], const JkDigest *digest, guint32 reason)
{
  memcpy (out, digest->bytes, JK_DIGEST_BYTES);
  out[JK_DIGEST_BYTES] = (guint8) reason;
}

guint64
jk_log_replay_get_n_rows (const JkLogReplay *self)
{
  return self->n_rows;
}

const JkDigest *
jk_log_replay_get_link (const JkLogReplay *self)
{
  return &self->link;
}

guint64
jk_log_replay_get_n_after_head (const JkLogReplay *self)
{
  return self->n_after_head;
}

const JkLogRow *
jk_log_replay_get_last (const JkLogReplay *self)
{
  return self->n_rows > 0 ? &self->last : NULL;
}

const guint8 *
jk_log_replay_get_station (const JkLogReplay *self)
{
  return self->station;
}

const JkDigest *
jk_log_replay_get_session (const JkLogReplay *self)
{
  return &self->session;
}

JkStage
jk_log_replay_get_stage (const JkLogReplay *self)
{
  return self->stage;
}

gboolean
jk_log_replay_has_roster_key (const JkLogReplay *self)
{
  return self->has_roster_key;
}

gboolean
jk_log_replay_is_wiped (const JkLogReplay *self)
{
  return self->is_wiped;
}

gboolean
jk_log_replay_is_red (const JkLogReplay *self)
{
  return self->is_red;
}

gboolean
jk_log_replay_has_copy (const JkLogReplay *self, guint32 record)
{
  return g_hash_table_contains (self->copies, GUINT_TO_POINTER (record));
}

gboolean
jk_log_replay_is_copied (const JkLogReplay *self, guint32 record, guint32 seal_number)
{
  gpointer sent = g_hash_table_lookup (self->sent, GUINT_TO_POINTER (record));
  return sent != NULL && GPOINTER_TO_UINT (sent) == seal_number;
}

gboolean
jk_log_replay_is_red_allowed (const JkLogReplay *self)
{
  return self->is_red_allowed;
}

gboolean
jk_log_replay_is_outside_allowed (const JkLogReplay *self)
{
  return self->is_outside_allowed;
}

guint32
jk_log_replay_get_amendment (const JkLogReplay *self)
{
  return self->amendment;
}

const JkDigest *
jk_log_replay_get_amendment_digest (const JkLogReplay *self, guint32 number)
{
  g_return_val_if_fail (number >= 1 && number <= self->amendment, NULL);
  return &self->amendments[number - 1];
}

gboolean
jk_log_replay_is_known (const JkLogReplay *self, const guint8 id[static JK_ORDER_ID_BYTES])
{
  return jk_log_find (self->ids, id, JK_ORDER_ID_BYTES) != NULL;
}

gboolean
jk_log_replay_is_obeyed (const JkLogReplay *self, const guint8 id[static JK_ORDER_ID_BYTES])
{
  return GPOINTER_TO_UINT (jk_log_find (self->ids, id, JK_ORDER_ID_BYTES)) == OBEYED_BEFORE;
}

guint
jk_log_replay_get_n_obeyed (const JkLogReplay *self)
{
  return self->n_obeyed;
}

guint
jk_log_replay_get_n_refused (const JkLogReplay *self)
{
  return self->n_refused;
}

gboolean
jk_log_replay_may_list (const JkLogReplay *self)
{
  return self->n_idle < JK_LOG_REFUSALS_MAX;
}

guint32
jk_log_replay_get_n_unlisted (const JkLogReplay *self)
{
  return self->n_unlisted;
}

gboolean
jk_log_replay_is_refused (const JkLogReplay *self, const JkDigest *digest, JkLogReason reason)
{
  guint8 refusal[JK_DIGEST_BYTES + 1];

  jk_log_put_refusal (refusal, digest, reason);
  g_autoptr (GBytes) key = g_bytes_new_static (refusal, sizeof refusal);
  return g_hash_table_contains (self->refusals, key);
}

guint32
jk_log_replay_get_revoked_roles (const JkLogReplay *self)
{
  return self->revoked_roles;
}

guint32
jk_log_replay_get_named_roles (const JkLogReplay *self)
{
  return self->named_roles;
}

const guint8 *
jk_log_replay_get_name_order (const JkLogReplay *self, JkRoleName role)
{
  g_return_val_if_fail (role >= JK_ROLE_CHIEF && role <= JK_ROLES, NULL);
  return (self->named_roles & JK_BIT (role)) != 0 ? self->names[role] : NULL;
}

gboolean
jk_log_replay_is_console (const JkLogReplay *self, const guint8 key[static JK_PUBLIC_BYTES])
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (key, JK_PUBLIC_BYTES);
  return g_hash_table_contains (self->consoles, bytes);
}

gboolean
jk_log_replay_is_absent (const JkLogReplay *self, guint32 record)
{
  const JkLogNote *note = g_hash_table_lookup (self->notes, GUINT_TO_POINTER (record));
  return note != NULL && note->is_absent;
}

const guint8 *
jk_log_replay_get_order_for (const JkLogReplay *self, guint n, guint32 record, JkAct *out_act)
{
  for (guint i = 0; i < self->orders->len; i++) {
    const JkLogOrder *order = &g_array_index (self->orders, JkLogOrder, i);
    if (order->record != record && order->record != JK_ORDER_EVERY)
      continue;
    if (n-- > 0)
      continue;
    if (out_act != NULL)
      *out_act = order->act;
    return order->id;
  }
  return NULL;
}

const guint8 *
jk_log_replay_get_order (const JkLogReplay *self, guint n)
{
  return n < self->orders->len ? g_array_index (self->orders, JkLogOrder, n).id : NULL;
}

const guint8 *
jk_log_replay_find_order (const JkLogReplay *self, JkAct act, guint32 record)
{
  const guint8 *found = NULL;

  for (guint i = 0; i < self->orders->len; i++) {
    const JkLogOrder *order = &g_array_index (self->orders, JkLogOrder, i);
    if (order->act == act && order->record == record)
      found = order->id;
  }
  return found;
}

gboolean
jk_log_replay_is_taken (const JkLogReplay *self, guint32 record)
{
  return jk_log_replay_find_order (self, JK_ACT_WALK_IN, record) != NULL;
}

const guint8 *
jk_log_replay_get_wipe_order (const JkLogReplay *self)
{
  return self->is_wiping ? self->wipe : NULL;
}

guint
jk_log_replay_get_n_failed (const JkLogReplay *self, const JkDigest *tally)
{
  const JkLogTally *found = jk_log_find (self->tallies, tally, sizeof *tally);
  return found != NULL ? found->n_failed : 0;
}

guint
jk_log_replay_get_n_wrong (const JkLogReplay *self, JkRoleName role)
{
  g_return_val_if_fail (role >= 1 && role <= JK_ROLES_MAX, 0);
  return self->passcodes[role].n_failed;
}

static guint64
measure_wait_ms (const JkLogTally *found,
                 const JkPolicy *policy,
                 const guint8 boot_id[static JK_BOOT_ID_BYTES],
                 guint64 boot_ms)
{
  guint64 wait_s = policy->login_wait_s, max_s = policy->login_wait_max_s;

  if (found == NULL || found->n_failed < policy->login_tries)
    return 0;
  for (guint n = policy->login_tries; n < found->n_failed && wait_s < max_s; n++)
    wait_s *= 2;
  guint64 wait_ms = MIN (wait_s, max_s) * MS_PER_S;
  gboolean same_boot = memcmp (found->boot_id, boot_id, JK_BOOT_ID_BYTES) == 0;
  guint64 since_ms = same_boot ? found->boot_ms : 0;
  guint64 passed_ms = boot_ms > since_ms ? boot_ms - since_ms : 0;
  return passed_ms < wait_ms ? wait_ms - passed_ms : 0;
}

guint64
jk_log_replay_get_wait_ms (const JkLogReplay *self,
                           const JkPolicy *policy,
                           const JkDigest *tally,
                           const guint8 boot_id[static JK_BOOT_ID_BYTES],
                           guint64 boot_ms)
{
  const JkLogTally *found = jk_log_find (self->tallies, tally, sizeof *tally);
  return measure_wait_ms (found, policy, boot_id, boot_ms);
}

guint64
jk_log_replay_get_passcode_wait_ms (const JkLogReplay *self,
                                    const JkPolicy *policy,
                                    JkRoleName role,
                                    const guint8 boot_id[static JK_BOOT_ID_BYTES],
                                    guint64 boot_ms)
{
  g_return_val_if_fail (role >= 1 && role <= JK_ROLES_MAX, 0);
  return measure_wait_ms (&self->passcodes[role], policy, boot_id, boot_ms);
}

guint64
jk_log_replay_count_missing (const JkLogReplay *self, const guint8 device[static JK_PUBLIC_BYTES])
{
  const JkLogDevice *found = jk_log_find (self->devices, device, JK_PUBLIC_BYTES);
  return found != NULL && found->last > found->n_seen ? found->last - found->n_seen : 0;
}

guint64
jk_log_replay_get_last_counter (const JkLogReplay *self,
                                const guint8 device[static JK_PUBLIC_BYTES])
{
  const JkLogDevice *found = jk_log_find (self->devices, device, JK_PUBLIC_BYTES);
  return found != NULL ? found->last : 0;
}
