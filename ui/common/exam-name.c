/* SPDX-License-Identifier: Apache-2.0 */
/* common/exam-name.c: what a session is called in front of candidates. */
#include "common/exam-name.h"

#include <glib/gi18n.h>

char *
jk_exam_name_dup (const JkSession *session)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (session);

  return g_strdup_printf ("%s %s · %s",
                          jk_excerpt_get_occupation (excerpt),
                          jk_excerpt_get_level_name (excerpt),
                          jk_excerpt_get_subject (excerpt));
}

char *
jk_exam_name_dup_place (const JkSession *session)
{
  g_autofree char *starts = g_strdelimit (g_strdup (jk_session_get_starts (session)), "T", ' ');

  /* Translators: room and start of the exam. zh: 考场 %s　开考时间 %s */
  return g_strdup_printf (_ ("Exam room %s, start time %s"), jk_session_get_hall (session), starts);
}
