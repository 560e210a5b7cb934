/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-version.c: what stands in the session against what the office reads in its folder. */
#include "tool/lint-version.h"

#include <string.h>

/* Then start and latest entry may be others than the sources of the build have. */
static gboolean
is_amended (const JkSession *session)
{
  return jk_session_get_amendment_number (session) > 0;
}

static gboolean
has_same_length (const JkSession *session, const JkSessionSource *source)
{
  g_autoptr (JkReport) unused = jk_report_new ();
  g_autoptr (JkExcerpt) excerpt =
      jk_excerpt_parse ("plan", jk_session_source_get_excerpt_text (source), unused);

  return excerpt != NULL && jk_excerpt_get_duration_min (excerpt) ==
                                jk_excerpt_get_duration_min (jk_session_get_excerpt (session));
}

/* The fields of a policy are numbers without gaps between them. */
static gboolean
has_same_policy (const JkSession *session, const JkSessionSource *source)
{
  g_autoptr (JkReport) unused = jk_report_new ();
  JkPolicy mine = *jk_session_get_policy (session);
  JkPolicy policy;

  if (!jk_policy_parse ("policy", jk_session_source_get_policy_text (source), unused, &policy))
    return FALSE;
  if (is_amended (session))
    mine.latest_entry_min = policy.latest_entry_min;
  return memcmp (&policy, &mine, sizeof policy) == 0;
}

void
jk_lint_version_check (const JkSession *session, const JkSessionSource *source, JkReport *report)
{
  g_return_if_fail (session != NULL && source != NULL && report != NULL);

  const struct {
    const char *found;
    gboolean is_same;
  } checks[] = {
    { "another name than session.ini has",
      g_str_equal (jk_session_get_name (session), jk_session_source_get_name (source)) },
    { "another start than session.ini has",
      is_amended (session) ||
          g_str_equal (jk_session_get_starts (session), jk_session_source_get_starts (source)) },
    { "another build number than session.ini has",
      jk_session_get_build_number (session) == jk_session_source_get_build_number (source) },
    { "another kind (rehearsal or not) than session.ini has",
      !jk_session_is_rehearsal (session) == !jk_session_source_is_rehearsal (source) },
    { "another blueprint than session.ini names",
      g_str_equal (jk_blueprint_get_text (jk_session_get_blueprint (session)),
                   jk_session_source_get_blueprint_text (source)) },
    { "another length of the exam than the plan has", has_same_length (session, source) },
    { "another policy than session.ini names", has_same_policy (session, source) },
  };

  for (guint n = 0; n < G_N_ELEMENTS (checks); n++)
    if (!checks[n].is_same)
      jk_report_add (report,
                     JK_FINDING_FAULT,
                     jk_session_get_file (session),
                     "",
                     checks[n].found,
                     "files that were built from these sources",
                     "build the session again, or give the sources it was built from");
}
