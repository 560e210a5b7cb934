/* SPDX-License-Identifier: Apache-2.0 */
/* station/sentences.c: what a candidate reads when something is refused. */
#include "station/sentences.h"

#include "base/error.h"
#include "desk/error.h"
#include "session/error.h"
#include "sitting/error.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MS_PER_MIN 60000
#define USUAL_TRIES 5
#define SEAT_BYTES 64

static const char *const sitting_sentences[] = {
  [JK_SITTING_ERROR_STATE] =
      /* Translators: zh: 这一步现在不能做。请举手联系监考人员。 */
  N_ ("This cannot be done now. Raise your hand for the proctor."),
  [JK_SITTING_ERROR_ARGUMENT] =
      /* Translators: zh: 没有这道题或这个选项，请重新选择。 */
  N_ ("There is no such item or option. Choose again."),
  [JK_SITTING_ERROR_TOO_EARLY] =
      /* Translators: zh: 现在还不能交卷，请继续作答。 */
  N_ ("You cannot hand in yet. Go on answering."),
  [JK_SITTING_ERROR_CONSENT] =
      /* Translators: zh: 最后几分钟交卷须经监考人员同意。请举手。 */
  N_ ("In the last minutes handing in needs the proctor's consent. Raise your hand."),
  [JK_SITTING_ERROR_ORDER] =
      /* Translators: zh: 本场规则不允许这样做。请举手联系监考人员。 */
  N_ ("The rules of this session do not allow this. Raise your hand for the proctor."),
  [JK_SITTING_ERROR_PROCTOR] =
      /* Translators: zh: 考试中断的时间较长，须由监考人员恢复。请举手，您的作答已保存。 */
  N_ ("The interruption was long; a proctor must let you go on. Raise "
      "your hand: your answers are saved."),
  [JK_SITTING_ERROR_STORE] =
      /* Translators: zh: 本机暂时不能保存。请勿关机，立即举手；已保存的作答不会丢失。 */
  N_ ("This PC cannot save at the moment. Do not switch it off, raise "
      "your hand at once; what was saved is not lost."),
  [JK_SITTING_ERROR_CHAIN] =
      /* Translators: zh: 您在本机的作答记录暂时无法读取。请勿关机，举手换一台考试机继续。 */
  N_ ("Your answers on this PC cannot be read at the moment. Do not "
      "switch it off; raise your hand and go on at another PC."),
  [JK_SITTING_ERROR_FOREIGN] =
      /* Translators: zh: 本机的考试记录不属于本场考试。请举手，换一台考试机。 */
  N_ ("The records on this PC belong to another session. Raise your "
      "hand and take another PC."),
  /* Translators: zh:
     连续多次输入错误，需等待一段时间。请核对准考证号和证件号码，或举手请监考人员解锁。 */
  [JK_SITTING_ERROR_WAIT] = N_ ("The numbers were wrong too often, so you must wait. Check both "
                                "numbers, or raise your hand: a proctor can end the wait."),
  [JK_SITTING_ERROR_NOT_OPEN] =
      /* Translators: zh: 本机尚未开放登录。请等待监考人员开放登录。 */
  N_ ("Log-in is not open on this PC yet. Wait until the proctor opens it."),
  [JK_SITTING_ERROR_ENDED] =
      /* Translators: zh: 本场考试在本机已经结束。请举手联系监考人员。 */
  N_ ("This session has ended on this PC. Raise your hand for the proctor."),
  [JK_SITTING_ERROR_HANDED_IN] =
      /* Translators: zh: 该考生已交卷，不能再次登录。如系误交卷，请举手联系监考人员。 */
  N_ ("This candidate has already handed in and cannot log in again. If that was a mistake, "
      "raise your hand for the proctor."),
  [JK_SITTING_ERROR_MOVED] =
      /* Translators: zh: 该考生已换到其他考试机。请到那台考试机继续考试，或举手联系监考人员。 */
  N_ ("This candidate goes on at another PC. Go on there, or raise your "
      "hand for the proctor."),
  [JK_SITTING_ERROR_ABSENT] =
      /* Translators: zh: 您已被标记缺考，请联系监考人员。如已到场，请举手，由监考人员撤销后再登录。
       */
  N_ ("You are marked absent. Raise your hand: a proctor can undo that, "
      "then log in again."),
  [JK_SITTING_ERROR_OCCUPIED] =
      /* Translators: zh: 已有其他考生在本机登录，尚未交卷。请核对座位号，或举手联系监考人员。 */
  N_ ("Another candidate is logged in at this PC and has not handed "
      "in. Check your seat number, or raise your hand."),
  [JK_SITTING_ERROR_SEAT] =
      /* Translators: zh: 座位与准考证不符。请按准考证上的座位号就座，或举手联系监考人员。 */
  N_ ("This seat does not match your admission ticket. Go to the seat on "
      "your ticket, or raise your hand."),
  [JK_SITTING_ERROR_HOUR] =
      /* Translators: zh: 按本机时间，现在不在登录时间内。请稍候再试，或举手联系监考人员。 */
  N_ ("By the clock of this PC it is not time to log in. Try again later, "
      "or raise your hand for the proctor."),
  [JK_SITTING_ERROR_LATE] =
      /* Translators: zh: 考试已经开始。您已迟到，考试时间不延长。请举手，由监考人员登记后再登录。
       */
  N_ ("The exam has started. You are late, and get no extra time. Raise "
      "your hand: the proctor notes it, then log in again."),
  [JK_SITTING_ERROR_DATE] =
      /* Translators: zh: 本机日期与本场考试日期不符，不在本场次时间内。请举手联系监考人员。 */
  N_ ("The date of this PC is not the date of this session. Raise your "
      "hand for the proctor."),
  [JK_SITTING_ERROR_RED] =
      /* Translators: zh: 本机未通过存储检查，暂不能开始考试。请举手，由监考人员处理或换一台考试机。
       */
  N_ ("This PC has not passed the check of its disk, so no exam can begin "
      "here. Raise your hand: the proctor mends it or gives you another."),
  [JK_SITTING_ERROR_FULL] =
      /* Translators: zh: 本机存储空间不足。请勿关机，立即举手；已保存的作答不会丢失。 */
  N_ ("This PC has no room to save. Do not switch it off, raise your hand "
      "at once; what was saved is not lost."),
  [JK_SITTING_ERROR_AMENDMENT] =
      /* Translators: zh: 本机缺少本场考试的更正文件，暂不能登录。请举手，由监考人员重新装入。 */
  N_ ("A correction of this session is missing on this PC, so nobody "
      "can log in. Raise your hand: the proctor loads it again."),
};

static const char *const session_sentences[] = {
  [JK_SESSION_ERROR_ROOM_CODE] =
      /* Translators: zh: 考场码不正确，请核对后重新输入。 */
  N_ ("The room code is not correct. Check it and type it again."),
  [JK_SESSION_ERROR_START_CODE] =
      /* Translators: zh: 启封码不正确，请核对后重新输入；仍不正确请举手。 */
  N_ ("The start code is not correct. Check it and type it again; if "
      "it still is not, raise your hand."),
  [JK_SESSION_ERROR_LOGIN] =
      /* Translators: zh: 准考证号或证件号码不正确，请核对后重新输入。 */
  N_ ("The admission number or the ID number is not correct. Check both and type them again."),
  [JK_SESSION_ERROR_BANK] =
      /* Translators: zh: 本机的题库文件与本场考试不符。请举手联系监考人员。 */
  N_ ("The question file on this PC is not that of this session. Raise your hand."),
  [JK_SESSION_ERROR_PAPER] =
      /* Translators: zh: 本机生成的试卷未通过核对。请举手，换一台考试机。 */
  N_ ("The paper made on this PC did not pass its check. Raise your hand and take another PC."),
};

static const char *const desk_sentences[] = {
  [JK_DESK_ERROR_BUSY] =
      /* Translators: zh: 上一步还在处理，请稍候。 */
  N_ ("The last step is still under way. Wait a moment."),
  [JK_DESK_ERROR_NO_BANK] =
      /* Translators: zh: 本机缺少本场考试的题库文件。请举手联系监考人员。 */
  N_ ("The question file of this session is not on this PC. Raise your hand."),
};

static const char *const base_sentences[] = {
  [JK_BASE_ERROR_STORAGE] =
      /* Translators: zh: 本机暂时不能读写文件。请勿关机，举手联系监考人员。 */
  N_ ("This PC cannot read or write at the moment. Do not switch it off; raise your hand."),
  [JK_BASE_ERROR_CODE] =
      /* Translators: zh: 输入的代码有误：请逐位核对，不区分大小写，空格和短横可以不输。 */
  N_ ("The code is mistyped. Check it letter by letter; capitals, blanks and "
      "dashes do not matter."),
};

typedef struct {
  const char *const *sentences;
  guint n;
} Table;

static Table
find_table (GQuark domain)
{
  if (domain == JK_SITTING_ERROR)
    return (Table){ sitting_sentences, G_N_ELEMENTS (sitting_sentences) };
  if (domain == JK_SESSION_ERROR)
    return (Table){ session_sentences, G_N_ELEMENTS (session_sentences) };
  if (domain == JK_DESK_ERROR)
    return (Table){ desk_sentences, G_N_ELEMENTS (desk_sentences) };
  if (domain == JK_BASE_ERROR)
    return (Table){ base_sentences, G_N_ELEMENTS (base_sentences) };
  return (Table){ NULL, 0 };
}

const char *
jk_sentence_find (GQuark domain, int code)
{
  Table table = find_table (domain);

  return code >= 0 && (guint) code < table.n ? table.sentences[code] : NULL;
}

static const JkPolicy *
find_policy (JkDesk *desk)
{
  const JkSession *session = desk != NULL ? jk_desk_get_session (desk) : NULL;

  return session != NULL ? jk_session_get_policy (session) : NULL;
}

/* Nobody can tell a wrong number from one of another session: no session holds the numbers of
 * another. So both ways on are named. */
static char *
dup_log_in (JkDesk *desk)
{
  const JkPolicy *policy = find_policy (desk);
  guint tries = policy != NULL ? policy->login_tries : USUAL_TRIES;
  g_autoptr (GString) sentence = g_string_new (_ (session_sentences[JK_SESSION_ERROR_LOGIN]));

  g_string_append_c (sentence, '\n');
  g_string_append_printf (
      sentence,
      /* Translators: zh: 连续 %u 次错误将锁定，请举手联系监考人员。 */
      ngettext ("After %u wrong try log-in is locked; raise your hand.",
                "After %u wrong tries in a row log-in is locked; raise your hand.",
                tries),
      tries);
  g_string_append_c (sentence, '\n');
  g_string_append (
      sentence,
      /* Translators: zh: 核对无误仍不能登录的，可能不在本场次：请核对准考证上的日期和考场。 */
      _ ("If both are right, you may not be in this session: check date and room on "
         "your admission ticket."));
  if (desk != NULL && jk_desk_get_beside (desk, JK_STAGE_LOADED, 0) != NULL) {
    g_string_append_c (sentence, '\n');
    g_string_append (sentence,
                     /* Translators: zh:
                        本机还有未开放登录的场次：如准考证上是那一场，请举手，由监考人员开放。 */
                     _ ("Another session of this PC is not open yet: if it is the one on your "
                        "admission ticket, raise your hand, and the proctor opens it."));
  }
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

static gboolean
is_entry_over (JkDesk *desk)
{
  const JkPolicy *policy = find_policy (desk);

  return policy != NULL &&
         -jk_desk_get_start_in_ms (desk) > (gint64) policy->latest_entry_min * MS_PER_MIN;
}

static char *
dup_entry_is_over (void)
{
  /* Translators: zh: 已超过允许入场时间，不能登录。如有特殊情况，请举手联系监考人员。 */
  return g_strdup (_ ("Entry time is over, so you cannot log in. With a reason, raise your hand."));
}

/* In minutes, not as an hour: the clock of the room and that of the PC may differ. With two
 * sessions on the PC it is not known here whose hour it was. */
static char *
dup_too_early (JkDesk *desk)
{
  const JkPolicy *policy = find_policy (desk);
  gint64 opens_ms = policy != NULL && jk_desk_get_beside (desk, JK_STAGE_OPEN, 0) == NULL
                        ? jk_desk_get_start_in_ms (desk) - policy->login_opens_min * MS_PER_MIN
                        : 0;
  guint minutes = (guint) ((MAX (opens_ms, 0) + MS_PER_MIN - 1) / MS_PER_MIN);

  if (minutes == 0)
    return g_strdup (_ (sitting_sentences[JK_SITTING_ERROR_HOUR]));
  return g_strdup_printf (
      /* Translators: zh:
         按本机时间，登录在开考前 %u 分钟开始，还有 %u 分钟。请稍候再试，或举手联系监考人员。 */
      ngettext ("Log-in begins %u minutes before the start: by the clock of this PC in %u minute. "
                "Try again then, or raise your hand for the proctor.",
                "Log-in begins %u minutes before the start: by the clock of this PC in %u minutes. "
                "Try again then, or raise your hand for the proctor.",
                minutes),
      policy->login_opens_min,
      minutes);
}

/* The desk knows nobody after a refusal; the right seat stands in its sentence alone. */
static char *
dup_seat (const GError *error)
{
  char right[SEAT_BYTES], here[SEAT_BYTES];

  if (sscanf (error->message,
              "The seat of this candidate is %63[^,], and this is %63[^;];",
              right,
              here) != 2)
    return g_strdup (_ (sitting_sentences[JK_SITTING_ERROR_SEAT]));
  return g_strdup_printf (
      /* Translators: zh: 座位与准考证不符：您的座位是 %s 号，本机是 %s 号。请到您的座位登录。 */
      _ ("Your seat is %s by your admission ticket, and this is %s. Log in at your seat."),
      right,
      here);
}

char *
jk_sentence_dup (JkDesk *desk, const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  const char *sentence = jk_sentence_find (error->domain, error->code);

  if (g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_SEAT))
    return dup_seat (error);
  if (g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN))
    return dup_log_in (desk);
  if (g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_HOUR))
    return dup_too_early (desk);
  if (g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE) && is_entry_over (desk))
    return dup_entry_is_over ();
  if (sentence != NULL)
    return g_strdup (_ (sentence));
  /* Translators: zh: 这一步没有完成。请举手联系监考人员。 */
  return g_strdup (_ ("This step was not done. Raise your hand for the proctor."));
}
