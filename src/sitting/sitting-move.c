/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-move.c: a sitting leaves this PC, or goes on here (design.md section 5).
 *
 * MOVED is on disk before there is a capsule; ARRIVED is in the commit that makes the new store. */
#include "sitting/capsule.h"
#include "sitting/readers.h"
#include "sitting/journal-copy.h"
#include "sitting/sitting-private.h"

#include "base/bytes.h"

#define MS_PER_S 1000
#define MS_PER_MIN (60 * MS_PER_S)

static const guint8 nobody[JK_ORDER_SUBJECT_BYTES];

GBytes *
jk_sitting_read_move (JkSitting *self, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  char name[JK_ORDER_ENTRY_BYTES];

  if (jk_sitting_get_state (self) != JK_STATE_MOVED) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting is %s: only an order to move it lets it leave this PC.",
                 jk_state_get_name (jk_sitting_get_state (self)));
    return NULL;
  }
  const JkObeyed *last = jk_replay_get_obeyed (replay, jk_replay_get_epoch (replay) - 1);
  jk_order_entry_put_name (name, last->ordered.id);
  return jk_journal_read_side (self->journal, name, error);
}

GBytes *
jk_sitting_make_capsule (JkSitting *self, GError **error)
{
  const JkSittingPlace *place = &self->place;
  JkSealPublic target;

  g_autoptr (GBytes) bytes = jk_sitting_read_move (self, error);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse (self->path, bytes, error) : NULL;
  if (order == NULL)
    return NULL;
  const JkOrderTerms *terms = jk_order_get_terms (order);
  if (terms->act != JK_ACT_MOVE) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting was retired: it went on at another PC long before, with what was "
                 "copied off this one.");
    return NULL;
  }
  memcpy (target.bytes, terms->subject, sizeof target.bytes);
  gboolean is_named = memcmp (terms->subject, nobody, sizeof nobody) != 0;
  return jk_capsule_write (self->journal,
                           place->session,
                           is_named ? &target : NULL,
                           place->world,
                           error);
}

static gboolean refuse (const JkOrder *order, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const JkOrder *order, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_ORDER,
               "%s: the order %s.",
               jk_order_get_file (order),
               what);
  return FALSE;
}

/* Whether this is the MOVE that ended the sitting elsewhere, for this PC. */
static gboolean
check_move (const JkSittingPlace *place,
            const JkReplay *replay,
            const JkOrder *order,
            GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkSealPublic *mine = jk_station_get_seal_public (place->station);

  if (jk_replay_get_state (replay) != JK_STATE_MOVED)
    return refuse (order,
                   error,
                   "moves a sitting, but this one was copied off a PC where it still runs; a dead "
                   "PC is retired");
  const JkObeyed *last = jk_replay_get_obeyed (replay, jk_replay_get_epoch (replay) - 1);
  if (memcmp (last->ordered.id, terms->id, JK_ORDER_ID_BYTES) != 0 ||
      !jk_digest_equal (&last->ordered.digest, jk_order_get_digest (order)))
    return refuse (order, error, "is not the one that moved this sitting; bring that one");
  if (memcmp (terms->subject, nobody, sizeof nobody) != 0 &&
      memcmp (terms->subject, mine->bytes, sizeof mine->bytes) != 0)
    return refuse (order, error, "names another PC; take it there");
  return TRUE;
}

/* Whether this is a RETIRE for the PC that wrote the rows. */
static gboolean
check_retire (const JkSession *session,
              const JkReplay *replay,
              const JkOrder *order,
              GError **error)
{
  const guint8 *last = jk_replay_get_station (replay, jk_replay_get_n_rows (replay));

  for (guint n = 0; n < jk_order_get_n_signers (order); n++) {
    if (jk_session_is_role_revoked (session, jk_order_get_signer (order, n)))
      return refuse (order, error, "is signed by a role that was revoked; have another sign");
  }
  if (jk_state_next (jk_replay_get_state (replay), JK_EVENT_ARRIVED) < 0 ||
      jk_replay_get_state (replay) == JK_STATE_MOVED)
    return refuse (order, error, "retires a PC where this sitting does not run any more");
  if (!jk_order_is_for (order, last))
    return refuse (order, error, "retires another PC than the one this sitting comes from");
  return TRUE;
}

static gboolean
check_order (const JkSittingPlace *place, JkCapsule *capsule, const JkOrder *order, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  const JkReplay *replay = jk_capsule_get_replay (capsule);

  if (!jk_order_check (order, place->session, error))
    return FALSE;
  if (terms->record != jk_capsule_get_record (capsule))
    return refuse (order, error, "is for another candidate");
  if (terms->act == JK_ACT_MOVE)
    return check_move (place, replay, order, error);
  if (terms->act == JK_ACT_RETIRE)
    return check_retire (place->session, replay, order, error);
  return refuse (order, error, "lets no sitting go on at another PC");
}

/* What was on disk where the sitting comes from; and what the hall knows was used there, for it is
 * not handed back with an old copy: whoever lost work by that is credited for all to see. */
static guint64
measure_exam_ms (JkCapsule *capsule, const JkOrder *order)
{
  const JkReplay *replay = jk_capsule_get_replay (capsule);
  const JkOrderTerms *terms = jk_order_get_terms (order);
  guint64 exam_ms = jk_replay_get_exam_ms (replay);
  guint64 own_ms = jk_ledger_get_own_limit_ms (jk_replay_get_ledger (replay));

  if (jk_replay_get_state (replay) == JK_STATE_RUNNING)
    exam_ms = MAX (exam_ms, jk_capsule_get_exam_ms (capsule));
  return terms->act == JK_ACT_RETIRE ? MAX (exam_ms, MIN (terms->amount, own_ms)) : exam_ms;
}

/* An old copy lacks answers and exam time; one person alone must not choose it. The clocks of two
 * PCs may lie in either direction: what they make of it is for people to judge. By the row that
 * will say so, for the centre asks the same. */
static gboolean
check_age (const JkSittingPlace *place, JkCapsule *capsule, const JkOrder *order, GError **error)
{
  const JkReplay *replay = jk_capsule_get_replay (capsule);
  const JkObeyed *last = jk_replay_get_obeyed (replay, jk_replay_get_epoch (replay) - 1);
  guint max_s = jk_session_get_policy (place->session)->copy_age_max_s;

  if (last->event != JK_EVENT_ARRIVED || last->ordered.amount <= (guint64) max_s * MS_PER_S ||
      jk_order_get_n_signers (order) >= 2)
    return TRUE;
  return refuse (order,
                 error,
                 "goes on with a copy that is %" G_GUINT64_FORMAT
                 " min old by the clocks of both PCs, and the rules of this session let one person "
                 "alone use one of %u min; look for a newer copy, or have a second person sign",
                 last->ordered.amount / MS_PER_MIN,
                 max_s / 60);
}

/* ARRIVED as bytes. */
static GBytes *
make_arrived (const JkSittingPlace *place, JkCapsule *capsule, const JkOrder *order)
{
  const JkReplay *replay = jk_capsule_get_replay (capsule);
  const JkClock *clock = place->world->clock;
  JkArrived arrived = { .digest = *jk_order_get_digest (order) };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkRow row = {
    .sequence = jk_replay_get_n_rows (replay) + 1,
    .event = JK_EVENT_ARRIVED,
    .exam_ms = measure_exam_ms (capsule, order),
    .wall_ms = clock->wall_ms (clock),
    .payload = payload,
  };

  memcpy (arrived.station_sign, jk_station_get_sign_public (place->station), JK_PUBLIC_BYTES);
  memcpy (arrived.id, jk_order_get_terms (order)->id, JK_ORDER_ID_BYTES);
  clock->boot_id (clock, row.boot_id);
  row.payload_size = (guint32) jk_payload_put_arrived (payload, &arrived);
  return jk_row_to_bytes (&row);
}

static GBytes *
join_rows (GBytes *rows, GBytes *row)
{
  GByteArray *out = g_byte_array_new ();
  guint8 size[4];

  jk_bytes_put_u32 (size, (guint32) g_bytes_get_size (row));
  g_byte_array_append (out, g_bytes_get_data (rows, NULL), (guint) g_bytes_get_size (rows));
  g_byte_array_append (out, size, sizeof size);
  g_byte_array_append (out, g_bytes_get_data (row, NULL), (guint) g_bytes_get_size (row));
  return g_byte_array_free_to_bytes (out);
}

/* The entries of the capsule and, when rows do not name it yet, the order. */
static GArray *
list_entries (JkCapsule *capsule, const JkOrder *order, const char *order_name)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (JkSideEntry));
  guint n_entries = jk_capsule_get_n_entries (capsule);

  for (guint n = 0; n < n_entries; n++) {
    JkSideEntry entry = jk_capsule_get_entry (capsule, n);
    g_array_append_val (entries, entry);
  }
  if (jk_order_get_terms (order)->act == JK_ACT_RETIRE) {
    JkSideEntry entry = jk_order_entry (order, order_name);
    g_array_append_val (entries, entry);
  }
  return entries;
}

/* The store of the sitting on this PC, whole. */
static gboolean
make_store (const JkSittingPlace *place, JkCapsule *capsule, const JkOrder *order, GError **error)
{
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *path =
      g_strdup_printf ("%s/%05u.jkjournal", folder, jk_capsule_get_record (capsule));
  g_autoptr (GArray) readers =
      jk_readers_list (place->session, jk_station_get_seal_public (place->station));
  g_autoptr (GBytes) row = make_arrived (place, capsule, order);
  char name[JK_ORDER_ENTRY_BYTES];
  gsize size;
  const guint8 *data = g_bytes_get_data (row, &size);

  jk_order_entry_put_name (name, jk_order_get_terms (order)->id);
  g_autoptr (GArray) entries = list_entries (capsule, order, name);
  if (!jk_replay_take (jk_capsule_get_replay (capsule), data, size, error) ||
      !check_age (place, capsule, order, error))
    return FALSE;
  g_autoptr (GBytes) rows = join_rows (jk_capsule_get_rows (capsule), row);
  JkJournalCopy copy = {
    .sitting_id = jk_capsule_get_sitting_id (capsule),
    .first_link = jk_capsule_get_first_link (capsule),
    .rows = rows,
    .side = (const JkSideEntry *) (gpointer) entries->data,
    .n_side = entries->len,
  };
  return jk_storage_make_folder (place->world->storage, folder, 0700, error) &&
         jk_journal_copy_make (place->world,
                               path,
                               jk_session_get_digest (place->session),
                               (const JkSealPublic *) readers->data,
                               readers->len,
                               &copy,
                               error);
}

/* What cannot be opened is no sitting of this PC, and must not stand in the way of the right one.
 */
static void
remove_store (const JkSittingPlace *place, guint32 record)
{
  const JkStorage *storage = place->world->storage;
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  storage->unlink (storage, log);
  storage->unlink (storage, path);
}

JkSitting *
jk_sitting_arrive (const JkSittingPlace *place,
                   const char *file,
                   GBytes *bytes,
                   const JkSecret *seal_key,
                   const JkOrder *order,
                   GError **error)
{
  const JkSecret *reader = seal_key != NULL ? seal_key : jk_station_get_seal_key (place->station);
  g_autoptr (JkCapsule) capsule = jk_capsule_open (file, bytes, place->session, reader, error);

  if (capsule == NULL || !check_order (place, capsule, order, error) ||
      !make_store (place, capsule, order, error))
    return NULL;
  JkSitting *self = jk_sitting_open (place, jk_capsule_get_record (capsule), error);
  if (self == NULL) {
    remove_store (place, jk_capsule_get_record (capsule));
    return NULL;
  }
  self->timer.used_ms = jk_replay_get_exam_ms (jk_sitting_get_replay (self));
  self->noted_exam_ms = self->head_exam_ms = self->busy_exam_ms = self->timer.used_ms;
  jk_sitting_judge_gaps (self);
  jk_sitting_set_going (self);
  return self;
}
