/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/key.c: the long-lived keys and their two files.
 *
 * What identifies a key is its 32 public bytes; name and check are for people. The secret half is
 * never printed and leaves only in a lockbox. */
#include "crypto/key.h"

#include "base/bytes.h"
#include "base/code.h"
#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/lockbox.h"

#include <sodium.h>

#define LOCK_PURPOSE "jikao 1 key file"
#define CHECK_PURPOSE "jikao 1 public key"
#define CHECK_BITS 30
#define GROUP "key"
#define PUBLIC_FILE_BYTES_MAX JK_LINE_BYTES_MAX

struct _JkKey {
  /* Owned */
  char *name;
  JkSecret *secret; /* NULL: read from a .jkpub */
  /* Plain */
  JkKeyKind kind;
  guint8 public_key[JK_PUBLIC_BYTES];
};

static const char *
get_kind_name (JkKeyKind kind)
{
  return kind == JK_KEY_AUTHORITY ? "authority" : "centre";
}

/* Takes name and secret; computes the public half. */
static JkKey *
key_new_take (JkKeyKind kind, char *name, JkSecret *secret)
{
  JkKey *self = g_new0 (JkKey, 1);

  self->kind = kind;
  self->name = name;
  self->secret = secret;
  if (kind == JK_KEY_AUTHORITY) {
    jk_sign_get_public (secret, self->public_key);
  } else {
    JkSealPublic public_key;
    jk_seal_get_public (secret, &public_key);
    memcpy (self->public_key, public_key.bytes, JK_PUBLIC_BYTES);
  }
  return self;
}

gboolean
jk_key_check_name (const char *name)
{
  gsize size = strlen (name);

  if (size < 1 || size > JK_NAME_BYTES_MAX || !g_utf8_validate (name, (gssize) size, NULL))
    return FALSE;
  if (name[0] == ' ' || name[size - 1] == ' ')
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (*at == '\\' || !g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

JkKey *
jk_key_new (JkKeyKind kind, const char *name, const JkRandom *random)
{
  g_autofree char *use = g_strdup_printf ("key: %s %s", get_kind_name (kind), name);
  guint8 public_key[JK_PUBLIC_BYTES];

  g_assert (jk_key_check_name (name));
  JkSecret *secret = kind == JK_KEY_AUTHORITY ? jk_sign_key_new (random, use, 0, public_key)
                                              : jk_secret_new_random (random, use, 0, JK_KEY_BYTES);
  return key_new_take (kind, g_strdup (name), secret);
}

void
jk_key_free (JkKey *self)
{
  if (self == NULL)
    return;
  jk_secret_free (self->secret);
  g_free (self->name);
  g_free (self);
}

/* The content of an opened lockbox: u16 kind, u16 length of name, name, 32 bytes. NULL: not of this
 * form. */
static JkKey *
key_parse_content (const JkSecret *content)
{
  const guint8 *bytes = jk_secret_get (content);
  gsize size = jk_secret_get_size (content);

  if (size < 4 + JK_KEY_BYTES)
    return NULL;
  guint kind = jk_bytes_get_u16 (bytes);
  gsize name_size = jk_bytes_get_u16 (bytes + 2);
  if ((kind != JK_KEY_AUTHORITY && kind != JK_KEY_CENTRE) || size != 4 + name_size + JK_KEY_BYTES ||
      memchr (bytes + 4, '\0', name_size) != NULL)
    return NULL;
  g_autofree char *name = g_strndup ((const char *) bytes + 4, name_size);
  if (!jk_key_check_name (name))
    return NULL;

  g_autoptr (JkSecret) half = jk_secret_new_slice (content, 4 + name_size, JK_KEY_BYTES);
  if (kind == JK_KEY_CENTRE)
    return key_new_take (JK_KEY_CENTRE, g_steal_pointer (&name), g_steal_pointer (&half));

  guint8 public_key[JK_PUBLIC_BYTES];
  JkSecret *secret = jk_secret_new (crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair (public_key, jk_secret_get_mutable (secret), jk_secret_get (half));
  return key_new_take (JK_KEY_AUTHORITY, g_steal_pointer (&name), secret);
}

JkKey *
jk_key_open (const char *file,
             GBytes *bytes,
             const JkSecret *passphrase,
             JkCost floor,
             GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autoptr (JkSecret) content =
      jk_lockbox_open (passphrase, LOCK_PURPOSE, data, size, floor, file, error);

  if (content == NULL)
    return NULL;
  JkKey *self = key_parse_content (content);
  if (self == NULL)
    g_set_error (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_FORMAT,
        "%s: the passphrase is right, but what it opens is no key; expected kind 1 or 2, a "
        "name and 32 bytes; it needs a newer program, or the key must be made again.",
        file);
  return self;
}

static gboolean
public_is_usable (JkKeyKind kind, const guint8 *public_key)
{
  JkSealPublic seal_public;

  if (kind == JK_KEY_AUTHORITY)
    return crypto_core_ed25519_is_valid_point (public_key) == 1;
  memcpy (seal_public.bytes, public_key, JK_PUBLIC_BYTES);
  return jk_seal_public_check (&seal_public);
}

/* The first letters of what stands in a file, for a message; the caller frees. */
static char *
dup_start (const char *text)
{
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 32));
}

/* Reads all keys of the group into self; every fault goes to the report of ini. */
static void
key_read_public (JkKey *self, JkIni *ini)
{
  g_autofree char *kind = jk_ini_dup_text (ini, GROUP, "kind");
  g_autofree char *name = jk_ini_dup_text (ini, GROUP, "name");
  g_autofree char *hex = jk_ini_dup_text (ini, GROUP, "public");
  g_autofree char *check = jk_ini_dup_text (ini, GROUP, "check");

  jk_ini_finish (ini);
  if (jk_report_get_n_faults (jk_ini_get_report (ini)) > 0)
    return;

  g_autofree char *kind_start = dup_start (kind);
  g_autofree char *check_start = dup_start (check);
  self->kind = g_str_equal (kind, "centre") ? JK_KEY_CENTRE : JK_KEY_AUTHORITY;
  if (!g_str_equal (kind, get_kind_name (self->kind)))
    jk_ini_fault (ini, GROUP, "kind", "kind=authority or kind=centre", "kind=%s", kind_start);
  if (jk_key_check_name (name))
    self->name = g_steal_pointer (&name);
  else
    jk_ini_fault (ini,
                  GROUP,
                  "name",
                  "at most 256 bytes of text without backslash",
                  "a name of %" G_GSIZE_FORMAT " bytes that is not that",
                  strlen (name));
  if (!jk_text_parse_hex (hex, self->public_key, JK_PUBLIC_BYTES)) {
    jk_ini_fault (ini,
                  GROUP,
                  "public",
                  "64 hexadecimal digits",
                  "a public key of %" G_GSIZE_FORMAT " characters that is not that",
                  strlen (hex));
    return;
  }
  g_autofree char *expected = jk_key_dup_check (self);
  if (g_ascii_strcasecmp (check, expected) != 0)
    jk_ini_fault (ini,
                  GROUP,
                  "check",
                  expected,
                  "check=%s, which does not fit kind and public key",
                  check_start);
  else if (!public_is_usable (self->kind, self->public_key))
    jk_ini_fault (ini,
                  GROUP,
                  "public",
                  "a public key that has a secret half",
                  "a public key that has none");
}

JkKey *
jk_key_parse_public (const char *file, GBytes *bytes, GError **error)
{
  g_autoptr (GError) text_error = NULL;

  if (g_bytes_get_size (bytes) > PUBLIC_FILE_BYTES_MAX) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "%s: the file has %" G_GSIZE_FORMAT " bytes; expected a public key of at most %u; "
                 "choose the .jkpub file.",
                 file,
                 g_bytes_get_size (bytes),
                 PUBLIC_FILE_BYTES_MAX);
    return NULL;
  }
  g_autofree char *text = jk_text_from_bytes (file, bytes, &text_error);
  if (text == NULL) {
    g_set_error_literal (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT, text_error->message);
    return NULL;
  }

  g_autoptr (JkKey) self = g_new0 (JkKey, 1);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = jk_ini_parse (file, text, report);
  if (ini != NULL)
    key_read_public (self, ini);
  if (jk_report_get_n_faults (report) > 0) {
    g_autofree char *faults = jk_report_dup_text (report);
    g_set_error_literal (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT, g_strchomp (faults));
    return NULL;
  }
  return g_steal_pointer (&self);
}

JkKeyKind
jk_key_get_kind (const JkKey *self)
{
  return self->kind;
}

const char *
jk_key_get_name (const JkKey *self)
{
  return self->name;
}

const guint8 *
jk_key_get_public (const JkKey *self)
{
  return self->public_key;
}

char *
jk_key_dup_check (const JkKey *self)
{
  guint8 input[2 + JK_PUBLIC_BYTES];
  JkDigest digest;

  jk_bytes_put_u16 (input, (guint16) self->kind);
  memcpy (input + 2, self->public_key, JK_PUBLIC_BYTES);
  jk_hash (CHECK_PURPOSE, input, sizeof input, &digest);
  return jk_code_format_short (digest.bytes, CHECK_BITS);
}

const JkSecret *
jk_key_get_secret (const JkKey *self)
{
  return self->secret;
}

GBytes *
jk_key_lock (const JkKey *self,
             const JkSecret *passphrase,
             JkCost cost,
             const JkRandom *random,
             GError **error)
{
  g_assert (self->secret != NULL);

  gsize name_size = strlen (self->name);
  g_autofree char *use =
      g_strdup_printf ("key: lock %s %s", get_kind_name (self->kind), self->name);
  g_autoptr (JkSecret) content = jk_secret_new (4 + name_size + JK_KEY_BYTES);
  guint8 *bytes = jk_secret_get_mutable (content);

  jk_bytes_put_u16 (bytes, (guint16) self->kind);
  jk_bytes_put_u16 (bytes + 2, (guint16) name_size);
  memcpy (bytes + 4, self->name, name_size);
  /* An Ed25519 key of libsodium begins with its seed. */
  memcpy (bytes + 4 + name_size, jk_secret_get (self->secret), JK_KEY_BYTES);
  return jk_lockbox_close (passphrase, LOCK_PURPOSE, content, cost, random, use, 0, error);
}

GBytes *
jk_key_print_public (const JkKey *self)
{
  g_autofree char *hex = jk_text_hex (self->public_key, JK_PUBLIC_BYTES);
  g_autofree char *check = jk_key_dup_check (self);
  char *text = g_strdup_printf ("[" GROUP "]\nkind=%s\nname=%s\npublic=%s\ncheck=%s\n",
                                get_kind_name (self->kind),
                                self->name,
                                hex,
                                check);

  return g_bytes_new_take (text, strlen (text));
}
