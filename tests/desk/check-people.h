/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-people.h: the list of the hall, as a proctor reads it at a PC. */
#pragma once

#include "check-panel.h"

#include "desk/people.h"

typedef struct {
  /* Owned */
  GPtrArray *people;
  GBytes *photo;
  /* Plain */
  Ended how;
} Read;

static inline void
people_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Read *self = user_data;

  self->people = jk_panel_read_people_finish (JK_PANEL (source), result, &self->how.error);
  self->how.ok = self->people != NULL;
  self->how.is_done = TRUE;
}

static inline GPtrArray *
read_people (Scene *self)
{
  Read how = { 0 };

  jk_panel_read_people_async (self->panel, people_ended, &how);
  assert_ok (await (&how.how));
  return how.people;
}

static inline void
photo_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Read *self = user_data;

  self->photo = jk_panel_read_photo_finish (JK_PANEL (source), result, &self->how.error);
  self->how.ok = self->how.error == NULL;
  self->how.is_done = TRUE;
}

static inline GBytes *
read_photo (Scene *self, guint32 record)
{
  Read how = { 0 };

  jk_panel_read_photo_async (self->panel, record, photo_ended, &how);
  assert_ok (await (&how.how));
  return how.photo;
}

static inline const JkPanelPerson *
get_person (const GPtrArray *people, guint n)
{
  return g_ptr_array_index (people, n);
}

/* Of candidate n. */
static inline const JkPanelPerson *
find_person (Scene *self, const GPtrArray *people, guint n)
{
  for (guint i = 0; i < people->len; i++) {
    if (get_person (people, i)->record == record_of_candidate (self, n))
      return get_person (people, i);
  }
  fail_msg ("candidate %u is not on the roll", n);
  return NULL;
}

/* Log-in is open, nobody sits here, the chief has opened the panel. */
static inline void
come_early (Scene *self, void **state)
{
  self->desk = *state;
  open_room (self->desk);
  self->panel = jk_panel_new (self->desk->desk);
  assert_ok (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
}
