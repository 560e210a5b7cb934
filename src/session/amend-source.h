/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend-source.h: what the office decides about an amendment: an ini and the tables it
 * names.
 *
 *     [amendment]   number (1 for the first of a hall, then each the next), reason
 *     [window]      starts (2021-04-24T13:30), latest-entry-min (45): each may be missing
 *     [roles]       revoke (spare-1;proctor), new-spares (1): how many spare roles to add
 *     [roster]      corrected, added: tables with the headings of a roster
 *     [renumbered]  OLD=NEW: admission numbers of corrected rows whose number itself was wrong
 *
 * Only [amendment] must be there, and something else that changes. A row of corrected replaces the
 * person of its admission number wholly: what was right is repeated. Paths are relative to the
 * ini. */
#pragma once

#include "session/role.h"
#include "session/source.h"

typedef struct _JkAmendSource JkAmendSource;

/* Reads and checks the ini and its tables for a session whose exam is on that day (20210424); all
 * faults of all files go to report. NULL when report got a fault. */
JkAmendSource *
jk_amend_source_load (const JkWorld *world, const char *ini_path, guint day, JkReport *report);
void jk_amend_source_free (JkAmendSource *self);

const char *jk_amend_source_get_file (const JkAmendSource *self);
guint jk_amend_source_get_number (const JkAmendSource *self);
const char *jk_amend_source_get_reason (const JkAmendSource *self);
const char *jk_amend_source_get_starts (const JkAmendSource *self); /* NULL: stays */

/* FALSE: stays. */
gboolean jk_amend_source_get_latest_entry (const JkAmendSource *self, guint *out_min);
gboolean jk_amend_source_revokes (const JkAmendSource *self, JkRoleName name);
guint jk_amend_source_get_n_spares (const JkAmendSource *self); /* to add */

/* NULL when there is no such table; its name is for findings. */
const JkRoster *jk_amend_source_get_corrected (const JkAmendSource *self);
const char *jk_amend_source_get_corrected_file (const JkAmendSource *self);
const JkRoster *jk_amend_source_get_added (const JkAmendSource *self);
const char *jk_amend_source_get_added_file (const JkAmendSource *self);

/* The admission number that a corrected row had before; itself when it keeps it. */
const char *jk_amend_source_get_old_number (const JkAmendSource *self, const char *admission);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAmendSource, jk_amend_source_free)
