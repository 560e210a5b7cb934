/* SPDX-License-Identifier: Apache-2.0 */
/* station/shortcuts.c: the keys of the exam. */
#include "station/shortcuts.h"

#include "bank/item.h"
#include "base/limits.h"
#include "common/paragraph.h"

#include <glib/gi18n.h>

#define NONE 0
#define CTRL GDK_CONTROL_MASK
#define SHIFT GDK_SHIFT_MASK

typedef struct {
  guint key;
  GdkModifierType modifiers;
  const char *action;
} Key;

static const Key keys[] = {
  { GDK_KEY_Right, NONE, "exam.next" },
  { GDK_KEY_KP_Right, NONE, "exam.next" },
  { GDK_KEY_Left, NONE, "exam.previous" },
  { GDK_KEY_KP_Left, NONE, "exam.previous" },
  { GDK_KEY_f, NONE, "exam.flag" },
  { GDK_KEY_F, NONE, "exam.flag" },
  { GDK_KEY_F, SHIFT, "exam.flag" },
  { GDK_KEY_Delete, NONE, "exam.clear" },
  { GDK_KEY_KP_Delete, NONE, "exam.clear" },
  { GDK_KEY_Return, CTRL, "exam.hand-in" },
  { GDK_KEY_KP_Enter, CTRL, "exam.hand-in" },
  { GDK_KEY_F1, NONE, "exam.shortcuts" },
  { GDK_KEY_question, NONE, "exam.shortcuts" },
  { GDK_KEY_question, SHIFT, "exam.shortcuts" },
};

/* Scrolled text around the keyboard would take these before they get to the page. */
static const Key early_keys[] = {
  { GDK_KEY_Page_Down, NONE, "exam.next" },
  { GDK_KEY_KP_Page_Down, NONE, "exam.next" },
  { GDK_KEY_Page_Up, NONE, "exam.previous" },
  { GDK_KEY_KP_Page_Up, NONE, "exam.previous" },
};

static void
add_key (GtkEventController *controller, const Key *key)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key->key, key->modifiers),
                                            gtk_named_action_new (key->action));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_choice (GtkEventController *controller, guint key, GdkModifierType modifiers, guint place)
{
  GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, modifiers),
                                                           gtk_named_action_new ("exam.choose"),
                                                           "u",
                                                           place);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_choices (GtkEventController *controller)
{
  for (guint place = 0; place < JK_OPTIONS_MAX; place++) {
    add_choice (controller, GDK_KEY_1 + place, NONE, place);
    add_choice (controller, GDK_KEY_KP_1 + place, NONE, place);
    add_choice (controller, GDK_KEY_a + place, NONE, place);
    /* With Caps Lock */
    add_choice (controller, GDK_KEY_A + place, NONE, place);
    add_choice (controller, GDK_KEY_A + place, SHIFT, place);
  }
}

static GtkEventController *
add_controller (GtkWidget *page, GtkPropagationPhase phase, GtkShortcutScope scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (page, controller);
  return controller;
}

void
jk_shortcuts_add (GtkWidget *page)
{
  /* Before the window, which moves the keyboard by arrows. */
  GtkEventController *near = add_controller (page, GTK_PHASE_BUBBLE, GTK_SHORTCUT_SCOPE_LOCAL);
  /* For all of the window: a button that went insensitive has no focus to give a key to. */
  GtkEventController *late = add_controller (page, GTK_PHASE_BUBBLE, GTK_SHORTCUT_SCOPE_GLOBAL);
  GtkEventController *early = add_controller (page, GTK_PHASE_CAPTURE, GTK_SHORTCUT_SCOPE_GLOBAL);

  for (guint n = 0; n < G_N_ELEMENTS (keys); n++) {
    add_key (near, &keys[n]);
    add_key (late, &keys[n]);
  }
  for (guint n = 0; n < G_N_ELEMENTS (early_keys); n++)
    add_key (early, &early_keys[n]);
  add_choices (late);
}

static const struct {
  const char *key;
  const char *what;
} rows[] = {
  { /* Translators: keys. zh: 1～8 或 A～H */
    N_ ("1–8 or A–H"),
    /* Translators: zh: 选择选项，再按一次取消 */
    N_ ("choose an option, once more to take it back") },
  { /* Translators: keys. zh: ↑ ↓，空格 */
    N_ ("↑ ↓, Space"),
    /* Translators: zh: 移到选项，选择 */
    N_ ("go to an option, choose it") },
  { /* Translators: keys. zh: ← → 或 PageUp PageDown */
    N_ ("← → or PageUp PageDown"),
    /* Translators: zh: 上一题，下一题 */
    N_ ("previous, next item") },
  { "F",
    /* Translators: zh: 标记或取消标记 */
    N_ ("flag or unflag") },
  { "Delete",
    /* Translators: zh: 清除本题答案 */
    N_ ("Clear this answer") },
  { "Tab",
    /* Translators: zh: 移到下一个按钮或区域 */
    N_ ("go to the next button or area") },
  { "Ctrl ↑ ↓",
    /* Translators: zh: 上下滚动题目 */
    N_ ("scroll the question") },
  { "Ctrl +  Ctrl −  Ctrl 0",
    /* Translators: zh: 放大、缩小、恢复文字 */
    N_ ("larger, smaller, usual text") },
  { "Ctrl Enter",
    /* Translators: zh: 交卷，还须再次确认 */
    N_ ("hand in; you are asked again") },
  { "F1, Esc",
    /* Translators: zh: 打开本页，关闭本页 */
    N_ ("open this sheet, close it") },
};

GtkWidget *
jk_shortcuts_make_list (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  for (guint n = 0; n < G_N_ELEMENTS (rows); n++) {
    GtkWidget *key = gtk_label_new (_ (rows[n].key));
    GtkWidget *what = gtk_label_new (_ (rows[n].what));
    gtk_widget_add_css_class (key, "key");
    gtk_widget_set_halign (key, GTK_ALIGN_START);
    gtk_label_set_xalign (GTK_LABEL (what), 0);
    gtk_grid_attach (GTK_GRID (grid), key, 0, (int) n, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), what, 1, (int) n, 1, 1);
  }
  return grid;
}
