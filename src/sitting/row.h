/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/row.h: one row of a journal, in plaintext.
 *
 * 48 bytes head: u64 sequence (from 1), u16 event, u16 0, u32 payload bytes, u64 exam time ms, i64
 * wall time ms, boot id 16; then the payload, whose form the event fixes (FORMATS.md section 7). */
#pragma once

#include "base/clock.h"
#include "base/limits.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "session/order.h"

#define JK_SITTING_ID_BYTES 16
#define JK_ROW_HEAD_BYTES 48
#define JK_EXAM_MS_MAX (24u * 60 * 60 * 1000) /* allotted, or given or taken by one order */
#define JK_GAP_MS_MAX (G_GUINT64_CONSTANT (100) * 366 * 86400 * 1000) /* a longer claim is cut */

typedef struct {
  /* Plain */
  guint64 sequence;
  JkEvent event;
  guint64 exam_ms;
  gint64 wall_ms;
  guint8 boot_id[JK_BOOT_ID_BYTES];
  guint32 payload_size;
  /* Borrowed */
  const guint8 *payload;
} JkRow;

typedef enum {
  JK_HAND_IN_VOLUNTARY = 1,
  JK_HAND_IN_TIME_UP = 2,
  JK_HAND_IN_FORCED = 3,
} JkHandInReason;

typedef enum {
  JK_GAP_RESTART = 1,    /* the program or the PC stopped */
  JK_GAP_SUSPEND = 2,    /* the PC slept */
  JK_GAP_CLOCK_BACK = 3, /* a restart whose length is unknown: the wall clock went back */
} JkGapKind;

/* Payloads, each of fixed size. */
typedef struct {
  guint8 session_digest[JK_DIGEST_BYTES];
  guint8 station_sign[JK_PUBLIC_BYTES];
  guint8
      proof[JK_DIGEST_BYTES]; /* MAC (record key, session digest, sitting id, station key): only who
                                 logged in can write it; the centre checks it with the roll */
  guint32 record;
} JkIdentified;

typedef struct {
  guint64 allotted_ms;
  guint32 n_items;
  guint8 paper_digest[JK_DIGEST_BYTES];
  guint32 amendment; /* number in force then, which the sitting keeps; 0: none */
} JkStarted;

typedef struct {
  guint16 position; /* 0 first */
  guint16 mask;     /* canonical options; 0 only in CLEARED; 0 or 1 in FLAGGED */
} JkMark;

/* The mask of FOCUS, whose position is where the candidate was. */
typedef enum {
  JK_FOCUS_LOST = 1,
  JK_FOCUS_FOUND = 2,
  JK_FOCUS_DISPLAYS = 3, /* a display was plugged in or out */
} JkFocusKind;

typedef struct {
  guint64 claimed_ms; /* by the wall clock; 0 when unknown */
  guint32 restarts;   /* so far, this one included */
  JkGapKind kind;
} JkGap;

/* Of the commitment, and of the station's signature over (session digest, u32 record, u64 sequence
 * of the head, commitment). */
#define JK_HEAD_PURPOSE "jikao 1 head"

typedef struct {
  guint8 commitment[JK_DIGEST_BYTES]; /* of the link before this row */
  guint8
      signature[JK_SIGNATURE_BYTES]; /* by the station over session digest, record, sequence, it */
} JkHead;

/* What every event that an order causes carries: which order, and what it changed. The order's own
 * bytes lie beside the row in the same commit. */
typedef struct {
  guint8 id[JK_ORDER_ID_BYTES];
  JkDigest digest; /* jk_order_get_digest */
  guint64 amount;  /* EXTENDED, CREDITED, REOPENED: ms given; LATE: ms taken, 0 where the session's
                      policy takes none; NOTED, ADMITTED: the act; all others: 0 */
} JkOrdered;

typedef struct {
  guint32 seal_number; /* 1 first */
  JkHandInReason reason;
  guint8 id[JK_ORDER_ID_BYTES]; /* of the order, with FORCED; else zeros */
  JkDigest digest;
} JkHandedIn;

typedef struct {
  guint64 left_ms;  /* until the hall's end, when the row was written; 0: it is over */
  guint64 sequence; /* of the beacon, by console */
  JkDigest digest;  /* jk_beacon_get_digest */
} JkCommonEnd;

typedef struct {
  guint8 station_sign[JK_PUBLIC_BYTES]; /* where it goes on */
  guint8 id[JK_ORDER_ID_BYTES];         /* of the MOVE that ended it elsewhere, or a RETIRE */
  JkDigest digest;
} JkArrived;

/* The row as bytes. */
GBytes *jk_row_to_bytes (const JkRow *row);

/* Reads a row; out_row borrows from data. FALSE when head and size contradict each other, the event
 * is unknown or its payload has the wrong size. */
gboolean jk_row_from_bytes (const guint8 *data, gsize size, JkRow *out_row);

/* Payload writers: out has room for JK_PAYLOAD_BYTES_MAX; they return the size. */
#define JK_PAYLOAD_BYTES_MAX 192
gsize jk_payload_put_identified (guint8 *out, const JkIdentified *value);
gsize jk_payload_put_started (guint8 *out, const JkStarted *value);
gsize jk_payload_put_mark (guint8 *out, const JkMark *value);
gsize jk_payload_put_gap (guint8 *out, const JkGap *value);
gsize jk_payload_put_head (guint8 *out, const JkHead *value);
gsize jk_payload_put_handed_in (guint8 *out, const JkHandedIn *value);

/* What the signature of a head covers: session digest, record, sequence of the head, commitment. */
#define JK_HEAD_SIGNED_BYTES (2 * JK_DIGEST_BYTES + 12)
void jk_head_put_signed (guint8 out[static JK_HEAD_SIGNED_BYTES],
                         const JkDigest *session,
                         guint32 record,
                         guint64 sequence,
                         const guint8 commitment[static JK_DIGEST_BYTES]);

/* SEALED: BLAKE2b-256 of the sealed bytes. CLOCK: by how much the wall clock was set, in ms. */
gsize jk_payload_put_digest (guint8 *out, const JkDigest *value);
gsize jk_payload_put_clock (guint8 *out, gint64 step_ms);
gsize jk_payload_put_ordered (guint8 *out, const JkOrdered *value);
gsize jk_payload_put_common_end (guint8 *out, const JkCommonEnd *value);
gsize jk_payload_put_arrived (guint8 *out, const JkArrived *value);

/* Payload readers; the row has passed jk_row_from_bytes, so sizes fit. FALSE when a field is out of
 * range. */
gboolean jk_payload_get_identified (const JkRow *row, JkIdentified *out);
gboolean jk_payload_get_started (const JkRow *row, JkStarted *out);
gboolean jk_payload_get_mark (const JkRow *row, JkMark *out);
gboolean jk_payload_get_gap (const JkRow *row, JkGap *out);
gboolean jk_payload_get_head (const JkRow *row, JkHead *out);
gboolean jk_payload_get_handed_in (const JkRow *row, JkHandedIn *out);
gboolean jk_payload_get_digest (const JkRow *row, JkDigest *out);
gboolean jk_payload_get_clock (const JkRow *row, gint64 *out_step_ms);
gboolean jk_payload_get_ordered (const JkRow *row, JkOrdered *out);
gboolean jk_payload_get_common_end (const JkRow *row, JkCommonEnd *out);
gboolean jk_payload_get_arrived (const JkRow *row, JkArrived *out);

/* Whether rows of this event carry JkOrdered. */
gboolean jk_event_is_ordered (JkEvent event);
