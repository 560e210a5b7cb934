/* SPDX-License-Identifier: Apache-2.0 */
/* desk/carried.c: see the header. */
#include "desk/carried.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "crypto/error.h"
#include "desk/error.h"

#include <string.h>

#define MS_PER_MIN 60000

/* A capsule as its head names it. */
typedef struct {
  char *path; /* owned */
  guint32 record;
} Found;

/* One that was opened. */
typedef struct {
  /* Borrowed */
  const char *path;
  /* Owned */
  GBytes *bytes;
  JkCapsule *capsule;
} Branch;

typedef struct {
  /* Borrowed */
  const JkWorld *world;
  const JkSeat *seat;
  const JkSession *session;
  const char *folder;
  const JkSecret *seal_key;
  /* Owned */
  GPtrArray *orders; /* paths */
  GArray *found;     /* of Found: those of the session */
  GArray *branches;  /* of Branch: those of the record */
  char *damaged;     /* the first file that is no capsule though it is called one; or NULL */
  /* Plain */
  guint n_foreign;
} Search;

static void
clear_found (gpointer data)
{
  g_free (((Found *) data)->path);
}

static void
clear_branch (gpointer data)
{
  Branch *self = data;

  g_bytes_unref (self->bytes);
  jk_capsule_free (self->capsule);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->branches, g_array_unref);
  g_free (self->damaged);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

void
jk_carried_clear (JkCarried *self)
{
  g_free (self->path);
  g_free (self->order_path);
  g_clear_pointer (&self->capsule, g_bytes_unref);
  g_clear_pointer (&self->order, g_bytes_unref);
  *self = (JkCarried){ NULL };
}

static gboolean refuse (GError **error, JkDeskError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, JkDeskError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, JK_DESK_ERROR, (gint) code, sentence);
  return FALSE;
}

static gboolean
peek (const Search *self, const char *path, guint32 *out_record, JkDigest *out_session)
{
  guint8 head[JK_CAPSULE_HEAD_BYTES];
  g_autoptr (JkFile) file = jk_file_open (self->world->storage, path, NULL);

  if (file == NULL || !jk_file_read_at (file, 0, head, sizeof head, NULL))
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new (head, sizeof head);
  return jk_capsule_peek (bytes, out_record, out_session);
}

/* Takes path. */
static void
take_capsule (Search *self, char *path)
{
  Found found = { .path = path };
  JkDigest session;

  if (!peek (self, path, &found.record, &session)) {
    if (self->damaged == NULL)
      self->damaged = g_steal_pointer (&path);
    g_free (path);
  } else if (jk_digest_equal (&session, jk_session_get_digest (self->session))) {
    g_array_append_val (self->found, found);
  } else {
    self->n_foreign++;
    g_free (path);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
look (Search *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &problem);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s cannot be looked into (%s); put the stick in again, or choose another folder.",
                 self->folder,
                 problem->message);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, JK_CARRIED_CAPSULE) || g_str_has_suffix (name, JK_CARRIED_ORDER))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint n = 0; n < names->len; n++) {
    char *path = g_build_filename (self->folder, names->pdata[n], NULL);
    if (g_str_has_suffix (path, JK_CARRIED_CAPSULE))
      take_capsule (self, path);
    else
      g_ptr_array_add (self->orders, path);
  }
  return TRUE;
}

/* NULL: no order of this session that lets this record go on elsewhere. */
static JkOrder *
read_order (const Search *self, const char *path, guint32 record)
{
  g_autoptr (GBytes) bytes = jk_storage_read (self->world->storage, path, JK_ORDER_BYTES_MAX, NULL);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse (path, bytes, NULL) : NULL;
  const JkOrderTerms *terms = order != NULL ? jk_order_get_terms (order) : NULL;

  if (terms == NULL || (terms->act != JK_ACT_MOVE && terms->act != JK_ACT_RETIRE) ||
      !jk_digest_equal (&terms->session, jk_session_get_digest (self->session)) ||
      (record != JK_ORDER_EVERY && terms->record != record))
    return NULL;
  return g_steal_pointer (&order);
}

static gboolean
find_order_alone (const Search *self, guint32 record, guint32 *out_record)
{
  for (guint n = 0; n < self->orders->len; n++) {
    g_autoptr (JkOrder) order = read_order (self, self->orders->pdata[n], record);
    if (order == NULL)
      continue;
    *out_record = jk_order_get_terms (order)->record;
    return TRUE;
  }
  return FALSE;
}

/* "seat 04, NAME (record 3)", as far as the roll opens. */
static char *
describe (const Search *self, guint32 record)
{
  g_autoptr (JkRoll) roll = jk_session_open_roll (self->session, self->seal_key, NULL);

  if (roll == NULL || record >= jk_roll_get_n (roll))
    return g_strdup_printf ("record %u", record);
  const JkPerson *person = jk_roll_get_person (roll, record);
  return g_strdup_printf ("seat %s, %s (record %u)", person->seat, person->name, record);
}

static gboolean
refuse_none (const Search *self, guint32 record, GError **error)
{
  guint32 ordered;

  if (self->damaged != NULL)
    return refuse (error,
                   JK_DESK_ERROR_NOBODY,
                   "%s is damaged; move its candidate out once more at the first PC, onto another "
                   "stick, or say who else goes on here.",
                   self->damaged);
  if (find_order_alone (self, record, &ordered)) {
    g_autofree char *who = describe (self, ordered);
    return refuse (error,
                   JK_DESK_ERROR_NOBODY,
                   "%s holds the order that lets %s go on elsewhere, but not the answers "
                   "(.jkcapsule); move the candidate out once more at the first PC, into this "
                   "folder.",
                   self->folder,
                   who);
  }
  if (self->found->len == 0 && self->n_foreign > 0)
    return refuse (error,
                   JK_DESK_ERROR_NOBODY,
                   "%s holds %u on their way to another PC, but nobody of session %s, hall %s; "
                   "bring the stick that the first PC wrote to, or load their session here.",
                   self->folder,
                   self->n_foreign,
                   jk_session_get_short_name (self->session),
                   jk_session_get_hall (self->session));
  g_autofree char *who = record != JK_ORDER_EVERY ? describe (self, record) : g_strdup ("nobody");
  return refuse (error,
                 JK_DESK_ERROR_NOBODY,
                 "%s holds %s%s on the way to another PC; move the candidate out at the first PC, "
                 "into this folder.",
                 self->folder,
                 record != JK_ORDER_EVERY ? "nothing of " : "",
                 who);
}

static gboolean
is_here (const Search *self, guint32 record)
{
  return jk_seat_find_sitting (self->seat, record) != NULL;
}

/* The records that were found, each once, ascending as the names are sorted; those that have a
 * sitting here already only when there is no other. */
static GArray *
list_records (const Search *self)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint pass = 0; pass < 2 && records->len == 0; pass++) {
    for (guint n = 0; n < self->found->len; n++) {
      guint32 record = g_array_index (self->found, Found, n).record;
      gboolean is_listed = pass == 0 && is_here (self, record);
      for (guint i = 0; i < records->len && !is_listed; i++)
        is_listed = g_array_index (records, guint32, i) == record;
      if (!is_listed)
        g_array_append_val (records, record);
    }
  }
  return records;
}

static gboolean
choose_record (const Search *self, guint32 *record, GError **error)
{
  g_autoptr (GArray) records = list_records (self);

  if (*record != JK_ORDER_EVERY)
    return TRUE;
  /* Whose the damaged one is cannot be told: not one who was not meant goes on then. */
  if (records->len == 0 || self->damaged != NULL)
    return refuse_none (self, *record, error);
  if (records->len == 1) {
    *record = g_array_index (records, guint32, 0);
    return TRUE;
  }
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint n = 0; n < records->len; n++) {
    g_autofree char *who = describe (self, g_array_index (records, guint32, n));
    g_string_append_printf (all, "%s%s", n > 0 ? "; " : "", who);
  }
  return refuse (error,
                 JK_DESK_ERROR_SEVERAL,
                 "%s holds several candidates: %s; say who goes on here.",
                 self->folder,
                 all->str);
}

static JkCapsule *
open_capsule (const Search *self, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) problem = NULL;
  JkCapsule *capsule = jk_capsule_open (path, bytes, self->session, self->seal_key, &problem);

  if (g_error_matches (problem, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET))
    refuse (error,
            JK_DESK_ERROR_NOBODY,
            "%s does not open: it was damaged on the way, or the envelope that opened the panel is "
            "newer than it; move the candidate out once more at the first PC, or open the panel "
            "with another envelope.",
            path);
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return capsule;
}

/* A damaged one stops all: it may be the newest, and whoever goes on with an older one loses work.
 */
static gboolean
open_branches (Search *self, guint32 record, GError **error)
{
  for (guint n = 0; n < self->found->len; n++) {
    const Found *found = &g_array_index (self->found, Found, n);
    Branch branch = { .path = found->path };
    if (found->record != record)
      continue;
    branch.bytes = jk_storage_read (self->world->storage, found->path, JK_CAPSULE_BYTES_MAX, error);
    if (branch.bytes == NULL)
      return FALSE;
    branch.capsule = open_capsule (self, found->path, branch.bytes, error);
    if (branch.capsule == NULL) {
      g_bytes_unref (branch.bytes);
      return FALSE;
    }
    g_array_append_val (self->branches, branch);
  }
  return self->branches->len > 0 || refuse_none (self, record, error);
}

/* Whether one holds all that the other does, of the same sitting. */
static gboolean
holds (const Branch *self, const Branch *other)
{
  gsize size, other_size;
  gconstpointer rows = g_bytes_get_data (jk_capsule_get_rows (self->capsule), &size);
  gconstpointer others = g_bytes_get_data (jk_capsule_get_rows (other->capsule), &other_size);

  return jk_digest_equal (jk_capsule_get_first_link (self->capsule),
                          jk_capsule_get_first_link (other->capsule)) &&
         other_size <= size && memcmp (rows, others, other_size) == 0;
}

/* What a proctor can tell two branches of a sitting by. */
static char *
describe_branch (const Branch *self)
{
  const JkReplay *replay = jk_capsule_get_replay (self->capsule);
  guint n_answered = 0;

  for (guint n = 0; n < jk_replay_get_started (replay)->n_items; n++)
    n_answered += jk_replay_get_answer (replay, n) != 0;
  g_autofree char *name = g_path_get_basename (self->path);
  return g_strdup_printf ("%s with %u answers after %" G_GUINT64_FORMAT " min",
                          name,
                          n_answered,
                          jk_replay_get_exam_ms (replay) / MS_PER_MIN);
}

/* NULL with error: they went different ways. */
static const Branch *
choose_branch (const Search *self, GError **error)
{
  const Branch *newest = &g_array_index (self->branches, Branch, 0);
  g_autoptr (GString) all = g_string_new (NULL);
  gboolean is_newest = TRUE;

  for (guint n = 1; n < self->branches->len; n++) {
    const Branch *branch = &g_array_index (self->branches, Branch, n);
    if (!holds (newest, branch))
      newest = branch;
  }
  for (guint n = 0; n < self->branches->len; n++) {
    const Branch *branch = &g_array_index (self->branches, Branch, n);
    g_autofree char *what = describe_branch (branch);
    g_string_append_printf (all, "%s%s", n > 0 ? "; " : "", what);
    is_newest = is_newest && holds (newest, branch);
  }
  if (is_newest)
    return newest;
  refuse (error,
          JK_DESK_ERROR_SEVERAL,
          "%s holds work of one candidate that went on at two PCs: %s; let two proctors decide, "
          "note it, and keep the files that are not to go on elsewhere.",
          self->folder,
          all->str);
  return NULL;
}

/* Of two orders that retire a PC, the one of more people, then the later one. */
static gboolean
is_better (const JkOrder *order, const JkOrder *than)
{
  if (than == NULL || jk_order_get_n_signers (order) != jk_order_get_n_signers (than))
    return than == NULL || jk_order_get_n_signers (order) > jk_order_get_n_signers (than);
  return jk_order_get_terms (order)->wall_ms > jk_order_get_terms (than)->wall_ms;
}

static JkOrder *
find_retire (const Search *self, const JkCapsule *capsule)
{
  const JkReplay *replay = jk_capsule_get_replay (capsule);
  const guint8 *last = jk_replay_get_station (replay, jk_replay_get_n_rows (replay));
  g_autoptr (JkOrder) best = NULL;

  for (guint n = 0; n < self->orders->len; n++) {
    g_autoptr (JkOrder) order =
        read_order (self, self->orders->pdata[n], jk_capsule_get_record (capsule));
    if (order == NULL || jk_order_get_terms (order)->act != JK_ACT_RETIRE ||
        !jk_order_is_for (order, last) || !is_better (order, best))
      continue;
    jk_order_free (best);
    best = g_steal_pointer (&order);
  }
  return g_steal_pointer (&best);
}

static gboolean
find_order (const Search *self, const Branch *branch, JkCarried *out, GError **error)
{
  GBytes *move = jk_capsule_get_move (branch->capsule);

  if (move != NULL) {
    out->order = g_bytes_ref (move);
    out->order_path = g_strdup (branch->path);
    return TRUE;
  }
  g_autoptr (JkOrder) retire = find_retire (self, branch->capsule);
  if (retire != NULL) {
    out->order = g_bytes_ref (jk_order_get_bytes (retire));
    out->order_path = g_strdup (jk_order_get_file (retire));
    return TRUE;
  }
  return refuse (error,
                 JK_DESK_ERROR_NO_ORDER,
                 "%s was copied off a PC that has not let the candidate go, and no order that "
                 "retires that PC lies beside it; sign one (jikaoctl order new --act retire), and "
                 "put it there too.",
                 branch->path);
}

gboolean
jk_carried_find (const JkWorld *world,
                 const JkSeat *seat,
                 const char *folder,
                 guint32 record,
                 const JkSecret *seal_key,
                 JkCarried *out,
                 GError **error)
{
  g_auto (Search) search = {
    .world = world,
    .seat = seat,
    .session = jk_seat_get_session (seat),
    .folder = folder,
    .seal_key = seal_key,
    .orders = g_ptr_array_new_with_free_func (g_free),
    .found = g_array_new (FALSE, FALSE, sizeof (Found)),
    .branches = g_array_new (FALSE, FALSE, sizeof (Branch)),
  };

  g_array_set_clear_func (search.found, clear_found);
  g_array_set_clear_func (search.branches, clear_branch);
  if (!look (&search, error) || !choose_record (&search, &record, error) ||
      !open_branches (&search, record, error))
    return FALSE;
  const Branch *branch = choose_branch (&search, error);
  if (branch == NULL || !find_order (&search, branch, out, error))
    return FALSE;
  out->path = g_strdup (branch->path);
  out->capsule = g_bytes_ref (branch->bytes);
  return TRUE;
}
