/* SPDX-License-Identifier: Apache-2.0 */
/* plan/eligibility.c: the plan asks for any one path, and the roster names it, so only that one is
 * judged. Documents are suggestions and never judged: the plan lists them by level, not by path. */
#include "plan/eligibility.h"
#include "base/text.h"
#include "plan/certificate.h"
#include "plan/roster-cells.h"

#include <string.h>

typedef struct {
  /* Borrowed */
  const JkPlanPath *path;
  const JkEligibilityCells *cells;
  const char *file;
  JkReport *report;
  /* Plain */
  guint deadline;
  guint row;
} Check;

static gboolean
is_blank (const char *cell)
{
  g_autofree char *normal = jk_text_normalise (cell);
  return *normal == '\0';
}

static void
check_years (const Check *self)
{
  const char *cell = self->cells->years;
  guint years;

  if (self->path->years == 0 || cell == NULL)
    return;
  g_autofree char *expected = g_strdup_printf ("at least %u full years, which path %s asks for",
                                               self->path->years,
                                               self->path->id);
  if (is_blank (cell)) {
    jk_report_notice_at_row (self->report,
                             self->file,
                             self->row,
                             expected,
                             "ask for the statement of work history",
                             "no years of work");
    return;
  }
  gboolean is_read = jk_roster_cell_parse_years (cell, &years);
  if (is_read && years >= self->path->years)
    return;
  g_autofree char *quote = jk_roster_cell_dup_quote (cell);
  jk_report_fault_at_row (self->report,
                          self->file,
                          self->row,
                          expected,
                          is_read ? "choose a path that fits, or correct the column 本职业工作年限"
                                  : "write the years as a number in the column 本职业工作年限",
                          "the years of work %s",
                          quote);
}

static void
notice_certificate (const Check *self, const char *found)
{
  g_autofree char *expected =
      g_strdup_printf ("the number of a certificate of level %u, on which path %s builds",
                       self->path->level + 1,
                       self->path->id);
  jk_report_notice_at_row (self->report,
                           self->file,
                           self->row,
                           expected,
                           "look at the original",
                           "%s",
                           found);
}

static void
check_certificate (const Check *self)
{
  const char *cell = self->cells->certificate;
  guint level;

  if (strstr (self->path->kind, "certificate") == NULL || cell == NULL)
    return;
  if (is_blank (cell)) {
    notice_certificate (self, "no number of a previous certificate");
    return;
  }
  if (jk_roster_cell_is_scientific (cell)) {
    notice_certificate (self, "a certificate number that a spreadsheet shortened");
    return;
  }
  JkCertificateForm form = jk_certificate_parse (cell, &level);
  if (form == JK_CERTIFICATE_UNKNOWN) {
    notice_certificate (self, "a certificate number of no known form");
  } else if (level != self->path->level + 1) {
    g_autofree char *found = level == 0
                                 ? g_strdup ("a certificate number without a level from 1 to 5")
                                 : g_strdup_printf ("a certificate number of level %u", level);
    notice_certificate (self, found);
  }
}

static void
check_registered (const Check *self)
{
  const char *cell = self->cells->registered;

  if (self->deadline == 0 || cell == NULL)
    return;
  g_autofree char *expected =
      g_strdup_printf ("a registration until %04u-%02u-%02u, the deadline of the batch",
                       self->deadline / 10000,
                       self->deadline / 100 % 100,
                       self->deadline % 100);
  if (is_blank (cell)) {
    jk_report_notice_at_row (self->report,
                             self->file,
                             self->row,
                             expected,
                             "look up when the candidate registered",
                             "no day of registration");
    return;
  }
  guint day = jk_roster_cell_parse_day (cell);
  if (day == 0)
    jk_report_fault_at_row (self->report,
                            self->file,
                            self->row,
                            expected,
                            "write the day as 2021-04-11 in the column 报名日期",
                            "a day of registration that cannot be read");
  else if (day > self->deadline)
    jk_report_fault_at_row (self->report,
                            self->file,
                            self->row,
                            expected,
                            "a late registration: put the candidate into a later batch, or have "
                            "the deadline in the plan changed",
                            "a registration on %04u-%02u-%02u",
                            day / 10000,
                            day / 100 % 100,
                            day % 100);
}

void
jk_eligibility_check (const JkPlanPath *path,
                      const JkEligibilityCells *cells,
                      guint deadline,
                      const char *file,
                      guint row,
                      JkReport *report)
{
  g_return_if_fail (cells != NULL);
  g_return_if_fail (file != NULL);
  g_return_if_fail (report != NULL);

  const Check check = {
    .path = path,
    .cells = cells,
    .file = file,
    .report = report,
    .deadline = deadline,
    .row = row,
  };
  if (path != NULL) {
    check_years (&check);
    check_certificate (&check);
  }
  check_registered (&check);
}
