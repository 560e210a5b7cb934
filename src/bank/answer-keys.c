/* SPDX-License-Identifier: Apache-2.0 */
/* bank/answer-keys.c: reading a .jkkeys. Only a centre's key opens it; no station ever holds it
 * (P3). */
#include "bank/answer-keys.h"

#include "bank/bank-private.h"
#include "bank/error.h"
#include "base/limits.h"
#include "envelope/error.h"

#include <string.h>

struct _JkAnswerKeys {
  /* Owned */
  GVariant *variant;
  GVariant *items;
  guint16 *right; /* by item: marking asks for each answer, from several threads at once, and a
                     child of a GVariant is had under a lock */
  /* Borrowed from variant */
  const char *name;
  const char *version;
  /* Plain */
  JkDigest content;
  guint32 n;
};

/* The plaintext of the file; *out_n is how many items its manifest states. */
static GBytes *
open_sealed (const JkStorage *storage,
             const char *path,
             const guint8 *authority,
             const JkSecret *centre,
             guint32 *out_n,
             GError **error)
{
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open (storage, path, JK_KIND_KEYS, JK_KEYS_BODY_TYPE, authority, error);
  if (envelope == NULL)
    return NULL;
  g_autoptr (GBytes) sealed = jk_envelope_load_section (envelope, "keys", 0, error);
  if (sealed == NULL)
    return NULL;
  GBytes *plain = jk_seal_open (centre,
                                JK_KEYS_PURPOSE,
                                NULL,
                                0,
                                g_bytes_get_data (sealed, NULL),
                                g_bytes_get_size (sealed),
                                error);
  if (plain == NULL)
    g_prefix_error (error, "%s: ", path);
  g_variant_get (jk_envelope_get_body (envelope), "(u)", out_n);
  return plain;
}

static gboolean
read_item (JkAnswerKeys *self, guint32 item)
{
  const char *id;
  const char *rationale;
  guint16 right;

  g_variant_get_child (self->items, item, "(&sq&s)", &id, &right, &rationale);
  self->right[item] = right;
  return *id != '\0' && strlen (id) <= JK_ID_BYTES_MAX && right != 0 &&
         right >> JK_OPTIONS_MAX == 0 && strlen (rationale) <= JK_RATIONALE_BYTES_MAX;
}

/* Whether the plaintext is of this form; fills self from it. */
static gboolean
read_plain (JkAnswerKeys *self, GBytes *plain)
{
  g_autoptr (GVariant) digest = NULL;
  g_autoptr (GVariant) raw =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (JK_KEYS_TYPE), plain, FALSE));

  if (!g_variant_is_normal_form (raw))
    return FALSE;
  self->variant = jk_bank_swap_variant (g_steal_pointer (&raw));
  g_variant_get (self->variant,
                 "(@ay&s&s@a(sqs))",
                 &digest,
                 &self->name,
                 &self->version,
                 &self->items);
  if (g_variant_get_size (digest) != JK_DIGEST_BYTES ||
      g_variant_n_children (self->items) != self->n || self->n == 0 || self->n > JK_ITEMS_MAX ||
      strlen (self->name) > JK_NAME_BYTES_MAX || strlen (self->version) > JK_NAME_BYTES_MAX)
    return FALSE;
  memcpy (self->content.bytes, g_variant_get_data (digest), JK_DIGEST_BYTES);
  self->right = g_new (guint16, self->n);
  for (guint32 i = 0; i < self->n; i++)
    if (!read_item (self, i))
      return FALSE;
  return TRUE;
}

JkAnswerKeys *
jk_answer_keys_open (const JkStorage *storage,
                     const char *path,
                     const guint8 authority[static JK_PUBLIC_BYTES],
                     const JkSecret *centre,
                     const JkDigest *content,
                     GError **error)
{
  g_autoptr (JkAnswerKeys) self = g_new0 (JkAnswerKeys, 1);
  g_autoptr (GBytes) plain = open_sealed (storage, path, authority, centre, &self->n, error);

  if (plain == NULL)
    return NULL;
  if (!read_plain (self, plain)) {
    g_set_error (error,
                 JK_BANK_ERROR,
                 JK_BANK_ERROR_INDEX,
                 "%s: the answer keys are signed but not of the form this program knows; build the "
                 "bank again with a program of this version",
                 path);
    return NULL;
  }
  if (content != NULL && !jk_digest_equal (content, &self->content)) {
    g_set_error (error,
                 JK_BANK_ERROR,
                 JK_BANK_ERROR_FOREIGN,
                 "%s: these are the answer keys of another bank (\"%s\", version %s); take those "
                 "that were made with this bank",
                 path,
                 self->name,
                 self->version);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
jk_answer_keys_free (JkAnswerKeys *self)
{
  if (self == NULL)
    return;
  g_free (self->right);
  g_clear_pointer (&self->items, g_variant_unref);
  g_clear_pointer (&self->variant, g_variant_unref);
  g_free (self);
}

guint32
jk_answer_keys_get_n (const JkAnswerKeys *self)
{
  return self->n;
}

const char *
jk_answer_keys_get_version (const JkAnswerKeys *self)
{
  return self->version;
}

const char *
jk_answer_keys_get_id (const JkAnswerKeys *self, guint32 item)
{
  const char *id;

  g_return_val_if_fail (item < self->n, NULL);
  g_variant_get_child (self->items, item, "(&sqs)", &id, NULL, NULL);
  return id;
}

guint16
jk_answer_keys_get_right (const JkAnswerKeys *self, guint32 item)
{
  g_return_val_if_fail (item < self->n, 0);
  return self->right[item];
}

const char *
jk_answer_keys_get_rationale (const JkAnswerKeys *self, guint32 item)
{
  const char *rationale;

  g_return_val_if_fail (item < self->n, NULL);
  g_variant_get_child (self->items, item, "(sq&s)", NULL, NULL, &rationale);
  return rationale;
}
