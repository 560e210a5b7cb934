/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-journal.h: a journal on a disk that can fail, for the tests of journal.c. */
#pragma once

#include "check.h"

#include "support/vfs.h"

typedef struct {
  JkTestFolder *folder;
  JkTestVfs *vfs;
  JkTestWorld *fakes;
  const JkWorld *world;
  JkSecret *reader;
  JkSealPublic reader_public;
  char *path;
} Fixture;

static const JkDigest session = { { 4, 5, 6 } };

static inline int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->vfs = jk_test_vfs_new ();
  self->fakes = jk_test_world_new (1);
  self->world = jk_test_world_get (self->fakes);
  jk_test_storage_set_vfs_name (jk_test_world_get_storage (self->fakes),
                                jk_test_vfs_get_name (self->vfs));
  self->reader = jk_seal_key_new (self->world->random, "test: key", 0, &self->reader_public);
  self->path = jk_test_folder_dup_path (self->folder, "00007.jkjournal");
  *state = self;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_secret_free (self->reader);
  jk_test_world_free (self->fakes);
  jk_test_vfs_free (self->vfs);
  jk_test_folder_free (self->folder);
  g_free (self->path);
  g_free (self);
  return 0;
}

static inline JkJournal *
create (Fixture *self, GError **error)
{
  return jk_journal_create (self->world, self->path, &session, &self->reader_public, 1, error);
}

static inline JkJournal *
open_again (Fixture *self, GError **error)
{
  return jk_journal_open (self->world, self->path, &session, self->reader, error);
}

static inline JkJournal *
must_create (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkJournal *journal = create (self, &error);
  assert_ok (error);
  return journal;
}

static inline JkJournal *
must_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkJournal *journal = open_again (self, &error);
  assert_ok (error);
  return journal;
}

static inline JkJournal *
running (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkJournal *journal = must_create (self);

  check_run_up (journal, &error);
  assert_ok (error);
  return journal;
}

static inline void
answer (JkJournal *journal, guint64 exam_ms, guint position, guint16 mask)
{
  g_autoptr (GError) error = NULL;
  guint64 ticket = check_post (journal, JK_EVENT_ANSWERED, exam_ms, position, mask, &error);

  assert_ok (error);
  jk_journal_wait (journal, ticket, &error);
  assert_ok (error);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
