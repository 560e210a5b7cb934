/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-amend.c: see the header.
 *
 * The amendment comes first and NAME.office last: an amendment that NAME.office does not know can
 * be made again, one that it knows and nobody has cannot. */
#include "session/build-amend.h"

#include "base/error.h"
#include "base/text.h"
#include "envelope/writer.h"
#include "session/amend-private.h"
#include "session/body.h"
#include "session/build-amend-private.h"
#include "session/error.h"
#include "session/printed-code.h"
#include "session/purpose.h"

#include <errno.h>
#include <fcntl.h>

#define SECRET_MODE 0600

/* Uses of chance: no two amendments, halls or records share one. */
#define NUMBER_SHIFT 40
#define HALL_SHIFT 26

static void
amend_clear (JkAmendBuild *self)
{
  for (guint n = 0; n < self->n_roles; n++)
    jk_role_clear (&self->roles[n]);
  g_clear_pointer (&self->records, g_byte_array_unref);
  g_clear_pointer (&self->retired, g_byte_array_unref);
  jk_secret_free (self->record_keys);
  jk_pool_free (self->pool);
  jk_bank_free (self->bank);
  jk_amend_people_free (self->people);
  jk_roll_free (self->roll);
  jk_office_free (self->office);
  g_clear_pointer (&self->office_bytes, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkAmendBuild, amend_clear)

static gboolean
refuse (GError **error, JkSessionError code, const char *fault)
{
  g_set_error (error, JK_SESSION_ERROR, (gint) code, "The amendment cannot be made: %s.", fault);
  return FALSE;
}

static gboolean
check_signer (const JkAmendInputs *inputs, GError **error)
{
  guint8 signer[JK_PUBLIC_BYTES];

  jk_sign_get_public (inputs->authority, signer);
  if (memcmp (signer, jk_session_get_authority (inputs->session), sizeof signer) == 0)
    return TRUE;
  return refuse (error,
                 JK_SESSION_ERROR_BUILD,
                 "the key is not that of the authority that signed the session; expected the same; "
                 "use that key");
}

/* Whether this is the next amendment, on top of those that the office issued. */
static gboolean
check_turn (const JkAmendBuild *self, GError **error)
{
  const JkSession *session = self->inputs->session;
  guint number = jk_amend_source_get_number (self->inputs->source);
  guint issued = self->hall->n_amendments;
  g_autofree char *fault = NULL;

  if (session->amendment_number != issued)
    fault = g_strdup_printf ("hall %s has %u amendments by %s, and %u were given; expected all of "
                             "them in their order; give each with --amend",
                             self->hall->name,
                             issued,
                             self->inputs->office_path,
                             session->amendment_number);
  else if (issued > 0 && !jk_digest_equal (&session->state_digest, &self->hall->amendment))
    fault = g_strdup_printf ("amendment %u is another one than %s remembers; expected that one; "
                             "look for it",
                             issued,
                             self->inputs->office_path);
  else if (number != issued + 1)
    fault = g_strdup_printf ("%s gives it the number %u; expected %u, the next one of hall %s; "
                             "write that number",
                             jk_amend_source_get_file (self->inputs->source),
                             number,
                             issued + 1,
                             self->hall->name);
  return fault == NULL || refuse (error, JK_SESSION_ERROR_AMENDMENT, fault);
}

static gboolean
refuse_office (GError **error)
{
  return refuse (error,
                 JK_SESSION_ERROR_BUILD,
                 "the office file is that of another session; expected the one that was written "
                 "with this session file; give that one");
}

static gboolean
open_office (JkAmendBuild *self, GError **error)
{
  const JkSession *session = self->inputs->session;

  self->office_bytes = jk_storage_read (self->world->storage,
                                        self->inputs->office_path,
                                        JK_TEXT_FILE_BYTES_MAX,
                                        error);
  if (self->office_bytes == NULL)
    return FALSE;
  self->office = jk_office_open (self->inputs->office_path,
                                 self->office_bytes,
                                 self->inputs->passphrase,
                                 self->world->costs->passphrase,
                                 error);
  if (self->office == NULL)
    return FALSE;
  self->hall = jk_office_find_hall (self->office, session->hall);
  if (memcmp (self->office->id, session->id, sizeof session->id) != 0 || self->hall == NULL)
    return refuse_office (error);
  for (guint n = 0; g_ptr_array_index (self->office->halls, n) != self->hall; n++)
    self->first_use += G_GUINT64_CONSTANT (1) << HALL_SHIFT;
  self->first_use += (guint64) jk_amend_source_get_number (self->inputs->source) << NUMBER_SHIFT;
  if (!check_turn (self, error))
    return FALSE;
  return self->hall->n_passcodes == session->n_roles || refuse_office (error);
}

static void
check_roles (const JkAmendBuild *self, JkReport *report)
{
  const JkAmendSource *source = self->inputs->source;
  const JkSession *session = self->inputs->session;
  guint n_left = jk_amend_source_get_n_spares (source);

  if (session->n_roles + n_left > JK_ROLES_MAX)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   jk_amend_source_get_file (source),
                   "[roles] new-spares",
                   "the hall would have had more than 16 roles",
                   "at most 16, revoked ones included",
                   "add fewer");
  for (guint name = JK_ROLE_CHIEF; name <= JK_ROLES_MAX; name++) {
    gboolean in_force =
        name <= session->n_roles && !jk_session_is_role_revoked (session, (JkRoleName) name);
    gboolean revokes = jk_amend_source_revokes (source, (JkRoleName) name);
    n_left += in_force && !revokes ? 1 : 0;
    if (!revokes || in_force)
      continue;
    g_autofree char *found =
        g_strdup_printf ("the role “%s” is not in force", jk_role_name_get ((JkRoleName) name));
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   jk_amend_source_get_file (source),
                   "[roles] revoke",
                   found,
                   "roles that are",
                   "leave it out");
  }
  if (n_left == 0)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   jk_amend_source_get_file (source),
                   "[roles] revoke",
                   "no role would be left",
                   "at least one in force",
                   "add a spare");
}

static gboolean
check_people (JkAmendBuild *self, JkReport *report, GError **error)
{
  guint n_before = jk_report_get_n_faults (report);

  self->roll = jk_session_open_roll_with (self->inputs->session, self->hall->roll_key, error);
  if (self->roll == NULL)
    return FALSE;
  self->people = jk_amend_people_new (self->inputs->source, self->roll, self->hall->name, report);
  check_roles (self, report);
  if (jk_report_get_n_faults (report) == n_before)
    return TRUE;
  return refuse (error,
                 JK_SESSION_ERROR_BUILD,
                 "its files have faults; expected none; correct each of them");
}

static gboolean
make_roles (JkAmendBuild *self, GError **error)
{
  guint n_spares = jk_amend_source_get_n_spares (self->inputs->source);

  for (guint n = 0; n < n_spares; n++) {
    JkSecret *passcode = jk_printed_code_new (self->world->random,
                                              "session: passcode letters",
                                              self->first_use + n,
                                              JK_START_CODE_BITS);
    self->hall->passcodes[self->hall->n_passcodes++] = passcode;
    if (!jk_role_new ((JkRoleName) self->hall->n_passcodes,
                      passcode,
                      self->world,
                      self->first_use + n,
                      &self->roles[n],
                      error))
      return FALSE;
    self->n_roles++;
  }
  return TRUE;
}

/* A key of the hall for the added roles; nothing when there are none. Floating. */
static GVariant *
seal_key (const JkAmendBuild *self, const JkSecret *key, const char *purpose, const char *use)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, self->inputs->session->id, self->hall->name);
  JkSealPublic to[JK_ROLES_MAX];

  for (guint n = 0; n < self->n_roles; n++)
    to[n] = self->roles[n].seal_public;
  if (self->n_roles == 0)
    return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1);
  g_autoptr (GBytes) sealed = jk_seal (to,
                                       self->n_roles,
                                       purpose,
                                       context,
                                       context_size,
                                       jk_secret_get (key),
                                       jk_secret_get_size (key),
                                       self->world->random,
                                       use,
                                       self->first_use);
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, sealed, TRUE);
}

static GVariant *
make_revoked (const JkAmendSource *source)
{
  guint8 names[JK_ROLES_MAX];
  gsize n = 0;

  for (guint8 name = JK_ROLE_CHIEF; name <= JK_ROLES_MAX; name++)
    if (jk_amend_source_revokes (source, (JkRoleName) name))
      names[n++] = name;
  return jk_body_new_bytes (names, n);
}

static GVariant *
make_body (const JkAmendBuild *self)
{
  const JkAmendSource *source = self->inputs->source;
  const JkSession *session = self->inputs->session;
  const char *starts = jk_amend_source_get_starts (source);
  guint latest_entry;
  gboolean has_latest = jk_amend_source_get_latest_entry (source, &latest_entry);

  return g_variant_new ("(@ay@ay@aysussu@ay@a(yayayay)uu)",
                        jk_body_new_bytes (session->id, sizeof session->id),
                        jk_body_new_bytes (jk_session_get_digest (session)->bytes, JK_DIGEST_BYTES),
                        jk_body_new_bytes (session->state_digest.bytes, JK_DIGEST_BYTES),
                        session->hall,
                        jk_amend_source_get_number (source),
                        jk_amend_source_get_reason (source),
                        starts != NULL ? starts : "",
                        has_latest ? latest_entry : JK_AMEND_STAYS,
                        make_revoked (source),
                        jk_body_new_roles (self->roles, self->n_roles),
                        self->people->people->len,
                        (guint32) session->record_size);
}

/* The whole new roll; empty when nobody changes. */
static GBytes *
make_roll (const JkAmendBuild *self)
{
  const GArray *people = self->people->people;

  if (self->people->changes->len == 0)
    return g_bytes_new_static ("", 0);
  return jk_roll_close ((const JkPerson *) (gpointer) people->data,
                        people->len,
                        self->record_keys,
                        self->hall->roll_key,
                        self->office->id,
                        self->world->random,
                        self->first_use);
}

static gboolean
write_amendment (const JkAmendBuild *self, const char *path, JkDigest *out_digest, GError **error)
{
  static const char *const sections[] = {
    JK_SECTION_KEYS, JK_SECTION_RETIRED, JK_SECTION_RECORDS, JK_SECTION_ROLL, NULL,
  };
  g_autoptr (GVariant) keys = g_variant_ref_sink (g_variant_new (
      "(@ay@ay)",
      seal_key (self, self->hall->roster_key, JK_PURPOSE_ROSTER_KEY, "session: roster key"),
      seal_key (self, self->hall->roll_key, JK_PURPOSE_ROLL_KEY, "session: roll key")));
  g_autoptr (GBytes) roll = make_roll (self);
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (self->world->storage,
                                                                path,
                                                                0644,
                                                                JK_KIND_AMENDMENT,
                                                                make_body (self),
                                                                sections,
                                                                error);

  return writer != NULL &&
         jk_envelope_writer_add_section (writer,
                                         g_variant_get_data (keys),
                                         g_variant_get_size (keys),
                                         0,
                                         error) &&
         jk_envelope_writer_add_section (writer,
                                         self->retired->data,
                                         self->retired->len,
                                         self->retired->len / JK_LOOKUP_BYTES,
                                         error) &&
         jk_envelope_writer_add_section (writer,
                                         self->records->data,
                                         self->records->len,
                                         self->people->changes->len,
                                         error) &&
         jk_envelope_writer_add_section (writer,
                                         g_bytes_get_data (roll, NULL),
                                         g_bytes_get_size (roll),
                                         0,
                                         error) &&
         jk_envelope_writer_finish (writer, self->inputs->authority, NULL, out_digest, error);
}

static gboolean
write_envelopes (const JkAmendBuild *self, const char *path, GError **error)
{
  const JkSession *session = self->inputs->session;
  const char *starts = jk_amend_source_get_starts (self->inputs->source);
  char *text = jk_office_dup_added_envelopes (self->office,
                                              self->hall,
                                              self->roles[0].name,
                                              session->build_number,
                                              starts != NULL ? starts : session->starts);
  GBytes *bytes = g_bytes_new_static (text, strlen (text));
  gboolean is_written = jk_storage_write (self->world->storage, path, SECRET_MODE, bytes, error);

  g_bytes_unref (bytes);
  jk_text_wipe (text);
  return is_written;
}

/* A write that failed at its very end may have put the new file there: then the old one is put
 * back, so that the office never knows an amendment that is not there. */
static gboolean
write_office (JkAmendBuild *self, const JkDigest *digest, GError **error)
{
  const JkStorage *storage = self->world->storage;
  const char *path = self->inputs->office_path;

  self->hall->n_amendments = jk_amend_source_get_number (self->inputs->source);
  self->hall->amendment = *digest;
  g_autoptr (GBytes) locked =
      jk_office_lock (self->office, self->inputs->passphrase, self->world, error);
  if (locked == NULL)
    return FALSE;
  if (jk_storage_write (storage, path, SECRET_MODE, locked, error))
    return TRUE;
  jk_storage_write (storage, path, SECRET_MODE, self->office_bytes, NULL);
  return FALSE;
}

static gboolean
write_all (JkAmendBuild *self, const GPtrArray *paths, GError **error)
{
  JkDigest digest;

  return write_amendment (self, g_ptr_array_index (paths, 0), &digest, error) &&
         (paths->len == 1 || write_envelopes (self, g_ptr_array_index (paths, 1), error)) &&
         write_office (self, &digest, error);
}

/* The names to be written: the amendment, then the envelopes when there are any. */
static GPtrArray *
list_names (const JkAmendInputs *inputs)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *stem = g_strdup_printf ("%s-%s-amend-%u",
                                           jk_session_get_name (inputs->session),
                                           jk_session_get_hall (inputs->session),
                                           jk_amend_source_get_number (inputs->source));

  g_ptr_array_add (names, g_strconcat (stem, ".jkamend", NULL));
  if (jk_amend_source_get_n_spares (inputs->source) > 0)
    g_ptr_array_add (names, g_strconcat (stem, "-envelopes.txt", NULL));
  return names;
}

gboolean
jk_amend_build (const JkAmendInputs *inputs,
                const JkWorld *world,
                JkReport *report,
                char ***out_files,
                GError **error)
{
  g_return_val_if_fail (inputs != NULL, FALSE);
  g_return_val_if_fail (world != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  g_autoptr (GPtrArray) names = list_names (inputs);
  g_autoptr (GPtrArray) paths = jk_build_list_paths (names, inputs->folder);
  g_auto (JkAmendBuild) self = {
    .inputs = inputs,
    .world = world,
    .retired = g_byte_array_new (),
    .records = g_byte_array_new (),
  };
  if (!jk_build_check_free (world->storage, paths, error) || !check_signer (inputs, error) ||
      !open_office (&self, error) || !check_people (&self, report, error) ||
      !jk_amend_build_rows (&self, error) || !make_roles (&self, error))
    return FALSE;
  if (!write_all (&self, paths, error)) {
    jk_build_remove (world->storage, paths, inputs->folder);
    return FALSE;
  }
  if (out_files != NULL) {
    g_ptr_array_add (names, NULL);
    *out_files = (char **) g_ptr_array_steal (names, NULL);
  }
  return TRUE;
}
