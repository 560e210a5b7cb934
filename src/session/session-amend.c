/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-amend.c: putting an amendment into force.
 *
 * Everything is checked and made beside the session first, so that a refusal changes nothing. */
#include "session/amend-private.h"

#include "session/error.h"

static gboolean
refuse (const JkAmendment *amendment, JkSessionError code, GError **error, const char *fault)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               (gint) code,
               "%s: amendment %u %s.",
               jk_amendment_get_file (amendment),
               amendment->number,
               fault);
  return FALSE;
}

static gboolean
check_turn (const JkSession *self, const JkAmendment *amendment, GError **error)
{
  guint next = self->amendment_number + 1;
  g_autofree char *fault = NULL;

  if (!jk_digest_equal (&amendment->session_digest, jk_session_get_digest (self)))
    return refuse (amendment,
                   JK_SESSION_ERROR_AMENDMENT,
                   error,
                   "is for another session; expected one for this file; use the amendment of this "
                   "hall");
  if (amendment->number > next)
    fault = g_strdup_printf ("came, but %u is missing; expected each in turn: load %u first",
                             next,
                             next);
  else if (amendment->number < next)
    fault = g_strdup_printf ("came, but %u is in force already; expected %u: leave this one out",
                             self->amendment_number,
                             next);
  else if (!jk_digest_equal (&amendment->base_digest, &self->state_digest))
    fault = g_strdup_printf ("was made on top of another amendment %u than the one loaded here; "
                             "expected the same; ask the authority which of the two is right",
                             self->amendment_number);
  if (fault != NULL)
    return refuse (amendment, JK_SESSION_ERROR_AMENDMENT, error, fault);
  return TRUE;
}

static guint32
get_role_bits (const JkSession *self)
{
  guint32 bits = 0;

  for (guint n = 0; n < self->n_roles; n++)
    bits |= JK_ROLE_BIT (self->roles[n].name);
  return bits;
}

static gboolean
check_roles (const JkSession *self, const JkAmendment *amendment, GError **error)
{
  guint32 in_force = get_role_bits (self) & ~self->revoked;

  if ((amendment->revoked & ~in_force) != 0)
    return refuse (amendment,
                   JK_SESSION_ERROR_CONTENT,
                   error,
                   "revokes a role that is not in force; expected one that is; ask the authority "
                   "to make it again");
  if (amendment->n_roles > 0 && amendment->roles[0].name <= self->roles[self->n_roles - 1].name)
    return refuse (amendment,
                   JK_SESSION_ERROR_CONTENT,
                   error,
                   "adds a role that there was before; expected a new one; ask the authority to "
                   "make it again");
  if ((in_force & ~amendment->revoked) == 0 && amendment->n_roles == 0)
    return refuse (amendment,
                   JK_SESSION_ERROR_CONTENT,
                   error,
                   "leaves no role in force; expected at least one; ask the authority to make it "
                   "again");
  return TRUE;
}

/* Walks two tables that are sorted by lookup. */
typedef struct {
  /* Borrowed */
  const guint8 *at;
  const guint8 *end;
  /* Plain */
  gsize row_size;
} Cursor;

static Cursor
cursor_new (GBytes *rows, gsize row_size)
{
  gsize size;
  const guint8 *at = g_bytes_get_data (rows, &size);

  return (Cursor){ at, size > 0 ? at + size : at, row_size };
}

/* Below, at or above 0 as the row of a comes before, with or after that of b; a table that ended
 * comes last. */
static int
cursor_compare (const Cursor *a, const Cursor *b)
{
  if (a->at == a->end || b->at == b->end)
    return (a->at == a->end) - (b->at == b->end);
  return memcmp (a->at, b->at, JK_LOOKUP_BYTES);
}

/* The old rows without the retired ones, and the new ones between them; NULL when they do not fit
 * together or are not n. */
static GBytes *
merge_records (const JkSession *self, const JkAmendment *amendment)
{
  gsize row_size = JK_LOOKUP_BYTES + self->record_size;
  gsize size = amendment->n_records * row_size;
  Cursor old = cursor_new (self->records, row_size);
  Cursor retired = cursor_new (amendment->retired, JK_LOOKUP_BYTES);
  Cursor fresh = cursor_new (amendment->records, row_size);
  g_autofree guint8 *rows = NULL;
  guint8 *to;

  if (self->n_records - MIN (amendment->n_retired, self->n_records) + amendment->n_changed !=
      amendment->n_records)
    return NULL;
  rows = to = g_malloc (size);
  while (old.at < old.end || fresh.at < fresh.end) {
    if (old.at < old.end && cursor_compare (&old, &retired) == 0) {
      old.at += row_size;
      retired.at += JK_LOOKUP_BYTES;
      continue;
    }
    int order = cursor_compare (&old, &fresh);
    Cursor *from = order < 0 ? &old : &fresh;
    if (order == 0 || to == rows + size)
      return NULL;
    memcpy (to, from->at, row_size);
    to += row_size;
    from->at += row_size;
  }
  if (retired.at != retired.end || to != rows + size)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&rows), size);
}

static void
take_roles (JkSession *self, const JkAmendment *amendment)
{
  self->roles = g_renew (JkRole, self->roles, self->n_roles + amendment->n_roles);
  for (guint n = 0; n < amendment->n_roles; n++) {
    JkRole *role = &self->roles[self->n_roles++];
    *role = amendment->roles[n];
    g_bytes_ref (role->locked);
  }
  self->revoked |= amendment->revoked;
  if (amendment->n_roles > 0) {
    g_ptr_array_add (self->added_roster_keys, g_bytes_ref (amendment->roster_key));
    g_ptr_array_add (self->added_roll_keys, g_bytes_ref (amendment->roll_key));
  }
}

static void
take_window (JkSession *self, const JkAmendment *amendment)
{
  if (*amendment->starts != '\0') {
    g_free (self->starts);
    self->starts = g_strdup (amendment->starts);
  }
  if (amendment->latest_entry_min != JK_AMEND_STAYS)
    self->policy.latest_entry_min = amendment->latest_entry_min;
}

/* Checks all there is to check; the records as they will be. */
static GBytes *
prepare (const JkSession *self, const JkAmendment *amendment, GError **error)
{
  if (!check_turn (self, amendment, error) || !check_roles (self, amendment, error))
    return NULL;
  GBytes *records = merge_records (self, amendment);
  if (records == NULL)
    refuse (amendment,
            JK_SESSION_ERROR_CONTENT,
            error,
            "does not fit the records it goes on top of; expected those of this hall; ask the "
            "authority to make it again");
  return records;
}

gboolean
jk_session_can_amend (const JkSession *self, const JkAmendment *amendment, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (amendment != NULL, FALSE);

  g_autoptr (GBytes) records = prepare (self, amendment, error);
  return records != NULL;
}

gboolean
jk_session_amend (JkSession *self, const JkAmendment *amendment, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (amendment != NULL, FALSE);

  g_autoptr (GBytes) records = prepare (self, amendment, error);
  if (records == NULL)
    return FALSE;

  if (amendment->n_changed > 0) {
    g_bytes_unref (self->records);
    self->records = g_steal_pointer (&records);
    self->n_records = amendment->n_records;
    jk_session_gather_marks (self);
    g_bytes_unref (self->roll);
    self->roll = g_bytes_ref (amendment->roll);
  }
  g_ptr_array_add (self->rolls, g_bytes_ref (self->roll));
  take_roles (self, amendment);
  take_window (self, amendment);
  self->amendment_number = amendment->number;
  self->state_digest = *jk_envelope_get_digest (amendment->envelope);
  return TRUE;
}
