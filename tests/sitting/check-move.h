/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-move.h: a second PC beside the first, for the tests of moving. */
#pragma once

#include "check-orders.h"

#include "sitting/capsule.h"
#include "sitting/sitting-private.h"

#include <glib/gstdio.h>

typedef struct {
  /* Owned */
  JkTestWorld *chance;
  JkStation *station;
  JkSitting *sitting;
  /* Plain */
  JkSittingPlace place;
} Other;

/* A PC with keys of its own; n tells several apart. */
static inline Other *
new_other (const Fixture *self, guint n)
{
  Other *other = g_new0 (Other, 1);
  g_autofree char *hardware = g_strdup_printf ("other PC %u", n);
  g_autoptr (GError) error = NULL;

  other->chance = jk_test_world_new (90 + n);
  other->station = jk_station_open (jk_test_world_get (other->chance),
                                    jk_test_folder_get_path (self->folder),
                                    hardware,
                                    &error);
  assert_ok (error);
  other->place = self->place;
  other->place.station = other->station;
  return other;
}

static inline void
free_other (Other *self)
{
  jk_sitting_free (self->sitting);
  jk_station_free (self->station);
  jk_test_world_free (self->chance);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Other, free_other)

/* A MOVE for a PC (NULL: any), or a RETIRE of the first one. */
static inline JkOrder *
new_move (const Fixture *self, JkAct act, const JkStation *target)
{
  static guint64 counter = 300000;
  JkOrderTerms terms;

  jk_test_order_init (&terms,
                      self->exam,
                      0,
                      act,
                      ++counter,
                      jk_station_get_sign_public (self->station));
  terms.record = record_of (self);
  if (target != NULL)
    memcpy (terms.subject, jk_station_get_seal_public (target)->bytes, sizeof terms.subject);
  g_autoptr (GBytes) bytes = jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, 0);
  return parse_order (bytes);
}

/* The first PC obeys and gives the capsule. */
static inline GBytes *
move_away (Fixture *self, const JkOrder *order)
{
  g_autoptr (GError) error = NULL;

  jk_sitting_obey (self->sitting, order, &check_open, &error);
  assert_ok (error);
  GBytes *capsule = jk_sitting_make_capsule (self->sitting, &error);
  assert_ok (error);
  return capsule;
}

/* The seal key of a role, from its envelope. */
static inline JkSecret *
dup_role_key (const Fixture *self)
{
  JkRoleKeys keys = { NULL };
  g_autoptr (GError) error = NULL;

  jk_role_open (jk_session_get_role (self->place.session, 0),
                jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_CHIEF),
                self->place.world,
                "test",
                &keys,
                &error);
  assert_ok (error);
  JkSecret *seal = g_steal_pointer (&keys.seal);
  jk_role_keys_clear (&keys);
  return seal;
}
