/* SPDX-License-Identifier: Apache-2.0 */
/* bank-fixture.c: the office's part of bench-bank. */
#include "bank-fixture.h"

#include "bench-source.h"
#include "crypto/derive.h"
#include "paper/draw.h"

#include <stdio.h>
#include <stdlib.h>

static void
make_blueprint (BankFixture *self)
{
  g_autofree char *text = bench_source_dup_blueprint (self->paper_items);
  g_autoptr (JkReport) report = jk_report_new ();

  self->blueprint = jk_blueprint_parse ("bench", text, report);
  if (self->blueprint == NULL) {
    g_autofree char *faults = jk_report_dup_text (report);
    fprintf (stderr, "%s", faults);
    exit (1);
  }
}

/* The office's part: bank, the session's bank, and the record of one candidate. */
static void
make_bank (BankFixture *self)
{
  g_autofree char *bank_path = g_build_filename (self->folder, "office.jkbank", NULL);
  g_autofree char *keys_path = g_build_filename (self->folder, "office.jkkeys", NULL);
  g_autoptr (JkSource) source = bench_source_make (self->folder, self->n_items);
  g_autoptr (JkSecret) library_key = NULL;
  g_autoptr (JkSecret) centre_key = NULL;
  g_autoptr (JkBank) library = NULL;
  g_autoptr (GError) error = NULL;
  const JkWorld *world = jk_world_system ();
  JkSealPublic centre;
  JkDigest digest;

  self->path = g_build_filename (self->folder, "session.jkbank", NULL);
  self->sign = jk_sign_key_new (world->random, "bench", 0, self->public_key);
  centre_key = jk_seal_key_new (world->random, "bench", 1, &centre);
  self->paper_key = jk_secret_new_random (world->random, "bench", 2, JK_KEY_BYTES);
  self->bank_key = jk_secret_new_random (world->random, "bench", 3, JK_KEY_BYTES);
  self->record_key = jk_secret_new_random (world->random, "bench", 4, JK_KEY_BYTES);
  bench_must (jk_bank_build (source,
                             world,
                             self->sign,
                             &centre,
                             1,
                             "1",
                             bank_path,
                             keys_path,
                             &library_key,
                             &error),
              error);
  library = jk_bank_open (world->storage, bank_path, self->public_key, &error);
  bench_must (library != NULL && jk_bank_unlock (library, library_key, &error), error);
  bench_must (jk_bank_reseal (library,
                              library_key,
                              self->id,
                              self->paper_key,
                              self->bank_key,
                              world,
                              self->sign,
                              self->path,
                              &digest,
                              &error),
              error);
}

static void
make_record (BankFixture *self)
{
  const JkWorld *world = jk_world_system ();
  const JkPerson person = { .admission = "2101050340101011",
                            .name = "bench",
                            .masked_id = "1",
                            .seat = "01",
                            .path = "" };
  g_autoptr (JkSecret) seed = jk_secret_new_random (world->random, "bench", 5, JK_KEY_BYTES);
  g_autoptr (JkSecret) item_keys = jk_secret_new ((gsize) self->paper_items * JK_KEY_BYTES);
  g_autoptr (JkPaperKeys) keys = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkPool) pool = NULL;
  g_autoptr (GBytes) closed = NULL;
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  bank = jk_bank_open (world->storage, self->path, self->public_key, &error);
  bench_must (bank != NULL && jk_bank_unlock (bank, self->paper_key, &error), error);
  pool = jk_pool_new (self->blueprint, bank, &error);
  bench_must (pool != NULL, error);
  self->paper = jk_draw (pool, seed, NULL, &error);
  bench_must (self->paper != NULL, error);
  for (guint n = 0; n < self->paper_items; n++)
    jk_bank_derive_item_key (self->bank_key,
                             jk_paper_get_item (self->paper, n)->item,
                             jk_secret_get_mutable (item_keys) + (gsize) n * JK_KEY_BYTES);
  jk_paper_get_digest (self->paper, &digest);
  keys = jk_paper_keys_new (seed, &digest, item_keys);
  gsize size = jk_record_measure (&person, 1, self->paper_items);
  closed = jk_record_close (&person,
                            keys,
                            self->record_key,
                            self->paper_key,
                            self->id,
                            size,
                            world->random,
                            0);
  self->record = jk_record_open (g_bytes_get_data (closed, NULL), size, self->record_key, self->id);
  bench_must (self->record != NULL, NULL);
}

void
bank_fixture_clear (BankFixture *self)
{
  bench_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  jk_secret_free (self->sign);
  jk_secret_free (self->paper_key);
  jk_secret_free (self->bank_key);
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
  jk_blueprint_free (self->blueprint);
  jk_paper_free (self->paper);
}

void
bank_fixture_init (BankFixture *self, const char *here, guint32 n_items, guint paper_items)
{
  *self = (BankFixture){ .n_items = n_items, .paper_items = paper_items };
  self->folder = g_build_filename (here, "bench-bank-XXXXXX", NULL);
  bench_must (g_mkdtemp (self->folder) != NULL, NULL);
  make_bank (self);
  make_blueprint (self);
  make_record (self);
}
