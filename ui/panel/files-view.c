/* SPDX-License-Identifier: Apache-2.0 */
/* panel/files-view.c: see the header. */
#include "panel/files-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/first-focus.h"
#include "common/paragraph.h"
#include "common/style-class.h"
#include "common/wrap-layout.h"
#include "desk/folder.h"
#include "desk/forms.h"
#include "desk/moving.h"
#include "desk/places.h"
#include "panel/ready-words.h"
#include "panel/refusal.h"

#include <glib/gi18n.h>

#define LINE_CHARS 60u

struct _JkFilesView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;
  GCancellable *stopper; /* of what is under way; NULL: nothing is */

  /* Of the template */
  GtkWidget *back, *again, *load, *copy, *move_out, *move_in, *handin, *forms, *stop, *progress;
  JkReadyWords *folder;
  JkParagraph *told;
  GtkBox *lines;
};

G_DEFINE_FINAL_TYPE (JkFilesView, jk_files_view, GTK_TYPE_WIDGET)

static void
tell (JkFilesView *self, const char *sentence, gboolean is_problem)
{
  jk_paragraph_set_text (self->told, sentence);
  jk_style_class_set (GTK_WIDGET (self->told), "problem", is_problem);
  jk_style_class_set (GTK_WIDGET (self->told), "done", !is_problem);
  gtk_widget_set_visible (GTK_WIDGET (self->told), sentence != NULL);
  if (sentence != NULL)
    jk_announce (GTK_WIDGET (self), sentence);
}

static void
tell_error (JkFilesView *self, const GError *error)
{
  g_autofree char *sentence = jk_refusal_dup (error);

  tell (self, sentence, TRUE);
}

static void
clear_lines (JkFilesView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
}

static void
refresh (JkFilesView *self)
{
  gboolean is_open = jk_panel_get_role (self->panel) != 0;
  gboolean is_at_it = self->stopper != NULL;

  gtk_widget_set_visible (self->copy, is_open);
  gtk_widget_set_visible (self->move_out, is_open);
  gtk_widget_set_visible (self->move_in, is_open);
  gtk_widget_set_visible (self->handin, is_open);
  gtk_widget_set_visible (self->forms, is_open);
  gtk_widget_set_visible (self->stop, is_at_it);
  gtk_widget_set_visible (self->progress, is_at_it);
  gtk_widget_set_sensitive (self->load, !is_at_it);
  gtk_widget_set_sensitive (self->copy, !is_at_it);
  gtk_widget_set_sensitive (self->move_out, !is_at_it);
  gtk_widget_set_sensitive (self->move_in, !is_at_it);
  gtk_widget_set_sensitive (self->handin, !is_at_it);
  gtk_widget_set_sensitive (self->forms, !is_at_it);
}

static gboolean
is_loaded (const JkFolderLine *line)
{
  return line->fate == JK_FOLDER_TAKEN || line->fate == JK_FOLDER_KNOWN;
}

static void
add_line (JkFilesView *self, const JkFolderLine *line)
{
  static const char *const fates[] = {
    /* Translators: a file was loaded or copied. zh: 完成 */
    [JK_FOLDER_TAKEN] = N_ ("done"),
    /* Translators: a file was there before. zh: 已有 */
    [JK_FOLDER_KNOWN] = N_ ("there already"),
    /* Translators: a file was not loaded or copied. zh: 有问题 */
    [JK_FOLDER_FAULTY] = N_ ("trouble"),
    /* Translators: an order. zh: 该指令已执行过，不再重复执行 */
    [JK_FOLDER_OBEYED] = N_ ("carried out before; not again"),
    /* Translators: an order. zh: 该指令用于其他考试机或其他考生 */
    [JK_FOLDER_ELSEWHERE] = N_ ("for another PC or another candidate"),
    /* Translators: an order to copy. zh: 暂不执行：开放登录后再装入一次 */
    [JK_FOLDER_EARLY] = N_ ("not yet: load it again when log-in is open"),
    /* Translators: of who moves. zh: 换机文件，请打开面板，点“在本机续考（换机）” */
    [JK_FOLDER_CAPSULE] = N_ ("somebody moves: open the panel, “Go on here after a move”"),
  };
  g_autofree char *text =
      line->sentence == NULL
          ? g_strdup_printf ("%s: %s", line->name, _ (fates[line->fate]))
          : g_strdup_printf ("%s: %s\n%s", line->name, _ (fates[line->fate]), line->sentence);
  GtkWidget *paragraph = jk_paragraph_new (text);

  g_object_set (paragraph, "max-chars", LINE_CHARS, NULL);
  jk_style_class_set (paragraph, "problem", line->fate == JK_FOLDER_FAULTY);
  jk_style_class_set (paragraph, "notice", line->fate == JK_FOLDER_CAPSULE);
  gtk_box_append (self->lines, paragraph);
}

/* All that comes from a folder was copied before it was taken, and all that goes there was read
 * back. */
static char *
dup_with_stick (const char *sentence)
{
  /* Translators: zh: 可以拔出优盘。 */
  return g_strdup_printf ("%s\n%s", sentence, _ ("The stick may be removed now."));
}

static void
tell_lines (JkFilesView *self, GPtrArray *lines)
{
  guint n_faulty = 0, n_loaded = 0;

  for (guint n = 0; n < lines->len; n++) {
    const JkFolderLine *line = g_ptr_array_index (lines, n);
    add_line (self, line);
    n_faulty += line->fate == JK_FOLDER_FAULTY;
    n_loaded += is_loaded (line);
  }
  if (n_faulty == 0 && n_loaded < lines->len) {
    g_autofree char *see = g_strdup_printf (
        /* Translators: zh: 共 %u 个文件，已装入 %u 个；其余未装入，原因见下。 */
        _ ("Files: %u; loaded: %u. The others were not, for the reasons below."),
        lines->len,
        n_loaded);
    tell (self, see, FALSE);
    jk_style_class_set (GTK_WIDGET (self->told), "done", FALSE);
    return;
  }
  if (n_faulty == 0) {
    g_autofree char *all = g_strdup_printf (
        /* Translators: zh: 全部完成，共 %u 个文件。 */
        ngettext ("All done: %u file.", "All done: %u files.", lines->len),
        lines->len);
    g_autofree char *told = dup_with_stick (all);
    tell (self, told, FALSE);
    return;
  }
  g_autofree char *some = g_strdup_printf (
      /* Translators: zh: 共 %u 个文件，其中 %u 个有问题，见下。其余已完成，可重做。 */
      _ ("Files: %u; with trouble: %u, see below. The rest is done, and you can do it again."),
      lines->len,
      n_faulty);
  tell (self, some, TRUE);
}

/* lines (NULL: error says why) of something that has ended; nothing when the panel was closed. */
static void
tell_end (JkFilesView *self, GPtrArray *lines, const GError *error)
{
  g_clear_object (&self->stopper);
  if (self->lines == NULL)
    return;
  refresh (self);
  if (lines != NULL)
    tell_lines (self, lines);
  else
    tell_error (self, error);
}

static void
folder_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = jk_desk_folder_finish (JK_DESK (source), result, &error);

  tell_end (self, lines, error);
}

static void
forms_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = jk_panel_write_forms_finish (JK_PANEL (source), result, &error);

  tell_end (self, lines, error);
}

static void
show_progress (const char *name, guint64 done, guint64 total, gpointer user_data)
{
  JkFilesView *self = user_data;

  if (self->progress == NULL)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 total > 0 ? (double) done / (double) total : 0);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), name);
}

/* The folder that is named; NULL, and asked for, when there is none. */
static const char *
begin (JkFilesView *self)
{
  const char *folder = jk_ready_words_get_text (self->folder);

  clear_lines (self);
  tell (self, NULL, FALSE);
  if (folder[0] == '\0') {
    /* Translators: zh: 请选择优盘，或输入文件夹路径。 */
    tell (self, _ ("Choose a stick, or type the path of a folder."), TRUE);
    gtk_widget_grab_focus (jk_ready_words_get_entry (self->folder));
    return NULL;
  }
  return folder;
}

/* jk_desk_load_async or jk_desk_copy_async. */
typedef void (*Carry) (JkDesk *desk,
                       const char *folder,
                       JkFolderProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

static void
carry (JkFilesView *self, Carry carry_async)
{
  const char *folder = begin (self);

  if (folder == NULL)
    return;
  self->stopper = g_cancellable_new ();
  carry_async (self->desk,
               folder,
               show_progress,
               self,
               self->stopper,
               folder_ended,
               g_object_ref (self));
  refresh (self);
}

static void
on_load (JkFilesView *self)
{
  carry (self, jk_desk_load_async);
}

static void
on_copy (JkFilesView *self)
{
  carry (self, jk_desk_copy_async);
}

static void
moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gboolean ok = jk_panel_move_finish (JK_PANEL (source), result, &name, &error);

  if (self->lines == NULL)
    return;
  if (!ok) {
    tell_error (self, error);
    return;
  }
  /* Translators: a file of a candidate who changes PC. zh: 完成：%s */
  g_autofree char *sentence = g_strdup_printf (_ ("Done: %s"), name);
  g_autofree char *told = dup_with_stick (sentence);
  tell (self, told, FALSE);
}

static void
on_move_out (JkFilesView *self)
{
  const char *folder = begin (self);

  if (folder != NULL)
    jk_panel_move_out_async (self->panel, folder, JK_ORDER_EVERY, moved, g_object_ref (self));
}

static void
on_move_in (JkFilesView *self)
{
  const char *folder = begin (self);

  if (folder != NULL)
    jk_panel_move_in_async (self->panel, folder, JK_ORDER_EVERY, moved, g_object_ref (self));
}

static void
on_handin (JkFilesView *self)
{
  const char *folder = begin (self);

  if (folder != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "panel.handin", "^ay", folder);
}

static void
on_forms (JkFilesView *self)
{
  const char *folder = begin (self);

  if (folder != NULL)
    jk_panel_write_forms_async (self->panel, folder, forms_ended, g_object_ref (self));
}

static void
on_stop (JkFilesView *self)
{
  g_cancellable_cancel (self->stopper);
}

static void
on_again (JkFilesView *self)
{
  g_autoptr (GPtrArray) places = jk_places_find ();

  g_ptr_array_add (places, NULL);
  jk_ready_words_offer (self->folder,
                        /* Translators: zh: 优盘或文件夹 */
                        _ ("Stick, or path of a folder"),
                        (const char *const *) places->pdata);
}

static void
dispose (GObject *object)
{
  JkFilesView *self = JK_FILES_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->panel);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_FILES_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_files_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, back);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, again);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, load);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, copy);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, move_out);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, move_in);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, handin);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, forms);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, stop);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, progress);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, folder);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, told);
  gtk_widget_class_bind_template_child (widget_class, JkFilesView, lines);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_load);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_move_out);
  gtk_widget_class_bind_template_callback (widget_class, on_move_in);
  gtk_widget_class_bind_template_callback (widget_class, on_handin);
  gtk_widget_class_bind_template_callback (widget_class, on_forms);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
jk_files_view_class_init (JkFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_READY_WORDS);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  bind_template (widget_class);
}

static void
jk_files_view_init (JkFilesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_files_view_new (JkDesk *desk, JkPanel *panel, const char *next)
{
  JkFilesView *self = g_object_new (JK_TYPE_FILES_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->panel = g_object_ref (panel);
  on_again (self);
  refresh (self);
  if (next != NULL)
    tell (self, next, FALSE);
  jk_first_focus_set (GTK_WIDGET (self), jk_ready_words_get_entry (self->folder));
  return GTK_WIDGET (self);
}
