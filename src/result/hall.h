/* SPDX-License-Identifier: Apache-2.0 */
/* result/hall.h: what is known of a hall when its exam is over, put together from results, closing
 * sheets and the words of its rooms, and the next closing sheet made of it. Pure: who calls it
 * reads the files. */
#pragma once

#include "result/build-sheet.h"
#include "result/room-rows.h"

typedef struct _JkHall JkHall;

/* A hall of which nothing is known. The session is lent, and outlives it. */
JkHall *jk_hall_new (const JkSession *session);
void jk_hall_free (JkHall *self);

/* Adds a file of one kind by its bytes or text; file names it in messages. Errors: those of
 * jk_result_label_read and jk_sheet_open, among them FOREIGN of JK_RESULT_ERROR for what is of
 * another session or hall. */
gboolean jk_hall_add_result (JkHall *self, const char *file, GBytes *bytes, GError **error);
gboolean jk_hall_add_sheet (JkHall *self, const char *file, GBytes *bytes, GError **error);

/* As jk_room_read: FALSE with faults in report. */
gboolean jk_hall_add_room (JkHall *self, const char *file, const char *text, JkReport *report);

/* The words, to say more. Lent. */
JkRoom *jk_hall_get_room (JkHall *self);

/* Makes the rows that the next sheet has to add; once. room_file stands for the words in messages;
 * it and the roll are lent until jk_hall_free. Faults in report: sheets that contradict each other,
 * what jk_room_rows_make finds, and that there is nothing to add. FALSE when there is one, or
 * somebody is not accounted for. */
gboolean jk_hall_close (JkHall *self, const JkRoll *roll, const char *room_file, JkReport *report);

/* After that, also when it found faults, as all below. Adds those who are not accounted for, and
 * those without a slip, as jk_room_rows_report_people. */
void jk_hall_report_people (const JkHall *self, JkReport *report);

/* The same as records, guint32, ascending; lent. */
const GArray *jk_hall_get_unexplained (const JkHall *self);
const GArray *jk_hall_get_without_slip (const JkHall *self);

/* The results that were found, each once for each time it was added, and the sheets so far. */
guint jk_hall_get_n_results (const JkHall *self);
const JkSheetMerge *jk_hall_get_sheets (const JkHall *self);

/* Whether the next sheet would say something. */
gboolean jk_hall_has_news (const JkHall *self);

/* What the sheets would count with the next one; who is not accounted for is due all the same. */
void jk_hall_count (const JkHall *self, JkSheetCounts *out_counts);
guint32 jk_hall_get_next_number (const JkHall *self);

/* Only where it found none: the bytes of the next sheet. What it would contradict is a fault in
 * report for each sheet; then NULL without error. Errors: those of jk_sheet_build. */
GBytes *jk_hall_build_sheet (JkHall *self,
                             const JkSheetSigner *first,
                             const JkSheetSigner *second,
                             gboolean alone,
                             JkReport *report,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkHall, jk_hall_free)
