/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/replay-private.h: what a replay remembers. For replay*.c only. */
#pragma once

#include "sitting/replay.h"

typedef struct {
  JkHead head;
  guint64 sequence;
} JkSignedHead;

/* Whose rows these are, from a sequence on. */
typedef struct {
  guint64 sequence;
  guint8 key[JK_PUBLIC_BYTES];
} JkStationFrom;

struct _JkReplay {
  /* Plain */
  JkState state;
  guint64 n_rows, exam_ms;
  gint64 wall_ms;
  guint8 boot_id[JK_BOOT_ID_BYTES];
  JkDigest link, handed_in_link;
  JkIdentified identified;
  JkStarted started;
  JkHandedIn handed_in;
  gboolean has_identified, has_started, has_handed_in, has_consent, is_waiting;
  JkLedger ledger;
  guint64 beacon;
  guint position;
  guint16 answers[JK_PAPER_ITEMS_MAX];
  gboolean flags[JK_PAPER_ITEMS_MAX];

  /* Owned */
  GArray *heads;    /* of JkSignedHead */
  GArray *obeyed;   /* of JkObeyed */
  GArray *stations; /* of JkStationFrom */
};
