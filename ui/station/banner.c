/* SPDX-License-Identifier: Apache-2.0 */
/* station/banner.c: see the header. */
#include "station/banner.h"

#include "common/announce.h"
#include "common/duration.h"
#include "common/paragraph.h"
#include "common/style-class.h"
#include "station/save-sentence.h"

#include <glib/gi18n.h>

#define RED_MIN 5
#define LAST_MIN 1

typedef enum {
  NEWS,    /* closes by itself */
  MESSAGE, /* stays until it was read */
  AMBER,   /* warnings */
  RED,
  LAST, /* without a button: there is nothing to do but to answer */
} Kind;

typedef struct {
  Kind kind;
  char *text;
} Notice;

struct _JkBanner {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  GPtrArray *notices; /* the first is shown */
  GtkWidget *focus;   /* weak: where the keyboard was before it came here */

  /* Of the template */
  GtkWidget *frame;
  GtkWidget *head;
  JkParagraph *text;
  GtkWidget *close;

  /* Plain */
  guint timer;
};

G_DEFINE_FINAL_TYPE (JkBanner, jk_banner, GTK_TYPE_WIDGET)

static void
free_notice (gpointer data)
{
  Notice *self = data;

  g_free (self->text);
  g_free (self);
}

static gboolean
is_warning (const Notice *notice)
{
  return notice->kind >= AMBER;
}

static void
give_focus_back (JkBanner *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
}

static void show (JkBanner *self);

static void
close_first (JkBanner *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->notices->len == 0)
    return;
  give_focus_back (self);
  g_ptr_array_remove_index (self->notices, 0);
  show (self);
}

static gboolean
time_out (gpointer user_data)
{
  JkBanner *self = user_data;

  /* Behind the proctor's panel nobody reads it. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  close_first (self);
  return G_SOURCE_REMOVE;
}

/* Its time begins when it is seen. */
static void
map (GtkWidget *widget)
{
  JkBanner *self = JK_BANNER (widget);

  GTK_WIDGET_CLASS (jk_banner_parent_class)->map (widget);
  if (self->timer == 0)
    return;
  g_source_remove (self->timer);
  self->timer = g_timeout_add_seconds (JK_BANNER_WARNING_S, time_out, self);
}

static const char *
get_button (Kind kind)
{
  if (kind == RED)
    /* Translators: zh: 返回作答（Esc） */
    return _ ("Back to answering (Esc)");
  /* Translators: zh: 知道了（Esc） */
  return _ ("I see (Esc)");
}

static void
show (JkBanner *self)
{
  const Notice *first = self->notices->len > 0 ? self->notices->pdata[0] : NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), first != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "banner.close",
                                 first != NULL && first->kind != LAST);
  if (first == NULL) {
    jk_announce (GTK_WIDGET (self), NULL);
    return;
  }
  jk_paragraph_set_text (self->text, first->text);
  gtk_widget_set_visible (self->head, first->kind == MESSAGE);
  gtk_widget_set_visible (self->close, first->kind != LAST);
  gtk_button_set_label (GTK_BUTTON (self->close), get_button (first->kind));
  jk_style_class_set (GTK_WIDGET (self), "stop", first->kind >= RED);
  if (first->kind != MESSAGE)
    self->timer = g_timeout_add_seconds (JK_BANNER_WARNING_S, time_out, self);
  g_autofree char *spoken =
      first->kind == MESSAGE
          ? g_strdup_printf ("%s: %s", gtk_label_get_text (GTK_LABEL (self->head)), first->text)
          : g_strdup (first->text);
  jk_announce (GTK_WIDGET (self), spoken);
}

static void
drop_warning (JkBanner *self)
{
  if (self->notices->len > 0 && is_warning (self->notices->pdata[0]))
    g_ptr_array_remove_index (self->notices, 0);
}

/* A warning takes the place of an older one and goes before all else. */
static void
add (JkBanner *self, Kind kind, char *text)
{
  Notice *notice = g_new0 (Notice, 1);

  *notice = (Notice){ .kind = kind, .text = text };
  if (is_warning (notice)) {
    drop_warning (self);
    g_ptr_array_insert (self->notices, 0, notice);
  } else
    g_ptr_array_add (self->notices, notice);
  if (self->notices->pdata[0] == notice)
    show (self);
}

static char *
dup_red (guint minutes)
{
  g_autofree char *warning = g_strdup_printf (
      /* Translators: zh: 距考试结束还有 %u 分钟，请检查答题卡。时间到系统将自动收卷。 */
      ngettext ("%u minute until the end of the exam; check your answer sheet. At the end it is "
                "collected automatically.",
                "%u minutes until the end of the exam; check your answer sheet. At the end it is "
                "collected automatically.",
                minutes),
      minutes);
  g_autofree char *closing = g_strdup_printf (
      /* Translators: zh: （%u 秒后自动关闭） */
      ngettext (" (Closes by itself in %u second.)",
                " (Closes by itself in %u seconds.)",
                JK_BANNER_WARNING_S),
      JK_BANNER_WARNING_S);

  return g_strconcat (warning, closing, NULL);
}

static void
take_warning (JkBanner *self, guint minutes)
{
  if (minutes > RED_MIN)
    add (self,
         AMBER,
         /* Translators: zh: 距考试结束还有 %u 分钟，请合理安排时间。 */
         g_strdup_printf (ngettext ("%u minute until the end of the exam; plan your time.",
                                    "%u minutes until the end of the exam; plan your time.",
                                    minutes),
                          minutes));
  else if (minutes > LAST_MIN)
    add (self, RED, dup_red (minutes));
  else
    add (self,
         LAST,
         /* Translators: zh: 距考试结束还有 %u 分钟，时间到系统将自动收卷。 */
         g_strdup_printf (ngettext ("%u minute until the end of the exam; your answers are then "
                                    "collected automatically.",
                                    "%u minutes until the end of the exam; your answers are then "
                                    "collected automatically.",
                                    minutes),
                          minutes));
}

static void
take_extension (JkBanner *self, guint minutes)
{
  /* What it said is no longer so. */
  drop_warning (self);
  show (self);
  add (self,
       NEWS,
       g_strdup_printf (
           /* Translators: zh: 监考人员为您延时 %u 分钟，剩余时间已更新。 */
           ngettext ("A proctor gave you %u more minute; the time left is up to date.",
                     "A proctor gave you %u more minutes; the time left is up to date.",
                     minutes),
           minutes));
}

static void
take_message (JkBanner *self, const char *text)
{
  add (self, MESSAGE, g_strdup (text));
}

static int
get_zone_min (JkBanner *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);

  return session != NULL ? jk_session_get_policy (session)->zone_min : 0;
}

/* For who stands here with it; it is brief. */
static void
take_stick (JkBanner *self)
{
  /* Translators: zh: 优盘已处理完毕，可以拔出优盘。 */
  add (self, NEWS, g_strdup (_ ("This PC is done with the stick. The stick may be removed now.")));
}

static void
take_resumption (JkBanner *self, guint answered)
{
  gint64 saved_ms = jk_desk_get_saved_wall_ms (self->desk);
  g_autofree char *hour = jk_duration_dup_hour (saved_ms, get_zone_min (self));
  g_autofree char *left = jk_duration_dup (jk_desk_get_left_s (self->desk));

  if (saved_ms > 0)
    add (self,
         NEWS,
         g_strdup_printf (
             /* Translators: zh: 已恢复您在 %s 之前的作答（%u 题）。剩余时间 %s。 */
             ngettext ("Your answers from before %s are back (%u item). Time left %s.",
                       "Your answers from before %s are back (%u items). Time left %s.",
                       answered),
             hour,
             answered,
             left));
  else
    add (self,
         NEWS,
         /* Translators: zh: 已恢复您的作答（%u 题）。剩余时间 %s。 */
         g_strdup_printf (ngettext ("Your answers are back (%u item). Time left %s.",
                                    "Your answers are back (%u items). Time left %s.",
                                    answered),
                          answered,
                          left));
}

/* What is seen of it stands in the title bar of the page. */
static void
take_save (JkBanner *self)
{
  JkSave save = jk_desk_get_save (self->desk);
  g_autofree char *sentence =
      jk_save_sentence_dup (save, jk_desk_get_saved_wall_ms (self->desk), get_zone_min (self));

  if (save == JK_SAVE_FULL || save == JK_SAVE_FAILED)
    jk_announce (GTK_WIDGET (self), sentence);
  else if (save == JK_SAVE_SAVED && self->notices->len == 0)
    jk_announce (GTK_WIDGET (self), NULL);
}

/* The exam is over, or not yet: then nothing of this is of use. */
static void
take_page (JkBanner *self)
{
  JkPage page = jk_desk_get_page (self->desk);

  if (page >= JK_PAGE_ANSWERING && page <= JK_PAGE_ARRIVED)
    return;
  give_focus_back (self);
  g_ptr_array_set_size (self->notices, 0);
  show (self);
}

static void
forget_focus (gpointer data, GObject *gone)
{
  JK_BANNER (data)->focus = NULL;
}

static void
remember_focus (JkBanner *self, GtkWidget *focus)
{
  if (self->focus != NULL)
    g_object_weak_unref (G_OBJECT (self->focus), forget_focus, self);
  self->focus = focus;
  if (focus != NULL)
    g_object_weak_ref (G_OBJECT (focus), forget_focus, self);
}

static void
follow_focus (JkBanner *self, GParamSpec *pspec, GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    remember_focus (self, focus);
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jk_banner_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget),
                           "notify::focus-widget",
                           G_CALLBACK (follow_focus),
                           widget,
                           G_CONNECT_SWAPPED);
}

static void
activate_close (GtkWidget *widget, const char *name, GVariant *parameter)
{
  close_first (JK_BANNER (widget));
}

static void
dispose (GObject *object)
{
  JkBanner *self = JK_BANNER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  remember_focus (self, NULL);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_BANNER);
  G_OBJECT_CLASS (jk_banner_parent_class)->dispose (object);
}

static void
jk_banner_class_init (JkBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  widget_class->root = root;
  gtk_widget_class_set_css_name (widget_class, "banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  g_type_ensure (JK_TYPE_PARAGRAPH);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, JkBanner, frame);
  gtk_widget_class_bind_template_child (widget_class, JkBanner, head);
  gtk_widget_class_bind_template_child (widget_class, JkBanner, text);
  gtk_widget_class_bind_template_child (widget_class, JkBanner, close);
  gtk_widget_class_install_action (widget_class, "banner.close", NULL, activate_close);
}

static void
jk_banner_init (JkBanner *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *escape = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                          gtk_named_action_new ("banner.close"));

  self->notices = g_ptr_array_new_with_free_func (free_notice);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), escape);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
jk_banner_new (JkDesk *desk)
{
  const struct {
    const char *signal;
    GCallback callback;
  } wanted[] = {
    { "stick-done", G_CALLBACK (take_stick) },   { "warned", G_CALLBACK (take_warning) },
    { "extended", G_CALLBACK (take_extension) }, { "message", G_CALLBACK (take_message) },
    { "resumed", G_CALLBACK (take_resumption) }, { "notify::save", G_CALLBACK (take_save) },
    { "notify::page", G_CALLBACK (take_page) },
  };
  JkBanner *self = g_object_new (JK_TYPE_BANNER, NULL);

  self->desk = g_object_ref (desk);
  for (guint n = 0; n < G_N_ELEMENTS (wanted); n++)
    g_signal_connect_object (desk, wanted[n].signal, wanted[n].callback, self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
