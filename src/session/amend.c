/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend.c: opening a .jkamend.
 *
 * Order, always: envelope with the session's own authority as signer, digests of everything, body,
 * whether it is for this session, sections. */
#include "session/amend-private.h"

#include "base/limits.h"
#include "session/body.h"
#include "session/error.h"
#include "session/source.h"

/* Of the fields of JK_AMEND_BODY. */
enum {
  ID,
  SESSION,
  BASE,
  HALL,
  NUMBER,
  REASON,
  STARTS,
  LATEST_ENTRY,
  REVOKED,
  ROLES,
  RECORDS,
  RECORD_SIZE,
};

static gboolean
refuse_content (const JkAmendment *self, GError **error, const char *fault)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_CONTENT,
               "%s: the amendment is signed, but %s; ask the authority to make it again.",
               jk_amendment_get_file (self),
               fault);
  return FALSE;
}

/* A text of size_min to size_max bytes; NULL when it is longer or shorter. */
static char *
dup_text (GVariant *body, gsize child, gsize size_min, gsize size_max)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (body, child);
  gsize length;
  const char *text = g_variant_get_string (value, &length);

  return length >= size_min && length <= size_max ? g_strdup (text) : NULL;
}

/* Names of roles, ascending. */
static gboolean
read_revoked (GVariant *body, JkAmendment *self)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (body, REVOKED);
  gsize n;
  const guint8 *names = g_variant_get_fixed_array (value, &n, 1);

  for (gsize i = 0; i < n; i++) {
    if (names[i] < JK_ROLE_CHIEF || names[i] > JK_ROLES_MAX || (i > 0 && names[i] <= names[i - 1]))
      return FALSE;
    self->revoked |= JK_ROLE_BIT (names[i]);
  }
  return TRUE;
}

/* Takes every field over; NULL when all is well, else half a sentence. */
static const char *
read_body (GVariant *body, JkAmendment *self)
{
  g_autoptr (GVariant) roles = g_variant_get_child_value (body, ROLES);

  if (!jk_body_read_bytes (body, ID, self->id, JK_BANK_ID_BYTES) ||
      !jk_body_read_bytes (body, SESSION, self->session_digest.bytes, JK_DIGEST_BYTES) ||
      !jk_body_read_bytes (body, BASE, self->base_digest.bytes, JK_DIGEST_BYTES))
    return "its id or digests have a wrong length; expected 16 and 32 bytes";
  self->hall = dup_text (body, HALL, 1, JK_ID_BYTES_MAX);
  self->reason = dup_text (body, REASON, 1, JK_NAME_BYTES_MAX);
  self->starts = dup_text (body, STARTS, 0, JK_ID_BYTES_MAX);
  if (self->hall == NULL || self->reason == NULL || self->starts == NULL ||
      (*self->starts != '\0' && jk_starts_get_day (self->starts) == 0))
    return "its hall, reason or start is empty, too long or no time; expected a start as "
           "2021-04-24T09:00";
  self->number = jk_body_get_u32 (body, NUMBER);
  if (self->number < 1 || self->number > JK_AMENDMENTS_MAX)
    return "its number is impossible; expected 1 to 99";
  self->latest_entry_min = jk_body_get_u32 (body, LATEST_ENTRY);
  if (self->latest_entry_min > JK_MINUTES_MAX && self->latest_entry_min != JK_AMEND_STAYS)
    return "its latest entry is impossible; expected at most 1440 minutes";
  if (!read_revoked (body, self))
    return "its revoked roles are unknown or out of order; expected each once";
  if (!jk_body_read_roles (roles, JK_ROLES_MAX, &self->roles, &self->n_roles))
    return "its added roles are unknown, out of order or have unusable keys; expected new spares";
  self->n_records = jk_body_get_u32 (body, RECORDS);
  self->record_size = jk_body_get_u32 (body, RECORD_SIZE);
  if (self->n_records < 1 || self->n_records > JK_RECORDS_MAX)
    return "its count of records is impossible; expected 1 to 25000";
  return NULL;
}

static gboolean
check_session (const JkAmendment *self, const JkSession *session, GError **error)
{
  if (memcmp (self->id, session->id, sizeof self->id) == 0 &&
      jk_digest_equal (&self->session_digest, jk_session_get_digest (session)))
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_AMENDMENT,
               "%s: amendment %u is for another session or hall (%s) than %s, hall %s, build %u; "
               "expected one for this file; use the amendment of this hall.",
               jk_amendment_get_file (self),
               self->number,
               self->hall,
               session->name,
               session->hall,
               session->build_number);
  return FALSE;
}

/* A table whose rows begin with a lookup, each once and sorted. */
static GBytes *
load_table (const JkAmendment *self,
            const char *section,
            gsize row_size,
            guint *out_n,
            GError **error)
{
  g_autoptr (GBytes) bytes = jk_envelope_load_section (self->envelope, section, row_size, error);
  if (bytes == NULL)
    return NULL;

  const guint8 *rows = g_bytes_get_data (bytes, NULL);
  gsize n = g_bytes_get_size (bytes) / row_size;
  for (gsize i = 1; i < n; i++)
    if (memcmp (rows + (i - 1) * row_size, rows + i * row_size, JK_LOOKUP_BYTES) >= 0) {
      refuse_content (self, error, "its records are not sorted");
      return NULL;
    }
  *out_n = (guint) n;
  return g_steal_pointer (&bytes);
}

static gboolean
load_keys (JkAmendment *self, GError **error)
{
  g_autoptr (GBytes) bytes = jk_envelope_load_section (self->envelope, JK_SECTION_KEYS, 0, error);
  if (bytes == NULL)
    return FALSE;

  g_autoptr (GVariant) keys =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (JK_AMEND_KEYS), bytes, FALSE));
  g_autoptr (GVariant) roster_key = g_variant_get_child_value (keys, 0);
  g_autoptr (GVariant) roll_key = g_variant_get_child_value (keys, 1);
  gboolean has_keys = g_variant_get_size (roster_key) > 0 && g_variant_get_size (roll_key) > 0;
  if (!g_variant_is_normal_form (keys) || has_keys != (self->n_roles > 0))
    return refuse_content (self, error, "the keys for its added roles are not of their form");
  self->roster_key = g_variant_get_data_as_bytes (roster_key);
  self->roll_key = g_variant_get_data_as_bytes (roll_key);
  return TRUE;
}

static gboolean
load_roster (JkAmendment *self, const JkSession *session, GError **error)
{
  if (self->record_size != session->record_size)
    return refuse_content (self, error, "its records have another size than the session's");
  self->retired = load_table (self, JK_SECTION_RETIRED, JK_LOOKUP_BYTES, &self->n_retired, error);
  if (self->retired == NULL)
    return FALSE;
  self->records = load_table (self,
                              JK_SECTION_RECORDS,
                              JK_LOOKUP_BYTES + self->record_size,
                              &self->n_changed,
                              error);
  if (self->records == NULL)
    return FALSE;
  if (self->n_retired > self->n_changed)
    return refuse_content (self, error, "it takes more records away than it brings");
  self->roll = jk_envelope_load_section (self->envelope, JK_SECTION_ROLL, 0, error);
  if (self->roll == NULL)
    return FALSE;
  if ((g_bytes_get_size (self->roll) > 0) != (self->n_changed > 0))
    return refuse_content (self, error, "its roll is not there if and only if records change");
  return TRUE;
}

JkAmendment *
jk_amendment_open (const JkStorage *storage,
                   const char *path,
                   const JkSession *session,
                   GError **error)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  g_autoptr (JkAmendment) self = g_new0 (JkAmendment, 1);
  self->envelope = jk_envelope_open (storage,
                                     path,
                                     JK_KIND_AMENDMENT,
                                     JK_AMEND_BODY,
                                     jk_session_get_authority (session),
                                     error);
  if (self->envelope == NULL || !jk_envelope_check_whole (self->envelope, error))
    return NULL;
  const char *fault = read_body (jk_envelope_get_body (self->envelope), self);
  if (fault != NULL) {
    refuse_content (self, error, fault);
    return NULL;
  }
  if (!check_session (self, session, error) || !load_keys (self, error) ||
      !load_roster (self, session, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_amendment_free (JkAmendment *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < self->n_roles; n++)
    jk_role_clear (&self->roles[n]);
  g_free (self->roles);
  g_clear_pointer (&self->roster_key, g_bytes_unref);
  g_clear_pointer (&self->roll_key, g_bytes_unref);
  g_clear_pointer (&self->retired, g_bytes_unref);
  g_clear_pointer (&self->records, g_bytes_unref);
  g_clear_pointer (&self->roll, g_bytes_unref);
  g_free (self->starts);
  g_free (self->reason);
  g_free (self->hall);
  jk_envelope_free (self->envelope);
  g_free (self);
}

const char *
jk_amendment_get_file (const JkAmendment *self)
{
  return jk_envelope_get_file (self->envelope);
}

guint
jk_amendment_get_number (const JkAmendment *self)
{
  return self->number;
}

const JkDigest *
jk_amendment_get_digest (const JkAmendment *self)
{
  return jk_envelope_get_digest (self->envelope);
}

const char *
jk_amendment_get_reason (const JkAmendment *self)
{
  return self->reason;
}

const char *
jk_amendment_get_starts (const JkAmendment *self)
{
  return *self->starts != '\0' ? self->starts : NULL;
}

gboolean
jk_amendment_changes_roster (const JkAmendment *self)
{
  return self->n_changed > 0;
}

guint
jk_amendment_get_n_roles (const JkAmendment *self)
{
  return self->n_roles;
}
