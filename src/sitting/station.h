/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/station.h: the keys of this PC: Ed25519 and X25519, in a folder named by its hardware.
 *
 * Labs are cloned from one image, so the folder's name is a hash of the built-in MAC addresses
 * (none: the DMI UUID, none: the machine id); other hardware gets another folder, nothing is
 * deleted. */
#pragma once

#include "base/world.h"
#include "crypto/seal.h"

typedef struct _JkStation JkStation;

/* Opens the station's keys below store, makes them when there are none. hardware is what identifies
 * the PC; NULL asks the system. Errors: STORAGE, FOREIGN (a damaged key file, never replaced
 * silently). */
JkStation *
jk_station_open (const JkWorld *world, const char *store, const char *hardware, GError **error);
void jk_station_free (JkStation *self);
const char *jk_station_get_folder (const JkStation *self);
const JkSecret *jk_station_get_sign_key (const JkStation *self);
const guint8 *jk_station_get_sign_public (const JkStation *self); /* JK_PUBLIC_BYTES */
const JkSecret *jk_station_get_seal_key (const JkStation *self);
const JkSealPublic *jk_station_get_seal_public (const JkStation *self);

/* Text that identifies this hardware, the same after a restart; the caller frees. */
char *jk_station_dup_hardware (void);

/* The same of a system whose files begin at root, "" for this one. */
char *jk_station_dup_hardware_below (const char *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkStation, jk_station_free)
