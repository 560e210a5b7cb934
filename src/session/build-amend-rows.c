/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-amend-rows.c: the records of an amendment.
 *
 * The paper of a corrected record is not drawn again: its keys are taken from the old record, so
 * that it is the same by construction. */
#include "session/build-amend-private.h"

#include "base/limits.h"
#include "session/amend-private.h"
#include "session/error.h"

static gboolean
refuse (GError **error, JkSessionError code, const char *fault)
{
  g_set_error (error, JK_SESSION_ERROR, (gint) code, "The amendment cannot be made: %s.", fault);
  return FALSE;
}

static gboolean
open_pool (JkAmendBuild *self, GError **error)
{
  const JkAmendInputs *inputs = self->inputs;

  if (jk_amend_source_get_added (inputs->source) == NULL)
    return TRUE;
  if (inputs->bank_path == NULL)
    return refuse (error,
                   JK_SESSION_ERROR_BUILD,
                   "people are added, and their papers are drawn from the session's bank; expected "
                   "that .jkbank; name it with --bank");
  self->bank = jk_session_open_bank (inputs->session,
                                     self->world->storage,
                                     inputs->bank_path,
                                     self->office->paper_key,
                                     error);
  if (self->bank == NULL)
    return FALSE;
  self->pool = jk_pool_new (jk_session_get_blueprint (inputs->session), self->bank, error);
  return self->pool != NULL;
}

/* The keys of the paper that record index has had from the build on; its old row goes. */
static JkPaperKeys *
retire (JkAmendBuild *self, guint32 index, GError **error)
{
  const JkSession *session = self->inputs->session;
  g_autoptr (JkSecret) key = jk_roll_dup_record_key (self->roll, index);
  g_autoptr (JkRecord) record = jk_session_open_record (session, index, key, error);
  guint8 lookup[JK_LOOKUP_BYTES];
  if (record == NULL)
    return NULL;

  jk_login_lookup (self->hall->roster_key,
                   jk_roll_get_person (self->roll, index)->admission,
                   lookup);
  JkPaperKeys *keys = jk_record_open_paper (record, key, self->office->paper_key, session->id);
  if (keys == NULL || jk_session_find_row (session, lookup) == NULL) {
    jk_paper_keys_free (keys);
    refuse (error,
            JK_SESSION_ERROR_CONTENT,
            "a record of the session does not open with the keys of the office file; expected "
            "those of one build; give that one");
    return NULL;
  }
  g_byte_array_append (self->retired, lookup, sizeof lookup);
  return keys;
}

static gboolean
check_room (const JkAmendBuild *self, const JkPerson *person, guint n_items, GError **error)
{
  gsize size = jk_record_measure (person, 1, n_items);

  if (size <= self->inputs->session->record_size)
    return TRUE;
  g_autofree char *fault =
      g_strdup_printf ("what the row of %s says is %" G_GSIZE_FORMAT
                       " bytes longer than the records of this hall; expected at most their size; "
                       "shorten name, seat or path",
                       person->admission,
                       size - self->inputs->session->record_size);
  return refuse (error, JK_SESSION_ERROR_BUILD, fault);
}

static gboolean
add_record (JkAmendBuild *self, const JkAmendChange *change, GError **error)
{
  const JkSession *session = self->inputs->session;
  const JkPerson *person = &g_array_index (self->people->people, JkPerson, change->index);
  guint8 lookup[JK_LOOKUP_BYTES];
  g_autoptr (JkPaperKeys) paper =
      change->added ? jk_build_draw (self->pool, self->office, self->hall, change->index, error)
                    : retire (self, change->index, error);
  if (paper == NULL || !check_room (self, person, jk_paper_keys_get_n (paper), error))
    return FALSE;

  jk_login_lookup (self->hall->roster_key, person->admission, lookup);
  g_autoptr (JkSecret) key = jk_login_derive (self->hall->roster_key,
                                              person->admission,
                                              change->id_number,
                                              session->costs.login,
                                              error);
  if (key == NULL)
    return FALSE;
  g_autoptr (GBytes) closed = jk_record_close (person,
                                               paper,
                                               key,
                                               self->office->paper_key,
                                               session->id,
                                               session->record_size,
                                               self->world->random,
                                               self->first_use + change->index);
  g_byte_array_append (self->records, lookup, sizeof lookup);
  g_byte_array_append (self->records,
                       g_bytes_get_data (closed, NULL),
                       (guint) session->record_size);
  memcpy (jk_secret_get_mutable (self->record_keys) + (gsize) change->index * JK_KEY_BYTES,
          jk_secret_get (key),
          JK_KEY_BYTES);
  return TRUE;
}

static int
compare_lookups (gconstpointer a, gconstpointer b, gpointer data)
{
  return memcmp (a, b, JK_LOOKUP_BYTES);
}

static void
sort_rows (GByteArray *rows, gsize row_size)
{
  if (rows->len > 0)
    g_qsort_with_data (rows->data, (gint) (rows->len / row_size), row_size, compare_lookups, NULL);
}

gboolean
jk_amend_build_rows (JkAmendBuild *self, GError **error)
{
  const GArray *changes = self->people->changes;

  if (!open_pool (self, error))
    return FALSE;
  self->record_keys = jk_secret_new ((gsize) self->people->people->len * JK_KEY_BYTES);
  for (guint n = 0; n < jk_roll_get_n (self->roll); n++) {
    g_autoptr (JkSecret) key = jk_roll_dup_record_key (self->roll, n);
    memcpy (jk_secret_get_mutable (self->record_keys) + (gsize) n * JK_KEY_BYTES,
            jk_secret_get (key),
            JK_KEY_BYTES);
  }
  for (guint n = 0; n < changes->len; n++)
    if (!add_record (self, &g_array_index (changes, JkAmendChange, n), error))
      return FALSE;
  sort_rows (self->retired, JK_LOOKUP_BYTES);
  sort_rows (self->records, JK_LOOKUP_BYTES + self->inputs->session->record_size);
  return TRUE;
}
