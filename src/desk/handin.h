/* SPDX-License-Identifier: Apache-2.0 */
/* desk/handin.h: the closing sheet 收卷单 of the hall, made at any of its PCs of what all of them
 * have copied to one stick or folder, and signed by two roles there.
 *
 * H1  A sheet is made of what lies there: results, the words of the PCs (desk/witness.h), earlier
 *     sheets. Of this PC its newest words count, also before they are copied.
 * H2  Nobody is left out silently: it is signed when each of the roll has a result or a word.
 * H3  It is read back before it is said to be there, and an earlier sheet is never overwritten.
 * H4  Where proctors compared the slips by eye and gave no order at the PCs, the stick gets those
 *     orders with the sheet, signed by the same two: “collect” for each such result and “end”. Put
 *     into each PC once more, it collects and ends there without a passcode.
 *
 * On a worker, as moving is: it reads as many files as the hall has PCs. */
#pragma once

#include "desk/panel.h"
#include "result/sheet-merge.h"

/* What a proctor says of somebody of whom nothing is known: ABSENT, NEVER_SEEN, LEFT_ILL or LOST.
 */
typedef struct {
  guint32 record;
  JkSeatState state;
} JkHandinWord;

/* What the proctors say besides what lies there. */
typedef struct {
  /* Borrowed */
  const JkHandinWord *words;
  /* Plain */
  guint n_words;
  gboolean are_slips_compared; /* each with the screen of its PC */
} JkHandinSaid;

/* Somebody of the roll. */
typedef struct {
  /* Owned */
  char *seat; /* "" when there is none */
  char *name;
  /* Plain */
  guint32 record;
} JkHandinPerson;

/* What the next sheet will say. */
typedef struct {
  /* Owned */
  GPtrArray *unexplained;  /* of JkHandinPerson: nothing is known of them; by record */
  GPtrArray *without_slip; /* of JkHandinPerson: a result, and no slip that counts */
  GPtrArray *findings;     /* of sentences: what contradicts itself or could not be read */
  /* Plain */
  JkSheetCounts counts; /* with those before it */
  guint n_results;      /* files */
  guint32 number;       /* of the sheet */
  guint n_shown;        /* of those without a slip: their PC has said what it shows */
  gboolean has_news;    /* else there is nothing to make a sheet of */
  gboolean is_ready;    /* to be signed */
} JkHandin;

void jk_handin_free (JkHandin *self);

/* Reads a folder for the role that has the panel open, with what is said besides (read at once). A
 * file of another session or hall is passed over. Errors: those of jk_panel_run, those of
 * jk_session_open_roll and jk_witness_hear, MISSING and STORAGE of JK_BASE_ERROR (no folder to be
 * read). */
void jk_panel_read_handin_async (JkPanel *self,
                                 const char *folder,
                                 const JkHandinSaid *said,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Ends it; the caller frees. */
JkHandin *jk_panel_read_handin_finish (JkPanel *self, GAsyncResult *result, GError **error);

/* A sheet to sign. */
typedef struct {
  /* Borrowed; UTF-8 */
  const char *folder;
  const char *again; /* the passcode that opened the panel, typed once more */
  const char *second_passcode;
  /* Plain */
  JkHandinSaid said;
  JkRoleName second;
  gboolean alone; /* one person with both envelopes, one of them a spare's */
} JkHandinSigning;

/* A sheet that is there. */
typedef struct {
  /* Owned */
  char *name; /* of the file */
  char *code; /* the 20 + 1 characters for the sheet on paper */
  /* Plain */
  guint n_orders; /* H4; 0: there is nothing to do at the PCs */
} JkHandinSheet;

void jk_handin_sheet_free (JkHandinSheet *self);

/* Reads the folder anew, and signs what it finds. Errors: as above; ASK of JK_DESK_ERROR (a
 * passcode or another role is missing), UNEXPLAINED (H2, and whatever else is found: look again),
 * those of jk_seat_open_role, jk_hall_build_sheet and jk_storage_write_proven,
 * JK_BASE_ERROR_EXISTS. */
void jk_panel_sign_handin_async (JkPanel *self,
                                 const JkHandinSigning *signing,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Ends it; the caller frees. */
JkHandinSheet *jk_panel_sign_handin_finish (JkPanel *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkHandin, jk_handin_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkHandinSheet, jk_handin_sheet_free)
