/* SPDX-License-Identifier: Apache-2.0 */
/* forgetful: jikaoctl on a disk that keeps nothing it was not told to sync.
 *
 * What SQLite writes stays in this process until it syncs, so killing the process is a power cut.
 * Linked a second time with synchronous=OFF (see meson.build), it must lose answers: else kill.py
 * proves nothing. A third time, with synchronous=OFF on the real disk, it does the same for
 * powercut.py. */
#include "crypto/guard.h"
#include "support/vfs.h"
#include "tool/tool.h"

#ifdef JK_UNSYNCED
#include "sitting/journal-db.h"

JkJournalDb *__real_jk_journal_db_open (const char *path,
                                        const char *vfs_name,
                                        JkJournalSync sync,
                                        GError **error);
JkJournalDb *__wrap_jk_journal_db_open (const char *path,
                                        const char *vfs_name,
                                        JkJournalSync sync,
                                        GError **error);

JkJournalDb *
__wrap_jk_journal_db_open (const char *path,
                           const char *vfs_name,
                           JkJournalSync sync,
                           GError **error)
{
  return __real_jk_journal_db_open (path, vfs_name, JK_JOURNAL_FORGETFUL, error);
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (JkTestVfs) vfs = jk_test_vfs_new ();
  g_autoptr (GError) error = NULL;
  JkStorage storage = *jk_storage_system ();
  JkWorld world = *jk_world_system ();
  JkTool tool = { .world = &world, .out = stdout, .err = stderr };

  jk_test_vfs_use_power_cuts (vfs);
#ifndef JK_REAL_DISK
  storage.vfs_name = jk_test_vfs_get_name (vfs);
#endif
  world.storage = &storage;
  if (!jk_guard_init (&error))
    return JK_EXIT_STORAGE;
  return jk_tool_run (&tool, argc, argv);
}
