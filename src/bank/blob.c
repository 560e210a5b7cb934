/* SPDX-License-Identifier: Apache-2.0 */
/* bank/blob.c: what a candidate sees of an item, written in an order that says nothing (P3).
 *
 * Nothing of right, feedback, rationale or the order of the source may reach the bytes. */
#include "bank/blob.h"

#include "base/limits.h"
#include "crypto/derive.h"

#include <string.h>

#define BLOB_TYPE "(ssasya(say))"

struct _JkBlob {
  /* Owned; the texts below lie in its bytes */
  GVariant *variant;
  GVariant *pictures;
  const char **options;
  /* Borrowed */
  const char *id;
  const char *stem;
  /* Plain */
  guint n_options;
  guint n_pinned;
};

typedef struct {
  /* Borrowed */
  const JkOption *option;
  /* Plain */
  JkDigest rank;
} RankedOption;

static gint
compare_options (gconstpointer a, gconstpointer b)
{
  const RankedOption *left = a;
  const RankedOption *right = b;

  if (left->option->pinned != right->option->pinned)
    return left->option->pinned < right->option->pinned ? -1 : 1;
  return memcmp (left->rank.bytes, right->rank.bytes, sizeof left->rank.bytes);
}

/* Keyed hash of u32 length of id, id, text: without the key, the order tells nothing of the texts.
 */
static void
rank_option (const JkSecret *order_key, const char *id, const char *text, JkDigest *out_rank)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint32 id_size = GUINT32_TO_LE ((guint32) strlen (id));

  g_byte_array_append (data, (const guint8 *) &id_size, sizeof id_size);
  g_byte_array_append (data, (const guint8 *) id, strlen (id));
  g_byte_array_append (data, (const guint8 *) text, strlen (text));
  jk_mac (order_key, "jikao 1 option order", data->data, data->len, out_rank);
}

/* The options in canonical order; the pinned ones, numbered from 1, come last. */
static GArray *
rank_options (const JkItem *item, const JkSecret *order_key)
{
  GArray *ranked = g_array_new (FALSE, TRUE, sizeof (RankedOption));

  for (guint i = 0; i < item->options->len; i++) {
    RankedOption entry = { .option = g_ptr_array_index (item->options, i) };
    rank_option (order_key, item->id, entry.option->text, &entry.rank);
    g_array_append_val (ranked, entry);
  }
  g_array_sort (ranked, compare_options);
  return ranked;
}

GBytes *
jk_blob_encode (const JkItem *item, GBytes *picture, const JkSecret *order_key, guint16 *out_right)
{
  g_return_val_if_fail (item->id != NULL && item->stem != NULL, NULL);
  g_return_val_if_fail (item->options->len <= JK_OPTIONS_MAX, NULL);
  g_return_val_if_fail ((picture == NULL) == (item->picture == NULL), NULL);

  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (BLOB_TYPE));
  g_autoptr (GArray) ranked = rank_options (item, order_key);
  guint8 n_pinned = 0;
  guint16 right = 0;

  g_variant_builder_add (&builder, "s", item->id);
  g_variant_builder_add (&builder, "s", item->stem);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < ranked->len; i++) {
    const JkOption *option = g_array_index (ranked, RankedOption, i).option;
    g_variant_builder_add (&builder, "s", option->text);
    n_pinned += option->pinned > 0;
    right |= option->right ? (guint16) (1u << i) : 0;
  }
  g_variant_builder_close (&builder);
  g_variant_builder_add (&builder, "y", n_pinned);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(say)"));
  if (picture != NULL) {
    GVariant *bytes = g_variant_new_from_bytes (G_VARIANT_TYPE ("ay"), picture, TRUE);
    g_variant_builder_add (&builder, "(s@ay)", item->picture, bytes);
  }
  g_variant_builder_close (&builder);

  if (item->type == JK_ITEM_JUDGE)
    right = item->judge_true ? 1 : 2;
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  *out_right = right;
  return g_variant_get_data_as_bytes (variant);
}

static gboolean
text_is_within (const char *text, gsize bytes_max)
{
  gsize size = strlen (text);
  return size > 0 && size <= bytes_max;
}

static gboolean
picture_is_sound (GVariant *pictures, gsize n)
{
  const char *name;
  g_autoptr (GVariant) bytes = NULL;

  g_variant_get_child (pictures, n, "(&s@ay)", &name, &bytes);
  gsize size = g_variant_get_size (bytes);
  return text_is_within (name, JK_NAME_BYTES_MAX) && size > 0 && size <= JK_PICTURE_BYTES_MAX;
}

static gboolean
blob_is_sound (const JkBlob *self)
{
  gsize n_pictures = g_variant_n_children (self->pictures);

  if (!text_is_within (self->id, JK_ID_BYTES_MAX) ||
      !text_is_within (self->stem, JK_STEM_BYTES_MAX))
    return FALSE;
  if (self->n_options == 1 || self->n_options > JK_OPTIONS_MAX ||
      self->n_pinned > self->n_options || n_pictures > JK_PICTURES_MAX)
    return FALSE;
  for (guint i = 0; i < self->n_options; i++)
    if (!text_is_within (self->options[i], JK_OPTION_BYTES_MAX))
      return FALSE;
  for (gsize i = 0; i < n_pictures; i++)
    if (!picture_is_sound (self->pictures, i))
      return FALSE;
  return TRUE;
}

JkBlob *
jk_blob_decode (gconstpointer data, gsize size)
{
  if (size == 0 || size > JK_BLOB_BYTES_MAX)
    return NULL;

  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JkBlob) self = g_new0 (JkBlob, 1);
  guint8 n_pinned;

  self->variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BLOB_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (self->variant))
    return NULL;
  g_variant_get (self->variant,
                 "(&s&s^a&sy@a(say))",
                 &self->id,
                 &self->stem,
                 &self->options,
                 &n_pinned,
                 &self->pictures);
  self->n_options = g_strv_length ((char **) self->options);
  self->n_pinned = n_pinned;
  return blob_is_sound (self) ? g_steal_pointer (&self) : NULL;
}

void
jk_blob_free (JkBlob *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pictures, g_variant_unref);
  g_clear_pointer (&self->variant, g_variant_unref);
  g_free (self->options);
  g_free (self);
}

GBytes *
jk_blob_dup_bytes (const JkBlob *self)
{
  return g_variant_get_data_as_bytes (self->variant);
}

const char *
jk_blob_get_id (const JkBlob *self)
{
  return self->id;
}

const char *
jk_blob_get_stem (const JkBlob *self)
{
  return self->stem;
}

guint
jk_blob_get_n_options (const JkBlob *self)
{
  return self->n_options;
}

const char *
jk_blob_get_option (const JkBlob *self, guint n)
{
  g_return_val_if_fail (n < self->n_options, NULL);
  return self->options[n];
}

guint
jk_blob_get_n_pinned (const JkBlob *self)
{
  return self->n_pinned;
}

guint
jk_blob_get_n_pictures (const JkBlob *self)
{
  return (guint) g_variant_n_children (self->pictures);
}

const char *
jk_blob_get_picture_name (const JkBlob *self, guint n)
{
  const char *name;

  g_return_val_if_fail (n < jk_blob_get_n_pictures (self), NULL);
  g_variant_get_child (self->pictures, n, "(&say)", &name, NULL);
  return name;
}

GBytes *
jk_blob_dup_picture (const JkBlob *self, guint n)
{
  g_return_val_if_fail (n < jk_blob_get_n_pictures (self), NULL);

  g_autoptr (GVariant) entry = g_variant_get_child_value (self->pictures, n);
  g_autoptr (GVariant) bytes = g_variant_get_child_value (entry, 1);
  return g_variant_get_data_as_bytes (bytes);
}
