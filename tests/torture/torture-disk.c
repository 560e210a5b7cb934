/* SPDX-License-Identifier: Apache-2.0 */
/* torture-disk: a sitting on a disk that loses its power, fails, and fills up.
 *
 *   torture-disk states|moves|pairs [--every N] [--part K] [--parts N] [--without-sync WHAT
 * [--must-lose]] torture-disk faults [--every N] [--part K] [--parts N]
 *
 * states: at every sync of a full sitting, every state that disk-walk.h knows of; on each the
 * sitting is opened by the code that a station uses, and all that people had been told must be
 * there. moves: the same for a sitting that goes on at another PC. faults: every call fails in
 * turn, once and for good, and the disk is full from every write on; the sitting must say so, lose
 * nothing, and go on when the disk is well again, also if the power goes after that. pairs: on two
 * disks; at every sync the first has forgotten all, or all since some time before, and the second
 * has what it synced, and none, some or all of the rest: each alone is readable, and the pair lost
 * nothing.
 *
 * --every 50 takes one in fifty of them, --part 1 --parts 2 the second half of them. --without-sync
 * leaves out one sync of log, log-folder, store, file, folder: then something must be lost, or the
 * states prove nothing; the run ends at the first loss. Prints TAP. */
#include "disk-walk.h"
#include "life.h"

#include "crypto/guard.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#define COMPLAINTS_MAX 10

/* Of calls that are like their neighbours, one in so many fails. */
#define DULL_EVERY 32
#define SECOND_BEGIN_CALLS 100

/* One in so many points is one that the first disk may fall back to. */
#define THEN_EVERY 16

#define KEPT_BYTES (1024 * 1024 * 1024)

typedef struct {
  /* Owned */
  char *without_sync;
  JkTestExam *exam;
  JkLifeOrders *orders;
  /* Plain */
  int every, part, parts;
  gboolean must_lose;
  guint seen; /* of all there are */
  guint n_points, n_examined, n_bad;
  guint n_syncs[JK_DISK_SYNC_FOLDER + 1];
} Torture;

/* Three parts long enough that the log is moved into the file once. */
static const JkLifePlan full_plan = { .n_answers = 66, .n_seconds = 7, .n_kills = 2 };
static const JkLifePlan short_plan = { .n_answers = 6, .n_seconds = 7 };
static const JkLifePlan move_plan = { .n_answers = 12, .n_seconds = 7, .n_kills = 1 };

static const char *const sync_names[] = {
  [JK_DISK_SYNC_LOG] = "log",       [JK_DISK_SYNC_LOG_FOLDER] = "log-folder",
  [JK_DISK_SYNC_STORE] = "store",   [JK_DISK_SYNC_FILE] = "file",
  [JK_DISK_SYNC_FOLDER] = "folder",
};

/* Whether this one is to be examined: by number, so that halves and samples do not overlap. */
static gboolean
is_chosen (Torture *self)
{
  guint number = self->seen++;
  guint chosen = number / (guint) self->every;

  return number % (guint) self->every == (guint) self->every / 2 &&
         chosen % (guint) self->parts == (guint) self->part;
}

static void
complain (Torture *self, const char *what, const char *state, guint n)
{
  if (++self->n_bad <= COMPLAINTS_MAX)
    printf ("# %s (%s, number %u)\n", what, state, n);
}

static void
examine_state (Torture *self, const JkLife *life, const JkDiskWalk *walk, guint n)
{
  guint mark = jk_disk_walk_get_mark (walk);
  g_autoptr (JkTestDisk) disk = jk_disk_walk_make_state (walk, n, self->seen);
  gboolean thorough = self->n_examined++ % 4 == 0;
  g_autofree char *wrong = jk_life_judge (life, jk_life_get_told (life, mark), disk, thorough);

  if (wrong != NULL) {
    g_autofree char *name = jk_disk_walk_dup_state_name (walk, n);
    complain (self, wrong, name, mark);
  }
}

static void
leave_out (const Torture *self, JkTestDisk *disk)
{
  for (guint sync = 1; self->without_sync != NULL && sync < G_N_ELEMENTS (sync_names); sync++) {
    if (strcmp (self->without_sync, sync_names[sync]) == 0)
      jk_test_disk_leave_out (disk, (JkDiskSync) sync);
  }
}

static void
examine_states (Torture *self)
{
  g_autoptr (JkTestDisk) disk = jk_test_disk_new ();
  g_autoptr (JkLife) life = jk_life_new (self->exam, self->orders, disk);
  g_autoptr (GError) error = NULL;

  leave_out (self, disk);
  gboolean moves = jk_life_orders_moves (self->orders);
  if (!jk_life_live (life, moves ? &move_plan : &full_plan, &error)) {
    complain (self, error->message, "the disk is well", 0);
    return;
  }
  g_autoptr (JkDiskWalk) walk = jk_disk_walk_new (disk);
  while (jk_disk_walk_next (walk)) {
    if (jk_life_is_old_story (life, jk_life_get_told (life, jk_disk_walk_get_mark (walk))))
      continue;
    guint n_states = jk_disk_walk_get_n_states (walk);
    self->n_points++;
    self->n_syncs[jk_disk_walk_get_sync (walk)]++;
    for (guint n = 0; n < n_states && !(self->must_lose && self->n_bad > 0); n++) {
      if (is_chosen (self))
        examine_state (self, life, walk, n);
    }
  }
  for (guint sync = 1; sync < G_N_ELEMENTS (sync_names); sync++)
    printf ("# syncs of %s: %u\n", sync_names[sync], self->n_syncs[sync]);
  printf ("# points %u states %u bad %u\n", self->n_points, self->n_examined, self->n_bad);
}

/* What is left when the power goes now. */
static void
judge_after (Torture *self, JkLife *life, JkTestDisk *disk, const char *what, guint n)
{
  const JkTold *told = jk_life_get_last (life);
  g_autoptr (JkTestDisk) all = jk_test_disk_copy (disk);
  g_autoptr (JkTestDisk) synced = jk_test_disk_copy_synced (disk);
  g_autofree char *wrong = jk_life_judge (life, told, all, FALSE);

  if (wrong != NULL)
    complain (self, wrong, what, n);
  g_clear_pointer (&wrong, g_free);
  wrong = jk_life_judge (life, told, synced, FALSE);
  if (wrong != NULL)
    complain (self, wrong, what, n);
}

/* One life with a fault in it; FALSE when it was over before its fault came. */
static gboolean
examine_fault (Torture *self, const JkDiskFault *fault, const char *what)
{
  g_autoptr (JkTestDisk) disk = jk_test_disk_new ();
  g_autoptr (JkLife) life = jk_life_new (self->exam, self->orders, disk);
  g_autoptr (GError) error = NULL;

  jk_test_disk_fail (disk, fault);
  gboolean ok = jk_life_live (life, &short_plan, &error);
  gboolean has_failed = jk_test_disk_has_failed (disk);
  if (!ok && (error == NULL || strlen (error->message) < 20))
    complain (self, "it failed and did not say why", what, fault->n);
  jk_test_disk_fail (disk, &(JkDiskFault){ 0 });
  if (!has_failed)
    return FALSE;
  self->n_examined++;
  judge_after (self, life, disk, what, fault->n);
  g_clear_error (&error);
  if (!jk_life_go_on (life, &short_plan, &error))
    complain (self, error->message, what, fault->n);
  judge_after (self, life, disk, "going on", fault->n);
  return TRUE;
}

/* Log-ins where there is a sitting already, on a disk that fails once. */
static void
examine_second_begins (Torture *self, const JkLife *life, JkTestDisk *disk)
{
  const JkTold *told = jk_life_get_last (life);
  gboolean goes_on = TRUE;

  for (JkDiskFault fault = { .n = 1 }; goes_on; fault.n++) {
    /* Its log is grown in the end. */
    if (fault.n > SECOND_BEGIN_CALLS && fault.n % DULL_EVERY != 0)
      continue;
    self->n_points++;
    if (!is_chosen (self))
      continue;
    g_autoptr (JkTestDisk) other = jk_test_disk_copy (disk);
    jk_test_disk_fail (other, &fault);
    if (!jk_life_is_begun_once (life, other))
      complain (self, "a sitting was begun twice", "one call fails", fault.n);
    goes_on = jk_test_disk_has_failed (other);
    self->n_examined += goes_on ? 1 : 0;
    jk_test_disk_fail (other, &(JkDiskFault){ 0 });
    jk_test_disk_kill (other);
    g_autofree char *wrong = jk_life_judge (life, told, other, FALSE);
    if (wrong != NULL)
      complain (self, wrong, "begun again while one call fails", fault.n);
  }
}

static void
examine_faults (Torture *self)
{
  static const struct {
    const char *name;
    JkDiskFault fault;
  } kinds[] = {
    { "one call fails", { .n = 0 } },
    { "all calls fail from one on", { .for_good = TRUE } },
    { "one write finds no space", { .full = TRUE, .writes_only = TRUE } },
    { "the disk is full from one write on",
      { .full = TRUE, .writes_only = TRUE, .for_good = TRUE } },
  };
  g_autoptr (JkTestDisk) disk = jk_test_disk_new ();
  g_autoptr (JkLife) life = jk_life_new (self->exam, self->orders, disk);

  if (!jk_life_live (life, &short_plan, NULL))
    complain (self, "it does not live on a disk that is well", "no fault", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    JkDiskFault fault = kinds[i].fault;
    gboolean goes_on = TRUE;
    for (fault.n = 1; goes_on; fault.n++) {
      gboolean dull = jk_test_disk_is_dull (disk, fault.n, fault.writes_only);
      if (dull && fault.n % DULL_EVERY != 0)
        continue;
      self->n_points++;
      if (is_chosen (self))
        goes_on = examine_fault (self, &fault, kinds[i].name);
    }
  }
  examine_second_begins (self, life, disk);
  printf ("# points %u faults %u bad %u\n", self->n_points, self->n_examined, self->n_bad);
}

/* The first disk as it was at some points, and what people had been told then. */
typedef struct {
  GPtrArray *disks; /* of JkTestDisk */
  GArray *marks;
} Thens;

/* Of what the second disk had not synced yet. */
typedef enum {
  KEEPS_NONE,
  KEEPS_ALL,
  KEEPS_SOME, /* a seeded subset */
  N_KEEPS,
} SecondKeeps;

static void
free_disk (gpointer data)
{
  jk_test_disk_free (data);
}

static void
examine_pair (Torture *self,
              const JkLife *life,
              const JkDiskWalk *walk,
              const Thens *thens,
              guint back,
              SecondKeeps keeps)
{
  guint n_waiting = jk_disk_walk_get_n_waiting (walk);
  guint subset = n_waiting + 1 + self->seen % JK_DISK_SUBSETS;
  guint kept = keeps == KEEPS_SOME && n_waiting > 0 ? subset : keeps == KEEPS_ALL ? n_waiting : 0;
  g_autoptr (JkTestDisk) second = jk_disk_walk_make_state (walk, kept, self->seen);
  guint n = thens->disks->len;
  JkTestDisk *first = back < n ? g_ptr_array_index (thens->disks, n - 1 - back) : NULL;
  const JkTold *now = jk_life_get_told (life, jk_disk_walk_get_mark (walk));
  const JkTold *then =
      jk_life_get_told (life,
                        first != NULL ? g_array_index (thens->marks, guint, n - 1 - back) : 0);
  g_autoptr (JkTestDisk) alone = jk_test_disk_join (first, second, JK_LIFE_SECOND);
  g_autoptr (JkTestDisk) pair = jk_test_disk_join (first, second, JK_LIFE_SECOND);
  const char *state = first == NULL ? "the first disk forgot all" : "the first disk forgot some";
  gboolean has_keys = then->has_station[0];
  char *wrong = first != NULL ? jk_life_judge (life, then, alone, FALSE) : NULL;

  self->n_examined++;
  if (wrong == NULL)
    wrong = jk_life_judge_second (life, now, pair, has_keys);
  if (wrong == NULL && has_keys)
    wrong = jk_life_judge (life, now, pair, FALSE);
  if (wrong != NULL)
    complain (self, wrong, state, jk_disk_walk_get_mark (walk));
  g_free (wrong);
}

static void
examine_pairs (Torture *self)
{
  static const guint backs[] = { 0, 2, G_MAXUINT };
  g_autoptr (JkTestDisk) disk = jk_test_disk_new ();
  g_autoptr (JkLife) life = jk_life_new (self->exam, self->orders, disk);
  g_autoptr (GPtrArray) disks = g_ptr_array_new_with_free_func (free_disk);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (guint));
  const Thens thens = { disks, marks };
  g_autoptr (GError) error = NULL;

  leave_out (self, disk);
  jk_life_use_second (life);
  if (!jk_life_live (life, &move_plan, &error)) {
    complain (self, error->message, "the disks are well", 0);
    return;
  }
  g_autoptr (JkDiskWalk) walk = jk_disk_walk_new (disk);
  while (jk_disk_walk_next (walk)) {
    guint mark = jk_disk_walk_get_mark (walk);
    for (guint n = 0; n < N_KEEPS * G_N_ELEMENTS (backs); n++) {
      if (!(self->must_lose && self->n_bad > 0) && is_chosen (self))
        examine_pair (self, life, walk, &thens, backs[n / N_KEEPS], (SecondKeeps) (n % N_KEEPS));
    }
    if (self->n_points++ % THEN_EVERY == 0) {
      g_ptr_array_add (disks, jk_disk_walk_make_state (walk, 0, 0));
      g_array_append_val (marks, mark);
    }
  }
  printf ("# points %u states %u bad %u\n", self->n_points, self->n_examined, self->n_bad);
}

static gboolean
parse (Torture *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "every", 0, 0, G_OPTION_ARG_INT, &self->every, "examine one in so many; 1", "N" },
    { "part", 0, 0, G_OPTION_ARG_INT, &self->part, "the part to examine, 0 the first; 0", "K" },
    { "parts", 0, 0, G_OPTION_ARG_INT, &self->parts, "how many parts there are; 1", "N" },
    { "without-sync", 0, 0, G_OPTION_ARG_STRING, &self->without_sync, "leave out", "WHAT" },
    { "must-lose", 0, 0, G_OPTION_ARG_NONE, &self->must_lose, "fail when nothing is lost", NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("states|moves|pairs|faults");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, NULL) && *argc == 2 && self->every >= 1 &&
         self->parts >= 1 && self->part >= 0 && self->part < self->parts;
}

int
main (int argc, char **argv)
{
  Torture torture = { .every = 1, .parts = 1 };

  if (!jk_guard_init (NULL) || !parse (&torture, &argc, &argv))
    return 2;
  /* Logs of 4 MiB come and go all the time: the memory of one is good for the next. */
  mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
  gboolean faults = strcmp (argv[1], "faults") == 0;
  gboolean pairs = strcmp (argv[1], "pairs") == 0;
  torture.exam = jk_test_exam_new ();
  torture.orders = jk_life_orders_new (torture.exam, strcmp (argv[1], "moves") == 0);
  puts ("1..1");
  if (faults)
    examine_faults (&torture);
  else if (pairs)
    examine_pairs (&torture);
  else
    examine_states (&torture);
  jk_life_orders_free (torture.orders);
  jk_test_exam_free (torture.exam);

  gboolean ok = torture.n_examined > 0 && (torture.n_bad > 0) == torture.must_lose;
  printf ("%s 1 - %s\n",
          ok ? "ok" : "not ok",
          torture.must_lose ? "without_that_sync_something_is_lost"
          : pairs           ? "whatever_the_first_disk_forgets_nothing_is_lost_from_the_pair"
          : faults          ? "whatever_call_fails_nothing_acknowledged_is_lost"
                            : "whatever_a_power_cut_leaves_nothing_acknowledged_is_lost");
  g_free (torture.without_sync);
  return ok ? 0 : 1;
}
