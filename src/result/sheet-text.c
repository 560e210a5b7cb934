/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-text.c: the words of domain.md section 7 around what a sheet says. */
#include "result/sheet-text.h"
#include "base/code.h"

static const char *
get_role_word (JkRoleName role)
{
  switch (role) {
  case JK_ROLE_CHIEF:
    return "主考 chief";
  case JK_ROLE_PROCTOR:
    return "监考 proctor";
  case JK_ROLE_SPARE_1:
    return "备用一 spare-1";
  case JK_ROLE_SPARE_2:
    return "备用二 spare-2";
  default:
    return jk_role_name_get (role);
  }
}

static const char *
get_revoked_word (const JkSession *session, JkRoleName role)
{
  return jk_session_is_role_revoked (session, role) ? " 已撤销 REVOKED" : "";
}

static void
append_head (GString *out, const JkSheet *self, const JkSession *session)
{
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (self));
  g_autofree char *before = jk_sheet_dup_code (jk_sheet_get_predecessor (self));
  JkRoleName first = jk_sheet_get_first_role (self);
  JkRoleName second = jk_sheet_get_second_role (self);

  g_string_append_printf (out,
                          "收卷单 CLOSING SHEET %u%s\n\n"
                          "场次 session      %s (%s), build %u\n"
                          "考场 hall         %s\n"
                          "本单 this sheet   %s\n"
                          "前单 before it    %s\n"
                          "签署 signed by    %s%s, %s%s%s\n",
                          jk_sheet_get_number (self),
                          jk_session_is_rehearsal (session) ? "  试考 REHEARSAL" : "",
                          jk_session_get_name (session),
                          jk_session_get_short_name (session),
                          jk_session_get_build_number (session),
                          jk_sheet_get_hall (self),
                          code,
                          jk_sheet_get_number (self) == 1 ? "-" : before,
                          get_role_word (first),
                          get_revoked_word (session, first),
                          get_role_word (second),
                          get_revoked_word (session, second),
                          jk_sheet_is_alone (self) ? "  一人签署 SIGNED ALONE" : "");
}

/* Rows by state, so that a later sheet, which only adds, is not read as the whole hall. */
static void
append_counts (GString *out, const JkSheet *self)
{
  guint counts[JK_N_SEAT_STATES] = { 0 };

  for (guint i = 0; i < jk_sheet_get_n_rows (self); i++)
    counts[jk_sheet_get_row (self, i)->state]++;
  g_string_append_printf (out, "行数 rows         %u:", jk_sheet_get_n_rows (self));
  for (guint i = JK_SEAT_SEALED; i < JK_N_SEAT_STATES; i++) {
    if (counts[i] > 0)
      g_string_append_printf (out,
                              " %s %s %u",
                              jk_seat_state_get_word ((JkSeatState) i),
                              jk_seat_state_get_name ((JkSeatState) i),
                              counts[i]);
  }
  g_string_append (out,
                   "\n\n座位 seat  记录 record  封存 seal  回执码 receipt            状态 state\n");
}

static void
append_row (GString *out, const JkSheetRow *row, const char *seat)
{
  g_autofree char *slip = jk_sheet_row_has_slip (row)
                              ? jk_code_format (row->slip, JK_RECEIPT_BITS)
                              : g_strdup (jk_sheet_row_has_result (row) ? "未发 none given" : "-");

  g_string_append_printf (out, "%-10s %-12u ", *seat != '\0' ? seat : "-", row->record);
  if (row->seal_number > 0)
    g_string_append_printf (out, "%-10u ", row->seal_number);
  else
    g_string_append_printf (out, "%-10s ", "-");
  g_string_append_printf (out, "%-25s %s", slip, jk_seat_state_get_word (row->state));
  if (row->spare)
    g_string_append (out, " 临时");
  g_string_append_c (out, '\n');
}

static void
append_notes (GString *out, const JkSheet *self)
{
  for (guint i = 0; i < jk_sheet_get_n_notes (self); i++) {
    const JkSheetNote *note = jk_sheet_get_note (self, i);
    g_string_append (out, note->kind == JK_NOTE_VIOLATION ? "\n违纪 violation" : "\n异常 incident");
    if (note->record != JK_NOTE_ROOM)
      g_string_append_printf (out, ", record %u", note->record);
    if (*note->code != '\0')
      g_string_append_printf (out, ", %s", note->code);
    g_string_append_printf (out, ": %s", note->facts);
  }
}

char *
jk_sheet_dup_text (const JkSheet *self, const JkSession *session)
{
  GString *out = g_string_new (NULL);

  append_head (out, self, session);
  append_counts (out, self);
  for (guint i = 0; i < jk_sheet_get_n_rows (self); i++)
    append_row (out, jk_sheet_get_row (self, i), jk_sheet_get_seat (self, i));
  append_notes (out, self);
  g_string_append (out,
                   "\n\n监考人员签名 signatures\n\n"
                   "____________________________    ____________________________\n");
  return g_string_free (out, FALSE);
}
