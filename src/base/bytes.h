/* SPDX-License-Identifier: Apache-2.0 */
/* base/bytes.h: whole numbers in byte order of the files (little endian), read and written by hand.
 */
#pragma once

#include <glib.h>
#include <string.h>

static inline guint16
jk_bytes_get_u16 (const guint8 *at)
{
  guint16 value;
  memcpy (&value, at, sizeof value);
  return GUINT16_FROM_LE (value);
}

static inline guint32
jk_bytes_get_u32 (const guint8 *at)
{
  guint32 value;
  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static inline guint64
jk_bytes_get_u64 (const guint8 *at)
{
  guint64 value;
  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_LE (value);
}

static inline void
jk_bytes_put_u16 (guint8 *at, guint16 value)
{
  value = GUINT16_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
jk_bytes_put_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
jk_bytes_put_u64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

/* Whether nothing but zeros stands there. */
static inline gboolean
jk_bytes_are_zeros (const guint8 *at, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if (at[i] != 0)
      return FALSE;
  }
  return TRUE;
}
