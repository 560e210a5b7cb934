/* SPDX-License-Identifier: Apache-2.0 */
/* panel/home-view.c: see the header. */
#include "panel/home-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/duration.h"
#include "common/exam-name.h"
#include "common/fault-list.h"
#include "common/first-focus.h"
#include "common/paragraph.h"
#include "common/person-name.h"
#include "common/wrap-layout.h"
#include "desk/closing.h"
#include "panel/act-text.h"

#include <glib/gi18n.h>

#define GAP 8
#define ACTS_MAX 14
#define MS_PER_MIN 60000

struct _JkHomeView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;

  /* Of the template */
  GtkLabel *exam, *place, *who, *state;
  JkParagraph *done, *next;
  GtkWidget *faults_box, *people, *room;
  GtkBox *faults, *groups;

  /* Buttons, by act; of the groups */
  GtkWidget *buttons[JK_N_ACTS];
};

G_DEFINE_FINAL_TYPE (JkHomeView, jk_home_view, GTK_TYPE_WIDGET)

/* What stands together; acts of one sort, most used first. */
static const struct {
  const char *title;
  gboolean is_of_person;
  JkAct acts[ACTS_MAX]; /* 0 after the last */
} groups[] = {
  {
      /* Translators: zh: 本机考生 */
      N_ ("The candidate at this PC"),
      TRUE,
      { JK_ACT_COLLECT,
        JK_ACT_EXTEND,
        JK_ACT_CREDIT,
        JK_ACT_RELEASE,
        JK_ACT_CONSENT,
        JK_ACT_MESSAGE,
        JK_ACT_INCIDENT,
        JK_ACT_UNLOCK,
        JK_ACT_PAUSE,
        JK_ACT_RESUME,
        JK_ACT_MOVE },
  },
  {
      /* Translators: zh: 需慎重的操作 */
      N_ ("With care"),
      TRUE,
      { JK_ACT_VIOLATION, JK_ACT_FORCE, JK_ACT_REOPEN },
  },
  {
      /* Translators: zh: 本机 */
      N_ ("This PC"),
      FALSE,
      { JK_ACT_COPY, JK_ACT_END, JK_ACT_OPEN_RED, JK_ACT_OPEN_OUTSIDE, JK_ACT_WIPE },
  },
  {
      /* Translators: zh: 信封 */
      N_ ("Envelopes"),
      FALSE,
      { JK_ACT_NAME_PERSON, JK_ACT_REVOKE_ROLE },
  },
};

/* How it stands, and what a proctor does next. */
typedef struct {
  const char *state, *next;
} Words;

static const Words wiped = {
  /* Translators: zh: 数据已清除 */
  N_ ("Data wiped"),
  /* Translators: zh: 下一步：本机可用于下一场，请装入下一场的文件；不再使用时可以关机。 */
  N_ ("Next: this PC is ready for the next session. Load its files, or switch the PC off."),
};

static const Words words[JK_N_PAGES] = {
  [JK_PAGE_NO_SESSION] = {
      /* Translators: zh: 等待场次 */
      N_ ("Waiting for a session"),
      /* Translators: zh: 下一步：装入场次文件和题库文件。 */
      N_ ("Next: load the session and question files."),
  },
  [JK_PAGE_CLOSED] = {
      /* Translators: zh: 未开放登录 */
      N_ ("Log-in not open"),
      /* Translators: zh: 下一步：返回考生界面，输入考场码开放登录。 */
      N_ ("Next: go back to the candidate's page and type the room code; log-in opens."),
  },
  [JK_PAGE_LOG_IN] = {
      /* Translators: zh: 未登录 */
      N_ ("Not logged in"),
      /* Translators: zh: 下一步：考生登录。 */
      N_ ("Next: the candidate logs in."),
  },
  [JK_PAGE_CONFIRM] = {
      /* Translators: zh: 已登录 */
      N_ ("Logged in"),
      /* Translators: zh: 下一步：考生确认信息、阅读规则。登录错考试机的，点“退出登录”。 */
      N_ ("Next: the candidate confirms the data and reads the rules. Who sits at the wrong PC: "
          "press “Log out”."),
  },
  [JK_PAGE_WAITING] = {
      /* Translators: zh: 候考 */
      N_ ("Waiting for the start"),
      /* Translators: zh: 下一步：到开考时间后宣布启封码，由考生输入。登录错考试机的，点“退出登录”。 */
      N_ ("Next: announce the start code when it is time; candidates type it. Who sits at the wrong "
          "PC: press “Log out”."),
  },
  [JK_PAGE_ANSWERING] = {
      /* Translators: zh: 考试中 */
      N_ ("In the exam"),
      NULL,
  },
  [JK_PAGE_PAUSED] = {
      /* Translators: zh: 已暂停 */
      N_ ("Paused"),
      /* Translators: zh: 下一步：故障排除后恢复考试。 */
      N_ ("Next: resume the exam when the trouble is over."),
  },
  [JK_PAGE_HELD] = {
      /* Translators: zh: 待允许续考 */
      N_ ("Waits for leave to go on"),
      /* Translators: zh: 下一步：核实中断原因后允许续考。 */
      N_ ("Next: find out what interrupted the exam, then let the candidate go on."),
  },
  [JK_PAGE_ARRIVED] = {
      /* Translators: zh: 已换到本机 */
      N_ ("Came from another PC"),
      /* Translators: zh: 下一步：考生点击“继续作答”。 */
      N_ ("Next: the candidate presses “Go on answering”."),
  },
  [JK_PAGE_HANDED_IN] = {
      /* Translators: zh: 已交卷 */
      N_ ("Handed in"),
      /* Translators: zh: 下一步：考生抄写回执码后收卷确认。 */
      N_ ("Next: when the candidate has copied the receipt, confirm the collection."),
  },
  [JK_PAGE_COLLECTED] = {
      /* Translators: zh: 已收卷 */
      N_ ("Collected"),
      /* Translators: zh: 下一步：考生离场；全部收卷后结束考试。 */
      N_ ("Next: the candidate leaves; when all are collected, end the session here."),
  },
  [JK_PAGE_MOVED] = {
      /* Translators: zh: 已换机 */
      N_ ("Moved"),
      /* Translators: zh: 下一步：在另一台考试机继续。散场前本机也要导出答卷包、结束考试。 */
      N_ ("Next: go on at the other PC. Before the room is left, copy and end this PC, too."),
  },
  [JK_PAGE_ENDED] = {
      /* Translators: zh: 本场已结束 */
      N_ ("Session ended"),
      /* Translators: zh: 下一步：导出答卷包；确认收到后清除数据。 */
      N_ ("Next: copy the results; once they are proven collected, wipe the data."),
  },
};

/* The last candidate's page is there until somebody else comes, also when the session has ended. */
static const Words *
find_words (JkHomeView *self)
{
  JkPage page = jk_desk_get_page (self->desk);

  if (jk_desk_is_wiped (self->desk))
    return &wiped;
  if ((page == JK_PAGE_COLLECTED || page == JK_PAGE_MOVED) &&
      jk_desk_get_stage (self->desk) == JK_STAGE_ENDED)
    page = JK_PAGE_ENDED;
  return &words[page];
}

static void
show_person (JkHomeView *self, const char *state_word)
{
  g_autofree char *who = jk_person_name_dup (self->desk);
  JkPage page = jk_desk_get_page (self->desk);
  guint move = jk_act_text_choose (JK_ACT_MOVE, page);
  gboolean is_timed = page >= JK_PAGE_ANSWERING && page <= JK_PAGE_ARRIVED;

  gtk_button_set_label (GTK_BUTTON (self->buttons[JK_ACT_MOVE]), jk_act_text_get_title (move));
  gtk_widget_set_visible (GTK_WIDGET (self->who), who != NULL);
  gtk_label_set_text (self->who, who != NULL ? who : "");
  if (!is_timed) {
    gtk_label_set_text (self->state, state_word);
    return;
  }
  g_autofree char *left = jk_duration_dup (jk_desk_get_left_s (self->desk));
  g_autofree char *state = g_strdup_printf (
      /* Translators: a state, how many are answered, and the time left. zh: %s　已答 %u
         题　剩余时间 %s */
      _ ("%s, %u answered, time left %s"),
      state_word,
      jk_desk_get_n_answered (self->desk),
      left);
  gtk_label_set_text (self->state, state);
}

/* A group with nothing in it is not shown. */
static void
show_acts (JkHomeView *self)
{
  const JkPerson *person = jk_desk_get_person (self->desk);
  GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->groups));

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    gboolean has_any = FALSE;
    for (guint n = 0; groups[i].acts[n] != 0; n++) {
      JkAct act = groups[i].acts[n];
      gboolean may = groups[i].is_of_person
                         ? person != NULL && jk_panel_may (self->panel, act, person->index)
                         : jk_panel_may (self->panel, act, JK_ORDER_EVERY);
      gtk_widget_set_visible (self->buttons[act], may);
      has_any |= may;
    }
    gtk_widget_set_visible (group, has_any);
    group = gtk_widget_get_next_sibling (group);
  }
}

/* At the page of confirmation, with a hand raised. */
static const char called[] =
    /* Translators: zh:
       考生报告信息有误。请在“本考场考生”中与证件原件和本人核对。确是本人，仅照片或信息有误：登记异常情况，再请考生点“信息无误，确认登录”。不是本人：点“退出登录”。
     */
    N_ ("The candidate says that the data are wrong. Compare them with document and face under "
        "“People of this exam room”. The right person, and only photo or data wrong: record an "
        "incident, and let them press “Information correct, log in”. Another person: press “Log "
        "out”.");

/* This PC was started again since the log-in. */
static const char again[] =
    /* Translators: zh:
       下一步：该考生重新登录（登录后本机重新启动过）。换其他考生登录的，先点“退出登录”。 */
    N_ ("Next: this candidate logs in again, for this PC was started again since. For another "
        "candidate, press “Log out” first.");

/* Nobody can log in, and why is seen at once by who knows the date. */
static const char wrong_date[] =
    /* Translators: zh:
       本机日期与开考时间相差较远，考生不能登录。场次已改期的：从优盘装入更正文件。本机时钟不准，或本考场开考延误的：两人办理“在规定时间之外启封”。然后考生登录。
     */
    N_ ("The date of this PC is far from the start, so nobody can log in. Where the session was "
        "moved: load its correction from the stick. Where the clock of this PC is wrong, or the "
        "room is late: two of you order “Start outside the time window”. Then the candidate logs "
        "in.");

static gboolean
is_date_wrong (JkHomeView *self)
{
  const JkPolicy *policy = jk_session_get_policy (jk_desk_get_session (self->desk));
  gint64 off_ms = ABS (jk_desk_get_start_in_ms (self->desk));

  return off_ms > (gint64) policy->window_min * MS_PER_MIN;
}

/* Somebody of another level comes to a PC where the first session is open already. */
static gboolean
has_room_to_open (JkHomeView *self)
{
  JkPage page = jk_desk_get_page (self->desk);

  return page != JK_PAGE_CLOSED && jk_desk_get_person (self->desk) == NULL &&
         jk_desk_get_beside (self->desk, JK_STAGE_LOADED, 0) != NULL;
}

static const char *
get_next (JkHomeView *self)
{
  JkPage page = jk_desk_get_page (self->desk);

  if (page == JK_PAGE_CONFIRM && jk_desk_is_calling (self->desk))
    return called;
  if (page == JK_PAGE_LOG_IN && jk_desk_get_person (self->desk) != NULL)
    return again;
  if ((page == JK_PAGE_LOG_IN || page == JK_PAGE_CLOSED) && is_date_wrong (self))
    return wrong_date;
  return find_words (self)->next;
}

static void
refresh (JkHomeView *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);
  const char *next = get_next (self);
  g_autofree char *exam = session != NULL ? jk_exam_name_dup (session) : NULL;
  g_autofree char *place = session != NULL ? jk_exam_name_dup_place (session) : NULL;

  gtk_label_set_text (self->exam, exam != NULL ? exam : "");
  gtk_label_set_text (self->place, place != NULL ? place : "");
  jk_paragraph_set_text (self->next, next != NULL ? _ (next) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  gtk_widget_set_visible (self->room, has_room_to_open (self));
  show_person (self, _ (find_words (self)->state));
  jk_fault_list_fill (self->faults, self->faults_box, self->desk);
  show_acts (self);
}

static GtkWidget *
make_button (JkAct act)
{
  GtkWidget *button = gtk_button_new_with_label (jk_act_text_get_title (act));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "panel.order");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint32) act);
  return button;
}

static void
add_groups (JkHomeView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
    GtkWidget *title = gtk_label_new (_ (groups[i].title));
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

    gtk_label_set_xalign (GTK_LABEL (title), 0);
    gtk_widget_add_css_class (title, "quiet");
    gtk_widget_set_layout_manager (row, jk_wrap_layout_new (FALSE));
    gtk_box_append (GTK_BOX (group), title);
    gtk_box_append (GTK_BOX (group), row);
    gtk_box_append (self->groups, group);
    for (guint n = 0; groups[i].acts[n] != 0; n++) {
      JkAct act = groups[i].acts[n];
      self->buttons[act] = make_button (act);
      gtk_box_append (GTK_BOX (row), self->buttons[act]);
    }
  }
}

/* The first act that has a place now. */
static GtkWidget *
find_first (JkHomeView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    for (guint n = 0; groups[i].acts[n] != 0; n++) {
      GtkWidget *button = self->buttons[groups[i].acts[n]];
      if (gtk_widget_get_visible (button))
        return button;
    }
  }
  return self->people;
}

static void
dispose (GObject *object)
{
  JkHomeView *self = JK_HOME_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->panel);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_HOME_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_home_view_parent_class)->dispose (object);
}

static void
jk_home_view_class_init (JkHomeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/home-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, done);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, exam);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, place);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, who);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, state);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, next);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, faults_box);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, faults);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, people);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, room);
  gtk_widget_class_bind_template_child (widget_class, JkHomeView, groups);
}

static void
jk_home_view_init (JkHomeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_home_view_new (JkDesk *desk, JkPanel *panel, const char *done)
{
  JkHomeView *self = g_object_new (JK_TYPE_HOME_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->panel = g_object_ref (panel);
  jk_paragraph_set_text (self->done, done != NULL ? done : "");
  gtk_widget_set_visible (GTK_WIDGET (self->done), done != NULL);
  add_groups (self);
  refresh (self);
  jk_first_focus_set (GTK_WIDGET (self), find_first (self));
  g_signal_connect_object (desk, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "called", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "faulted", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
