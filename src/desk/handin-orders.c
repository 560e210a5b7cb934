/* SPDX-License-Identifier: Apache-2.0 */
/* desk/handin-orders.c: see the header. */
#include "desk/handin-orders.h"

#include <string.h>

#define MODE 0600

typedef struct {
  /* Borrowed */
  JkDesk *desk;
  const char *folder;
  const JkSheetSigner *first, *second;
  const char *sheet; /* its file */
  /* Plain */
  guint n; /* orders so far */
} Pen;

/* For every PC. Numbers of this device go on, as if it had given one after the other. */
static void
init_terms (const Pen *self, JkAct act, JkOrderTerms *out)
{
  JkSeat *seat = self->desk->seat;
  JkOrderTerms own;

  jk_seat_init_terms (seat, act, &own);
  jk_order_terms_init (out,
                       jk_seat_get_session (seat),
                       act,
                       self->desk->world,
                       own.counter + self->n);
  memcpy (out->device, own.device, sizeof out->device);
}

/* what ends the name of its file. */
static gboolean
write_order (Pen *self, const JkOrderTerms *terms, const char *what, GError **error)
{
  int stem = (int) strcspn (self->sheet, ".");
  g_autofree char *name = g_strdup_printf ("%.*s-%s.jkorder", stem, self->sheet, what);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GBytes) once = jk_order_write (terms, self->first->role, self->first->sign_key);
  g_autoptr (GBytes) twice =
      jk_order_countersign (path, once, self->second->role, self->second->sign_key, error);

  if (twice == NULL ||
      !jk_storage_write_proven (self->desk->world->storage, path, MODE, twice, error))
    return FALSE;
  self->n++;
  return TRUE;
}

static gboolean
write_collect (Pen *self, const JkSheetRow *row, GError **error)
{
  g_autofree char *what = g_strdup_printf ("collect-%u", row->record);
  JkOrderTerms terms;

  init_terms (self, JK_ACT_COLLECT, &terms);
  terms.record = row->record;
  memcpy (terms.subject, row->digest.bytes, JK_ORDER_SUBJECT_BYTES);
  return write_order (self, &terms, what, error);
}

gboolean
jk_handin_orders_write (JkDesk *desk,
                        const char *folder,
                        const JkSheet *sheet,
                        const JkRoom *room,
                        const JkSheetSigner *first,
                        const JkSheetSigner *second,
                        guint *out_n,
                        GError **error)
{
  Pen pen = { desk, folder, first, second, jk_sheet_get_file (sheet), 0 };
  JkOrderTerms end;

  for (guint n = 0; n < jk_sheet_get_n_rows (sheet); n++) {
    const JkSheetRow *row = jk_sheet_get_row (sheet, n);
    const JkRoomSeat *seat = jk_room_find (room, row->record);
    if (jk_sheet_row_has_result (row) && seat != NULL &&
        jk_room_seat_has_slip (seat, row->seal_number, JK_SLIP_ACCEPTED) &&
        !write_collect (&pen, row, error))
      return FALSE;
  }
  init_terms (&pen, JK_ACT_END, &end);
  if (pen.n > 0 && !write_order (&pen, &end, "end", error))
    return FALSE;
  *out_n = pen.n;
  return TRUE;
}
