/* SPDX-License-Identifier: Apache-2.0 */
/* hello: the least of a program, for tests of what surrounds one. Full screen, a label with its
 * process number, an entry, and a button that ends it with the status in the entry. SIGTERM ends it
 * with 0, as it ends jikao. */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>

typedef struct {
  GtkApplication *application;
  GtkEntry *entry;
  int status;
} Hello;

static void
leave (Hello *hello)
{
  GtkEntryBuffer *buffer = gtk_entry_get_buffer (hello->entry);

  hello->status = atoi (gtk_entry_buffer_get_text (buffer));
  g_application_quit (G_APPLICATION (hello->application));
}

static gboolean
stop (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
activate (GtkApplication *application, Hello *hello)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *button = gtk_button_new_with_label ("Leave");
  g_autofree char *number = g_strdup_printf ("I am %d", (int) getpid ());

  hello->entry = GTK_ENTRY (gtk_entry_new ());
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (leave), hello);
  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (hello->entry));
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Hello");
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (void)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("cn.jikao.Hello", G_APPLICATION_NON_UNIQUE);
  Hello hello = { .application = application };

  g_unix_signal_add (SIGTERM, stop, application);
  g_signal_connect (application, "activate", G_CALLBACK (activate), &hello);
  int code = g_application_run (G_APPLICATION (application), 0, NULL);
  return code != 0 ? code : hello.status;
}
