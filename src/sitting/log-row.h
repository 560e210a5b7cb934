/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-row.h: one row of a station log, in plaintext (FORMATS.md section 7).
 *
 * The head is that of a journal's row, with the time since the PC was booted where a sitting has
 * exam time; the events have numbers of their own, so that neither is ever read as the other. */
#pragma once

#include "base/clock.h"
#include "session/order.h"
#include "sitting/row.h"

/* The numbers are those of the file format and never change. */
typedef enum {
  JK_LOG_LOADED = 101,       /* digest: the session; key: the station's */
  JK_LOG_OPENED = 102,       /* code: JkLogOpening; number: JkEntry as seen; span: start, wall */
  JK_LOG_LOGIN_FAILED = 103, /* digest: of the admission number, under the roster key */
  JK_LOG_LOGGED_IN = 104,    /* digest: the same, or zeros; record; code: JkLogEntrance; id */
  JK_LOG_OBEYED = 105,       /* an order; code: JkLogObeyed */
  JK_LOG_REFUSED = 106,      /* an order; code: JkLogReason; number: 1 when its id is used up */
  JK_LOG_CLOCK = 107,        /* span: wall clock before and after somebody set it */
  JK_LOG_AMENDED = 108,      /* digest and number of the amendment */
  JK_LOG_STORE = 109,        /* code: JkLogStore; record, or JK_ORDER_EVERY: this log */
  JK_LOG_COPIED = 110,       /* digest of the result, record, number: of its seal */
  JK_LOG_WIPED = 111,        /* id of the order */
  JK_LOG_HEAD = 112,         /* digest: commitment of the chain; signature of the station */
  JK_LOG_UNLISTED = 113,     /* number: of refusals so far that have no row of their own */
  JK_LOG_PASSCODE = 114,     /* typed at the panel; code: JkLogPasscode; number: the role */
  JK_LOG_N_EVENTS,
} JkLogEvent;

typedef enum {
  JK_LOG_BY_ROOM_CODE = 1,
} JkLogOpening;

typedef enum {
  JK_LOG_WITH_NUMBERS = 1,
  JK_LOG_AS_WALK_IN = 2,
  JK_LOG_WITH_WRONG_ID = 3,
  JK_LOG_BY_ARRIVAL = 4, /* a sitting from another PC; the id is of the order that let it come */
} JkLogEntrance;

typedef enum {
  JK_LOG_APPLIED = 1,
  JK_LOG_FOUND = 2, /* a sitting had obeyed it before this log could say so */
} JkLogObeyed;

typedef enum {
  JK_LOG_REASON_FORM = 1,
  JK_LOG_REASON_FOREIGN = 2,
  JK_LOG_REASON_SIGNATURE = 3,
  JK_LOG_REASON_RULE = 4,
  JK_LOG_REASON_REVOKED = 5,
  JK_LOG_REASON_REPLAYED = 6,
  JK_LOG_REASON_STALE = 7,
  JK_LOG_REASON_STATE = 8,
  JK_LOG_REASON_HERE = 9,       /* this PC cannot: its disk, the amount the policy allows */
  JK_LOG_REASON_AMENDMENT = 10, /* given under one that is not in force here yet */
} JkLogReason;

typedef enum {
  JK_LOG_STORE_REPLACED = 1, /* a commit failed; a copy was verified and is used */
  JK_LOG_STORE_RED = 2,      /* the disk gives no proof that it remembers */
  JK_LOG_STORE_COPY_LOST = 3,
  JK_LOG_STORE_COPY_BACK = 4,
  JK_LOG_STORE_FULL = 5,   /* waits for room */
  JK_LOG_STORE_ROOM = 6,   /* takes rows again, after FULL or FAILED */
  JK_LOG_STORE_FAILED = 7, /* the disk refuses in another way */
  JK_LOG_STORE_ASIDE = 8,  /* what lay in the place of a second copy got another name */
  JK_LOG_STORE_BACK = 9,   /* what the disk forgot was taken back from a second copy */
  JK_LOG_STORE_SOUND = 10, /* after RED: the disk gives its proof now */
} JkLogStore;

typedef enum {
  JK_LOG_PASSCODE_WRONG = 1,
  JK_LOG_PASSCODE_RIGHT = 2,
} JkLogPasscode;

#define JK_LOG_HEAD_PURPOSE "jikao 1 log head"
#define JK_LOG_HEAD_SIGNED_BYTES (2 * JK_DIGEST_BYTES + 8)

typedef struct {
  /* Plain: the head */
  guint64 sequence;
  JkLogEvent event;
  guint64 boot_ms; /* since the PC was booted, sleep included */
  gint64 wall_ms;
  guint8 boot_id[JK_BOOT_ID_BYTES];
  /* Plain: what the event carries; all else is 0 */
  JkDigest digest;
  guint8 id[JK_ORDER_ID_BYTES];
  guint8 key[JK_PUBLIC_BYTES]; /* of the station, or of the device of an order */
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  guint8 signature[JK_SIGNATURE_BYTES];
  guint64 counter;
  guint64 amount;
  gint64 span[2];
  guint32 record;
  guint32 act;
  guint32 code;
  guint32 number;
} JkLogRow;

/* The row as bytes; what its event does not carry is left out. */
GBytes *jk_log_row_to_bytes (const JkLogRow *row);

/* Reads a row. FALSE when it is not of this form, or a code of it does not exist. */
gboolean jk_log_row_from_bytes (const guint8 *data, gsize size, JkLogRow *out_row);

/* What the signature of a head covers: session digest, u64 sequence of the head, commitment. */
void jk_log_head_put_signed (guint8 out[static JK_LOG_HEAD_SIGNED_BYTES],
                             const JkDigest *session,
                             guint64 sequence,
                             const JkDigest *commitment);

/* Fills in what a row takes from an order. */
void jk_log_row_set_order (JkLogRow *self, const JkOrder *order);

/* "loaded", "obeyed" ...; lent. */
const char *jk_log_event_get_name (JkLogEvent event);
