/* SPDX-License-Identifier: Apache-2.0 */
/* base/csv.c: libcsv in strict mode, with row numbers as a spreadsheet shows them.
 *
 * All cells lie one after another in one buffer. After a stray quote reading goes on at the next
 * line, so that one run finds the faults of a whole file. */
#include "base/csv.h"
#include "base/limits.h"
#include "base/text.h"

#include <csv.h>
#include <string.h>

typedef struct {
  guint number;     /* as a spreadsheet shows it */
  guint first_cell; /* in cells */
  guint n_cells;
} Row;

struct _JkCsv {
  /* Owned */
  char *file;
  GPtrArray *headings; /* of char * */
  GArray *rows;        /* of Row */
  GArray *cells;       /* of gsize: where in pool the cell's text begins */
  GString *pool;       /* texts, each with its zero */
};

typedef struct {
  /* Borrowed */
  JkCsv *csv;
  JkReport *report;

  Row row;                /* being read */
  gboolean is_cell_found; /* a cell of the row is not blank */
  gboolean is_stopped;    /* too many rows or columns */
} Reader;

static const char *
cell_text (const JkCsv *self, guint cell)
{
  return self->pool->str + g_array_index (self->cells, gsize, cell);
}

static gboolean
is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/* Takes the cells of the row being read back out of the table. */
static void
drop_row (Reader *reader)
{
  JkCsv *csv = reader->csv;
  if (reader->row.n_cells > 0)
    g_string_truncate (csv->pool, g_array_index (csv->cells, gsize, reader->row.first_cell));
  g_array_set_size (csv->cells, reader->row.first_cell);
}

static void
next_row (Reader *reader)
{
  reader->row.number++;
  reader->row.first_cell = reader->csv->cells->len;
  reader->row.n_cells = 0;
  reader->is_cell_found = FALSE;
}

static void
cell_cb (void *text, size_t size, void *data)
{
  Reader *reader = data;
  JkCsv *csv = reader->csv;
  gsize at = csv->pool->len;

  if (reader->is_stopped)
    return;
  if (reader->row.n_cells == JK_COLUMNS_MAX) {
    jk_report_fault_at_row (reader->report,
                            csv->file,
                            reader->row.number,
                            "fewer columns",
                            "check that it is the right file",
                            "more than %u columns",
                            JK_COLUMNS_MAX);
    reader->is_stopped = TRUE;
    return;
  }
  g_string_append_len (csv->pool, text, (gssize) size);
  g_string_append_c (csv->pool, '\0');
  g_array_append_val (csv->cells, at);
  reader->row.n_cells++;
  if (!reader->is_cell_found)
    reader->is_cell_found = !is_blank (csv->pool->str + at);
}

/* Spreadsheets end rows with commas for columns that were used once; blank cells there say nothing.
 */
static void
trim_row (const JkCsv *csv, Row *row, guint n_min)
{
  while (row->n_cells > n_min && is_blank (cell_text (csv, row->first_cell + row->n_cells - 1)))
    row->n_cells--;
}

static void
take_heading (Reader *reader)
{
  JkCsv *csv = reader->csv;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  trim_row (csv, &reader->row, 0);
  for (guint i = 0; i < reader->row.n_cells; i++) {
    char *name = jk_text_normalise (cell_text (csv, reader->row.first_cell + i));
    g_ptr_array_add (csv->headings, name);
    if (*name == '\0')
      jk_report_fault_at_row (reader->report,
                              csv->file,
                              reader->row.number,
                              "a name for each column",
                              "name the column or delete it",
                              "no name for column %u",
                              i + 1);
    else if (!g_hash_table_add (seen, name))
      jk_report_fault_at_row (reader->report,
                              csv->file,
                              reader->row.number,
                              "each name once",
                              "rename or delete one of the columns",
                              "the column “%s” twice",
                              name);
  }
}

static void
take_row (Reader *reader)
{
  JkCsv *csv = reader->csv;

  if (csv->rows->len == JK_ROSTER_ROWS_MAX) {
    jk_report_fault_at_row (reader->report,
                            csv->file,
                            reader->row.number,
                            "fewer rows",
                            "split the table into several files",
                            "more than %u rows",
                            JK_ROSTER_ROWS_MAX);
    reader->is_stopped = TRUE;
    return;
  }
  trim_row (csv, &reader->row, csv->headings->len);
  if (reader->row.n_cells != csv->headings->len)
    jk_report_fault_at_row (reader->report,
                            csv->file,
                            reader->row.number,
                            "as many cells as the heading has columns",
                            "look for a missing or surplus comma",
                            "%u cells under %u columns",
                            reader->row.n_cells,
                            csv->headings->len);
  g_array_append_val (csv->rows, reader->row);
}

static void
row_cb (int terminator, void *data)
{
  Reader *reader = data;

  if (reader->is_stopped)
    return;
  if (!reader->is_cell_found)
    drop_row (reader);
  else if (reader->csv->headings->len == 0)
    take_heading (reader);
  else
    take_row (reader);
  next_row (reader);
}

static int
is_never (unsigned char letter)
{
  return 0;
}

static void
start_parser (struct csv_parser *parser)
{
  /* csv_init fails for unknown options only. */
  int failed = csv_init (parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
  g_assert (failed == 0);
  /* A cell is given as it stands, with its blanks. */
  csv_set_space_func (parser, is_never);
}

/* Reads text up to its end or a stray quote; how many bytes were used. */
static gsize
read_part (Reader *reader, const char *text, gsize size)
{
  struct csv_parser parser;
  start_parser (&parser);

  gsize used = csv_parse (&parser, text, size, cell_cb, row_cb, reader);
  gboolean is_whole = used == size;
  if (is_whole && csv_fini (&parser, cell_cb, row_cb, reader) != 0) {
    jk_report_fault_at_row (reader->report,
                            reader->csv->file,
                            reader->row.number,
                            "a quote after the cell's text",
                            "close the quote",
                            "a quote that is never closed");
    drop_row (reader);
  }
  csv_free (&parser);
  return used;
}

static void
read_table (Reader *reader, const char *text)
{
  gsize size = strlen (text);
  gsize at = 0;

  while (at < size && !reader->is_stopped) {
    at += read_part (reader, text + at, size - at);
    if (at == size)
      break;
    jk_report_fault_at_row (reader->report,
                            reader->csv->file,
                            reader->row.number,
                            "quotes around a whole cell, and doubled inside it",
                            "put the cell in quotes and double those inside it",
                            "a stray quote");
    drop_row (reader);
    next_row (reader);
    const char *end = memchr (text + at, '\n', size - at);
    at = end == NULL ? size : (gsize) (end - text) + 1;
  }
}

static JkCsv *
new_table (const char *file, gsize text_size)
{
  JkCsv *self = g_new0 (JkCsv, 1);
  self->file = g_strdup (file);
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  /* A cell and its zero are no longer than the cell and its comma, so the buffer never moves and
   * leaves no copy behind. */
  self->pool = g_string_sized_new (text_size + 2);
  return self;
}

JkCsv *
jk_csv_parse (const char *file, GBytes *bytes, JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  if (g_bytes_get_size (bytes) > JK_TEXT_FILE_BYTES_MAX) {
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   "a file that is too large",
                   "at most 16 MiB",
                   "check that it is the right file");
    return NULL;
  }

  g_autoptr (GError) error = NULL;
  g_autofree char *text = jk_text_from_bytes (file, bytes, &error);
  if (text == NULL) {
    jk_report_add_error (report, file, error);
    return NULL;
  }

  g_autoptr (JkCsv) self = new_table (file, strlen (text));
  Reader reader = { .csv = self, .report = report, .row = { .number = 1 } };
  read_table (&reader, text);
  explicit_bzero (text, strlen (text));
  if (self->headings->len == 0) {
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   file,
                   "row 1",
                   "no heading",
                   "a first row that names the columns",
                   "add the heading row");
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
jk_csv_free (JkCsv *self)
{
  if (self == NULL)
    return;
  /* Rosters hold ID numbers. */
  explicit_bzero (self->pool->str, self->pool->allocated_len);
  g_string_free (self->pool, TRUE);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->headings);
  g_free (self->file);
  g_free (self);
}

const char *
jk_csv_get_file (const JkCsv *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->file;
}

guint
jk_csv_get_n_rows (const JkCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rows->len;
}

guint
jk_csv_get_n_columns (const JkCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->headings->len;
}

const char *
jk_csv_get_heading (const JkCsv *self, guint column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->headings->len, NULL);
  return g_ptr_array_index (self->headings, column);
}

guint
jk_csv_get_row_number (const JkCsv *self, guint row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);
  return g_array_index (self->rows, Row, row).number;
}

const char *
jk_csv_get_cell (const JkCsv *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  const Row *at = &g_array_index (self->rows, Row, row);
  return column < at->n_cells ? cell_text (self, at->first_cell + column) : "";
}

static void
append_quoted (GString *out, const char *text, gboolean last)
{
  gsize size = strlen (text);
  gsize start = out->len;
  gsize quoted = csv_write (NULL, 0, text, size);

  g_string_set_size (out, start + quoted);
  csv_write (out->str + start, quoted, text, size);
  g_string_append (out, last ? "\r\n" : ",");
}

static gboolean
is_formula (const char *text)
{
  static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  }
  return FALSE;
}

void
jk_csv_append_cell (GString *out, const char *text, gboolean last)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  if (is_formula (text)) {
    g_autofree char *defused = g_strconcat ("'", text, NULL);
    append_quoted (out, defused, last);
  } else {
    append_quoted (out, text, last);
  }
}

void
jk_csv_append_number_as_text (GString *out, const char *digits, gboolean last)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (digits != NULL);

  /* Anything but digits and letters could end the text and go on as a formula. */
  for (const char *at = digits; *at != '\0'; at++) {
    if (!g_ascii_isalnum (*at)) {
      jk_csv_append_cell (out, digits, last);
      return;
    }
  }
  g_autofree char *formula = g_strconcat ("=\"", digits, "\"", NULL);
  append_quoted (out, formula, last);
  explicit_bzero (formula, strlen (formula));
}
