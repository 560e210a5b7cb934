/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/frame-memory.h"

#include <sys/resource.h>

#define FRAMES 8
#define FRAME_MS 60

/* Pages that the kernel had to find while the whole window was drawn anew so many times. */
static long
count_pages (GtkWindow *window)
{
  struct rusage before, after;

  getrusage (RUSAGE_SELF, &before);
  for (guint n = 0; n < FRAMES; n++) {
    gtk_widget_set_opacity (GTK_WIDGET (window), n % 2 == 0 ? 0.5 : 1);
    jk_stage_wait_ms (FRAME_MS);
  }
  getrusage (RUSAGE_SELF, &after);
  return after.ru_minflt - before.ru_minflt;
}

static void
frames_are_drawn_into_memory_that_is_kept (void **state)
{
  GtkWindow *window = jk_stage_show (gtk_label_new ("large"));
  long anew, kept;

  count_pages (window);
  anew = count_pages (window);
  cairo_surface_t *memory = jk_frame_memory_new (gdk_display_get_default ());
  if (memory == NULL) {
    jk_stage_close (window);
    skip ();
  }
  count_pages (window);
  kept = count_pages (window);
  print_message ("# %ld pages for %d frames, %ld with memory that is kept\n", anew, FRAMES, kept);
  assert_true (kept < anew / 4);
  cairo_surface_destroy (memory);
  jk_stage_close (window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (frames_are_drawn_into_memory_that_is_kept),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
