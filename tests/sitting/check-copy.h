/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-copy.h: a journal and the stick with its second copy. */
#pragma once

#include "check-journal.h"

#include <glib/gstdio.h>

#define NAME "00007.jkjournal"

static inline char *
dup_stick (Fixture *self)
{
  char *stick = jk_test_folder_dup_path (self->folder, "stick");
  g_mkdir_with_parents (stick, 0700);
  return stick;
}

static inline void
must_set (Fixture *self, JkJournal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = dup_stick (self);
  g_autofree char *sentence = NULL;

  jk_journal_set_second (journal, stick, &error);
  assert_ok (error);
  assert_int_equal (jk_journal_get_second_state (journal, &sentence), JK_SECOND_ALIVE);
  assert_null (sentence);
}

static inline void
assert_lost (JkJournal *journal)
{
  g_autofree char *sentence = NULL;

  assert_int_equal (jk_journal_get_second_state (journal, &sentence), JK_SECOND_LOST);
  assert_non_null (strstr (sentence, "stick"));
  assert_non_null (strstr (sentence, "set the copy again"));
  assert_false (jk_journal_has_failed (journal, NULL));
}

/* The files of a store, as they lie there now. */
static inline void
copy_files (Fixture *self, const char *from, const char *to)
{
  static const char *const tails[] = { "", "-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *from_name = g_strconcat (from, tails[i], NULL);
    g_autofree char *to_name = g_strconcat (to, tails[i], NULL);
    g_autofree char *from_path = jk_test_folder_dup_path (self->folder, from_name);
    g_autofree char *to_path = jk_test_folder_dup_path (self->folder, to_name);
    g_unlink (to_path);
    if (!g_file_test (from_path, G_FILE_TEST_EXISTS))
      continue;
    g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, from_name);
    g_free (jk_test_folder_put (self->folder, to_name, bytes));
  }
}

static inline void
forget_files (Fixture *self, const char *name)
{
  static const char *const tails[] = { "", "-wal", ".part", ".part-wal", ".r1", ".r1-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *tailed = g_strconcat (name, tails[i], NULL);
    g_autofree char *path = jk_test_folder_dup_path (self->folder, tailed);
    g_unlink (path);
  }
}

/* The disk of the PC is gone; what lies on the stick as it lies there takes its place. */
static inline JkJournal *
resume_from_stick (Fixture *self)
{
  forget_files (self, NAME);
  copy_files (self, "stick/" NAME, NAME);
  return must_open (self);
}

static inline void
assert_rows (JkJournal *journal, guint64 n_rows)
{
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), n_rows);
}
