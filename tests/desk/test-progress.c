/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/progress.c */
#include "desk/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define N_STEPS 1000

typedef struct {
  GThread *thread; /* on which it must be told */
  guint n;
  guint64 done, total;
} Shown;

static void
show (const char *name, guint64 done, guint64 total, gpointer user_data)
{
  Shown *self = user_data;

  assert_ptr_equal (g_thread_self (), self->thread);
  assert_string_equal (name, "a.jkbank");
  assert_true (done >= self->done);
  self->n++;
  self->done = done;
  self->total = total;
}

static gpointer
work (gpointer data)
{
  for (guint i = 1; i <= N_STEPS; i++)
    jk_progress_tell (data, "a.jkbank", i, N_STEPS);
  return NULL;
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
what_is_far_behind_is_told_once_and_here (void **state)
{
  Shown shown = { .thread = g_thread_self () };
  g_autoptr (JkProgress) progress = jk_progress_new (g_main_context_default (), show, &shown);

  g_thread_join (g_thread_new ("work", work, progress));
  assert_int_equal (shown.n, 0);
  iterate ();
  assert_int_equal (shown.n, 1);
  assert_int_equal (shown.done, N_STEPS);
  assert_int_equal (shown.total, N_STEPS);
  jk_progress_tell (progress, "a.jkbank", N_STEPS + 1, N_STEPS + 1);
  iterate ();
  assert_int_equal (shown.n, 2);
}

static void
stopped_it_tells_nothing_more (void **state)
{
  Shown shown = { .thread = g_thread_self () };
  g_autoptr (JkProgress) progress = jk_progress_new (g_main_context_default (), show, &shown);

  jk_progress_tell (progress, "a.jkbank", 1, 2);
  jk_progress_stop (progress);
  jk_progress_tell (progress, "a.jkbank", 2, 2);
  iterate ();
  assert_int_equal (shown.n, 0);
}

static void
nobody_need_listen (void **state)
{
  g_autoptr (JkProgress) progress = jk_progress_new (g_main_context_default (), NULL, NULL);

  jk_progress_tell (progress, "a.jkbank", 1, 2);
  iterate ();
  jk_progress_unref (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_far_behind_is_told_once_and_here),
    cmocka_unit_test (stopped_it_tells_nothing_more),
    cmocka_unit_test (nobody_need_listen),
  };
  return cmocka_run_group_tests_name ("progress", tests, NULL, NULL);
}
