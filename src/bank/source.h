/* SPDX-License-Identifier: Apache-2.0 */
/* bank/source.h: a bank as people keep it: bank.ini with sections and elements, and its GIFT files.
 *
 *     [bank] name, occupation, level, source, sources (list of files beside it), notice
 *     [sections] CODE=name, in the order of the report
 *     [elements] CODE=name;importance (X, Y or Z), each below one section by longest prefix
 */
#pragma once

#include "bank/item.h"
#include "base/report.h"
#include "base/storage.h"

typedef struct _JkSource JkSource;

typedef struct {
  /* Owned by the source */
  const char *code;
  const char *name;
} JkSection;

typedef struct {
  /* Owned by the source */
  const char *code;
  const char *name;
  /* Plain */
  char importance; /* X core, Y general, Z auxiliary */
  guint section;   /* index of its section */
} JkElement;

/* Reads bank.ini and every file it names, and checks all of it: ids (there, unique), stems
 * (unique), elements known, difficulty 1 to 5, 2 to 8 options, one right (single) or two and more
 * (multiple), no two options alike, lengths, pictures there and within limits. Everything found
 * goes to report; NULL only when bank.ini itself cannot be read. Use it for building only when
 * report has no fault. */
JkSource *jk_source_load (const JkStorage *storage, const char *ini_path, JkReport *report);
void jk_source_free (JkSource *self);

const char *jk_source_get_name (const JkSource *self);
const char *jk_source_get_notice (const JkSource *self); /* "" when none */
guint jk_source_get_n_sections (const JkSource *self);
const JkSection *jk_source_get_section (const JkSource *self, guint n);
guint jk_source_get_n_elements (const JkSource *self);
const JkElement *jk_source_get_element (const JkSource *self, guint n);
guint32 jk_source_get_n_items (const JkSource *self);
const JkItem *jk_source_get_item (const JkSource *self, guint32 n);

/* The element of an item as an index, valid when report had no fault. */
guint jk_source_get_item_element (const JkSource *self, guint32 n);

/* The bytes of an item's picture; NULL when it has none. Lent. */
GBytes *jk_source_get_item_picture (const JkSource *self, guint32 n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSource, jk_source_free)
