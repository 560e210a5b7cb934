/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-hall.c: the file of one hall.
 *
 * Record n of a hall is the n-th of its people on the roster, then come the spare ones; in the file
 * they lie sorted by lookup. Keys of items are derived straight into guarded memory. */
#include "session/build-private.h"

#include "base/text.h"
#include "envelope/writer.h"
#include "session/body.h"
#include "session/error.h"
#include "session/purpose.h"
#include "session/session-private.h"

typedef struct {
  /* Owned */
  GArray *people; /* of JkPerson; their texts are the roster's and masked_ids' */
  GPtrArray *masked_ids;
  GPtrArray *id_numbers; /* the roster's; ends where the spare records begin */
  GPtrArray *photos;     /* of GBytes, the source's; NULL for a record without */
  JkSecret *record_keys;
  GByteArray *rows;
  JkRole roles[JK_ROLES];
  /* Plain */
  guint64 first_use; /* of records, over all halls */
  gsize record_size;
  gsize photo_largest; /* 0: nobody has one */
  guint number;
} Hall;

static void
hall_clear (Hall *self)
{
  for (guint n = 0; n < JK_ROLES; n++)
    jk_role_clear (&self->roles[n]);
  g_clear_pointer (&self->rows, g_byte_array_unref);
  jk_secret_free (self->record_keys);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->id_numbers, g_ptr_array_unref);
  g_clear_pointer (&self->masked_ids, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hall, hall_clear)

JkPerson
jk_build_person (const JkRosterRow *row, const char *masked_id, guint32 index)
{
  return (JkPerson){
    .admission = row->admission,
    .name = row->name,
    .masked_id = masked_id,
    .seat = row->seat,
    .path = row->path,
    .index = index,
    .sex = row->sex,
    .extra_min = row->extra_min,
  };
}

static void
collect_people (Hall *self, const JkRoster *roster, const char *name)
{
  for (guint n = 0; n < jk_roster_get_n (roster); n++) {
    const JkRosterRow *row = jk_roster_get (roster, n);
    if (!g_str_equal (row->hall, name))
      continue;
    char *masked_id = jk_text_mask_number (row->id_number);
    g_ptr_array_add (self->masked_ids, masked_id);
    g_ptr_array_add (self->id_numbers, (gpointer) row->id_number);
    JkPerson person = jk_build_person (row, masked_id, self->people->len);
    g_array_append_val (self->people, person);
  }
  guint n_spares = jk_session_count_spares (self->people->len);
  for (guint n = 0; n < n_spares; n++) {
    JkPerson spare = {
      .admission = "",
      .name = "",
      .masked_id = "",
      .seat = "",
      .path = "",
      .index = self->people->len,
      .spare = TRUE,
    };
    g_array_append_val (self->people, spare);
  }
}

static void
collect_photos (Hall *self, const JkPhotoFolder *folder)
{
  for (guint n = 0; n < self->people->len; n++) {
    const JkPerson *person = &g_array_index (self->people, JkPerson, n);
    GBytes *photo =
        folder != NULL && !person->spare ? jk_photo_folder_get (folder, person->admission) : NULL;
    g_ptr_array_add (self->photos, photo);
    if (photo != NULL)
      self->photo_largest = MAX (self->photo_largest, g_bytes_get_size (photo));
  }
}

/* Together with the records they stay below what a session file may have. */
static gboolean
check_photos (const Hall *self, const char *name, GError **error)
{
  gsize row_size = jk_photos_measure_row (self->photo_largest);

  if (self->photo_largest == 0 || self->people->len <= JK_PHOTOS_BYTES_MAX / row_size)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BUILD,
               "Hall %s needs %u rows of %" G_GSIZE_FORMAT
               " bytes for photos, as each takes the room of the largest; expected at most %u "
               "bytes together; make the largest photos smaller, or divide the hall.",
               name,
               self->people->len,
               row_size,
               JK_PHOTOS_BYTES_MAX);
  return FALSE;
}

static gboolean
check_sizes (Hall *self, const JkBuild *build, const char *name, GError **error)
{
  const JkBlueprint *blueprint = jk_session_source_get_blueprint (build->inputs->source);
  guint64 total;

  self->record_size = jk_record_measure ((const JkPerson *) (gpointer) self->people->data,
                                         self->people->len,
                                         jk_blueprint_get_n_items (blueprint)) +
                      JK_RECORD_ROOM_BYTES;
  total = (guint64) self->people->len * (JK_LOOKUP_BYTES + self->record_size);
  if (self->people->len <= JK_RECORDS_MAX && self->record_size <= JK_RECORD_BYTES_MAX &&
      total <= JK_SMALL_ENVELOPE_BYTES_MAX / 2)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BUILD,
               "Hall %s needs %u records of %" G_GSIZE_FORMAT
               " bytes; expected at most %u records of %u bytes, and %u bytes together; divide the "
               "hall, or shorten names and paths on the roster.",
               name,
               self->people->len,
               self->record_size,
               JK_RECORDS_MAX,
               JK_RECORD_BYTES_MAX,
               JK_SMALL_ENVELOPE_BYTES_MAX / 2);
  return FALSE;
}

/* Lookup and record key of record n: of a person's numbers, or of chance for a spare record. */
static JkSecret *
make_record_key (const Hall *self,
                 const JkBuild *build,
                 const JkOfficeHall *hall,
                 guint n,
                 guint8 *out_lookup,
                 GError **error)
{
  const JkPerson *person = &g_array_index (self->people, JkPerson, n);
  const JkRandom *random = build->world->random;

  if (person->spare) {
    jk_random_fill (random,
                    "session: spare lookup",
                    self->first_use + n,
                    out_lookup,
                    JK_LOOKUP_BYTES);
    return jk_secret_new_random (random,
                                 "session: spare record key",
                                 self->first_use + n,
                                 JK_KEY_BYTES);
  }
  jk_login_lookup (hall->roster_key, person->admission, out_lookup);
  return jk_login_derive (hall->roster_key,
                          person->admission,
                          g_ptr_array_index (self->id_numbers, n),
                          build->world->costs->login,
                          error);
}

JkPaperKeys *
jk_build_draw (const JkPool *pool,
               const JkOffice *office,
               const JkOfficeHall *hall,
               guint32 index,
               GError **error)
{
  g_autoptr (JkSecret) seed = jk_derive_number (hall->seed, JK_PURPOSE_DRAW_SEED, index);
  g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, error);
  JkDigest digest;

  if (paper == NULL) {
    g_prefix_error (error, "Hall %s, record %u: ", hall->name, index);
    return NULL;
  }
  guint n_items = jk_paper_get_n (paper);
  g_autoptr (JkSecret) keys = jk_secret_new ((gsize) n_items * JK_KEY_BYTES);
  for (guint position = 0; position < n_items; position++)
    jk_bank_derive_item_key (office->bank_key,
                             jk_paper_get_item (paper, position)->item,
                             jk_secret_get_mutable (keys) + (gsize) position * JK_KEY_BYTES);
  jk_paper_get_digest (paper, &digest);
  return jk_paper_keys_new (seed, &digest, keys);
}

static gboolean
add_record (Hall *self, const JkBuild *build, const JkOfficeHall *hall, guint n, GError **error)
{
  guint8 lookup[JK_LOOKUP_BYTES];
  g_autoptr (JkSecret) key = make_record_key (self, build, hall, n, lookup, error);
  if (key == NULL)
    return FALSE;
  g_autoptr (JkPaperKeys) paper_keys = jk_build_draw (build->pool, build->office, hall, n, error);
  if (paper_keys == NULL)
    return FALSE;

  g_autoptr (GBytes) closed = jk_record_close (&g_array_index (self->people, JkPerson, n),
                                               paper_keys,
                                               key,
                                               build->office->paper_key,
                                               build->office->id,
                                               self->record_size,
                                               build->world->random,
                                               self->first_use + n);
  g_byte_array_append (self->rows, lookup, sizeof lookup);
  g_byte_array_append (self->rows, g_bytes_get_data (closed, NULL), (guint) self->record_size);
  memcpy (jk_secret_get_mutable (self->record_keys) + (gsize) n * JK_KEY_BYTES,
          jk_secret_get (key),
          JK_KEY_BYTES);
  return TRUE;
}

static int
compare_lookups (gconstpointer a, gconstpointer b, gpointer data)
{
  return memcmp (a, b, JK_LOOKUP_BYTES);
}

static gboolean
make_records (Hall *self, const JkBuild *build, const JkOfficeHall *hall, GError **error)
{
  self->record_keys = jk_secret_new ((gsize) self->people->len * JK_KEY_BYTES);
  for (guint n = 0; n < self->people->len; n++)
    if (!add_record (self, build, hall, n, error))
      return FALSE;
  g_qsort_with_data (self->rows->data,
                     (gint) self->people->len,
                     JK_LOOKUP_BYTES + self->record_size,
                     compare_lookups,
                     NULL);
  return TRUE;
}

static gboolean
make_roles (Hall *self, const JkBuild *build, const JkOfficeHall *hall, GError **error)
{
  for (guint n = 0; n < JK_ROLES; n++)
    if (!jk_role_new ((JkRoleName) (n + 1),
                      hall->passcodes[n],
                      build->world,
                      (guint64) self->number * JK_ROLES + n,
                      &self->roles[n],
                      error))
      return FALSE;
  return TRUE;
}

static GBytes *
make_wraps (const Hall *self, const JkBuild *build, const JkOfficeHall *hall, GError **error)
{
  JkSealPublic roles[JK_ROLES];

  for (guint n = 0; n < JK_ROLES; n++)
    roles[n] = self->roles[n].seal_public;
  JkHallWrap wrap = {
    .id = build->office->id,
    .hall = hall->name,
    .room_code = hall->room_code,
    .roster_key = hall->roster_key,
    .roll_key = hall->roll_key,
    .roles = roles,
    .centres = build->inputs->centres,
    .n_roles = JK_ROLES,
    .n_centres = build->inputs->n_centres,
    .hall_number = self->number,
  };
  return jk_wraps_close (&wrap, build->start, build->world, error);
}

static GVariant *
make_body (const Hall *self, const JkBuild *build, const JkOfficeHall *hall)
{
  const JkSessionSource *source = build->inputs->source;
  const JkCosts *costs = build->world->costs;
  GVariantBuilder centres;

  g_variant_builder_init (&centres, G_VARIANT_TYPE ("aay"));
  for (gsize n = 0; n < build->inputs->n_centres; n++)
    g_variant_builder_add_value (
        &centres,
        jk_body_new_bytes (build->inputs->centres[n].bytes, JK_PUBLIC_BYTES));
  return g_variant_new ("(@aysssub@ay(uu)(uu)uaay@a(yayayay)uuu)",
                        jk_body_new_bytes (build->office->id, JK_BANK_ID_BYTES),
                        build->office->name,
                        hall->name,
                        jk_session_source_get_starts (source),
                        jk_session_source_get_build_number (source),
                        jk_session_source_is_rehearsal (source),
                        jk_body_new_bytes (build->bank_digest->bytes, JK_DIGEST_BYTES),
                        costs->code.passes,
                        costs->code.memory_kib,
                        costs->login.passes,
                        costs->login.memory_kib,
                        (guint32) JK_ID_RULE,
                        &centres,
                        jk_body_new_roles (self->roles, JK_ROLES),
                        (guint32) self->people->len,
                        (guint32) self->record_size,
                        jk_session_source_get_n_start_codes (source));
}

static gboolean
write_text (JkEnvelopeWriter *writer, const char *text, GError **error)
{
  return jk_envelope_writer_add_section (writer, text, strlen (text), 0, error);
}

static gboolean
write_bytes (JkEnvelopeWriter *writer, GBytes *bytes, GError **error)
{
  return jk_envelope_writer_add_section (writer,
                                         g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes),
                                         0,
                                         error);
}

static gboolean
write_file (const Hall *self,
            const JkBuild *build,
            const JkOfficeHall *hall,
            GBytes *wraps,
            GBytes *roll,
            GBytes *photos,
            const char *path,
            GError **error)
{
  const char *const sections[] = {
    JK_SECTION_PLAN,
    JK_SECTION_POLICY,
    JK_SECTION_BLUEPRINT,
    JK_SECTION_WRAPS,
    JK_SECTION_RECORDS,
    JK_SECTION_ROLL,
    photos != NULL ? JK_SECTION_PHOTOS : NULL,
    NULL,
  };
  const JkSessionSource *source = build->inputs->source;
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (build->world->storage,
                                                                path,
                                                                0644,
                                                                JK_KIND_SESSION,
                                                                make_body (self, build, hall),
                                                                sections,
                                                                error);

  return writer != NULL &&
         write_text (writer, jk_session_source_get_excerpt_text (source), error) &&
         write_text (writer, jk_session_source_get_policy_text (source), error) &&
         write_text (writer, jk_session_source_get_blueprint_text (source), error) &&
         write_bytes (writer, wraps, error) &&
         jk_envelope_writer_add_section (writer,
                                         self->rows->data,
                                         self->rows->len,
                                         self->people->len,
                                         error) &&
         write_bytes (writer, roll, error) &&
         (photos == NULL || write_bytes (writer, photos, error)) &&
         jk_envelope_writer_finish (writer, build->inputs->authority, NULL, NULL, error);
}

gboolean
jk_build_hall (const JkBuild *build, guint number, const char *path, GError **error)
{
  const JkOfficeHall *hall = g_ptr_array_index (build->office->halls, number);
  g_auto (Hall) self = {
    .people = g_array_new (FALSE, FALSE, sizeof (JkPerson)),
    .masked_ids = g_ptr_array_new_with_free_func (g_free),
    .id_numbers = g_ptr_array_new (),
    .photos = g_ptr_array_new (),
    .rows = g_byte_array_new (),
    .first_use = (guint64) number * JK_RECORDS_MAX,
    .number = number,
  };

  collect_people (&self, jk_session_source_get_roster (build->inputs->source), hall->name);
  collect_photos (&self, jk_session_source_get_photos (build->inputs->source));
  if (!check_sizes (&self, build, hall->name, error) || !check_photos (&self, hall->name, error) ||
      !make_roles (&self, build, hall, error) || !make_records (&self, build, hall, error))
    return FALSE;
  g_autoptr (GBytes) wraps = make_wraps (&self, build, hall, error);
  if (wraps == NULL)
    return FALSE;
  g_autoptr (GBytes) roll = jk_roll_close ((const JkPerson *) (gpointer) self.people->data,
                                           self.people->len,
                                           self.record_keys,
                                           hall->roll_key,
                                           build->office->id,
                                           build->world->random,
                                           number);
  g_autoptr (GBytes) photos = jk_photos_close ((GBytes *const *) self.photos->pdata,
                                               self.photos->len,
                                               self.record_keys,
                                               build->office->id,
                                               build->world->random,
                                               self.first_use);
  return write_file (&self, build, hall, wraps, roll, photos, path, error);
}
