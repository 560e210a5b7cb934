/* SPDX-License-Identifier: Apache-2.0 */
/* session/person.c: see the header. */
#include "session/person.h"

#include "base/bytes.h"
#include "base/limits.h"

#define HEAD_BYTES 10
#define SPARE_AT 4
#define SEX_AT 5
#define EXTRA_AT 6
#define SIZE_AT 8
#define TEXTS 5

gsize
jk_person_measure (const JkPerson *person)
{
  return HEAD_BYTES + TEXTS + strlen (person->admission) + strlen (person->name) +
         strlen (person->masked_id) + strlen (person->seat) + strlen (person->path);
}

void
jk_person_put (const JkPerson *person, guint8 *out)
{
  const char *const texts[TEXTS] = {
    person->admission, person->name, person->masked_id, person->seat, person->path,
  };
  gsize size = jk_person_measure (person) - HEAD_BYTES;
  guint8 *at = out + HEAD_BYTES;

  g_assert (size <= G_MAXUINT16);
  g_assert (person->extra_min <= JK_EXTRA_MINUTES_MAX);
  jk_bytes_put_u32 (out, person->index);
  out[SPARE_AT] = person->spare ? 1 : 0;
  out[SEX_AT] = (guint8) person->sex;
  jk_bytes_put_u16 (out + EXTRA_AT, person->extra_min);
  jk_bytes_put_u16 (out + SIZE_AT, (guint16) size);
  for (guint n = 0; n < TEXTS; n++) {
    gsize length = strlen (texts[n]) + 1;
    memcpy (at, texts[n], length);
    at += length;
  }
}

gboolean
jk_person_get (const guint8 *data, gsize size, JkPerson *out_person, gsize *out_used)
{
  const char *texts[TEXTS];

  if (size < HEAD_BYTES || size - HEAD_BYTES < jk_bytes_get_u16 (data + SIZE_AT))
    return FALSE;
  const char *at = (const char *) data + HEAD_BYTES;
  const char *end = at + jk_bytes_get_u16 (data + SIZE_AT);
  for (guint n = 0; n < TEXTS; n++) {
    const char *zero = memchr (at, '\0', (gsize) (end - at));
    if (zero == NULL || !g_utf8_validate (at, zero - at, NULL))
      return FALSE;
    texts[n] = at;
    at = zero + 1;
  }
  guint8 sex = data[SEX_AT];
  guint16 extra_min = jk_bytes_get_u16 (data + EXTRA_AT);
  if (at != end || data[SPARE_AT] > 1 || (sex != 0 && sex != 'M' && sex != 'F') ||
      extra_min > JK_EXTRA_MINUTES_MAX)
    return FALSE;

  *out_person = (JkPerson){
    .admission = texts[0],
    .name = texts[1],
    .masked_id = texts[2],
    .seat = texts[3],
    .path = texts[4],
    .index = jk_bytes_get_u32 (data),
    .spare = data[SPARE_AT] == 1,
    .sex = (char) sex,
    .extra_min = extra_min,
  };
  *out_used = (gsize) (end - (const char *) data);
  return TRUE;
}
