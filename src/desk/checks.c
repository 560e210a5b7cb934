/* SPDX-License-Identifier: Apache-2.0 */
/* desk/checks.c: the list, and what does not depend on a session: program, PC and screen. */
#include "desk/checks-private.h"

#include "desk/machine.h"
#include "envelope/envelope.h"
#include "envelope/error.h"

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

/* Window and libraries take some 110 MiB, a guess at a code 64 MiB for a moment; the rest is for
 * whatever else the PC does. */
#define MEMORY_LEAST_BYTES (256 * MIB)
#define MEMORY_GOOD_BYTES (512 * MIB)
#define BATTERY_LEAST_PERCENT 30

/* Below the least a question and its options do not fit beside the answer card. */
#define WIDTH_LEAST 1024
#define WIDTH_GOOD 1280
#define HEIGHT_LEAST 720

void
jk_check_free (JkCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->found);
  g_free (self->sentence);
  g_free (self);
}

void
jk_checks_add (GPtrArray *list,
               JkCheckKind kind,
               JkLight light,
               char *sentence,
               const char *found_format,
               ...)
{
  JkCheck *check = g_new0 (JkCheck, 1);
  va_list arguments;

  va_start (arguments, found_format);
  check->found = g_strdup_vprintf (found_format, arguments);
  va_end (arguments);
  check->sentence = sentence;
  check->kind = kind;
  check->light = light;
  g_ptr_array_add (list, check);
}

static gboolean
is_envelope (const char *name)
{
  return g_str_has_suffix (name, ".jksession") || g_str_has_suffix (name, ".jkbank") ||
         g_str_has_suffix (name, ".jkamend");
}

/* Why another version of this program is needed for a file; NULL: it is not. */
static char *
find_other_version (const JkStorage *storage, const char *path)
{
  g_autoptr (JkFile) file = jk_file_open (storage, path, NULL);
  g_autoptr (GError) error = NULL;
  guint8 head[JK_ENVELOPE_HEAD_BYTES];
  JkDigest digest;
  JkKind kind;

  if (file == NULL || !jk_file_read_at (file, 0, head, sizeof head, NULL))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, sizeof head);
  /* The version is judged before the lengths, which are wrong without the rest. */
  if (jk_envelope_peek (path, bytes, &kind, &digest, &error) ||
      !g_error_matches (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_VERSION))
    return NULL;
  return g_strdup (error->message);
}

static void
add_version (GPtrArray *list, JkDesk *desk)
{
  g_autoptr (GDir) dir = desk->inbox != NULL ? g_dir_open (desk->inbox, 0, NULL) : NULL;
  char *sentence = NULL;
  const char *name;

  while (sentence == NULL && dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (desk->inbox, name, NULL);
    if (is_envelope (name))
      sentence = find_other_version (desk->world->storage, path);
  }
  jk_checks_add (list,
                 JK_CHECK_VERSION,
                 sentence == NULL ? JK_LIGHT_GREEN : JK_LIGHT_RED,
                 sentence,
                 "%s",
                 JIKAO_VERSION);
}

static void
add_memory (GPtrArray *list, const JkMachine *machine)
{
  guint64 mib = machine->memory_bytes / MIB;
  JkLight light = machine->memory_bytes < MEMORY_LEAST_BYTES  ? JK_LIGHT_RED
                  : machine->memory_bytes < MEMORY_GOOD_BYTES ? JK_LIGHT_AMBER
                                                              : JK_LIGHT_GREEN;
  char *sentence = NULL;

  if (machine->memory_bytes == 0) {
    light = JK_LIGHT_AMBER;
    sentence = g_strdup ("This PC does not say how much memory is free; 512 MiB are expected: end "
                         "other programs, and try whether a rehearsal runs smoothly.");
  } else if (light != JK_LIGHT_GREEN) {
    sentence = g_strdup_printf ("This PC has %" G_GUINT64_FORMAT " MiB of memory free, 512 MiB are "
                                "expected: end other programs or start the PC again; if it stays, "
                                "use another PC.",
                                mib);
  }
  jk_checks_add (list, JK_CHECK_MEMORY, light, sentence, "%" G_GUINT64_FORMAT " MiB", mib);
}

static void
add_swap (GPtrArray *list, const JkMachine *machine)
{
  guint64 mib = machine->swap_bytes / MIB;
  gboolean is_on = machine->swap_bytes > 0;
  char *sentence = NULL;

  if (is_on)
    sentence = g_strdup_printf ("This PC swaps memory to its disk (%" G_GUINT64_FORMAT
                                " MiB), where questions and answers can be read after the exam: "
                                "have its administrator turn swapping off (swapoff -a).",
                                mib);
  jk_checks_add (list,
                 JK_CHECK_SWAP,
                 is_on ? JK_LIGHT_AMBER : JK_LIGHT_GREEN,
                 sentence,
                 "%" G_GUINT64_FORMAT " MiB",
                 mib);
}

static void
add_battery (GPtrArray *list, const JkMachine *machine)
{
  gint percent = machine->battery_percent;
  gboolean is_low = percent >= 0 && percent < BATTERY_LEAST_PERCENT;
  g_autofree char *level = percent >= 0 ? g_strdup_printf ("%d %%", percent) : g_strdup ("–");
  JkLight light = JK_LIGHT_GREEN;
  char *sentence = NULL;

  if (machine->is_on_battery) {
    light = is_low ? JK_LIGHT_RED : JK_LIGHT_AMBER;
    sentence = g_strdup_printf ("This PC runs on its battery (%s), which may not last for the "
                                "exam: plug it in.",
                                level);
  } else if (is_low) {
    light = JK_LIGHT_AMBER;
    sentence = g_strdup_printf ("The battery of this PC has %s, too little for a power cut: leave "
                                "it plugged in, and see that nobody pulls the cable.",
                                level);
  }
  jk_checks_add (list, JK_CHECK_BATTERY, light, sentence, "%s", level);
}

static void
add_display (GPtrArray *list, const JkScreenFacts *screen)
{
  gboolean is_small = screen->width < WIDTH_LEAST || screen->height < HEIGHT_LEAST;
  JkLight light = is_small                     ? JK_LIGHT_RED
                  : screen->width < WIDTH_GOOD ? JK_LIGHT_AMBER
                                               : JK_LIGHT_GREEN;
  g_autofree char *scale = screen->scale > 1 ? g_strdup_printf (" ×%u", screen->scale) : NULL;
  char *sentence = NULL;

  if (light != JK_LIGHT_GREEN)
    sentence = g_strdup_printf ("The screen shows %d×%d points, %d×%d are expected: choose a finer "
                                "resolution or a smaller scale%s.",
                                screen->width,
                                screen->height,
                                WIDTH_GOOD,
                                HEIGHT_LEAST,
                                is_small ? ", or use another PC" : "");
  jk_checks_add (list,
                 JK_CHECK_DISPLAY,
                 light,
                 sentence,
                 "%d×%d%s",
                 screen->width,
                 screen->height,
                 scale != NULL ? scale : "");
}

static void
add_fonts (GPtrArray *list, const JkScreenFacts *screen)
{
  char *sentence = NULL;

  if (!screen->has_chinese_font)
    sentence = g_strdup ("This PC has no font for Chinese, so questions would be empty boxes: have "
                         "its administrator install one (fonts-noto-cjk), or use another PC.");
  jk_checks_add (list,
                 JK_CHECK_FONTS,
                 sentence == NULL ? JK_LIGHT_GREEN : JK_LIGHT_RED,
                 sentence,
                 "%s",
                 "");
}

/* What is given to the worker, and what comes back from it. */
typedef struct {
  /* Owned */
  GTask *task; /* of the desk */
  GPtrArray *list;
  /* Plain */
  JkScreenFacts screen;
  gboolean has_screen;
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->task);
  g_ptr_array_unref (self->list);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static gboolean
check (JkDesk *desk, gpointer data, GError **error)
{
  const JkClock *clock = desk->world->clock;
  Errand *self = data;
  JkMachine machine;

  jk_machine_read (&machine, desk->root, clock->wall_ms (clock));
  jk_checks_add_session (self->list, desk, machine.zone_min);
  jk_checks_add_disk (self->list, desk);
  add_version (self->list, desk);
  add_memory (self->list, &machine);
  add_swap (self->list, &machine);
  add_battery (self->list, &machine);
  if (self->has_screen) {
    add_display (self->list, &self->screen);
    add_fonts (self->list, &self->screen);
  }
  return TRUE;
}

static void
checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  GError *error = NULL;

  if (jk_desk_finish (JK_DESK (source), result, &error))
    g_task_return_pointer (self->task,
                           g_ptr_array_ref (self->list),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (self->task, error);
}

void
jk_desk_check_async (JkDesk *self,
                     const JkScreenFacts *screen,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self));
  Errand *errand = g_new0 (Errand, 1);

  errand->task = g_task_new (self, NULL, callback, user_data);
  errand->list = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_check_free);
  errand->has_screen = screen != NULL;
  if (screen != NULL)
    errand->screen = *screen;
  jk_desk_work (self, check, errand, NULL, checked, errand);
}

GPtrArray *
jk_desk_check_finish (JkDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
