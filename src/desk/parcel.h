/* SPDX-License-Identifier: Apache-2.0 */
/* desk/parcel.h: one sealed result, or the words of one PC, on its way to a stick, a share or any
 * folder.
 *
 * C1  Delivered means: whole on the medium under its name, synced, and read back equal after memory
 *     forgot it. Stopped anywhere (pulled, full, no power) it is not delivered, nothing else on the
 *     stick has changed, and the next delivery mends it.
 * C2  A copy that is there already and equal is read back and kept. Another whole file under this
 *     name is never overwritten; a torn or spoilt one is.
 *
 * C3  The words of a PC (desk/witness.h) take the place of those that it said before.
 *
 * Sticks are FAT, mostly; C1 and C2 ask nothing of a file system that FAT cannot give:
 *   - Names are long names (VFAT), made of what FAT allows (session/source.c lets no other hall
 *     name pass); nothing is ever looked up by its 8.3 name.
 *   - FAT knows no upper and lower case. Names that differ in nothing else are one file there, and
 *     C2 keeps the one that came first.
 *   - No owners and permissions: 0600 is asked for and may be answered with anything.
 *   - Times are of 2 s, and of a PC whose clock is wrong: nothing is decided by them.
 *   - A rename may be lost with the power, and then both names or none are there: what is read back
 *     was synced before it got its name, and the name after; torn leftovers are swept.
 *   - Of several seals of one record each has a name of its own, and the highest number among the
 *     whole ones counts: nobody has to replace an older one. */
#pragma once

#include "base/storage.h"
#include "crypto/hash.h"

typedef struct {
  /* Owned */
  char *name; /* of the file */
  GBytes *bytes;
  /* Plain */
  JkDigest session; /* its digest */
  guint32 record;
  JkDigest digest;   /* the outer one of bytes */
  gboolean is_words; /* of a PC: there is no record and no digest */
} JkParcel;

/* Of the bytes of a result, which are lent. NULL: they are none. Errors: those of
 * jk_envelope_peek. */
JkParcel *jk_parcel_new (const char *name,
                         GBytes *bytes,
                         const JkDigest *session,
                         guint32 record,
                         GError **error);

/* Of the words of a PC, which are lent. */
JkParcel *jk_parcel_new_words (const char *name, GBytes *bytes);
void jk_parcel_free (JkParcel *self);

/* Brings it into folder, which must be there. *out_was_there: it was, and reads back equal. Blocks,
 * for as long as the stick does. Errors: EXISTS (another whole file has this name), STORAGE,
 * MISSING (no such folder), TOO_LARGE. */
gboolean jk_parcel_deliver (const JkParcel *self,
                            const JkStorage *storage,
                            const char *folder,
                            gboolean *out_was_there,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkParcel, jk_parcel_free)
