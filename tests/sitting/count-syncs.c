/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/count-syncs.c: ANSWERS answers in the store at PATH, each waited for. Run twice,
 * with different ANSWERS, under strace by check-syncs.py: the difference is what an answer costs.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  JkDigest session = { { 1 } };
  JkSealPublic reader;

  if (argc != 3 || !jk_guard_init (NULL))
    return 2;
  g_autoptr (JkSecret) key = jk_seal_key_new (jk_random_system (), "test: key", 0, &reader);
  g_autoptr (JkJournal) journal =
      jk_journal_create (jk_world_system (), argv[1], &session, &reader, 1, &error);
  gboolean ok = journal != NULL && check_run_up (journal, &error);
  for (int i = 0; ok && i < atoi (argv[2]); i++) {
    guint64 ticket = check_post (journal,
                                 JK_EVENT_ANSWERED,
                                 (guint64) i * 10,
                                 (guint) i % CHECK_ITEMS,
                                 1,
                                 &error);
    ok = ticket != 0 && jk_journal_wait (journal, ticket, &error);
  }
  if (!ok)
    fprintf (stderr, "%s\n", error->message);
  return ok ? 0 : 1;
}
