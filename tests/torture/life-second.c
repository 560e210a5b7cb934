/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-second.c: what a second place holds against what people had been told. */
#include "life-private.h"

static char *
say (const char *what, const GError *error)
{
  return g_strdup_printf ("%s: %s", what, error->message);
}

static char *
judge_answers (const JkTold *told, const JkReplay *replay)
{
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++) {
    guint16 found = jk_replay_get_answer (replay, i);
    if (found != told->saved[i] && (i != told->position || found != told->mask))
      return g_strdup_printf ("answer %u of the copy is %u, acknowledged was %u",
                              i,
                              found,
                              told->saved[i]);
  }
  return NULL;
}

/* As a proctor or the centre reads it, without the PC. */
static char *
judge_copy (const JkLife *self, const JkTold *told, const JkLife *heir, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournal) journal = jk_journal_open (&heir->world,
                                                   path,
                                                   jk_session_get_digest (heir->place.session),
                                                   jk_life_orders_get_seal_key (heir->orders),
                                                   &error);

  if (journal == NULL)
    return !told->has_begun && g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)
               ? NULL
               : say ("the copy does not open", error);
  char *wrong = jk_life_judge_rows (self, told, heir, journal);
  return wrong != NULL ? wrong : judge_answers (told, jk_journal_get_replay (journal));
}

char *
jk_life_judge_second (const JkLife *self, const JkTold *told, JkTestDisk *disk, gboolean has_keys)
{
  g_autoptr (JkLife) heir = jk_life_new_heir (self, told, disk);
  guint32 record = jk_record_get_person (self->record)->index;
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record);
  g_autoptr (GError) error = NULL;
  gboolean done;

  heir->record = jk_test_exam_log_in (self->exam, 0, &heir->record_key);
  if (!jk_life_open_station (heir, &error))
    return say ("the keys of this PC cannot be read or made", error);
  g_autofree char *folder = jk_sitting_dup_folder (&heir->place);
  g_autofree char *seat = g_path_get_basename (folder);
  g_autofree char *path = g_build_filename (JK_LIFE_SECOND, seat, name, NULL);
  if (has_keys && !jk_sitting_recover (&heir->place, JK_LIFE_SECOND, record, &done, &error) &&
      (told->has_begun || !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)))
    return say ("what the disk forgot cannot be taken back", error);
  return judge_copy (self, told, heir, path);
}
