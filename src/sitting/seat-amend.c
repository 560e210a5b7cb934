/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-amend.c: what the office changes after a session came to this PC (design.md
 * section 4).
 *
 * A1  The row of the log is the truth: what it names is in force, after a restart too. A copy
 *     without a row is what a stopped attempt left; the next one writes over it.
 * A2  While a copy that the log names is gone or changed, nobody logs in and no order is obeyed
 *     under the rules of before; a sitting that was started goes on, for no amendment touches it.
 *     The same amendment, brought again, mends it. */
#include "sitting/seat-private.h"

#include "base/error.h"
#include "base/limits.h"
#include "session/amend.h"
#include "session/error.h"

#define UNTIL_THEN "until then nobody logs in here and no order is obeyed"

static char *
dup_path_in (const char *folder, guint number)
{
  return g_strdup_printf ("%s/" JK_SEAT_AMENDMENT_PREFIX "%03u.jkamend", folder, number);
}

static char *
dup_path (const JkSeat *self, guint number)
{
  return dup_path_in (self->folder, number);
}

gboolean
jk_seat_copy_amendment (const JkStorage *storage,
                        const char *from,
                        const char *to,
                        guint number,
                        gboolean keep_there,
                        GError **error)
{
  g_autofree char *original = dup_path_in (from, number);
  g_autofree char *copy = dup_path_in (to, number);
  g_autoptr (GBytes) there = jk_storage_read (storage, copy, JK_SMALL_ENVELOPE_BYTES_MAX, NULL);
  g_autoptr (GBytes) bytes =
      jk_storage_read (storage, original, JK_SMALL_ENVELOPE_BYTES_MAX, error);

  if (bytes == NULL)
    return FALSE;
  return (there != NULL && (keep_there || g_bytes_equal (there, bytes))) ||
         jk_storage_write (storage, copy, 0600, bytes, error);
}

static guint
count_named (const JkSeat *self)
{
  return jk_log_replay_get_amendment (jk_seat_get_log (self));
}

/* Whether the log names this very file. */
static gboolean
is_named (const JkSeat *self, const JkAmendment *amendment)
{
  guint number = jk_amendment_get_number (amendment);

  return number <= count_named (self) &&
         jk_digest_equal (jk_amendment_get_digest (amendment),
                          jk_log_replay_get_amendment_digest (jk_seat_get_log (self), number));
}

gboolean
jk_seat_check_amended (const JkSeat *self, GError **error)
{
  return self->amendment_fault == NULL ||
         jk_seat_refuse (error, JK_SITTING_ERROR_AMENDMENT, "%s", self->amendment_fault);
}

const char *
jk_seat_get_amendment_fault (const JkSeat *self)
{
  return self->amendment_fault;
}

static gboolean
put_into_force (JkSeat *self, const JkAmendment *amendment, GError **error)
{
  if (!jk_session_amend (self->session, amendment, error))
    return FALSE;
  jk_seat_read_start (self);
  return TRUE;
}

static gboolean
take_copy (JkSeat *self, const char *path, GError **error)
{
  g_autoptr (JkAmendment) amendment =
      jk_amendment_open (self->place.world->storage, path, self->session, error);

  if (amendment == NULL)
    return FALSE;
  if (!is_named (self, amendment)) {
    g_set_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_AMENDMENT, "%s is another.", path);
    return FALSE;
  }
  return put_into_force (self, amendment, error);
}

static char *
dup_fault (const char *path, guint number, const GError *problem)
{
  const char *found = "was changed";

  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    found = "is missing";
  else if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE))
    found = "cannot be read";
  return g_strdup_printf ("%s %s; expected amendment %u as it came into force on this PC; load "
                          "amendment %u again: " UNTIL_THEN ".",
                          path,
                          found,
                          number,
                          number);
}

void
jk_seat_catch_up (JkSeat *self)
{
  guint number;

  g_clear_pointer (&self->amendment_fault, g_free);
  while ((number = jk_session_get_amendment_number (self->session)) < count_named (self)) {
    g_autofree char *path = dup_path (self, number + 1);
    g_autoptr (GError) problem = NULL;
    if (take_copy (self, path, &problem))
      continue;
    self->amendment_fault = dup_fault (path, number + 1, problem);
    return;
  }
}

/* Durably; and opened from there, for a stick may give other bytes the second time. */
static JkAmendment *
keep (const JkSeat *self, const JkAmendment *brought, const char *path, GError **error)
{
  const JkStorage *storage = self->place.world->storage;
  g_autofree char *copy = dup_path (self, jk_amendment_get_number (brought));
  g_autoptr (GBytes) bytes = jk_storage_read (storage, path, JK_SMALL_ENVELOPE_BYTES_MAX, error);

  if (bytes == NULL || !jk_storage_write (storage, copy, 0600, bytes, error))
    return NULL;
  g_autoptr (JkAmendment) kept = jk_amendment_open (storage, copy, self->session, error);
  if (kept == NULL ||
      jk_digest_equal (jk_amendment_get_digest (kept), jk_amendment_get_digest (brought)))
    return g_steal_pointer (&kept);
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s was changed while it was copied; expected it to stay as it is; check the stick, "
               "and load it again.",
               path);
  return NULL;
}

/* The head waits for all rows before it: also for one that an attempt before could not wait for. */
static gboolean
name_in_log (JkSeat *self, const JkAmendment *kept, GError **error)
{
  guint number = jk_amendment_get_number (kept);

  if (number > count_named (self) &&
      !jk_log_add_amended (self->log, number, jk_amendment_get_digest (kept), error))
    return FALSE;
  return jk_log_add_head (self->log, error);
}

static gboolean
take_new (JkSeat *self, const JkAmendment *brought, const char *path, GError **error)
{
  guint number = jk_amendment_get_number (brought);

  if (!jk_session_can_amend (self->session, brought, error))
    return FALSE;
  g_autoptr (JkAmendment) kept = keep (self, brought, path, error);
  if (kept == NULL)
    return FALSE;
  if (name_in_log (self, kept, error) && put_into_force (self, kept, error)) {
    jk_seat_catch_up (self);
    return TRUE;
  }
  /* The row waits for the disk, and counts once it is there. */
  if (number <= count_named (self) && self->amendment_fault == NULL)
    self->amendment_fault = g_strdup_printf ("Amendment %u is not on the disk of this PC yet; load "
                                             "amendment %u again: " UNTIL_THEN ".",
                                             number,
                                             number);
  return FALSE;
}

static gboolean
refuse (const char *path, guint number, const char *fault, GError **error)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_AMENDMENT,
               "%s: amendment %u %s.",
               path,
               number,
               fault);
  return FALSE;
}

gboolean
jk_seat_take_amendment (JkSeat *self, const char *path, GError **error)
{
  const JkLogReplay *log = jk_seat_get_log (self);
  g_autoptr (JkAmendment) brought =
      jk_amendment_open (self->place.world->storage, path, self->session, error);

  if (brought == NULL)
    return FALSE;
  guint number = jk_amendment_get_number (brought);
  if (jk_log_replay_is_wiped (log) || jk_log_replay_get_wipe_order (log) != NULL)
    return refuse (path,
                   number,
                   "comes too late: this session was wiped from this PC; there is nothing to do",
                   error);
  if (number <= count_named (self) && !is_named (self, brought))
    return refuse (path,
                   number,
                   "is another one than the amendment of this number that is in force on this PC; "
                   "expected the same file; ask the authority which of the two is right",
                   error);
  if (number > jk_session_get_amendment_number (self->session) &&
      !take_new (self, brought, path, error))
    return FALSE;
  jk_seat_second_amendments (self);
  return self->waiting->len == 0 || jk_seat_resume_all (self, error);
}
