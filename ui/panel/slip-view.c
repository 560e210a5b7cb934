/* SPDX-License-Identifier: Apache-2.0 */
/* panel/slip-view.c: see the header. */
#include "panel/slip-view.h"

#include "common/children.h"
#include "common/code-entry.h"
#include "common/paragraph.h"
#include "desk/closing.h"

#include <glib/gi18n.h>

#define LOOK_MS 500

struct _JkSlipView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  JkParagraph *why;
  GtkLabel *code;
  GtkWidget *entry;

  /* Plain */
  guint looking; /* source; 0: it is shown, or not to be */
};

G_DEFINE_FINAL_TYPE (JkSlipView, jk_slip_view, GTK_TYPE_WIDGET)

/* Why there may be no slip; NULL: there is one. */
static const char *
find_why (JkSlipView *self)
{
  switch (jk_desk_get_hand_in_reason (self->desk)) {
  case JK_HAND_IN_FORCED:
    /* Translators: zh: 强制收卷的考生可能没有回执单：请将此回执码抄到回执单上，再照单输入。 */
    return _ ("The hand-in was forced, so there may be no slip. Copy this receipt code to one, and "
              "type it from there.");
  case JK_HAND_IN_TIME_UP:
    /* Translators: zh: 到时自动收卷：没有回执单的，请将此回执码抄到回执单上，再照单输入。 */
    return _ ("The time was up. Where there is no slip, copy this receipt code to one, and type it "
              "from there.");
  default:
    return NULL;
  }
}

/* The worker may have the seat just now. */
static gboolean
look (gpointer user_data)
{
  JkSlipView *self = user_data;
  g_autofree char *code = jk_desk_dup_receipt (self->desk);

  if (code == NULL)
    return G_SOURCE_CONTINUE;
  gtk_label_set_text (self->code, code);
  gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
  self->looking = 0;
  return G_SOURCE_REMOVE;
}

void
jk_slip_view_set_desk (JkSlipView *self, JkDesk *desk)
{
  g_return_if_fail (JK_IS_SLIP_VIEW (self) && self->desk == NULL);
  self->desk = g_object_ref (desk);
  const char *why = find_why (self);
  jk_paragraph_set_text (self->why, why);
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  if (why != NULL && look (self))
    self->looking = g_timeout_add (LOOK_MS, look, self);
}

gboolean
jk_slip_view_check (JkSlipView *self,
                    guint8 out_subject[static JK_ORDER_SUBJECT_BYTES],
                    GError **error)
{
  g_return_val_if_fail (JK_IS_SLIP_VIEW (self), FALSE);
  return jk_desk_check_slip (self->desk,
                             gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                             out_subject,
                             error);
}

GtkWidget *
jk_slip_view_get_entry (JkSlipView *self)
{
  g_return_val_if_fail (JK_IS_SLIP_VIEW (self), NULL);
  return self->entry;
}

static void
dispose (GObject *object)
{
  JkSlipView *self = JK_SLIP_VIEW (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_SLIP_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_slip_view_parent_class)->dispose (object);
}

static void
jk_slip_view_class_init (JkSlipViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_CODE_ENTRY);
  g_type_ensure (JK_TYPE_PARAGRAPH);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/slip-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkSlipView, why);
  gtk_widget_class_bind_template_child (widget_class, JkSlipView, code);
  gtk_widget_class_bind_template_child (widget_class, JkSlipView, entry);
}

static void
jk_slip_view_init (JkSlipView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
