/* SPDX-License-Identifier: Apache-2.0 */
/* paper/pool.h: the items of a bank sorted into the cells of a blueprint, ready to draw from.
 *
 * Made once per bank and blueprint; each draw then costs in proportion to the paper, not the bank.
 */
#pragma once

#include "bank/bank.h"
#include "paper/blueprint.h"

typedef struct _JkPool JkPool;

/* Blueprint and bank must outlive it; the bank is unlocked. All cells that cannot be filled are
 * named in one message. Errors: UNFILLABLE. */
JkPool *jk_pool_new (const JkBlueprint *blueprint, const JkBank *bank, GError **error);

/* The same from a bare index and the codes of its sections, for tests and benchmarks. */
JkPool *jk_pool_new_from_index (const JkBlueprint *blueprint,
                                const JkIndex *index,
                                const char *const *section_codes,
                                guint n_sections,
                                GError **error);
void jk_pool_free (JkPool *self);
const JkBlueprint *jk_pool_get_blueprint (const JkPool *self);
const JkIndex *jk_pool_get_index (const JkPool *self);

/* The items of a cell, ascending; lent. */
const guint32 *jk_pool_get_cell (const JkPool *self, guint cell, guint32 *out_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPool, jk_pool_free)
