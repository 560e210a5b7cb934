/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-seats.c: log-ins are slow by design (Argon2id), so they run on all processors. */
#include "tool/lint-seats.h"

static JkRecord *
open_record (const JkLintRoom *room, JkLintSeat *seat, JkSecret **out_key)
{
  if (seat->row != NULL)
    return jk_session_log_in (room->session,
                              room->roster_key,
                              seat->row->admission,
                              seat->row->id_number,
                              out_key,
                              &seat->error);
  *out_key = jk_roll_dup_record_key (room->roll, seat->record);
  return jk_session_open_record (room->session, seat->record, *out_key, &seat->error);
}

/* A copy: the items need not stay in memory. */
static void
take_paper (const JkLintRoom *room, JkLintSeat *seat, const JkOwnPaper *own)
{
  const JkPaper *paper = jk_own_paper_get_paper (own);
  g_autoptr (GBytes) rows = jk_paper_to_bytes (paper);

  for (guint position = 0; position < jk_paper_get_n (paper); position++) {
    const JkBlob *blob = jk_own_paper_get_blob (own, position);
    g_autoptr (GBytes) bytes = jk_blob_dup_bytes (blob);
    jk_lint_items_take (room->items, jk_paper_get_item (paper, position)->item, blob);
    seat->blob_bytes += g_bytes_get_size (bytes);
  }
  seat->paper =
      jk_paper_from_bytes (g_bytes_get_data (rows, NULL), g_bytes_get_size (rows), &seat->error);
}

static void
open_seat (gpointer data, gpointer user_data)
{
  const JkLintRoom *room = user_data;
  JkLintSeat *seat = data;
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = open_record (room, seat, &key);
  g_autoptr (JkOwnPaper) own = NULL;
  g_autoptr (GBytes) photo = NULL;
  const JkPerson *person;

  if (record == NULL)
    return;
  person = jk_record_get_person (record);
  seat->record = person->index;
  seat->is_spare = person->spare;
  seat->seat = g_strdup (person->seat);
  seat->differs = seat->row != NULL && (g_strcmp0 (person->name, seat->row->name) != 0 ||
                                        g_strcmp0 (person->seat, seat->row->seat) != 0);
  photo = jk_session_open_photo (room->session, person->index, key, &seat->error);
  seat->has_photo = photo != NULL;
  if (room->paper_key == NULL || seat->error != NULL)
    return;
  own = jk_own_paper_open (room->session, room->bank, record, key, room->paper_key, &seat->error);
  if (own != NULL)
    take_paper (room, seat, own);
}

void
jk_lint_seats_open (const JkLintRoom *room, JkLintSeat *seats, guint n_seats, guint n_threads)
{
  g_return_if_fail (room != NULL && seats != NULL);

  GThreadPool *pool = NULL;
  if (n_threads > 1)
    pool = g_thread_pool_new (open_seat, (gpointer) room, (gint) n_threads, FALSE, NULL);
  for (guint n = 0; n < n_seats; n++) {
    if (pool != NULL)
      g_thread_pool_push (pool, &seats[n], NULL);
    else
      open_seat (&seats[n], (gpointer) room);
  }
  if (pool != NULL)
    g_thread_pool_free (pool, FALSE, TRUE);
}

void
jk_lint_seat_clear (JkLintSeat *self)
{
  g_clear_pointer (&self->seat, g_free);
  g_clear_pointer (&self->paper, jk_paper_free);
  g_clear_error (&self->error);
}
