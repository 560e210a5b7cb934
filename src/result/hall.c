/* SPDX-License-Identifier: Apache-2.0 */
/* result/hall.c: see the header. */
#include "result/hall.h"

#include "result/error.h"

struct _JkHall {
  /* Owned */
  GPtrArray *names; /* that results borrow */
  GArray *results;  /* JkFoundResult */
  GPtrArray *files; /* of SheetFile */
  JkRoom *room;
  JkSheetMerge *before; /* NULL until it is closed */
  JkRoomRows rows;
  GArray *notes; /* JkSheetNote: those that no sheet has; texts are the room's */

  /* Borrowed */
  const JkSession *session;
  JkRoomInput input; /* from when it is closed */
};

/* The bytes of a sheet, for it is opened anew for each merge that takes it. */
typedef struct {
  /* Owned */
  char *name;
  GBytes *bytes;
} SheetFile;

static void
sheet_file_free (gpointer data)
{
  SheetFile *self = data;

  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

JkHall *
jk_hall_new (const JkSession *session)
{
  JkHall *self = g_new0 (JkHall, 1);

  self->session = session;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->results = g_array_new (FALSE, FALSE, sizeof (JkFoundResult));
  self->files = g_ptr_array_new_with_free_func (sheet_file_free);
  self->room = jk_room_new ();
  self->notes = g_array_new (FALSE, FALSE, sizeof (JkSheetNote));
  return self;
}

void
jk_hall_free (JkHall *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->notes);
  jk_room_rows_clear (&self->rows);
  jk_sheet_merge_free (self->before);
  jk_room_free (self->room);
  g_ptr_array_unref (self->files);
  g_array_unref (self->results);
  g_ptr_array_unref (self->names);
  g_free (self);
}

gboolean
jk_hall_add_result (JkHall *self, const char *file, GBytes *bytes, GError **error)
{
  char *name = g_strdup (file);
  JkFoundResult result = { .file = name };

  g_ptr_array_add (self->names, name);
  if (!jk_result_label_read (name, bytes, self->session, &result.label, error))
    return FALSE;
  g_array_append_val (self->results, result);
  return TRUE;
}

gboolean
jk_hall_add_sheet (JkHall *self, const char *file, GBytes *bytes, GError **error)
{
  g_autoptr (JkSheet) sheet = jk_sheet_open (file, bytes, self->session, error);

  if (sheet == NULL)
    return FALSE;
  SheetFile *added = g_new0 (SheetFile, 1);
  added->name = g_strdup (file);
  added->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->files, added);
  return TRUE;
}

gboolean
jk_hall_add_room (JkHall *self, const char *file, const char *text, JkReport *report)
{
  return jk_room_read (self->room, file, text, jk_session_get_n_records (self->session), report);
}

JkRoom *
jk_hall_get_room (JkHall *self)
{
  return self->room;
}

/* The sheets, and one more (taken; NULL: none). They opened when they were added. */
static JkSheetMerge *
merge (const JkHall *self, JkSheet *more)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();

  if (more != NULL)
    g_ptr_array_add (sheets, more);
  for (guint n = 0; n < self->files->len; n++) {
    const SheetFile *file = g_ptr_array_index (self->files, n);
    g_ptr_array_add (sheets, jk_sheet_open (file->name, file->bytes, self->session, NULL));
  }
  return jk_sheet_merge_new ((JkSheet **) sheets->pdata, sheets->len);
}

/* Every sheet that is set aside, as a fault. */
static void
report_sheets (const JkSheetMerge *sheets, JkReport *report)
{
  for (guint n = 0; n < jk_sheet_merge_get_n_sheets (sheets); n++) {
    JkSheetFate fate = jk_sheet_merge_get_fate (sheets, n);
    const char *reason = jk_sheet_merge_get_reason (sheets, n);
    g_autoptr (GError) error =
        g_error_new_literal (JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT, reason);
    if (fate == JK_SHEET_CONTRADICTED || fate == JK_SHEET_WAITING)
      jk_report_add_error (report, jk_sheet_get_file (jk_sheet_merge_get_sheet (sheets, n)), error);
  }
}

static gboolean
has_note (const JkSheet *sheet, const JkSheetNote *note)
{
  for (guint n = 0; n < jk_sheet_get_n_notes (sheet); n++) {
    if (jk_sheet_note_equal (jk_sheet_get_note (sheet, n), note))
      return TRUE;
  }
  return FALSE;
}

/* PCs say what they know each time; a sheet says it once. */
static void
add_notes (JkHall *self)
{
  for (guint n = 0; n < jk_room_get_n_notes (self->room); n++) {
    const JkSheetNote *note = &jk_room_get_notes (self->room)[n];
    gboolean is_told = FALSE;
    for (guint i = 0; i < jk_sheet_merge_get_n_sheets (self->before); i++)
      is_told |= jk_sheet_merge_get_fate (self->before, i) == JK_SHEET_TAKEN &&
                 has_note (jk_sheet_merge_get_sheet (self->before, i), note);
    if (!is_told)
      g_array_append_val (self->notes, *note);
  }
}

gboolean
jk_hall_close (JkHall *self, const JkRoll *roll, const char *room_file, JkReport *report)
{
  guint before = jk_report_get_n_faults (report);

  g_return_val_if_fail (self->before == NULL, FALSE);
  self->before = merge (self, NULL);
  report_sheets (self->before, report);
  self->input = (JkRoomInput){
    .room = self->room,
    .room_file = room_file,
    .roll = roll,
    .before = self->before,
    .results = (const JkFoundResult *) (gconstpointer) self->results->data,
    .n_results = self->results->len,
  };
  jk_room_rows_make (&self->rows, &self->input, report);
  add_notes (self);
  if (!jk_hall_has_news (self) && self->rows.unexplained->len == 0)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   room_file,
                   NULL,
                   "nothing that the sheets before do not say",
                   "a result, a state or a note",
                   "make no sheet");
  return jk_report_get_n_faults (report) == before && self->rows.unexplained->len == 0;
}

void
jk_hall_report_people (const JkHall *self, JkReport *report)
{
  jk_room_rows_report_people (&self->rows, &self->input, report);
}

gboolean
jk_hall_has_news (const JkHall *self)
{
  return self->rows.rows->len > 0 || self->notes->len > 0;
}

guint
jk_hall_get_n_results (const JkHall *self)
{
  return self->results->len;
}

const JkSheetMerge *
jk_hall_get_sheets (const JkHall *self)
{
  return self->before;
}

const GArray *
jk_hall_get_unexplained (const JkHall *self)
{
  return self->rows.unexplained;
}

const GArray *
jk_hall_get_without_slip (const JkHall *self)
{
  return self->rows.without_slip;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return jk_sheet_row_compare (*(const JkSheetRow *const *) a, *(const JkSheetRow *const *) b);
}

/* What the sheets so far and the next one say of a record. A lost one is replaced by what was found
 * after all. */
static GPtrArray *
list_rows (const JkHall *self, guint32 record)
{
  GPtrArray *rows = g_ptr_array_new ();
  guint first;

  for (guint n = 0; n < self->rows.rows->len; n++) {
    JkSheetRow *row = &g_array_index (self->rows.rows, JkSheetRow, n);
    if (row->record == record)
      g_ptr_array_add (rows, row);
  }
  guint n_new = rows->len;
  guint n_before = jk_sheet_merge_find (self->before, record, &first);
  for (guint n = first; n < first + n_before; n++) {
    const JkSheetRow *row = jk_sheet_merge_get_row (self->before, n);
    if (n_new == 0 || row->state != JK_SEAT_LOST)
      g_ptr_array_add (rows, (gpointer) row);
  }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

void
jk_hall_count (const JkHall *self, JkSheetCounts *out_counts)
{
  g_autoptr (GHashTable) violators = g_hash_table_new (NULL, NULL);
  *out_counts = (JkSheetCounts){ 0 };
  for (guint32 record = 0; record < jk_session_get_n_records (self->session); record++) {
    g_autoptr (GPtrArray) rows = list_rows (self, record);
    if (rows->len > 0)
      jk_sheet_counts_add_record (out_counts, (const JkSheetRow *const *) rows->pdata, rows->len);
  }
  out_counts->due += self->rows.unexplained->len;
  jk_sheet_merge_find_violators (self->before, violators);
  for (guint n = 0; n < self->notes->len; n++) {
    const JkSheetNote *note = &g_array_index (self->notes, JkSheetNote, n);
    if (note->kind == JK_NOTE_VIOLATION)
      g_hash_table_add (violators, GUINT_TO_POINTER (note->record));
  }
  out_counts->violations = g_hash_table_size (violators);
}

guint32
jk_hall_get_next_number (const JkHall *self)
{
  const JkSheet *last = jk_sheet_merge_get_last (self->before);

  return last != NULL ? jk_sheet_get_number (last) + 1 : 1;
}

GBytes *
jk_hall_build_sheet (JkHall *self,
                     const JkSheetSigner *first,
                     const JkSheetSigner *second,
                     gboolean alone,
                     JkReport *report,
                     GError **error)
{
  const JkSheet *last = jk_sheet_merge_get_last (self->before);
  g_autofree char *name = jk_sheet_dup_file_name (self->session, jk_hall_get_next_number (self));
  guint before = jk_report_get_n_faults (report);
  JkSheetContent content = {
    .rows = (const JkSheetRow *) (gconstpointer) self->rows.rows->data,
    .seats = (const char *const *) self->rows.seats->pdata,
    .notes = (const JkSheetNote *) (gconstpointer) self->notes->data,
    .n_rows = self->rows.rows->len,
    .n_notes = self->notes->len,
    .number = jk_hall_get_next_number (self),
  };

  if (last != NULL)
    content.predecessor = *jk_sheet_get_digest (last);
  g_autoptr (GBytes) bytes = jk_sheet_build (self->session, &content, first, second, alone, error);
  JkSheet *sheet = bytes != NULL ? jk_sheet_open (name, bytes, self->session, error) : NULL;
  if (sheet == NULL)
    return NULL;
  g_autoptr (JkSheetMerge) all = merge (self, sheet);
  report_sheets (all, report);
  return jk_report_get_n_faults (report) == before ? g_steal_pointer (&bytes) : NULL;
}
