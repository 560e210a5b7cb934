/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-lights.h: a PC on which every light is green, until a test changes something. */
#pragma once

#include "check-desk.h"

#include "desk/checks.h"
#include "desk/desk-private.h"
#include "support/probe.h"

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

typedef struct {
  /* Owned */
  GPtrArray *list; /* as found last; NULL: not yet */
  /* Borrowed */
  Fixture *desk;
  /* Plain */
  JkTestProbe probe;
  JkScreenFacts screen;
} Scene;

/* A file of the system. */
static inline void
put_system (Scene *self, const char *path, const char *text, gsize size)
{
  g_autofree char *name = g_build_filename ("root", path, NULL);
  g_autofree char *file = jk_test_folder_dup_path (self->desk->folder, name);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  g_file_set_contents (file, text, (gssize) size, &error);
  assert_ok (error);
}

static inline void
put_text (Scene *self, const char *path, const char *text)
{
  put_system (self, path, text, strlen (text));
}

/* A clock so many minutes east of UTC: TZif version 1 with one zone and no change. */
static inline void
put_zone (Scene *self, gint32 zone_min)
{
  guint8 file[44 + 6 + 4] = { 'T', 'Z', 'i', 'f' };
  guint32 offset = GUINT32_TO_BE ((guint32) (zone_min * 60));

  file[39] = 1; /* zones */
  file[43] = 4; /* bytes of names */
  memcpy (file + 44, &offset, sizeof offset);
  memcpy (file + 50, "ZZZ", 4);
  put_system (self, "etc/localtime", (const char *) file, sizeof file);
}

/* The same PC after it was switched off and on. */
static inline void
boot (Scene *self)
{
  jk_test_clock_reboot (self->desk->clock, 0);
  restart (self->desk);
}

/* A rehearsal with its bank, five minutes before it starts. */
static inline void
come (Scene *self, void **state)
{
  *self = (Scene){
    .desk = *state,
    .probe = jk_test_probe (1000 * MIB),
    .screen = { .width = 1280, .height = 800, .scale = 1, .has_chinese_font = TRUE },
  };
  self->desk->place.disk = &self->probe.base;
  self->desk->place.root = jk_test_folder_dup_path (self->desk->folder, "root");
  put_text (self, "proc/meminfo", "MemTotal: 1 kB\nMemAvailable: 2097152 kB\n");
  put_zone (self, 480);
  arrive (self->desk, jk_test_exam_get_session_path (self->desk->exam, 0));
  arrive (self->desk, jk_test_exam_get_bank_path (self->desk->exam));
  open_desk (self->desk);
  /* The proof is begun, and then there. */
  jk_disk_check_free (jk_desk_check_disk (self->desk->desk, NULL));
  boot (self);
}

/* One with empty stores and an empty inbox. */
static inline void
move_to_another_pc (Scene *self)
{
  g_autofree char *store = jk_test_folder_dup_path (self->desk->folder, "other-store");
  g_autofree char *inbox = jk_test_folder_dup_path (self->desk->folder, "other-inbox");
  JkDeskPlace place = self->desk->place;

  close_desk (self->desk);
  self->desk->place.store = store;
  self->desk->place.inbox = inbox;
  open_desk (self->desk);
  self->desk->place = place;
}

/* Until so many sessions have arrived. */
static inline void
await_seats (Scene *self, guint n)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while ((self->desk->desk->n_busy > 0 || self->desk->desk->seats->len < n) &&
         g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (self->desk->desk->seats->len, n);
}

static inline void
go (Scene *self)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  close_desk (self->desk);
  g_free ((char *) self->desk->place.root);
}

typedef struct {
  /* Owned */
  GPtrArray *list;
  GError *error;
  /* Plain */
  gboolean is_done;
} Looked;

static inline void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Looked *self = user_data;

  self->list = jk_desk_check_finish (JK_DESK (source), result, &self->error);
  self->is_done = TRUE;
}

static inline void
look (Scene *self)
{
  Looked how = { NULL };

  jk_desk_check_async (self->desk->desk, &self->screen, looked, &how);
  while (!how.is_done)
    g_main_context_iteration (NULL, TRUE);
  assert_ok (how.error);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = how.list;
}

/* NULL: there is none in the list. */
static inline const JkCheck *
find_light (Scene *self, JkCheckKind kind)
{
  for (guint n = 0; n < self->list->len; n++) {
    const JkCheck *check = g_ptr_array_index (self->list, n);
    if (check->kind == kind)
      return check;
  }
  return NULL;
}

/* Looks again; the light, what was found (NULL: whatever) and the words in its sentence. */
static inline void
check_light (Scene *self, JkCheckKind kind, JkLight light, const char *found, const char *words)
{
  look (self);
  const JkCheck *check = find_light (self, kind);
  assert_non_null (check);
  if (check->light != light)
    fail_msg ("light %d: %s", check->light, check->sentence != NULL ? check->sentence : "");
  if (found != NULL)
    assert_string_equal (check->found, found);
  assert_int_equal (check->sentence == NULL, light == JK_LIGHT_GREEN);
  if (light != JK_LIGHT_GREEN && strstr (check->sentence, words) == NULL)
    fail_msg ("no “%s” in: %s", words, check->sentence);
}

static inline void
check_green (Scene *self, JkCheckKind kind, const char *found)
{
  check_light (self, kind, JK_LIGHT_GREEN, found, "");
}
