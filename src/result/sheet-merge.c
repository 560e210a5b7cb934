/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-merge.c: one number after the other, each sheet wholly or not at all. */
#include "result/sheet-merge.h"
#include "result/sheet-private.h"

#include <stdlib.h>

typedef struct {
  /* Owned */
  JkSheet *sheet;
  char *reason;
  /* Plain */
  JkSheetFate fate;
} Entry;

typedef struct {
  /* Plain */
  JkSheetRow row;
  /* Borrowed */
  const JkSheet *sheet;
  const char *seat;
} Line;

struct _JkSheetMerge {
  /* Owned */
  Entry *entries;
  GArray *lines;
  /* Borrowed */
  const JkSheet *last;
  /* Plain */
  guint n;
};

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const JkSheet *one = ((const Entry *) a)->sheet;
  const JkSheet *two = ((const Entry *) b)->sheet;
  guint32 numbers[2] = { jk_sheet_get_number (one), jk_sheet_get_number (two) };

  if (numbers[0] != numbers[1])
    return numbers[0] < numbers[1] ? -1 : 1;
  return g_strcmp0 (jk_sheet_get_file (one), jk_sheet_get_file (two));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return jk_sheet_row_compare (&((const Line *) a)->row, &((const Line *) b)->row);
}

static const Line *
get_line (const GArray *lines, guint n)
{
  return &g_array_index (lines, Line, n);
}

/* The first line of a record or of a later one. */
static guint
find_first (const GArray *lines, guint n, guint32 record)
{
  guint low = 0;
  guint high = n;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (get_line (lines, middle)->row.record < record)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
agrees (const guint8 *known, const guint8 *found, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if (known[i] != 0)
      return memcmp (known, found, size) == 0;
  }
  return TRUE;
}

/* Whether a row is what a lost one said was missing. */
static gboolean
replaces (const JkSheetRow *row, const JkSheetRow *lost)
{
  return lost->state == JK_SEAT_LOST && jk_sheet_row_has_result (row) &&
         (lost->seal_number == 0 || lost->seal_number == row->seal_number) &&
         agrees (lost->station, row->station, JK_PUBLIC_BYTES) &&
         agrees (lost->slip, row->slip, JK_SLIP_BYTES);
}

typedef enum {
  ROW_NEW,
  ROW_REPEATED,
  ROW_REPLACED,
  ROW_CHANGED,
} RowEffect;

/* What a row does to the first n lines; a lost one it replaces is replaced. */
static RowEffect
apply_row (GArray *lines, guint n, const Line *line)
{
  guint first = find_first (lines, n, line->row.record);
  guint end = first;

  while (end < n && get_line (lines, end)->row.record == line->row.record)
    end++;
  for (guint i = first; i < end; i++) {
    if (jk_sheet_row_equal (&get_line (lines, i)->row, &line->row))
      return ROW_REPEATED;
  }
  for (guint i = first; i < end; i++) {
    if (!replaces (&line->row, &get_line (lines, i)->row))
      continue;
    g_array_index (lines, Line, i) = *line;
    return ROW_REPLACED;
  }
  for (guint i = first; i < end; i++) {
    if (jk_sheet_row_compare (&get_line (lines, i)->row, &line->row) == 0)
      return ROW_CHANGED;
  }
  return ROW_NEW;
}

static const char *
get_fault (const GArray *lines)
{
  g_autofree JkSheetRow *rows = g_new (JkSheetRow, lines->len);

  for (guint i = 0; i < lines->len; i++)
    rows[i] = get_line (lines, i)->row;
  return jk_sheet_rows_get_fault (rows, lines->len, G_MAXUINT);
}

/* All rows of a sheet, or none and why. */
static char *
apply (JkSheetMerge *self, const JkSheet *sheet)
{
  guint n = self->lines->len;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));

  if (n > 0)
    g_array_append_vals (lines, self->lines->data, n);
  for (guint i = 0; i < jk_sheet_get_n_rows (sheet); i++) {
    const Line line = { *jk_sheet_get_row (sheet, i), sheet, jk_sheet_get_seat (sheet, i) };
    RowEffect effect = apply_row (lines, n, &line);
    if (effect == ROW_CHANGED)
      return g_strdup_printf ("%s: it changes the row of record %u (seat %s, seal number %u) of an "
                              "earlier sheet; expected new rows, or results that were lost; ask "
                              "both proctors which sheet is right.",
                              jk_sheet_get_file (sheet),
                              line.row.record,
                              line.seat,
                              line.row.seal_number);
    if (effect == ROW_NEW)
      g_array_append_val (lines, line);
  }
  g_array_sort (lines, compare_lines);
  const char *fault = get_fault (lines);
  if (fault != NULL)
    return g_strdup_printf (
        "%s: it, with the sheets before it, %s; expected new rows, or results that "
        "were lost; ask both proctors which sheet is right.",
        jk_sheet_get_file (sheet),
        fault);
  g_array_unref (self->lines);
  self->lines = g_steal_pointer (&lines);
  return NULL;
}

static void
set_aside (Entry *entry, JkSheetFate fate, char *reason)
{
  g_free (entry->reason);
  entry->reason = reason;
  entry->fate = fate;
}

/* Sheets of one number that name another predecessor than the last one taken. */
static void
check_predecessors (const JkSheetMerge *self, guint first, guint end)
{
  static const JkDigest none = { { 0 } };
  const JkDigest *wanted = self->last != NULL ? jk_sheet_get_digest (self->last) : &none;

  for (guint i = first; i < end; i++) {
    const JkSheet *sheet = self->entries[i].sheet;
    if (jk_digest_equal (jk_sheet_get_predecessor (sheet), wanted))
      continue;
    g_autofree char *found = jk_sheet_dup_code (jk_sheet_get_predecessor (sheet));
    g_autofree char *code = jk_sheet_dup_code (wanted);
    set_aside (
        &self->entries[i],
        JK_SHEET_CONTRADICTED,
        g_strdup_printf ("%s: it follows a sheet %s; expected one that follows sheet %u, which "
                         "is %s; ask both proctors for the sheet %s.",
                         jk_sheet_get_file (sheet),
                         found,
                         jk_sheet_get_number (sheet) - 1,
                         code,
                         found));
  }
}

/* Of the sheets not set aside the first that roles in force signed, else the first. */
static Entry *
choose (const JkSheetMerge *self, guint first, guint end)
{
  Entry *chosen = NULL;

  for (guint i = first; i < end; i++) {
    Entry *entry = &self->entries[i];
    if (entry->fate == JK_SHEET_TAKEN &&
        (chosen == NULL || (jk_sheet_has_revoked_signer (chosen->sheet) &&
                            !jk_sheet_has_revoked_signer (entry->sheet))))
      chosen = entry;
  }
  return chosen;
}

/* The first of the sheets not set aside that differs from that one. */
static Entry *
find_other (const JkSheetMerge *self, guint first, guint end, const Entry *one)
{
  for (guint i = first; i < end; i++) {
    Entry *entry = &self->entries[i];
    if (entry->fate == JK_SHEET_TAKEN &&
        !jk_digest_equal (jk_sheet_get_digest (one->sheet), jk_sheet_get_digest (entry->sheet)))
      return entry;
  }
  return NULL;
}

/* Sets aside every sheet of a number of which two say different things. */
static void
contradict (JkSheetMerge *self, guint first, guint end, const Entry *one, const Entry *other)
{
  for (guint i = first; i < end; i++) {
    Entry *entry = &self->entries[i];
    gboolean is_other =
        !jk_digest_equal (jk_sheet_get_digest (one->sheet), jk_sheet_get_digest (entry->sheet));
    if (entry->fate != JK_SHEET_TAKEN)
      continue;
    set_aside (
        entry,
        JK_SHEET_CONTRADICTED,
        g_strdup_printf ("%s: it and %s are both sheet %u and say different things; expected "
                         "one; ask both proctors which of them is on paper.",
                         jk_sheet_get_file (entry->sheet),
                         jk_sheet_get_file ((is_other ? one : other)->sheet),
                         jk_sheet_get_number (entry->sheet)));
  }
}

/* Takes the sheets of one number, which all count so far; FALSE when none is left. */
static gboolean
take_number (JkSheetMerge *self, guint first, guint end)
{
  check_predecessors (self, first, end);
  Entry *chosen = choose (self, first, end);
  const Entry *other = chosen != NULL ? find_other (self, first, end, chosen) : NULL;

  if (chosen == NULL)
    return FALSE;
  if (other != NULL) {
    contradict (self, first, end, chosen, other);
    return FALSE;
  }
  char *fault = apply (self, chosen->sheet);
  for (guint i = first; i < end; i++) {
    Entry *entry = &self->entries[i];
    if (entry->fate == JK_SHEET_TAKEN && entry != chosen)
      set_aside (entry,
                 fault != NULL ? JK_SHEET_CONTRADICTED : JK_SHEET_COPY,
                 g_strdup_printf ("%s: it says the same as %s.",
                                  jk_sheet_get_file (entry->sheet),
                                  jk_sheet_get_file (chosen->sheet)));
  }
  if (fault != NULL) {
    set_aside (chosen, JK_SHEET_CONTRADICTED, fault);
    return FALSE;
  }
  self->last = chosen->sheet;
  return TRUE;
}

/* What cannot be judged without the sheet of that number. */
static void
leave_waiting (JkSheetMerge *self, guint first, guint32 number)
{
  for (guint i = first; i < self->n; i++) {
    const JkSheet *sheet = self->entries[i].sheet;
    set_aside (
        &self->entries[i],
        JK_SHEET_WAITING,
        g_strdup_printf ("%s: it is sheet %u, and sheet %u is missing or set aside; expected "
                         "every sheet from 1; ask the hall for it, or let two of its roles "
                         "make it again.",
                         jk_sheet_get_file (sheet),
                         jk_sheet_get_number (sheet),
                         number));
  }
}

static void
merge (JkSheetMerge *self)
{
  guint first = 0;

  for (guint32 number = 1; first < self->n; number++) {
    guint end = first;
    while (end < self->n && jk_sheet_get_number (self->entries[end].sheet) == number)
      end++;
    if (end == first || !take_number (self, first, end)) {
      leave_waiting (self, end, number);
      return;
    }
    first = end;
  }
}

JkSheetMerge *
jk_sheet_merge_new (JkSheet **sheets, guint n)
{
  JkSheetMerge *self = g_new0 (JkSheetMerge, 1);

  self->n = n;
  self->entries = g_new0 (Entry, n);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  for (guint i = 0; i < n; i++) {
    self->entries[i].sheet = sheets[i];
    self->entries[i].reason = g_strdup ("");
  }
  if (n > 0)
    qsort (self->entries, n, sizeof *self->entries, compare_entries);
  merge (self);
  return self;
}

void
jk_sheet_merge_free (JkSheetMerge *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++) {
    jk_sheet_free (self->entries[i].sheet);
    g_free (self->entries[i].reason);
  }
  g_array_unref (self->lines);
  g_free (self->entries);
  g_free (self);
}

guint
jk_sheet_merge_get_n_sheets (const JkSheetMerge *self)
{
  return self->n;
}

const JkSheet *
jk_sheet_merge_get_sheet (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->n, NULL);
  return self->entries[n].sheet;
}

JkSheetFate
jk_sheet_merge_get_fate (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->n, JK_SHEET_WAITING);
  return self->entries[n].fate;
}

const char *
jk_sheet_merge_get_reason (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->n, NULL);
  return self->entries[n].reason;
}

const JkSheet *
jk_sheet_merge_get_last (const JkSheetMerge *self)
{
  return self->last;
}

guint
jk_sheet_merge_get_n_rows (const JkSheetMerge *self)
{
  return self->lines->len;
}

const JkSheetRow *
jk_sheet_merge_get_row (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->lines->len, NULL);
  return &get_line (self->lines, n)->row;
}

const char *
jk_sheet_merge_get_seat (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->lines->len, NULL);
  return get_line (self->lines, n)->seat;
}

const JkSheet *
jk_sheet_merge_get_row_sheet (const JkSheetMerge *self, guint n)
{
  g_return_val_if_fail (n < self->lines->len, NULL);
  return get_line (self->lines, n)->sheet;
}

guint
jk_sheet_merge_find (const JkSheetMerge *self, guint32 record, guint *out_first)
{
  guint first = find_first (self->lines, self->lines->len, record);
  guint end = first;

  while (end < self->lines->len && get_line (self->lines, end)->row.record == record)
    end++;
  *out_first = first;
  return end - first;
}

void
jk_sheet_counts_add_record (JkSheetCounts *self, const JkSheetRow *const *rows, guint n)
{
  const JkSheetRow *result = NULL;
  gboolean is_started = FALSE;

  for (guint i = 0; i < n; i++) {
    if (jk_sheet_row_has_result (rows[i]))
      result = rows[i];
    is_started |= jk_sheet_row_is_present (rows[i]) &&
                  (rows[i]->state != JK_SEAT_LEFT_ILL || jk_sheet_row_has_result (rows[i]));
  }
  self->due += rows[0]->spare ? 0 : 1;
  self->present += jk_sheet_row_is_present (rows[0]) ? 1 : 0;
  self->absent += rows[0]->state == JK_SEAT_ABSENT ? 1 : 0;
  self->never_seen += rows[0]->state == JK_SEAT_NEVER_SEEN ? 1 : 0;
  self->started += is_started ? 1 : 0;
  self->sealed += result != NULL ? 1 : 0;
  self->receipts += result != NULL && jk_sheet_row_has_slip (result) ? 1 : 0;
}

void
jk_sheet_merge_find_violators (const JkSheetMerge *self, GHashTable *records)
{
  for (guint i = 0; i < self->n; i++) {
    const JkSheet *sheet = self->entries[i].sheet;
    for (guint k = 0; self->entries[i].fate == JK_SHEET_TAKEN && k < jk_sheet_get_n_notes (sheet);
         k++) {
      const JkSheetNote *note = jk_sheet_get_note (sheet, k);
      if (note->kind == JK_NOTE_VIOLATION)
        g_hash_table_add (records, GUINT_TO_POINTER (note->record));
    }
  }
}

void
jk_sheet_merge_count (const JkSheetMerge *self, JkSheetCounts *out_counts)
{
  g_autoptr (GHashTable) violators = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  *out_counts = (JkSheetCounts){ 0 };
  for (guint i = 0; i < self->lines->len;) {
    guint first;
    guint n = jk_sheet_merge_find (self, get_line (self->lines, i)->row.record, &first);
    g_ptr_array_set_size (rows, 0);
    for (guint k = first; k < first + n; k++)
      g_ptr_array_add (rows, (gpointer) &get_line (self->lines, k)->row);
    jk_sheet_counts_add_record (out_counts, (const JkSheetRow *const *) rows->pdata, n);
    i = first + n;
  }
  jk_sheet_merge_find_violators (self, violators);
  out_counts->violations = g_hash_table_size (violators);
}
