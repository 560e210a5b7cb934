/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/capsule.c: a sitting as one sealed piece of bytes.
 *
 * Which entries follow the rows, and in which order, the rows say: none can be missing or added. */
#include "sitting/capsule.h"

#include "base/bytes.h"
#include "base/error.h"
#include "sitting/journal-replace.h"
#include "sitting/readers.h"
#include "sitting/sitting-private.h"

#include <string.h>

#define MAGIC "JKCAPS\r\n"
#define SUITE 1
#define VERSION 1
#define PURPOSE "jikao 1 capsule"
#define HEAD_BYTES JK_CAPSULE_HEAD_BYTES
#define INSIDE_HEAD_BYTES (JK_SITTING_ID_BYTES + JK_DIGEST_BYTES + 8 + 4)

struct _JkCapsule {
  /* Owned */
  char *file;
  GBytes *inside, *rows;
  GPtrArray *names, *entries; /* of char *, of GBytes */
  JkReplay *replay;
  /* Plain */
  guint32 record;
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  JkDigest first_link;
  guint64 exam_ms;
};

/* The entries that a sitting with these rows has, in their order. */
static GPtrArray *
list_names (const JkReplay *replay)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const JkHandedIn *handed_in = jk_replay_get_handed_in (replay);
  char name[JK_ORDER_ENTRY_BYTES];

  g_ptr_array_add (names, g_strdup ("person"));
  g_ptr_array_add (names, g_strdup ("paper"));
  for (guint32 n = 0; n < jk_replay_get_started (replay)->n_items; n++)
    g_ptr_array_add (names, g_strdup_printf ("item %u", n));
  for (guint32 n = 0; n < jk_replay_get_epoch (replay); n++) {
    jk_order_entry_put_name (name, jk_replay_get_obeyed (replay, n)->ordered.id);
    g_ptr_array_add (names, g_strdup (name));
  }
  for (guint32 n = 1; handed_in != NULL && n <= handed_in->seal_number; n++)
    g_ptr_array_add (names, g_strdup_printf ("result %u", n));
  return names;
}

static void
append_sized (GByteArray *out, GBytes *bytes)
{
  guint8 size[4];

  jk_bytes_put_u32 (size, (guint32) g_bytes_get_size (bytes));
  g_byte_array_append (out, size, sizeof size);
  g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static GByteArray *
make_inside (JkJournal *journal, GError **error)
{
  const JkReplay *replay = jk_journal_get_replay (journal);
  g_autoptr (GPtrArray) names = list_names (replay);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean runs = jk_replay_get_state (replay) == JK_STATE_RUNNING;
  guint64 exam_ms = jk_replay_get_exam_ms (replay);
  guint8 head[INSIDE_HEAD_BYTES - 4];
  JkDigest first;
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, error);

  if (rows == NULL)
    return NULL;
  if (runs)
    exam_ms = MAX (exam_ms, jk_journal_get_durable_exam_ms (journal));
  memcpy (head, jk_journal_get_sitting_id (journal), JK_SITTING_ID_BYTES);
  memcpy (head + JK_SITTING_ID_BYTES, first.bytes, JK_DIGEST_BYTES);
  jk_bytes_put_u64 (head + JK_SITTING_ID_BYTES + JK_DIGEST_BYTES, exam_ms);
  g_byte_array_append (out, head, sizeof head);
  append_sized (out, rows);
  for (guint n = 0; n < names->len; n++) {
    g_autoptr (GBytes) entry = jk_journal_read_side (journal, g_ptr_array_index (names, n), error);
    if (entry == NULL)
      return NULL;
    append_sized (out, entry);
  }
  return g_steal_pointer (&out);
}

GBytes *
jk_capsule_write (JkJournal *journal,
                  const JkSession *session,
                  const JkSealPublic *target,
                  const JkWorld *world,
                  GError **error)
{
  const JkReplay *replay = jk_journal_get_replay (journal);
  g_autoptr (GArray) readers = jk_readers_list (session, target);
  guint8 head[HEAD_BYTES] = { 0 };

  if (jk_replay_get_started (replay) == NULL) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting has not started: the candidate simply logs in at the other PC.");
    return NULL;
  }
  g_autoptr (GByteArray) inside = make_inside (journal, error);
  if (inside == NULL)
    return NULL;
  guint32 record = jk_replay_get_identified (replay)->record;
  memcpy (head, MAGIC, 8);
  jk_bytes_put_u16 (head + 8, SUITE);
  jk_bytes_put_u16 (head + 10, VERSION);
  jk_bytes_put_u32 (head + 12, record);
  memcpy (head + 16, jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES);
  g_autofree char *use = g_strdup_printf ("capsule: record %u", record);
  g_autoptr (GBytes) sealed = jk_seal ((const JkSealPublic *) readers->data,
                                       readers->len,
                                       PURPOSE,
                                       head,
                                       sizeof head,
                                       inside->data,
                                       inside->len,
                                       world->random,
                                       use,
                                       (guint64) jk_replay_get_n_moves (replay) << 8);
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
  return g_byte_array_free_to_bytes (out);
}

/* Copies a file that may be missing; FALSE with error. */
static gboolean
copy_file (const JkStorage *storage,
           const char *from,
           const char *to,
           gboolean must_be,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (storage, from, JK_JOURNAL_BYTES_MAX, &problem);

  if (bytes != NULL)
    return jk_storage_write (storage, to, 0600, bytes, error);
  if (!must_be && g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

GBytes *
jk_capsule_from_store (const JkWorld *world,
                       const JkSession *session,
                       const char *path,
                       const JkSecret *reader,
                       const JkSealPublic *target,
                       const char *scratch,
                       GError **error)
{
  const JkStorage *storage = world->storage;
  g_autofree char *newest = jk_journal_dup_newest (world, path);
  g_autofree char *log = g_strconcat (newest, "-wal", NULL);
  g_autofree char *copy = g_build_filename (scratch, "capsule.jkjournal.part", NULL);
  g_autofree char *log_copy = g_strconcat (copy, "-wal", NULL);
  GBytes *capsule = NULL;

  storage->unlink (storage, log_copy);
  if (copy_file (storage, newest, copy, TRUE, error) &&
      copy_file (storage, log, log_copy, FALSE, error)) {
    g_autoptr (JkJournal) journal =
        jk_journal_open (world, copy, jk_session_get_digest (session), reader, error);
    if (journal != NULL)
      capsule = jk_capsule_write (journal, session, target, world, error);
  }
  storage->unlink (storage, log_copy);
  storage->unlink (storage, copy);
  return capsule;
}

static JkCapsule *
refuse (const char *file, JkSittingError code, const char *what, GError **error)
{
  g_set_error (error,
               JK_SITTING_ERROR,
               (gint) code,
               "%s %s: have it made again where the candidate sat.",
               file,
               what);
  return NULL;
}

gboolean
jk_capsule_peek (GBytes *bytes, guint32 *out_record, JkDigest *out_session)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size < HEAD_BYTES || size > JK_CAPSULE_BYTES_MAX || memcmp (data, MAGIC, 8) != 0 ||
      jk_bytes_get_u16 (data + 8) != SUITE || jk_bytes_get_u16 (data + 10) != VERSION ||
      jk_bytes_get_u32 (data + 12) >= JK_RECORDS_MAX)
    return FALSE;
  *out_record = jk_bytes_get_u32 (data + 12);
  if (out_session != NULL)
    memcpy (out_session->bytes, data + 16, JK_DIGEST_BYTES);
  return TRUE;
}

/* The next u32 size and bytes from *at on; NULL when they are not there. */
static GBytes *
take_sized (const JkCapsule *self, gsize *at)
{
  gsize total;
  const guint8 *data = g_bytes_get_data (self->inside, &total);

  if (total - *at < 4)
    return NULL;
  guint32 size = jk_bytes_get_u32 (data + *at);
  if (size > total - *at - 4)
    return NULL;
  GBytes *bytes = g_bytes_new_from_bytes (self->inside, *at + 4, size);
  *at += 4 + (gsize) size;
  return bytes;
}

static gboolean
take_rows (JkCapsule *self, GError **error)
{
  gsize left;
  const guint8 *at = g_bytes_get_data (self->rows, &left);

  self->replay = jk_replay_new (&self->first_link);
  while (left > 0) {
    guint32 size = left < 4 ? 0 : jk_bytes_get_u32 (at);
    if (left < 4 || size > left - 4) {
      refuse (self->file, JK_SITTING_ERROR_CHAIN, "has rows that are cut short", error);
      return FALSE;
    }
    if (!jk_replay_take (self->replay, at + 4, size, error)) {
      g_prefix_error (error, "%s: ", self->file);
      return FALSE;
    }
    at += 4 + (gsize) size;
    left -= 4 + (gsize) size;
  }
  return TRUE;
}

static gboolean
take_inside (JkCapsule *self, GError **error)
{
  gsize size;
  gsize at = INSIDE_HEAD_BYTES - 4;
  const guint8 *data = g_bytes_get_data (self->inside, &size);

  if (size < INSIDE_HEAD_BYTES)
    return refuse (self->file, JK_SITTING_ERROR_CHAIN, "is cut short inside", error) != NULL;
  memcpy (self->sitting_id, data, JK_SITTING_ID_BYTES);
  memcpy (self->first_link.bytes, data + JK_SITTING_ID_BYTES, JK_DIGEST_BYTES);
  self->exam_ms = jk_bytes_get_u64 (data + JK_SITTING_ID_BYTES + JK_DIGEST_BYTES);
  self->rows = take_sized (self, &at);
  if (self->rows == NULL)
    return refuse (self->file, JK_SITTING_ERROR_CHAIN, "is cut short inside", error) != NULL;
  if (!take_rows (self, error))
    return FALSE;
  if (jk_replay_get_started (self->replay) == NULL)
    return refuse (self->file, JK_SITTING_ERROR_CHAIN, "holds no sitting that started", error) !=
           NULL;
  self->names = list_names (self->replay);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint n = 0; n < self->names->len; n++) {
    GBytes *entry = take_sized (self, &at);
    if (entry == NULL)
      return refuse (self->file, JK_SITTING_ERROR_CHAIN, "is cut short inside", error) != NULL;
    g_ptr_array_add (self->entries, entry);
  }
  if (at != size)
    return refuse (self->file, JK_SITTING_ERROR_CHAIN, "is longer than its rows say", error) !=
           NULL;
  return TRUE;
}

/* Rows name session and record; heads are signed by the stations that rows name. */
static gboolean
check_rows (const JkCapsule *self, const JkSession *session, GError **error)
{
  const JkIdentified *identified = jk_replay_get_identified (self->replay);
  guint8 message[JK_HEAD_SIGNED_BYTES];

  if (memcmp (identified->session_digest,
              jk_session_get_digest (session)->bytes,
              JK_DIGEST_BYTES) != 0 ||
      identified->record != self->record)
    return refuse (self->file, JK_SITTING_ERROR_FOREIGN, "holds another sitting", error) != NULL;
  for (guint32 n = 0; n < jk_replay_get_n_heads (self->replay); n++) {
    guint64 sequence;
    const JkHead *head = jk_replay_get_head (self->replay, n, &sequence);
    jk_head_put_signed (message,
                        jk_session_get_digest (session),
                        self->record,
                        sequence,
                        head->commitment);
    if (!jk_sign_verify (jk_replay_get_station (self->replay, sequence),
                         JK_HEAD_PURPOSE,
                         message,
                         sizeof message,
                         head->signature))
      return refuse (self->file,
                     JK_SITTING_ERROR_CHAIN,
                     "has a head that its station did not sign",
                     error) != NULL;
  }
  return TRUE;
}

JkCapsule *
jk_capsule_open (const char *file,
                 GBytes *bytes,
                 const JkSession *session,
                 const JkSecret *reader,
                 GError **error)
{
  g_autoptr (JkCapsule) self = g_new0 (JkCapsule, 1);
  JkDigest named;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  self->file = g_strdup (file);
  if (!jk_capsule_peek (bytes, &self->record, &named))
    return refuse (file, JK_SITTING_ERROR_FOREIGN, "is no sitting on its way", error);
  if (!jk_digest_equal (&named, jk_session_get_digest (session)))
    return refuse (file, JK_SITTING_ERROR_FOREIGN, "is of another session or hall", error);
  self->inside =
      jk_seal_open (reader, PURPOSE, data, HEAD_BYTES, data + HEAD_BYTES, size - HEAD_BYTES, error);
  if (self->inside == NULL) {
    g_prefix_error (error, "%s: ", file);
    return NULL;
  }
  if (!take_inside (self, error) || !check_rows (self, session, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_capsule_free (JkCapsule *self)
{
  if (self == NULL)
    return;
  jk_replay_free (self->replay);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_bytes_unref);
  g_clear_pointer (&self->inside, g_bytes_unref);
  g_free (self->file);
  g_free (self);
}

guint32
jk_capsule_get_record (const JkCapsule *self)
{
  return self->record;
}

const guint8 *
jk_capsule_get_sitting_id (const JkCapsule *self)
{
  return self->sitting_id;
}

const JkDigest *
jk_capsule_get_first_link (const JkCapsule *self)
{
  return &self->first_link;
}

JkReplay *
jk_capsule_get_replay (const JkCapsule *self)
{
  return self->replay;
}

GBytes *
jk_capsule_get_rows (const JkCapsule *self)
{
  return self->rows;
}

guint64
jk_capsule_get_exam_ms (const JkCapsule *self)
{
  return self->exam_ms;
}

GBytes *
jk_capsule_get_move (const JkCapsule *self)
{
  char name[JK_ORDER_ENTRY_BYTES];

  if (jk_replay_get_state (self->replay) != JK_STATE_MOVED)
    return NULL;
  guint32 last = jk_replay_get_epoch (self->replay) - 1;
  jk_order_entry_put_name (name, jk_replay_get_obeyed (self->replay, last)->ordered.id);
  for (guint n = 0; n < self->names->len; n++) {
    if (g_str_equal (g_ptr_array_index (self->names, n), name))
      return g_ptr_array_index (self->entries, n);
  }
  return NULL;
}

guint
jk_capsule_get_n_entries (const JkCapsule *self)
{
  return self->names->len;
}

JkSideEntry
jk_capsule_get_entry (const JkCapsule *self, guint n)
{
  JkSideEntry entry = { .name = g_ptr_array_index (self->names, n) };

  entry.data = g_bytes_get_data (g_ptr_array_index (self->entries, n), &entry.size);
  return entry;
}
