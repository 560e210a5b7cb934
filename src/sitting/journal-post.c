/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-post.c: see the header. */
#include "sitting/journal-post.h"

typedef struct {
  char *name;
  guint8 *box; /* NULL: the entry goes */
  gsize size;
} Side;

struct _JkJournalPost {
  guint64 sequence;
  guint8 *box;
  gsize size;
  GArray *sides; /* of Side; NULL when there is none */
};

static void
clear_side (gpointer data)
{
  Side *side = data;

  g_free (side->name);
  g_free (side->box);
}

JkJournalPost *
jk_journal_post_new (guint64 sequence, guint8 *box, gsize size)
{
  JkJournalPost *self = g_new0 (JkJournalPost, 1);

  self->sequence = sequence;
  self->box = box;
  self->size = size;
  return self;
}

void
jk_journal_post_free (JkJournalPost *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sides, g_array_unref);
  g_free (self->box);
  g_free (self);
}

void
jk_journal_post_add_side (JkJournalPost *self, const char *name, guint8 *box, gsize size)
{
  Side side = { g_strdup (name), box, size };

  if (self->sides == NULL) {
    self->sides = g_array_new (FALSE, FALSE, sizeof (Side));
    g_array_set_clear_func (self->sides, clear_side);
  }
  g_array_append_val (self->sides, side);
}

void
jk_journal_post_drop_side (JkJournalPost *self, const char *name)
{
  jk_journal_post_add_side (self, name, NULL, 0);
}

static gboolean
write_side (JkJournalDb *db, const Side *side, GError **error)
{
  if (side->box == NULL)
    return jk_journal_db_drop_side (db, side->name, error);
  return jk_journal_db_add_side (db, side->name, side->box, side->size, error);
}

guint64
jk_journal_post_get_sequence (const JkJournalPost *self)
{
  return self->sequence;
}

static void
free_post (gpointer data)
{
  jk_journal_post_free (data);
}

GPtrArray *
jk_journal_post_array_new (void)
{
  return g_ptr_array_new_with_free_func (free_post);
}

guint64
jk_journal_post_array_get_last (const GPtrArray *posts)
{
  return jk_journal_post_get_sequence (g_ptr_array_index (posts, posts->len - 1));
}

gboolean
jk_journal_post_is_single (const JkJournalPost *self)
{
  return self->sides == NULL;
}

gboolean
jk_journal_post_write (const JkJournalPost *self, JkJournalDb *db, GError **error)
{
  if (!jk_journal_db_add_row (db, self->sequence, self->box, self->size, error))
    return FALSE;
  for (guint i = 0; self->sides != NULL && i < self->sides->len; i++) {
    if (!write_side (db, &g_array_index (self->sides, Side, i), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jk_journal_post_write_all (const GPtrArray *posts,
                           gconstpointer time,
                           gsize time_size,
                           JkJournalDb *db,
                           GError **error)
{
  const JkJournalPost *first = posts != NULL ? g_ptr_array_index (posts, 0) : NULL;

  /* Alone, an answer is a commit of its own. */
  if (first == NULL)
    return time == NULL || jk_journal_db_put_time (db, time, time_size, error);
  if (posts->len == 1 && first->sides == NULL && time == NULL)
    return jk_journal_post_write (first, db, error);

  if (!jk_journal_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < posts->len; i++) {
    if (!jk_journal_post_write (g_ptr_array_index (posts, i), db, error))
      return FALSE;
  }
  if (time != NULL && !jk_journal_db_put_time (db, time, time_size, error))
    return FALSE;
  return jk_journal_db_commit (db, error);
}
