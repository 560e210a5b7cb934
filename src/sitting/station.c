/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/station.c: the keys of this PC in a plain file of the system account (design.md section
 * 3).
 *
 * station.keys: "JKSTAT\r\n" 8, u16 suite 1, u16 version 1, u32 0, Ed25519 64, X25519 32, checksum
 * 32: BLAKE2b ("jikao 1 station keys", all before). A damaged one is refused, never replaced:
 * results that were sealed by its owner would lose it. */
#include "sitting/station.h"

#include "base/bytes.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "sitting/error.h"

#include <string.h>

#define MAGIC "JKSTAT\r\n"
#define MAGIC_BYTES 8
#define SUITE 1
#define VERSION 1
#define HEAD_BYTES 16
#define SIGN_KEY_BYTES 64
#define CHECKED_BYTES (HEAD_BYTES + SIGN_KEY_BYTES + JK_KEY_BYTES)
#define FILE_BYTES (CHECKED_BYTES + JK_DIGEST_BYTES)

#define HARDWARE_PURPOSE "jikao 1 hardware"
#define CHECK_PURPOSE "jikao 1 station keys"
#define FOLDER_HASH_BYTES 16

struct _JkStation {
  /* Owned */
  char *folder;
  JkSecret *sign_key, *seal_key;
  /* Plain */
  guint8 sign_public[JK_PUBLIC_BYTES];
  JkSealPublic seal_public;
};

/* The first line of a small file below root; NULL when there is none. The caller frees. */
static char *
read_line (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (full, &text, NULL, NULL))
    return NULL;
  text[strcspn (text, "\n")] = '\0';
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_there (const char *root, const char *name, const char *part)
{
  g_autofree char *path = g_strconcat (root, "/sys/class/net/", name, "/", part, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Cards that are built in and keep their address: no virtual device, nothing on USB, and no
 * wireless card, whose address changes for privacy. */
static gboolean
is_built_in (const char *root, const char *name)
{
  g_autofree char *bus = g_strconcat (root, "/sys/class/net/", name, "/device/subsystem", NULL);
  g_autofree char *target = g_file_read_link (bus, NULL);

  if (!is_there (root, name, "device") || is_there (root, name, "phy80211") ||
      is_there (root, name, "wireless"))
    return FALSE;
  return target == NULL || !g_str_has_suffix (target, "/usb");
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dup_addresses (const char *root)
{
  g_autofree char *folder = g_strconcat (root, "/sys/class/net", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_strconcat ("/sys/class/net/", name, "/address", NULL);
    char *address = is_built_in (root, name) ? read_line (root, path) : NULL;
    if (address != NULL && strcmp (address, "00:00:00:00:00:00") != 0)
      g_ptr_array_add (found, address);
    else
      g_free (address);
  }
  if (found->len == 0)
    return NULL;
  g_ptr_array_sort (found, compare_texts);
  g_ptr_array_add (found, NULL);
  return g_strjoinv (" ", (char **) found->pdata);
}

char *
jk_station_dup_hardware_below (const char *root)
{
  g_autofree char *addresses = dup_addresses (root);
  g_autofree char *board = read_line (root, "/sys/class/dmi/id/product_uuid");
  g_autofree char *machine = read_line (root, "/etc/machine-id");

  if (addresses != NULL)
    return g_strconcat ("mac ", addresses, NULL);
  if (board != NULL)
    return g_strconcat ("board ", board, NULL);
  return g_strconcat ("machine ", machine != NULL ? machine : "unknown", NULL);
}

char *
jk_station_dup_hardware (void)
{
  return jk_station_dup_hardware_below ("");
}

static gboolean
refuse (GError **error, const char *path, const char *what)
{
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_FOREIGN,
               "%s %s; keep it and call the help desk: results of this PC need these keys.",
               path,
               what);
  return FALSE;
}

static gboolean
take_keys (JkStation *self, const char *path, const guint8 *data, gsize size, GError **error)
{
  JkDigest check;

  if (size < HEAD_BYTES || memcmp (data, MAGIC, MAGIC_BYTES) != 0)
    return refuse (error, path, "is not a file of station keys");
  if (jk_bytes_get_u16 (data + 8) != SUITE || jk_bytes_get_u16 (data + 10) != VERSION)
    return refuse (error, path, "was written by another version of this program");
  if (size != FILE_BYTES)
    return refuse (error, path, "has a wrong length");
  jk_hash (CHECK_PURPOSE, data, CHECKED_BYTES, &check);
  if (memcmp (check.bytes, data + CHECKED_BYTES, JK_DIGEST_BYTES) != 0)
    return refuse (error, path, "is damaged");

  self->sign_key = jk_secret_new_copy (data + HEAD_BYTES, SIGN_KEY_BYTES);
  self->seal_key = jk_secret_new_copy (data + HEAD_BYTES + SIGN_KEY_BYTES, JK_KEY_BYTES);
  jk_sign_get_public (self->sign_key, self->sign_public);
  jk_seal_get_public (self->seal_key, &self->seal_public);
  return TRUE;
}

static gboolean
make_keys (JkStation *self, const JkWorld *world, const char *path, GError **error)
{
  guint8 *out = g_malloc0 (FILE_BYTES);
  JkDigest check;

  self->sign_key = jk_sign_key_new (world->random, "station: sign key", 0, self->sign_public);
  self->seal_key = jk_seal_key_new (world->random, "station: seal key", 0, &self->seal_public);
  g_assert (jk_secret_get_size (self->sign_key) == SIGN_KEY_BYTES);

  memcpy (out, MAGIC, MAGIC_BYTES);
  jk_bytes_put_u16 (out + 8, SUITE);
  jk_bytes_put_u16 (out + 10, VERSION);
  memcpy (out + HEAD_BYTES, jk_secret_get (self->sign_key), SIGN_KEY_BYTES);
  memcpy (out + HEAD_BYTES + SIGN_KEY_BYTES, jk_secret_get (self->seal_key), JK_KEY_BYTES);
  jk_hash (CHECK_PURPOSE, out, CHECKED_BYTES, &check);
  memcpy (out + CHECKED_BYTES, check.bytes, JK_DIGEST_BYTES);

  g_autoptr (GBytes) bytes = g_bytes_new_static (out, FILE_BYTES);
  gboolean ok = jk_storage_write (world->storage, path, 0600, bytes, error);
  jk_wipe (out, FILE_BYTES);
  g_free (out);
  return ok;
}

JkStation *
jk_station_open (const JkWorld *world, const char *store, const char *hardware, GError **error)
{
  g_autoptr (JkStation) self = g_new0 (JkStation, 1);
  g_autofree char *text = hardware != NULL ? g_strdup (hardware) : jk_station_dup_hardware ();
  g_autoptr (GError) problem = NULL;
  JkDigest digest;

  jk_hash (HARDWARE_PURPOSE, text, strlen (text), &digest);
  g_autofree char *name = jk_text_hex (digest.bytes, FOLDER_HASH_BYTES);
  self->folder = g_build_filename (store, name, NULL);
  if (!jk_storage_make_folder (world->storage, self->folder, 0700, error))
    return NULL;

  g_autofree char *path = g_build_filename (self->folder, "station.keys", NULL);
  GBytes *bytes = jk_storage_read (world->storage, path, FILE_BYTES, &problem);
  if (bytes != NULL) {
    gsize size;
    guint8 *data = g_bytes_unref_to_data (bytes, &size);
    gboolean ok = take_keys (self, path, data, size, error);
    jk_wipe (data, size);
    g_free (data);
    /* Whoever made them may have been stopped before their name was on disk. */
    ok = ok && jk_storage_sync_folder (world->storage, self->folder, error);
    return ok ? g_steal_pointer (&self) : NULL;
  }
  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE)) {
    refuse (error, path, "has a wrong length");
    return NULL;
  }
  if (!g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return make_keys (self, world, path, error) ? g_steal_pointer (&self) : NULL;
}

void
jk_station_free (JkStation *self)
{
  if (self == NULL)
    return;
  jk_secret_free (self->sign_key);
  jk_secret_free (self->seal_key);
  g_free (self->folder);
  g_free (self);
}

const char *
jk_station_get_folder (const JkStation *self)
{
  return self->folder;
}

const JkSecret *
jk_station_get_sign_key (const JkStation *self)
{
  return self->sign_key;
}

const guint8 *
jk_station_get_sign_public (const JkStation *self)
{
  return self->sign_public;
}

const JkSecret *
jk_station_get_seal_key (const JkStation *self)
{
  return self->seal_key;
}

const JkSealPublic *
jk_station_get_seal_public (const JkStation *self)
{
  return &self->seal_public;
}
