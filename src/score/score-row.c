/* SPDX-License-Identifier: Apache-2.0 */
/* score/score-row.c: lines of scores.csv in the words of domain.md section 7.
 *
 * A line is 正式 when a closing sheet or two people stand for it, else 待复核; 试考 before that
 * when it is a rehearsal. */
#include "score/score-row.h"
#include "base/csv.h"
#include "result/receipt.h"
#include "score/centre-private.h"

#define BOM "\xef\xbb\xbf"
#define MS_PER_MIN 60000u

static const JkBlueprint *
get_blueprint (const JkCentre *centre)
{
  return jk_session_get_blueprint (jk_centre_get_session (centre));
}

/* "A-A 职业道德"; only the code when the bank has no such section. */
static char *
dup_section (const JkCentre *centre, guint n)
{
  const JkBank *bank = jk_centre_get_bank (centre);
  const char *code = jk_blueprint_get_section (get_blueprint (centre), n);

  for (guint i = 0; i < jk_bank_get_n_sections (bank); i++) {
    if (g_str_equal (jk_bank_get_section_code (bank, i), code))
      return g_strconcat (code, " ", jk_bank_get_section_name (bank, i), NULL);
  }
  return g_strdup (code);
}

void
jk_score_row_append_heading (GString *out, const JkCentre *centre)
{
  static const char *const before[] = { "准考证号", "姓名", "证件号码", "座位号" };
  static const char *const after[] = { "总分", "结论", "状态", "回执码" };

  g_string_append (out, BOM);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    jk_csv_append_cell (out, before[i], FALSE);
  for (guint i = 0; i < jk_blueprint_get_n_sections (get_blueprint (centre)); i++) {
    g_autofree char *section = dup_section (centre, i);
    jk_csv_append_cell (out, section, FALSE);
  }
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    jk_csv_append_cell (out, after[i], FALSE);
  jk_csv_append_cell (out, "说明", TRUE);
}

char *
jk_score_row_dup_points (guint half_points)
{
  return g_strdup_printf ("%u%s", half_points / 2, half_points % 2 == 0 ? "" : ".5");
}

static void
append_points (GString *out, guint half_points)
{
  g_autofree char *points = jk_score_row_dup_points (half_points);
  jk_csv_append_cell (out, points, FALSE);
}

static const char *
get_verdict (const JkScoreLine *line)
{
  switch (line->outcome) {
  case JK_OUTCOME_SCORED:
    return line->score->passed ? "合格" : "不合格";
  case JK_OUTCOME_ABSENT:
    return "缺考";
  case JK_OUTCOME_ILL:
    return "因病离场";
  case JK_OUTCOME_LOST:
    return "答卷遗失";
  case JK_OUTCOME_MISSING:
  case JK_OUTCOME_QUARANTINED:
  case JK_OUTCOME_CONTRADICTED:
    return "待复核";
  }
  g_return_val_if_reached ("");
}

static const char *
get_cause (const JkScoreLine *line)
{
  switch (line->outcome) {
  case JK_OUTCOME_LOST:
    return "收卷单记有应试而答卷遗失";
  case JK_OUTCOME_MISSING:
    return "收卷单所列结果文件缺失";
  case JK_OUTCOME_QUARANTINED:
    return "结果文件未通过核验，见隔离清单";
  case JK_OUTCOME_CONTRADICTED:
    return "两份结果封存号相同而内容不同，均已隔离，见隔离清单";
  case JK_OUTCOME_SCORED:
  case JK_OUTCOME_ABSENT:
  case JK_OUTCOME_ILL:
    return line->is_released ? "经两人复核放行" : line->is_final ? NULL : "待收卷单核对";
  }
  g_return_val_if_reached (NULL);
}

static void
append_reason (GString *reason, const char *text)
{
  if (reason->len > 0)
    g_string_append (reason, "；");
  g_string_append (reason, text);
}

static void
append_minutes (GString *reason, const char *word, guint64 ms)
{
  if (ms == 0)
    return;
  g_autofree char *text =
      g_strdup_printf ("%s %" G_GUINT64_FORMAT " 分钟", word, (ms + MS_PER_MIN - 1) / MS_PER_MIN);
  append_reason (reason, text);
}

static void
append_moves (GString *reason, guint n_moves)
{
  if (n_moves == 0)
    return;
  g_autofree char *text = g_strdup_printf ("换机 %u 次", n_moves);
  append_reason (reason, text);
}

static char *
dup_reason (const JkScoreLine *line)
{
  GString *reason = g_string_new (NULL);
  const JkScore *score = line->score;
  const char *cause = get_cause (line);

  if (cause != NULL)
    append_reason (reason, cause);
  if (line->is_alone)
    append_reason (reason, "收卷单由一人签署");
  if (line->is_revoked)
    append_reason (reason, "收卷单由已撤销的监考角色签署");
  if (score != NULL && score->hand_in == JK_HAND_IN_FORCED)
    append_reason (reason, "强制交卷");
  if (score != NULL) {
    append_minutes (reason, "延时", score->extended_ms);
    append_minutes (reason, "补时", score->credited_ms);
    append_minutes (reason, "迟到", score->late_ms);
    append_moves (reason, score->n_moves);
    if (score->has_revoked_signer)
      append_reason (reason, "含已撤销监考角色签署的指令");
  }
  return g_string_free (reason, FALSE);
}

void
jk_score_row_append (GString *out, const JkCentre *centre, const JkScoreLine *line)
{
  gboolean is_rehearsal = jk_session_is_rehearsal (jk_centre_get_session (centre));
  const JkScore *score = line->score;
  const JkPerson *person = line->person;
  g_return_if_fail ((score != NULL) == (line->outcome == JK_OUTCOME_SCORED));
  g_autofree char *receipt = score != NULL ? jk_receipt_dup_code (&score->receipt) : g_strdup ("");
  g_autofree char *reason = dup_reason (line);
  g_autofree char *status =
      g_strconcat (is_rehearsal ? "试考 " : "", line->is_final ? "正式" : "待复核", NULL);

  jk_csv_append_number_as_text (out, person->admission, FALSE);
  jk_csv_append_cell (out, person->name, FALSE);
  jk_csv_append_number_as_text (out, person->masked_id, FALSE);
  jk_csv_append_number_as_text (out, person->seat, FALSE);
  for (guint i = 0; i < jk_blueprint_get_n_sections (get_blueprint (centre)); i++) {
    if (score != NULL)
      append_points (out, score->section_half_points[i]);
    else
      jk_csv_append_cell (out, "", FALSE);
  }
  if (score != NULL)
    append_points (out, score->total_half_points);
  else
    jk_csv_append_cell (out, "", FALSE);
  jk_csv_append_cell (out, get_verdict (line), FALSE);
  jk_csv_append_cell (out, status, FALSE);
  jk_csv_append_cell (out, receipt, FALSE);
  jk_csv_append_cell (out, reason, TRUE);
}
