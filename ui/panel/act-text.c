/* SPDX-License-Identifier: Apache-2.0 */
/* panel/act-text.c: what proctors' acts are called. */
#include "panel/act-text.h"

#include <glib/gi18n.h>

/* In the order of session/act.h. */
static const struct {
  const char *title, *what;
} texts[JK_N_ACTS + 1] = {
  [JK_ACT_OPEN] = {
      /* Translators: zh: 开放登录 */
      N_ ("Open log-in"),
      /* Translators: zh: 考生可以在本机登录。 */
      N_ ("Candidates can log in at this PC."),
  },
  [JK_ACT_OPEN_RED] = {
      /* Translators: zh: 存储检查未通过，仍开放 */
      N_ ("Open in spite of the disk check"),
      /* Translators: zh: 本机未能证明存储可靠。仍使用本机，并记入日志。 */
      N_ ("This PC gave no proof that its disk remembers. It is used all the same, and the log says so."),
  },
  [JK_ACT_OPEN_OUTSIDE] = {
      /* Translators: zh: 在规定时间之外启封 */
      N_ ("Start outside the time window"),
      /* Translators: zh: 本机时间不在本场启封时间内。仍接受启封码，并记入日志。 */
      N_ ("The clock of this PC is outside the session's window. The start code is accepted all the same, and the log says so."),
  },
  [JK_ACT_END] = {
      /* Translators: zh: 结束考试 */
      N_ ("End the session here"),
      /* Translators: zh: 本机不能再登录。 */
      N_ ("Nobody can log in at this PC any more."),
  },
  [JK_ACT_LATE] = {
      /* Translators: zh: 迟到入场 */
      N_ ("Admit a late candidate"),
      /* Translators: zh: 考生可以登录；按本场规则扣除迟到的时间。 */
      N_ ("The candidate may log in; the minutes missed are taken off, as the rules of this session say."),
  },
  [JK_ACT_WALK_IN] = {
      /* Translators: zh: 名册外考生入场 */
      N_ ("Admit somebody who is not on the roll"),
      /* Translators: zh: 为该考生启用备用记录和试卷。 */
      N_ ("A spare record and its paper are given to this person."),
  },
  [JK_ACT_WRONG_ID] = {
      /* Translators: zh: 证件号码有误，准予入场 */
      N_ ("Admit in spite of a wrong ID number"),
      /* Translators: zh: 考生不用名册上的证件号码入场；您已核对本人与证件。 */
      N_ ("The candidate enters without the ID number on the roll; you have compared face and document."),
  },
  [JK_ACT_UNLOCK] = {
      /* Translators: zh: 允许重新登录 */
      N_ ("Allow a new log-in"),
      /* Translators: zh: 结束输入错误后的等待，并解除锁屏。 */
      N_ ("Ends the wait after wrong numbers, and a locked screen."),
  },
  [JK_ACT_ABSENT] = {
      /* Translators: zh: 标记缺考 */
      N_ ("Mark absent"),
      /* Translators: zh: 该考生不能再在本机登录，直到撤销；其他考试机不受影响。 */
      N_ ("The candidate cannot log in at this PC any more, until this is undone; other PCs do not "
          "know of it."),
  },
  [JK_ACT_NOT_ABSENT] = {
      /* Translators: zh: 撤销缺考 */
      N_ ("Undo the absence"),
      /* Translators: zh: 该考生可以重新登录。 */
      N_ ("The candidate can log in again."),
  },
  [JK_ACT_EXTEND] = {
      /* Translators: zh: 延时 */
      N_ ("Extend the time"),
      /* Translators: zh: 为考生增加所填的分钟数，并通知考生。 */
      N_ ("The candidate gets so many minutes more, and is told."),
  },
  [JK_ACT_CREDIT] = {
      /* Translators: zh: 补时 */
      N_ ("Give back lost time"),
      /* Translators: zh: 补回损失的时间。填 0 分钟：按中断的时间补足。 */
      N_ ("Gives back time that was lost. 0 minutes: as much as the interruptions took."),
  },
  [JK_ACT_PAUSE] = {
      /* Translators: zh: 暂停考试 */
      N_ ("Pause the exam"),
      /* Translators: zh: 遮住试题，停止计时。 */
      N_ ("The questions are covered and the time stands still."),
  },
  [JK_ACT_RESUME] = {
      /* Translators: zh: 恢复考试 */
      N_ ("Resume the exam"),
      /* Translators: zh: 考生从暂停处继续作答。 */
      N_ ("The candidate goes on where the pause began."),
  },
  [JK_ACT_RELEASE] = {
      /* Translators: zh: 允许续考 */
      N_ ("Let the candidate go on"),
      /* Translators: zh: 中断超过了本场规则。仍允许考生继续。 */
      N_ ("The interruptions were longer, or more, than the rules allow. The candidate goes on all the same."),
  },
  [JK_ACT_CONSENT] = {
      /* Translators: zh: 同意交卷 */
      N_ ("Consent to handing in"),
      /* Translators: zh: 最后几分钟，考生经同意后方可交卷。 */
      N_ ("In the last minutes the candidate may hand in only with this."),
  },
  [JK_ACT_MESSAGE] = {
      /* Translators: zh: 发送提醒 */
      N_ ("Send a reminder"),
      /* Translators: zh: 考生立即看到这段文字。 */
      N_ ("The candidate reads this at once."),
  },
  [JK_ACT_INCIDENT] = {
      /* Translators: zh: 异常情况登记 */
      N_ ("Record an incident"),
      /* Translators: zh: 记入日志和考场情况记录单。 */
      N_ ("Goes into the log and onto the record sheet of the room."),
  },
  [JK_ACT_VIOLATION] = {
      /* Translators: zh: 违纪登记 */
      N_ ("Record a violation"),
      /* Translators: zh: 记入日志和考场情况记录单；由两人签署。 */
      N_ ("Goes into the log and onto the record sheet of the room; two sign."),
  },
  [JK_ACT_FORCE] = {
      /* Translators: zh: 强制收卷 */
      N_ ("Force the hand-in"),
      /* Translators: zh: 结束该考生的考试并封存作答。此操作不可撤销。 */
      N_ ("Ends this candidate's exam and seals the answers. This cannot be undone here."),
  },
  [JK_ACT_REOPEN] = {
      /* Translators: zh: 恢复为考试中 */
      N_ ("Undo an accidental hand-in"),
      /* Translators: zh: 考生以剩余时间继续作答；交卷后有新的回执。 */
      N_ ("The candidate goes on with the time that was left; the receipt will be a new one."),
  },
  [JK_ACT_MOVE] = {
      /* Translators: zh: 换座、换机 */
      N_ ("Move to another PC"),
      /* Translators: zh: 考试在本机结束，带着作答和时间在另一台考试机继续。 */
      N_ ("The exam ends at this PC and goes on at another one, with answers and time."),
  },
  [JK_ACT_RETIRE] = {
      /* Translators: zh: 停用故障机 */
      N_ ("Retire a dead PC"),
      /* Translators: zh: 故障机恢复后，考试在那里结束。 */
      N_ ("When it comes back, the exam ends there."),
  },
  [JK_ACT_COPY] = {
      /* Translators: zh: 导出答卷包到收件文件夹 */
      N_ ("Copy the results to the inbox"),
      /* Translators: zh: 把本机封存的答卷写入本机的收件文件夹，并读回核对；优盘请用“优盘与文件夹”。 */
      N_ ("Writes the sealed results of this PC to its inbox, and reads them back. For a stick, use “Stick or folder”."),
  },
  [JK_ACT_COLLECT] = {
      /* Translators: zh: 收卷确认 */
      N_ ("Confirm the collection"),
      /* Translators: zh: 请先核对回执单。确认之后，答卷即已收到，考生方可离场。 */
      N_ ("Compare the slip first. Once this is confirmed, the result is in hand and the candidate "
          "may leave."),
  },
  [JK_ACT_REVOKE_ROLE] = {
      /* Translators: zh: 停用信封 */
      N_ ("Revoke an envelope"),
      /* Translators: zh: 此后用该密码签署的指令一律拒绝。 */
      N_ ("Orders signed with its passcode are refused from now on."),
  },
  [JK_ACT_NAME_PERSON] = {
      /* Translators: zh: 登记备用信封持有人 */
      N_ ("Name who has a spare envelope"),
      /* Translators: zh: 日志和收卷单写明持有人。 */
      N_ ("The log and the sheet name this person."),
  },
  [JK_ACT_NAME_CONSOLE] = {
      /* Translators: zh: 登记监考机 */
      N_ ("Name the console"),
      /* Translators: zh: 由该监考机会签。 */
      N_ ("That console countersigns."),
  },
  [JK_ACT_WIPE] = {
      /* Translators: zh: 数据清除 */
      N_ ("Wipe this PC's data"),
      /* Translators: zh: 全部答卷确认收到后，清除本机上的考生数据。此操作不可撤销。 */
      N_ ("Removes all data of candidates from this PC, once every result was collected. This cannot be undone."),
  },
  [JK_ACT_TEXT_LOG_OUT] = {
      /* Translators: zh: 退出登录 */
      N_ ("Log out"),
      /* Translators: zh: 开考前，用于登录错考试机，或登录的不是本人。本机随即空出，可由他人登录；该考生可在本机或其他考试机重新登录。 */
      N_ ("Before the start, for who logged in at the wrong PC, or with another person's numbers. This PC is free at once; who is logged out can log in again, here or at another PC."),
  },
};

static const char *const reasons_time[] = {
  /* Translators: zh: 考试机故障 */
  N_ ("PC fault"),
  /* Translators: zh: 停电 */
  N_ ("Power failure"),
  /* Translators: zh: 考场开考延误 */
  N_ ("Late start of the room"),
  /* Translators: zh: 考场受到干扰 */
  N_ ("Disturbance in the room"),
  NULL,
};

static const char *const reasons_order[] = {
  /* Translators: zh: 违反考场规则 */
  N_ ("Against the rules of the room"),
  /* Translators: zh: 因病离场 */
  N_ ("Left because of illness"),
  /* Translators: zh: 考试机故障 */
  N_ ("PC fault"),
  NULL,
};

static const char *const reasons_id[] = {
  /* Translators: zh: 已核对证件和本人 */
  N_ ("Identity checked by document and face"),
  /* Translators: zh: 名册信息有误 */
  N_ ("The roll is wrong"),
  /* Translators: zh: 考点调整座位 */
  N_ ("The seat was changed by the exam site"),
  NULL,
};

static const char *const reasons_log_out[] = {
  /* Translators: zh: 登录错考试机 */
  N_ ("Logged in at the wrong PC"),
  /* Translators: zh: 登录的不是本人 */
  N_ ("Logged in with another person's numbers"),
  /* Translators: zh: 考试机故障 */
  N_ ("PC fault"),
  NULL,
};

static const char *const reasons_absent[] = {
  /* Translators: zh: 点名未到 */
  N_ ("Did not answer the roll-call"),
  /* Translators: zh: 超过规定入场时间未到 */
  N_ ("Did not come before entry closed"),
  /* Translators: zh: 本人声明弃考 */
  N_ ("Declared not to sit the exam"),
  NULL,
};

static const char *const reasons_back[] = {
  /* Translators: zh: 误交卷 */
  N_ ("Handed in by mistake"),
  /* Translators: zh: 考试机故障 */
  N_ ("PC fault"),
  NULL,
};

static const char *const reasons_date[] = {
  /* Translators: zh: 本机时钟不准 */
  N_ ("The clock of this PC is wrong"),
  /* Translators: zh: 本考场开考延误 */
  N_ ("The room started late"),
  NULL,
};

static const char *const reasons_disk[] = {
  /* Translators: zh: 本机装有还原卡 */
  N_ ("Restore card in this PC"),
  /* Translators: zh: 没有其他可用的考试机 */
  N_ ("No other PC is free"),
  NULL,
};

static const char *const texts_message[] = {
  /* Translators: zh: 请看自己的屏幕。 */
  N_ ("Please look at your own screen."),
  /* Translators: zh: 请保持安静。 */
  N_ ("Please be quiet."),
  /* Translators: zh: 请不要离开座位。 */
  N_ ("Please stay at your seat."),
  /* Translators: zh: 请暂停作答并等候。 */
  N_ ("Please stop answering and wait."),
  NULL,
};

static const char *const texts_incident[] = {
  /* Translators: zh: 照片或信息有误，已核对证件确为本人 */
  N_ ("Photo or data wrong; identity checked by the document"),
  /* Translators: zh: 暂时离场 */
  N_ ("Left the room for a moment"),
  /* Translators: zh: 返回考场 */
  N_ ("Came back"),
  /* Translators: zh: 因病离场 */
  N_ ("Left because of illness"),
  /* Translators: zh: 考试机故障 */
  N_ ("PC fault"),
  /* Translators: zh: 考生对试题提出异议 */
  N_ ("Complaint of the candidate about an item"),
  NULL,
};

static const char *const texts_violation[] = {
  /* Translators: zh: 座位上有手机或其他设备 */
  N_ ("Phone or other device at the seat"),
  /* Translators: zh: 偷看他人屏幕 */
  N_ ("Looked at another screen"),
  /* Translators: zh: 与他人交谈 */
  N_ ("Talked to others"),
  /* Translators: zh: 擅自离开座位 */
  N_ ("Left the seat without permission"),
  NULL,
};

static const char *const texts_walk_in[] = {
  /* Translators: in place of a name. zh: 姓名见纸质登记表 */
  N_ ("Name on the paper form"),
  NULL,
};

static const char *const none[] = { NULL };

guint
jk_act_text_choose (JkAct act, JkPage page)
{
  return act == JK_ACT_MOVE && page < JK_PAGE_ANSWERING ? JK_ACT_TEXT_LOG_OUT : act;
}

const char *
jk_act_text_get_title (guint act)
{
  g_return_val_if_fail (act < G_N_ELEMENTS (texts) && texts[act].title != NULL, "");
  return _ (texts[act].title);
}

const char *
jk_act_text_get_what (guint act)
{
  g_return_val_if_fail (act < G_N_ELEMENTS (texts) && texts[act].what != NULL, "");
  return _ (texts[act].what);
}

const char *const *
jk_act_text_get_reasons (guint act)
{
  switch (act) {
  case JK_ACT_TEXT_LOG_OUT:
    return reasons_log_out;
  case JK_ACT_EXTEND:
  case JK_ACT_CREDIT:
  case JK_ACT_PAUSE:
  case JK_ACT_RESUME:
  case JK_ACT_RELEASE:
  case JK_ACT_MOVE:
  case JK_ACT_RETIRE:
    return reasons_time;
  case JK_ACT_FORCE:
  case JK_ACT_VIOLATION:
    return reasons_order;
  case JK_ACT_WALK_IN:
  case JK_ACT_WRONG_ID:
  case JK_ACT_UNLOCK:
  case JK_ACT_NOT_ABSENT:
    return reasons_id;
  case JK_ACT_ABSENT:
    return reasons_absent;
  case JK_ACT_REOPEN:
    return reasons_back;
  case JK_ACT_OPEN_OUTSIDE:
    return reasons_date;
  case JK_ACT_OPEN_RED:
    return reasons_disk;
  default:
    return none;
  }
}

const char *const *
jk_act_text_get_texts (JkAct act)
{
  switch (act) {
  case JK_ACT_MESSAGE:
    return texts_message;
  case JK_ACT_INCIDENT:
    return texts_incident;
  case JK_ACT_VIOLATION:
    return texts_violation;
  case JK_ACT_WALK_IN:
    return texts_walk_in;
  default:
    return none;
  }
}

char *
jk_act_text_dup_role (JkRoleName role)
{
  switch (role) {
  case JK_ROLE_CHIEF:
    /* Translators: zh: 主考 */
    return g_strdup (_ ("Chief examiner"));
  case JK_ROLE_PROCTOR:
    /* Translators: zh: 监考 */
    return g_strdup (_ ("Proctor"));
  default:
    /* Translators: a spare envelope of the proctors. zh: 备用 %u */
    return g_strdup_printf (_ ("Spare %u"), (guint) role - JK_ROLE_PROCTOR);
  }
}
