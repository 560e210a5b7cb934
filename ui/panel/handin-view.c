/* SPDX-License-Identifier: Apache-2.0 */
/* panel/handin-view.c: see the header. */
#include "panel/handin-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/first-focus.h"
#include "common/in-sight.h"
#include "common/paragraph.h"
#include "common/problem.h"
#include "common/style-class.h"
#include "common/wrap-layout.h"
#include "panel/handin-text.h"
#include "panel/refusal.h"
#include "panel/signers.h"

#include <glib/gi18n.h>

#define LINE_CHARS 60u
#define WORD "word" /* of a choice: what it says */

struct _JkHandinView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;
  char *folder;
  GArray *words;     /* JkHandinWord: what was said */
  GHashTable *known; /* record to its choice “never seen”: those that were asked for */

  /* Of the template */
  GtkScrolledWindow *scroll;
  GtkWidget *back, *sum_box, *asked_box, *sign_box, *done_box, *look, *sign;
  JkParagraph *why_not;
  GtkBox *asked, *findings;
  GtkLabel *code;
  JkParagraph *people, *balance, *without_slip, *written, *orders, *problem;
  GtkCheckButton *compared, *alone;
  JkSigners *signers;

  /* Plain */
  gboolean is_ready;
};

G_DEFINE_FINAL_TYPE (JkHandinView, jk_handin_view, GTK_TYPE_WIDGET)

static const struct {
  JkSeatState state;
  const char *word;
} choices[] = {
  /* Translators: zh: 缺考 */
  { JK_SEAT_ABSENT, N_ ("Absent") },
  /* Translators: nobody came, and nobody marked it. zh: 未到 */
  { JK_SEAT_NEVER_SEEN, N_ ("Never seen") },
  /* Translators: zh: 因病离场 */
  { JK_SEAT_LEFT_ILL, N_ ("Left for illness") },
  /* Translators: the answers are not in hand. zh: 答卷遗失 */
  { JK_SEAT_LOST, N_ ("Result lost") },
};

static void
refresh (JkHandinView *self)
{
  gboolean is_busy = jk_desk_is_busy (self->desk);
  gboolean is_done = gtk_widget_get_visible (self->done_box);

  gtk_widget_set_visible (self->sign_box, self->is_ready && !is_done);
  gtk_widget_set_visible (self->sign, !is_done);
  gtk_widget_set_visible (self->look, !is_done);
  gtk_widget_set_sensitive (self->sign, self->is_ready && !is_busy);
  gtk_widget_set_sensitive (self->look, !is_busy);
}

/* Why it cannot be signed now; NULL: it can, or that is told elsewhere. */
static void
set_ready (JkHandinView *self, gboolean is_ready, const char *why_not)
{
  self->is_ready = is_ready;
  jk_paragraph_set_text (self->why_not, why_not);
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), why_not != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  why_not != NULL ? why_not : "",
                                  -1);
  refresh (self);
}

/* What was said of a record; NULL: nothing. */
static JkHandinWord *
find_word (JkHandinView *self, guint32 record)
{
  for (guint n = 0; n < self->words->len; n++) {
    JkHandinWord *word = &g_array_index (self->words, JkHandinWord, n);
    if (word->record == record)
      return word;
  }
  return NULL;
}

static void
say (JkHandinView *self, guint32 record, JkSeatState state)
{
  const JkHandinWord word = { record, state };
  JkHandinWord *said = find_word (self, record);

  if (said != NULL)
    *said = word;
  else
    g_array_append_val (self->words, word);
}

/* What is said counts once the folder was looked through with it. */
static void
on_chosen (GtkCheckButton *choice, JkHandinView *self)
{
  guint32 record = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "record"));
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), WORD));

  if (!gtk_check_button_get_active (choice))
    return;
  say (self, record, choices[n].state);
  /* Translators: zh: 说明有变动：请先点“重新核对”，然后签署。 */
  set_ready (self, FALSE, _ ("What is said has changed: look through again before it is signed."));
}

static void
on_rest (JkHandinView *self)
{
  GHashTableIter each;
  gpointer record, choice;

  g_hash_table_iter_init (&each, self->known);
  while (g_hash_table_iter_next (&each, &record, &choice)) {
    if (find_word (self, GPOINTER_TO_UINT (record)) == NULL)
      gtk_check_button_set_active (choice, TRUE);
  }
}

static GtkWidget *
make_choice (JkHandinView *self, const JkHandinPerson *person, guint n, GtkWidget *group)
{
  GtkWidget *choice = g_object_new (GTK_TYPE_CHECK_BUTTON,
                                    "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO,
                                    "label",
                                    _ (choices[n].word),
                                    NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", _ (choices[n].word), person->name);

  g_object_set_data (G_OBJECT (choice), "record", GUINT_TO_POINTER (person->record));
  g_object_set_data (G_OBJECT (choice), WORD, GUINT_TO_POINTER (n));
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (choice, "toggled", G_CALLBACK (on_chosen), self);
  return choice;
}

static char *
dup_name (const JkHandinPerson *person)
{
  return person->seat[0] != '\0' ? g_strdup_printf ("%s  %s", person->seat, person->name)
                                 : g_strdup (person->name);
}

static void
ask (JkHandinView *self, const JkHandinPerson *person)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *name = dup_name (person);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *group = NULL;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "datum");
  gtk_widget_set_layout_manager (line, g_object_new (JK_TYPE_WRAP_LAYOUT, NULL));
  for (guint n = 0; n < G_N_ELEMENTS (choices); n++) {
    GtkWidget *choice = make_choice (self, person, n, group);
    group = group != NULL ? group : choice;
    gtk_box_append (GTK_BOX (line), choice);
    if (choices[n].state == JK_SEAT_NEVER_SEEN)
      g_hash_table_insert (self->known, GUINT_TO_POINTER (person->record), choice);
  }
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (self->asked, row);
}

static gboolean
is_among (const GPtrArray *people, guint32 record)
{
  for (guint n = 0; n < people->len; n++) {
    const JkHandinPerson *person = g_ptr_array_index (people, n);
    if (person->record == record)
      return TRUE;
  }
  return FALSE;
}

/* Of whom a file tells by now, nobody is asked any more. */
static void
forget_explained (JkHandinView *self, const GPtrArray *people)
{
  GHashTableIter each;
  gpointer record, choice;

  g_hash_table_iter_init (&each, self->known);
  while (g_hash_table_iter_next (&each, &record, &choice)) {
    if (is_among (people, GPOINTER_TO_UINT (record)) ||
        find_word (self, GPOINTER_TO_UINT (record)) != NULL)
      continue;
    gtk_box_remove (self->asked, gtk_widget_get_parent (gtk_widget_get_parent (choice)));
    g_hash_table_iter_remove (&each);
  }
}

/* Of whom something was said stays, so that it can be changed. */
static void
ask_for (JkHandinView *self, const GPtrArray *people)
{
  forget_explained (self, people);
  for (guint n = 0; n < people->len; n++) {
    const JkHandinPerson *person = g_ptr_array_index (people, n);
    if (!g_hash_table_contains (self->known, GUINT_TO_POINTER (person->record)))
      ask (self, person);
  }
  gtk_widget_set_visible (self->asked_box, g_hash_table_size (self->known) > 0);
}

static void
show_counts (JkHandinView *self, const JkHandin *handin)
{
  gboolean is_even = jk_handin_text_is_even (handin);
  g_autofree char *people = jk_handin_text_dup_people (handin);
  g_autofree char *balance = jk_handin_text_dup_balance (handin);

  jk_paragraph_set_text (self->people, people);
  jk_paragraph_set_text (self->balance, balance);
  jk_style_class_set (GTK_WIDGET (self->balance), "problem", !is_even && handin->is_ready);
  jk_style_class_set (GTK_WIDGET (self->balance), "done", is_even && handin->is_ready);
  gtk_widget_set_visible (self->sum_box, TRUE);
}

/* Either each was collected at its PC with the slip, or all were compared by eye. */
static void
show_without_slip (JkHandinView *self, const JkHandin *handin)
{
  const GPtrArray *people = handin->without_slip;
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean is_said = gtk_check_button_get_active (self->compared);

  gtk_widget_set_visible (GTK_WIDGET (self->compared), handin->n_shown > 0 || is_said);
  gtk_widget_set_visible (GTK_WIDGET (self->without_slip), people->len > 0);
  if (people->len == 0)
    return;
  for (guint n = 0; n < people->len; n++) {
    g_autofree char *name = dup_name (g_ptr_array_index (people, n));
    /* Translators: between names of people. zh: 、 */
    g_string_append_printf (names, "%s%s", n > 0 ? _ (", ") : "", name);
  }
  g_autofree char *text = g_strdup_printf (
      /* Translators: zh: 尚未核对回执：%s。 */
      _ ("Receipt not compared yet: %s."),
      names->str);
  jk_paragraph_set_text (self->without_slip, text);
}

static void
show_findings (JkHandinView *self, const JkHandin *handin)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);
  for (guint n = 0; handin->has_news && n < handin->findings->len; n++) {
    GtkWidget *line = jk_paragraph_new (g_ptr_array_index (handin->findings, n));
    g_object_set (line, "max-chars", LINE_CHARS, NULL);
    gtk_widget_add_css_class (line, "problem");
    gtk_box_append (self->findings, line);
  }
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkHandinView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkHandin) handin = jk_panel_read_handin_finish (JK_PANEL (source), result, &error);

  /* The panel was closed meanwhile. */
  if (self->problem == NULL)
    return;
  if (handin == NULL) {
    g_autofree char *sentence = jk_refusal_dup (error);
    jk_problem_tell (self->problem, sentence);
    return;
  }
  g_autofree char *why_not = jk_handin_text_dup_why_not (handin);
  show_counts (self, handin);
  show_without_slip (self, handin);
  ask_for (self, handin->unexplained);
  show_findings (self, handin);
  set_ready (self, handin->is_ready, why_not);
  if (!handin->is_ready) {
    jk_announce (GTK_WIDGET (self), why_not);
    return;
  }
  jk_announce (GTK_WIDGET (self), jk_paragraph_get_text (self->balance));
  jk_signers_grab_focus (self->signers);
}

static JkHandinSaid
get_said (JkHandinView *self)
{
  return (JkHandinSaid){
    .words = (const JkHandinWord *) (gconstpointer) self->words->data,
    .n_words = self->words->len,
    .are_slips_compared = gtk_check_button_get_active (self->compared),
  };
}

static void
look_through (JkHandinView *self)
{
  jk_problem_tell (self->problem, NULL);
  const JkHandinSaid said = get_said (self);
  jk_panel_read_handin_async (self->panel, self->folder, &said, looked, g_object_ref (self));
}

static void
on_compared (JkHandinView *self)
{
  set_ready (self, FALSE, NULL);
  if (!jk_desk_is_busy (self->desk))
    look_through (self);
}

static void
on_look (JkHandinView *self)
{
  if (!jk_desk_is_busy (self->desk))
    look_through (self);
}

static void
was_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkHandinView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkHandinSheet) sheet = jk_panel_sign_handin_finish (JK_PANEL (source), result, &error);

  if (self->problem == NULL)
    return;
  if (sheet == NULL) {
    JkRoleName refused = jk_panel_get_refused_role (self->panel, result);
    g_autofree char *sentence = jk_refusal_dup_of (error, refused);
    jk_problem_tell (self->problem, sentence);
    jk_signers_refuse (self->signers, refused);
    return;
  }
  jk_signers_clear (self->signers);
  /* Translators: a closing sheet was written. zh: 收卷单已写入并核对：%s */
  g_autofree char *written =
      g_strdup_printf (_ ("The closing sheet is written and read back: %s"), sheet->name);
  /* Translators: zh: 可以拔出优盘。 */
  const char *stick = _ ("The stick may be removed now.");
  g_autofree char *told = g_strdup_printf ("%s\n%s", written, stick);
  jk_paragraph_set_text (self->written, told);
  gtk_label_set_text (self->code, sheet->code);
  gtk_widget_set_visible (GTK_WIDGET (self->orders), sheet->n_orders > 0);
  gtk_widget_set_visible (self->done_box, TRUE);
  gtk_widget_set_visible (self->asked_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->compared), FALSE);
  refresh (self);
  jk_announce (GTK_WIDGET (self), written);
  gtk_widget_grab_focus (self->back);
}

static void
on_sign (JkHandinView *self)
{
  const char *sentence;
  GtkWidget *missing = jk_signers_find_missing (self->signers, &sentence);

  if (jk_desk_is_busy (self->desk))
    return;
  if (missing != NULL) {
    jk_problem_tell (self->problem, sentence);
    gtk_widget_grab_focus (missing);
    return;
  }
  g_autoptr (JkSecret) again = jk_signers_dup_again (self->signers);
  g_autoptr (JkSecret) second = jk_signers_dup_second (self->signers);
  const JkHandinSigning signing = {
    .folder = self->folder,
    .said = get_said (self),
    .again = (const char *) jk_secret_get (again),
    .second_passcode = (const char *) jk_secret_get (second),
    .second = jk_signers_get_second (self->signers),
    .alone = gtk_check_button_get_active (self->alone),
  };
  jk_problem_tell (self->problem, NULL);
  jk_panel_sign_handin_async (self->panel, &signing, was_signed, g_object_ref (self));
}

static void
dispose (GObject *object)
{
  JkHandinView *self = JK_HANDIN_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->panel);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_HANDIN_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_handin_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/handin-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, back);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, sum_box);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, people);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, balance);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, without_slip);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, compared);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, asked_box);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, asked);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, findings);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, sign_box);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, signers);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, alone);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, done_box);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, written);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, code);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, orders);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, problem);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, why_not);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, look);
  gtk_widget_class_bind_template_child (widget_class, JkHandinView, sign);
  gtk_widget_class_bind_template_callback (widget_class, on_compared);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
  gtk_widget_class_bind_template_callback (widget_class, on_rest);
  gtk_widget_class_bind_template_callback (widget_class, on_sign);
}

static void
jk_handin_view_class_init (JkHandinViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_SIGNERS);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  bind_template (widget_class);
}

static void
jk_handin_view_init (JkHandinView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jk_in_sight_keep_focus (self->scroll);
  self->words = g_array_new (FALSE, FALSE, sizeof (JkHandinWord));
  self->known = g_hash_table_new (NULL, NULL);
}

GtkWidget *
jk_handin_view_new (JkDesk *desk, JkPanel *panel, const char *folder)
{
  JkHandinView *self = g_object_new (JK_TYPE_HANDIN_VIEW, NULL);
  JkRoleName role = jk_panel_get_role (panel);

  self->desk = g_object_ref (desk);
  self->panel = g_object_ref (panel);
  self->folder = g_strdup (folder);
  jk_signers_ask (self->signers, jk_desk_get_session (desk), role, TRUE, TRUE, 1u << role);
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  jk_first_focus_set (GTK_WIDGET (self), self->look);
  set_ready (self, FALSE, NULL);
  look_through (self);
  return GTK_WIDGET (self);
}
