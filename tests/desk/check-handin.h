/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-handin.h: several PCs copy to one stick, and one of them makes the sheet. */
#pragma once

#include "check-folder.h"
#include "check-moving.h"

#include "desk/closing.h"
#include "desk/handin.h"

#define N_DUE 6
#define OPENS_MIN 31 /* minutes until hand-in is open */

typedef struct {
  Ended ended;
  JkHandin *handin;     /* owned */
  JkHandinSheet *sheet; /* owned */
} Made;

static inline void
read_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Made *self = user_data;

  self->handin = jk_panel_read_handin_finish (JK_PANEL (source), result, &self->ended.error);
  self->ended.ok = self->handin != NULL;
  self->ended.is_done = TRUE;
}

static inline void
sign_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Made *self = user_data;

  self->sheet = jk_panel_sign_handin_finish (JK_PANEL (source), result, &self->ended.error);
  self->ended.ok = self->sheet != NULL;
  self->ended.is_done = TRUE;
}

static inline JkHandin *
look_with (Hall *self, Pc *pc, const JkHandinSaid *said)
{
  Made made = { 0 };

  jk_panel_read_handin_async (pc->panel, stick_of (self), said, read_ended, &made);
  assert_ok (await (&made.ended));
  return made.handin;
}

static inline JkHandin *
look (Hall *self, Pc *pc, const JkHandinWord *words, guint n)
{
  const JkHandinSaid said = { words, n, FALSE };

  return look_with (self, pc, &said);
}

/* As chief and proctor sign; a test changes what it wants. */
static inline JkHandinSigning
signing_of (Hall *self, const JkHandinWord *words, guint n)
{
  return (JkHandinSigning){
    .folder = stick_of (self),
    .said = { words, n, FALSE },
    .again = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_CHIEF),
    .second = JK_ROLE_PROCTOR,
    .second_passcode = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_PROCTOR),
  };
}

static inline GError *
sign (Pc *pc, const JkHandinSigning *signing, JkHandinSheet **out_sheet)
{
  Made made = { 0 };

  jk_panel_sign_handin_async (pc->panel, signing, sign_ended, &made);
  GError *error = await (&made.ended);
  if (out_sheet != NULL)
    *out_sheet = g_steal_pointer (&made.sheet);
  jk_handin_sheet_free (made.sheet);
  return error;
}

/* Who sits at a PC hands in, and is collected by the slip. */
static inline Pc *
finish_at (Hall *self, Pc *pc, guint candidate, gboolean is_collected)
{
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;

  assert_ok (hand_in (pc->desk));
  /* The panel has closed meanwhile. */
  open_panel (self, pc);
  g_autofree char *slip = jk_desk_dup_receipt (pc->desk->desk);
  if (!is_collected)
    return pc;
  assert_true (jk_desk_check_slip (pc->desk->desk, slip, subject, &error));
  JkPanelOrder order = {
    .act = JK_ACT_COLLECT,
    .record = record_of (self, candidate),
    .again = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_CHIEF),
    .second = JK_ROLE_PROCTOR,
    .second_passcode = jk_test_exam_get_passcode (self->exam, 0, JK_ROLE_PROCTOR),
  };
  memcpy (order.subject, subject, sizeof subject);
  Ended how = { 0 };
  jk_panel_give_async (pc->panel, &order, panel_ended, &how);
  assert_ok (await (&how));
  await_page (pc->desk, JK_PAGE_COLLECTED);
  return pc;
}

/* The same for one who comes alone. */
static inline Pc *
hand_in_at (Hall *self, guint n, guint candidate, gboolean is_collected)
{
  Pc *pc = sit_at (self, n, candidate);

  jk_test_clock_pass_s (pc->desk->clock, OPENS_MIN * S_PER_MIN);
  return finish_at (self, pc, candidate, is_collected);
}

static inline void
copy_to_stick (Hall *self, Pc *pc)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = copy (pc->desk, stick_of (self), &error);

  assert_ok (error);
  for (guint n = 0; n < lines->len; n++)
    assert_null (((JkFolderLine *) lines->pdata[n])->sentence);
}

/* Words for all from this candidate on. */
static inline guint
list_words (Hall *self, guint from, JkHandinWord *words)
{
  for (guint n = from; n < N_DUE; n++)
    words[n - from] = (JkHandinWord){ record_of (self, n), JK_SEAT_NEVER_SEEN };
  return N_DUE - from;
}
