/* SPDX-License-Identifier: Apache-2.0 */
/* bank/build.c: writing a bank: the office's from a source, a session's from the office's.
 *
 * P3: what is right reaches the answer keys only. It decides no byte, no size, no order and no draw
 * of chance in the bank. Items are streamed; an item's key lives on the stack and is wiped. */
#include "bank/build.h"

#include "bank/bank-private.h"
#include "bank/error.h"
#include "base/limits.h"
#include "crypto/derive.h"
#include "envelope/writer.h"

#include <string.h>

/* Boxes are collected up to this size, so that not each item is a write of its own. */
#define BOXES_BYTES (256u * 1024)

static const char *const bank_sections[] = { "blobs", "index", "tables", NULL };
static const char *const keys_sections[] = { "keys", NULL };

/* Names of the draws of chance: the office's bank and a session's never share one. */
typedef struct {
  const char *item;
  const char *index;
  const char *tables;
} Uses;

static const Uses library_uses = {
  .item = "bank: item nonce",
  .index = "bank: index nonce",
  .tables = "bank: tables nonce",
};

static const Uses session_uses = {
  .item = "bank: session item nonce",
  .index = "bank: session index nonce",
  .tables = "bank: session tables nonce",
};

/* A bank being written. */
typedef struct {
  /* Owned */
  JkEnvelopeWriter *writer;
  JkHash *content;
  GByteArray *rows;
  GByteArray *boxes; /* closed and not yet appended to the file */
  /* Borrowed */
  const JkSecret *bank_key;
  const JkRandom *random;
  const Uses *uses;
  const guint8 *id;
  /* Plain */
  guint32 n_items; /* written so far */
} Bank;

static void
bank_clear (Bank *self)
{
  jk_envelope_writer_free (self->writer);
  jk_hash_free (self->content);
  g_clear_pointer (&self->rows, g_byte_array_unref);
  g_clear_pointer (&self->boxes, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bank, bank_clear)

static gboolean
bank_init (Bank *self,
           const JkWorld *world,
           const char *path,
           const char *scope,
           guint32 n_items,
           GError **error)
{
  GVariant *id = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->id, JK_BANK_ID_BYTES, 1);
  GVariant *body = g_variant_new ("(s@ayu)", scope, id, n_items);

  self->random = world->random;
  self->content = jk_hash_new (JK_BANK_CONTENT_PURPOSE);
  self->rows = g_byte_array_new ();
  self->boxes = g_byte_array_new ();
  self->writer =
      jk_envelope_writer_new (world->storage, path, 0644, JK_KIND_BANK, body, bank_sections, error);
  return self->writer != NULL;
}

static gboolean
bank_flush (Bank *self, GError **error)
{
  gboolean ok =
      jk_envelope_writer_append (self->writer, self->boxes->data, self->boxes->len, error);

  g_byte_array_set_size (self->boxes, 0);
  return ok;
}

/* Closes a blob under its own key, appends it and notes its row; fills size and digest of row. */
static gboolean
bank_append_item (Bank *self, JkIndexRow *row, const guint8 *plain, gsize size, GError **error)
{
  guint32 item = self->n_items++;
  guint start = self->boxes->len;
  guint8 number[4];
  guint8 nonce[JK_BOX_NONCE_BYTES];
  guint8 key[JK_KEY_BYTES];
  guint8 bytes[JK_INDEX_ROW_BYTES];
  JkDigest digest;

  jk_bytes_put_u32 (number, item);
  jk_random_fill (self->random, self->uses->item, item, nonce, sizeof nonce);
  g_byte_array_set_size (self->boxes, start + (guint) size + JK_BOX_OVERHEAD);
  guint8 *box = self->boxes->data + start;
  jk_bank_derive_item_key (self->bank_key, item, key);
  jk_box_close (key, JK_BANK_ITEM_PURPOSE, number, sizeof number, plain, size, nonce, box);
  jk_wipe (key, sizeof key);

  jk_hash_update_u32 (self->content, (guint32) size);
  jk_hash_update (self->content, plain, size);
  row->blob_size = self->boxes->len - start;
  jk_hash (NULL, box, row->blob_size, &digest);
  memcpy (row->blob_digest, digest.bytes, JK_BLOB_DIGEST_BYTES);
  jk_index_put_row (bytes, row);
  g_byte_array_append (self->rows, bytes, sizeof bytes);
  return self->boxes->len < BOXES_BYTES || bank_flush (self, error);
}

/* Closes data under key and writes it as the whole of the current section. */
static gboolean
bank_append_section (Bank *self,
                     const guint8 *key,
                     const char *purpose,
                     const char *use,
                     gconstpointer data,
                     gsize size,
                     guint64 n_rows,
                     GError **error)
{
  guint8 nonce[JK_BOX_NONCE_BYTES];

  jk_random_fill (self->random, use, 0, nonce, sizeof nonce);
  g_byte_array_set_size (self->boxes, (guint) size + JK_BOX_OVERHEAD);
  jk_box_close (key, purpose, self->id, JK_BANK_ID_BYTES, data, size, nonce, self->boxes->data);
  return bank_flush (self, error) && jk_envelope_writer_end_section (self->writer, n_rows, error);
}

/* Ends the blobs and writes index and tables; only finishing the envelope is left. */
static gboolean
bank_append_tables (Bank *self, const JkSecret *parent, GVariant *tables, GError **error)
{
  g_autoptr (JkSecret) key = jk_derive (parent, JK_BANK_INDEX_KEY_PURPOSE, NULL, 0);

  return bank_flush (self, error) &&
         jk_envelope_writer_end_section (self->writer, self->n_items, error) &&
         bank_append_section (self,
                              jk_secret_get (key),
                              JK_BANK_INDEX_PURPOSE,
                              self->uses->index,
                              self->rows->data,
                              self->rows->len,
                              self->n_items,
                              error) &&
         bank_append_section (self,
                              jk_secret_get (key),
                              JK_BANK_TABLES_PURPOSE,
                              self->uses->tables,
                              g_variant_get_data (tables),
                              g_variant_get_size (tables),
                              0,
                              error);
}

static GVariant *
make_digest (const JkDigest *digest)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, digest->bytes, JK_DIGEST_BYTES, 1);
}

/* The elements' codes and names, as bytes. */
static GVariant *
make_elements (const JkSource *source)
{
  g_auto (GVariantBuilder) builder =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (JK_BANK_ELEMENTS_TYPE));

  for (guint i = 0; i < jk_source_get_n_elements (source); i++) {
    const JkElement *element = jk_source_get_element (source, i);
    g_variant_builder_add (&builder, "(ss)", element->code, element->name);
  }
  g_autoptr (GVariant) elements = jk_bank_swap_variant (g_variant_builder_end (&builder));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (elements);
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static GVariant *
make_tables (const JkSource *source, const JkDigest *content)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (JK_BANK_TABLES_TYPE));

  g_variant_builder_add (&builder, "s", jk_source_get_name (source));
  g_variant_builder_add_value (&builder, make_digest (content));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < jk_source_get_n_sections (source); i++) {
    const JkSection *section = jk_source_get_section (source, i);
    g_variant_builder_add (&builder, "(ss)", section->code, section->name);
  }
  g_variant_builder_close (&builder);
  g_variant_builder_add (&builder, "u", jk_source_get_n_elements (source));
  g_variant_builder_add_value (&builder, make_elements (source));
  return jk_bank_swap_variant (g_variant_builder_end (&builder));
}

/* Enemy sets are numbered from 1 in the order in which the source names them first. */
static guint32
number_enemy (GHashTable *enemies, const char *name)
{
  gpointer number;

  if (name == NULL)
    return 0;
  number = g_hash_table_lookup (enemies, name);
  if (number == NULL) {
    number = GUINT_TO_POINTER (g_hash_table_size (enemies) + 1);
    g_hash_table_insert (enemies, (gpointer) name, number);
  }
  return GPOINTER_TO_UINT (number);
}

static void
make_row (const JkSource *source, guint32 n, GHashTable *enemies, JkIndexRow *out_row)
{
  const JkItem *item = jk_source_get_item (source, n);
  guint element = jk_source_get_item_element (source, n);

  memset (out_row, 0, sizeof *out_row);
  out_row->element = (guint16) element;
  out_row->section = (guint16) jk_source_get_element (source, element)->section;
  out_row->type = (guint8) item->type;
  out_row->difficulty = (guint8) item->difficulty;
  out_row->n_options = item->type == JK_ITEM_JUDGE ? 2 : (guint8) item->options->len;
  out_row->enemy = number_enemy (enemies, item->enemy);
  for (guint i = 0; i < item->options->len; i++)
    out_row->n_pinned += ((const JkOption *) g_ptr_array_index (item->options, i))->pinned > 0;
}

/* Writes all blobs of a source, and the keys of all items to keys, an open builder of "a(sqs)". */
static gboolean
append_items (Bank *bank,
              const JkSource *source,
              const JkSecret *library_key,
              GVariantBuilder *keys,
              GError **error)
{
  g_autoptr (JkSecret) order_key = jk_derive (library_key, "jikao 1 option order key", NULL, 0);
  g_autoptr (GHashTable) enemies = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint32 i = 0; i < jk_source_get_n_items (source); i++) {
    const JkItem *item = jk_source_get_item (source, i);
    JkIndexRow row;
    guint16 right;
    gsize size;
    g_autoptr (GBytes) blob =
        jk_blob_encode (item, jk_source_get_item_picture (source, i), order_key, &right);
    const guint8 *plain = g_bytes_get_data (blob, &size);

    make_row (source, i, enemies, &row);
    if (!bank_append_item (bank, &row, plain, size, error))
      return FALSE;
    const char *rationale = item->rationale == NULL ? "" : item->rationale;
    g_variant_builder_add (keys, "(sqs)", item->id, right, rationale);
  }
  return TRUE;
}

/* The answer keys as plaintext. */
static GVariant *
make_keys (const JkSource *source, const char *version, const JkDigest *content, GVariant *items)
{
  GVariant *keys = g_variant_new ("(@ayss@a(sqs))",
                                  make_digest (content),
                                  jk_source_get_name (source),
                                  version,
                                  items);

  return jk_bank_swap_variant (keys);
}

/* An answer keys file, complete but not yet under its name. */
static JkEnvelopeWriter *
write_keys (GVariant *keys,
            const JkWorld *world,
            const JkSealPublic *centres,
            gsize n_centres,
            guint32 n_items,
            const char *path,
            GError **error)
{
  g_autoptr (GBytes) sealed = jk_seal (centres,
                                       n_centres,
                                       JK_KEYS_PURPOSE,
                                       NULL,
                                       0,
                                       g_variant_get_data (keys),
                                       g_variant_get_size (keys),
                                       world->random,
                                       "bank: answer keys",
                                       0);
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (world->storage,
                                                                path,
                                                                0600,
                                                                JK_KIND_KEYS,
                                                                g_variant_new ("(u)", n_items),
                                                                keys_sections,
                                                                error);
  if (writer == NULL)
    return NULL;
  if (!jk_envelope_writer_append (writer,
                                  g_bytes_get_data (sealed, NULL),
                                  g_bytes_get_size (sealed),
                                  error) ||
      !jk_envelope_writer_end_section (writer, 0, error))
    return NULL;
  return g_steal_pointer (&writer);
}

/* Gives both files their names, the station's first. A bank without its keys is of no use to
 * anyone, so it goes again when they cannot be finished. */
static gboolean
finish_both (JkEnvelopeWriter *bank,
             JkEnvelopeWriter *keys,
             const JkWorld *world,
             const JkSecret *authority,
             const char *bank_path,
             GError **error)
{
  if (!jk_envelope_writer_finish (bank, authority, NULL, NULL, error))
    return FALSE;
  if (jk_envelope_writer_finish (keys, authority, NULL, NULL, error))
    return TRUE;
  world->storage->unlink (world->storage, bank_path);
  return FALSE;
}

gboolean
jk_bank_build (const JkSource *source,
               const JkWorld *world,
               const JkSecret *authority,
               const JkSealPublic *centres,
               gsize n_centres,
               const char *version,
               const char *bank_path,
               const char *keys_path,
               JkSecret **out_library_key,
               GError **error)
{
  guint32 n_items = jk_source_get_n_items (source);
  guint8 id[JK_BANK_ID_BYTES];
  JkDigest content;

  g_return_val_if_fail (n_items > 0 && n_items <= JK_ITEMS_MAX, FALSE);
  g_return_val_if_fail (n_centres > 0 && n_centres <= JK_CENTRES_MAX, FALSE);
  jk_random_fill (world->random, "bank: id", 0, id, sizeof id);
  g_autoptr (JkSecret) library_key =
      jk_secret_new_random (world->random, "bank: library key", 0, JK_KEY_BYTES);
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (library_key);
  g_auto (Bank) bank = { .bank_key = bank_key, .uses = &library_uses, .id = id };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sqs)"));

  if (!bank_init (&bank, world, bank_path, JK_BANK_SCOPE_LIBRARY, n_items, error) ||
      !append_items (&bank, source, library_key, &builder, error))
    return FALSE;
  jk_hash_finish (bank.content, &content);
  g_autoptr (GVariant) tables = make_tables (source, &content);
  if (!bank_append_tables (&bank, library_key, tables, error))
    return FALSE;

  g_autoptr (GVariant) keys =
      make_keys (source, version, &content, g_variant_builder_end (&builder));
  g_autoptr (JkEnvelopeWriter) keys_writer =
      write_keys (keys, world, centres, n_centres, n_items, keys_path, error);
  if (keys_writer == NULL ||
      !finish_both (bank.writer, keys_writer, world, authority, bank_path, error))
    return FALSE;
  *out_library_key = g_steal_pointer (&library_key);
  return TRUE;
}

/* Opens every item of the library and closes it for the session. */
static gboolean
copy_items (Bank *bank, const JkBank *library, const JkSecret *library_bank_key, GError **error)
{
  const JkIndex *index = jk_bank_get_index (library);

  for (guint32 i = 0; i < index->n; i++) {
    guint8 key[JK_KEY_BYTES];
    JkIndexRow row;
    gsize size;

    jk_bank_derive_item_key (library_bank_key, i, key);
    g_autofree guint8 *plain = jk_bank_read_item (library, i, key, &size, error);
    jk_wipe (key, sizeof key);
    if (plain == NULL)
      return FALSE;
    jk_index_get_row (index, i, &row);
    if (!bank_append_item (bank, &row, plain, size, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jk_bank_reseal (const JkBank *library,
                const JkSecret *library_key,
                const guint8 id[static JK_BANK_ID_BYTES],
                const JkSecret *paper_key,
                const JkSecret *bank_key,
                const JkWorld *world,
                const JkSecret *authority,
                const char *path,
                JkDigest *out_digest,
                GError **error)
{
  g_autoptr (JkSecret) library_bank_key = jk_bank_derive_library_bank_key (library_key);
  g_auto (Bank) bank = { .bank_key = bank_key, .uses = &session_uses, .id = id };
  guint32 n_items = jk_bank_get_n_items (library);
  JkDigest content;

  if (!bank_init (&bank, world, path, JK_BANK_SCOPE_SESSION, n_items, error) ||
      !copy_items (&bank, library, library_bank_key, error))
    return FALSE;
  jk_hash_finish (bank.content, &content);
  if (!jk_digest_equal (&content, jk_bank_get_content_digest (library))) {
    g_set_error (error,
                 JK_BANK_ERROR,
                 JK_BANK_ERROR_ITEM,
                 "%s: the items together are not what the index says; build the bank again from "
                 "its source",
                 jk_bank_get_file (library));
    return FALSE;
  }
  return bank_append_tables (&bank, paper_key, jk_bank_get_tables (library), error) &&
         jk_envelope_writer_finish (bank.writer, authority, NULL, out_digest, error);
}
