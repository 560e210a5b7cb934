/* SPDX-License-Identifier: Apache-2.0 */
/* desk/forms.c: see the header. */
#include "desk/forms.h"

#include "desk/hall-folder.h"
#include "desk/panel-private.h"
#include "print/record.h"
#include "print/seating.h"
#include "print/sign-in.h"

#define MODE 0600

/* What is given to the worker, and what comes back from it. */
typedef struct {
  /* Owned */
  char *folder;
  GPtrArray *lines;
} Printing;

static void
printing_free (gpointer data)
{
  Printing *self = data;

  g_free (self->folder);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static GBytes *
print_form (JkForm form,
            const JkSession *session,
            const JkRoll *roll,
            const JkSheetMerge *sheets,
            GError **error)
{
  switch (form) {
  case JK_FORM_SIGN_IN:
    return jk_sign_in_form (session, roll, error);
  case JK_FORM_SEATING:
    return jk_seating_form (session, roll, error);
  default:
    return jk_record_form (session, sheets, roll, error);
  }
}

static void
write_form (Printing *self, JkDesk *desk, JkForm form, const JkRoll *roll, const JkHall *hall)
{
  const JkSession *session = jk_seat_get_session (desk->seat);
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = jk_form_dup_file_name (session, form);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GBytes) bytes = print_form (form, session, roll, jk_hall_get_sheets (hall), &problem);

  if (bytes != NULL)
    jk_storage_write_proven (desk->world->storage, path, MODE, bytes, &problem);
  jk_folder_lines_add (self->lines, name, JK_FOLDER_TAKEN, problem);
}

static gboolean
write_forms (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Printing *self = data;
  const JkSession *session = jk_seat_get_session (desk->seat);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoll) roll = jk_session_open_roll (session, keys->seal, error);
  g_autoptr (JkHall) hall = jk_hall_new (session);

  if (roll == NULL ||
      !jk_hall_folder_read (desk->world, desk->seat, self->folder, hall, report, error))
    return FALSE;
  jk_hall_close (hall, roll, self->folder, report);
  self->lines = jk_folder_lines_new ();
  write_form (self, desk, JK_FORM_SIGN_IN, roll, hall);
  write_form (self, desk, JK_FORM_SEATING, roll, hall);
  if (jk_sheet_merge_get_n_sheets (jk_hall_get_sheets (hall)) > 0)
    write_form (self, desk, JK_FORM_RECORD, roll, hall);
  return TRUE;
}

static void
give_lines (GTask *task, gpointer data)
{
  Printing *self = data;

  g_task_return_pointer (task, g_steal_pointer (&self->lines), (GDestroyNotify) g_ptr_array_unref);
}

void
jk_panel_write_forms_async (JkPanel *self,
                            const char *folder,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const JkPanelErrand errand = { write_forms, give_lines, printing_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self) && folder != NULL);
  Printing *printing = g_new0 (Printing, 1);

  printing->folder = g_strdup (folder);
  jk_panel_run (self, &errand, printing, callback, user_data);
}

GPtrArray *
jk_panel_write_forms_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
