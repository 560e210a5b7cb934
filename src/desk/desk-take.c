/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-take.c: a file that came by inbox, folder or stick is taken, from its copy on this PC:
 * sessions, banks, amendments and orders (design.md section 6). */
#include "desk/desk-private.h"

#include "base/limits.h"
#include "session/amend.h"
#include "session/error.h"

#include <unistd.h>

typedef gboolean (*TakeFile) (JkDesk *self,
                              const char *path,
                              JkFolderFate *out_fate,
                              GError **error);

JkSeat *
jk_desk_find_seat (JkDesk *self, const JkDigest *session)
{
  for (guint i = 0; i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    if (jk_digest_equal (jk_session_get_digest (jk_seat_get_session (seat)), session))
      return seat;
  }
  return NULL;
}

static gboolean
refuse_alone (const char *path, GError **error)
{
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_SESSION,
               "%s is for a session that is not on this PC; load the .jksession file of this hall "
               "first, then this one again.",
               path);
  return FALSE;
}

static gboolean
take_session (JkDesk *self, const char *path, JkFolderFate *out_fate, GError **error)
{
  g_autoptr (JkSession) session = jk_session_open (self->world, path, self->authorities, error);

  if (session == NULL)
    return FALSE;
  if (jk_desk_find_seat (self, jk_session_get_digest (session)) != NULL) {
    *out_fate = JK_FOLDER_KNOWN;
    return TRUE;
  }
  JkSeat *seat = jk_seat_load (&self->seat_place, path, error);
  if (seat == NULL)
    return FALSE;
  jk_desk_add_seat (self, seat);
  return TRUE;
}

/* The bank of one seat. *out_is_its: it is; else the reason why not, or none, is in error. */
static gboolean
take_bank_for (JkDesk *self,
               JkSeat *seat,
               const char *path,
               gboolean *out_is_its,
               JkFolderFate *out_fate,
               GError **error)
{
  const JkSession *session = jk_seat_get_session (seat);
  g_autoptr (JkBank) bank =
      jk_bank_open (self->world->storage, path, jk_session_get_authority (session), error);

  *out_is_its = FALSE;
  if (bank == NULL)
    return FALSE;
  if (!jk_digest_equal (jk_bank_get_digest (bank), jk_session_get_bank_digest (session)))
    return TRUE;
  *out_is_its = TRUE;
  if (jk_seat_has_bank (seat))
    *out_fate = JK_FOLDER_KNOWN;
  /* Also where it is here already: whoever carries a spoilt file on should know. */
  return (*out_fate != JK_FOLDER_KNOWN || jk_bank_check_whole (bank, error)) &&
         jk_seat_take_bank (seat, path, error);
}

static gboolean
take_bank (JkDesk *self, const char *path, JkFolderFate *out_fate, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_some = FALSE, is_known = TRUE, opens = FALSE;

  if (self->seats->len == 0)
    return refuse_alone (path, error);
  for (guint i = 0; i < self->seats->len; i++) {
    JkFolderFate fate = JK_FOLDER_TAKEN;
    gboolean is_its;
    g_clear_error (&problem);
    gboolean ok =
        take_bank_for (self, g_ptr_array_index (self->seats, i), path, &is_its, &fate, &problem);
    if (is_its && !ok)
      break;
    is_known = is_known && (!is_its || fate == JK_FOLDER_KNOWN);
    is_some = is_some || is_its;
    opens = opens || ok;
  }
  if (problem != NULL && !opens) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  *out_fate = is_known ? JK_FOLDER_KNOWN : JK_FOLDER_TAKEN;
  if (is_some)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BANK,
               "%s is not the bank of a session on this PC; copy the .jkbank from where the "
               "session came from.",
               path);
  return FALSE;
}

static gboolean
amend (JkSeat *seat, const char *path, JkFolderFate *out_fate, GError **error)
{
  guint before = jk_session_get_amendment_number (jk_seat_get_session (seat));

  if (!jk_seat_take_amendment (seat, path, error))
    return FALSE;
  if (jk_session_get_amendment_number (jk_seat_get_session (seat)) == before)
    *out_fate = JK_FOLDER_KNOWN;
  return TRUE;
}

/* By the session that it is of, so that the reason is not that of another hall. */
static gboolean
take_amendment (JkDesk *self, const char *path, JkFolderFate *out_fate, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (self->seats->len == 0)
    return refuse_alone (path, error);
  for (guint i = 0; i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    g_clear_error (&problem);
    g_autoptr (JkAmendment) amendment =
        jk_amendment_open (self->world->storage, path, jk_seat_get_session (seat), &problem);
    if (amendment != NULL)
      return amend (seat, path, out_fate, error);
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* A stick that brings the session in the morning takes the results away in the evening: refused for
 * coming too early, its order would be used up. */
static gboolean
is_early_copy (const JkSeat *seat, const JkOrder *order)
{
  return jk_order_get_terms (order)->act == JK_ACT_COPY &&
         jk_seat_get_stage (seat) == JK_STAGE_LOADED;
}

static gboolean
take_order (JkDesk *self, const char *path, JkFolderFate *out_fate, GError **error)
{
  JkSeatOutcome outcome;
  g_autoptr (GBytes) bytes =
      jk_storage_read (self->world->storage, path, JK_ORDER_BYTES_MAX, error);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse (path, bytes, error) : NULL;

  if (order == NULL)
    return FALSE;
  JkSeat *seat = jk_desk_find_seat (self, &jk_order_get_terms (order)->session);
  if (seat == NULL)
    return refuse_alone (path, error);
  if (is_early_copy (seat, order)) {
    *out_fate = JK_FOLDER_EARLY;
    return TRUE;
  }
  if (!jk_desk_obey (self, seat, order, &outcome, error))
    return FALSE;
  if (outcome != JK_SEAT_OBEYED)
    *out_fate = outcome == JK_SEAT_REPLAYED ? JK_FOLDER_OBEYED : JK_FOLDER_ELSEWHERE;
  return TRUE;
}

static const TakeFile takers[JK_INTAKE_N_KINDS] = {
  [JK_INTAKE_SESSION] = take_session,
  [JK_INTAKE_BANK] = take_bank,
  [JK_INTAKE_AMENDMENT] = take_amendment,
  [JK_INTAKE_ORDER] = take_order,
};

gboolean
jk_desk_take_file (JkDesk *self,
                   const JkIntake *intake,
                   const JkIntakeFile *file,
                   JkFolderFate *out_fate,
                   GError **error)
{
  GError *problem = NULL;

  *out_fate = JK_FOLDER_FAULTY;
  if (file->copy == NULL) {
    g_propagate_error (error, g_error_copy (file->problem));
    return FALSE;
  }
  JkFolderFate fate = JK_FOLDER_TAKEN;
  if (takers[file->kind](self, file->copy, &fate, &problem)) {
    /* What was not for anybody here may be now. */
    if (fate == JK_FOLDER_TAKEN &&
        (file->kind == JK_INTAKE_SESSION || file->kind == JK_INTAKE_AMENDMENT))
      g_hash_table_remove_all (self->seen);
    *out_fate = fate;
    return TRUE;
  }
  g_autofree char *sentence = jk_intake_dup_sentence (intake, problem->message);
  g_set_error_literal (error, problem->domain, problem->code, sentence);
  g_error_free (problem);
  return FALSE;
}

static char *
dup_incoming (const JkDesk *self)
{
  return g_build_filename (jk_station_get_folder (self->station), "incoming", NULL);
}

char *
jk_desk_dup_intake_place (JkDesk *self)
{
  g_autofree char *incoming = dup_incoming (self);

  return g_strdup_printf ("%s/%u", incoming, ++self->n_intakes);
}

/* Of one folder, what is in it; folders in it stay. */
static void
clear_folder (JkDesk *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    self->world->storage->unlink (self->world->storage, path);
  }
}

void
jk_desk_clear_incoming (JkDesk *self)
{
  g_autofree char *incoming = dup_incoming (self);
  g_autoptr (GDir) dir = g_dir_open (incoming, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (incoming, name, NULL);
    clear_folder (self, path);
    rmdir (path);
  }
}
