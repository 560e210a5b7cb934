/* SPDX-License-Identifier: Apache-2.0 */
/* tool/inputs.h: the files that several commands read and write: keys, authorities, sessions. */
#pragma once

#include "base/limits.h"
#include "session/session.h"
#include "tool/secrets.h"

#define JK_LIBRARY_KEY_PURPOSE "jikao 1 library key"

/* Opens a .jkkey of this kind. Errors: those of jk_storage_read, jk_key_open,
 * JK_CRYPTO_ERROR_FORMAT (another kind). */
JkKey *jk_input_key (const JkTool *tool,
                     const char *path,
                     JkKeyKind kind,
                     const JkSecret *passphrase,
                     GError **error);

/* Opens the centre's .jkkey with the secret "centre-passphrase" of a file of secrets (NULL: the
 * terminal). Errors: those of jk_secrets_load, jk_secrets_dup, jk_input_key. */
JkKey *jk_input_centre (const JkTool *tool, const char *path, const char *secrets, GError **error);

/* Reads .jkpub files of centres into at most JK_CENTRES_MAX places; paths is zero-terminated.
 * Errors: those of jk_storage_read, jk_key_parse_public, JK_CRYPTO_ERROR_FORMAT. */
gboolean jk_input_centres (const JkTool *tool,
                           const char *const *paths,
                           JkSealPublic out_centres[static JK_CENTRES_MAX],
                           gsize *out_n,
                           GError **error);

/* What an office that builds has at hand. */
typedef struct {
  /* Owned */
  JkSecret *passphrase; /* the authority's */
  JkKey *authority;
  /* Plain */
  JkSealPublic centres[JK_CENTRES_MAX];
  gsize n_centres;
} JkInputOffice;

/* Fills an office that is all zeros; the secret is "authority-passphrase". Errors: those of
 * jk_secrets_load, jk_secrets_dup, jk_input_key, jk_input_centres. */
gboolean jk_input_office (const JkTool *tool,
                          const char *authority,
                          const char *const *centres,
                          const char *secrets,
                          JkInputOffice *out_office,
                          GError **error);
void jk_input_office_clear (JkInputOffice *self);

/* Whether a pinned authority signed a file that is not bound to a session; *out_rehearsals_only as
 * jk_authorities_accepts gives it. Errors: those of jk_authorities_load,
 * JK_SESSION_ERROR_AUTHORITY. */
gboolean jk_input_check_signer (const JkTool *tool,
                                const char *path,
                                const guint8 *signer,
                                const char *authorities,
                                gboolean *out_rehearsals_only,
                                GError **error);

/* Authorities of a folder, then the session file. Errors: those of both. */
JkSession *
jk_input_session (const JkTool *tool, const char *path, const char *authorities, GError **error);

/* The same with amendments put into force in their order; zero-terminated, NULL: none. Errors:
 * those of both, of jk_amendment_open and jk_session_amend. */
JkSession *jk_input_amended_session (const JkTool *tool,
                                     const char *path,
                                     const char *authorities,
                                     const char *const *amendments,
                                     GError **error);

/* Puts those of the amendments into force, in their order, that are for this session's hall, and
 * sets their places in out_taken, of which there are as many. Errors: those of jk_amendment_open
 * and jk_session_amend; one for another session or hall is none. */
gboolean jk_input_amend_hall (const JkTool *tool,
                              JkSession *session,
                              const char *const *amendments,
                              gboolean *out_taken,
                              GError **error);

/* The role that is called so, as in "spare-1"; NULL when the session has none. */
const JkRole *jk_input_find_role (const JkSession *session, const char *name);

/* The X25519 key of the role called so, opened with the secret "passcode". Errors:
 * JK_SESSION_ERROR_PASSCODE (also: no such role), those of jk_secrets_dup_text and jk_role_open. */
JkSecret *jk_input_role_seal_key (const JkWorld *world,
                                  const JkSession *session,
                                  const char *name,
                                  const JkSecrets *secrets,
                                  GError **error);

/* The library key of an office bank: NAME.jkbank.key beside NAME.jkbank. Errors: those of
 * jk_lockbox_open. */
JkSecret *jk_input_library_key (const JkTool *tool,
                                const char *bank_path,
                                const JkSecret *passphrase,
                                GError **error);

/* Whether nothing has this name yet: jikaoctl replaces no file, and says so before it works.
 * Errors: EXISTS, STORAGE. */
gboolean jk_output_check_free (const JkTool *tool, const char *path, GError **error);

/* Writes a file, refusing to replace one. Errors: EXISTS, STORAGE. */
gboolean
jk_output_file (const JkTool *tool, const char *path, mode_t mode, GBytes *bytes, GError **error);

/* Takes back a file that was made by this command, because a later step failed. */
void jk_output_remove (const JkTool *tool, const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkInputOffice, jk_input_office_clear)
