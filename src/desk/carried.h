/* SPDX-License-Identifier: Apache-2.0 */
/* desk/carried.h: sittings on their way to another PC, as they lie in a folder: each a capsule,
 * and, where the PC it was copied off is dead, an order that retires that PC.
 *
 * Files are told by what is in them; their names are for people. Of several capsules of one sitting
 * the one that holds the rows of all others is taken; two that went different ways are never chosen
 * between. */
#pragma once

#include "sitting/capsule.h"
#include "sitting/seat.h"

/* How their names end. */
#define JK_CARRIED_CAPSULE ".jkcapsule"
#define JK_CARRIED_ORDER ".jkorder"

typedef struct {
  /* Owned */
  char *path, *order_path; /* order_path is that of the capsule where the order lay inside */
  GBytes *capsule, *order;
} JkCarried;

/* Finds what goes on at this seat: of one record, or (JK_ORDER_EVERY) the only one there that has
 * no sitting here yet. seal_key is the X25519 key of a role. Only reads; whether it fits here is
 * jk_seat_arrive's to say. out is to be cleared. Errors: JK_BASE_ERROR_STORAGE (the folder or a
 * file cannot be read); of JK_DESK_ERROR NOBODY (none, or only an order, one of another
 * session, a damaged one, or one that the key does not open), NO_ORDER (copied off a PC where it
 * ran, and no order retires that PC), SEVERAL (candidates, or branches of one: the sentence lists
 * them); those of jk_capsule_open. */
gboolean jk_carried_find (const JkWorld *world,
                          const JkSeat *seat,
                          const char *folder,
                          guint32 record,
                          const JkSecret *seal_key,
                          JkCarried *out,
                          GError **error);
void jk_carried_clear (JkCarried *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkCarried, jk_carried_clear)
