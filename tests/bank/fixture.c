/* SPDX-License-Identifier: Apache-2.0 */
/* tests/bank/fixture.c: see the header. */
#include "fixture.h"

#include "bank/bank-private.h"
#include "bank/build.h"
#include "crypto/derive.h"
#include "crypto/guard.h"
#include "envelope/writer.h"

#include <string.h>

const char fixture_gift[] =
    "// [id:a1] [tag:point:A-1] [tag:difficulty:1] [tag:enemy:twins] [tag:pinned:None of these]\n"
    "::One::Which is the first?{=Alpha#It is first. ~Beta ~Gamma ~None of these}\n"
    "\n"
    "// [id:a2] [tag:point:A-1] [tag:difficulty:2] [tag:enemy:twins]\n"
    "Which are vowels?{~%50%A ~%50%E ~%-100%B ~C ####A and E are vowels.}\n"
    "\n"
    "// [id:a3] [tag:point:A-2] [tag:difficulty:3]\n"
    "The sun rises in the east.{T}\n"
    "\n"
    "// [id:b1] [tag:point:B-1] [tag:difficulty:4] [tag:picture:dot.png]\n"
    "What does the picture show?{~A line =A dot}\n"
    "\n"
    "// [id:b2] [tag:point:B-1] [tag:difficulty:5] [tag:enemy:alone]\n"
    "Two and two is five.{FALSE#It is four.#Right, it is four.}\n";

const char fixture_tiny_gift[] = "// [id:a1] [tag:point:A-1] [tag:difficulty:1]\n"
                                 "Which? {=Alpha#It is first. ~Beta}\n"
                                 "\n"
                                 "// [id:a2] [tag:point:A-2] [tag:difficulty:2] [tag:enemy:e]\n"
                                 "The sun rises in the east. {T}\n";

static const guint8 dot_png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 'd', 'o', 't' };

static const char bank_ini[] = "[bank]\n"
                               "name=Tiny bank\n"
                               "occupation=4-04-05-03\n"
                               "level=4\n"
                               "source=tests\n"
                               "sources=items.gift\n"
                               "notice=For tests only\n"
                               "\n"
                               "[sections]\n"
                               "A=Basics\n"
                               "B=Work\n"
                               "\n"
                               "[elements]\n"
                               "A-1=Letters;X\n"
                               "A-2=Sky;X\n"
                               "B-1=Sums;X\n";

Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  g_assert_true (jk_guard_init (NULL));
  self->folder = jk_test_folder_new ();
  self->world = jk_test_world_new (1);
  const JkRandom *random = jk_test_world_get (self->world)->random;
  self->authority = jk_sign_key_new (random, "test: authority", 0, self->signer);
  self->centre = jk_seal_key_new (random, "test: centre", 0, &self->centre_public);
  self->bank_path = jk_test_folder_dup_path (self->folder, "tiny.jkbank");
  self->keys_path = jk_test_folder_dup_path (self->folder, "tiny.jkkeys");
  return self;
}

void
fixture_free (Fixture *self)
{
  g_free (self->bank_path);
  g_free (self->keys_path);
  jk_secret_free (self->authority);
  jk_secret_free (self->centre);
  jk_test_world_free (self->world);
  jk_test_folder_free (self->folder);
  g_free (self);
}

const JkStorage *
fixture_disk (const Fixture *self)
{
  return jk_test_world_get (self->world)->storage;
}

char *
fixture_put_source (const Fixture *self, const char *gift)
{
  g_autoptr (GBytes) dot = g_bytes_new_static (dot_png, sizeof dot_png);
  g_free (jk_test_folder_put (self->folder, "dot.png", dot));
  g_free (jk_test_folder_put_text (self->folder, "items.gift", gift));

  return jk_test_folder_put_text (self->folder, "bank.ini", bank_ini);
}

JkSource *
fixture_load_source (const Fixture *self, const char *gift)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path = fixture_put_source (self, gift);
  JkSource *source = jk_source_load (fixture_disk (self), path, report);

  fixture_assert_faults (report, 0, "");
  g_assert_nonnull (source);
  return source;
}

JkSecret *
fixture_build (const Fixture *self, const JkSource *source)
{
  g_autoptr (GError) error = NULL;
  JkSecret *key = NULL;

  jk_bank_build (source,
                 jk_test_world_get (self->world),
                 self->authority,
                 &self->centre_public,
                 1,
                 "1",
                 self->bank_path,
                 self->keys_path,
                 &key,
                 &error);
  g_assert_no_error (error);
  g_assert_nonnull (key);
  return key;
}

JkSecret *
fixture_build_default (const Fixture *self)
{
  g_autoptr (JkSource) source = fixture_load_source (self, fixture_gift);
  return fixture_build (self, source);
}

JkBank *
fixture_open (const Fixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  JkBank *bank = jk_bank_open (fixture_disk (self), path, self->signer, &error);

  g_assert_no_error (error);
  return bank;
}

gboolean
fixture_found (const JkReport *report, const char *text)
{
  for (guint i = 0; i < jk_report_get_n (report); i++)
    if (strstr (jk_report_get (report, i)->found, text) != NULL)
      return TRUE;
  return FALSE;
}

void
fixture_assert_faults (const JkReport *report, guint n, const char *text)
{
  g_autofree char *all = jk_report_dup_text (report);

  if (jk_report_get_n_faults (report) != n)
    g_error ("%u faults and not %u:\n%s", jk_report_get_n_faults (report), n, all);
  for (guint i = 0; i < jk_report_get_n (report); i++) {
    const JkFinding *finding = jk_report_get (report, i);
    if (finding->kind == JK_FINDING_FAULT && strstr (finding->found, text) == NULL)
      g_error ("no fault \"%s\":\n%s", text, all);
  }
}

char *
fixture_put_flipped (const Fixture *self, const char *path, const char *name, gsize bit)
{
  char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[bit / 8] ^= (char) (1 << bit % 8);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  return jk_test_folder_put (self->folder, name, bytes);
}

gsize
fixture_get_size (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return size;
}

#define FORGED_BODY "('library', [byte 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16], uint32 1)"
#define FORGED_TABLES "('Forged', @ay [%s], [('A', 'a')], uint32 1, @ay [1, 2, 3])"

/* 32 zeros: a content digest that is not that of the blob. */
static char *
forged_tables (void)
{
  g_autoptr (GString) zeros = g_string_new ("byte 0");
  for (guint i = 1; i < JK_DIGEST_BYTES; i++)
    g_string_append (zeros, ",0");
  return g_strdup_printf (FORGED_TABLES, zeros->str);
}

static GBytes *
close_box (const guint8 *key,
           const char *purpose,
           gconstpointer context,
           gsize context_size,
           gconstpointer data,
           gsize size)
{
  static const guint8 nonce[JK_BOX_NONCE_BYTES] = { 7 };
  guint8 *box = g_malloc (size + JK_BOX_OVERHEAD);

  jk_box_close (key, purpose, context, context_size, data, size, nonce, box);
  return g_bytes_new_take (box, size + JK_BOX_OVERHEAD);
}

static GBytes *
close_forged_item (const JkSecret *key, const Forgery *forgery)
{
  static const guint8 number[4];
  g_autoptr (JkSecret) bank_key = jk_bank_derive_library_bank_key (key);
  g_autoptr (GVariant) judge =
      g_variant_ref_sink (g_variant_new_parsed ("('i', 's', @as [], byte 0, @a(say) [])"));
  g_autoptr (GBytes) blob =
      forgery->blob != NULL ? g_bytes_ref (forgery->blob) : g_variant_get_data_as_bytes (judge);
  guint8 item_key[JK_KEY_BYTES];

  jk_bank_derive_item_key (bank_key, 0, item_key);
  return close_box (item_key,
                    JK_BANK_ITEM_PURPOSE,
                    number,
                    sizeof number,
                    g_bytes_get_data (blob, NULL),
                    g_bytes_get_size (blob));
}

static GBytes *
close_forged_index (const guint8 *key, const guint8 *id, const Forgery *forgery, GBytes *item)
{
  guint8 bytes[JK_INDEX_ROW_BYTES];
  JkDigest digest;
  JkIndexRow row = {
    .section = forgery->section,
    .type = forgery->type != 0 ? forgery->type : JK_ITEM_JUDGE,
    .difficulty = 1,
    .n_options = forgery->n_options != 0 ? forgery->n_options : 2,
    .n_pinned = forgery->n_pinned,
    .blob_size = (guint32) g_bytes_get_size (item) + forgery->size_more,
  };

  jk_hash (NULL, g_bytes_get_data (item, NULL), g_bytes_get_size (item), &digest);
  memcpy (row.blob_digest, digest.bytes, JK_BLOB_DIGEST_BYTES);
  jk_index_put_row (bytes, &row);
  return close_box (key, JK_BANK_INDEX_PURPOSE, id, JK_BANK_ID_BYTES, bytes, JK_INDEX_ROW_BYTES);
}

static void
append_forged (JkEnvelopeWriter *writer, GBytes *bytes, guint64 n_rows)
{
  g_autoptr (GError) error = NULL;

  jk_envelope_writer_append (writer,
                             g_bytes_get_data (bytes, NULL),
                             g_bytes_get_size (bytes),
                             &error);
  g_assert_no_error (error);
  jk_envelope_writer_end_section (writer, n_rows, &error);
  g_assert_no_error (error);
}

void
fixture_forge (const Fixture *self, const JkSecret *key, const Forgery *forgery)
{
  static const guint8 id[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
  const char *const all[] = { "blobs", "index", "tables", NULL };
  const char *const some[] = { "blobs", "index", NULL };
  g_autofree char *usual = forged_tables ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSecret) index_key = jk_derive (key, JK_BANK_INDEX_KEY_PURPOSE, NULL, 0);
  const guint8 *box_key = jk_secret_get (index_key);
  GVariant *body = g_variant_parse (G_VARIANT_TYPE (JK_BANK_BODY_TYPE),
                                    forgery->body != NULL ? forgery->body : FORGED_BODY,
                                    NULL,
                                    NULL,
                                    &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) tables = g_variant_parse (G_VARIANT_TYPE (JK_BANK_TABLES_TYPE),
                                                 forgery->tables != NULL ? forgery->tables : usual,
                                                 NULL,
                                                 NULL,
                                                 &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) item = close_forged_item (key, forgery);
  g_autoptr (GBytes) index = close_forged_index (box_key, id, forgery, item);
  g_autoptr (GBytes) tables_box = close_box (box_key,
                                             JK_BANK_TABLES_PURPOSE,
                                             id,
                                             sizeof id,
                                             g_variant_get_data (tables),
                                             g_variant_get_size (tables));
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (fixture_disk (self),
                              self->bank_path,
                              0644,
                              JK_KIND_BANK,
                              body,
                              forgery->without_tables ? some : all,
                              &error);
  g_assert_no_error (error);
  append_forged (writer, item, 1);
  append_forged (writer, index, forgery->index_rows != 0 ? forgery->index_rows : 1);
  if (!forgery->without_tables)
    append_forged (writer, tables_box, 0);
  jk_envelope_writer_finish (writer, self->authority, NULL, NULL, &error);
  g_assert_no_error (error);
}
