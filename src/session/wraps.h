/* SPDX-License-Identifier: Apache-2.0 */
/* session/wraps.h: the section "wraps": which code or key opens which key. Private to this folder.
 *
 * GVariant "(ayayayayayayay)": room salt 16, roster key in a box under the room code, roster key
 * sealed to the roles, roll key sealed to roles and centres, start salt 16, paper key in a box
 * under the start code, start code sealed to the centres; of a start code in two halves, the
 * letters of both in order stand for it. The first four are bound to session and hall, the others
 * to the session: they are the same in every hall. */
#pragma once

#include "bank/bank.h"
#include "base/world.h"
#include "crypto/derive.h"

typedef struct _JkWraps JkWraps;

/* The part that all halls of a session share. */
typedef struct {
  /* Owned */
  GBytes *salt;
  GBytes *paper_key;
  GBytes *code_copy;
} JkStartWrap;

/* What the wraps of one hall are made from. */
typedef struct {
  /* Borrowed */
  const guint8 *id; /* JK_BANK_ID_BYTES */
  const char *hall;
  const JkSecret *room_code;
  const JkSecret *roster_key;
  const JkSecret *roll_key;
  const JkSealPublic *roles;
  const JkSealPublic *centres;
  /* Plain */
  gsize n_roles;
  gsize n_centres;
  guint64 hall_number;
} JkHallWrap;

/* Errors: COST, MEMORY. */
gboolean jk_start_wrap_close (const guint8 id[static JK_BANK_ID_BYTES],
                              const JkSecret *start_code,
                              const JkSecret *paper_key,
                              const JkSealPublic *centres,
                              gsize n_centres,
                              const JkWorld *world,
                              JkStartWrap *out_start,
                              GError **error);
void jk_start_wrap_clear (JkStartWrap *self);

/* The section of a hall. Errors: COST, MEMORY. */
GBytes *jk_wraps_close (const JkHallWrap *hall,
                        const JkStartWrap *start,
                        const JkWorld *world,
                        GError **error);

/* Reads the section; NULL when it is not of this form. */
JkWraps *jk_wraps_parse (GBytes *bytes);
void jk_wraps_free (JkWraps *self);

/* Codes are canonical letters. Errors of all: JK_CRYPTO_ERROR_SECRET, COST, MEMORY. */
JkSecret *jk_wraps_open_roster_key (const JkWraps *self,
                                    const guint8 id[static JK_BANK_ID_BYTES],
                                    const char *hall,
                                    const JkSecret *room_code,
                                    JkCost cost,
                                    GError **error);
JkSecret *jk_wraps_open_roll_key (const JkWraps *self,
                                  const guint8 id[static JK_BANK_ID_BYTES],
                                  const char *hall,
                                  const JkSecret *seal_key,
                                  GError **error);
JkSecret *jk_wraps_open_paper_key (const JkWraps *self,
                                   const guint8 id[static JK_BANK_ID_BYTES],
                                   const JkSecret *start_code,
                                   JkCost cost,
                                   GError **error);
JkSecret *jk_wraps_open_start_code (const JkWraps *self,
                                    const guint8 id[static JK_BANK_ID_BYTES],
                                    const JkSecret *centre,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkWraps, jk_wraps_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkStartWrap, jk_start_wrap_clear)
