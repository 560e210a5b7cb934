/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-row.c: rows of closing sheets as bytes, and what each state may hold. */
#include "result/sheet-row.h"
#include "base/bytes.h"
#include "base/code.h"

#define SPARE_FLAG 1u
#define LETTERS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define SLIP_LETTERS (JK_RECEIPT_BITS / 5)

/* What a state has beside its record. */
typedef enum {
  HAS_NOT,
  MAY_HAVE,
  HAS,
} Part;

typedef struct {
  const char *name;
  const char *word;
  Part result; /* digest, seal number and station go together where there is one */
  Part station;
  Part seal_number; /* without a result: what is known of the one that is missing */
  Part copied_to;
} StateRule;

static const StateRule rules[JK_N_SEAT_STATES] = {
  [JK_SEAT_SEALED] = { "sealed", "已交卷", HAS, HAS, HAS, HAS_NOT },
  [JK_SEAT_TIME_UP] = { "time-up", "自动收卷", HAS, HAS, HAS, HAS_NOT },
  [JK_SEAT_FORCED] = { "forced", "强制收卷", HAS, HAS, HAS, HAS_NOT },
  [JK_SEAT_LEFT_ILL] = { "left-ill", "因病离场", MAY_HAVE, MAY_HAVE, MAY_HAVE, HAS_NOT },
  [JK_SEAT_ABSENT] = { "absent", "缺考", HAS_NOT, HAS_NOT, HAS_NOT, HAS_NOT },
  [JK_SEAT_NEVER_SEEN] = { "never-seen", "未到", HAS_NOT, HAS_NOT, HAS_NOT, HAS_NOT },
  [JK_SEAT_LOST] = { "lost", "答卷遗失", HAS_NOT, MAY_HAVE, MAY_HAVE, HAS_NOT },
  [JK_SEAT_LOST_COPIED] = { "lost-copied", "遗失已转", HAS_NOT, HAS, HAS_NOT, HAS },
  [JK_SEAT_MOVED] = { "moved", "已换机", HAS_NOT, HAS, HAS_NOT, HAS },
};

const char *
jk_seat_state_get_name (JkSeatState state)
{
  g_return_val_if_fail (state >= JK_SEAT_SEALED && state < JK_N_SEAT_STATES, NULL);
  return rules[state].name;
}

const char *
jk_seat_state_get_word (JkSeatState state)
{
  g_return_val_if_fail (state >= JK_SEAT_SEALED && state < JK_N_SEAT_STATES, NULL);
  return rules[state].word;
}

gboolean
jk_seat_state_parse (const char *name, JkSeatState *out_state)
{
  for (guint i = JK_SEAT_SEALED; i < JK_N_SEAT_STATES; i++) {
    if (g_str_equal (rules[i].name, name)) {
      *out_state = (JkSeatState) i;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
jk_sheet_row_has_result (const JkSheetRow *self)
{
  return !jk_bytes_are_zeros (self->digest.bytes, JK_DIGEST_BYTES);
}

gboolean
jk_sheet_row_is_present (const JkSheetRow *self)
{
  return self->state != JK_SEAT_ABSENT && self->state != JK_SEAT_NEVER_SEEN;
}

gboolean
jk_sheet_row_has_slip (const JkSheetRow *self)
{
  return !jk_bytes_are_zeros (self->slip, JK_SLIP_BYTES);
}

gint
jk_sheet_row_compare (const JkSheetRow *a, const JkSheetRow *b)
{
  if (a->record != b->record)
    return a->record < b->record ? -1 : 1;
  if (a->seal_number != b->seal_number)
    return a->seal_number < b->seal_number ? -1 : 1;
  return memcmp (a->station, b->station, JK_PUBLIC_BYTES);
}

gboolean
jk_sheet_row_equal (const JkSheetRow *a, const JkSheetRow *b)
{
  guint8 bytes[2][JK_SHEET_ROW_BYTES];

  jk_sheet_row_put (a, bytes[0]);
  jk_sheet_row_put (b, bytes[1]);
  return memcmp (bytes[0], bytes[1], JK_SHEET_ROW_BYTES) == 0;
}

void
jk_slip_from_receipt (const JkDigest *receipt, guint8 out_slip[static JK_SLIP_BYTES])
{
  memset (out_slip, 0, JK_SLIP_BYTES);
  memcpy (out_slip, receipt->bytes, JK_RECEIPT_BITS / 8 + 1);
  out_slip[JK_RECEIPT_BITS / 8] &= 0xf0;
}

gboolean
jk_slip_parse (const char *typed, guint8 out_slip[static JK_SLIP_BYTES], GError **error)
{
  char letters[SLIP_LETTERS + 2];

  if (!jk_code_parse (typed, JK_RECEIPT_BITS, letters, error))
    return FALSE;
  memset (out_slip, 0, JK_SLIP_BYTES);
  for (guint bit = 0; bit < JK_RECEIPT_BITS; bit++) {
    guint value = (guint) (strchr (LETTERS, letters[bit / 5]) - LETTERS);
    if ((value >> (4 - bit % 5) & 1) != 0)
      out_slip[bit / 8] |= (guint8) (0x80 >> bit % 8);
  }
  return TRUE;
}

void
jk_sheet_row_put (const JkSheetRow *self, guint8 out[static JK_SHEET_ROW_BYTES])
{
  memset (out, 0, JK_SHEET_ROW_BYTES);
  jk_bytes_put_u32 (out, self->record);
  jk_bytes_put_u32 (out + 4, self->seal_number);
  out[8] = (guint8) self->state;
  out[9] = self->spare ? SPARE_FLAG : 0;
  memcpy (out + 16, self->slip, JK_SLIP_BYTES);
  memcpy (out + 32, self->station, JK_PUBLIC_BYTES);
  memcpy (out + 64, self->digest.bytes, JK_DIGEST_BYTES);
  memcpy (out + 96, self->copied_to, JK_PUBLIC_BYTES);
}

static gboolean
fits (Part part, gboolean is_there)
{
  return part == MAY_HAVE || (part == HAS) == is_there;
}

/* A slip without a seal number would be of nothing, and nothing is copied to where it was. */
static gboolean
check (const JkSheetRow *row)
{
  const StateRule *rule = &rules[row->state];
  gboolean has_result = jk_sheet_row_has_result (row);
  gboolean has_station = !jk_bytes_are_zeros (row->station, JK_PUBLIC_BYTES);
  gboolean has_seal = row->seal_number != 0;

  if (rule->copied_to == HAS && memcmp (row->station, row->copied_to, JK_PUBLIC_BYTES) == 0)
    return FALSE;
  return fits (rule->result, has_result) && fits (rule->station, has_station) &&
         fits (rule->seal_number, has_seal) &&
         fits (rule->copied_to, !jk_bytes_are_zeros (row->copied_to, JK_PUBLIC_BYTES)) &&
         (!has_result || (has_station && has_seal)) && (!jk_sheet_row_has_slip (row) || has_seal);
}

gboolean
jk_sheet_row_get (const guint8 bytes[static JK_SHEET_ROW_BYTES], JkSheetRow *out_row)
{
  JkSheetRow row = {
    .record = jk_bytes_get_u32 (bytes),
    .seal_number = jk_bytes_get_u32 (bytes + 4),
    .state = (JkSeatState) bytes[8],
    .spare = bytes[9] == SPARE_FLAG,
  };

  if (bytes[8] < JK_SEAT_SEALED || bytes[8] >= JK_N_SEAT_STATES || bytes[9] > SPARE_FLAG ||
      !jk_bytes_are_zeros (bytes + 10, 6))
    return FALSE;
  memcpy (row.slip, bytes + 16, JK_SLIP_BYTES);
  memcpy (row.station, bytes + 32, JK_PUBLIC_BYTES);
  memcpy (row.digest.bytes, bytes + 64, JK_DIGEST_BYTES);
  memcpy (row.copied_to, bytes + 96, JK_PUBLIC_BYTES);
  if (!check (&row) || (row.slip[JK_RECEIPT_BITS / 8] & 0x0f) != 0 ||
      !jk_bytes_are_zeros (row.slip + JK_RECEIPT_BITS / 8 + 1,
                           JK_SLIP_BYTES - JK_RECEIPT_BITS / 8 - 1))
    return FALSE;
  *out_row = row;
  return TRUE;
}
