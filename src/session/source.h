/* SPDX-License-Identifier: Apache-2.0 */
/* session/source.h: what the office decides about a session: session.ini and the files it names.
 *
 *     [session] name, plan, batch, policy, blueprint, roster, subject (theory), starts
 *               (2021-04-24T09:00), rehearsal (false), build (1), start-code (whole; or halves,
 *               one for the chief and one for the second proctor of each hall), photos (a folder,
 *               see session/photo-folder.h; none)
 *
 * Paths are relative to session.ini. */
#pragma once

#include "base/world.h"
#include "paper/blueprint.h"
#include "plan/excerpt.h"
#include "plan/policy.h"
#include "plan/roster.h"
#include "session/photo-folder.h"

typedef struct _JkSessionSource JkSessionSource;

/* Reads and checks session.ini and every file it names; all faults of all files go to report. NULL
 * when report got a fault. */
JkSessionSource *
jk_session_source_load (const JkWorld *world, const char *ini_path, JkReport *report);
void jk_session_source_free (JkSessionSource *self);

const char *jk_session_source_get_name (const JkSessionSource *self);
const char *jk_session_source_get_starts (const JkSessionSource *self); /* 2021-04-24T09:00 */
gboolean jk_session_source_is_rehearsal (const JkSessionSource *self);
guint jk_session_source_get_build_number (const JkSessionSource *self);
guint jk_session_source_get_n_start_codes (const JkSessionSource *self); /* 1, or 2 halves */
const JkPlan *jk_session_source_get_plan (const JkSessionSource *self);
const JkPlanBatch *jk_session_source_get_batch (const JkSessionSource *self);
const char *jk_session_source_get_policy_text (const JkSessionSource *self);
const char *jk_session_source_get_blueprint_text (const JkSessionSource *self);
const char *jk_session_source_get_excerpt_text (const JkSessionSource *self);
const JkBlueprint *jk_session_source_get_blueprint (const JkSessionSource *self);
const JkRoster *jk_session_source_get_roster (const JkSessionSource *self);
const JkPhotoFolder *jk_session_source_get_photos (const JkSessionSource *self); /* NULL: none */

/* The day of a start as 2021-04-24T09:00, as 20210424; 0 when it has not this form or there is no
 * such day and time. */
guint jk_starts_get_day (const char *starts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSessionSource, jk_session_source_free)
