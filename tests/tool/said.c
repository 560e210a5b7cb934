/* SPDX-License-Identifier: Apache-2.0 */
/* tool/said.c: see the header. */
#include "said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

JkTestSaid *
jk_test_said_new (const JkWorld *world)
{
  JkTestSaid *self = g_new0 (JkTestSaid, 1);

  self->tool.world = world;
  self->everything = g_string_new (NULL);
  jk_test_said_listen (self);
  jk_test_said_stop (self);
  return self;
}

void
jk_test_said_free (JkTestSaid *self)
{
  if (self == NULL)
    return;
  free (self->out);
  free (self->err);
  g_string_free (self->everything, TRUE);
  g_free (self);
}

void
jk_test_said_listen (JkTestSaid *self)
{
  free (self->out);
  free (self->err);
  self->out = NULL;
  self->err = NULL;
  self->tool.out = open_memstream (&self->out, &self->out_size);
  self->tool.err = open_memstream (&self->err, &self->err_size);
  assert_non_null (self->tool.out);
  assert_non_null (self->tool.err);
}

void
jk_test_said_stop (JkTestSaid *self)
{
  fclose (self->tool.out);
  fclose (self->tool.err);
  g_string_append_len (self->everything, self->out, (gssize) self->out_size);
  g_string_append_len (self->everything, self->err, (gssize) self->err_size);
}

int
jk_test_said_run_list (JkTestSaid *self, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  int exit_code;

  g_ptr_array_add (argv, g_strdup ("jikaoctl"));
  for (guint n = 0; arguments[n] != NULL; n++)
    g_ptr_array_add (argv, g_strdup (arguments[n]));
  g_ptr_array_add (argv, NULL);
  jk_test_said_listen (self);
  self->tool.json = FALSE;
  exit_code = jk_tool_run (&self->tool, (int) argv->len - 1, (char **) argv->pdata);
  jk_test_said_stop (self);
  return exit_code;
}

int
jk_test_said_run (JkTestSaid *self, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list rest;

  va_start (rest, first);
  for (const char *each = first; each != NULL; each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (self, (const char *const *) arguments->pdata);
}

void
jk_test_said_check_json (const JkTestSaid *self, gboolean lines)
{
  const char *whole = "import json,sys; json.load(open(sys.argv[1], encoding='utf-8'))";
  const char *each = "import json,sys; rows = open(sys.argv[1], encoding='utf-8').readlines(); "
                     "assert rows; [json.loads(row) for row in rows]";
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "python3", "-c", lines ? each : whole, NULL, NULL };
  int fd = g_file_open_tmp ("jikao-json-XXXXXX", &path, &error);
  int status = -1;

  assert_true (fd >= 0);
  assert_int_equal (write (fd, self->out, self->out_size), self->out_size);
  close (fd);
  argv[3] = path;
  assert_true (g_spawn_sync (NULL,
                             (char **) argv,
                             NULL,
                             G_SPAWN_SEARCH_PATH,
                             NULL,
                             NULL,
                             NULL,
                             NULL,
                             &status,
                             NULL));
  unlink (path);
  if (status != 0)
    print_error ("no JSON: %s\n", self->out);
  assert_int_equal (status, 0);
}
