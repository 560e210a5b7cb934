/* SPDX-License-Identifier: Apache-2.0 */
/* desk/hall-folder.c: see the header. */
#include "desk/hall-folder.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/witness.h"
#include "result/error.h"

#define RESULT_ENDING ".jkresult"
#define SHEET_ENDING ".jkhandin"

typedef struct {
  /* Borrowed */
  const JkWorld *world;
  JkSeat *seat;
  const char *folder;
  JkHall *hall;
  JkReport *report;
} Reader;

/* FAT knows no upper and lower case. */
static gboolean
has_ending (const char *name, const char *ending)
{
  gsize size = strlen (name), tail = strlen (ending);

  return size > tail && g_ascii_strcasecmp (name + size - tail, ending) == 0;
}

static gboolean
has_start (const char *name, const char *start)
{
  return g_ascii_strncasecmp (name, start, strlen (start)) == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In an order that does not depend on the medium. NULL with error. */
static GPtrArray *
list (const char *folder, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &refusal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_MISSING,
                 "%s: this folder cannot be read (%s); put the stick in again, or choose the "
                 "folder with the results of the hall.",
                 folder,
                 refusal->message);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (has_ending (name, RESULT_ENDING) || has_ending (name, SHEET_ENDING) ||
        has_ending (name, JK_WITNESS_ENDING))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static void
add_words (const Reader *self, const char *path, GBytes *bytes)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = jk_text_from_bytes (path, bytes, &problem);

  if (text != NULL)
    jk_hall_add_room (self->hall, path, text, self->report);
  else
    jk_report_add_error (self->report, path, problem);
}

/* Who lacks a result is named by the sheet, so a torn one says only why. */
static void
tell_damaged (const Reader *self, const char *path, const GError *problem, gboolean is_result)
{
  if (g_error_matches (problem, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN))
    return;
  if (!is_result)
    jk_report_add_error (self->report, path, problem);
  else
    jk_report_add (self->report,
                   JK_FINDING_NOTICE,
                   path,
                   NULL,
                   "a result that is damaged or not whole",
                   "a whole one",
                   "copy it again at the PC where it was made");
}

static void
add_file (const Reader *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  gboolean is_result = has_ending (name, RESULT_ENDING);
  gboolean is_sheet = has_ending (name, SHEET_ENDING);
  gsize bytes_max = is_result  ? JK_RESULT_BYTES_MAX
                    : is_sheet ? JK_SHEET_BYTES_MAX
                               : JK_TEXT_FILE_BYTES_MAX;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (self->world->storage, path, bytes_max, &problem);

  if (bytes != NULL && is_result)
    jk_hall_add_result (self->hall, path, bytes, &problem);
  else if (bytes != NULL && is_sheet)
    jk_hall_add_sheet (self->hall, path, bytes, &problem);
  else if (bytes != NULL)
    add_words (self, path, bytes);
  if (problem != NULL)
    tell_damaged (self, path, problem, is_result);
}

gboolean
jk_hall_folder_read (const JkWorld *world,
                     JkSeat *seat,
                     const char *folder,
                     JkHall *hall,
                     JkReport *report,
                     GError **error)
{
  const JkSession *session = jk_seat_get_session (seat);
  const Reader reader = { world, seat, folder, hall, report };
  g_autoptr (GPtrArray) names = list (folder, error);
  g_autoptr (JkRoom) own = names != NULL ? jk_witness_hear (seat, error) : NULL;
  g_autofree char *own_name = own != NULL ? jk_witness_dup_file_name (seat) : NULL;

  if (own == NULL)
    return FALSE;
  g_autofree char *words = jk_room_dup_text (own);
  g_autofree char *start = g_strdup_printf ("%s-%s-",
                                            jk_session_get_short_name (session),
                                            jk_session_get_hall (session));
  if (words[0] != '\0')
    jk_hall_add_room (hall, own_name, words, report);
  for (guint n = 0; n < names->len; n++) {
    const char *name = g_ptr_array_index (names, n);
    gboolean is_words = has_ending (name, JK_WITNESS_ENDING);
    /* Words do not say of which hall they are, but by their name. */
    if (!is_words || (has_start (name, start) && g_ascii_strcasecmp (name, own_name) != 0))
      add_file (&reader, name);
  }
  return TRUE;
}
