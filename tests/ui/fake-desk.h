/* SPDX-License-Identifier: Apache-2.0 */
/* ui/fake-desk.h: a desk whose every state a test can set: what desk/desk.h promises, without seat
 * and sitting. Linked in its place.
 *
 * Fields are set by the test, which then tells the window with jk_fake_desk_tell. */
#pragma once

#include "desk/desk.h"
#include "support/exam.h"

struct _JkDesk {
  GObject parent_instance;

  /* Owned */
  JkTestExam *exam;
  JkRecord *record;
  GListStore *items;
  GPtrArray *blobs;
  JkPaperItem *papers;
  GTask *task; /* of the call under way */

  /* What the getters give */
  JkPage page;
  JkStage stage;
  JkSave save;
  JkHandInReason reason;
  guint64 left_s, hand_in_opens_ms, wait_ms;
  gint64 saved_wall_ms, start_in_ms;
  const char *fault;                    /* borrowed; NULL: none */
  const JkSession *beside[JK_N_STAGES]; /* likewise */
  GBytes *photo;                        /* likewise */
  guint n_answered, n_flagged;
  gboolean is_busy, needs_consent, is_calling, is_copied, is_wiped;
  const char *receipt, *receipt_qr; /* borrowed; NULL: not sealed */
  GError *refusal;                  /* owned; what the next call that can fail gives; NULL: none */

  /* What was called */
  guint n_hand_ins, n_continued, n_verified, n_confirmed, n_dismissed;
  char *typed, *typed_second; /* owned; what was given last */
};

/* A desk at the page of answering, 90 minutes left, with n items; every third is judge, every third
 * multiple. */
JkDesk *jk_fake_desk_new (guint n_items);

/* Notifies a property. */
void jk_fake_desk_tell (JkDesk *self, const char *property);
void jk_fake_desk_set_page (JkDesk *self, JkPage page);
void jk_fake_desk_set_left (JkDesk *self, guint64 left_s);

/* What the sitting says of an item; mask is canonical. */
void jk_fake_desk_answer (JkDesk *self, guint position, guint16 mask, gboolean is_flagged);

/* Ends the call under way: with an error of this domain, or well (domain 0). */
void jk_fake_desk_end_call (JkDesk *self, GQuark domain, int code);

/* For the fake's own parts: begins a call that takes its time; and whether one that does not is
 * taken. */
void jk_fake_desk_begin_call (JkDesk *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jk_fake_desk_refuse (JkDesk *self, GError **error);
