/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-journal-db.h: a journal's file in a folder, on a disk that can fail. */
#pragma once

#include "check.h"

#include "sitting/journal-db.h"
#include "support/vfs.h"

typedef struct {
  JkTestFolder *folder;
  JkTestVfs *vfs;
  char *path, *log;
} Fixture;

static const guint8 record[80] = { 1 };

static inline int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->vfs = jk_test_vfs_new ();
  self->path = jk_test_folder_put_text (self->folder, "a.jkjournal", "");
  self->log = g_strconcat (self->path, "-wal", NULL);
  *state = self;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_test_vfs_free (self->vfs);
  jk_test_folder_free (self->folder);
  g_free (self->path);
  g_free (self->log);
  g_free (self);
  return 0;
}

static inline void
make (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (JkJournalMeta) meta = {
    .version = 1,
    .suite = 1,
    .session = { { 2 } },
    .sitting = { 3 },
    .key = g_bytes_new_static ("sealed", 6),
  };

  jk_journal_db_make (self->path, jk_test_vfs_get_name (self->vfs), &meta, &error);
  assert_ok (error);
}

static inline JkJournalDb *
open_with (Fixture *self, JkJournalSync sync)
{
  g_autoptr (GError) error = NULL;
  JkJournalDb *db = jk_journal_db_open (self->path, jk_test_vfs_get_name (self->vfs), sync, &error);

  assert_ok (error);
  return db;
}

static inline void
grow (JkJournalDb *db)
{
  g_autoptr (GError) error = NULL;

  jk_journal_db_grow (db, record, sizeof record, &error);
  assert_ok (error);
}
