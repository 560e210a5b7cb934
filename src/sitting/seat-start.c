/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-start.c: from the bank that came with the session to an open paper (P4).
 *
 * The keys of the one who logged in stay in guarded memory from the log-in to the start and nowhere
 * else: after a restart in between, the candidate logs in once more. */
#include "sitting/seat-private.h"

#include "base/error.h"
#include "base/limits.h"
#include "session/error.h"

void
jk_seat_drop_entry (JkSeat *self)
{
  g_clear_pointer (&self->entry, jk_record_free);
  g_clear_pointer (&self->entry_key, jk_secret_free);
}

void
jk_seat_keep_entry (JkSeat *self, JkRecord *record, JkSecret *record_key)
{
  jk_seat_drop_entry (self);
  self->entry = record;
  self->entry_key = record_key;
}

gboolean
jk_seat_has_entry (const JkSeat *self, guint32 record)
{
  return self->entry != NULL && jk_record_get_person (self->entry)->index == record;
}

static char *
dup_bank_path (const JkSeat *self)
{
  return g_build_filename (self->folder, JK_SEAT_BANK_NAME, NULL);
}

/* The file at path, if it is the bank of this session. Errors: those of jk_bank_open, BANK. */
static JkBank *
open_bank (const JkSeat *self, const char *path, GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (self->place.world->storage,
                                          path,
                                          jk_session_get_authority (self->session),
                                          error);

  if (bank == NULL)
    return NULL;
  if (jk_digest_equal (jk_bank_get_digest (bank), jk_session_get_bank_digest (self->session)))
    return g_steal_pointer (&bank);
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BANK,
               "%s: this is not the bank of session %s; expected the .jkbank of build %u; copy it "
               "from where the session came from.",
               path,
               jk_session_get_name (self->session),
               jk_session_get_build_number (self->session));
  return NULL;
}

gboolean
jk_seat_has_bank (const JkSeat *self)
{
  g_autofree char *path = dup_bank_path (self);
  g_autoptr (JkBank) bank = open_bank (self, path, NULL);

  return bank != NULL;
}

static gboolean
check_whole (const JkSeat *self, const char *path, GError **error)
{
  g_autoptr (JkBank) bank = open_bank (self, path, error);

  return bank != NULL && jk_bank_check_whole (bank, error);
}

gboolean
jk_seat_check_bank (JkSeat *self, GError **error)
{
  g_autofree char *path = dup_bank_path (self);

  return check_whole (self, path, error);
}

guint64
jk_seat_measure_bank (const JkSeat *self)
{
  g_autofree char *path = dup_bank_path (self);
  g_autoptr (JkFile) file = jk_file_open (self->place.world->storage, path, NULL);

  return file != NULL ? jk_file_get_size (file) : 0;
}

gboolean
jk_seat_take_bank (JkSeat *self, const char *path, GError **error)
{
  const JkStorage *storage = self->place.world->storage;
  g_autofree char *own = dup_bank_path (self);

  if (jk_seat_check_bank (self, NULL))
    return TRUE;
  if (!check_whole (self, path, error))
    return FALSE;
  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, JK_BANK_BYTES_MAX, error);
  /* Checked again where it lies: what was copied is what is used. */
  return bytes != NULL && jk_storage_write (storage, own, 0600, bytes, error) &&
         jk_seat_check_bank (self, error);
}

static gboolean
check_entry (const JkSeat *self, const JkSitting *sitting, GError **error)
{
  if (sitting == NULL || jk_sitting_get_state (sitting) != JK_STATE_READY)
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_STATE,
                           "Nobody waits for the start at this PC; the candidate logs in and "
                           "confirms first.");
  if (!jk_seat_has_entry (self, jk_sitting_get_person (sitting)->index))
    return jk_seat_refuse (error,
                           JK_SITTING_ERROR_STATE,
                           "This PC was started again since the log-in; the candidate logs in once "
                           "more, then the start code opens the paper.");
  return TRUE;
}

gboolean
jk_seat_start (JkSeat *self, const char *first, const char *second, GError **error)
{
  JkSitting *sitting = jk_seat_get_current (self);
  g_autofree char *path = dup_bank_path (self);

  if (!check_entry (self, sitting, error) || !jk_seat_check_amended (self, error) ||
      !jk_seat_check_disk (self, error))
    return FALSE;
  g_autoptr (JkSecret) paper_key = jk_session_open_start (self->session, first, second, error);
  if (paper_key == NULL)
    return FALSE;
  g_autoptr (JkBank) bank =
      jk_session_open_bank (self->session, self->place.world->storage, path, paper_key, error);
  if (bank == NULL)
    return FALSE;
  g_autoptr (JkOwnPaper) own =
      jk_own_paper_open (self->session, bank, self->entry, self->entry_key, paper_key, error);
  if (own == NULL || jk_sitting_start (sitting, own, error) == 0)
    return FALSE;
  jk_seat_drop_entry (self);
  return TRUE;
}

gboolean
jk_seat_recognise (JkSeat *self, const char *id_number, GError **error)
{
  const JkSitting *sitting = jk_seat_get_current (self);
  g_autoptr (JkSecret) record_key = NULL;

  if (sitting == NULL)
    return jk_seat_refuse (error, JK_SITTING_ERROR_STATE, "Nobody sits at this PC now.");
  const JkPerson *person = jk_sitting_get_person (sitting);
  g_autoptr (JkSecret) roster_key = jk_log_read_roster_key (self->log, error);
  if (roster_key == NULL)
    return FALSE;
  g_autoptr (JkRecord) record = jk_session_log_in (self->session,
                                                   roster_key,
                                                   person->admission,
                                                   id_number,
                                                   &record_key,
                                                   error);
  return record != NULL;
}
