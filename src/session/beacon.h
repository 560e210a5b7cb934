/* SPDX-License-Identifier: Apache-2.0 */
/* session/beacon.h: console time: when the hall ends, as its console says (design.md section 5).
 *
 * 168 bytes: "JKTIME\r\n", u16 suite 1, u16 version 1, u32 0, session digest 32, console's Ed25519
 * key 32, u64 sequence, i64 wall ms, i64 wall ms of the hall's end, signature 64 by the console
 * (purpose "jikao 1 console time") over all before it.
 *
 * Both times are of the console's own clock, so only their difference counts, and no PC needs the
 * right hour. The end is the hall's, before anything that one candidate was given. The sequence
 * rises with every beacon of a session, from console to console. */
#pragma once

#include "session/session.h"

#define JK_BEACON_BYTES 168

typedef struct {
  JkDigest session;
  guint8 console[JK_PUBLIC_BYTES];
  guint64 sequence; /* from 1 */
  gint64 wall_ms, end_wall_ms;
  JkDigest digest; /* BLAKE2b of the whole beacon; jk_beacon_write does not read it */
} JkBeacon;

/* The beacon, signed with the console's key. */
GBytes *jk_beacon_write (const JkBeacon *beacon, const JkSecret *sign_key);

/* Takes a beacon apart and checks it: of this session, named and signed by this console, which a
 * proctor's order named. Errors: BEACON. */
gboolean jk_beacon_read (GBytes *bytes,
                         const JkSession *session,
                         const guint8 console[static JK_PUBLIC_BYTES],
                         JkBeacon *out_beacon,
                         GError **error);

/* Until the end, from when it was signed: 0 to max_ms. */
guint64 jk_beacon_get_left_ms (const JkBeacon *self, guint64 max_ms);
