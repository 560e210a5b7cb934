/* SPDX-License-Identifier: Apache-2.0 */
/* session/roll.h: the list of a hall for its proctors and the centre: seat, name, masked ID, record
 * key.
 *
 * Opened with the roll key, which is sealed to each role and to the centres. */
#pragma once

#include "session/record.h"

typedef struct _JkRoll JkRoll;

/* Closes the roll of n people with their record keys (n x 32 bytes in one secret). */
GBytes *jk_roll_close (const JkPerson *people,
                       gsize n,
                       const JkSecret *record_keys,
                       const JkSecret *roll_key,
                       const guint8 id[static JK_BANK_ID_BYTES],
                       const JkRandom *random,
                       guint64 index);

/* Opens it. Errors: CONTENT (wrong key or not of this form). */
JkRoll *jk_roll_open (gconstpointer data,
                      gsize size,
                      const JkSecret *roll_key,
                      const guint8 id[static JK_BANK_ID_BYTES],
                      const char *file,
                      GError **error);
void jk_roll_free (JkRoll *self);
guint jk_roll_get_n (const JkRoll *self);
const JkPerson *jk_roll_get_person (const JkRoll *self, guint n); /* person n has index n */

/* A record key, lent; costs nothing. */
const JkSecret *jk_roll_get_record_key (const JkRoll *self, guint n);

/* A copy of a record key, for who needs it longer than the roll. */
JkSecret *jk_roll_dup_record_key (const JkRoll *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRoll, jk_roll_free)
