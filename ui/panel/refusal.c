/* SPDX-License-Identifier: Apache-2.0 */
/* panel/refusal.c: what a proctor reads when something is refused. */
#include "panel/refusal.h"

#include "base/error.h"
#include "desk/error.h"
#include "panel/act-text.h"
#include "session/error.h"
#include "sitting/error.h"

#include <glib/gi18n.h>

static const char *const session_sentences[] = {
  /* Translators: zh: 密码与所选信封不符，请逐位核对。 */
  [JK_SESSION_ERROR_PASSCODE] =
      N_ ("This is not the passcode of this envelope. Check it letter by letter."),
  /* Translators: zh: 启封码不正确。 */
  [JK_SESSION_ERROR_START_CODE] = N_ ("The start code is not correct."),
  /* Translators: zh: 考场码不正确。 */
  [JK_SESSION_ERROR_ROOM_CODE] = N_ ("The room code is not correct."),
  /* Translators: zh: 文件的签名机构不被本机认可。 */
  [JK_SESSION_ERROR_AUTHORITY] = N_ ("This file is not signed by an authority that this PC knows."),
  /* Translators: zh: 文件内容有矛盾。请勿使用，向评价机构另取。 */
  [JK_SESSION_ERROR_CONTENT] =
      N_ ("This file contradicts itself. Do not use it; ask the exam authority for another."),
  /* Translators: zh: 题库文件不属于本场。 */
  [JK_SESSION_ERROR_BANK] = N_ ("This is the question file of another session."),
  /* Translators: zh: 该指令属于其他场次或考场。 */
  [JK_SESSION_ERROR_ORDER_FOREIGN] = N_ ("This order is for another session or exam room."),
  /* Translators: zh: 该指令的签名不符。 */
  [JK_SESSION_ERROR_ORDER_SIGNATURE] = N_ ("This order is not signed by whom it names."),
  /* Translators: zh: 该指令缺少所需的签名、原因或数值。 */
  [JK_SESSION_ERROR_ORDER_RULE] =
      N_ ("This order lacks a signature, a reason or an amount that it needs."),
  /* Translators: zh: 该信封已停用，请用其他信封。 */
  [JK_SESSION_ERROR_ORDER_REVOKED] = N_ ("This envelope was revoked; use another one."),
  /* Translators: zh: 该指令已执行过。 */
  [JK_SESSION_ERROR_ORDER_REPLAYED] = N_ ("This order was carried out before."),
  /* Translators: zh: 本机情况已有变化，请查看后重新操作。 */
  [JK_SESSION_ERROR_ORDER_STALE] =
      N_ ("Meanwhile something else has happened here. Look again, and order anew."),
  /* Translators: zh: 目前不能进行这项操作。 */
  [JK_SESSION_ERROR_ORDER_STATE] = N_ ("This has no place now."),
  /* Translators: zh: 该更正文件属于其他场次，或缺少前一份更正。 */
  [JK_SESSION_ERROR_AMENDMENT] =
      N_ ("This correction is of another session, or one before it is missing."),
  /* Translators: zh: 该指令所依据的更正尚未装入本机，请先装入。 */
  [JK_SESSION_ERROR_ORDER_AMENDMENT] =
      N_ ("This order needs a correction that is not on this PC yet. Load it first."),
};

static const char *const sitting_sentences[] = {
  /* Translators: zh: 目前不能进行这项操作。 */
  [JK_SITTING_ERROR_STATE] = N_ ("This has no place now."),
  /* Translators: zh: 本场规则或剩余时间不允许这项操作。 */
  [JK_SITTING_ERROR_ORDER] = N_ ("The rules of this session, or the time left, do not allow this."),
  /* Translators: zh: 本机暂时不能保存，已保存的内容不会丢失。 */
  [JK_SITTING_ERROR_STORE] = N_ ("This PC cannot save at the moment. What was saved is not lost."),
  /* Translators: zh: 本机记录有损坏。请勿关机，为考生换机。 */
  [JK_SITTING_ERROR_CHAIN] = N_ (
      "Records on this PC are damaged. Do not switch it off; move the candidate to another PC."),
  /* Translators: zh: 这些记录属于其他场次或其他考试机。 */
  [JK_SITTING_ERROR_FOREIGN] = N_ ("These records belong to another session or PC."),
  /* Translators: zh: 密码多次错误，该信封需等待；可立即改用其他信封。 */
  [JK_SITTING_ERROR_WAIT] =
      N_ ("Too many wrong passcodes: this envelope must wait. Another one can be used at once."),
  /* Translators: zh: 本机尚未开放登录，请先输入考场码。 */
  [JK_SITTING_ERROR_NOT_OPEN] = N_ ("Log-in is not open on this PC. Type the room code first."),
  /* Translators: zh: 本场考试在本机已经结束。 */
  [JK_SITTING_ERROR_ENDED] = N_ ("The session has ended on this PC."),
  /* Translators: zh: 该考生已换到其他考试机。 */
  [JK_SITTING_ERROR_MOVED] = N_ ("This candidate goes on at another PC."),
  /* Translators: zh: 该考生已被标记缺考，请先撤销。 */
  [JK_SITTING_ERROR_ABSENT] = N_ ("This candidate is marked absent. Undo that first."),
  /* Translators: zh: 本机已有其他考生。 */
  [JK_SITTING_ERROR_OCCUPIED] = N_ ("Somebody else sits at this PC."),
  /* Translators: zh: 本机存储未通过检查。 */
  [JK_SITTING_ERROR_RED] = N_ ("The disk of this PC gave no proof that it remembers."),
  /* Translators: zh: 本机存储空间不足。 */
  [JK_SITTING_ERROR_FULL] = N_ ("The disk of this PC is full."),
  /* Translators: zh: 本机缺少本场的更正文件，请重新装入。 */
  [JK_SITTING_ERROR_AMENDMENT] =
      N_ ("A correction of this session is missing on this PC. Load it again."),
};

static const char *const desk_sentences[] = {
  /* Translators: zh: 上一步还在处理，请稍候。 */
  [JK_DESK_ERROR_BUSY] = N_ ("The last step is still under way. Wait a moment."),
  /* Translators: zh: 本机缺少本场的题库文件，请装入。 */
  [JK_DESK_ERROR_NO_BANK] = N_ ("The question file of this session is not on this PC. Load it."),
  /* Translators: zh: 本机没有可写入的优盘或文件夹。 */
  [JK_DESK_ERROR_NO_FOLDER] = N_ ("This PC has no folder or stick to copy to."),
  /* Translators: zh: 本机还没有场次，请先装入。 */
  [JK_DESK_ERROR_SESSION] = N_ ("There is no session on this PC. Load one first."),
  /* Translators: zh: 监考面板已关闭，请重新输入密码。 */
  [JK_DESK_ERROR_CLOSED] = N_ ("The panel has closed. Type the passcode again."),
  /* Translators: zh: 还有内容没有填写。 */
  [JK_DESK_ERROR_ASK] = N_ ("Something is missing."),
  /* Translators: zh: 这不是该考生的回执。 */
  [JK_DESK_ERROR_SLIP] = N_ ("This is not the receipt of this candidate."),
  /* Translators: zh: 其中没有可装入的文件，或本机没有可导出的答卷。 */
  [JK_DESK_ERROR_EMPTY] = N_ ("There is nothing in it to load, or nothing here to copy."),
  /* Translators: zh: 本机没有这名考生。 */
  [JK_DESK_ERROR_PERSON] = N_ ("There is nobody of that row here."),
  /* Translators: zh: 本机没有换出的考生，请先办理换机。 */
  [JK_DESK_ERROR_NOT_MOVED] = N_ ("Nobody has moved from this PC. Order the move first."),
  /* Translators: zh: 该文件夹中没有换机文件。 */
  [JK_DESK_ERROR_NOBODY] = N_ ("Nobody who moves lies in this folder."),
  /* Translators: zh: 换机文件旁缺少相应的指令文件。 */
  [JK_DESK_ERROR_NO_ORDER] = N_ ("The order for this move is missing beside its file."),
  /* Translators: zh: 该文件夹中有多名考生的换机文件，请只保留一名。 */
  [JK_DESK_ERROR_SEVERAL] =
      N_ ("Several people lie in this folder; keep one of their files there."),
  /* Translators: zh: 还有考生去向不明或资料有矛盾，请重新核对。 */
  [JK_DESK_ERROR_UNEXPLAINED] =
      N_ ("Somebody is not accounted for, or files contradict each other. Look through again."),
  /* Translators: zh: 答卷包没有全部导出。处理后请再次导出。 */
  [JK_DESK_ERROR_NOT_COPIED] = N_ ("Not every result was copied. See to it, and copy again."),
};

static const char *const base_sentences[] = {
  /* Translators: zh: 文件或文件夹无法读写。 */
  [JK_BASE_ERROR_STORAGE] = N_ ("A file or folder cannot be read or written."),
  /* Translators: zh: 输入的代码有误，请逐位核对。 */
  [JK_BASE_ERROR_CODE] = N_ ("The code is mistyped. Check it letter by letter."),
};

static const struct {
  GQuark (*domain) (void);
  const char *const *sentences;
  guint n;
} tables[] = {
  { jk_session_error_quark, session_sentences, G_N_ELEMENTS (session_sentences) },
  { jk_sitting_error_quark, sitting_sentences, G_N_ELEMENTS (sitting_sentences) },
  { jk_desk_error_quark, desk_sentences, G_N_ELEMENTS (desk_sentences) },
  { jk_base_error_quark, base_sentences, G_N_ELEMENTS (base_sentences) },
};

const char *
jk_refusal_find (GQuark domain, int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    if (tables[i].domain () == domain)
      return code >= 0 && (guint) code < tables[i].n ? tables[i].sentences[code] : NULL;
  }
  return NULL;
}

char *
jk_refusal_dup (const GError *error)
{
  const char *sentence = jk_refusal_find (error->domain, error->code);

  if (sentence == NULL)
    return g_strdup (error->message);
  return g_strdup_printf ("%s\n%s", _ (sentence), error->message);
}

char *
jk_refusal_dup_of (const GError *error, JkRoleName refused)
{
  g_autofree char *sentence = jk_refusal_dup (error);

  if (refused == 0)
    return g_steal_pointer (&sentence);
  g_autofree char *role = jk_act_text_dup_role (refused);
  if (!g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE))
    /* Translators: a role of the proctors, and why its passcode was not taken. zh: %s：%s */
    return g_strdup_printf (_ ("%s: %s"), role, sentence);
  return g_strdup_printf (
      /* Translators: a role of the proctors. zh: %s的密码与信封不符，请逐位核对。 */
      _ ("The passcode of the %s does not match the envelope. Check it letter by letter."),
      role);
}
