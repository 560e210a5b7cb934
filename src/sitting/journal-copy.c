/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-copy.c: rows of another journal, closed under a new key. */
#include "sitting/journal-copy.h"

#include "base/bytes.h"
#include "base/error.h"
#include "sitting/journal-keys.h"
#include "sitting/journal-store.h"

typedef struct {
  /* Borrowed */
  JkJournalKeys *keys;
  const JkJournalCopy *copy;
} Filling;

static gboolean
add_rows (JkJournalDb *db, const Filling *filling, GError **error)
{
  gsize left;
  const guint8 *at = g_bytes_get_data (filling->copy->rows, &left);

  for (guint64 sequence = 1; left > 0; sequence++) {
    guint32 size = jk_bytes_get_u32 (at);
    g_autofree guint8 *box = jk_journal_keys_close_row (filling->keys, sequence, at + 4, size);
    if (!jk_journal_db_add_row (db, sequence, box, size + (gsize) JK_BOX_OVERHEAD, error))
      return FALSE;
    at += 4 + (gsize) size;
    left -= 4 + (gsize) size;
  }
  return TRUE;
}

static gboolean
fill (JkJournalDb *db, gpointer user_data, GError **error)
{
  const Filling *filling = user_data;

  for (gsize n = 0; n < filling->copy->n_side; n++) {
    const JkSideEntry *side = &filling->copy->side[n];
    g_autofree guint8 *box =
        jk_journal_keys_close_side (filling->keys, side->name, side->data, side->size);
    if (!jk_journal_db_add_side (db, side->name, box, side->size + JK_BOX_OVERHEAD, error))
      return FALSE;
  }
  return add_rows (db, filling, error);
}

gboolean
jk_journal_copy_make (const JkWorld *world,
                      const char *path,
                      const JkDigest *session,
                      const JkSealPublic *readers,
                      gsize n_readers,
                      const JkJournalCopy *copy,
                      GError **error)
{
  JkJournalKeys keys;
  Filling filling = { .keys = &keys, .copy = copy };
  g_auto (JkJournalMeta) meta = {
    .version = JK_JOURNAL_VERSION,
    .suite = JK_JOURNAL_SUITE,
    .session = *session,
  };
  g_autofree char *name = g_path_get_basename (path);

  if (jk_journal_store_is_there (world, path)) {
    g_set_error (
        error,
        JK_BASE_ERROR,
        JK_BASE_ERROR_EXISTS,
        "%s is there already: this candidate has a sitting on this PC; take another PC, or "
        "resume it here.",
        path);
    return FALSE;
  }
  jk_journal_keys_draw_again (&keys,
                              world->random,
                              name,
                              copy->sitting_id,
                              copy->first_link,
                              readers,
                              n_readers,
                              &meta);
  gboolean ok = jk_journal_store_make_filled (world, path, &meta, fill, &filling, error);
  jk_journal_keys_clear (&keys);
  return ok;
}
