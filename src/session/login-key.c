/* SPDX-License-Identifier: Apache-2.0 */
/* session/login-key.c: see the header.
 *
 * The admission number stands with its length, so that no two pairs of numbers give one password.
 * ID numbers never lie in memory that is not wiped. */
#include "session/login-key.h"

#include "base/bytes.h"
#include "session/purpose.h"

void
jk_login_lookup (const JkSecret *roster_key,
                 const char *admission,
                 guint8 out_lookup[static JK_LOOKUP_BYTES])
{
  g_autoptr (JkSecret) key = jk_derive (roster_key, JK_PURPOSE_LOOKUP_KEY, NULL, 0);
  JkDigest mac;

  jk_mac (key, JK_PURPOSE_LOOKUP, admission, strlen (admission), &mac);
  memcpy (out_lookup, mac.bytes, JK_LOOKUP_BYTES);
}

JkSecret *
jk_login_derive (const JkSecret *roster_key,
                 const char *admission,
                 const char *id_number,
                 JkCost cost,
                 GError **error)
{
  gsize admission_size = strlen (admission);
  gsize id_size = strlen (id_number);
  gsize size = 4 + admission_size + id_size;
  guint8 *numbers = g_malloc (size);
  JkDigest salt;

  jk_bytes_put_u32 (numbers, (guint32) admission_size);
  memcpy (numbers + 4, admission, admission_size);
  memcpy (numbers + 4 + admission_size, id_number, id_size);
  g_autoptr (JkSecret) password = jk_derive (roster_key, JK_PURPOSE_LOGIN, numbers, size);
  jk_wipe (numbers, size);
  g_free (numbers);

  jk_mac (roster_key, JK_PURPOSE_LOGIN_SALT, admission, admission_size, &salt);
  return jk_derive_password (password, salt.bytes, JK_PURPOSE_RECORD_KEY, cost, error);
}
