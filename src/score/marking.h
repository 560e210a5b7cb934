/* SPDX-License-Identifier: Apache-2.0 */
/* score/marking.h: half-points for one answer (domain.md section 3.2). */
#pragma once

#include "paper/blueprint.h"
#include "paper/paper.h"

/* Marks answer against right (masks over canonical options). All-or-nothing: equal or 0. Partial: a
 * wrong option 0, all right the full points, else partial per right option chosen, below the full
 * points. Unanswered is 0. */
guint jk_marking_score (const JkPaperItem *item,
                        guint16 right,
                        guint16 answer,
                        JkMarking marking,
                        guint partial_half_points);
