/* SPDX-License-Identifier: Apache-2.0 */
/* tool/script.c: what a scripted candidate answers. */
#include "tool/script.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct _JkScript {
  /* Owned */
  GHashTable *masks; /* item id to mask; NULL: random */
  GRand *random;
  /* Plain */
  gboolean wrong;
};

/* Letters as a mask; FALSE at a letter that is no option. */
static gboolean
parse_letters (const char *letters, guint16 *out_mask)
{
  guint16 mask = 0;

  for (; *letters != '\0'; letters++) {
    if (*letters < 'A' || *letters >= 'A' + (int) JK_OPTIONS_MAX)
      return FALSE;
    mask |= (guint16) (1u << (*letters - 'A'));
  }
  *out_mask = mask;
  return TRUE;
}

char *
jk_script_dup_letters (guint16 mask)
{
  GString *letters = g_string_new (NULL);

  for (guint option = 0; option < JK_OPTIONS_MAX; option++) {
    if (mask & (1u << option))
      g_string_append_c (letters, (char) ('A' + option));
  }
  return g_string_free (letters, FALSE);
}

static gboolean
take_line (JkScript *self, const char *path, guint line, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "\t", 2);
  guint16 mask;

  if (g_strv_length (parts) != 2 || parts[0][0] == '\0' || !parse_letters (parts[1], &mask)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TEXT,
                 "%s: line %u is no answer; expected an item id, a tab and letters from A to H; "
                 "write the file with jikaoctl key show.",
                 path,
                 line);
    return FALSE;
  }
  if (g_hash_table_insert (self->masks, g_strdup (parts[0]), GUINT_TO_POINTER (mask)))
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_TEXT,
               "%s: line %u answers item %s again; expected each item once; remove one of them.",
               path,
               line,
               parts[0]);
  return FALSE;
}

JkScript *
jk_script_load (const JkStorage *storage, const char *path, gboolean wrong, GError **error)
{
  g_autoptr (JkScript) self = g_new0 (JkScript, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  self->wrong = wrong;
  self->masks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bytes = jk_storage_read (storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return NULL;
  text = jk_text_from_bytes (path, bytes, error);
  if (text == NULL)
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint n = 0; lines[n] != NULL; n++) {
    if (lines[n][0] != '\0' && !take_line (self, path, n + 1, lines[n], error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

JkScript *
jk_script_new_random (guint32 seed)
{
  JkScript *self = g_new0 (JkScript, 1);

  self->random = g_rand_new_with_seed (seed);
  return self;
}

void
jk_script_free (JkScript *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->masks, g_hash_table_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_free (self);
}

/* One option that is not right, or, where every option is right, all but one. */
static guint16
turn_wrong (const JkPaperItem *item, guint16 right)
{
  for (guint option = 0; option < item->n_options; option++) {
    if ((right & (1u << option)) == 0)
      return (guint16) (1u << option);
  }
  return (guint16) (right & ~1u);
}

guint16
jk_script_answer (JkScript *self, const JkPaperItem *item, const JkBlob *blob)
{
  guint16 mask;

  if (self->masks == NULL) {
    if (item->type == JK_ITEM_MULTIPLE)
      return (guint16) g_rand_int_range (self->random, 1, 1 << item->n_options);
    return (guint16) (1u << g_rand_int_range (self->random, 0, item->n_options));
  }
  mask = (guint16) GPOINTER_TO_UINT (g_hash_table_lookup (self->masks, jk_blob_get_id (blob)));
  return self->wrong && mask != 0 ? turn_wrong (item, mask) : mask;
}
