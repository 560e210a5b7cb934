/* SPDX-License-Identifier: Apache-2.0 */
/* session/role.c: a role's keys in their lockbox.
 *
 * The lockbox knows no session; that the keys in it are those the signed session names is checked
 * by using them. */
#include "session/role.h"

#include "base/code.h"
#include "base/limits.h"
#include "crypto/error.h"
#include "session/error.h"
#include "session/printed-code.h"
#include "session/purpose.h"

#define SEED_BYTES 32
#define CONTENT_BYTES (SEED_BYTES + JK_KEY_BYTES)
#define SIGN_KEY_BYTES (SEED_BYTES + JK_PUBLIC_BYTES)

gboolean
jk_role_new (JkRoleName name,
             const JkSecret *passcode,
             const JkWorld *world,
             guint64 index,
             JkRole *out_role,
             GError **error)
{
  JkRole role = { .name = name };
  g_autoptr (JkSecret) sign =
      jk_sign_key_new (world->random, "session: role signing key", index, role.sign_public);
  g_autoptr (JkSecret) seal =
      jk_seal_key_new (world->random, "session: role sealing key", index, &role.seal_public);
  g_autoptr (JkSecret) content = jk_secret_new (CONTENT_BYTES);

  /* A signing key is its seed, then its public half. */
  memcpy (jk_secret_get_mutable (content), jk_secret_get (sign), SEED_BYTES);
  memcpy (jk_secret_get_mutable (content) + SEED_BYTES, jk_secret_get (seal), JK_KEY_BYTES);
  role.locked = jk_lockbox_close (passcode,
                                  JK_PURPOSE_ROLE,
                                  content,
                                  world->costs->code,
                                  world->random,
                                  "session: role lock",
                                  2 * index,
                                  error);
  if (role.locked == NULL)
    return FALSE;
  *out_role = role;
  return TRUE;
}

void
jk_role_clear (JkRole *self)
{
  g_clear_pointer (&self->locked, g_bytes_unref);
}

/* Whether both secret keys are those of the public ones that the session names. */
static gboolean
fits (const JkRole *self, const JkSecret *sign, const JkSecret *seal)
{
  guint8 signature[JK_SIGNATURE_BYTES];
  JkSealPublic seal_public;

  jk_sign (sign, JK_PURPOSE_ROLE_CHECK, NULL, 0, signature);
  jk_seal_get_public (seal, &seal_public);
  return jk_sign_verify (self->sign_public, JK_PURPOSE_ROLE_CHECK, NULL, 0, signature) &&
         memcmp (seal_public.bytes, self->seal_public.bytes, JK_PUBLIC_BYTES) == 0;
}

/* The lockbox with the passcode; a wrong one is told from all other refusals. */
static JkSecret *
open_lockbox (const JkRole *self,
              const JkSecret *passcode,
              const JkWorld *world,
              const char *file,
              GError **error)
{
  GError *refusal = NULL;
  JkSecret *content = jk_lockbox_open (passcode,
                                       JK_PURPOSE_ROLE,
                                       g_bytes_get_data (self->locked, NULL),
                                       g_bytes_get_size (self->locked),
                                       world->costs->code,
                                       file,
                                       &refusal);
  if (content != NULL)
    return content;
  if (!g_error_matches (refusal, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET)) {
    g_propagate_error (error, refusal);
    return NULL;
  }
  g_error_free (refusal);
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_PASSCODE,
               "The passcode is not that of the role “%s” of %s; take the envelope of this role, "
               "session and hall, and type its passcode again.",
               jk_role_name_get (self->name),
               file);
  return NULL;
}

gboolean
jk_role_open (const JkRole *self,
              const char *typed,
              const JkWorld *world,
              const char *file,
              JkRoleKeys *out_keys,
              GError **error)
{
  g_autoptr (JkSecret) passcode = jk_printed_code_parse (typed, JK_START_CODE_BITS, error);
  if (passcode == NULL)
    return FALSE;
  g_autoptr (JkSecret) content = open_lockbox (self, passcode, world, file, error);
  if (content == NULL)
    return FALSE;

  g_autoptr (JkSecret) sign = jk_secret_new (SIGN_KEY_BYTES);
  g_autoptr (JkSecret) seal = NULL;
  if (jk_secret_get_size (content) == CONTENT_BYTES) {
    memcpy (jk_secret_get_mutable (sign), jk_secret_get (content), SEED_BYTES);
    memcpy (jk_secret_get_mutable (sign) + SEED_BYTES, self->sign_public, JK_PUBLIC_BYTES);
    seal = jk_secret_new_slice (content, SEED_BYTES, JK_KEY_BYTES);
  }
  if (seal == NULL || !fits (self, sign, seal)) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_CONTENT,
                 "%s: the keys of the role “%s” are not those the session names; expected the keys "
                 "made with it; ask the authority for a new build.",
                 file,
                 jk_role_name_get (self->name));
    return FALSE;
  }
  out_keys->sign = g_steal_pointer (&sign);
  out_keys->seal = g_steal_pointer (&seal);
  return TRUE;
}

void
jk_role_keys_clear (JkRoleKeys *self)
{
  g_clear_pointer (&self->sign, jk_secret_free);
  g_clear_pointer (&self->seal, jk_secret_free);
}

const char *
jk_role_name_get (JkRoleName name)
{
  static const char *const names[JK_ROLES_MAX] = {
    "chief",   "proctor", "spare-1", "spare-2",  "spare-3",  "spare-4",  "spare-5",  "spare-6",
    "spare-7", "spare-8", "spare-9", "spare-10", "spare-11", "spare-12", "spare-13", "spare-14",
  };

  g_return_val_if_fail (name >= JK_ROLE_CHIEF && (guint) name <= JK_ROLES_MAX, NULL);
  return names[name - 1];
}

gboolean
jk_role_name_parse (const char *text, JkRoleName *out_name)
{
  for (guint n = 1; n <= JK_ROLES_MAX; n++) {
    if (!g_str_equal (text, jk_role_name_get ((JkRoleName) n)))
      continue;
    *out_name = (JkRoleName) n;
    return TRUE;
  }
  return FALSE;
}
