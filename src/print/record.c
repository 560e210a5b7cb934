/* SPDX-License-Identifier: Apache-2.0 */
/* print/record.c: see the header. */
#include "print/record.h"

#include "base/code.h"
#include "base/text.h"
#include "print/ruled-table.h"

#define ROW_HEIGHT 6.5
#define COUNT_HEIGHT 9.0
#define SIZE_PT 8.5
#define DIGEST_BYTES_SHOWN 4
#define HAND_WRITTEN 10.0 /* a line for what people add with a pen */

typedef struct {
  /* Borrowed */
  const JkSession *session;
  const JkSheetMerge *sheets;
  const JkRoll *roll; /* or NULL */
} Record;

static const JkRuledColumn count_columns[] = {
  { "应考", 21, JK_ALIGN_CENTRE },   { "实考", 21, JK_ALIGN_CENTRE },
  { "缺考", 21, JK_ALIGN_CENTRE },   { "未到", 21, JK_ALIGN_CENTRE },
  { "违纪", 21, JK_ALIGN_CENTRE },   { "已开考", 25, JK_ALIGN_CENTRE },
  { "已收卷", 25, JK_ALIGN_CENTRE }, { "已发回执", 0, JK_ALIGN_CENTRE },
};

static const JkRuledColumn row_columns[] = {
  { "座位号", 18, JK_ALIGN_CENTRE },   { "记录号", 14, JK_ALIGN_CENTRE },
  { "姓名", 0, JK_ALIGN_CENTRE },      { "状态", 27, JK_ALIGN_CENTRE },
  { "封存号", 14, JK_ALIGN_CENTRE },   { "回执码", 50, JK_ALIGN_CENTRE },
  { "答卷摘要", 22, JK_ALIGN_CENTRE }, { "单号", 12, JK_ALIGN_CENTRE },
};

static const JkRuledColumn note_columns[] = {
  { "类别", 16, JK_ALIGN_CENTRE }, { "代码", 20, JK_ALIGN_CENTRE }, { "考生", 36, JK_ALIGN_CENTRE },
  { "情况", 0, JK_ALIGN_LEFT },    { "单号", 12, JK_ALIGN_CENTRE },
};

static const JkRuledColumn sheet_columns[] = {
  { "单号", 12, JK_ALIGN_CENTRE },
  { "校验码", 54, JK_ALIGN_CENTRE },
  { "签署", 0, JK_ALIGN_LEFT },
  { "说明", 52, JK_ALIGN_LEFT },
};

/* Draws the cells, which it takes. */
static void
draw_table (JkDocument *document,
            const JkRuledColumn *columns,
            guint n_columns,
            GPtrArray *cells,
            double row_height)
{
  const JkRuledTable table = { .columns = columns,
                               .cells = cells,
                               .n_columns = n_columns,
                               .row_height = row_height,
                               .size_pt = SIZE_PT };

  jk_ruled_table_draw (&table, document);
  g_ptr_array_unref (cells);
}

static GPtrArray *
cells_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static void G_GNUC_PRINTF (2, 3) add_cell (GPtrArray *cells, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (cells, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* An amendment that this roll does not know may have added the record. */
static const char *
get_name (const Record *self, guint32 record)
{
  return self->roll != NULL && record < jk_roll_get_n (self->roll)
             ? jk_roll_get_person (self->roll, record)->name
             : "";
}

static void
draw_counts (const Record *self, JkDocument *document)
{
  GPtrArray *cells = cells_new ();
  JkSheetCounts counts;

  jk_sheet_merge_count (self->sheets, &counts);
  const guint numbers[] = { counts.due,        counts.present, counts.absent, counts.never_seen,
                            counts.violations, counts.started, counts.sealed, counts.receipts };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_cell (cells, "%u", numbers[i]);
  draw_table (document, count_columns, G_N_ELEMENTS (count_columns), cells, COUNT_HEIGHT);
  jk_form_draw_note (document,
                     counts.started == counts.sealed && counts.sealed == counts.receipts
                         ? "已开考、已收卷、已发回执三数一致。"
                         : "已开考、已收卷、已发回执三数不一致，请逐一核实并在下方说明。");
}

static void
add_row (const Record *self, GPtrArray *cells, guint n)
{
  const JkSheetRow *row = jk_sheet_merge_get_row (self->sheets, n);
  const char *seat = jk_sheet_merge_get_seat (self->sheets, n);
  const gboolean has_result = jk_sheet_row_has_result (row);
  g_autofree char *slip = jk_sheet_row_has_slip (row) ? jk_code_format (row->slip, JK_RECEIPT_BITS)
                                                      : g_strdup (has_result ? "未发" : "—");
  g_autofree char *digest =
      has_result ? jk_text_hex (row->digest.bytes, DIGEST_BYTES_SHOWN) : g_strdup ("—");

  add_cell (cells, "%s", *seat != '\0' ? seat : "—");
  add_cell (cells, "%u", row->record);
  add_cell (cells, "%s", get_name (self, row->record));
  add_cell (cells, "%s%s", jk_seat_state_get_word (row->state), row->spare ? "（临时）" : "");
  if (row->seal_number > 0)
    add_cell (cells, "%u", row->seal_number);
  else
    add_cell (cells, "—");
  add_cell (cells, "%s", slip);
  add_cell (cells, "%s", digest);
  add_cell (cells, "%u", jk_sheet_get_number (jk_sheet_merge_get_row_sheet (self->sheets, n)));
}

static void
draw_rows (const Record *self, JkDocument *document)
{
  GPtrArray *cells = cells_new ();

  jk_form_draw_heading (document, "一、各座位情况");
  for (guint i = 0; i < jk_sheet_merge_get_n_rows (self->sheets); i++)
    add_row (self, cells, i);
  if (cells->len == 0)
    jk_form_draw_note (document, "无");
  draw_table (document, row_columns, G_N_ELEMENTS (row_columns), cells, ROW_HEIGHT);
}

/* Where a record sat, and who it is. */
static char *
dup_whom (const Record *self, guint32 record)
{
  guint first;

  if (record == JK_NOTE_ROOM)
    return g_strdup ("全考场");
  const char *seat = jk_sheet_merge_find (self->sheets, record, &first) > 0
                         ? jk_sheet_merge_get_seat (self->sheets, first)
                         : "";
  const char *name = get_name (self, record);
  if (*seat != '\0' && *name != '\0')
    return g_strdup_printf ("%s %s", seat, name);
  if (*seat != '\0' || *name != '\0')
    return g_strdup (*seat != '\0' ? seat : name);
  return g_strdup_printf ("记录 %u", record);
}

static void
add_notes (const Record *self, GPtrArray *cells, const JkSheet *sheet, JkNoteKind kind)
{
  for (guint i = 0; i < jk_sheet_get_n_notes (sheet); i++) {
    const JkSheetNote *note = jk_sheet_get_note (sheet, i);
    if (note->kind != kind)
      continue;
    add_cell (cells, "%s", kind == JK_NOTE_VIOLATION ? "违纪" : "异常");
    add_cell (cells, "%s", *note->code != '\0' ? note->code : "—");
    g_ptr_array_add (cells, dup_whom (self, note->record));
    add_cell (cells, "%s", note->facts);
    add_cell (cells, "%u", jk_sheet_get_number (sheet));
  }
}

static void
draw_notes (const Record *self, JkDocument *document)
{
  static const JkNoteKind kinds[] = { JK_NOTE_VIOLATION, JK_NOTE_INCIDENT };
  GPtrArray *cells = cells_new ();

  jk_form_draw_heading (document, "二、违纪与异常情况");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    for (guint n = 0; n < jk_sheet_merge_get_n_sheets (self->sheets); n++) {
      if (jk_sheet_merge_get_fate (self->sheets, n) == JK_SHEET_TAKEN)
        add_notes (self, cells, jk_sheet_merge_get_sheet (self->sheets, n), kinds[i]);
    }
  }
  if (cells->len == 0)
    jk_form_draw_note (document, "无");
  draw_table (document, note_columns, G_N_ELEMENTS (note_columns), cells, ROW_HEIGHT);
}

static char *
dup_role_word (const Record *self, JkRoleName role)
{
  const char *revoked = jk_session_is_role_revoked (self->session, role) ? "（已撤销）" : "";

  if (role == JK_ROLE_CHIEF || role == JK_ROLE_PROCTOR)
    return g_strconcat (role == JK_ROLE_CHIEF ? "主考" : "监考", revoked, NULL);
  return g_strdup_printf ("备用 %d%s", role - JK_ROLE_SPARE_1 + 1, revoked);
}

static const char *
get_fate_words (JkSheetFate fate)
{
  switch (fate) {
  case JK_SHEET_TAKEN:
    return "已采用";
  case JK_SHEET_COPY:
    return "与已采用的同号收卷单内容相同";
  case JK_SHEET_CONTRADICTED:
    return "与其他收卷单矛盾，未采用";
  default:
    return "前一张缺失或未采用，暂不计入";
  }
}

static void
draw_sheets (const Record *self, JkDocument *document)
{
  GPtrArray *cells = cells_new ();

  jk_form_draw_heading (document, "三、收卷单");
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (self->sheets); i++) {
    const JkSheet *sheet = jk_sheet_merge_get_sheet (self->sheets, i);
    g_autofree char *first = dup_role_word (self, jk_sheet_get_first_role (sheet));
    g_autofree char *second = dup_role_word (self, jk_sheet_get_second_role (sheet));
    add_cell (cells, "%u", jk_sheet_get_number (sheet));
    g_ptr_array_add (cells, jk_sheet_dup_code (jk_sheet_get_digest (sheet)));
    add_cell (cells, "%s、%s%s", first, second, jk_sheet_is_alone (sheet) ? "（一人签署）" : "");
    add_cell (cells, "%s", get_fate_words (jk_sheet_merge_get_fate (self->sheets, i)));
  }
  draw_table (document, sheet_columns, G_N_ELEMENTS (sheet_columns), cells, ROW_HEIGHT);
}

/* Lines for a pen and the signatures, on one page. */
static void
draw_end (JkDocument *document)
{
  jk_document_reserve (document, 60);
  jk_form_draw_heading (document, "四、其他情况（手写）");
  for (guint i = 0; i < 2; i++) {
    jk_document_advance (document, HAND_WRITTEN);
    jk_document_line (document, 0, 0, jk_document_get_width (document), 0);
  }
  jk_form_draw_signatures (document);
}

static void
draw (JkDocument *document, gconstpointer data)
{
  const Record *self = data;
  JkSheetCounts counts;

  jk_sheet_merge_count (self->sheets, &counts);
  jk_form_draw_head (document, JK_FORM_RECORD, self->session, counts.due);
  draw_counts (self, document);
  draw_rows (self, document);
  draw_notes (self, document);
  draw_sheets (self, document);
  draw_end (document);
}

GBytes *
jk_record_form (const JkSession *session,
                const JkSheetMerge *sheets,
                const JkRoll *roll,
                GError **error)
{
  const Record self = { .session = session, .sheets = sheets, .roll = roll };

  return jk_form_print (JK_FORM_RECORD, session, draw, &self, error);
}
