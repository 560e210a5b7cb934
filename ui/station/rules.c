/* SPDX-License-Identifier: Apache-2.0 */
/* station/rules.c: what a candidate reads before the exam. */
#include "station/rules.h"

#include <glib/gi18n.h>

#define S_PER_MIN 60

static void
add_time (GPtrArray *out, const JkPolicy *policy, guint duration_min, guint extra_min)
{
  g_ptr_array_add (
      out,
      g_strdup_printf (
          /* Translators: zh: 考试时长 %u 分钟。 */
          ngettext ("The exam takes %u minute.", "The exam takes %u minutes.", duration_min),
          duration_min));
  if (extra_min > 0)
    g_ptr_array_add (out,
                     g_strdup_printf (
                         /* Translators: zh: 其中 %u 分钟是为您延长的时间。 */
                         ngettext ("%u minute of it is extra time for you.",
                                   "%u minutes of it are extra time for you.",
                                   extra_min),
                         extra_min));
  /* Translators: zh: 全场统一结束，时间以监考机为准。 */
  const char *common = _ ("All end together, by the clock of the proctor machine.");
  /* Translators: zh: 时间到，系统自动收卷。 */
  const char *own = _ ("When the time is up, the answers are collected automatically.");
  if (policy->end == JK_END_COMMON)
    g_ptr_array_add (out, g_strdup (common));
  g_ptr_array_add (out, g_strdup (own));
}

static void
add_entry (GPtrArray *out, const JkPolicy *policy)
{
  /* Translators: zh: 开考后不得入场。 */
  const char *never = _ ("Nobody may enter after the start.");
  /* Translators: zh: 迟到不延长考试时间。 */
  const char *late = _ ("Who comes late gets no extra time.");

  if (policy->latest_entry_min == 0)
    g_ptr_array_add (out, g_strdup (never));
  else
    g_ptr_array_add (out,
                     g_strdup_printf (
                         /* Translators: zh: 开考 %u 分钟后不得入场。 */
                         ngettext ("Nobody may enter later than %u minute after the start.",
                                   "Nobody may enter later than %u minutes after the start.",
                                   policy->latest_entry_min),
                         policy->latest_entry_min));
  if (policy->late_shortens)
    g_ptr_array_add (out, g_strdup (late));
}

static void
add_hand_in (GPtrArray *out, const JkPolicy *policy)
{
  /* Translators: zh: 开考后随时可以交卷。 */
  const char *any = _ ("You may hand in at any time.");
  /* Translators: zh: 交卷后不能再修改答案，也不能重新进入考试。 */
  const char *final = _ ("After the hand-in no answer can be changed, and nobody comes back in.");

  if (policy->earliest_hand_in_min == 0)
    g_ptr_array_add (out, g_strdup (any));
  else
    g_ptr_array_add (out,
                     g_strdup_printf (
                         /* Translators: zh: 开考 %u 分钟后方可交卷。 */
                         ngettext ("Hand-in opens %u minute after the start.",
                                   "Hand-in opens %u minutes after the start.",
                                   policy->earliest_hand_in_min),
                         policy->earliest_hand_in_min));
  if (policy->last_minutes_need_consent > 0)
    g_ptr_array_add (
        out,
        g_strdup_printf (
            /* Translators: zh: 最后 %u 分钟交卷须经监考人员同意。 */
            ngettext ("In the last minute (%u) handing in needs the proctor's consent.",
                      "In the last %u minutes handing in needs the proctor's consent.",
                      policy->last_minutes_need_consent),
            policy->last_minutes_need_consent));
  g_ptr_array_add (out, g_strdup (final));
}

static void
add_warnings (GPtrArray *out, const JkPolicy *policy)
{
  g_autoptr (GString) minutes = g_string_new (NULL);

  if (policy->n_warn == 0)
    return;
  for (guint n = 0; n < policy->n_warn; n++)
    /* Translators: between numbers of a list. zh: 、 */
    g_string_append_printf (minutes, "%s%u", n > 0 ? _ (", ") : "", policy->warn_at_min[n]);
  g_ptr_array_add (
      out,
      /* Translators: a list of numbers. zh: 剩余 %s 分钟时，屏幕上会提醒。 */
      g_strdup_printf (_ ("You are reminded when %s minutes are left."), minutes->str));
}

static void
add_interruption (GPtrArray *out, const JkPolicy *policy)
{
  guint minutes = policy->gap_each_max_s / S_PER_MIN;
  /* Translators: zh: 每次作答自动保存；死机或停电的时间不计入考试时间。 */
  const char *saved = _ ("Each answer is saved at once; a crash or a power cut costs no time.");

  g_ptr_array_add (out, g_strdup (saved));
  if (minutes > 0)
    g_ptr_array_add (
        out,
        g_strdup_printf (
            /* Translators: zh: 中断不超过 %u 分钟的，自动恢复；超过的，由监考人员恢复。 */
            ngettext ("Up to %u minute you go on by yourself; after longer a proctor "
                      "lets you go on.",
                      "Up to %u minutes you go on by yourself; after longer a proctor "
                      "lets you go on.",
                      minutes),
            minutes));
}

static void
add_score (GPtrArray *out, const JkPolicy *policy)
{
  /* Translators: zh: 交卷后显示成绩。 */
  const char *shown = _ ("The score is shown after the hand-in.");
  /* Translators: zh: 交卷后不显示成绩，成绩另行公布。 */
  const char *later = _ ("The score is not shown after the hand-in; it is published later.");

  g_ptr_array_add (out, g_strdup (policy->show_score ? shown : later));
}

static char **
end_list (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

char **
jk_rules_dup (const JkPolicy *policy, guint duration_min, guint extra_min)
{
  g_return_val_if_fail (policy != NULL, NULL);
  GPtrArray *out = g_ptr_array_new ();

  add_time (out, policy, duration_min, extra_min);
  add_entry (out, policy);
  add_hand_in (out, policy);
  add_warnings (out, policy);
  add_interruption (out, policy);
  add_score (out, policy);
  return end_list (out);
}

static char **
dup_list (const char *const *sentences, gsize n)
{
  GPtrArray *out = g_ptr_array_new ();

  for (gsize k = 0; k < n; k++)
    g_ptr_array_add (out, g_strdup (_ (sentences[k])));
  return end_list (out);
}

char **
jk_rules_dup_operation (void)
{
  static const char *const sentences[] = {
    /* Translators: zh: 用鼠标点选项，或按字母键 A 至 H、数字键 1 至 9 作答；再点一次取消。 */
    N_ ("Click an option, or press its letter (A to H) or number (1 to 9); once more takes it "
        "back."),
    /* Translators: zh: 点题号或按左右方向键换题；按 F 键标记本题，稍后再看。 */
    N_ ("Click a number or press Left and Right to change the item; F flags it for later."),
    /* Translators: zh: 屏幕上方显示剩余时间和保存情况；“已保存”表示作答已存入本机。 */
    N_ ("Time left and the save state stand at the top; “saved” means it is on this PC's disk."),
    /* Translators: zh: 字号和高对比度可随时在屏幕下方调整。 */
    N_ ("Text size and contrast can be changed at any time at the bottom."),
    /* Translators: zh: 有问题请点“举手”，等待监考人员。 */
    N_ ("With any question press “Raise hand” and wait for the proctor."),
  };

  return dup_list (sentences, G_N_ELEMENTS (sentences));
}

char **
jk_rules_dup_promise (void)
{
  static const char *const sentences[] = {
    /* Translators: zh: 我已阅读考场规则和考生须知，并自愿遵守。 */
    N_ ("I have read the room rules and the notes for candidates, and will keep to them."),
    /* Translators: zh: 我提供的个人信息和证件真实有效，由我本人参加考试。 */
    N_ ("My data and my document are true and valid, and I sit this exam myself."),
    /* Translators: zh: 我独立作答，不协助他人作弊，不抄录、不传播试题。 */
    N_ ("I answer alone, help nobody to cheat, and neither copy nor pass on any question."),
    /* Translators: zh: 我服从监考人员的管理；如有违反，愿意接受相应处理。 */
    N_ ("I follow the proctors; if I break these rules, I accept what follows."),
  };

  return dup_list (sentences, G_N_ELEMENTS (sentences));
}
