/* SPDX-License-Identifier: Apache-2.0 */
/* common/secret-entry.c: an entry for what nobody else may read. */
#include "common/secret-entry.h"

#include <string.h>

#define DOT "•"
#define BYTES_PER_CHAR 4
#define BYTES (JK_SECRET_ENTRY_CHARS_MAX * BYTES_PER_CHAR + 1)

struct _JkSecretEntry {
  GtkEntry parent_instance;

  /* Owned */
  JkSecret *secret; /* BYTES, zero-terminated UTF-8 */

  /* Borrowed */
  GtkEditable *text; /* the GtkText inside */

  /* Plain */
  gboolean is_shown;
};

G_DEFINE_FINAL_TYPE (JkSecretEntry, jk_secret_entry, GTK_TYPE_ENTRY)

enum {
  PROP_0,
  PROP_SHOWN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static char *
get_secret (JkSecretEntry *self)
{
  return (char *) jk_secret_get_mutable (self->secret);
}

/* How many bytes of text are whole characters that still fit and are no control characters. */
static gsize
measure_fit (JkSecretEntry *self, const char *text, gsize size, glong *out_chars)
{
  glong room = JK_SECRET_ENTRY_CHARS_MAX - g_utf8_strlen (get_secret (self), -1);
  const char *at = text;

  *out_chars = 0;
  while (at < text + size && *out_chars < room && !g_unichar_iscntrl (g_utf8_get_char (at))) {
    at = g_utf8_next_char (at);
    ++*out_chars;
  }
  return (gsize) (at - text);
}

static void
insert_text (GtkEditable *text, const char *typed, int length, int *position, JkSecretEntry *self);

/* What GTK is given in place of what was typed. */
static void
insert_shadow (JkSecretEntry *self, const char *typed, gsize size, glong chars, int *position)
{
  g_autoptr (GString) shadow = g_string_new (NULL);

  for (glong n = 0; n < chars; n++)
    g_string_append (shadow, DOT);
  g_signal_handlers_block_by_func (self->text, insert_text, self);
  if (self->is_shown)
    gtk_editable_insert_text (self->text, typed, (int) size, position);
  else
    gtk_editable_insert_text (self->text, shadow->str, (int) shadow->len, position);
  g_signal_handlers_unblock_by_func (self->text, insert_text, self);
}

static void
insert_text (GtkEditable *text, const char *typed, int length, int *position, JkSecretEntry *self)
{
  char *secret = get_secret (self);
  glong chars;
  gsize size = measure_fit (self, typed, length < 0 ? strlen (typed) : (gsize) length, &chars);
  char *at = g_utf8_offset_to_pointer (secret, *position);

  g_signal_stop_emission_by_name (text, "insert-text");
  if (chars == 0)
    return;
  memmove (at + size, at, strlen (at) + 1);
  memcpy (at, typed, size);
  insert_shadow (self, typed, size, chars, position);
}

static void
delete_text (GtkEditable *text, int start, int end, JkSecretEntry *self)
{
  char *secret = get_secret (self);
  glong chars = g_utf8_strlen (secret, -1);

  if (end < 0 || end > chars)
    end = (int) chars;
  if (start >= end)
    return;
  char *from = g_utf8_offset_to_pointer (secret, start);
  const char *rest = g_utf8_offset_to_pointer (secret, end);
  memmove (from, rest, strlen (rest) + 1);
  /* What moved up leaves its tail behind. */
  gsize used = strlen (secret);
  jk_wipe (secret + used, BYTES - used);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWN)
    g_value_set_boolean (value, JK_SECRET_ENTRY (object)->is_shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWN)
    jk_secret_entry_set_shown (JK_SECRET_ENTRY (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  JkSecretEntry *self = JK_SECRET_ENTRY (object);

  if (self->text != NULL) {
    g_signal_handlers_disconnect_by_data (self->text, self);
    self->text = NULL;
  }
  G_OBJECT_CLASS (jk_secret_entry_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  jk_secret_free (JK_SECRET_ENTRY (object)->secret);
  G_OBJECT_CLASS (jk_secret_entry_parent_class)->finalize (object);
}

static void
jk_secret_entry_class_init (JkSecretEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  props[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  g_object_class_install_property (object_class, PROP_SHOWN, props[PROP_SHOWN]);
}

static void
jk_secret_entry_init (JkSecretEntry *self)
{
  self->secret = jk_secret_new (BYTES);
  self->text = gtk_editable_get_delegate (GTK_EDITABLE (self));
  gtk_editable_set_enable_undo (self->text, FALSE);
  g_signal_connect (self->text, "insert-text", G_CALLBACK (insert_text), self);
  g_signal_connect (self->text, "delete-text", G_CALLBACK (delete_text), self);
}

GtkWidget *
jk_secret_entry_new (void)
{
  return g_object_new (JK_TYPE_SECRET_ENTRY, NULL);
}

JkSecret *
jk_secret_entry_dup_secret (JkSecretEntry *self)
{
  g_return_val_if_fail (JK_IS_SECRET_ENTRY (self), NULL);
  return jk_secret_new_copy (get_secret (self), strlen (get_secret (self)) + 1);
}

gboolean
jk_secret_entry_is_empty (JkSecretEntry *self)
{
  g_return_val_if_fail (JK_IS_SECRET_ENTRY (self), TRUE);
  return get_secret (self)[0] == '\0';
}

void
jk_secret_entry_clear (JkSecretEntry *self)
{
  g_return_if_fail (JK_IS_SECRET_ENTRY (self));
  gtk_editable_delete_text (self->text, 0, -1);
}

gboolean
jk_secret_entry_may_show (void)
{
  return g_strcmp0 (g_getenv ("GTK_A11Y"), "none") == 0;
}

void
jk_secret_entry_set_shown (JkSecretEntry *self, gboolean is_shown)
{
  g_return_if_fail (JK_IS_SECRET_ENTRY (self));
  is_shown = is_shown && jk_secret_entry_may_show ();
  int position = gtk_editable_get_position (self->text), end = 0;

  if (is_shown == self->is_shown)
    return;
  self->is_shown = is_shown;
  g_autoptr (JkSecret) secret = jk_secret_entry_dup_secret (self);
  const char *typed = (const char *) jk_secret_get (secret);
  jk_secret_entry_clear (self);
  gtk_editable_insert_text (self->text, typed, -1, &end);
  gtk_editable_set_position (self->text, position);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN]);
}
