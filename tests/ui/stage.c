/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/locale.h"
#include "common/paragraph.h"
#include "common/theme.h"
#include "crypto/guard.h"

#include <stdio.h>

gboolean
jk_stage_open (void)
{
  if (!jk_guard_init (NULL))
    return FALSE;
  jk_locale_init (JK_LANGUAGE_ENGLISH);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    printf ("1..0 # SKIP no display\n");
    return FALSE;
  }
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return TRUE;
}

void
jk_stage_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static gboolean
stop (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

void
jk_stage_wait_ms (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, stop, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

GtkWindow *
jk_stage_show (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  JkTheme *theme = jk_theme_new (gdk_display_get_default ());

  g_object_set_data_full (G_OBJECT (window), "theme", theme, g_object_unref);
  jk_theme_follow (theme, GTK_WIDGET (window));
  gtk_window_set_default_size (window, 1280, 800);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  for (guint n = 0; n < 500 && gtk_widget_get_width (widget) == 0; n++)
    jk_stage_wait_ms (10);
  assert_true (gtk_widget_get_mapped (widget));
  jk_stage_settle ();
  return window;
}

void
jk_stage_close (GtkWindow *window)
{
  gtk_window_destroy (window);
  jk_stage_settle ();
}

static const char *
get_text (GtkWidget *widget)
{
  if (JK_IS_PARAGRAPH (widget))
    return jk_paragraph_get_text (JK_PARAGRAPH (widget));
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
}

static GtkWidget *
find (GtkWidget *root, const char *text, gboolean is_part)
{
  const char *own = get_text (root);

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (own != NULL && (is_part ? strstr (own, text) != NULL : g_str_equal (own, text)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, text, is_part);
    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
jk_stage_find (GtkWidget *root, const char *text)
{
  return find (root, text, FALSE);
}

gboolean
jk_stage_reads (GtkWidget *root, const char *part)
{
  return find (root, part, TRUE) != NULL;
}

GtkWidget *
jk_stage_find_button (GtkWidget *root, const char *label)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = jk_stage_find_button (child, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

void
jk_stage_click (GtkWidget *root, const char *label)
{
  GtkWidget *widget = jk_stage_find_button (root, label);

  if (widget == NULL)
    fail_msg ("nothing is called %s", label);
  if (!gtk_widget_is_sensitive (widget))
    fail_msg ("%s takes no click", label);
  g_signal_emit_by_name (widget, "clicked");
  jk_stage_settle ();
}

gboolean
jk_stage_has_focus (GtkWindow *window, const char *label)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL && g_strcmp0 (get_text (focus), label) == 0;
}

static GtkWidget *
find_entry (GtkWidget *root, guint *n)
{
  if (!gtk_widget_get_mapped (root) || (GTK_IS_ENTRY (root) && (*n)-- == 0))
    return gtk_widget_get_mapped (root) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_entry (child, n);
    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkEntry *
jk_stage_find_entry (GtkWidget *root, guint n)
{
  GtkWidget *found = find_entry (root, &n);

  if (found == NULL)
    fail_msg ("there are not so many entries");
  return GTK_ENTRY (found);
}

void
jk_stage_type (GtkEntry *entry, const char *text)
{
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    int end = (int) g_utf8_strlen (gtk_editable_get_text (inner), -1);
    gtk_editable_insert_text (inner, at, (int) (g_utf8_next_char (at) - at), &end);
    gtk_editable_set_position (inner, end);
  }
  jk_stage_settle ();
}
