/* SPDX-License-Identifier: Apache-2.0 */
/* tool/secrets.c: a small table of secrets in guarded memory. */
#include "tool/secrets.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define FILE_BYTES_MAX (64u * 1024)
#define CTRL_C 3

struct _JkSecrets {
  /* Owned */
  JkSecret *text; /* the whole file; NULL: ask the terminal */
  /* Plain */
  gsize size;
};

static gboolean
check_rights (int fd, const char *path, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || (status.st_mode & 077) == 0)
    return TRUE;
  g_set_error (
      error,
      JK_BASE_ERROR,
      JK_BASE_ERROR_TEXT,
      "%s: other users may use this file of secrets (mode %03o); expected 0600; run chmod 600 "
      "on it and consider its secrets known.",
      path,
      (unsigned) status.st_mode & 0777);
  return FALSE;
}

/* Reads to the end straight into guarded memory: no copy stays in a stream's buffer. */
static gboolean
read_all (JkSecrets *self, int fd, const char *path, GError **error)
{
  ssize_t got;

  self->text = jk_secret_new (FILE_BYTES_MAX);
  do {
    got = read (fd, jk_secret_get_mutable (self->text) + self->size, FILE_BYTES_MAX - self->size);
    if (got > 0)
      self->size += (gsize) got;
  } while ((got > 0 && self->size < FILE_BYTES_MAX) || (got < 0 && errno == EINTR));
  if (got == 0)
    return TRUE;
  g_set_error (
      error,
      JK_BASE_ERROR,
      got < 0 ? JK_BASE_ERROR_STORAGE : JK_BASE_ERROR_TOO_LARGE,
      "%s: the file of secrets %s; expected name=value lines of at most 64 KiB in all; check the "
      "path given with --secrets.",
      path,
      got < 0 ? "cannot be read" : "is too long");
  return FALSE;
}

JkSecrets *
jk_secrets_load (const char *path, GError **error)
{
  g_autoptr (JkSecrets) self = g_new0 (JkSecrets, 1);
  gboolean standard = g_strcmp0 (path, "-") == 0;
  gboolean read_well;
  int fd;

  if (path == NULL)
    return g_steal_pointer (&self);
  fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    g_set_error (
        error,
        JK_BASE_ERROR,
        JK_BASE_ERROR_MISSING,
        "%s: the file of secrets cannot be opened: %s; check the path given with --secrets.",
        path,
        g_strerror (errno));
    return NULL;
  }
  read_well = (standard || check_rights (fd, path, error)) && read_all (self, fd, path, error);
  if (!standard)
    close (fd);
  return read_well ? g_steal_pointer (&self) : NULL;
}

void
jk_secrets_free (JkSecrets *self)
{
  if (self == NULL)
    return;
  jk_secret_free (self->text);
  g_free (self);
}

/* The value of name in the file: its bytes up to the end of the line. */
static const guint8 *
find_value (const JkSecrets *self, const char *name, gsize *out_size)
{
  const guint8 *at = self->text != NULL ? jk_secret_get (self->text) : NULL;
  const guint8 *end = at != NULL ? at + self->size : NULL;
  gsize name_size = strlen (name);

  while (at < end) {
    const guint8 *line_end = memchr (at, '\n', (gsize) (end - at));
    const guint8 *stop = line_end != NULL ? line_end : end;
    gsize size = (gsize) (stop - at);
    if (size > 0 && at[size - 1] == '\r')
      size--;
    if (size > name_size + 1 && at[name_size] == '=' && memcmp (at, name, name_size) == 0) {
      *out_size = size - name_size - 1;
      return at + name_size + 1;
    }
    at = line_end != NULL ? line_end + 1 : end;
  }
  return NULL;
}

/* One line from the terminal without echo, into guarded memory; size 0 when there is none. Ctrl-C
 * is read as a letter, because a program that it ends would leave the terminal without echo. */
static gsize
ask_terminal (const char *prompt, JkSecret *into)
{
  struct termios before, quiet;
  gsize size = 0;
  guint8 letter;
  int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC);

  if (fd < 0 || tcgetattr (fd, &before) != 0) {
    if (fd >= 0)
      close (fd);
    return 0;
  }
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
  tcsetattr (fd, TCSAFLUSH, &quiet);
  if (write (fd, prompt, strlen (prompt)) > 0 && write (fd, ": ", 2) > 0) {
    while (size < jk_secret_get_size (into) && read (fd, &letter, 1) == 1 && letter != '\n')
      jk_secret_get_mutable (into)[size++] = letter;
    if (memchr (jk_secret_get (into), CTRL_C, size) != NULL)
      size = 0;
  }
  tcsetattr (fd, TCSAFLUSH, &before);
  if (write (fd, "\n", 1) < 0)
    size = 0;
  close (fd);
  return size;
}

/* extra zero bytes follow the value. */
static JkSecret *
dup_value (const JkSecrets *self, const char *name, const char *prompt, gsize extra, GError **error)
{
  g_autoptr (JkSecret) typed = NULL;
  g_autoptr (JkSecret) value = NULL;
  const guint8 *found = NULL;
  gsize size = 0;

  if (self->text != NULL) {
    found = find_value (self, name, &size);
  } else {
    typed = jk_secret_new (JK_SECRET_LINE_BYTES_MAX);
    size = ask_terminal (prompt, typed);
    found = jk_secret_get (typed);
  }
  if (found == NULL || size == 0 || size > JK_SECRET_LINE_BYTES_MAX) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_CODE,
                 "The secret \"%s\" is missing (%s); put a line %s=... into the file given with "
                 "--secrets, or run jikaoctl at a terminal.",
                 name,
                 prompt,
                 name);
    return NULL;
  }
  value = jk_secret_new (size + extra);
  memcpy (jk_secret_get_mutable (value), found, size);
  return g_steal_pointer (&value);
}

JkSecret *
jk_secrets_dup (const JkSecrets *self, const char *name, const char *prompt, GError **error)
{
  return dup_value (self, name, prompt, 0, error);
}

JkSecret *
jk_secrets_dup_text (const JkSecrets *self, const char *name, const char *prompt, GError **error)
{
  return dup_value (self, name, prompt, 1, error);
}
