/* SPDX-License-Identifier: Apache-2.0 */
/* station-seat.c: see the header. */
#include "station-seat.h"

#include "bench-source.h"
#include "desk/check-desk.h"

#define N_ARGS 4

/* The Han characters of the bank that is shipped, in order; the caller frees. */
static char *
dup_han (void)
{
  static const char *const files[] = { "a-b-a.gift", "b-a.gift", "b-b.gift", "b-c.gift" };
  GString *han = g_string_new (NULL);

  for (guint n = 0; n < G_N_ELEMENTS (files); n++) {
    g_autofree char *path =
        g_build_filename (JK_BENCH_ROOT, "question-banks", "call-centre-4", files[n], NULL);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;

    bench_must (g_file_get_contents (path, &text, NULL, &error), error);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
      if (g_unichar_get_script (g_utf8_get_char (at)) == G_UNICODE_SCRIPT_HAN)
        g_string_append_unichar (han, g_utf8_get_char (at));
  }
  return g_string_free (han, FALSE);
}

void
bench_seat_init (BenchSeat *self, BenchText text, guint speed)
{
  g_autofree char *han = text == BENCH_TEXT_REAL ? dup_han () : NULL;
  const JkTestExamOptions options = { .rehearsal = TRUE, .long_items = TRUE, .han = han };
  g_autoptr (GError) error = NULL;

  g_setenv ("JIKAO_SOURCE_ROOT", JK_BENCH_ROOT, FALSE);
  self->start_ms = jk_clock_system ()->wall_ms (jk_clock_system ());
  bench_must (jk_guard_init (&error), error);
  self->exam = jk_test_exam_new_with (&options);
  self->folder = jk_test_folder_new ();
  self->store = jk_test_folder_dup_path (self->folder, "store");
  self->inbox = jk_test_folder_dup_path (self->folder, "inbox");
  bench_world_init (&self->world, self->start_ms, speed);
  Fixture fixture = { .exam = self->exam,
                      .folder = self->folder,
                      .heard = g_string_new (NULL),
                      .place = {
                          .world = &self->world.world,
                          .store = self->store,
                          .inbox = self->inbox,
                          .authorities = jk_test_exam_get_authorities_path (self->exam),
                          .hardware = "test PC",
                      } };
  bench_must (g_mkdir (self->inbox, 0700) == 0, NULL);
  begin (&fixture);
  choose (&fixture, 0, 0);
  await_save (&fixture, JK_SAVE_SAVED);
  close_desk (&fixture);
  g_string_free (fixture.heard, TRUE);
}

void
bench_seat_clear (BenchSeat *self)
{
  g_free (self->store);
  g_free (self->inbox);
  jk_test_folder_free (self->folder);
  jk_test_exam_free (self->exam);
  bench_world_clear (&self->world);
}

char **
bench_seat_dup_argv (const BenchSeat *self, const char *program, const char *store)
{
  char **argv = g_new0 (char *, 1 + N_ARGS + 1);

  argv[0] = g_strdup (program);
  argv[1] = g_strdup (store);
  argv[2] = g_strdup (self->inbox);
  argv[3] = g_strdup (jk_test_exam_get_authorities_path (self->exam));
  argv[4] = g_strdup_printf ("%" G_GINT64_FORMAT, self->start_ms);
  return argv;
}

JkDeskOpening *
bench_seat_begin (char **argv, BenchWorld *world, guint speed)
{
  g_autoptr (GError) error = NULL;

  bench_must (jk_guard_init (&error), error);
  bench_world_init (world, g_ascii_strtoll (argv[4], NULL, 10), speed);
  const JkDeskPlace place = {
    .world = &world->world,
    .store = argv[1],
    .inbox = argv[2],
    .authorities = argv[3],
    .hardware = "test PC",
  };
  return jk_desk_opening_new (&place);
}

JkDesk *
bench_seat_finish (JkDeskOpening *opening, BenchWorld *world, guint speed)
{
  g_autoptr (GError) error = NULL;
  JkDesk *desk = jk_desk_opening_finish (opening, &error);

  bench_must (desk != NULL, error);
  bench_must (jk_desk_get_page (desk) == JK_PAGE_ANSWERING, NULL);
  if (speed > 1)
    jk_fast_clock_pace_wall (world->world.clock);
  return desk;
}
