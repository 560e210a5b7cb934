/* SPDX-License-Identifier: Apache-2.0 */
/* session/office.h: NAME.office: every code and key of a session, under the authority's passphrase.
 *
 * Reprinting envelopes and making amendments read it; an amendment replaces it. A lockbox, purpose
 * "jikao 1 office", around GVariant "(aysayayayaya(sayayayayaayyay))": id, name, session seed,
 * paper key, bank key, start code (both halves in order where there are two); per hall: name, hall
 * seed, roster key, roll key, room code, passcodes in the order of roles, number of amendments
 * issued, digest of the last one. */
#pragma once

#include "base/limits.h"
#include "crypto/hash.h"
#include "crypto/lockbox.h"
#include "session/role.h"

typedef struct {
  /* Owned */
  char *name;
  JkSecret *seed;
  JkSecret *roster_key;
  JkSecret *roll_key;
  JkSecret *room_code;               /* canonical letters */
  JkSecret *passcodes[JK_ROLES_MAX]; /* canonical letters; of the role with the number n + 1 */
  /* Plain */
  guint n_passcodes;
  guint n_amendments; /* issued */
  JkDigest amendment; /* of the last one; zeros before the first */
} JkOfficeHall;

typedef struct {
  /* Owned */
  char *name;
  JkSecret *seed;
  JkSecret *paper_key;
  JkSecret *bank_key;
  JkSecret *start_code; /* canonical letters; 13, or 26 of two halves in order */
  GPtrArray *halls;     /* of JkOfficeHall */
  /* Plain */
  guint8 id[16];
} JkOffice;

JkOffice *jk_office_new (const char *name);
void jk_office_free (JkOffice *self);

/* Appends a hall and lends it; its secrets are the caller's to fill. */
JkOfficeHall *jk_office_add_hall (JkOffice *self, const char *name);

/* The hall of a name; lent, NULL when there is none. */
JkOfficeHall *jk_office_find_hall (const JkOffice *self, const char *name);

/* The bytes of NAME.office; everything must be filled. Errors: COST, MEMORY. */
GBytes *jk_office_lock (const JkOffice *self,
                        const JkSecret *passphrase,
                        const JkWorld *world,
                        GError **error);

/* Errors: those of jk_lockbox_open, CONTENT. */
JkOffice *jk_office_open (const char *file,
                          GBytes *bytes,
                          const JkSecret *passphrase,
                          JkCost floor,
                          GError **error);

/* envelopes.txt: a page (form feed between) per envelope: the start code for the authority's duty
 * officer (or per hall its halves, for chief and second proctor), per hall the room code, and each
 * role's passcode; says what each is for and when to open it, with session, build number and hall.
 * Contains secrets: the caller writes it 0600 and wipes it. */
char *jk_office_dup_envelopes (const JkOffice *self, guint build_number, const char *starts);

/* The same for the passcodes of a hall's roles from number first on, which an amendment added. */
char *jk_office_dup_added_envelopes (const JkOffice *self,
                                     const JkOfficeHall *hall,
                                     JkRoleName first,
                                     guint build_number,
                                     const char *starts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkOffice, jk_office_free)
