/* SPDX-License-Identifier: Apache-2.0 */
/* tool/inputs.c: the files that several commands read and write. */
#include "tool/inputs.h"

#include "base/error.h"
#include "crypto/error.h"
#include "crypto/lockbox.h"
#include "session/amend.h"
#include "session/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static gboolean
check_kind (const JkKey *key, JkKeyKind kind, const char *path, GError **error)
{
  const char *found = kind == JK_KEY_CENTRE ? "an authority" : "a scoring centre";
  const char *expected = kind == JK_KEY_CENTRE ? "a scoring centre" : "an authority";

  if (jk_key_get_kind (key) == kind)
    return TRUE;
  g_set_error (error,
               JK_CRYPTO_ERROR,
               JK_CRYPTO_ERROR_FORMAT,
               "%s: this is the key of %s; expected the key of %s; give the other file.",
               path,
               found,
               expected);
  return FALSE;
}

JkKey *
jk_input_key (const JkTool *tool,
              const char *path,
              JkKeyKind kind,
              const JkSecret *passphrase,
              GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkKey) key = NULL;

  bytes = jk_storage_read (tool->world->storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return NULL;
  key = jk_key_open (path, bytes, passphrase, tool->world->costs->passphrase, error);
  if (key == NULL || !check_kind (key, kind, path, error))
    return NULL;
  return g_steal_pointer (&key);
}

/* The secret of a key that is kept under a passphrase. */
static JkSecret *
load_passphrase (const char *secrets_path, const char *name, const char *key_path, GError **error)
{
  g_autoptr (JkSecrets) secrets = jk_secrets_load (secrets_path, error);
  g_autofree char *prompt = g_strdup_printf ("Passphrase of %s", key_path);

  return secrets != NULL ? jk_secrets_dup (secrets, name, prompt, error) : NULL;
}

JkKey *
jk_input_centre (const JkTool *tool, const char *path, const char *secrets, GError **error)
{
  g_autoptr (JkSecret) passphrase = load_passphrase (secrets, "centre-passphrase", path, error);

  return passphrase != NULL ? jk_input_key (tool, path, JK_KEY_CENTRE, passphrase, error) : NULL;
}

static gboolean
read_centre (const JkTool *tool, const char *path, JkSealPublic *out_centre, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkKey) key = NULL;

  bytes = jk_storage_read (tool->world->storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return FALSE;
  key = jk_key_parse_public (path, bytes, error);
  if (key == NULL || !check_kind (key, JK_KEY_CENTRE, path, error))
    return FALSE;
  memcpy (out_centre->bytes, jk_key_get_public (key), JK_PUBLIC_BYTES);
  return TRUE;
}

gboolean
jk_input_centres (const JkTool *tool,
                  const char *const *paths,
                  JkSealPublic out_centres[static JK_CENTRES_MAX],
                  gsize *out_n,
                  GError **error)
{
  gsize n = 0;

  for (; paths[n] != NULL; n++) {
    if (n >= JK_CENTRES_MAX) {
      g_set_error (error,
                   JK_CRYPTO_ERROR,
                   JK_CRYPTO_ERROR_FORMAT,
                   "%s: this is centre key number %" G_GSIZE_FORMAT
                   "; expected at most %u; leave some out.",
                   paths[n],
                   n + 1,
                   JK_CENTRES_MAX);
      return FALSE;
    }
    if (!read_centre (tool, paths[n], &out_centres[n], error))
      return FALSE;
  }
  *out_n = n;
  return TRUE;
}

gboolean
jk_input_office (const JkTool *tool,
                 const char *authority,
                 const char *const *centres,
                 const char *secrets,
                 JkInputOffice *out_office,
                 GError **error)
{
  out_office->passphrase = load_passphrase (secrets, "authority-passphrase", authority, error);
  if (out_office->passphrase == NULL)
    return FALSE;
  out_office->authority =
      jk_input_key (tool, authority, JK_KEY_AUTHORITY, out_office->passphrase, error);
  return out_office->authority != NULL &&
         jk_input_centres (tool, centres, out_office->centres, &out_office->n_centres, error);
}

void
jk_input_office_clear (JkInputOffice *self)
{
  g_clear_pointer (&self->passphrase, jk_secret_free);
  g_clear_pointer (&self->authority, jk_key_free);
}

gboolean
jk_input_check_signer (const JkTool *tool,
                       const char *path,
                       const guint8 *signer,
                       const char *authorities,
                       gboolean *out_rehearsals_only,
                       GError **error)
{
  g_autoptr (JkAuthorities) pinned = NULL;

  pinned = jk_authorities_load (tool->world->storage, authorities, error);
  if (pinned == NULL)
    return FALSE;
  if (jk_authorities_accepts (pinned, signer, out_rehearsals_only))
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_AUTHORITY,
               "%s: its signer is not among the authorities in %s; expected one of them; get the "
               "file again from the office, or check that folder.",
               path,
               authorities);
  return FALSE;
}

JkSession *
jk_input_session (const JkTool *tool, const char *path, const char *authorities, GError **error)
{
  g_autoptr (JkAuthorities) pinned = NULL;

  pinned = jk_authorities_load (tool->world->storage, authorities, error);
  if (pinned == NULL)
    return NULL;
  return jk_session_open (tool->world, path, pinned, error);
}

JkSession *
jk_input_amended_session (const JkTool *tool,
                          const char *path,
                          const char *authorities,
                          const char *const *amendments,
                          GError **error)
{
  g_autoptr (JkSession) session = NULL;

  session = jk_input_session (tool, path, authorities, error);
  for (guint n = 0; session != NULL && amendments != NULL && amendments[n] != NULL; n++) {
    g_autoptr (JkAmendment) amendment = NULL;

    amendment = jk_amendment_open (tool->world->storage, amendments[n], session, error);
    if (amendment == NULL || !jk_session_amend (session, amendment, error))
      return NULL;
  }
  return g_steal_pointer (&session);
}

gboolean
jk_input_amend_hall (const JkTool *tool,
                     JkSession *session,
                     const char *const *amendments,
                     gboolean *out_taken,
                     GError **error)
{
  for (guint n = 0; amendments != NULL && amendments[n] != NULL; n++) {
    g_autoptr (GError) refusal = NULL;
    g_autoptr (JkAmendment) amendment =
        jk_amendment_open (tool->world->storage, amendments[n], session, &refusal);

    if (amendment == NULL &&
        g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_AMENDMENT))
      continue;
    if (amendment == NULL) {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
    if (!jk_session_amend (session, amendment, error))
      return FALSE;
    out_taken[n] = TRUE;
  }
  return TRUE;
}

const JkRole *
jk_input_find_role (const JkSession *session, const char *name)
{
  JkRoleName parsed;

  return jk_role_name_parse (name, &parsed) ? jk_session_find_role (session, parsed) : NULL;
}

JkSecret *
jk_input_role_seal_key (const JkWorld *world,
                        const JkSession *session,
                        const char *name,
                        const JkSecrets *secrets,
                        GError **error)
{
  g_autoptr (JkSecret) passcode =
      jk_secrets_dup_text (secrets, "passcode", "Passcode of the envelope", error);
  JkRoleKeys keys = { NULL };
  const JkRole *role = jk_input_find_role (session, name);

  if (passcode == NULL)
    return NULL;
  if (role == NULL) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_PASSCODE,
                 "This session has no role “%s”; expected chief, proctor, spare-1 or spare-2.",
                 name);
    return NULL;
  }
  if (!jk_role_open (role,
                     (const char *) jk_secret_get (passcode),
                     world,
                     jk_session_get_file (session),
                     &keys,
                     error))
    return NULL;
  JkSecret *seal = g_steal_pointer (&keys.seal);
  jk_role_keys_clear (&keys);
  return seal;
}

JkSecret *
jk_input_library_key (const JkTool *tool,
                      const char *bank_path,
                      const JkSecret *passphrase,
                      GError **error)
{
  g_autofree char *path = g_strconcat (bank_path, ".key", NULL);
  g_autoptr (GBytes) bytes = NULL;

  bytes = jk_storage_read (tool->world->storage, path, JK_TEXT_FILE_BYTES_MAX, error);
  if (bytes == NULL)
    return NULL;
  return jk_lockbox_open (passphrase,
                          JK_LIBRARY_KEY_PURPOSE,
                          g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes),
                          tool->world->costs->passphrase,
                          path,
                          error);
}

gboolean
jk_output_check_free (const JkTool *tool, const char *path, GError **error)
{
  const JkStorage *storage = tool->world->storage;
  int fd = TEMP_FAILURE_RETRY (storage->open (storage, path, O_RDONLY | O_NONBLOCK, 0));
  int number = errno;

  if (fd < 0 && number == ENOENT)
    return TRUE;
  if (fd >= 0)
    storage->close (storage, fd);
  if (fd >= 0)
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_EXISTS,
                 "%s: there is such a file already; expected a new name; choose another or move "
                 "that file away.",
                 path);
  else
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s: it cannot be told whether there is such a file (%s); expected a folder that "
                 "can be written; choose another.",
                 path,
                 g_strerror (number));
  return FALSE;
}

gboolean
jk_output_file (const JkTool *tool, const char *path, mode_t mode, GBytes *bytes, GError **error)
{
  return jk_output_check_free (tool, path, error) &&
         jk_storage_write (tool->world->storage, path, mode, bytes, error);
}

void
jk_output_remove (const JkTool *tool, const char *path)
{
  tool->world->storage->unlink (tool->world->storage, path);
}
