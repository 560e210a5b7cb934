/* SPDX-License-Identifier: Apache-2.0 */
/* station/log-in-page.c: 考生登录. */
#include "station/log-in-page.h"

#include "common/children.h"
#include "base/id-number.h"
#include "base/text.h"
#include "common/duration.h"
#include "common/in-sight.h"
#include "common/paragraph.h"
#include "common/secret-entry.h"
#include "sitting/error.h"
#include "common/exam-name.h"
#include "station/sentences.h"
#include "station/view-tools.h"

#include <glib/gi18n.h>
#include <string.h>

#define RESIDENT_CHARS 18
#define LAST_DAY 99991231u /* this PC's date may be wrong: no birth is later than today */
#define WAIT_POLL_MS 500
#define MS_PER_S 1000

struct _JkLogInPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkWidget *seat_title, *seat, *admission, *show, *wait, *log_in;
  JkSecretEntry *id_number;
  GtkScrolledWindow *scroll;
  JkParagraph *exam, *place, *hint, *problem;

  /* Borrowed */
  GtkWidget *back; /* what gets the focus when the fields come back */

  /* Plain */
  guint poll; /* source while these numbers must wait; 0: they need not */
};

G_DEFINE_FINAL_TYPE (JkLogInPage, jk_log_in_page, GTK_TYPE_WIDGET)

static void
show_sentence (JkParagraph *paragraph, const char *sentence)
{
  jk_paragraph_set_text (paragraph, sentence);
  gtk_widget_set_visible (GTK_WIDGET (paragraph), sentence != NULL);
}

static void
refresh (JkLogInPage *self)
{
  gboolean is_busy = jk_desk_is_busy (self->desk);
  gboolean is_free = !is_busy && self->poll == 0;
  gboolean was_free = gtk_widget_get_sensitive (self->admission);

  gtk_widget_set_sensitive (self->admission, is_free);
  gtk_widget_set_sensitive (GTK_WIDGET (self->id_number), is_free);
  gtk_widget_set_sensitive (self->log_in, is_free);
  gtk_button_set_label (GTK_BUTTON (self->log_in),
                        /* Translators: zh: 正在核对… */
                        is_busy ? _ ("Checking…")
                                /* Translators: zh: 登录 */
                                : _ ("Log in"));
  if (is_free && !was_free)
    gtk_widget_grab_focus (self->back);
}

/* TRUE while these numbers must wait; a proctor may end that at any moment. */
static gboolean
show_wait (JkLogInPage *self)
{
  guint64 ms =
      jk_desk_get_wait_ms (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->admission)));
  g_autofree char *left = jk_duration_dup ((ms + MS_PER_S - 1) / MS_PER_S);
  /* Translators: %s is minutes and seconds. zh: 还需等待 %s */
  g_autofree char *text = g_strdup_printf (_ ("Wait another %s"), left);

  gtk_label_set_text (GTK_LABEL (self->wait), text);
  gtk_widget_set_visible (self->wait, ms > 0);
  return ms > 0;
}

static gboolean
poll_wait (gpointer user_data)
{
  JkLogInPage *self = user_data;

  if (show_wait (self))
    return G_SOURCE_CONTINUE;
  self->poll = 0;
  show_sentence (self->problem, NULL);
  self->back = self->admission;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
begin_wait (JkLogInPage *self)
{
  const GError wait = { JK_SITTING_ERROR, JK_SITTING_ERROR_WAIT, (char *) "" };

  if (self->poll != 0 || !show_wait (self))
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, &wait);
  show_sentence (self->problem, sentence);
  self->poll = g_timeout_add (WAIT_POLL_MS, poll_wait, self);
}

static void
logged_in_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkLogInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jk_desk_finish (JK_DESK (object), result, &error) || self->id_number == NULL)
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, error);
  show_sentence (self->problem, sentence);
  begin_wait (self);
  refresh (self);
}

static void
on_log_in (JkLogInPage *self)
{
  const char *admission = gtk_editable_get_text (GTK_EDITABLE (self->admission));

  if (jk_desk_is_busy (self->desk) || self->poll != 0)
    return;
  if (admission[0] == '\0' || jk_secret_entry_is_empty (self->id_number)) {
    /* Translators: zh: 请输入准考证号和证件号码。 */
    show_sentence (self->problem, _ ("Enter both numbers: admission ticket and ID document."));
    gtk_widget_grab_focus (admission[0] == '\0' ? self->admission : GTK_WIDGET (self->id_number));
    return;
  }
  g_autoptr (JkSecret) id_number = jk_secret_entry_dup_secret (self->id_number);
  show_sentence (self->problem, NULL);
  /* What was typed is in dots: typed again, it takes the place of what was there. */
  self->back = GTK_WIDGET (self->id_number);
  jk_desk_log_in_async (self->desk,
                        admission,
                        (const char *) jk_secret_get (id_number),
                        logged_in_cb,
                        g_object_ref (self));
}

static void
on_admission_done (JkLogInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->id_number));
}

/* Only what has the form of an ID card's number can be told from any other document's. */
static gboolean
looks_mistyped (const char *number)
{
  JkIdKind kind = number[0] == '9' ? JK_ID_PERMANENT_FOREIGN : JK_ID_RESIDENT;
  gsize digits = strspn (number, "0123456789");

  if (strlen (number) != RESIDENT_CHARS ||
      (digits != RESIDENT_CHARS && (digits != RESIDENT_CHARS - 1 || number[digits] != 'X')))
    return FALSE;
  return jk_id_number_check (kind, number, LAST_DAY, NULL) != JK_ID_OK;
}

static void
on_id_changed (JkLogInPage *self)
{
  g_autoptr (JkSecret) typed = jk_secret_entry_dup_secret (self->id_number);
  g_autofree char *number = jk_text_canonical_number ((const char *) jk_secret_get (typed));

  /* Translators: zh: 身份证号校验未通过，请检查是否输入有误（末位可为 X）。 */
  const char *hint = _ ("This ID card number does not pass its check; look whether it is mistyped "
                        "(the last character may be X).");
  show_sentence (self->hint, looks_mistyped (number) ? hint : NULL);
  jk_wipe (number, strlen (number));
}

/* Whoever looks for the own level must find it: what is open beside stands below. */
static char *
dup_place (JkDesk *desk, const JkSession *session)
{
  GString *text = g_string_new (NULL);
  g_autofree char *place = jk_exam_name_dup_place (session);
  const JkSession *other;

  g_string_append (text, place);
  for (guint n = 0; (other = jk_desk_get_beside (desk, JK_STAGE_OPEN, n)) != NULL; n++) {
    g_autofree char *name = jk_exam_name_dup (other);
    g_autofree char *where = jk_exam_name_dup_place (other);
    g_string_append_c (text, '\n');
    /* Translators: another session that candidates log in to here. zh: 本机同时开放：%s */
    g_string_append_printf (text, _ ("Also open here: %s"), name);
    g_string_append_printf (text, "\n%s", where);
  }
  return g_string_free (text, FALSE);
}

static void
show_session (JkLogInPage *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);
  const char *seat = jk_desk_get_label (self->desk);
  g_autofree char *exam = session != NULL ? jk_exam_name_dup (session) : NULL;
  g_autofree char *place = session != NULL ? dup_place (self->desk, session) : NULL;

  gtk_label_set_text (GTK_LABEL (self->seat), seat != NULL ? seat : "");
  gtk_widget_set_visible (self->seat, seat != NULL);
  gtk_widget_set_visible (self->seat_title, seat != NULL);
  jk_paragraph_set_text (self->exam, exam);
  jk_paragraph_set_text (self->place, place);
}

/* GTK looks for the first control by place, and a page that was just made has none yet. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  JkLogInPage *self = JK_LOG_IN_PAGE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL &&
      gtk_widget_grab_focus (self->back))
    return TRUE;
  return GTK_WIDGET_CLASS (jk_log_in_page_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkLogInPage *self = JK_LOG_IN_PAGE (object);

  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_LOG_IN_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_log_in_page_parent_class)->dispose (object);
}

static void
jk_log_in_page_class_init (JkLogInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  g_type_ensure (JK_TYPE_VIEW_TOOLS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/log-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, seat_title);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, seat);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, admission);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, show);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, wait);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, log_in);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, id_number);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, exam);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, place);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, hint);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, scroll);
  gtk_widget_class_bind_template_callback (widget_class, on_log_in);
  gtk_widget_class_bind_template_callback (widget_class, on_admission_done);
  gtk_widget_class_bind_template_callback (widget_class, on_id_changed);
}

static void
jk_log_in_page_init (JkLogInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jk_in_sight_keep (self->scroll, GTK_WIDGET (self->problem));
  gtk_widget_set_visible (self->show, jk_secret_entry_may_show ());
  self->back = self->admission;
}

GtkWidget *
jk_log_in_page_new (JkDesk *desk)
{
  JkLogInPage *self = g_object_new (JK_TYPE_LOG_IN_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_session (self);
  refresh (self);
  return GTK_WIDGET (self);
}
