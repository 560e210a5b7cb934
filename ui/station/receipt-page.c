/* SPDX-License-Identifier: Apache-2.0 */
/* station/receipt-page.c: see the header. */
#include "station/receipt-page.h"

#include "common/children.h"
#include "common/paragraph.h"
#include "common/qr-view.h"
#include "common/wrap-layout.h"

#include <glib/gi18n.h>

struct _JkReceiptPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  JkParagraph *headline;
  JkParagraph *next;
  GtkWidget *copied;
  GtkWidget *receipt;
  GtkLabel *code;
  JkQrView *qr;
  GtkLabel *seat;
  GtkLabel *name;
  GtkLabel *answered;
  GtkBox *answers;

  /* Plain */
  guint timer; /* 0: it is sealed, and copied */
};

G_DEFINE_FINAL_TYPE (JkReceiptPage, jk_receipt_page, GTK_TYPE_WIDGET)

static const char *
get_headline (JkReceiptPage *self)
{
  switch (jk_desk_get_hand_in_reason (self->desk)) {
  case JK_HAND_IN_TIME_UP:
    /* Translators: zh: 考试时间到，系统已自动收卷。您的作答已保存。 */
    return _ ("The time is up; your paper was collected automatically. Your answers are saved.");
  case JK_HAND_IN_FORCED:
    /* Translators: zh: 监考人员已结束您的考试，作答已保存。如有疑问请向监考人员提出。 */
    return _ ("A proctor ended your exam; your answers are saved. If you have questions, ask a "
              "proctor.");
  default:
    /* Translators: zh: 交卷成功 */
    return _ ("Hand-in succeeded");
  }
}

/* What is handed in is safe; what is not sealed yet has no receipt. */
static gboolean
show_receipt (JkReceiptPage *self)
{
  g_autofree char *code = jk_desk_dup_receipt (self->desk);
  g_autofree char *qr = jk_desk_dup_receipt_qr (self->desk);

  gtk_widget_set_visible (self->receipt, code != NULL);
  gtk_label_set_text (self->code, code != NULL ? code : "");
  jk_qr_view_set_text (self->qr, qr);
  if (code == NULL) {
    jk_paragraph_set_text (
        self->headline,
        /* Translators: zh: 交卷未完成：答卷已安全保存在本机。请勿关机，立即举手。 */
        _ ("The hand-in is not complete: your answers are safe on this "
           "computer. Do not switch it off; raise your hand at once."));
    gtk_widget_set_visible (GTK_WIDGET (self->next), FALSE);
    return FALSE;
  }
  jk_paragraph_set_text (self->headline, get_headline (self));
  jk_paragraph_set_text (self->next,
                         /* Translators: zh: 请举手，经监考人员确认后方可离场。请勿关闭计算机。 */
                         _ ("Raise your hand; you may leave after a proctor has confirmed. Do not "
                            "switch off the computer."));
  gtk_widget_set_visible (GTK_WIDGET (self->next), TRUE);
  return TRUE;
}

/* Who pulls the stick reads it here. */
static gboolean
look_again (gpointer user_data)
{
  JkReceiptPage *self = user_data;
  gboolean is_sealed = show_receipt (self);

  if (!is_sealed || !jk_desk_is_copied (self->desk))
    return G_SOURCE_CONTINUE;
  gtk_widget_set_visible (self->copied, TRUE);
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static char *
dup_answer (JkDeskItem *item)
{
  if (!jk_desk_item_is_answered (item))
    /* Translators: zh: 未答 */
    return g_strdup (_ ("unanswered"));
  if (jk_desk_item_get_kind (item) != JK_ITEM_JUDGE)
    return jk_desk_item_dup_letters (item);
  if (jk_desk_item_get_chosen (item) == 1)
    /* Translators: zh: 正确 */
    return g_strdup (_ ("True"));
  /* Translators: zh: 错误 */
  return g_strdup (_ ("False"));
}

static void
list_answers (JkReceiptPage *self)
{
  guint n_items = g_list_model_get_n_items (jk_desk_get_items (self->desk));

  for (guint n = 0; n < n_items; n++) {
    JkDeskItem *item = jk_desk_get_item (self->desk, n);
    g_autofree char *answer = dup_answer (item);
    /* Translators: number of an item, and what was answered. zh: 第 %u 题　%s */
    g_autofree char *text = g_strdup_printf (_ ("%u: %s"), n + 1, answer);
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    if (!jk_desk_item_is_answered (item))
      gtk_widget_add_css_class (label, "hint");
    gtk_box_append (self->answers, label);
  }
}

static void
dispose (GObject *object)
{
  JkReceiptPage *self = JK_RECEIPT_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_RECEIPT_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_receipt_page_parent_class)->dispose (object);
}

static void
jk_receipt_page_class_init (JkReceiptPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_QR_VIEW);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/receipt-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, headline);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, next);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, copied);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, receipt);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, code);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, qr);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, seat);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, name);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, answered);
  gtk_widget_class_bind_template_child (widget_class, JkReceiptPage, answers);
}

static void
jk_receipt_page_init (JkReceiptPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_receipt_page_new (JkDesk *desk)
{
  JkReceiptPage *self = g_object_new (JK_TYPE_RECEIPT_PAGE, NULL);
  const JkPerson *person = jk_desk_get_person (desk);
  g_autofree char *answered = g_strdup_printf ("%u / %u",
                                               jk_desk_get_n_answered (desk),
                                               g_list_model_get_n_items (jk_desk_get_items (desk)));

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->seat, jk_desk_get_label (desk));
  gtk_label_set_text (self->name, person != NULL ? person->name : "");
  gtk_label_set_text (self->answered, answered);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->qr),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: zh: 回执二维码，与回执码一致 */
                                  _ ("QR code of the receipt; says the same as the code"),
                                  -1);
  list_answers (self);
  if (look_again (self))
    self->timer = g_timeout_add_seconds (1, look_again, self);
  return GTK_WIDGET (self);
}
