/* SPDX-License-Identifier: Apache-2.0 */
/* support/storage.c: see the header. */
#include "support/storage.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Everything that moves, apart from the table: the code under test holds the table as const. */
typedef struct {
  guint n_calls[JK_TEST_N_CALLS];
  gint n_open;
  gboolean has_failed;

  JkTestCall fail_call;
  guint fail_n; /* 0: never */
  int fail_number;
  JkTestFault fault;

  guint tear_n; /* 0: never */
  gsize tear_prefix;
  int tear_number;

  gsize transfer_max; /* 0: no limit */
} State;

/* What stays over a heal. */
typedef struct {
  /* Owned */
  char *prefix;    /* NULL: every file */
  GHashTable *fds; /* of those that are open and counted */
  /* Borrowed */
  gpointer opening_data, forgetting_data;
  /* Plain */
  JkTestOpening opening;
  JkTestForgetting forgetting;
} Watch;

struct _JkTestStorage {
  JkStorage storage; /* first, so that the table leads back here */

  /* Owned */
  State *state;
  Watch *watch;
  GMutex *mutex; /* of the counts: calls may come from several threads */
  char *vfs_name;

  /* Borrowed */
  const JkStorage *inner;
};

static const JkTestStorage *
test_of (const JkStorage *storage)
{
  return (const JkTestStorage *) storage;
}

static gboolean
is_watched (const JkTestStorage *self, const char *path)
{
  return self->watch->prefix == NULL || g_str_has_prefix (path, self->watch->prefix);
}

static gboolean
is_watched_file (const JkTestStorage *self, int fd)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (self->mutex);

  return self->watch->prefix == NULL ||
         g_hash_table_contains (self->watch->fds, GINT_TO_POINTER (fd));
}

/* Counts a call; TRUE when it is to fail, with errno set. */
static gboolean
is_failing (const JkTestStorage *self, JkTestCall call)
{
  State *state = self->state;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (self->mutex);
  state->n_calls[JK_TEST_ANY]++;
  state->n_calls[call]++;

  if (state->fail_n == 0 || (state->fail_call != JK_TEST_ANY && state->fail_call != call))
    return FALSE;
  guint n = state->n_calls[state->fail_call];
  if (state->fault == JK_TEST_ONCE ? n != state->fail_n : n < state->fail_n)
    return FALSE;
  state->has_failed = TRUE;
  errno = state->fail_number;
  return TRUE;
}

static size_t
limit (const JkTestStorage *self, size_t size)
{
  gsize max = self->state->transfer_max;
  return max > 0 && size > max ? max : size;
}

static void
note_open (const JkTestStorage *self, int fd, gboolean watched)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (self->mutex);

  self->state->n_open++;
  if (watched)
    g_hash_table_add (self->watch->fds, GINT_TO_POINTER (fd));
}

/* Before it is closed: then another thread may be given the same number. */
static gboolean
note_close (const JkTestStorage *self, int fd)
{
  gboolean watched = is_watched_file (self, fd);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (self->mutex);

  self->state->n_open--;
  g_hash_table_remove (self->watch->fds, GINT_TO_POINTER (fd));
  return watched;
}

static int
test_open (const JkStorage *storage, const char *path, int flags, mode_t mode)
{
  const JkTestStorage *self = test_of (storage);
  gboolean watched = is_watched (self, path);

  if (watched && self->watch->opening != NULL)
    self->watch->opening (path, self->watch->opening_data);
  if (watched && is_failing (self, JK_TEST_OPEN))
    return -1;
  int fd = self->inner->open (self->inner, path, flags, mode);
  if (fd >= 0)
    note_open (self, fd, watched);
  return fd;
}

static ssize_t
test_pread (const JkStorage *storage, int fd, void *out, size_t size, off_t offset)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched_file (self, fd) && is_failing (self, JK_TEST_PREAD))
    return -1;
  return self->inner->pread (self->inner, fd, out, limit (self, size), offset);
}

static ssize_t
test_pwrite (const JkStorage *storage, int fd, const void *data, size_t size, off_t offset)
{
  const JkTestStorage *self = test_of (storage);
  State *state = self->state;
  gboolean watched = is_watched_file (self, fd);

  if (watched && is_failing (self, JK_TEST_PWRITE))
    return -1;
  if (watched && state->tear_n != 0 && state->n_calls[JK_TEST_PWRITE] == state->tear_n) {
    gsize prefix = MIN (state->tear_prefix, size);
    ssize_t n = self->inner->pwrite (self->inner, fd, data, prefix, offset);
    g_assert_cmpint (n, ==, prefix);
    state->has_failed = TRUE;
    errno = state->tear_number;
    return -1;
  }
  return self->inner->pwrite (self->inner, fd, data, limit (self, size), offset);
}

static int
test_size (const JkStorage *storage, int fd, guint64 *out_size)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched_file (self, fd) && is_failing (self, JK_TEST_SIZE))
    return -1;
  return self->inner->size (self->inner, fd, out_size);
}

static int
test_fsync (const JkStorage *storage, int fd)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched_file (self, fd) && is_failing (self, JK_TEST_FSYNC))
    return -1;
  return self->inner->fsync (self->inner, fd);
}

static int
test_close (const JkStorage *storage, int fd)
{
  const JkTestStorage *self = test_of (storage);
  gboolean watched = note_close (self, fd);
  int result = self->inner->close (self->inner, fd);

  return watched && is_failing (self, JK_TEST_CLOSE) ? -1 : result;
}

static int
test_rename (const JkStorage *storage, const char *from, const char *to)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched (self, from) && is_failing (self, JK_TEST_RENAME))
    return -1;
  return self->inner->rename (self->inner, from, to);
}

static int
test_unlink (const JkStorage *storage, const char *path)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched (self, path) && is_failing (self, JK_TEST_UNLINK))
    return -1;
  return self->inner->unlink (self->inner, path);
}

static int
test_mkdir (const JkStorage *storage, const char *path, mode_t mode)
{
  const JkTestStorage *self = test_of (storage);
  if (is_watched (self, path) && is_failing (self, JK_TEST_MKDIR))
    return -1;
  return self->inner->mkdir (self->inner, path, mode);
}

static int
test_forget (const JkStorage *storage, int fd)
{
  const JkTestStorage *self = test_of (storage);
  gboolean watched = is_watched_file (self, fd);

  if (watched && is_failing (self, JK_TEST_FORGET))
    return -1;
  if (watched && self->watch->forgetting != NULL)
    self->watch->forgetting (fd, self->watch->forgetting_data);
  return self->inner->forget (self->inner, fd);
}

JkTestStorage *
jk_test_storage_new (const JkStorage *inner)
{
  JkTestStorage *self = g_new0 (JkTestStorage, 1);
  self->state = g_new0 (State, 1);
  self->watch = g_new0 (Watch, 1);
  self->watch->fds = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->mutex = g_new0 (GMutex, 1);
  g_mutex_init (self->mutex);
  self->inner = inner != NULL ? inner : jk_storage_system ();
  self->storage = (JkStorage){
    .open = test_open,
    .pread = test_pread,
    .pwrite = test_pwrite,
    .size = test_size,
    .fsync = test_fsync,
    .close = test_close,
    .rename = test_rename,
    .unlink = test_unlink,
    .mkdir = test_mkdir,
    .forget = test_forget,
    .vfs_name = self->inner->vfs_name,
  };
  return self;
}

void
jk_test_storage_free (JkTestStorage *self)
{
  if (self == NULL)
    return;
  g_free (self->vfs_name);
  g_mutex_clear (self->mutex);
  g_free (self->mutex);
  g_free (self->watch->prefix);
  g_hash_table_unref (self->watch->fds);
  g_free (self->watch);
  g_free (self->state);
  g_free (self);
}

const JkStorage *
jk_test_storage_get (const JkTestStorage *self)
{
  return &self->storage;
}

void
jk_test_storage_set_vfs_name (JkTestStorage *self, const char *name)
{
  g_free (self->vfs_name);
  self->vfs_name = g_strdup (name);
  self->storage.vfs_name = self->vfs_name;
}

void
jk_test_storage_heal (JkTestStorage *self)
{
  gint n_open = self->state->n_open;
  *self->state = (State){ .n_open = n_open };
}

void
jk_test_storage_fail (JkTestStorage *self, JkTestCall call, guint n, int number, JkTestFault fault)
{
  self->state->fail_call = call;
  self->state->fail_n = n;
  self->state->fail_number = number;
  self->state->fault = fault;
}

void
jk_test_storage_tear (JkTestStorage *self, guint n, gsize prefix, int number)
{
  self->state->tear_n = n;
  self->state->tear_prefix = prefix;
  self->state->tear_number = number;
}

void
jk_test_storage_limit_transfer (JkTestStorage *self, gsize size)
{
  self->state->transfer_max = size;
}

void
jk_test_storage_only (JkTestStorage *self, const char *prefix)
{
  g_free (self->watch->prefix);
  self->watch->prefix = g_strdup (prefix);
}

void
jk_test_storage_watch (JkTestStorage *self, JkTestOpening opening, gpointer user_data)
{
  self->watch->opening = opening;
  self->watch->opening_data = user_data;
}

void
jk_test_storage_on_forget (JkTestStorage *self, JkTestForgetting forgetting, gpointer data)
{
  self->watch->forgetting = forgetting;
  self->watch->forgetting_data = data;
}

void
jk_test_storage_spoil (int fd, gpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  int writable = open (path, O_RDWR | O_CLOEXEC);
  guint8 byte;

  g_assert_cmpint (pread (writable, &byte, 1, 0), ==, 1);
  byte ^= 1;
  g_assert_cmpint (pwrite (writable, &byte, 1, 0), ==, 1);
  close (writable);
}

gboolean
jk_test_storage_has_failed (const JkTestStorage *self)
{
  return self->state->has_failed;
}

guint
jk_test_storage_get_n_calls (const JkTestStorage *self, JkTestCall call)
{
  return self->state->n_calls[call];
}

guint
jk_test_storage_get_n_fsyncs (const JkTestStorage *self)
{
  return self->state->n_calls[JK_TEST_FSYNC];
}

gint
jk_test_storage_get_n_open (const JkTestStorage *self)
{
  return self->state->n_open;
}
