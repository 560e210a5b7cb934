/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-row.h: one line of a closing sheet: what became of one sitting of one record.
 *
 * A record has as many rows as it has results, seats it left and seats that are lost; one that
 * nobody sat has a single row. FORMATS.md section 10 gives the 128 bytes. */
#pragma once

#include "crypto/hash.h"
#include "crypto/sign.h"

#define JK_SHEET_ROW_BYTES 128
#define JK_SLIP_BYTES 16 /* a receipt as a slip has it: its first 100 bits, then zeros */

/* The numbers are those of the file and never change. */
typedef enum {
  JK_SEAT_SEALED = 1,      /* 已交卷 */
  JK_SEAT_TIME_UP = 2,     /* 自动收卷 */
  JK_SEAT_FORCED = 3,      /* 强制收卷 */
  JK_SEAT_LEFT_ILL = 4,    /* 因病离场: with a result or without */
  JK_SEAT_ABSENT = 5,      /* 缺考 */
  JK_SEAT_NEVER_SEEN = 6,  /* 未到: nobody marked it absent, and nobody came */
  JK_SEAT_LOST = 7,        /* 答卷遗失: sat, but the result is not in hand */
  JK_SEAT_LOST_COPIED = 8, /* lost on this station, and goes on at the one it was copied to */
  JK_SEAT_MOVED = 9,       /* 已换机: ended here, goes on at the station it was moved to */
  JK_N_SEAT_STATES,
} JkSeatState;

typedef struct {
  /* Plain; digests and keys are zeros where there is none */
  guint32 record;
  guint32 seal_number; /* 0: none, or not known */
  JkSeatState state;
  gboolean spare; /* a walk-in's record, not one of the roll's */
  guint8 station[JK_PUBLIC_BYTES];
  JkDigest digest; /* outer digest of the result */
  guint8 slip[JK_SLIP_BYTES];
  guint8 copied_to[JK_PUBLIC_BYTES];
} JkSheetRow;

/* "sealed", "lost-copied", and the words of the printed sheet; lent. */
const char *jk_seat_state_get_name (JkSeatState state);
const char *jk_seat_state_get_word (JkSeatState state);

/* The state of that name; FALSE when there is none. */
gboolean jk_seat_state_parse (const char *name, JkSeatState *out_state);

/* Whether the row names a result. */
gboolean jk_sheet_row_has_result (const JkSheetRow *self);

/* Whether the record was sat: all states but absent and never seen. */
gboolean jk_sheet_row_is_present (const JkSheetRow *self);
gboolean jk_sheet_row_has_slip (const JkSheetRow *self);

/* By record, seal number, station: the order of the rows in a sheet. */
gint jk_sheet_row_compare (const JkSheetRow *a, const JkSheetRow *b);
gboolean jk_sheet_row_equal (const JkSheetRow *a, const JkSheetRow *b);

/* The first 100 bits of a receipt, and of a code as it stands on a slip. Errors:
 * JK_BASE_ERROR_CODE. */
void jk_slip_from_receipt (const JkDigest *receipt, guint8 out_slip[static JK_SLIP_BYTES]);
gboolean jk_slip_parse (const char *typed, guint8 out_slip[static JK_SLIP_BYTES], GError **error);

/* Writes the bytes of a row. */
void jk_sheet_row_put (const JkSheetRow *self, guint8 out[static JK_SHEET_ROW_BYTES]);

/* Reads a row; FALSE when it is not of this form, or has what its state cannot have. */
gboolean jk_sheet_row_get (const guint8 bytes[static JK_SHEET_ROW_BYTES], JkSheetRow *out_row);
