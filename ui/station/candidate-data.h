/* SPDX-License-Identifier: Apache-2.0 */
/* station/candidate-data.h: what a candidate compares with ticket and document. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

/* Fills an empty grid, a title and a value a row: name, sex, numbers (that of the document masked),
 * room, seat, occupation, level, subject, duration. What is not known has no row. Somebody
 * sits at the desk. */
void jk_candidate_data_fill (GtkGrid *grid, JkDesk *desk);
