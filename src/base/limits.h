/* SPDX-License-Identifier: Apache-2.0 */
/* base/limits.h: the largest count, length and size of everything that is read.
 *
 * A reader checks against these before it allocates. FORMATS.md quotes them. */
#pragma once

#define JK_TEXT_FILE_BYTES_MAX (16u * 1024 * 1024) /* a file that people edit: GIFT, CSV, ini */
#define JK_LINE_BYTES_MAX (64u * 1024)
#define JK_REPORT_FINDINGS_MAX 1000u

#define JK_ITEMS_MAX 1000000u
#define JK_SECTIONS_MAX 256u
#define JK_ELEMENTS_MAX 65535u
#define JK_OPTIONS_MAX 8u
#define JK_STEM_BYTES_MAX 8192u
#define JK_OPTION_BYTES_MAX 2048u
#define JK_RATIONALE_BYTES_MAX 8192u
#define JK_ID_BYTES_MAX 64u /* item, element, section, session and hall codes */
#define JK_NAME_BYTES_MAX 256u
#define JK_PICTURE_BYTES_MAX (300u * 1024)
#define JK_PICTURES_MAX 4u
#define JK_BLOB_BYTES_MAX (2u * 1024 * 1024)
#define JK_DIFFICULTY_MAX 5u

#define JK_PAPER_ITEMS_MAX 400u
#define JK_CELLS_MAX (JK_SECTIONS_MAX * 3u)
#define JK_HALF_POINTS_MAX 2000u

#define JK_ROSTER_ROWS_MAX 20000u
#define JK_EXTRA_MINUTES_MAX 180u /* of exam time for one person */
#define JK_COLUMNS_MAX 256u       /* of a table that people edit */
#define JK_RECORDS_MAX 25000u     /* of one hall, spare ones included */
#define JK_PHOTO_BYTES_MAX (64u * 1024)
#define JK_PHOTOS_BYTES_MAX (64u * 1024 * 1024) /* of one hall */
#define JK_RECORD_BYTES_MAX (128u * 1024)
#define JK_RECORD_ROOM_BYTES 96u /* kept free in each record, for what an amendment corrects */
#define JK_HALLS_MAX 500u
#define JK_ROLES_MAX 16u      /* of one hall, added ones included */
#define JK_AMENDMENTS_MAX 99u /* of one hall */
#define JK_MINUTES_MAX 1440u  /* of a window that an amendment sets */
#define JK_CENTRES_MAX 3u
#define JK_ORDER_BYTES_MAX 8192u
#define JK_ORDER_TEXT_BYTES_MAX 1024u /* text, or reason, of an order */
#define JK_ORDERS_MAX 10000u          /* that one sitting, or one session on a station, obeys */
#define JK_START_CODES_MAX 2u         /* halves of one start code */
#define JK_RECIPIENTS_MAX 32u

#define JK_MANIFEST_BYTES_MAX (1024u * 1024)
#define JK_ENVELOPE_SECTIONS_MAX 16u
#define JK_SMALL_ENVELOPE_BYTES_MAX (256u * 1024 * 1024) /* every kind but the bank */
#define JK_BANK_BYTES_MAX (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

#define JK_SITTING_ROWS_MAX 200000u
#define JK_LOG_ROWS_MAX 200000u   /* of one session on one station */
#define JK_LOG_REFUSALS_MAX 1000u /* of these, refusals that use up no id: forgeries above all */
#define JK_GIVEN_MS_MAX (24u * 60 * 60 * 1000) /* extended, credited and late, each in all */
#define JK_STATIONS_MAX 64u                    /* that one sitting goes through */
#define JK_JOURNAL_QUEUE_MAX 4096u             /* rows that wait for the disk */
#define JK_JOURNAL_REPLACED_MAX 9u             /* new files for one whose commit failed */
#define JK_JOURNAL_ASIDE_MAX 99u               /* files of one name that were in a copy's place */
#define JK_PLACE_BYTES_MAX 4095u               /* path of a second place */
#define JK_ROW_PAYLOAD_BYTES_MAX (64u * 1024)
#define JK_RESULT_BYTES_MAX (32u * 1024 * 1024)
#define JK_CAPSULE_BYTES_MAX (256u * 1024 * 1024) /* a sitting on its way to another PC */
#define JK_JOURNAL_BYTES_MAX (512u * 1024 * 1024) /* a journal's file, or its log */
#define JK_RESULTS_MAX 1000000u

#define JK_INCIDENTS_MAX 500u          /* codes of one table */
#define JK_INCIDENT_CODE_BYTES_MAX 16u /* one of them */

#define JK_SHEETS_MAX 1000u       /* closing sheets of one hall */
#define JK_SHEET_ROWS_MAX 100000u /* of one sheet, and of all that merge */
#define JK_SHEET_NOTES_MAX 5000u
#define JK_NOTE_FACTS_BYTES_MAX 2048u
#define JK_SHEET_BYTES_MAX (32u * 1024 * 1024)
#define JK_RELEASE_BYTES_MAX (64u * 1024)
