/* SPDX-License-Identifier: Apache-2.0 */
/* station/idle-page.c: the seat when nobody sits at it. */
#include "station/idle-page.h"

#include "common/children.h"
#include "common/paragraph.h"
#include "common/secret-entry.h"
#include "common/exam-name.h"
#include "common/fault-list.h"
#include "desk/closing.h"
#include "station/sentences.h"

#include <glib/gi18n.h>

struct _JkIdlePage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkWidget *seat_box, *answered_box, *opening, *faults_box, *show, *open, *next;
  GtkLabel *seat, *answered, *state, *exam, *place, *what, *proctor;
  GtkBox *faults;
  JkSecretEntry *room_code;
  JkParagraph *problem;
};

G_DEFINE_FINAL_TYPE (JkIdlePage, jk_idle_page, GTK_TYPE_WIDGET)

/* In one word, to be read across the room; and what happens next. */
static const struct {
  const char *state, *what;
} words[JK_N_PAGES] = {
  [JK_PAGE_NO_SESSION] = {
      /* Translators: zh: 等待场次 */
      N_ ("Waiting for a session"),
      /* Translators: zh: 本机还没有场次，请监考人员装入场次文件。 */
      N_ ("There is no session on this PC yet; the proctor loads one."),
  },
  [JK_PAGE_CLOSED] = {
      /* Translators: zh: 未开放登录 */
      N_ ("Log-in not open"),
      /* Translators: zh: 请等待监考人员开放登录。 */
      N_ ("Wait until the proctor opens log-in."),
  },
  [JK_PAGE_COLLECTED] = {
      /* Translators: zh: 已收卷 */
      N_ ("Collected"),
      /* Translators: zh: 本机考生已交卷，并经监考人员确认。 */
      N_ ("The candidate here has handed in, and the proctor has confirmed it."),
  },
  [JK_PAGE_MOVED] = {
      /* Translators: zh: 已换机 */
      N_ ("Moved"),
      /* Translators: zh: 本机考生已换到其他考试机继续考试。 */
      N_ ("The candidate here goes on at another PC."),
  },
  [JK_PAGE_ENDED] = {
      /* Translators: zh: 本场已结束 */
      N_ ("Session ended"),
      /* Translators: zh: 本场考试在本机已经结束，不能再登录。 */
      N_ ("The session has ended on this PC; nobody can log in any more."),
  },
};

static void
show_problem (JkIdlePage *self, const char *sentence)
{
  jk_paragraph_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkIdlePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jk_desk_finish (JK_DESK (object), result, &error) || self->room_code == NULL)
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, error);
  show_problem (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->room_code));
}

static void
on_open (JkIdlePage *self)
{
  if (jk_desk_is_busy (self->desk))
    return;
  if (jk_secret_entry_is_empty (self->room_code)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->room_code));
    return;
  }
  g_autoptr (JkSecret) code = jk_secret_entry_dup_secret (self->room_code);
  show_problem (self, NULL);
  jk_desk_open_room_async (self->desk,
                           (const char *) jk_secret_get (code),
                           opened_cb,
                           g_object_ref (self));
}

static void
on_next (JkIdlePage *self)
{
  jk_desk_dismiss (self->desk);
}

static void
show_session (JkIdlePage *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);
  const char *seat = jk_desk_get_label (self->desk);
  g_autofree char *exam = session != NULL ? jk_exam_name_dup (session) : NULL;
  g_autofree char *place = session != NULL ? jk_exam_name_dup_place (session) : NULL;

  gtk_label_set_text (self->seat, seat != NULL ? seat : "");
  gtk_widget_set_visible (self->seat_box, seat != NULL);
  gtk_label_set_text (self->exam, exam != NULL ? exam : "");
  gtk_widget_set_visible (GTK_WIDGET (self->exam), exam != NULL);
  gtk_label_set_text (self->place, place != NULL ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL);
}

/* What a proctor does here once the session has ended; NULL before. */
static const char *
get_proctors_next (JkIdlePage *self)
{
  JkPage page = jk_desk_get_page (self->desk);

  if (page != JK_PAGE_ENDED && jk_desk_get_stage (self->desk) != JK_STAGE_ENDED)
    return NULL;
  if (jk_desk_is_wiped (self->desk))
    /* Translators: zh: 本机数据已清除。监考人员下一步：有下一场的，装入其文件；不再使用时可以关机。
     */
    return _ ("The data of this PC are wiped. Next for the proctor: load the files of the next "
              "session, or switch the PC off.");
  if (page != JK_PAGE_COLLECTED)
    /* Translators: zh: 监考人员下一步：打开监考面板，导出答卷包；全部确认收到后清除数据。
       有下一场的，装入其文件。 */
    return _ ("Next for the proctor: open the panel, copy the results, and wipe the data once all "
              "are proven collected. For a next session, load its files.");
  if (!jk_desk_is_copied (self->desk))
    /* Translators: zh: 监考人员下一步：打开监考面板，进入“优盘与文件夹”，点“导出答卷包”。 */
    return _ ("Next for the proctor: open the panel, go to “Stick or folder”, and press “Copy the "
              "results”.");
  /* Translators: zh: 答卷包已导出。监考人员下一步：全部答卷确认收到后，打开监考面板，
     点“数据清除”。有下一场的，装入其文件。 */
  return _ ("The results are copied. Next for the proctor: once all are proven collected, open the "
            "panel and press “Wipe this PC's data”. For a next session, load its files.");
}

/* After the end nobody logs in here any more, but to another session. */
static void
show_way_on (JkIdlePage *self)
{
  JkPage page = jk_desk_get_page (self->desk);
  gboolean was_somebodys = page == JK_PAGE_COLLECTED || page == JK_PAGE_MOVED;
  gboolean has_ended = jk_desk_get_stage (self->desk) == JK_STAGE_ENDED;
  gboolean has_next = jk_desk_get_beside (self->desk, JK_STAGE_LOADED, 0) != NULL ||
                      jk_desk_get_beside (self->desk, JK_STAGE_OPEN, 0) != NULL;
  const char *proctors = get_proctors_next (self);

  gtk_label_set_text (self->proctor, proctors != NULL ? proctors : "");
  gtk_widget_set_visible (GTK_WIDGET (self->proctor), proctors != NULL);
  gtk_widget_set_visible (self->next, was_somebodys && (!has_ended || has_next));
  gtk_button_set_label (GTK_BUTTON (self->next),
                        /* Translators: zh: 下一场次 */
                        has_ended ? _ ("Next session")
                                  /* Translators: zh: 下一位考生登录 */
                                  : _ ("Next candidate logs in"));
}

/* What is written below the state. */
static char *
dup_what (JkPage page, JkStage stage)
{
  const char *what = _ (words[page].what);

  if (stage != JK_STAGE_ENDED || (page != JK_PAGE_COLLECTED && page != JK_PAGE_MOVED))
    return g_strdup (what);
  return g_strdup_printf ("%s\n%s", what, _ (words[JK_PAGE_ENDED].what));
}

static void
refresh (JkIdlePage *self)
{
  JkPage page = jk_desk_get_page (self->desk);
  gboolean is_busy = jk_desk_is_busy (self->desk);
  g_autofree char *answered = g_strdup_printf ("%u", jk_desk_get_n_answered (self->desk));

  /* Between two pages this one is still there. */
  if (words[page].state == NULL)
    return;
  gtk_label_set_text (self->state, _ (words[page].state));
  g_autofree char *what = dup_what (page, jk_desk_get_stage (self->desk));
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->answered, answered);
  gtk_widget_set_visible (self->answered_box, page == JK_PAGE_COLLECTED);
  show_way_on (self);
  gtk_widget_set_visible (self->opening, page == JK_PAGE_CLOSED);
  gtk_widget_set_sensitive (self->open, !is_busy);
  gtk_button_set_label (GTK_BUTTON (self->open),
                        /* Translators: zh: 正在核对… */
                        is_busy ? _ ("Checking…")
                                /* Translators: zh: 开放登录 */
                                : _ ("Open log-in"));
  show_session (self);
  jk_fault_list_fill (self->faults, self->faults_box, self->desk);
}

/* GTK looks for the first control by place, and a page that was just made has none yet. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  JkIdlePage *self = JK_IDLE_PAGE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL &&
      gtk_widget_get_visible (self->opening) &&
      gtk_widget_grab_focus (GTK_WIDGET (self->room_code)))
    return TRUE;
  return GTK_WIDGET_CLASS (jk_idle_page_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkIdlePage *self = JK_IDLE_PAGE (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_IDLE_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_idle_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/idle-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, seat_box);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, answered_box);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, opening);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, faults_box);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, show);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, open);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, next);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, seat);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, answered);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, state);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, exam);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, place);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, what);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, proctor);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, faults);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, room_code);
  gtk_widget_class_bind_template_child (widget_class, JkIdlePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
}

static void
jk_idle_page_class_init (JkIdlePageClass *klass)
{
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WIDGET_CLASS (klass)->focus = focus;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
jk_idle_page_init (JkIdlePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->show, jk_secret_entry_may_show ());
}

GtkWidget *
jk_idle_page_new (JkDesk *desk)
{
  JkIdlePage *self = g_object_new (JK_TYPE_IDLE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
