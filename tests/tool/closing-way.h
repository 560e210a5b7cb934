/* SPDX-License-Identifier: Apache-2.0 */
/* tool/closing-way.h: the hall of way.h closed through jikaoctl: 0 to 2 sat, 3 to 5 absent. */
#pragma once

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Writes NAME.ini: absent ones, receipts of those who sat (but of the one left out), and more. */
static inline const char *
put_room (JkTestWay *way, const char *name, guint without, const char *more)
{
  g_autoptr (GString) text = g_string_new ("[absent]\nrecords=3;4;5\n");

  for (guint n = 0; n < 3; n++) {
    g_autofree char *code = jk_test_way_dup_receipt (way, n);
    if (n != without)
      g_string_append_printf (text, "[record %u]\nreceipt-1=%s\n", n, code);
  }
  g_string_append (text, more);
  return jk_test_way_put (way, name, text->str);
}

/* Copies the results but the one left out (G_MAXUINT: none) to a folder, and lends its path. */
static inline const char *
copy_results (JkTestWay *way, const char *folder, guint without)
{
  const char *path = jk_test_way_path (way, folder);

  assert_int_equal (g_mkdir_with_parents (path, 0700), 0);
  for (guint n = 0; n < 3; n++) {
    g_autofree char *ending = g_strdup_printf ("-01-%u-s1.jkresult", n);
    g_autofree char *from = jk_test_way_find (way, "results", ending);
    g_autofree char *name = g_path_get_basename (from);
    g_autofree char *to = g_build_filename (path, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;
    assert_true (g_file_get_contents (from, &bytes, &size, NULL));
    if (n != without)
      assert_true (g_file_set_contents (to, bytes, (gssize) size, NULL));
  }
  return path;
}

/* handin new from a folder and a room, into out; further options up to NULL. */
static inline int
close_hall (JkTestWay *way, const char *results, const char *room, const char *out, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const fixed[] = { "handin",        "new",
                                "--session",     way->session,
                                "--authorities", jk_test_way_path (way, "pinned"),
                                "--results",     results,
                                "--room",        room,
                                "--out",         jk_test_way_path (way, out),
                                "--secrets",     jk_test_way_path (way, "secrets/roles") };
  va_list rest;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (gpointer) fixed[i]);
  va_start (rest, out);
  for (const char *each = va_arg (rest, const char *); each != NULL;
       each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (way->said, (const char *const *) arguments->pdata);
}

/* handin check of all sheets and results of the folders named, up to NULL. */
static inline int
check_hall (JkTestWay *way, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  const char *const fixed[] = { "handin",     "check",         "--session",
                                way->session, "--authorities", jk_test_way_path (way, "pinned") };
  va_list rest;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, g_strdup (fixed[i]));
  va_start (rest, first);
  for (const char *each = first; each != NULL; each = va_arg (rest, const char *)) {
    g_autoptr (GDir) dir = g_dir_open (jk_test_way_path (way, each), 0, NULL);
    const char *name;
    assert_non_null (dir);
    while ((name = g_dir_read_name (dir)) != NULL)
      g_ptr_array_add (arguments, g_build_filename (jk_test_way_path (way, each), name, NULL));
  }
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (way->said, (const char *const *) arguments->pdata);
}

static inline void
check_exit (const JkTestWay *way, int found, int expected)
{
  if (found != expected)
    print_error ("exit %d\n%s%s", found, way->said->out, way->said->err);
  assert_int_equal (found, expected);
}
