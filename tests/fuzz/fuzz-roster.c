/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a roster: the encoding guessed, the table read, each row checked against a
 * plan with a path of each kind. */
#include "base/limits.h"
#include "plan/roster.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const char plan_text[] =
    "[plan]\ntitle=t\noccupation=o\noccupation-code=4-04-05-03\nissuer=i\nplace=p\n"
    "issued=2021-03-29\n"
    "[level-3]\ntitle=t\nname=n\nin-scope=true\nfee-total=1\nfee-theory=1\ndocuments=id\n"
    "[document-id]\nname=d\n"
    "[path-3-1]\ntext=t\nkind=certificate;work\nyears=4\ndocuments=id\n"
    "[path-3-2]\ntext=t\nkind=training\ndocuments=id\n"
    "[theory]\nname=n\nduration-min=90\n"
    "[batch-1]\ndate=2021-10-23\ndeadline=2021-10-10\nlevel=3\nstatus=planned\n";

static JkPlan *plan;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (JkReport) report = jk_report_new ();

  plan = jk_plan_parse ("plan.ini", plan_text, report);
  g_autofree char *text = jk_report_dup_text (report);
  if (plan == NULL)
    g_error ("%s", text);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoster) roster =
      jk_roster_parse ("fuzz", bytes, plan, 3, 20211023, 20211010, report);

  g_assert_true (roster != NULL || jk_report_get_n_faults (report) > 0);
  for (guint i = 0; roster != NULL && i < jk_roster_get_n (roster); i++) {
    const JkRosterRow *row = jk_roster_get (roster, i);
    g_assert_true (g_utf8_validate (row->name, -1, NULL));
    g_assert_true (*row->id_number != '\0');
    g_assert_cmpuint (row->extra_min, <=, JK_EXTRA_MINUTES_MAX);
  }
  return 0;
}
