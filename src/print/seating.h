/* SPDX-License-Identifier: Apache-2.0 */
/* print/seating.h: the seating plan 座次表 of a hall: a box for each candidate, by seat.
 *
 * No file says how a room is furnished, so the boxes stand in the order of the seat labels and the
 * form says that the labels on the desks hold. */
#pragma once

#include "print/form.h"

/* The form as PDF: seat, name, and the last four letters of the admission number. The caller
 * unrefs. Errors: those of jk_document_print. */
GBytes *jk_seating_form (const JkSession *session, const JkRoll *roll, GError **error);
