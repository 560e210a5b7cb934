/* SPDX-License-Identifier: Apache-2.0 */
/* bank/bank.c: opening a .jkbank and reading it item by item.
 *
 * The index is loaded once into one buffer and opened in place; where a blob starts comes from a
 * sum of sizes every JK_INDEX_OFFSET_ROWS rows. Nothing is trusted before its digest was checked.
 */
#include "bank/bank.h"

#include "bank/bank-private.h"
#include "bank/error.h"
#include "base/limits.h"
#include "crypto/derive.h"
#include "envelope/error.h"

#include <string.h>

struct _JkBank {
  /* Owned */
  JkEnvelope *envelope;
  guint8 *index_section; /* box of the index, opened in place; NULL while locked */
  guint64 *offsets;      /* of every JK_INDEX_OFFSET_ROWS-th blob */
  GVariant *tables;
  GVariant *sections;
  GVariant *elements; /* NULL until jk_bank_load_elements */
  /* Borrowed from tables */
  const char *name;
  /* Plain */
  JkIndex index;
  JkDigest content;
  guint8 id[JK_BANK_ID_BYTES];
  guint32 n_items;
  guint32 n_elements;
  guint64 blobs_size;
  guint64 tables_size;
  gboolean is_library;
};

GVariant *
jk_bank_swap_variant (GVariant *variant)
{
  g_autoptr (GVariant) taken = g_variant_take_ref (variant);
  return G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (taken) : g_variant_ref (taken);
}

/* Whether a section has these rows and a size from min to max. */
static gboolean
section_is_sound (const JkBank *self, const char *name, guint64 rows, guint64 min, guint64 max)
{
  guint64 size;
  guint64 n_rows;

  return jk_envelope_find_section (self->envelope, name, &size, &n_rows) && n_rows == rows &&
         size >= min && size <= max;
}

static gboolean
read_body (JkBank *self)
{
  guint64 n;
  guint64 index_size;
  guint64 rows;
  const char *scope;
  g_autoptr (GVariant) id = NULL;

  g_variant_get (jk_envelope_get_body (self->envelope), "(&s@ayu)", &scope, &id, &self->n_items);
  n = self->n_items;
  index_size = JK_BOX_OVERHEAD + n * JK_INDEX_ROW_BYTES;
  self->is_library = strcmp (scope, JK_BANK_SCOPE_LIBRARY) == 0;
  if ((!self->is_library && strcmp (scope, JK_BANK_SCOPE_SESSION) != 0) ||
      g_variant_get_size (id) != sizeof self->id || n == 0 || n > JK_ITEMS_MAX)
    return FALSE;
  memcpy (self->id, g_variant_get_data (id), sizeof self->id);
  if (!section_is_sound (self, "index", n, index_size, index_size) ||
      !section_is_sound (self, "tables", 0, JK_BOX_OVERHEAD + 1, JK_BANK_TABLES_BYTES_MAX) ||
      !section_is_sound (self, "blobs", n, 1, JK_BANK_BYTES_MAX))
    return FALSE;
  return jk_envelope_find_section (self->envelope, "blobs", &self->blobs_size, &rows) &&
         jk_envelope_find_section (self->envelope, "tables", &self->tables_size, &rows);
}

JkBank *
jk_bank_open (const JkStorage *storage,
              const char *path,
              const guint8 authority[static JK_PUBLIC_BYTES],
              GError **error)
{
  g_autoptr (JkBank) self = g_new0 (JkBank, 1);

  self->envelope =
      jk_envelope_open (storage, path, JK_KIND_BANK, JK_BANK_BODY_TYPE, authority, error);
  if (self->envelope == NULL)
    return NULL;
  if (!read_body (self)) {
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_MANIFEST,
                 "%s: the manifest is signed but does not describe a question bank; build the bank "
                 "again with a program of this version",
                 path);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
jk_bank_free (JkBank *self)
{
  if (self == NULL)
    return;
  jk_envelope_free (self->envelope);
  g_free (self->index_section);
  g_free (self->offsets);
  g_clear_pointer (&self->sections, g_variant_unref);
  g_clear_pointer (&self->elements, g_variant_unref);
  g_clear_pointer (&self->tables, g_variant_unref);
  g_free (self);
}

const char *
jk_bank_get_file (const JkBank *self)
{
  return jk_envelope_get_file (self->envelope);
}

const guint8 *
jk_bank_get_id (const JkBank *self)
{
  return self->id;
}

gboolean
jk_bank_is_library (const JkBank *self)
{
  return self->is_library;
}

guint32
jk_bank_get_n_items (const JkBank *self)
{
  return self->n_items;
}

const JkDigest *
jk_bank_get_digest (const JkBank *self)
{
  return jk_envelope_get_digest (self->envelope);
}

gboolean
jk_bank_check_whole (const JkBank *self, GError **error)
{
  return jk_envelope_check_whole (self->envelope, error);
}

static void
set_index_error (const JkBank *self, GError **error, const char *what)
{
  g_set_error (error,
               JK_BANK_ERROR,
               JK_BANK_ERROR_INDEX,
               "%s: %s; build the bank again from its source",
               jk_bank_get_file (self),
               what);
}

/* Loads a closed section and opens it in place; the caller frees. */
static guint8 *
open_section (const JkBank *self,
              const char *name,
              const char *purpose,
              gsize size,
              const guint8 *key,
              GError **error)
{
  g_autofree guint8 *box = g_malloc (size);

  if (!jk_envelope_load_section_into (self->envelope, name, box, size, error))
    return NULL;
  if (!jk_box_open (key, purpose, self->id, sizeof self->id, box, size, box + JK_BOX_NONCE_BYTES)) {
    g_set_error (error,
                 JK_BANK_ERROR,
                 JK_BANK_ERROR_KEY,
                 "%s: the key does not open this bank; use the key that was made with it",
                 jk_bank_get_file (self));
    return NULL;
  }
  return g_steal_pointer (&box);
}

static gboolean
pairs_are_sound (GVariant *pairs, gsize n_max)
{
  gsize n = g_variant_n_children (pairs);

  if (n == 0 || n > n_max)
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    const char *code;
    const char *name;
    g_variant_get_child (pairs, i, "(&s&s)", &code, &name);
    if (*code == '\0' || strlen (code) > JK_ID_BYTES_MAX || strlen (name) > JK_NAME_BYTES_MAX)
      return FALSE;
  }
  return TRUE;
}

/* The last member, the elements' bytes, is left out: bytes have one form only, and GVariant would
 * look at each of them, which takes longer than a draw. */
static gboolean
tables_are_normal (GVariant *tables)
{
  for (gsize i = 0; i + 1 < g_variant_n_children (tables); i++) {
    g_autoptr (GVariant) member = g_variant_get_child_value (tables, i);
    if (!g_variant_is_normal_form (member))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_tables (JkBank *self, const guint8 *key, GError **error)
{
  g_autofree guint8 *box =
      open_section (self, "tables", JK_BANK_TABLES_PURPOSE, self->tables_size, key, error);
  g_autoptr (GVariant) digest = NULL;

  if (box == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes =
      g_bytes_new (box + JK_BOX_NONCE_BYTES, self->tables_size - JK_BOX_OVERHEAD);
  self->tables = jk_bank_swap_variant (
      g_variant_new_from_bytes (G_VARIANT_TYPE (JK_BANK_TABLES_TYPE), bytes, FALSE));
  if (!tables_are_normal (self->tables)) {
    set_index_error (self, error, "the tables are not of the form this program knows");
    return FALSE;
  }
  g_variant_get (self->tables,
                 "(&s@ay@a(ss)u@ay)",
                 &self->name,
                 &digest,
                 &self->sections,
                 &self->n_elements,
                 NULL);
  if (g_variant_get_size (digest) != JK_DIGEST_BYTES || strlen (self->name) > JK_NAME_BYTES_MAX ||
      self->n_elements == 0 || self->n_elements > JK_ELEMENTS_MAX ||
      !pairs_are_sound (self->sections, JK_SECTIONS_MAX)) {
    set_index_error (self, error, "a table of the bank is beyond its limits");
    return FALSE;
  }
  memcpy (self->content.bytes, g_variant_get_data (digest), JK_DIGEST_BYTES);
  return TRUE;
}

static gboolean
read_index (JkBank *self, const guint8 *key, GError **error)
{
  gsize size = JK_BOX_OVERHEAD + (gsize) self->n_items * JK_INDEX_ROW_BYTES;
  guint64 blobs_size = 0;

  self->index_section = open_section (self, "index", JK_BANK_INDEX_PURPOSE, size, key, error);
  if (self->index_section == NULL)
    return FALSE;
  self->index.rows = self->index_section + JK_BOX_NONCE_BYTES;
  self->index.n = self->n_items;

  self->offsets = g_new (guint64, self->n_items / JK_INDEX_OFFSET_ROWS + 1);
  guint32 fault = jk_index_survey (&self->index,
                                   (guint) g_variant_n_children (self->sections),
                                   self->n_elements,
                                   self->offsets,
                                   &blobs_size);
  if (fault < self->n_items) {
    g_autofree char *what = g_strdup_printf ("row %u of the index is beyond its limits", fault);
    set_index_error (self, error, what);
    return FALSE;
  }
  if (blobs_size != self->blobs_size) {
    set_index_error (self, error, "the sizes in the index do not add up to the items' bytes");
    return FALSE;
  }
  return TRUE;
}

static void
lock (JkBank *self)
{
  g_clear_pointer (&self->index_section, g_free);
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->sections, g_variant_unref);
  g_clear_pointer (&self->elements, g_variant_unref);
  g_clear_pointer (&self->tables, g_variant_unref);
}

gboolean
jk_bank_unlock (JkBank *self, const JkSecret *parent, GError **error)
{
  JkDigest key;

  lock (self);
  jk_mac (parent, JK_BANK_INDEX_KEY_PURPOSE, NULL, 0, &key);
  gboolean is_open = read_tables (self, key.bytes, error) && read_index (self, key.bytes, error);
  jk_wipe (&key, sizeof key);
  if (!is_open)
    lock (self);
  return is_open;
}

const char *
jk_bank_get_name (const JkBank *self)
{
  g_return_val_if_fail (self->index_section != NULL, NULL);
  return self->name;
}

const JkIndex *
jk_bank_get_index (const JkBank *self)
{
  g_return_val_if_fail (self->index_section != NULL, NULL);
  return &self->index;
}

GVariant *
jk_bank_get_tables (const JkBank *self)
{
  g_return_val_if_fail (self->index_section != NULL, NULL);
  return self->tables;
}

static guint
count_pairs (GVariant *pairs)
{
  g_return_val_if_fail (pairs != NULL, 0);
  return (guint) g_variant_n_children (pairs);
}

/* Code (0) or name (1) of a pair, lent from the tables. */
static const char *
get_from_pair (GVariant *pairs, guint n, guint part)
{
  const char *texts[2];

  g_return_val_if_fail (n < count_pairs (pairs), NULL);
  g_variant_get_child (pairs, n, "(&s&s)", &texts[0], &texts[1]);
  return texts[part];
}

guint
jk_bank_get_n_sections (const JkBank *self)
{
  return count_pairs (self->sections);
}

const char *
jk_bank_get_section_code (const JkBank *self, guint n)
{
  return get_from_pair (self->sections, n, 0);
}

const char *
jk_bank_get_section_name (const JkBank *self, guint n)
{
  return get_from_pair (self->sections, n, 1);
}

gboolean
jk_bank_load_elements (JkBank *self, GError **error)
{
  g_return_val_if_fail (self->index_section != NULL, FALSE);
  if (self->elements != NULL)
    return TRUE;

  g_autoptr (GVariant) list = g_variant_get_child_value (self->tables, 4);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (list);
  g_autoptr (GVariant) elements = jk_bank_swap_variant (
      g_variant_new_from_bytes (G_VARIANT_TYPE (JK_BANK_ELEMENTS_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (elements) || !pairs_are_sound (elements, JK_ELEMENTS_MAX) ||
      g_variant_n_children (elements) != self->n_elements) {
    set_index_error (self, error, "the list of elements is not of the form this program knows");
    return FALSE;
  }
  self->elements = g_steal_pointer (&elements);
  return TRUE;
}

guint
jk_bank_get_n_elements (const JkBank *self)
{
  return self->n_elements;
}

const char *
jk_bank_get_element_code (const JkBank *self, guint n)
{
  return get_from_pair (self->elements, n, 0);
}

const char *
jk_bank_get_element_name (const JkBank *self, guint n)
{
  return get_from_pair (self->elements, n, 1);
}

const JkDigest *
jk_bank_get_content_digest (const JkBank *self)
{
  g_return_val_if_fail (self->index_section != NULL, NULL);
  return &self->content;
}

void
jk_bank_derive_item_key (const JkSecret *bank_key,
                         guint32 item,
                         guint8 out_key[static JK_KEY_BYTES])
{
  guint8 number[4];
  JkDigest key;

  jk_bytes_put_u32 (number, item);
  jk_mac (bank_key, "jikao 1 item key", number, sizeof number, &key);
  memcpy (out_key, key.bytes, JK_KEY_BYTES);
  jk_wipe (&key, sizeof key);
}

JkSecret *
jk_bank_derive_library_bank_key (const JkSecret *library_key)
{
  return jk_derive (library_key, "jikao 1 library bank key", NULL, 0);
}

static void
set_item_error (const JkBank *self, GError **error, guint32 item, const char *what)
{
  g_set_error (error,
               JK_BANK_ERROR,
               JK_BANK_ERROR_ITEM,
               "%s: item %u %s; copy the bank again from where it came",
               jk_bank_get_file (self),
               item,
               what);
}

guint8 *
jk_bank_read_item (const JkBank *self,
                   guint32 item,
                   const guint8 key[static JK_KEY_BYTES],
                   gsize *out_size,
                   GError **error)
{
  g_return_val_if_fail (self->index_section != NULL && item < self->n_items, NULL);

  guint64 offset = self->offsets[item / JK_INDEX_OFFSET_ROWS];
  guint8 number[4];
  JkDigest digest;
  JkIndexRow row;

  for (guint32 i = item - item % JK_INDEX_OFFSET_ROWS; i < item; i++)
    offset += jk_index_get_blob_size (&self->index, i);
  jk_index_get_row (&self->index, item, &row);

  g_autofree guint8 *box = g_malloc (row.blob_size);
  if (!jk_envelope_read_section (self->envelope, "blobs", offset, box, row.blob_size, error))
    return NULL;
  jk_hash (NULL, box, row.blob_size, &digest);
  if (memcmp (digest.bytes, row.blob_digest, JK_BLOB_DIGEST_BYTES) != 0) {
    set_item_error (self, error, item, "was changed after the bank was signed");
    return NULL;
  }
  jk_bytes_put_u32 (number, item);
  guint8 *plain = box + JK_BOX_NONCE_BYTES;
  if (!jk_box_open (key, JK_BANK_ITEM_PURPOSE, number, sizeof number, box, row.blob_size, plain)) {
    set_item_error (self, error, item, "does not open with the key of this record");
    return NULL;
  }
  *out_size = row.blob_size - JK_BOX_OVERHEAD;
  memmove (box, plain, *out_size);
  return g_steal_pointer (&box);
}

JkBlob *
jk_bank_open_blob (const JkBank *self,
                   guint32 item,
                   const guint8 key[static JK_KEY_BYTES],
                   GError **error)
{
  gsize size;
  g_autofree guint8 *plain = jk_bank_read_item (self, item, key, &size, error);

  if (plain == NULL)
    return NULL;
  g_autoptr (JkBlob) blob = jk_blob_decode (plain, size);
  JkIndexRow row;
  jk_index_get_row (&self->index, item, &row);
  guint n_options = row.type == JK_ITEM_JUDGE ? 0 : row.n_options;
  if (blob == NULL || jk_blob_get_n_options (blob) != n_options ||
      jk_blob_get_n_pinned (blob) != row.n_pinned) {
    set_item_error (self, error, item, "is signed but not as the index says");
    return NULL;
  }
  return g_steal_pointer (&blob);
}
