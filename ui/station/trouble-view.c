/* SPDX-License-Identifier: Apache-2.0 */
/* station/trouble-view.c: see the header. */
#include "station/trouble-view.h"

#include "common/paragraph.h"
#include "station/sentences.h"

#define MAX_CHARS 30
#define SPACING 16

static void
add_text (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *paragraph = jk_paragraph_new (text);

  g_object_set (paragraph, "max-chars", MAX_CHARS, NULL);
  gtk_widget_add_css_class (paragraph, style);
  gtk_box_append (box, paragraph);
}

static GtkWidget *
make_card (const GError *error)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  g_autofree char *sentence = jk_sentence_dup (NULL, error);

  gtk_widget_add_css_class (card, "card");
  add_text (GTK_BOX (card), sentence, "lead");
  add_text (GTK_BOX (card), error->message, "hint");
  return card;
}

GtkWidget *
jk_trouble_view_new (const char *seat, const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *label = gtk_label_new (seat);

  gtk_widget_add_css_class (label, "huge");
  gtk_widget_set_visible (label, seat != NULL);
  gtk_widget_add_css_class (page, "page");
  gtk_widget_set_halign (page, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (page, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page), label);
  gtk_box_append (GTK_BOX (page), make_card (error));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), page);
  return scroll;
}
