/* SPDX-License-Identifier: Apache-2.0 */
/* paper/blueprint.h: how a paper is composed: cells (section x type), points, difficulty, marking.
 *
 * A key file: [blueprint] name, level, total, notice; [points] single, multiple, judge (1 or 0.5
 * ...); [marking] multiple = all-or-nothing or partial:0.5; [difficulty] 1 .. 5 in percent, sum
 * 100; [cells] SECTION=single/multiple/judge. Marks are integers in half-points everywhere else.
 * The text itself travels in the session file and is read again by the same function. */
#pragma once

#include "bank/item.h"
#include "base/report.h"

typedef enum {
  JK_MARKING_ALL_OR_NOTHING, /* 全对得分 */
  JK_MARKING_PARTIAL, /* 少选固定分: so much per right option chosen; a wrong option always 0 */
} JkMarking;

typedef struct {
  guint section; /* index into the blueprint's sections */
  JkItemType type;
  guint count; /* > 0 */
} JkCell;

typedef struct _JkBlueprint JkBlueprint;

/* Reads and checks (sums included); NULL when report got a fault. */
JkBlueprint *jk_blueprint_parse (const char *file, const char *text, JkReport *report);
void jk_blueprint_free (JkBlueprint *self);

const char *jk_blueprint_get_name (const JkBlueprint *self);
const char *jk_blueprint_get_notice (const JkBlueprint *self); /* "" when none */
guint jk_blueprint_get_level (const JkBlueprint *self);
const char *jk_blueprint_get_text (const JkBlueprint *self); /* as parsed */
guint jk_blueprint_get_n_sections (const JkBlueprint *self);
const char *jk_blueprint_get_section (const JkBlueprint *self, guint n);

/* Cells in file order, within a section single, multiple, judge; empty ones are left out. */
guint jk_blueprint_get_n_cells (const JkBlueprint *self);
const JkCell *jk_blueprint_get_cell (const JkBlueprint *self, guint n);
guint jk_blueprint_get_n_items (const JkBlueprint *self);
guint jk_blueprint_count_type (const JkBlueprint *self, JkItemType type);
guint jk_blueprint_get_half_points (const JkBlueprint *self, JkItemType type);
guint jk_blueprint_get_total_half_points (const JkBlueprint *self);
guint jk_blueprint_get_difficulty_percent (const JkBlueprint *self, guint difficulty);
JkMarking jk_blueprint_get_marking (const JkBlueprint *self, guint *out_partial_half_points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkBlueprint, jk_blueprint_free)
