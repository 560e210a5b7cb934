/* SPDX-License-Identifier: Apache-2.0 */
/* bank-fixture.h: what bench-bank works on: a session's bank of so many items, and one record. */
#pragma once

#include "bank/build.h"
#include "session/own-paper.h"

typedef struct {
  /* Owned */
  char *folder;
  char *path; /* the session's bank */
  JkSecret *sign;
  JkSecret *paper_key;
  JkSecret *bank_key;
  JkSecret *record_key;
  JkRecord *record;
  JkBlueprint *blueprint;
  JkPaper *paper;
  /* Plain */
  guint8 public_key[JK_PUBLIC_BYTES];
  guint8 id[JK_BANK_ID_BYTES];
  guint32 n_items;
  guint paper_items;
} BankFixture;

/* Makes a bank in a new folder below here; removed again by clear. */
void bank_fixture_init (BankFixture *self, const char *here, guint32 n_items, guint paper_items);
void bank_fixture_clear (BankFixture *self);
