/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-moving.h: several PCs of one hall, each with a desk and a panel, and a stick. */
#pragma once

#include "check-desk.h"

#include "desk/desk-private.h"
#include "desk/moving.h"
#include "sitting/capsule.h"

#define REASON "the screen flickers"
#define N_PCS 3

typedef struct {
  Fixture *desk;       /* owned */
  JkPanel *panel;      /* owned */
  JkTestWorld *chance; /* owned: keys of its own */
  JkWorld world;
  char hardware[16];
} Pc;

typedef struct {
  Pc pcs[N_PCS];
  /* Owned */
  JkTestFolder *stick;
  /* Borrowed */
  const JkTestExam *exam;
} Hall;

static inline int
set_up_hall (void **state)
{
  Hall *self = g_new0 (Hall, 1);

  self->exam = *state;
  self->stick = jk_test_folder_new ();
  for (guint n = 0; n < N_PCS; n++) {
    Pc *pc = &self->pcs[n];
    void *desk = *state;
    set_up (&desk);
    pc->desk = desk;
    pc->chance = jk_test_world_new (70 + n);
    pc->world = *jk_test_exam_get_world (self->exam);
    pc->world.random = jk_test_world_get (pc->chance)->random;
    g_snprintf (pc->hardware, sizeof pc->hardware, "PC %u", n);
    pc->desk->place.world = &pc->world;
    pc->desk->place.hardware = pc->hardware;
  }
  *state = self;
  return 0;
}

static inline int
tear_down_hall (void **state)
{
  Hall *self = *state;

  for (guint n = 0; n < N_PCS; n++) {
    void *desk = self->pcs[n].desk;
    g_clear_object (&self->pcs[n].panel);
    tear_down (&desk);
    jk_test_world_free (self->pcs[n].chance);
  }
  jk_test_folder_free (self->stick);
  g_free (self);
  return 0;
}

static inline const char *
stick_of (const Hall *self)
{
  return jk_test_folder_get_path (self->stick);
}

static inline guint32
record_of (const Hall *self, guint candidate)
{
  return jk_test_exam_get_candidate (self->exam, candidate)->record;
}

static inline void
panel_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ended *self = user_data;

  self->ok = jk_panel_finish (JK_PANEL (source), result, &self->error);
  self->is_done = TRUE;
}

/* The chief of a hall (0 or 1) opens the panel. */
static inline void
open_panel_of (Hall *self, Pc *pc, guint hall)
{
  Ended how = { 0 };

  g_clear_object (&pc->panel);
  pc->panel = jk_panel_new (pc->desk->desk);
  jk_panel_open_async (pc->panel,
                       JK_ROLE_CHIEF,
                       jk_test_exam_get_passcode (self->exam, hall, JK_ROLE_CHIEF),
                       panel_ended,
                       &how);
  assert_ok (await (&how));
}

static inline void
open_panel (Hall *self, Pc *pc)
{
  open_panel_of (self, pc, 0);
}

/* Log-in is open here, and the panel. */
static inline Pc *
open_pc (Hall *self, guint n)
{
  Pc *pc = &self->pcs[n];

  open_room (pc->desk);
  open_panel (self, pc);
  return pc;
}

/* The program ends and is started again. */
static inline void
restart_pc (Hall *self, Pc *pc)
{
  g_clear_object (&pc->panel);
  restart (pc->desk);
  open_panel (self, pc);
}

/* A candidate has started here and answered two questions of six, one of them flagged. */
static inline Pc *
sit_at (Hall *self, guint n, guint candidate)
{
  Pc *pc = open_pc (self, n);
  g_autoptr (GError) error = NULL;

  assert_ok (log_in (pc->desk, candidate));
  assert_true (jk_desk_confirm (pc->desk->desk, &error));
  assert_ok (start (pc->desk, jk_test_exam_get_start_code (self->exam)));
  choose (pc->desk, 0, 1);
  choose (pc->desk, 4, 0);
  assert_true (jk_desk_flag (pc->desk->desk, 4, TRUE, &error));
  await_save (pc->desk, JK_SAVE_SAVED);
  return pc;
}

static inline GError *
give_act (Hall *self, Pc *pc, JkAct act, guint32 record)
{
  JkPanelOrder order = {
    .act = act,
    .record = record,
    .text = "some words",
    .reason = REASON,
    .again = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_CHIEF),
    .second = JK_ROLE_PROCTOR,
    .second_passcode = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_PROCTOR),
  };
  Ended how = { 0 };

  jk_panel_give_async (pc->panel, &order, panel_ended, &how);
  return await (&how);
}

/* How a move ended. */
typedef struct {
  Ended ended;
  char *name; /* owned */
} Moved;

static inline void
move_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Moved *self = user_data;

  self->ended.ok =
      jk_panel_move_finish (JK_PANEL (source), result, &self->name, &self->ended.error);
  self->ended.is_done = TRUE;
}

/* out_name may be NULL; the caller frees. */
static inline GError *
finish_move (Moved *self, char **out_name)
{
  GError *error = await (&self->ended);

  assert_int_equal (error == NULL, self->name != NULL);
  if (out_name != NULL)
    *out_name = g_steal_pointer (&self->name);
  g_free (self->name);
  return error;
}

static inline GError *
move_out_to (Pc *pc, const char *folder, guint32 record, char **out_name)
{
  Moved how = { { 0 }, NULL };

  jk_panel_move_out_async (pc->panel, folder, record, move_ended, &how);
  return finish_move (&how, out_name);
}

static inline GError *
move_in_from (Pc *pc, const char *folder, guint32 record, char **out_name)
{
  Moved how = { { 0 }, NULL };

  jk_panel_move_in_async (pc->panel, folder, record, move_ended, &how);
  return finish_move (&how, out_name);
}

/* The order, and what follows of it; the name of the capsule on the stick. The caller frees. */
static inline char *
move_away (Hall *self, Pc *pc, guint32 record)
{
  char *name;

  assert_ok (give_act (self, pc, JK_ACT_MOVE, record));
  await_page (pc->desk, JK_PAGE_MOVED);
  assert_ok (move_out_to (pc, stick_of (self), record, &name));
  return name;
}

static inline JkSitting *
sitting_of (const Pc *pc, guint32 record)
{
  return jk_seat_find_sitting (pc->desk->desk->seat, record);
}

/* The name of what lies on the stick by the capsule of this name. The caller frees. */
static inline char *
dup_order_name (const char *capsule)
{
  return g_strdup_printf ("%.*s.jkorder",
                          (int) (strlen (capsule) - strlen (".jkcapsule")),
                          capsule);
}

static inline void
take_off (Hall *self, const char *name)
{
  g_autofree char *path = jk_test_folder_dup_path (self->stick, name);

  assert_int_equal (g_unlink (path), 0);
}

/* Where the seat of the first hall lies on a PC; the caller frees. */
static inline char *
dup_seat_path (const Pc *pc)
{
  const JkSession *session = jk_test_exam_get_session (pc->desk->exam, 0);

  return g_strdup_printf ("%s/%s-%s",
                          jk_station_get_folder (pc->desk->desk->station),
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session));
}

static inline char *
dup_store_path (const Pc *pc, guint32 record)
{
  g_autofree char *seat = dup_seat_path (pc);

  return g_strdup_printf ("%s/%05u.jkjournal", seat, record);
}

/* What the disk has of it at this moment: files by path. */
static inline GHashTable *
read_disk (const Pc *pc)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree char *seat = dup_seat_path (pc);
  g_autoptr (GDir) dir = g_dir_open (seat, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    char *path = g_build_filename (seat, name, NULL);
    char *data;
    gsize size;
    assert_true (g_file_get_contents (path, &data, &size, NULL));
    g_hash_table_insert (files, path, g_bytes_new_take (data, size));
  }
  return files;
}

/* Puts it back, after the program has ended. */
static inline void
write_disk (GHashTable *files)
{
  GHashTableIter each;
  gpointer path, bytes;

  g_hash_table_iter_init (&each, files);
  while (g_hash_table_iter_next (&each, &path, &bytes)) {
    gsize size;
    const char *data = g_bytes_get_data (bytes, &size);
    assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  }
}

/* The PC dies: what the stick gets is made of its disk. */
static inline void
copy_dead (Hall *self, Pc *pc, guint candidate, const char *name)
{
  const JkSession *session = jk_test_exam_get_session (self->exam, 0);
  g_autofree char *store = dup_store_path (pc, record_of (self, candidate));
  JkRoleKeys keys = { NULL };
  g_autoptr (GError) error = NULL;

  g_clear_object (&pc->panel);
  close_desk (pc->desk);
  jk_role_open (jk_session_find_role (session, JK_ROLE_CHIEF),
                jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_CHIEF),
                &pc->world,
                "test",
                &keys,
                &error);
  assert_ok (error);
  g_autoptr (GBytes) bytes =
      jk_capsule_from_store (&pc->world, session, store, keys.seal, NULL, stick_of (self), &error);
  jk_role_keys_clear (&keys);
  assert_ok (error);
  g_free (jk_test_folder_put (self->stick, name, bytes));
}

/* An order that retires the PC with this signing key, signed by one or two. */
static inline GBytes *
make_retire (Hall *self, const guint8 *station, guint candidate, guint64 counter, JkRoleName second)
{
  JkOrderTerms terms;

  jk_test_order_init (&terms, self->exam, 0, JK_ACT_RETIRE, counter, station);
  terms.record = record_of (self, candidate);
  return jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, second);
}
