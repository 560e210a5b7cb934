/* SPDX-License-Identifier: Apache-2.0 */
/* tests/bank/fixture.h: a folder, a world, the keys of an authority and a centre, and small
 * sources. */
#pragma once

#include "bank/bank.h"
#include "bank/source.h"
#include "base/report.h"
#include "support/folder.h"
#include "support/world.h"

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkTestWorld *world;
  JkSecret *authority;
  JkSecret *centre;
  char *bank_path;
  char *keys_path;
  /* Plain */
  guint8 signer[JK_PUBLIC_BYTES];
  JkSealPublic centre_public;
} Fixture;

Fixture *fixture_new (void);
void fixture_free (Fixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* The storage that can fail, as code takes it. */
const JkStorage *fixture_disk (const Fixture *self);

/* A bank.ini with sections A and B, elements and B-1, and this GIFT beside it; its path.
 */
char *fixture_put_source (const Fixture *self, const char *gift);

/* Writes and loads such a source, which must have no fault. */
JkSource *fixture_load_source (const Fixture *self, const char *gift);

/* A source of single, multiple and judge items with a pinned option, enemies and a picture. */
extern const char fixture_gift[];
#define FIXTURE_ITEMS 5u

/* One single choice and one judge item. */
extern const char fixture_tiny_gift[];

/* Builds bank and answer keys at bank_path and keys_path from the world's chance. */
JkSecret *fixture_build (const Fixture *self, const JkSource *source);

/* The same from fixture_gift. */
JkSecret *fixture_build_default (const Fixture *self);

/* Opens the file at path; it must open. */
JkBank *fixture_open (const Fixture *self, const char *path);

/* Whether some finding's found contains text. */
gboolean fixture_found (const JkReport *report, const char *text);

/* Every fault of report is about text and there are n of them; prints the report if not. */
void fixture_assert_faults (const JkReport *report, guint n, const char *text);

/* The bytes of a file with one bit flipped, written under name; its path. */
char *fixture_put_flipped (const Fixture *self, const char *path, const char *name, gsize bit);

/* The size of the file at path. */
gsize fixture_get_size (const char *path);

/* What a bank is made of, for banks that are signed and wrong. */
typedef struct {
  /* Borrowed; NULL or 0: what a bank of one judge item has */
  const char *body;   /* text form of the manifest's body */
  const char *tables; /* text form of the tables */
  GBytes *blob;       /* plaintext */
  /* Plain; 0: as it should be */
  guint8 type;
  guint8 n_options;
  guint8 n_pinned;
  guint32 size_more; /* the row states so many bytes too many */
  guint16 section;
  guint64 index_rows; /* what the manifest says */
  gboolean without_tables;
} Forgery;

/* Writes such a bank, signed by the authority and closed under key, at bank_path. */
void fixture_forge (const Fixture *self, const JkSecret *key, const Forgery *forgery);
