/* SPDX-License-Identifier: Apache-2.0 */
/* session/person.h: who a record belongs to, as bytes. Private to this folder.
 *
 *     u32 index, u8 spare (0 or 1), u8 sex (0, 'M' or 'F'), u16 extra minutes, u16 size of
 *     what follows, then admission, name, masked ID, seat and path, each UTF-8 and ended by a zero
 *     byte */
#pragma once

#include "session/record.h"

/* The bytes that jk_person_put writes. */
gsize jk_person_measure (const JkPerson *person);

/* Writes jk_person_measure bytes; their texts have at most 65535 bytes together, and extra_min is
 * at most JK_EXTRA_MINUTES_MAX. */
void jk_person_put (const JkPerson *person, guint8 *out);

/* Reads one person from the first bytes; out_person borrows from data. FALSE when they are not of
 * this form. */
gboolean jk_person_get (const guint8 *data, gsize size, JkPerson *out_person, gsize *out_used);
