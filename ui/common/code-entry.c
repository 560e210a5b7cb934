/* SPDX-License-Identifier: Apache-2.0 */
/* common/code-entry.c: an entry for a printed code. */
#include "common/code-entry.h"

#include "base/code.h"

#define GROUP 4
#define BITS_PER_LETTER 5
#define N_LETTERS (JK_START_CODE_BITS / BITS_PER_LETTER + 1) /* with the check character */

struct _JkCodeEntry {
  GtkEntry parent_instance;

  /* Plain */
  gboolean is_grouping;
};

G_DEFINE_FINAL_TYPE (JkCodeEntry, jk_code_entry, GTK_TYPE_ENTRY)

static gboolean
is_letter (gunichar c)
{
  return !g_unichar_isspace (c) && g_unichar_isalnum (c);
}

char *
jk_code_entry_dup_grouped (const char *typed, guint n_letters)
{
  g_return_val_if_fail (typed != NULL, NULL);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (!is_letter (c))
      continue;
    if (n > 0 && n % GROUP == 0 && n + 1 != n_letters)
      g_string_append_c (out, '-');
    g_string_append_unichar (out, g_unichar_toupper (c));
    n++;
  }
  return g_string_free (out, FALSE);
}

static guint
count_letters (const char *text, int n_chars)
{
  guint count = 0;

  for (int n = 0; n < n_chars && *text != '\0'; n++, text = g_utf8_next_char (text))
    count += is_letter (g_utf8_get_char (text)) ? 1 : 0;
  return count;
}

/* Where the cursor stands after so many letters. */
static int
find_position (const char *text, guint n_letters)
{
  int position = 0;

  for (; n_letters > 0 && *text != '\0'; position++, text = g_utf8_next_char (text))
    n_letters -= is_letter (g_utf8_get_char (text)) ? 1 : 0;
  return position;
}

static void
changed (JkCodeEntry *self)
{
  GtkEditable *editable = GTK_EDITABLE (self);
  const char *text = gtk_editable_get_text (editable);
  g_autofree char *grouped = jk_code_entry_dup_grouped (text, N_LETTERS);

  if (self->is_grouping || g_str_equal (grouped, text))
    return;
  guint before = count_letters (text, gtk_editable_get_position (editable));
  self->is_grouping = TRUE;
  gtk_editable_set_text (editable, grouped);
  gtk_editable_set_position (editable, find_position (grouped, before));
  self->is_grouping = FALSE;
}

static void
jk_code_entry_class_init (JkCodeEntryClass *klass)
{
}

static void
jk_code_entry_init (JkCodeEntry *self)
{
  g_signal_connect (self, "changed", G_CALLBACK (changed), NULL);
}

GtkWidget *
jk_code_entry_new (void)
{
  return g_object_new (JK_TYPE_CODE_ENTRY, NULL);
}
