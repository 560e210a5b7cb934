/* SPDX-License-Identifier: Apache-2.0 */
/* desk/handin.c: see the header. */
#include "desk/handin.h"

#include "base/error.h"
#include "desk/hall-folder.h"
#include "desk/handin-orders.h"
#include "desk/panel-private.h"

#define MODE 0600

/* What is given to the worker, and what comes back from it. */
typedef struct {
  /* Owned */
  char *folder;
  GArray *words;          /* JkHandinWord */
  JkPanelSigners signers; /* all zeros: nobody signs */
  JkHandin *handin;
  JkHandinSheet *sheet;
  /* Plain */
  gboolean alone, are_slips_compared;
} Errand;

/* A hall as it lies there. */
typedef struct {
  /* Owned */
  JkReport *report;
  JkRoll *roll;
  JkHall *hall;
} Found;

static void
found_clear (Found *self)
{
  jk_hall_free (self->hall);
  jk_roll_free (self->roll);
  jk_report_free (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static void
person_free (gpointer data)
{
  JkHandinPerson *self = data;

  g_free (self->seat);
  g_free (self->name);
  g_free (self);
}

void
jk_handin_free (JkHandin *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->unexplained);
  g_ptr_array_unref (self->without_slip);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

void
jk_handin_sheet_free (JkHandinSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->code);
  g_free (self);
}

static Errand *
errand_new (const char *folder, const JkHandinSaid *said)
{
  Errand *self = g_new0 (Errand, 1);

  self->folder = g_strdup (folder);
  self->words = g_array_new (FALSE, FALSE, sizeof (JkHandinWord));
  if (said->n_words > 0)
    g_array_append_vals (self->words, said->words, said->n_words);
  self->are_slips_compared = said->are_slips_compared;
  return self;
}

static void
errand_free (gpointer data)
{
  Errand *self = data;

  g_free (self->folder);
  g_array_unref (self->words);
  jk_panel_signers_clear (&self->signers);
  jk_handin_free (self->handin);
  jk_handin_sheet_free (self->sheet);
  g_free (self);
}

/* A word for who is known by now is one too many: what is known counts. */
static void
add_words (const Errand *self, const JkSession *session, JkRoom *room)
{
  for (guint n = 0; n < self->words->len; n++) {
    const JkHandinWord *word = &g_array_index (self->words, JkHandinWord, n);
    const JkRoomSeat *seat = jk_room_find (room, word->record);
    gboolean is_known = seat != NULL && (seat->state != JK_N_SEAT_STATES || seat->slips->len > 0);
    if (word->record < jk_session_get_n_records (session) && !is_known)
      jk_room_set_state (room, word->record, word->state);
  }
}

static gboolean
look (const Errand *self, JkDesk *desk, const JkRoleKeys *keys, Found *found, GError **error)
{
  const JkSession *session = jk_seat_get_session (desk->seat);

  found->report = jk_report_new ();
  found->hall = jk_hall_new (session);
  found->roll = jk_session_open_roll (session, keys->seal, error);
  if (found->roll == NULL || !jk_hall_folder_read (desk->world,
                                                   desk->seat,
                                                   self->folder,
                                                   found->hall,
                                                   found->report,
                                                   error))
    return FALSE;
  add_words (self, session, jk_hall_get_room (found->hall));
  if (self->are_slips_compared)
    jk_room_accept_shown (jk_hall_get_room (found->hall));
  jk_hall_close (found->hall, found->roll, self->folder, found->report);
  return TRUE;
}

static gboolean
is_ready (const Found *self)
{
  return jk_report_get_n_faults (self->report) == 0 &&
         jk_hall_get_unexplained (self->hall)->len == 0;
}

static GPtrArray *
list_people (JkDesk *desk, const Found *found, const GArray *records, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);

  for (guint n = 0; n < records->len; n++) {
    guint32 record = g_array_index (records, guint32, n);
    const JkPerson *person = jk_roll_get_person (found->roll, record);
    g_autoptr (GError) problem = NULL;
    char *walk_in = person->spare ? jk_seat_dup_walk_in (desk->seat, record, &problem) : NULL;
    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    JkHandinPerson *one = g_new0 (JkHandinPerson, 1);
    one->record = record;
    one->seat = g_strdup (person->seat);
    one->name = walk_in != NULL ? walk_in : g_strdup (person->name);
    g_ptr_array_add (people, one);
  }
  return g_steal_pointer (&people);
}

static GPtrArray *
list_findings (const JkReport *report)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = jk_report_dup_text (report);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint n = 0; lines[n] != NULL; n++) {
    if (lines[n][0] != '\0')
      g_ptr_array_add (sentences, g_strdup (lines[n]));
  }
  return sentences;
}

/* Of those without a slip. The last result of a record is the one that counts, and a PC shows no
 * other. */
static guint
count_shown (const Found *found)
{
  const GArray *records = jk_hall_get_without_slip (found->hall);
  guint n_shown = 0;

  for (guint n = 0; n < records->len; n++) {
    const JkRoomSeat *seat =
        jk_room_find (jk_hall_get_room (found->hall), g_array_index (records, guint32, n));
    gboolean is_shown = FALSE;
    for (guint i = 0; seat != NULL && i < seat->slips->len; i++)
      is_shown |= g_array_index (seat->slips, JkRoomSlip, i).trust == JK_SLIP_SHOWN;
    n_shown += is_shown;
  }
  return n_shown;
}

static gboolean
read_handin (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Errand *self = data;
  g_auto (Found) found = { NULL };
  g_autoptr (GPtrArray) unexplained = NULL, without_slip = NULL;

  if (!look (self, desk, keys, &found, error))
    return FALSE;
  unexplained = list_people (desk, &found, jk_hall_get_unexplained (found.hall), error);
  if (unexplained != NULL)
    without_slip = list_people (desk, &found, jk_hall_get_without_slip (found.hall), error);
  if (without_slip == NULL)
    return FALSE;
  self->handin = g_new0 (JkHandin, 1);
  self->handin->unexplained = g_steal_pointer (&unexplained);
  self->handin->without_slip = g_steal_pointer (&without_slip);
  self->handin->findings = list_findings (found.report);
  self->handin->n_shown = count_shown (&found);
  self->handin->n_results = jk_hall_get_n_results (found.hall);
  self->handin->number = jk_hall_get_next_number (found.hall);
  self->handin->has_news = jk_hall_has_news (found.hall);
  self->handin->is_ready = is_ready (&found);
  jk_hall_count (found.hall, &self->handin->counts);
  return TRUE;
}

static void
give_handin (GTask *task, gpointer data)
{
  Errand *self = data;

  g_task_return_pointer (task, g_steal_pointer (&self->handin), (GDestroyNotify) jk_handin_free);
}

void
jk_panel_read_handin_async (JkPanel *self,
                            const char *folder,
                            const JkHandinSaid *said,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const JkPanelErrand errand = { read_handin, give_handin, errand_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self) && folder != NULL);

  jk_panel_run (self, &errand, errand_new (folder, said), callback, user_data);
}

JkHandin *
jk_panel_read_handin_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
check_ready (const Found *found, GError **error)
{
  if (is_ready (found))
    return TRUE;
  g_autofree char *text = jk_report_dup_text (found->report);
  g_set_error (error,
               JK_DESK_ERROR,
               JK_DESK_ERROR_UNEXPLAINED,
               "The sheet is not signed: %u of the roll are not accounted for. %s"
               "Look through the folder again.",
               jk_hall_get_unexplained (found->hall)->len,
               g_strdelimit (text, "\n", ' '));
  return FALSE;
}

/* An earlier sheet of this number lies there only if it could not be read. */
static gboolean
write_sheet (JkDesk *desk, const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return jk_storage_write_proven (desk->world->storage, path, MODE, bytes, error);
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_EXISTS,
               "%s is there already and is not this sheet; it is kept: look through the folder "
               "again, or choose another one.",
               path);
  return FALSE;
}

static gboolean
sign_found (Errand *self, JkDesk *desk, const JkRoleKeys *keys, Found *found, GError **error)
{
  const JkSession *session = jk_seat_get_session (desk->seat);
  const JkSheetSigner first = { keys->sign, self->signers.role };
  const JkSheetSigner second = { self->signers.second_keys.sign, self->signers.second };
  g_autofree char *name = jk_sheet_dup_file_name (session, jk_hall_get_next_number (found->hall));
  GError *problem = NULL;
  g_autoptr (GBytes) bytes =
      jk_hall_build_sheet (found->hall, &first, &second, self->alone, found->report, &problem);

  if (problem != NULL) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  if (!check_ready (found, error))
    return FALSE;
  g_autoptr (JkSheet) sheet = jk_sheet_open (name, bytes, session, error);
  guint n_orders;
  /* Orders first: a sheet that is there is made. */
  if (sheet == NULL ||
      !jk_handin_orders_write (desk,
                               self->folder,
                               sheet,
                               jk_hall_get_room (found->hall),
                               &first,
                               &second,
                               &n_orders,
                               error) ||
      !write_sheet (desk, self->folder, name, bytes, error))
    return FALSE;
  self->sheet = g_new0 (JkHandinSheet, 1);
  self->sheet->n_orders = n_orders;
  self->sheet->name = g_steal_pointer (&name);
  self->sheet->code = jk_sheet_dup_code (jk_sheet_get_digest (sheet));
  return TRUE;
}

static gboolean
sign_handin (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Errand *self = data;
  g_auto (Found) found = { NULL };

  return look (self, desk, keys, &found, error) && check_ready (&found, error) &&
         jk_panel_signers_prove (&self->signers, desk->seat, error) &&
         sign_found (self, desk, keys, &found, error);
}

static JkRoleName
get_refused (gpointer data)
{
  return ((const Errand *) data)->signers.refused;
}

static void
give_sheet (GTask *task, gpointer data)
{
  Errand *self = data;

  g_task_return_pointer (task,
                         g_steal_pointer (&self->sheet),
                         (GDestroyNotify) jk_handin_sheet_free);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

/* What is missing, as the end of a sentence; NULL: nothing is. */
static const char *
find_missing (JkPanel *self, const JkHandinSigning *signing)
{
  if (is_empty (signing->again))
    return "the passcode that opened the panel once more";
  if (signing->second == 0 || is_empty (signing->second_passcode))
    return "a second person, who types the passcode of another envelope";
  if (signing->second == self->role)
    return "a second person with another envelope than that which opened the panel";
  if (signing->alone && MAX (signing->second, self->role) < JK_ROLE_SPARE_1)
    return "a spare's envelope, when one person signs alone";
  return NULL;
}

void
jk_panel_sign_handin_async (JkPanel *self,
                            const JkHandinSigning *signing,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const JkPanelErrand errand = { sign_handin, give_sheet, errand_free, get_refused };
  g_return_if_fail (JK_IS_PANEL (self) && signing->folder != NULL);
  const char *missing = find_missing (self, signing);

  if (self->role != 0 && missing != NULL) {
    g_task_report_new_error (self,
                             callback,
                             user_data,
                             NULL,
                             JK_DESK_ERROR,
                             JK_DESK_ERROR_ASK,
                             "The closing sheet needs %s.",
                             missing);
    return;
  }
  Errand *data = errand_new (signing->folder, &signing->said);
  data->alone = signing->alone;
  jk_panel_signers_init (&data->signers,
                         self,
                         signing->again != NULL ? signing->again : "",
                         signing->second,
                         signing->second_passcode != NULL ? signing->second_passcode : "");
  jk_panel_run (self, &errand, data, callback, user_data);
}

JkHandinSheet *
jk_panel_sign_handin_finish (JkPanel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
