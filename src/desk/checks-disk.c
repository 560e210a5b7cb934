/* SPDX-License-Identifier: Apache-2.0 */
/* desk/checks-disk.c: what design.md section 7 asks of the disk under the stores, and what stands
 * in for it. */
#include "desk/checks-private.h"

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)
#define NO_SECOND "–"

typedef struct {
  /* Owned */
  JkDiskCheck *disk;
  char *second_sentence;
  /* Borrowed */
  const char *second; /* place; NULL: none is wanted */
  /* Plain */
  JkSecondState state;
} Disks;

/* With a second copy of everything a bad disk stops nothing. */
static JkLight
weigh (const Disks *self)
{
  return self->state == JK_SECOND_ALIVE ? JK_LIGHT_AMBER : JK_LIGHT_RED;
}

static const JkDiskFinding *
find (const Disks *self, JkDiskTopic topic)
{
  for (guint n = 0; n < jk_disk_check_get_n (self->disk); n++) {
    if (jk_disk_check_get (self->disk, n)->topic == topic)
      return jk_disk_check_get (self->disk, n);
  }
  return NULL;
}

static char *
dup_sentence (const Disks *self, const JkDiskFinding *finding)
{
  if (!finding->is_red)
    return NULL;
  if (self->state != JK_SECOND_ALIVE)
    return g_strdup (finding->sentence);
  return g_strdup_printf ("%s Everything is written to %s too, so an exam can be held: leave that "
                          "in place.",
                          finding->sentence,
                          self->second);
}

static void
add_kind (GPtrArray *list, const Disks *self)
{
  const JkDiskFinding *kind = find (self, JK_DISK_FILE_SYSTEM);
  const JkDiskFinding *read_only = find (self, JK_DISK_READ_ONLY);
  const JkDiskFacts *facts = jk_disk_check_get_facts (self->disk);
  g_autofree char *name = facts != NULL ? jk_disk_facts_dup_kind (facts) : g_strdup ("?");

  /* No second copy helps a store that cannot be written. */
  if (read_only != NULL)
    jk_checks_add (list,
                   JK_CHECK_DISK_KIND,
                   JK_LIGHT_RED,
                   g_strdup (read_only->sentence),
                   "%s",
                   name);
  else
    jk_checks_add (list,
                   JK_CHECK_DISK_KIND,
                   kind->is_red ? weigh (self) : JK_LIGHT_GREEN,
                   dup_sentence (self, kind),
                   "%s",
                   name);
}

static void
add_room (GPtrArray *list, const Disks *self, guint64 needed_bytes)
{
  const JkDiskFinding *space = find (self, JK_DISK_SPACE);
  JkLight light = JK_LIGHT_GREEN;
  char *sentence = NULL;

  if (space == NULL)
    return;
  guint64 free_bytes = jk_disk_check_get_facts (self->disk)->free_bytes;
  if (space->is_red) {
    light = JK_LIGHT_RED;
    sentence = g_strdup (space->sentence);
  } else if (free_bytes / 2 < needed_bytes) {
    light = JK_LIGHT_AMBER;
    sentence =
        g_strdup_printf ("The disk of the stores has %" G_GUINT64_FORMAT
                         " MiB free, and one sitting may need %" G_GUINT64_FORMAT
                         " MiB: free space for a second one, which moves here or sits later.",
                         free_bytes / MIB,
                         (needed_bytes + MIB - 1) / MIB);
  }
  jk_checks_add (list,
                 JK_CHECK_DISK_ROOM,
                 light,
                 sentence,
                 "%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT " MiB",
                 free_bytes / MIB,
                 (needed_bytes + MIB - 1) / MIB);
}

static void
add_restart (GPtrArray *list, const Disks *self)
{
  const JkDiskFinding *restart = find (self, JK_DISK_RESTART);

  if (restart != NULL)
    jk_checks_add (list,
                   JK_CHECK_RESTART,
                   restart->is_red ? weigh (self) : JK_LIGHT_GREEN,
                   dup_sentence (self, restart),
                   "%s",
                   "");
}

static void
add_second (GPtrArray *list, const Disks *self)
{
  gboolean is_needed = jk_disk_check_is_red (self->disk);
  const char *found = self->second != NULL ? self->second : NO_SECOND;
  JkLight light = JK_LIGHT_GREEN;
  char *sentence = NULL;

  if (self->state == JK_SECOND_LOST) {
    light = is_needed ? JK_LIGHT_RED : JK_LIGHT_AMBER;
    sentence =
        self->second_sentence != NULL
            ? g_strdup (self->second_sentence)
            : g_strdup_printf ("The second copy in %s is lost: put its stick in again.", found);
  } else if (self->state == JK_SECOND_NONE && is_needed) {
    light = JK_LIGHT_AMBER;
    sentence = g_strdup ("Nothing is written to a second place, and the disk of this PC is red: "
                         "put a stick in and choose it as the second place, or have two proctors "
                         "open this session.");
  }
  jk_checks_add (list, JK_CHECK_SECOND, light, sentence, "%s", found);
}

void
jk_checks_add_disk (GPtrArray *list, JkDesk *desk)
{
  JkSeat *seat = desk->seat;
  Disks disks = { .disk = jk_desk_check_disk (desk, seat) };

  if (seat != NULL) {
    jk_desk_note_disk (desk, seat);
    disks.second = jk_seat_get_second_place (seat);
    disks.state = jk_seat_get_second_state (seat, &disks.second_sentence);
  }
  add_kind (list, &disks);
  add_room (list, &disks, jk_desk_get_disk_need (seat));
  add_restart (list, &disks);
  add_second (list, &disks);
  g_free (disks.second_sentence);
  jk_disk_check_free (disks.disk);
}
