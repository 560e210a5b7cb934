/* SPDX-License-Identifier: Apache-2.0 */
/* common/code-entry.c: an entry for a printed code. */
#include "common/code-entry.h"

#include "base/code.h"

#define GROUP 4
#define LETTERS_MAX 64
#define BITS_PER_LETTER 5
#define START_CODE_LETTERS                                                                         \
  (JK_START_CODE_BITS / BITS_PER_LETTER + 1) /* with the check character                           \
                                              */

struct _JkCodeEntry {
  GtkEntry parent_instance;

  /* Plain */
  guint letters;
  gboolean is_grouping;
};

G_DEFINE_FINAL_TYPE (JkCodeEntry, jk_code_entry, GTK_TYPE_ENTRY)

enum {
  PROP_0,
  PROP_LETTERS,
};

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
count_letters (const char *text)
{
  guint count = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
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
set_grouped (JkCodeEntry *self, const char *text, guint n_letters_before, int *out_position)
{
  g_autofree char *grouped = jk_code_entry_dup_grouped (text, self->letters);

  self->is_grouping = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), grouped);
  self->is_grouping = FALSE;
  *out_position = find_position (grouped, n_letters_before);
}

/* The whole is set anew; GTK takes the cursor from position when this returns. */
static void
insert_text (GtkEditable *inner, const char *typed, int size, int *position, JkCodeEntry *self)
{
  const char *text = gtk_editable_get_text (inner);
  const char *at = g_utf8_offset_to_pointer (text, *position);
  g_autoptr (GString) whole = g_string_new_len (text, at - text);

  if (self->is_grouping)
    return;
  g_signal_stop_emission_by_name (inner, "insert-text");
  g_string_append_len (whole, typed, size);
  guint before = count_letters (whole->str);
  g_string_append (whole, at);
  set_grouped (self, whole->str, before, position);
}

/* After a letter was taken away. */
static void
changed (JkCodeEntry *self)
{
  GtkEditable *editable = GTK_EDITABLE (self);
  g_autofree char *text = gtk_editable_get_chars (editable, 0, -1);
  g_autofree char *grouped = jk_code_entry_dup_grouped (text, self->letters);
  int position = gtk_editable_get_position (editable);

  if (self->is_grouping || g_str_equal (grouped, text))
    return;
  g_autofree char *before = gtk_editable_get_chars (editable, 0, position);
  set_grouped (self, text, count_letters (before), &position);
  gtk_editable_set_position (editable, position);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LETTERS)
    g_value_set_uint (value, JK_CODE_ENTRY (object)->letters);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LETTERS)
    JK_CODE_ENTRY (object)->letters = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
jk_code_entry_class_init (JkCodeEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  g_object_class_install_property (
      object_class,
      PROP_LETTERS,
      g_param_spec_uint ("letters",
                         NULL,
                         NULL,
                         1,
                         LETTERS_MAX,
                         START_CODE_LETTERS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
jk_code_entry_init (JkCodeEntry *self)
{
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self)),
                    "insert-text",
                    G_CALLBACK (insert_text),
                    self);
  g_signal_connect (self, "changed", G_CALLBACK (changed), NULL);
}

GtkWidget *
jk_code_entry_new (void)
{
  return g_object_new (JK_TYPE_CODE_ENTRY, NULL);
}
