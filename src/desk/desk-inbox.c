/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-inbox.c: files arrive by image, share or stick in a folder: sessions, banks, amendments
 * and orders (design.md section 6). What is broken or foreign is named to the proctor and left. */
#include "desk/desk-private.h"

#include "base/error.h"
#include "base/limits.h"
#include "sitting/error.h"

#include <sys/stat.h>

typedef gboolean (*TakeFile) (JkDesk *self, const char *path, GError **error);

/* Name and state of a file: one that changes is looked at again. NULL: it is gone. */
static char *
dup_mark (const char *path)
{
  struct stat facts;

  if (stat (path, &facts) != 0 || !S_ISREG (facts.st_mode))
    return NULL;
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                          path,
                          (gint64) facts.st_size,
                          (gint64) facts.st_mtim.tv_sec,
                          facts.st_mtim.tv_nsec);
}

static JkSeat *
find_seat (JkDesk *self, const JkDigest *session)
{
  for (guint i = 0; i < self->seats->len; i++) {
    JkSeat *seat = g_ptr_array_index (self->seats, i);
    if (jk_digest_equal (jk_session_get_digest (jk_seat_get_session (seat)), session))
      return seat;
  }
  return NULL;
}

static gboolean
take_session (JkDesk *self, const char *path, GError **error)
{
  g_autoptr (JkSession) session = jk_session_open (self->world, path, self->authorities, error);

  if (session == NULL)
    return FALSE;
  if (find_seat (self, jk_session_get_digest (session)) != NULL)
    return TRUE;
  JkSeat *seat = jk_seat_load (&self->seat_place, path, error);
  if (seat == NULL)
    return FALSE;
  jk_desk_add_seat (self, seat);
  return TRUE;
}

/* Offers a file to each seat; TRUE when one of them takes it. */
static gboolean
offer (JkDesk *self,
       const char *path,
       gboolean (*take) (JkSeat *seat, const char *path, GError **error),
       GError **error)
{
  g_autoptr (GError) refusal = NULL;
  gboolean is_taken = self->seats->len == 0;

  for (guint i = 0; i < self->seats->len; i++) {
    g_clear_error (&refusal);
    is_taken = take (g_ptr_array_index (self->seats, i), path, &refusal) || is_taken;
  }
  if (is_taken)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
take_bank (JkDesk *self, const char *path, GError **error)
{
  return offer (self, path, jk_seat_take_bank, error);
}

static gboolean
take_amendment (JkDesk *self, const char *path, GError **error)
{
  return offer (self, path, jk_seat_take_amendment, error);
}

static gboolean
take_order (JkDesk *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes =
      jk_storage_read (self->world->storage, path, JK_ORDER_BYTES_MAX, error);
  g_autoptr (JkOrder) order = bytes != NULL ? jk_order_parse (path, bytes, error) : NULL;

  if (order == NULL)
    return FALSE;
  JkSeat *seat = find_seat (self, &jk_order_get_terms (order)->session);
  return seat == NULL || jk_desk_take_order (self, seat, order, error);
}

/* Sessions first: what else lies there is for one of them. */
static const struct {
  const char *suffix;
  TakeFile take;
} kinds[] = {
  { ".jksession", take_session },
  { ".jkbank", take_bank },
  { ".jkamend", take_amendment },
  { ".jkorder", take_order },
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Whether a name is of one kind; with a suffix of NULL, of any. */
static gboolean
is_kind (const char *name, const char *suffix)
{
  if (suffix != NULL)
    return g_str_has_suffix (name, suffix);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_has_suffix (name, kinds[i].suffix))
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
list_files (const char *inbox, const char *suffix)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (inbox, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (is_kind (name, suffix))
      g_ptr_array_add (paths, g_build_filename (inbox, name, NULL));
  }
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* The marks of all that lies there. */
static void
look (GTask *task, gpointer source, gpointer inbox, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) paths = list_files (inbox, NULL);
  GPtrArray *marks = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < paths->len; i++) {
    char *mark = dup_mark (g_ptr_array_index (paths, i));
    if (mark != NULL)
      g_ptr_array_add (marks, mark);
  }
  g_task_return_pointer (task, marks, (GDestroyNotify) g_ptr_array_unref);
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (JkDesk) self = g_weak_ref_get (weak);
  g_autoptr (GPtrArray) marks = g_task_propagate_pointer (G_TASK (result), NULL);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL)
    return;
  self->is_looking = FALSE;
  /* The worker may be at what was seen; then the next look tells. */
  for (guint i = 0; self->n_busy == 0 && i < marks->len; i++)
    self->has_mail = self->has_mail || !g_hash_table_contains (self->seen, marks->pdata[i]);
}

void
jk_desk_look_for_mail (JkDesk *self)
{
  if (self->inbox == NULL || self->is_looking)
    return;
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked, weak);
  g_task_set_task_data (task, g_strdup (self->inbox), g_free);
  self->is_looking = TRUE;
  g_task_run_in_thread (task, look);
}

/* The disk's trouble passes; what a file is does not. */
static gboolean
is_final (const GError *error)
{
  return !g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE) &&
         !g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL) &&
         !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

static void
take_kind (JkDesk *self, const char *suffix, TakeFile take)
{
  g_autoptr (GPtrArray) paths = list_files (self->inbox, suffix);

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    g_autofree char *mark = dup_mark (path);
    g_autoptr (GError) error = NULL;
    if (mark == NULL || g_hash_table_contains (self->seen, mark))
      continue;
    gboolean ok = take (self, path, &error);
    if (!ok)
      jk_desk_add_fault (self, error->message);
    if (ok || is_final (error))
      g_hash_table_add (self->seen, g_steal_pointer (&mark));
  }
}

void
jk_desk_take_inbox (JkDesk *self)
{
  for (guint i = 0; self->inbox != NULL && i < G_N_ELEMENTS (kinds); i++)
    take_kind (self, kinds[i].suffix, kinds[i].take);
}
