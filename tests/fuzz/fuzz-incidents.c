/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted text as a table of incident codes, and as what an order of one carries. */
#include "base/limits.h"
#include "plan/incidents.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIncidents) table = jk_incidents_parse ("fuzz", text, report);
  const char *facts;

  g_assert_true ((table == NULL) == (jk_report_get_n_faults (report) > 0));
  for (guint n = 0; table != NULL && n < jk_incidents_get_n (table); n++) {
    const JkIncident *incident = jk_incidents_get (table, n);
    g_assert_cmpuint (strlen (incident->code), <=, JK_INCIDENT_CODE_BYTES_MAX);
    g_assert_true (jk_incidents_find (table, incident->code) == incident);
  }
  g_autofree char *line = jk_incident_dup_text (NULL, text);
  g_autofree char *code = jk_incident_split_text (line, &facts);
  g_assert_cmpstr (code, ==, "");
  g_autofree char *again = jk_incident_dup_text (code, facts);
  g_assert_cmpstr (again, ==, line);
  return 0;
}
