/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-resume.c: how a sitting begins on this PC, and how it goes on after a kill (P9).
 */
#include "sitting/sitting-private.h"

#include "base/error.h"
#include "crypto/error.h"
#include "sitting/journal-replace.h"
#include "sitting/journal-store.h"
#include "sitting/proof.h"
#include "sitting/readers.h"

#include <stdlib.h>
#include <string.h>

#define PERSON_TYPE "(sssssubyq)"
#define SUFFIX ".jkjournal"
#define PHOTO_ENTRY "photo" /* not in every store */

static GBytes *
person_to_bytes (const JkPerson *person)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new (PERSON_TYPE,
                                                                  person->admission,
                                                                  person->name,
                                                                  person->masked_id,
                                                                  person->seat,
                                                                  person->path,
                                                                  person->index,
                                                                  person->spare,
                                                                  (guchar) person->sex,
                                                                  person->extra_min));
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return g_variant_get_data_as_bytes (value);
  g_autoptr (GVariant) swapped = g_variant_byteswap (value);
  return g_variant_get_data_as_bytes (swapped);
}

static gboolean
take_person (JkSitting *self, GBytes *bytes, GError **error)
{
  JkPerson *person = &self->person;
  guchar sex;
  g_autoptr (GVariant) stored =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (PERSON_TYPE), bytes, FALSE));

  if (!g_variant_is_normal_form (stored)) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_CHAIN,
                 "%s: the entry \"person\" is not of its form: call the proctor.",
                 self->path);
    return FALSE;
  }
  self->person_value =
      G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref (stored) : g_variant_byteswap (stored);
  g_variant_get (self->person_value,
                 "(&s&s&s&s&subyq)",
                 &person->admission,
                 &person->name,
                 &person->masked_id,
                 &person->seat,
                 &person->path,
                 &person->index,
                 &person->spare,
                 &sex,
                 &person->extra_min);
  person->sex = (char) sex;
  return TRUE;
}

/* A store that another station or session made is foreign, in whatever way it shows. */
static JkJournal *
open_journal (const JkSitting *self, GError **error)
{
  const JkSittingPlace *place = &self->place;
  g_autoptr (GError) problem = NULL;
  JkJournal *journal = jk_journal_open (place->world,
                                        self->path,
                                        jk_session_get_digest (place->session),
                                        jk_station_get_seal_key (place->station),
                                        &problem);

  if (journal == NULL && problem->domain == JK_CRYPTO_ERROR)
    g_set_error (
        error,
        JK_SITTING_ERROR,
        JK_SITTING_ERROR_FOREIGN,
        "%s was made by another PC, or is damaged: continue it there, or call the proctor.",
        self->path);
  else if (journal == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return journal;
}

/* A new store, or one that was killed before it held a sitting. */
static JkJournal *
make_journal (const JkSitting *self, GError **error)
{
  const JkSittingPlace *place = &self->place;
  g_autoptr (GArray) readers =
      jk_readers_list (place->session, jk_station_get_seal_public (place->station));
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) problem = NULL;

  if (!jk_storage_make_folder (place->world->storage, folder, 0700, error))
    return NULL;
  g_autoptr (JkJournal) journal = jk_journal_create (place->world,
                                                     self->path,
                                                     jk_session_get_digest (place->session),
                                                     (const JkSealPublic *) readers->data,
                                                     readers->len,
                                                     &problem);
  if (journal != NULL)
    return g_steal_pointer (&journal);
  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS)) {
    journal = open_journal (self, error);
    if (journal == NULL || jk_replay_get_n_rows (jk_journal_get_replay (journal)) == 0)
      return g_steal_pointer (&journal);
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

JkSitting *
jk_sitting_begin (const JkSittingPlace *place,
                  const JkRecord *record,
                  const JkSecret *record_key,
                  GError **error)
{
  const JkPerson *person = jk_record_get_person (record);
  g_autoptr (JkSitting) self = jk_sitting_new (place, person->index);
  g_autoptr (GBytes) bytes = person_to_bytes (person);
  JkIdentified identified = { .record = person->index };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry entries[] = { { .name = "person" }, { .name = PHOTO_ENTRY } };
  JkDigest proof;

  self->journal = make_journal (self, error);
  if (self->journal == NULL || !take_person (self, bytes, error))
    return NULL;
  memcpy (identified.session_digest,
          jk_session_get_digest (place->session)->bytes,
          JK_DIGEST_BYTES);
  memcpy (identified.station_sign, jk_station_get_sign_public (place->station), JK_PUBLIC_BYTES);
  jk_proof_compute (record_key,
                    jk_session_get_digest (place->session),
                    jk_journal_get_sitting_id (self->journal),
                    identified.station_sign,
                    &proof);
  memcpy (identified.proof, proof.bytes, JK_DIGEST_BYTES);

  self->photo = jk_session_open_photo (place->session, person->index, record_key, NULL);
  entries[0].data = g_bytes_get_data (bytes, &entries[0].size);
  if (self->photo != NULL)
    entries[1].data = g_bytes_get_data (self->photo, &entries[1].size);
  gsize size = jk_payload_put_identified (payload, &identified);
  if (!jk_sitting_post_and_wait (self,
                                 JK_EVENT_IDENTIFIED,
                                 payload,
                                 size,
                                 entries,
                                 self->photo != NULL ? 2 : 1,
                                 error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
refuse_store (const JkSitting *self, JkSittingError code, const char *what, GError **error)
{
  g_set_error (error, JK_SITTING_ERROR, (gint) code, "%s %s.", self->path, what);
  return FALSE;
}

/* The rows name session, station and record; the file's name and place only claim them. */
static gboolean
check_identity (const JkSitting *self, guint32 record, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  const JkIdentified *identified = jk_replay_get_identified (replay);
  const JkDigest *session = jk_session_get_digest (self->place.session);
  const guint8 *station = jk_station_get_sign_public (self->place.station);

  if (identified == NULL) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_MISSING,
                 "%s holds no sitting yet: the candidate logs in again.",
                 self->path);
    return FALSE;
  }
  if (memcmp (identified->session_digest, session->bytes, JK_DIGEST_BYTES) != 0)
    return refuse_store (self,
                         JK_SITTING_ERROR_FOREIGN,
                         "is a sitting of another session: move it away",
                         error);
  if (memcmp (jk_replay_get_station (replay, jk_replay_get_n_rows (replay)),
              station,
              JK_PUBLIC_BYTES) != 0)
    return refuse_store (self,
                         JK_SITTING_ERROR_FOREIGN,
                         "was written by another PC: continue it there",
                         error);
  if (identified->record != record)
    return refuse_store (self,
                         JK_SITTING_ERROR_FOREIGN,
                         "holds another record than its name says",
                         error);
  return TRUE;
}

static gboolean
load_item (JkSitting *self, guint position, GError **error)
{
  g_autofree char *name = g_strdup_printf ("item %u", position);
  g_autoptr (GBytes) bytes = jk_journal_read_side (self->journal, name, error);
  gsize size;

  if (bytes == NULL)
    return FALSE;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  JkBlob *blob = jk_blob_decode (data, size);
  if (blob == NULL)
    return refuse_store (self,
                         JK_SITTING_ERROR_CHAIN,
                         "holds an item that cannot be read: call the proctor",
                         error);
  g_ptr_array_add (self->items, blob);
  return TRUE;
}

static void
free_blob (gpointer data)
{
  jk_blob_free (data);
}

gboolean
jk_sitting_load_paper (JkSitting *self, GError **error)
{
  const JkStarted *started = jk_replay_get_started (jk_sitting_get_replay (self));
  g_autoptr (GBytes) rows = jk_journal_read_side (self->journal, "paper", error);
  JkDigest digest;
  gsize size;

  if (rows == NULL)
    return FALSE;
  gconstpointer data = g_bytes_get_data (rows, &size);
  self->paper = jk_paper_from_bytes (data, size, error);
  if (self->paper == NULL) {
    g_prefix_error (error, "%s: ", self->path);
    return FALSE;
  }
  jk_paper_get_digest (self->paper, &digest);
  if (jk_paper_get_n (self->paper) != started->n_items ||
      memcmp (digest.bytes, started->paper_digest, JK_DIGEST_BYTES) != 0)
    return refuse_store (self,
                         JK_SITTING_ERROR_CHAIN,
                         "holds another paper than was started: call the proctor",
                         error);

  self->items = g_ptr_array_new_with_free_func (free_blob);
  for (guint i = 0; i < started->n_items; i++) {
    if (!load_item (self, i, error))
      return FALSE;
  }
  return TRUE;
}

/* The gap first, and on disk; then the clock may run. */
static gboolean
write_gap (JkSitting *self, GError **error)
{
  const JkClock *clock = self->place.world->clock;
  JkJournal *journal = self->journal;
  guint8 boot_id[JK_BOOT_ID_BYTES];
  JkGap gap;

  clock->boot_id (clock, boot_id);
  gboolean same_boot =
      memcmp (boot_id, jk_journal_get_durable_boot_id (journal), JK_BOOT_ID_BYTES) == 0;
  jk_gap_measure (jk_journal_get_durable_wall_ms (journal),
                  clock->wall_ms (clock),
                  same_boot,
                  &gap);
  guint64 ticket = jk_sitting_post_gap (self, &gap, self->timer.used_ms, error);
  return ticket != 0 && jk_journal_wait (journal, ticket, error);
}

static gboolean
go_on (JkSitting *self, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  JkState state = jk_replay_get_state (replay);

  self->resumed_exam_ms = jk_journal_get_durable_exam_ms (self->journal);
  self->timer.used_ms =
      state == JK_STATE_RUNNING ? self->resumed_exam_ms : jk_replay_get_exam_ms (replay);
  self->noted_exam_ms = self->head_exam_ms = self->busy_exam_ms = self->timer.used_ms;

  if (jk_state_next (state, JK_EVENT_GAP) >= 0 && !write_gap (self, error))
    return FALSE;
  jk_sitting_judge_gaps (self);
  jk_sitting_look_at_clocks (self);
  jk_sitting_set_going (self);
  return TRUE;
}

gboolean
jk_sitting_finish_hand_in (JkSitting *self, GError **error)
{
  JkState state = jk_sitting_get_state (self);

  if (self->result != NULL)
    return TRUE;
  if (state == JK_STATE_HANDED_IN)
    return jk_sitting_seal (self, error);
  if (state != JK_STATE_SEALED && state != JK_STATE_COLLECTED)
    return TRUE;
  g_autofree char *name = g_strdup_printf ("result %u", jk_sitting_get_seal_number (self));
  self->result = jk_journal_read_side (self->journal, name, error);
  return self->result != NULL;
}

JkSitting *
jk_sitting_open (const JkSittingPlace *place, guint32 record, GError **error)
{
  g_autoptr (JkSitting) self = jk_sitting_new (place, record);

  self->journal = open_journal (self, error);
  if (self->journal == NULL || !check_identity (self, record, error))
    return NULL;
  g_autoptr (GBytes) person = jk_journal_read_side (self->journal, "person", error);
  if (person == NULL || !take_person (self, person, error))
    return NULL;
  if (jk_replay_get_started (jk_sitting_get_replay (self)) != NULL &&
      !jk_sitting_load_paper (self, error))
    return NULL;
  self->photo = jk_journal_read_side (self->journal, PHOTO_ENTRY, NULL);
  return g_steal_pointer (&self);
}

JkSitting *
jk_sitting_resume (const JkSittingPlace *place, guint32 record, GError **error)
{
  g_autoptr (JkSitting) self = jk_sitting_open (place, record, error);

  if (self == NULL || !go_on (self, error) || !jk_sitting_finish_hand_in (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The record of a store's file name, FALSE for any other file. */
static gboolean
parse_name (const char *name, guint32 *out_record)
{
  char *end;
  guint64 number = g_ascii_strtoull (name, &end, 10);

  if (!g_ascii_isdigit (*name) || strcmp (end, SUFFIX) != 0 || number >= JK_RECORDS_MAX)
    return FALSE;
  *out_record = (guint32) number;
  return TRUE;
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  return (x > y) - (x < y);
}

guint32 *
jk_sitting_find_in (const char *folder, guint *out_n, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &problem);
  g_autoptr (GArray) found = g_array_new (TRUE, FALSE, sizeof (guint32));
  const char *name;
  guint32 record;

  if (dir == NULL && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s cannot be read (%s): call the proctor.",
                 folder,
                 problem->message);
    return NULL;
  }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (parse_name (name, &record))
      g_array_append_val (found, record);
  }
  g_array_sort (found, compare_records);
  *out_n = found->len;
  return (gpointer) g_array_free (g_steal_pointer (&found), FALSE);
}

guint32 *
jk_sitting_find (const JkSittingPlace *place, guint *out_n, GError **error)
{
  g_autofree char *folder = jk_sitting_dup_folder (place);
  return jk_sitting_find_in (folder, out_n, error);
}

gboolean
jk_sitting_set_aside (const JkSittingPlace *place, guint32 record, GError **error)
{
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record);
  g_autofree char *newest = NULL;

  /* The newest is the store, and the older ones are what it was. */
  do {
    g_free (newest);
    newest = jk_journal_dup_newest (place->world, path);
    if (!jk_journal_store_set_aside (place->world, newest, error))
      return FALSE;
  } while (strcmp (newest, path) != 0);
  return TRUE;
}
