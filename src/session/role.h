/* SPDX-License-Identifier: Apache-2.0 */
/* session/role.h: the proctors of a hall: 主考, 监考 and two spares, each with keys of its own.
 * Amendments add further spares (their names are the numbers after JK_ROLE_SPARE_2).
 *
 * The two secret keys of a role lie in a lockbox (purpose "jikao 1 role") under a printed passcode
 * of 60 bits; inside: Ed25519 seed 32, X25519 secret 32. */
#pragma once

#include "crypto/lockbox.h"
#include "crypto/seal.h"
#include "crypto/sign.h"

typedef enum {
  JK_ROLE_CHIEF = 1,   /* 主考 */
  JK_ROLE_PROCTOR = 2, /* 监考 */
  JK_ROLE_SPARE_1 = 3,
  JK_ROLE_SPARE_2 = 4,
} JkRoleName;

#define JK_ROLES 4

typedef struct {
  /* Plain */
  JkRoleName name;
  guint8 sign_public[JK_PUBLIC_BYTES];
  JkSealPublic seal_public;
  /* Owned */
  GBytes *locked;
} JkRole;

typedef struct {
  /* Owned */
  JkSecret *sign;
  JkSecret *seal;
} JkRoleKeys;

/* Makes a role's keys and locks them under passcode (canonical letters). Errors: COST, MEMORY. */
gboolean jk_role_new (JkRoleName name,
                      const JkSecret *passcode,
                      const JkWorld *world,
                      guint64 index,
                      JkRole *out_role,
                      GError **error);
void jk_role_clear (JkRole *self);

/* Opens a role's keys with its typed passcode; file is for messages. Errors: PASSCODE, COST,
 * MEMORY, JK_BASE_ERROR_CODE. */
gboolean jk_role_open (const JkRole *self,
                       const char *typed,
                       const JkWorld *world,
                       const char *file,
                       JkRoleKeys *out_keys,
                       GError **error);
void jk_role_keys_clear (JkRoleKeys *self);

/* "chief", "proctor", "spare-1", "spare-2", and up to JK_ROLES_MAX the spares that amendments add,
 * "spare-3" and on; lent. */
const char *jk_role_name_get (JkRoleName name);

/* The role of such a name; FALSE when there is none. */
gboolean jk_role_name_parse (const char *text, JkRoleName *out_name);
