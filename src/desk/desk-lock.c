/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-lock.c: 暂离锁屏. Kept until it is taken off, over a pause and a restart too: whoever
 * pulls a plug beside an empty chair must not find the question open. */
#include "desk/desk-private.h"

#include "base/text.h"

#include <string.h>

#define FILE_NAME "locked"
#define MODE 0600

static char *
dup_path (const JkDesk *self)
{
  return g_build_filename (jk_station_get_folder (self->station), FILE_NAME, NULL);
}

/* Whose lock it is: another sitting is not locked by it. */
static GBytes *
make_mark (const JkDesk *self)
{
  const JkDigest *session = jk_session_get_digest (jk_seat_get_session (self->seat));
  g_autofree char *hex = jk_text_hex (session->bytes, JK_DIGEST_BYTES);
  char *mark = g_strdup_printf ("%s %u\n", hex, jk_sitting_get_person (self->sitting)->index);

  return g_bytes_new_take (mark, strlen (mark));
}

/* A lock that cannot be kept holds at least as long as the program runs. */
static void
keep (const JkDesk *self)
{
  const JkStorage *storage = self->world->storage;
  g_autofree char *path = dup_path (self);
  g_autoptr (GBytes) mark = make_mark (self);

  if (self->is_locked)
    jk_storage_write (storage, path, MODE, mark, NULL);
  else
    storage->unlink (storage, path);
}

void
jk_desk_lock (JkDesk *self, gboolean is_locked)
{
  g_return_if_fail (JK_IS_DESK (self));

  if (self->sitting == NULL || self->is_locked == is_locked)
    return;
  self->is_locked = is_locked;
  keep (self);
  jk_desk_emit (self, JK_DESK_LOCKED);
}

gboolean
jk_desk_is_locked (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);
  return self->is_locked;
}

void
jk_desk_read_lock (JkDesk *self)
{
  g_autofree char *path = dup_path (self);

  self->is_locked = FALSE;
  if (self->sitting == NULL)
    return;
  g_autoptr (GBytes) mark = make_mark (self);
  g_autoptr (GBytes) there =
      jk_storage_read (self->world->storage, path, g_bytes_get_size (mark), NULL);
  self->is_locked = there != NULL && g_bytes_equal (there, mark);
}
