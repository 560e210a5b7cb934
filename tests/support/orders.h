/* SPDX-License-Identifier: Apache-2.0 */
/* support/orders.h: orders of a test exam, signed with the passcodes of its envelopes. */
#pragma once

#include "session/order.h"
#include "support/exam.h"

/* Terms of an act that its rule would accept: reason, text, subject, station (the given one, where
 * the act wants one; NULL: none) and amount as the table asks. Of the session of hall (0 or 1). */
void jk_test_order_init (JkOrderTerms *out_terms,
                         const JkTestExam *exam,
                         guint hall,
                         JkAct act,
                         guint64 counter,
                         const guint8 *station);

/* The order signed by first and, unless it is 0, by second. The caller unrefs. */
GBytes *jk_test_order_sign (const JkTestExam *exam,
                            guint hall,
                            const JkOrderTerms *terms,
                            JkRoleName first,
                            JkRoleName second);

/* Both in one, signed by chief and proctor, for record. The caller unrefs. */
GBytes *jk_test_order_new (const JkTestExam *exam,
                           guint hall,
                           JkAct act,
                           guint64 counter,
                           guint32 record,
                           const guint8 *station);
