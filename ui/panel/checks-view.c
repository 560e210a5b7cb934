/* SPDX-License-Identifier: Apache-2.0 */
/* panel/checks-view.c: see the header. */
#include "panel/checks-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/first-focus.h"
#include "common/paragraph.h"
#include "desk/checks.h"
#include "panel/refusal.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#define SENTENCE_CHARS 46u
#define CHINESE_FACE "Noto Sans CJK SC"

struct _JkChecksView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkWidget *back, *again;
  GtkLabel *sum;
  GtkGrid *list;
};

G_DEFINE_FINAL_TYPE (JkChecksView, jk_checks_view, GTK_TYPE_WIDGET)

static const char *const titles[JK_N_CHECKS] = {
  /* Translators: zh: 场次 */
  [JK_CHECK_SESSION] = N_ ("Session"),
  /* Translators: zh: 题库 */
  [JK_CHECK_BANK] = N_ ("Questions"),
  /* Translators: zh: 时钟 */
  [JK_CHECK_CLOCK] = N_ ("Clock"),
  /* Translators: zh: 存储类型 */
  [JK_CHECK_DISK_KIND] = N_ ("Kind of disk"),
  /* Translators: zh: 剩余空间 */
  [JK_CHECK_DISK_ROOM] = N_ ("Room on the disk"),
  /* Translators: zh: 重启后不丢失 */
  [JK_CHECK_RESTART] = N_ ("Outlives a restart"),
  /* Translators: zh: 第二存储位置 */
  [JK_CHECK_SECOND] = N_ ("Second copy"),
  /* Translators: zh: 版本 */
  [JK_CHECK_VERSION] = N_ ("Version"),
  /* Translators: zh: 内存 */
  [JK_CHECK_MEMORY] = N_ ("Memory"),
  /* Translators: zh: 交换分区 */
  [JK_CHECK_SWAP] = N_ ("Swap"),
  /* Translators: zh: 供电 */
  [JK_CHECK_BATTERY] = N_ ("Power"),
  /* Translators: zh: 屏幕 */
  [JK_CHECK_DISPLAY] = N_ ("Screen"),
  /* Translators: zh: 中文字体 */
  [JK_CHECK_FONTS] = N_ ("Chinese font"),
};

/* By word and mark, not by colour alone. */
static const struct {
  const char *word, *style;
} lights[JK_N_LIGHTS] = {
  /* Translators: zh: ✓ 正常 */
  [JK_LIGHT_GREEN] = { N_ ("✓ good"), "light-green" },
  /* Translators: zh: ▲ 注意 */
  [JK_LIGHT_AMBER] = { N_ ("▲ look at it"), "light-amber" },
  /* Translators: zh: ✕ 不合格 */
  [JK_LIGHT_RED] = { N_ ("✕ not good"), "light-red" },
};

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add (JkChecksView *self, int row, const JkCheck *check)
{
  const char *light = _ (lights[check->light].word);

  gtk_grid_attach (self->list, make_label (light, lights[check->light].style), 0, row, 1, 1);
  gtk_grid_attach (self->list, make_label (_ (titles[check->kind]), NULL), 1, row, 1, 1);
  if (check->sentence == NULL) {
    if (check->found[0] != '\0')
      gtk_grid_attach (self->list, make_label (check->found, "quiet"), 2, row, 1, 1);
    return;
  }
  GtkWidget *sentence = jk_paragraph_new (check->sentence);
  g_object_set (sentence, "max-chars", SENTENCE_CHARS, "hexpand", TRUE, NULL);
  gtk_grid_attach (self->list, sentence, 2, row, 1, 1);
}

static void
clear (JkChecksView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_grid_remove (self->list, child);
}

static void
show (JkChecksView *self, GPtrArray *checks)
{
  JkLight worst = JK_LIGHT_GREEN;

  for (guint n = 0; n < checks->len; n++) {
    const JkCheck *check = g_ptr_array_index (checks, n);
    worst = MAX (worst, check->light);
    add (self, (int) n, check);
  }
  const char *sum = worst == JK_LIGHT_GREEN
                        /* Translators: zh: 本机可以考试 */
                        ? _ ("This PC is ready")
                        : worst == JK_LIGHT_AMBER
                              /* Translators: zh: 本机可以考试，请留意以下事项 */
                              ? _ ("This PC can be used; look at what follows")
                              /* Translators: zh: 请先处理以下问题 */
                              : _ ("See to what follows first");
  gtk_label_set_text (self->sum, sum);
  jk_announce (GTK_WIDGET (self), sum);
}

static void
checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkChecksView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = jk_desk_check_finish (JK_DESK (source), result, &error);

  /* The panel was closed meanwhile. */
  if (self->list == NULL)
    return;
  gtk_widget_set_sensitive (self->again, TRUE);
  if (checks != NULL) {
    show (self, checks);
    return;
  }
  g_autofree char *sentence = jk_refusal_dup (error);
  gtk_label_set_text (self->sum, sentence);
}

static gboolean
has_chinese_font (GtkWidget *widget)
{
  g_autoptr (PangoFontDescription) wanted = pango_font_description_from_string (CHINESE_FACE);
  g_autoptr (PangoFont) found =
      pango_context_load_font (gtk_widget_get_pango_context (widget), wanted);
  g_autoptr (PangoFontDescription) what = found != NULL ? pango_font_describe (found) : NULL;

  return what != NULL && g_str_equal (pango_font_description_get_family (what), CHINESE_FACE);
}

static void
on_again (JkChecksView *self)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkMonitor *monitor = gdk_display_get_monitor_at_surface (display, surface);
  JkScreenFacts facts = { .scale = 1, .has_chinese_font = has_chinese_font (GTK_WIDGET (self)) };
  GdkRectangle area = { 0 };

  if (monitor != NULL) {
    gdk_monitor_get_geometry (monitor, &area);
    facts.scale = (guint) gdk_monitor_get_scale_factor (monitor);
  }
  facts.width = area.width;
  facts.height = area.height;
  clear (self);
  /* Translators: zh: 正在检测… */
  gtk_label_set_text (self->sum, _ ("Checking this PC…"));
  gtk_widget_set_sensitive (self->again, FALSE);
  jk_desk_check_async (self->desk, &facts, checked, g_object_ref (self));
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jk_checks_view_parent_class)->map (widget);
  on_again (JK_CHECKS_VIEW (widget));
}

static void
dispose (GObject *object)
{
  JkChecksView *self = JK_CHECKS_VIEW (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_CHECKS_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_checks_view_parent_class)->dispose (object);
}

static void
jk_checks_view_class_init (JkChecksViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/checks-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkChecksView, back);
  gtk_widget_class_bind_template_child (widget_class, JkChecksView, again);
  gtk_widget_class_bind_template_child (widget_class, JkChecksView, sum);
  gtk_widget_class_bind_template_child (widget_class, JkChecksView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
jk_checks_view_init (JkChecksView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_checks_view_new (JkDesk *desk)
{
  JkChecksView *self = g_object_new (JK_TYPE_CHECKS_VIEW, NULL);

  self->desk = g_object_ref (desk);
  jk_first_focus_set (GTK_WIDGET (self), self->back);
  return GTK_WIDGET (self);
}
