/* SPDX-License-Identifier: Apache-2.0 */
/* plan/incidents.h: the codes with which proctors record violations (违纪) and other incidents
 * (异常情况), a key file that a body can replace (domain.md section 4.9).
 *
 *     [W601]
 *     kind=violation              or incident
 *     title=...                   what happened, and title-en
 *     consequence=...             and consequence-en; may be left out of an incident
 *     warn-first=true             it counts only after a warning; false when left out
 *
 * A code has 2 to JK_INCIDENT_CODE_BYTES_MAX bytes: A to Z first, then these, 0 to 9 and -, a digit
 * last. */
#pragma once

#include "base/report.h"
#include "base/storage.h"

/* Numbers as in the notes of a closing sheet (result/sheet.h). */
typedef enum {
  JK_INCIDENT_OTHER = 1, /* no violation */
  JK_INCIDENT_VIOLATION = 2,
} JkIncidentKind;

typedef struct {
  /* Owned by the table; consequences are "" where there are none */
  const char *code;
  const char *title, *title_en;
  const char *consequence, *consequence_en;
  /* Plain */
  JkIncidentKind kind;
  gboolean warn_first;
} JkIncident;

typedef struct _JkIncidents JkIncidents;

/* Reads and checks all of it; NULL when report got a fault. */
JkIncidents *jk_incidents_parse (const char *file, const char *text, JkReport *report);

/* The same from a file; the message has every fault, a line each. Errors: TEXT of JK_BASE_ERROR
 * (what is wrong in it), MISSING, TOO_LARGE, STORAGE. */
JkIncidents *jk_incidents_load (const JkStorage *storage, const char *path, GError **error);
void jk_incidents_free (JkIncidents *self);

/* Those of the file, in its order; lent. */
guint jk_incidents_get_n (const JkIncidents *self);
const JkIncident *jk_incidents_get (const JkIncidents *self, guint n);

/* The one with this code, typed in either case; NULL when there is none. Lent. */
const JkIncident *jk_incidents_find (const JkIncidents *self, const char *code);

/* What an order "incident" or "violation" carries as its text: "W601 phone at the seat", and the
 * facts alone where code is NULL or "". Facts, which are not empty, become one line. The caller
 * frees. */
char *jk_incident_dup_text (const char *code, const char *facts);

/* Takes such a text apart, also one of a table that is not here: the code ("" without one; the
 * caller frees) and, in *out_facts, the rest, lent by text. */
char *jk_incident_split_text (const char *text, const char **out_facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkIncidents, jk_incidents_free)
