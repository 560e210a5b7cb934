/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-enter.c: see the header. */
#include "tool/sit-enter.h"

#include "base/error.h"
#include "session/error.h"

/* One log-in: what the candidate and the room type. */
typedef struct {
  /* Owned */
  JkSecret *record_key;
  JkRecord *record;
} LogIn;

static void
log_in_clear (LogIn *self)
{
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LogIn, log_in_clear)

static gboolean
log_in (const JkSession *session, const JkSecrets *secrets, LogIn *out, GError **error)
{
  g_autoptr (JkSecret) room = NULL;
  g_autoptr (JkSecret) roster_key = NULL;
  g_autoptr (JkSecret) admission = NULL;
  g_autoptr (JkSecret) id_number = NULL;

  room = jk_secrets_dup_text (secrets, "room-code", "Room code", error);
  if (room == NULL)
    return FALSE;
  roster_key = jk_session_open_room (session, (const char *) jk_secret_get (room), error);
  if (roster_key == NULL)
    return FALSE;
  admission = jk_secrets_dup_text (secrets, "admission", "Admission number", error);
  if (admission == NULL)
    return FALSE;
  id_number = jk_secrets_dup_text (secrets, "id-number", "ID number", error);
  if (id_number == NULL)
    return FALSE;
  out->record = jk_session_log_in (session,
                                   roster_key,
                                   (const char *) jk_secret_get (admission),
                                   (const char *) jk_secret_get (id_number),
                                   &out->record_key,
                                   error);
  return out->record != NULL;
}

static JkSecret *
open_start (const JkSession *session, const JkSecrets *secrets, GError **error)
{
  gboolean is_whole = jk_session_get_n_start_codes (session) == 1;
  g_autoptr (JkSecret) first = NULL;
  g_autoptr (JkSecret) second = NULL;

  first = jk_secrets_dup_text (secrets,
                               "start-code",
                               is_whole ? "Start code" : "First half of the start code (主考)",
                               error);
  if (first == NULL)
    return NULL;
  if (is_whole)
    return jk_session_open_start (session, (const char *) jk_secret_get (first), NULL, error);
  second =
      jk_secrets_dup_text (secrets, "start-code-2", "Second half of the start code (监考)", error);
  if (second == NULL)
    return NULL;
  return jk_session_open_start (session,
                                (const char *) jk_secret_get (first),
                                (const char *) jk_secret_get (second),
                                error);
}

static gboolean
start (JkSitting *sitting,
       const char *bank_path,
       const JkSittingPlace *place,
       const JkSecrets *secrets,
       const LogIn *entry,
       GError **error)
{
  g_autoptr (JkSecret) paper_key = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkOwnPaper) own = NULL;

  if (jk_sitting_get_state (sitting) == JK_STATE_IDENTIFIED &&
      jk_sitting_confirm (sitting, error) == 0)
    return FALSE;
  paper_key = open_start (place->session, secrets, error);
  if (paper_key == NULL)
    return FALSE;
  bank = jk_session_open_bank (place->session, place->world->storage, bank_path, paper_key, error);
  if (bank == NULL)
    return FALSE;
  own =
      jk_own_paper_open (place->session, bank, entry->record, entry->record_key, paper_key, error);
  return own != NULL && jk_sitting_start (sitting, own, error) != 0;
}

/* Whoever logs in to go on with a record must be its candidate. */
static gboolean
log_in_as (const JkSittingPlace *place,
           const JkSecrets *secrets,
           guint32 record,
           LogIn *out,
           GError **error)
{
  if (out->record == NULL && !log_in (place->session, secrets, out, error))
    return FALSE;
  if (jk_record_get_person (out->record)->index == record)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_LOGIN,
               "These numbers log in to another record than %u; expected that candidate's; give "
               "the right file of secrets.",
               record);
  return FALSE;
}

static gboolean
has_store (const JkSittingPlace *place, guint32 record, gboolean *out_has, GError **error)
{
  guint n;
  g_autofree guint32 *records = jk_sitting_find (place, &n, error);

  if (records == NULL)
    return FALSE;
  *out_has = FALSE;
  for (guint i = 0; i < n; i++)
    *out_has = *out_has || records[i] == record;
  return TRUE;
}

/* What the store has, else a new sitting. A store may have its name and no row yet: then its
 * candidate, who is known, begins. */
static JkSitting *
begin_or_resume (const JkSittingPlace *place,
                 const LogIn *entry,
                 gboolean again,
                 guint32 record,
                 GError **error)
{
  g_autoptr (GError) problem = NULL;
  JkSitting *sitting = again ? jk_sitting_resume (place, record, &problem) : NULL;

  if (sitting != NULL)
    return sitting;
  if (entry->record != NULL &&
      (!again || g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)))
    return jk_sitting_begin (place, entry->record, entry->record_key, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

JkSitting *
jk_sit_enter (const JkSittingPlace *place,
              const JkSecrets *secrets,
              const char *bank_path,
              gint64 resume,
              GError **error)
{
  g_auto (LogIn) entry = { NULL };
  g_autoptr (JkSitting) sitting = NULL;
  gboolean again = resume >= 0;
  guint32 record = (guint32) resume;

  if (!again) {
    if (!log_in (place->session, secrets, &entry, error))
      return NULL;
    record = jk_record_get_person (entry.record)->index;
    if (!has_store (place, record, &again, error))
      return NULL;
  }
  sitting = begin_or_resume (place, &entry, again, record, error);
  if (sitting == NULL)
    return NULL;
  if (jk_sitting_get_state (sitting) <= JK_STATE_READY &&
      (!log_in_as (place, secrets, record, &entry, error) ||
       !start (sitting, bank_path, place, secrets, &entry, error)))
    return NULL;
  return g_steal_pointer (&sitting);
}
