/* SPDX-License-Identifier: Apache-2.0 */
/* common/calculator-view.c: see the header. */
#include "common/calculator-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/style-class.h"
#include "desk/calculator.h"

#include <glib/gi18n.h>
#include <string.h>

#define COLUMNS 4

struct _JkCalculatorView {
  GtkWidget parent_instance;

  /* Owned */
  GtkLabel *display;
  GtkWidget *close;
  GtkWidget *focus; /* where the keyboard was; a reference, NULL: nowhere */

  /* Plain */
  JkCalculator calculator;
};

G_DEFINE_FINAL_TYPE (JkCalculatorView, jk_calculator_view, GTK_TYPE_WIDGET)

static guint closed;

typedef struct {
  char key;
  const char *label;
  const char *name; /* to be translated; NULL: the label */
} Key;

/* In rows of COLUMNS. */
static const Key keys[] = {
  /* Translators: clears the calculator. zh: 清零 */
  { 'C', "C", N_ ("Clear") },
  /* Translators: takes back the last digit. zh: 退格 */
  { '<', "⌫", N_ ("Delete last digit") },
  /* Translators: zh: 百分之 */
  { '%', "%", N_ ("Per cent") },
  /* Translators: zh: 除以 */
  { '/', "÷", N_ ("Divided by") },
  { '7', "7", NULL },
  { '8', "8", NULL },
  { '9', "9", NULL },
  /* Translators: zh: 乘以 */
  { '*', "×", N_ ("Times") },
  { '4', "4", NULL },
  { '5', "5", NULL },
  { '6', "6", NULL },
  /* Translators: zh: 减 */
  { '-', "−", N_ ("Minus") },
  { '1', "1", NULL },
  { '2', "2", NULL },
  { '3', "3", NULL },
  /* Translators: zh: 加 */
  { '+', "+", N_ ("Plus") },
  /* Translators: zh: 正负号 */
  { '~', "±", N_ ("Change sign") },
  { '0', "0", NULL },
  /* Translators: zh: 小数点 */
  { '.', ".", N_ ("Decimal point") },
  /* Translators: zh: 等于 */
  { '=', "=", N_ ("Equals") },
};

static const char *
get_text (JkCalculatorView *self)
{
  switch (jk_calculator_get_fault (&self->calculator)) {
  case JK_CALCULATOR_BY_ZERO:
    /* Translators: zh: 不能除以零 */
    return _ ("Cannot divide by zero");
  case JK_CALCULATOR_TOO_LARGE:
    /* Translators: zh: 数字过大 */
    return _ ("The number is too large");
  default:
    return jk_calculator_get_shown (&self->calculator);
  }
}

static void
press_key (JkCalculatorView *self, char key)
{
  jk_calculator_press (&self->calculator, key);
  gboolean is_fault = jk_calculator_get_fault (&self->calculator) != JK_CALCULATOR_FINE;
  const char *text = get_text (self);
  gtk_label_set_text (self->display, text);
  jk_style_class_set (GTK_WIDGET (self->display), "problem", is_fault);
  /* What was typed is known; what came out is not. */
  if (key == '=' || key == '%' || is_fault)
    jk_announce (GTK_WIDGET (self), text);
}

static void
press (GtkWidget *widget, const char *name, GVariant *parameter)
{
  press_key (JK_CALCULATOR_VIEW (widget), *g_variant_get_string (parameter, NULL));
}

static void
close_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkCalculatorView *self = JK_CALCULATOR_VIEW (widget);

  jk_announce (widget, NULL);
  if (self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
  g_signal_emit (self, closed, 0);
}

/* The key of the calculator, 0 for none. */
static char
read_key (JkCalculatorView *self, guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    return gtk_widget_has_focus (self->close) ? 0 : '=';
  case GDK_KEY_BackSpace:
    return '<';
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    return 'C';
  default:
    break;
  }
  if (letter == 'c')
    return 'C';
  if (letter == ',')
    return '.';
  return letter > ' ' && letter < 128 && strchr ("0123456789.+-*/=%C", (char) letter) != NULL
             ? (char) letter
             : 0;
}

static gboolean
key_pressed (JkCalculatorView *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Escape) {
    gtk_widget_activate_action (GTK_WIDGET (self), "calculator.close", NULL);
    return TRUE;
  }
  char key = read_key (self, keyval);
  if (key == 0)
    return FALSE;
  press_key (self, key);
  return TRUE;
}

static void
map (GtkWidget *widget)
{
  JkCalculatorView *self = JK_CALCULATOR_VIEW (widget);

  g_set_object (&self->focus, gtk_root_get_focus (gtk_widget_get_root (widget)));
  GTK_WIDGET_CLASS (jk_calculator_view_parent_class)->map (widget);
  gtk_widget_grab_focus (widget);
}

static void
unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jk_calculator_view_parent_class)->unmap (widget);
  g_clear_object (&JK_CALCULATOR_VIEW (widget)->focus);
}

static void
dispose (GObject *object)
{
  JkCalculatorView *self = JK_CALCULATOR_VIEW (object);

  g_clear_object (&self->focus);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_calculator_view_parent_class)->dispose (object);
}

static void
jk_calculator_view_class_init (JkCalculatorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  widget_class->unmap = unmap;
  closed = g_signal_new ("closed",
                         G_TYPE_FROM_CLASS (klass),
                         G_SIGNAL_RUN_LAST,
                         0,
                         NULL,
                         NULL,
                         NULL,
                         G_TYPE_NONE,
                         0);
  gtk_widget_class_set_css_name (widget_class, "calculator");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "calculator.press", "s", press);
  gtk_widget_class_install_action (widget_class, "calculator.close", NULL, close_view);
}

static void
add_head (JkCalculatorView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* Translators: zh: 计算器 */
  GtkWidget *title = gtk_label_new (_ ("Calculator"));

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (head), title);
  /* Translators: zh: 关闭（Esc） */
  self->close = gtk_button_new_with_label (_ ("Close (Esc)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close), "calculator.close");
  gtk_box_append (GTK_BOX (head), self->close);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
}

static void
add_keys (JkCalculatorView *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int n = 0; n < (int) G_N_ELEMENTS (keys); n++) {
    GtkWidget *button = gtk_button_new_with_label (keys[n].label);
    char target[] = { keys[n].key, '\0' };

    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "calculator.press");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
    if (keys[n].key == '=')
      gtk_widget_add_css_class (button, "suggested");
    if (keys[n].name != NULL)
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (keys[n].name),
                                      -1);
    gtk_grid_attach (GTK_GRID (grid), button, n % COLUMNS, n / COLUMNS, 1, 1);
  }
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
}

static void
jk_calculator_view_init (JkCalculatorView *self)
{
  GtkEventController *keyboard = gtk_event_controller_key_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  jk_calculator_init (&self->calculator);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "focusable");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: zh: 计算器 */
                                  _ ("Calculator"),
                                  -1);
  add_head (self);
  self->display = GTK_LABEL (gtk_label_new ("0"));
  gtk_label_set_xalign (self->display, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->display), "display");
  gtk_widget_set_parent (GTK_WIDGET (self->display), GTK_WIDGET (self));
  add_keys (self);
  /* Before the page and the buttons take a key for theirs. */
  gtk_event_controller_set_propagation_phase (keyboard, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keyboard, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keyboard);
}

GtkWidget *
jk_calculator_view_new (void)
{
  return g_object_new (JK_TYPE_CALCULATOR_VIEW, NULL);
}
