/* SPDX-License-Identifier: Apache-2.0 */
/* panel/ready-words.c: see the header. */
#include "panel/ready-words.h"

#include "common/children.h"
#include "common/wrap-layout.h"

#include <glib/gi18n.h>

#define TEXT_CHARS_MAX 200
#define GAP 8
#define MANY_WORDS 8
#define MANY_HEIGHT 128 /* two rows and a bit of the next, at the usual size */

struct _JkReadyWords {
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *title, *scroll, *words, *entry;
};

G_DEFINE_FINAL_TYPE (JkReadyWords, jk_ready_words, GTK_TYPE_WIDGET)

static void
clicked (GtkButton *button, JkReadyWords *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gtk_button_get_label (button));
  gtk_widget_grab_focus (self->entry);
}

void
jk_ready_words_offer (JkReadyWords *self, const char *title, const char *const *words)
{
  GtkWidget *child;
  guint n = 0;

  g_return_if_fail (JK_IS_READY_WORDS (self) && title != NULL && words != NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  while ((child = gtk_widget_get_first_child (self->words)) != NULL)
    gtk_box_remove (GTK_BOX (self->words), child);
  for (; words[n] != NULL; n++) {
    GtkWidget *button = gtk_button_new_with_label (_ (words[n]));
    g_signal_connect (button, "clicked", G_CALLBACK (clicked), self);
    gtk_box_append (GTK_BOX (self->words), button);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll),
                                  GTK_POLICY_NEVER,
                                  n > MANY_WORDS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroll),
                                              n > MANY_WORDS ? MANY_HEIGHT : -1);
  gtk_widget_set_visible (self->scroll, n > 0);
}

const char *
jk_ready_words_get_text (JkReadyWords *self)
{
  g_return_val_if_fail (JK_IS_READY_WORDS (self), "");
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

GtkWidget *
jk_ready_words_get_entry (JkReadyWords *self)
{
  g_return_val_if_fail (JK_IS_READY_WORDS (self), NULL);
  return self->entry;
}

static void
dispose (GObject *object)
{
  jk_children_drop (GTK_WIDGET (object));
  G_OBJECT_CLASS (jk_ready_words_parent_class)->dispose (object);
}

static void
jk_ready_words_class_init (JkReadyWordsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
jk_ready_words_init (JkReadyWords *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), GAP);
  self->title = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "quiet");
  self->words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->words, jk_wrap_layout_new (FALSE));
  self->scroll = gtk_scrolled_window_new ();
  g_object_set (self->scroll, "overlay-scrolling", FALSE, "child", self->words, NULL);
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), TEXT_CHARS_MAX);
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
}
