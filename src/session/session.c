/* SPDX-License-Identifier: Apache-2.0 */
/* session/session.c: opening a .jksession.
 *
 * Order, always: envelope, digests of everything, signer, costs, body, sections, texts. After that
 * nothing changes, so every thread may read. */
#include "session/session-private.h"

#include "base/code.h"
#include "base/text.h"
#include "crypto/error.h"
#include "session/body.h"
#include "session/error.h"

static gboolean
refuse_content (const JkSession *self, GError **error, const char *fault)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_CONTENT,
               "%s: the session is signed, but %s; ask the authority for a new build.",
               jk_session_get_file (self),
               fault);
  return FALSE;
}

static gboolean
check_signer (const JkSession *self, const JkAuthorities *authorities, GError **error)
{
  gboolean is_rehearsals_only;

  if (!jk_authorities_accepts (authorities, jk_session_get_authority (self), &is_rehearsals_only)) {
    g_autofree char *key = jk_text_hex (jk_session_get_authority (self), 4);
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_AUTHORITY,
                 "%s: the session is signed by the key %s..., which is none of the %u authorities "
                 "pinned on this machine; use the file of your authority, or have its .jkpub "
                 "installed.",
                 jk_session_get_file (self),
                 key,
                 jk_authorities_get_n (authorities));
    return FALSE;
  }
  if (is_rehearsals_only && !self->rehearsal) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_AUTHORITY,
                 "%s: the session is a real one, but its authority is pinned for rehearsals only; "
                 "use a session signed by the authority of the exam.",
                 jk_session_get_file (self));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_costs (const JkSession *self, const JkCosts *floor, GError **error)
{
  const char *file = jk_session_get_file (self);

  return jk_cost_check (self->costs.code, floor->code, file, error) &&
         jk_cost_check (self->costs.login, floor->login, file, error);
}

const guint8 *
jk_session_get_row (const JkSession *self, guint n)
{
  const guint8 *rows = g_bytes_get_data (self->records, NULL);
  return rows + n * (JK_LOOKUP_BYTES + self->record_size);
}

void
jk_session_gather_marks (JkSession *self)
{
  g_free (self->marks);
  self->marks = g_malloc ((gsize) self->n_records * JK_RECORD_MARK_BYTES);
  for (guint n = 0; n < self->n_records; n++)
    memcpy (self->marks + (gsize) n * JK_RECORD_MARK_BYTES,
            jk_session_get_row (self, n) + JK_LOOKUP_BYTES,
            JK_RECORD_MARK_BYTES);
}

static gboolean
load_records (JkSession *self, GError **error)
{
  gsize row_size = JK_LOOKUP_BYTES + self->record_size;

  if (self->record_size < jk_record_measure (NULL, 0, jk_blueprint_get_n_items (self->blueprint)))
    return refuse_content (self, error, "its records are too small for the items of a paper");
  self->records = jk_envelope_load_section (self->envelope, JK_SECTION_RECORDS, row_size, error);
  if (self->records == NULL)
    return FALSE;
  if (g_bytes_get_size (self->records) != self->n_records * row_size)
    return refuse_content (self, error, "it does not hold as many records as it says");
  for (guint n = 1; n < self->n_records; n++)
    if (memcmp (jk_session_get_row (self, n - 1), jk_session_get_row (self, n), JK_LOOKUP_BYTES) >=
        0)
      return refuse_content (self, error, "its records are not sorted");
  jk_session_gather_marks (self);
  return TRUE;
}

/* The text of a section, and the name it has in findings. */
static char *
load_text (const JkSession *self, const char *section, char **out_name, GError **error)
{
  g_autoptr (GBytes) bytes = jk_envelope_load_section (self->envelope, section, 0, error);
  g_autoptr (GError) fault = NULL;
  if (bytes == NULL)
    return NULL;

  g_autofree char *name = g_strdup_printf ("%s (%s)", jk_session_get_file (self), section);
  char *text = jk_text_from_bytes (name, bytes, &fault);
  if (text == NULL) {
    refuse_content (self, error, fault->message);
    return NULL;
  }
  *out_name = g_steal_pointer (&name);
  return text;
}

static const char *
find_fault (const JkReport *report)
{
  for (guint n = 0; n < jk_report_get_n (report); n++) {
    const JkFinding *finding = jk_report_get (report, n);
    if (finding->kind == JK_FINDING_FAULT)
      return finding->found;
  }
  return "it does not parse";
}

static gboolean
check_report (const JkSession *self, const char *section, const JkReport *report, GError **error)
{
  if (jk_report_get_n_faults (report) == 0)
    return TRUE;
  g_autofree char *fault =
      g_strdup_printf ("its part “%s” has a fault: %s", section, find_fault (report));
  return refuse_content (self, error, fault);
}

static gboolean
load_texts (JkSession *self, GError **error)
{
  g_autofree char *plan_name = NULL;
  g_autofree char *policy_name = NULL;
  g_autofree char *blueprint_name = NULL;
  g_autoptr (JkReport) plan_report = jk_report_new ();
  g_autoptr (JkReport) policy_report = jk_report_new ();
  g_autoptr (JkReport) blueprint_report = jk_report_new ();

  g_autofree char *plan = load_text (self, JK_SECTION_PLAN, &plan_name, error);
  if (plan == NULL)
    return FALSE;
  self->excerpt = jk_excerpt_parse (plan_name, plan, plan_report);
  if (!check_report (self, JK_SECTION_PLAN, plan_report, error))
    return FALSE;

  g_autofree char *policy = load_text (self, JK_SECTION_POLICY, &policy_name, error);
  if (policy == NULL)
    return FALSE;
  jk_policy_parse (policy_name, policy, policy_report, &self->policy);
  if (!check_report (self, JK_SECTION_POLICY, policy_report, error))
    return FALSE;

  g_autofree char *blueprint = load_text (self, JK_SECTION_BLUEPRINT, &blueprint_name, error);
  if (blueprint == NULL)
    return FALSE;
  self->blueprint = jk_blueprint_parse (blueprint_name, blueprint, blueprint_report);
  return check_report (self, JK_SECTION_BLUEPRINT, blueprint_report, error);
}

static gboolean
load_wraps_and_roll (JkSession *self, GError **error)
{
  g_autoptr (GBytes) wraps = jk_envelope_load_section (self->envelope, JK_SECTION_WRAPS, 0, error);
  if (wraps == NULL)
    return FALSE;
  self->wraps = jk_wraps_parse (wraps);
  if (self->wraps == NULL)
    return refuse_content (self, error, "its wrapped keys are not of their form");
  self->roll = jk_envelope_load_section (self->envelope, JK_SECTION_ROLL, 0, error);
  return self->roll != NULL;
}

JkSession *
jk_session_open (const JkWorld *world,
                 const char *path,
                 const JkAuthorities *authorities,
                 GError **error)
{
  g_return_val_if_fail (world != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (authorities != NULL, NULL);

  g_autoptr (JkSession) self = g_new0 (JkSession, 1);
  self->envelope =
      jk_envelope_open (world->storage, path, JK_KIND_SESSION, JK_SESSION_BODY, NULL, error);
  if (self->envelope == NULL || !jk_envelope_check_whole (self->envelope, error))
    return NULL;

  const char *fault = jk_body_read (jk_envelope_get_body (self->envelope), self);
  if (!check_signer (self, authorities, error))
    return NULL;
  if (fault != NULL) {
    refuse_content (self, error, fault);
    return NULL;
  }
  if (!check_costs (self, world->costs, error) || !load_texts (self, error) ||
      !load_records (self, error) || !load_wraps_and_roll (self, error) ||
      !jk_session_load_photos (self, error))
    return NULL;
  self->state_digest = *jk_session_get_digest (self);
  self->rolls = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (self->rolls, g_bytes_ref (self->roll));
  self->added_roster_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->added_roll_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->short_name = jk_code_format_short (self->id, JK_SHORT_BITS);
  return g_steal_pointer (&self);
}

void
jk_session_free (JkSession *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < self->n_roles; n++)
    jk_role_clear (&self->roles[n]);
  g_free (self->roles);
  g_free (self->centres);
  g_clear_pointer (&self->added_roster_keys, g_ptr_array_unref);
  g_clear_pointer (&self->added_roll_keys, g_ptr_array_unref);
  g_clear_pointer (&self->rolls, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_bytes_unref);
  g_free (self->marks);
  g_clear_pointer (&self->roll, g_bytes_unref);
  jk_wraps_free (self->wraps);
  jk_blueprint_free (self->blueprint);
  jk_excerpt_free (self->excerpt);
  g_free (self->short_name);
  g_free (self->starts);
  g_free (self->hall);
  g_free (self->name);
  jk_envelope_free (self->envelope);
  g_free (self);
}

const char *
jk_session_get_file (const JkSession *self)
{
  return jk_envelope_get_file (self->envelope);
}

const guint8 *
jk_session_get_id (const JkSession *self)
{
  return self->id;
}

const char *
jk_session_get_short_name (const JkSession *self)
{
  return self->short_name;
}

const char *
jk_session_get_name (const JkSession *self)
{
  return self->name;
}

const char *
jk_session_get_hall (const JkSession *self)
{
  return self->hall;
}

const char *
jk_session_get_starts (const JkSession *self)
{
  return self->starts;
}

guint
jk_session_get_build_number (const JkSession *self)
{
  return self->build_number;
}

gboolean
jk_session_is_rehearsal (const JkSession *self)
{
  return self->rehearsal;
}

const guint8 *
jk_session_get_authority (const JkSession *self)
{
  return jk_envelope_get_signer (self->envelope);
}

guint
jk_session_get_amendment_number (const JkSession *self)
{
  return self->amendment_number;
}

const JkDigest *
jk_session_get_digest (const JkSession *self)
{
  return jk_envelope_get_digest (self->envelope);
}

const JkDigest *
jk_session_get_bank_digest (const JkSession *self)
{
  return &self->bank_digest;
}

const JkExcerpt *
jk_session_get_excerpt (const JkSession *self)
{
  return self->excerpt;
}

const JkPolicy *
jk_session_get_policy (const JkSession *self)
{
  return &self->policy;
}

const JkBlueprint *
jk_session_get_blueprint (const JkSession *self)
{
  return self->blueprint;
}

guint
jk_session_get_n_records (const JkSession *self)
{
  return self->n_records;
}

guint
jk_session_get_n_start_codes (const JkSession *self)
{
  return self->n_start_codes;
}

guint
jk_session_get_n_roles (const JkSession *self)
{
  return self->n_roles;
}

const JkRole *
jk_session_get_role (const JkSession *self, guint n)
{
  g_return_val_if_fail (n < self->n_roles, NULL);
  return &self->roles[n];
}

const JkRole *
jk_session_find_role (const JkSession *self, JkRoleName name)
{
  for (guint n = 0; n < self->n_roles; n++) {
    if (self->roles[n].name == name)
      return &self->roles[n];
  }
  return NULL;
}

gboolean
jk_session_is_role_revoked (const JkSession *self, JkRoleName name)
{
  g_return_val_if_fail (name >= JK_ROLE_CHIEF && (guint) name <= JK_ROLES_MAX, TRUE);
  return (self->revoked & JK_ROLE_BIT (name)) != 0;
}

guint32
jk_session_get_revoked_roles (const JkSession *self)
{
  return self->revoked;
}

guint
jk_session_get_n_centres (const JkSession *self)
{
  return self->n_centres;
}

const JkSealPublic *
jk_session_get_centre (const JkSession *self, guint n)
{
  g_return_val_if_fail (n < self->n_centres, NULL);
  return &self->centres[n];
}
